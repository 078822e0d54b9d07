//! The statement, wherever it is shown: a line that opens on its own sum, the file for a spreadsheet.

use std::borrow::Cow;

use domaine::droits::{Ligne, Motif, Releve};
use domaine::mesures::{Euros, VariationHeures};
use leptos::prelude::*;

use crate::wording::releve::Explication;
use crate::wording::{formats, releve as sentences};
use markup::view;

/// The table of these rows, newest first.
pub fn registre(rangees: Vec<AnyView>) -> AnyView {
    view! {
        <table class="ledger" role="table">
            <caption class="ledger__caption">"Du plus récent au plus ancien"</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Date"</th>
                    <th role="columnheader" scope="col">"Ligne"</th>
                    <th role="columnheader" scope="col" class="ledger__figure">"Montant"</th>
                    <th role="columnheader" scope="col" class="ledger__figure">"Solde"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rangees}</tbody>
        </table>
    }
}

/// A line, and under it the row that explains it. The explanation is drawn when it is first opened: a long life has
/// a line for each year, and « Et si ? » draws them all again at each keystroke. What was typed in it stays.
pub fn rangee(rang: usize, ligne: &Ligne, releve: &Releve, suite: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let (ouverte, dessinee) = (RwSignal::new(false), RwSignal::new(false));
    let id = ["pourquoi-", &rang.to_string()].concat();
    let explication = sentences::expliquer(ligne);
    let acquise = rang >= releve.lignes.len();
    let credite = acquise.then(|| {
        let jour = formats::jour_long(ligne.date);
        view! { <span class="tag">{["acquis, crédité le ", &jour].concat()}</span> }
    });
    let nouvelle = ligne.date == releve.au && matches!(ligne.motif, Motif::Dif { .. });
    let retenue = sentences::retenue(ligne);
    view! {
        <tr
            role="row"
            class=move || match (ouverte.get(), nouvelle) {
                (false, false) => "",
                (false, true) => "ledger__new",
                (true, false) => "ledger__open",
                (true, true) => "ledger__open ledger__new",
            }
        >
            <td role="cell" class="ledger__date">{formats::jour_court(ligne.date)}</td>
            <td role="cell" class="ledger__line">
                <span class="ledger__name">
                    {explication.titre.clone()}
                    " "
                    {credite}
                    " "
                    {sentences::arret(ligne).map(|arret| view! { <span class="tag">{arret}</span> })}
                </span>
                <button
                    class="ledger__why"
                    type="button"
                    aria-expanded=move || if ouverte.get() { "true" } else { "false" }
                    aria-controls=id.clone()
                    on:click=move |_| {
                        if !dessinee.get_untracked() {
                            dessinee.set(true);
                        }
                        ouverte.update(|ouverte| *ouverte = !*ouverte);
                    }
                >
                    "Pourquoi ce montant\u{202f}?"
                </button>
            </td>
            <td role="cell" class="ledger__figure ledger__amount">{sentences::change(ligne)}</td>
            <td role="cell" class="ledger__figure ledger__balance">
                {if acquise { "à venir".into() } else { solde_dit(ligne) }}
            </td>
        </tr>
        <tr role="row" class="ledger__detail" id=id hidden=move || !ouverte.get()>
            <td role="cell" colspan="4">
                {move || dessinee.get().then(|| pourquoi(&explication, retenue.clone(), suite()))}
            </td>
        </tr>
    }
}

/// Why a line gives what it gives.
fn pourquoi(explication: &Explication, retenue: Option<String>, suite: AnyView) -> AnyView {
    let calcul = explication.calcul.iter().map(|partie| view! { <span>{partie.clone()}</span> }).collect::<Vec<_>>();
    let faits = explication.faits.iter().map(|(mot, fait)| fait_dit(mot, fait.clone())).collect::<Vec<_>>();
    view! {
        <div class="why">
            <p>{explication.pourquoi.clone()}</p>
            <p class="why__sum">{calcul} <span>"="</span> <b>{explication.resultat.clone()}</b></p>
            {retenue.map(|texte| view! { <p>{texte}</p> })}
            <dl class="why__facts">{faits}</dl>
            {suppositions(explication.hypotheses.clone())}
            {suite}
        </div>
    }
}

/// What the account assumes, under a heading of its own: nobody should take it for the law.
fn suppositions(hypotheses: Vec<Cow<'static, str>>) -> Option<AnyView> {
    let plusieurs = hypotheses.len() > 1;
    let dites = hypotheses.into_iter().map(|dite| match plusieurs {
        true => view! { <li>{dite}</li> },
        false => view! { <p>{dite}</p> },
    });
    let dites = dites.collect::<Vec<_>>();
    (!dites.is_empty()).then(|| {
        let dites = if plusieurs {
            view! { <ul>{dites}</ul> }
        } else {
            dites.into_any()
        };
        view! {
            <div class="why__assumed">
                <h3 class="why__title">{sentences::TITRE_DES_HYPOTHESES}</h3>
                {dites}
            </div>
        }
    })
}

/// A word, and the fact that it names.
pub fn fait_dit(mot: &'static str, fait: String) -> AnyView {
    view! { <dt>{mot}</dt> <dd>{fait}</dd> }
}

/// « 1 810,00 € », « 124 h », or both.
fn solde_dit(ligne: &Ligne) -> String {
    let (euros, heures) = (formats::euros(ligne.solde), formats::heures(ligne.solde_heures.absolue()));
    match (ligne.solde.est_nul(), ligne.solde_heures.est_nulle()) {
        (true | false, true) => euros,
        (true, false) => heures,
        (false, false) => [&euros, ", ", &heures].concat(),
    }
}

/// The statement for a spreadsheet of a French system: semicolons, decimal commas, and the mark that makes it read
/// accents. The figures are those of the screen, without the spaces between thousands, which spreadsheets take for text.
pub fn en_csv(releve: &Releve) -> String {
    let chiffres = |montant: Euros| montant.to_string().replace('.', ",");
    let heures = |heures: VariationHeures| heures.nombre().to_string();
    let mut csv = String::from(
        "\u{feff}Date;Ligne;État;Montant;Heures;Retenu par le plafond;Solde;Solde en heures;Règle;Hypothèses\r\n",
    );
    let inscrites = releve.lignes.iter().map(|ligne| (ligne, "inscrite"));
    let acquises = releve.acquises.iter().map(|ligne| (ligne, "acquise, à créditer"));
    for (ligne, etat) in inscrites.chain(acquises).rev() {
        let explication = sentences::expliquer(ligne);
        let cases = [
            formats::jour_court(ligne.date),
            explication.titre,
            etat.into(),
            chiffres(ligne.montant),
            heures(ligne.heures),
            chiffres(ligne.retenu),
            chiffres(ligne.solde),
            heures(ligne.solde_heures),
            explication.faits.into_iter().next().map(|(_, regle)| regle).unwrap_or_default(),
            explication.hypotheses.join(" "),
        ];
        for (rang, case) in cases.iter().enumerate() {
            csv.push_str(if rang == 0 { "\"" } else { ";\"" });
            csv.push_str(&case.replace('"', "\"\""));
            csv.push('"');
        }
        csv.push_str("\r\n");
    }
    csv
}

#[cfg(test)]
mod tests {
    use domaine::bareme::Bareme;
    use domaine::dif::Rapport;
    use domaine::droits::{
        Abondement, Activite, AttestationDeclaree, CategorieEngagement, Depense, Engagement, HeuresAnterieures,
        Montant, NatureAbondement, Objet, Provenance, Situation, calculer,
    };
    use domaine::exemples;
    use domaine::mesures::{Annee, DureeTravaillee, Heures, Jour};

    use super::*;
    use crate::components::chart::{FinDAnnee, Unite, fins_d_annee, part};

    fn releve() -> Releve {
        calculer(&situation(), Jour::date(2021, 11, 23), &Bareme::EN_VIGUEUR)
    }

    fn situation() -> Situation {
        Situation {
            heures_anterieures: Some(HeuresAnterieures {
                heures: Heures::new(54),
                provenance: Provenance::AncienCompte,
            }),
            activites: vec![Activite::salariee(
                Annee::new(2019).expect("a year"),
                DureeTravaillee::heures(1_607),
                None,
                Provenance::Employeurs,
            )],
            ..Situation::default()
        }
    }

    #[test]
    fn the_drawing_has_every_year_up_to_the_day_of_the_statement() {
        let releve = releve();
        let fin = |annee, carried, credit| {
            let parts = [carried, credit, 0, 0, 0].map(|euros| euros * 100);
            FinDAnnee { annee, parts, solde: (carried + credit) * 100 }
        };
        assert_eq!(
            fins_d_annee(&releve.lignes, releve.au, Unite::Centimes),
            [fin(2019, 0, 810), fin(2020, 810, 500), fin(2021, 1_310, 0)]
        );
        assert_eq!(fins_d_annee(&[], releve.au, Unite::Centimes), []);
    }

    #[test]
    fn the_drawing_tells_apart_dif_others_and_spending() {
        let annees = fins_d_annee(&riche().lignes, riche().au, Unite::Centimes);
        let parts: Vec<_> = annees.iter().map(|fin| (fin.annee, fin.parts.map(|part| part / 100))).collect();
        assert_eq!(
            parts,
            [
                (2019, [0, 810, 0, 0, 0]),
                (2020, [810, 500, 300, 0, 0]),
                (2021, [1_310, 0, 300, 240, 0]),
                (2022, [1_310, 0, 300, 1_240, 0]),
                (2023, [610, 0, 0, 1_240, 1_000]),
            ]
        );
        for fin in annees {
            assert_eq!(fin.parts[..4].iter().sum::<i64>(), fin.solde);
        }
    }

    #[test]
    fn an_account_in_hours_is_drawn_in_hours_under_a_ceiling_in_hours() {
        let agente = exemples::PERSONNES.iter().find(|p| p.nom_naissance == "Ndiaye").expect("a public agent");
        let releve = calculer(&agente.situation(), Jour::date(2026, 11, 23), &Bareme::EN_VIGUEUR);
        let unite = Unite::de(&releve);
        assert!(unite == Unite::Heures);
        assert_eq!((unite.solde(&releve), unite.plafond(&releve)), (124, 150));
        assert_eq!(fins_d_annee(&releve.lignes, releve.au, unite).last().map(|fin| fin.solde), Some(124));
        assert_eq!(unite.dire(124), "124\u{a0}h");
    }

    #[test]
    fn shares_are_rounded_to_the_tenth() {
        assert_eq!([part(0, 3), part(1, 3), part(2, 3), part(3, 3)], ["0.0%", "33.3%", "66.7%", "100.0%"]);
        assert_eq!(part(1, 0), "0.0%");
    }

    /// Everything that a statement in euros can hold.
    fn riche() -> Releve {
        let annee = |annee| Annee::new(annee).expect("a year");
        let situation = Situation {
            attestations: vec![AttestationDeclaree {
                heures: Heures::new(20),
                rapport: Rapport::Remplace,
                declaree_le: Jour::date(2020, 9, 1),
                reference: "DIF-0000-0000".into(),
            }],
            engagements: vec![Engagement {
                annee: annee(2020),
                categorie: CategorieEngagement::Benevolat,
                inscrit_le: Jour::date(2021, 3, 1),
            }],
            abondements: vec![Abondement {
                nature: NatureAbondement::Dotation,
                date: Jour::date(2022, 5, 2),
                montant: Euros::entiers(1_000),
                financeur: "Employeur \"Exemple\"".into(),
                action: None,
                echeance: None,
            }],
            depenses: vec![Depense {
                date: Jour::date(2023, 2, 6),
                demande: Montant::Euros(Euros::entiers(1_000)),
                objet: Objet::Formation,
                action: None,
                reference: "F-1".into(),
            }],
            ..situation()
        };
        calculer(&situation, Jour::date(2023, 11, 23), &Bareme::EN_VIGUEUR)
    }

    /// The cells of the spreadsheet, from the oldest line.
    fn cases(csv: &str) -> Vec<Vec<String>> {
        let lignes = csv.trim_start_matches('\u{feff}').lines().skip(1);
        let mut lignes: Vec<Vec<String>> = lignes
            .map(|ligne| {
                let ligne = ligne.strip_prefix('"').and_then(|l| l.strip_suffix('"')).expect("quoted");
                ligne.split("\";\"").map(|case| case.replace("\"\"", "\"")).collect()
            })
            .collect();
        lignes.reverse();
        lignes
    }

    #[test]
    fn screen_spreadsheet_json_and_drawing_hold_the_same_figures() {
        let mut releves = vec![riche()];
        for personne in exemples::PERSONNES {
            for au in [Jour::date(2019, 1, 1), Jour::date(2020, 2, 1), Jour::date(2026, 11, 23)] {
                releves.push(calculer(&personne.situation(), au, &Bareme::EN_VIGUEUR));
            }
        }
        // « − 1 810,00 € » on the screen is « -1810,00 » for a spreadsheet.
        let ecrit = |texte: String| {
            let garde = |c: &char| !c.is_whitespace() && !matches!(c, '+' | '€');
            texte.replace('−', "-").chars().filter(garde).collect::<String>()
        };
        for releve in releves {
            let json: Releve =
                crate::json::lire(&serde_json::to_string(&releve).expect("it is written")).expect("read");
            assert_eq!(json, releve);
            let cases = cases(&en_csv(&releve));
            assert_eq!(cases.len(), releve.lignes.len() + releve.acquises.len());
            let mut somme = Euros::ZERO;
            for (ligne, cases) in json.lignes.iter().chain(&json.acquises).zip(&cases) {
                assert_eq!(cases.len(), 10);
                assert_eq!(cases[0], formats::jour_court(ligne.date));
                let explication = sentences::expliquer(ligne);
                assert_eq!(cases[1], explication.titre);
                // What the JSON names, the screen and the spreadsheet say in the same words.
                let nommees: Vec<_> =
                    ligne.hypotheses.iter().map(|hypothese| sentences::supposition(hypothese, ligne)).collect();
                assert_eq!(explication.hypotheses, nommees);
                assert_eq!(cases[9], nommees.join(" "));
                if ligne.heures.est_nulle() {
                    assert_eq!(cases[3], ecrit(sentences::change(ligne)));
                    assert_eq!(cases[6], ecrit(solde_dit(ligne)));
                } else {
                    assert_eq!([&cases[4], "h"].concat(), ecrit(sentences::change(ligne)));
                    let solde = ecrit(solde_dit(ligne));
                    assert!(solde.ends_with(&[&cases[7], "h"].concat()) || ligne.solde_heures.est_nulle(), "{solde}");
                    assert!(solde.starts_with(&cases[6]) || ligne.solde.est_nul(), "{solde}");
                }
                if cases[2] == "inscrite" {
                    somme += cases[3].replace(',', ".").parse().expect("an amount");
                    assert_eq!(cases[6].replace(',', ".").parse(), Ok(somme), "the balance follows the lines");
                }
            }
            assert_eq!(somme, json.solde);
            let annees = fins_d_annee(&json.lignes, json.au, Unite::Centimes);
            assert_eq!(annees.last().map_or(0, |fin| fin.solde), json.solde.centimes());
        }
    }

    #[test]
    fn the_spreadsheet_holds_the_figures_of_the_statement() {
        let csv = en_csv(&releve());
        let lignes: Vec<_> = csv.lines().collect();
        assert_eq!(lignes.len(), 3);
        assert_eq!(
            lignes[1],
            "\"30/06/2020\";\"Activité de 2019, à temps plein\";\"inscrite\";\"500,00\";\"0\";\"0,00\";\"1310,00\";\"0\";\"Code du travail, article R6323-1, I\";\"Les textes ne fixent pas de jour\u{a0}: ils disent «\u{a0}au cours du premier semestre de l’année suivante\u{a0}». Ce compte retient un jour de ce semestre, choisi par son hébergeur.\""
        );
    }
}
