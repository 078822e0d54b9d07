//! « Historique »: the statement, newest first; each line opens on its own sum.

use crate::gabarit::{Valeur, ecoute};
use crate::html;
use api::droits::HistoriqueVu;
use domaine::droits::{Ligne, Motif, Releve};
use domaine::mesures::{Euros, Jour};
use leptos::prelude::*;

use crate::components::dif::case_dif;
use crate::lecture::Lecture;
use crate::session::session;
use crate::textes::{formats, releve as textes};
use crate::{client, navigateur};

/// The screen.
pub fn historique() -> AnyView {
    let historique = Lecture::nouvelle(client::historique);
    html!(
        r#"<div class="sheet"><h1 tabindex="-1">Mon historique</h1>{}</div>"#,
        historique.vue("Votre historique n’a pas pu être lu", lu)
    )
}

fn lu(historique: &HistoriqueVu) -> AnyView {
    if historique.releve.lignes.is_empty() { vide(historique.connu) } else { rempli(&historique.releve) }
}

fn vide(connu: bool) -> AnyView {
    html!(
        r#"
        <p class="lede">Aucune ligne n’est encore inscrite à votre compte.</p>
        <p>{}</p>
        {}
        <p class="actions"><a class="button button--quiet" href="/aide#droits">Comprendre pourquoi</a></p>
    "#,
        if connu {
            "Votre activité est connue : la première ligne arrivera au premier semestre de l’année qui la suit."
        } else {
            "La première arrivera au premier semestre qui suit une année de travail déclarée par votre employeur."
        },
        case_dif(),
    )
}

fn rempli(releve: &Releve) -> AnyView {
    let titulaire = session().titulaire();
    let nom = titulaire.read_untracked().as_ref().map(|t| [&t.prenoms, " ", &t.nom_naissance, ", "].concat());
    let titre = [
        &nom.unwrap_or_default(),
        "relevé du ",
        &formats::jour_long(releve.au),
        ". Solde : ",
        &formats::euros(releve.solde),
        ".",
    ]
    .concat();
    let lignes =
        releve.lignes.iter().enumerate().rev().map(|(rang, ligne)| rangee(rang, ligne, releve)).collect::<Vec<_>>();
    let csv = StoredValue::new(en_csv(releve));
    html!(
        r#"
        <p class="print-only">{}</p>
        {}
        <aside class="note no-print">
            <p>
                Chaque ligne répond à «&nbsp;pourquoi ce montant&#8239;?&nbsp;» par la règle, l’article, ce que l’on sait de vous, et le calcul.
            </p>
            <p>Une ligne vous semble fausse&#8239;? <a href="/aide#erreur">Ce que vous pouvez faire</a></p>
        </aside>
        <table class="ledger" role="table">
            <caption class="ledger__caption">Du plus récent au plus ancien</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">Date</th>
                    <th role="columnheader" scope="col">Ligne</th>
                    <th role="columnheader" scope="col" class="ledger__figure">Montant</th>
                    <th role="columnheader" scope="col" class="ledger__figure">Solde</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{}</tbody>
        </table>
        <p class="actions">
            <button class="button button--quiet button--small" type="button" on:click={}>Imprimer</button>
            <button class="button button--quiet button--small" type="button" on:click={}>Télécharger en CSV</button>
            <a class="button button--quiet button--small" href={} download="historique.json">en JSON</a>
        </p>
    "#,
        titre,
        dessin(releve),
        lignes,
        ecoute(|_| imprimer()),
        ecoute(move |_| csv.with_value(|csv| navigateur::telecharger("historique.csv", "text/csv", csv))),
        api::routes::HISTORIQUE,
    )
}

fn imprimer() {
    if let Some(fenetre) = navigateur::fenetre() {
        // Refused by some browsers inside an app: there is nothing more to do then.
        let _refuse = fenetre.print();
    }
}

/// A line, and under it the row that explains it.
pub(super) fn rangee(rang: usize, ligne: &Ligne, releve: &Releve) -> AnyView {
    let ouverte = RwSignal::new(false);
    let id = ["pourquoi-", &rang.to_string()].concat();
    let explication = textes::expliquer(ligne);
    let retenu = !ligne.retenu.est_nul() || !ligne.retenu_heures.est_nulle();
    let arretee = ligne.plafond.is_some() && retenu;
    let nouvelle = ligne.date == releve.au && matches!(ligne.motif, Motif::Dif { .. });
    let calcul = explication.calcul.into_iter().map(|partie| html!("<span>{}</span>", partie)).collect::<Vec<_>>();
    let faits = explication.faits.into_iter().map(|(mot, fait)| fait_dit(mot, fait)).collect::<Vec<_>>();
    let retenue = textes::retenue(ligne).map(|texte| html!("<p>{}</p>", texte));
    let suppositions = ligne
        .hypotheses
        .iter()
        .map(|hypothese| html!(r#"<p class="soft small">{}</p>"#, textes::supposition(hypothese)))
        .collect::<Vec<_>>();
    html!(
        r#"
        <tr role="row" class={}>
            <td role="cell" class="ledger__date">{}</td>
            <td role="cell" class="ledger__line">
                <span class="ledger__name">{} {}</span>
                <button class="ledger__why" type="button" aria-expanded={} aria-controls={} on:click={}>
                    Pourquoi ce montant&#8239;?
                </button>
            </td>
            <td role="cell" class="ledger__figure ledger__amount">{}</td>
            <td role="cell" class="ledger__figure ledger__balance">{}</td>
        </tr>
        <tr role="row" class="ledger__detail" id={} hidden={}>
            <td role="cell" colspan="4">
                <div class="why">
                    <p>{}</p><p class="why__sum">{}<span>=</span><b>{}</b></p>{}<dl class="why__facts">{}</dl>{}
                </div>
            </td>
        </tr>
    "#,
        move || match (ouverte.get(), nouvelle) {
            (false, false) => "",
            (false, true) => "ledger__new",
            (true, false) => "ledger__open",
            (true, true) => "ledger__open ledger__new",
        },
        formats::jour_court(ligne.date),
        explication.titre,
        arretee.then(|| html!(r#"<span class="tag">arrêté au plafond</span>"#)),
        move || if ouverte.get() { "true" } else { "false" },
        id.clone(),
        ecoute(move |_| ouverte.update(|ouverte| *ouverte = !*ouverte)),
        textes::change(ligne),
        formats::euros(ligne.solde),
        id,
        move || !ouverte.get(),
        explication.pourquoi,
        calcul,
        explication.resultat,
        retenue,
        faits,
        suppositions,
    )
}

fn fait_dit(mot: &'static str, fait: String) -> AnyView {
    html!(
        r#"
        <dt>{}</dt>
        <dd>{}</dd>
    "#,
        mot,
        fait
    )
}

/// A year of the drawing: the balance at its end and at the end of the year before.
#[derive(Debug, PartialEq, Eq)]
struct FinDAnnee {
    annee: u16,
    avant: Euros,
    solde: Euros,
}

/// The balance at the end of each year, from the first line to the day of the statement.
fn fins_d_annee(lignes: &[Ligne], au: Jour) -> Vec<FinDAnnee> {
    let Some(premiere) = lignes.first() else { return Vec::new() };
    let mut avant = Euros::ZERO;
    (premiere.date.annee()..=au.annee())
        .map(|annee| {
            let solde =
                lignes.iter().rfind(|ligne| ligne.date.annee() <= annee).map_or(Euros::ZERO, |ligne| ligne.solde);
            let fin = FinDAnnee { annee, avant, solde };
            avant = solde;
            fin
        })
        .collect()
}

/// A share of the whole in tenths of a hundredth, written for SVG: « 83.8% ».
fn part(valeur: i64, tout: i64) -> String {
    let milliemes = (valeur.max(0) * 1_000 + tout / 2).checked_div(tout).unwrap_or(0);
    [&(milliemes / 10).to_string(), ".", &(milliemes % 10).to_string(), "%"].concat()
}

/// The rights year by year under the ceiling; the same figures as a table for who does not see it.
pub(super) fn dessin(releve: &Releve) -> AnyView {
    let annees = fins_d_annee(&releve.lignes, releve.au);
    let haut = releve.plafond.max(releve.solde).centimes();
    let nombre = i64::try_from(annees.len()).unwrap_or(1);
    let depuis_le_haut = |montant: Euros| part(haut - montant.centimes(), haut);
    let hauteur = |montant: Euros| part(montant.centimes(), haut);
    let barres = annees
        .iter()
        .zip(0..)
        .map(|(fin, rang)| {
            let (x, largeur) = (part(rang, nombre), part(1, nombre));
            let acquis = fin.avant.min(fin.solde);
            let barre = |classe: &str, haut: Euros, montant: Euros| {
                let (y, hauteur) = (depuis_le_haut(haut), hauteur(montant));
                let mesures = ["\" x=\"", &x, "\" width=\"", &largeur, "\" y=\"", &y, "\" height=\"", &hauteur];
                ["<rect class=\"", classe, &mesures.concat(), "\"></rect>"].concat()
            };
            barre("drawing__carried", acquis, acquis) + &barre("drawing__credit", fin.solde, fin.solde - acquis)
        })
        .collect::<String>();
    let plafond = ["plafond ", &formats::euros_ronds(releve.plafond)].concat();
    let ceinture = depuis_le_haut(releve.plafond);
    // At the ceiling the two words would stand on one another, and say the same.
    let valeur = (releve.solde.centimes() * 10 < haut * 9).then(|| {
        let (y, montant) = (depuis_le_haut(releve.solde), formats::euros(releve.solde));
        ["<text class=\"drawing__value\" x=\"100%\" dy=\"-.5em\" y=\"", &y, "\">", &montant, "</text>"].concat()
    });
    let ecrites = annees.iter().map(|fin| html!("<li>{}</li>", fin.annee.to_string())).collect::<Vec<_>>();
    let lues = annees.iter().map(annee_lue).collect::<Vec<_>>();
    let beaucoup = annees.len() > 6;
    html!(
        r#"
        <figure class="drawing">
            <svg class="drawing__plot" aria-hidden="true">
                <line class="drawing__ceiling" x1="0" x2="100%" y1={} y2={}></line>
                <text x="100%" y={} dy="-.5em">{}</text>
                {}
            </svg>
            <ol class={} aria-hidden="true">{}</ol>
            <figcaption class="drawing__key" aria-hidden="true">
                <span class="drawing__key-credit">crédité dans l’année</span>
                <span>déjà acquis</span>
            </figcaption>
            <div class="visually-hidden">
                <table>
                    <caption>Solde année par année, {}</caption>
                    <thead>
                        <tr>
                            <th scope="col">Année</th>
                            <th scope="col">Crédité dans l’année</th>
                            <th scope="col">Solde en fin d’année</th>
                        </tr>
                    </thead>
                    <tbody>{}</tbody>
                </table>
            </div>
        </figure>
    "#,
        ceinture.clone(),
        ceinture.clone(),
        ceinture,
        plafond.clone(),
        Valeur::Html(barres + &valeur.unwrap_or_default()),
        if beaucoup { "drawing__years drawing__years--many" } else { "drawing__years" },
        ecrites,
        plafond,
        lues,
    )
}

fn annee_lue(fin: &FinDAnnee) -> AnyView {
    html!(
        r#"
        <tr>
            <th scope="row">{}</th>
            <td>{}</td>
            <td>{}</td>
        </tr>
    "#,
        fin.annee.to_string(),
        formats::euros(fin.solde - fin.avant),
        formats::euros(fin.solde),
    )
}

/// The statement for a spreadsheet of a French system: semicolons, decimal commas, and the mark that makes it read
/// accents. The figures are those of the screen, without the spaces between thousands, which spreadsheets take for text.
fn en_csv(releve: &Releve) -> String {
    let chiffres = |montant: Euros| montant.to_string().replace('.', ",");
    let mut csv = String::from("\u{feff}Date;Ligne;Montant;Retenu par le plafond;Solde;Règle\r\n");
    for ligne in releve.lignes.iter().rev() {
        let explication = textes::expliquer(ligne);
        let cases = [
            formats::jour_court(ligne.date),
            explication.titre,
            chiffres(ligne.montant),
            chiffres(ligne.retenu),
            chiffres(ligne.solde),
            explication.faits.into_iter().next().map(|(_, regle)| regle).unwrap_or_default(),
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
    use domaine::droits::{Activite, HeuresAnterieures, Provenance, Situation, calculer};
    use domaine::mesures::{Annee, DureeTravaillee, Heures};

    use super::*;

    fn releve() -> Releve {
        let situation = Situation {
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
        };
        calculer(&situation, Jour::date(2021, 11, 23), &Bareme::EN_VIGUEUR)
    }

    #[test]
    fn the_drawing_has_every_year_up_to_the_day_of_the_statement() {
        let releve = releve();
        let fin = |annee, avant, solde| FinDAnnee { annee, avant: Euros::entiers(avant), solde: Euros::entiers(solde) };
        assert_eq!(
            fins_d_annee(&releve.lignes, releve.au),
            [fin(2019, 0, 810), fin(2020, 810, 1_310), fin(2021, 1_310, 1_310)]
        );
        assert_eq!(fins_d_annee(&[], releve.au), []);
    }

    #[test]
    fn shares_are_rounded_to_the_tenth() {
        assert_eq!([part(0, 3), part(1, 3), part(2, 3), part(3, 3)], ["0.0%", "33.3%", "66.7%", "100.0%"]);
        assert_eq!(part(1, 0), "0.0%");
    }

    #[test]
    fn the_spreadsheet_holds_the_figures_of_the_statement() {
        let csv = en_csv(&releve());
        let lignes: Vec<_> = csv.lines().collect();
        assert_eq!(lignes.len(), 3);
        assert_eq!(
            lignes[1],
            "\"30/06/2020\";\"Activité de 2019, à temps plein\";\"500,00\";\"0,00\";\"1310,00\";\"Code du travail, article R6323-1, I\""
        );
    }
}
