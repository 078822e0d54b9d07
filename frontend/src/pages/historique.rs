//! « Historique »: the statement, newest first; each line opens on its own sum.

use crate::gabarit::{Valeur, ecoute};
use crate::html;
use api::contestations::{ContestationVue, SaisieContestation};
use api::droits::HistoriqueVu;
use domaine::droits::{Destinataire, Etat, Ligne, Motif, Poche, Releve, Repere, lire_date, lire_raison};
use domaine::formulaire::Faute;
use domaine::mesures::{Euros, Jour, VariationHeures};
use leptos::prelude::*;

use crate::components::alert::alerte_echec;
use crate::components::button::bouton_envoi;
use crate::components::dif::case_dif;
use crate::components::error_summary::resume;
use crate::components::field::{Options, field, zone};
use crate::components::formulaire::formulaire;
use crate::form::{Form, Meta, Modele};
use crate::lecture::Lecture;
use crate::session::session;
use crate::textes::{contestation, formats, releve as textes};
use crate::{client, navigateur};

static CONSULTATION: Modele = Modele {
    nom: "consultation",
    champs: &[Meta {
        id: "au",
        label: "Date du relevé",
        ranger: Some(|texte| lire_date(texte, Jour::date(9999, 12, 31)).ok().map(formats::jour_court)),
        ..Meta::TEXTE
    }],
    juger: |textes, jour| lire_date(&textes[0], jour).err().map(|faute| (0, Faute::Date(faute))).into_iter().collect(),
};

/// One for all lines: what was typed of one stays until it is sent or given up.
static CONTESTATION: Modele = Modele {
    nom: "contestation",
    champs: &[
        Meta { id: "raison", label: "Ce qui vous semble faux", ..Meta::TEXTE },
        // Part of what is sent, so that the same words about another line are another submission.
        Meta { id: "ligne", label: "", ..Meta::BRUT },
    ],
    juger: |textes, _| lire_raison(&textes[0]).err().map(|faute| (0, Faute::Raison(faute))).into_iter().collect(),
};

/// What the screen shows. Signals of few types: each type of a signal is paid for by the page.
#[derive(Clone, Copy)]
struct Ecran {
    historique: Lecture<HistoriqueVu>,
    /// The day that was asked for, `2021-06-30`; empty for today.
    au: RwSignal<String>,
    /// What is said when another day is shown.
    dit: RwSignal<String>,
    /// The mark of the line whose form is open; empty for none.
    contestee: RwSignal<String>,
    /// Changes with the requests of what was read.
    demande: RwSignal<bool>,
}

/// The screen.
pub fn historique() -> AnyView {
    let vide = || RwSignal::new(String::new());
    let au = vide();
    let historique = Lecture::nouvelle(move || client::historique(au.get_untracked()));
    let ecran = Ecran { historique, au, dit: vide(), contestee: vide(), demande: RwSignal::new(false) };
    html!(
        r#"
        <div class="sheet">
            <h1 tabindex="-1">Mon historique</h1>
            {}
            {}
            {}
        </div>
    "#,
        a_quelle_date(ecran),
        historique.vue("Votre historique n’a pas pu être lu", move |historique| {
            // Once this is on the screen, the list under it follows.
            navigateur::bientot(move || ecran.demande.set(true));
            lu(ecran, historique)
        }),
        demandes(ecran),
    )
}

impl Ecran {
    fn montrer(self, vu: HistoriqueVu) {
        let jour = vu.releve.au;
        self.au.set(if jour == vu.aujourdhui { String::new() } else { jour.to_string() });
        let jour = formats::jour_long(jour);
        let solde = formats::euros(vu.releve.solde);
        self.dit.set(["Relevé tel qu’il était le ", &jour, ". Solde\u{a0}: ", &solde, "."].concat());
        self.historique.poser(vu);
    }

    /// The requests, seen by that function; again each time one is added.
    fn demandes(self, voir: impl Fn(&ContestationVue) -> Option<AnyView>) -> Vec<AnyView> {
        self.demande.track();
        let vues = self.historique.avec(|historique| historique.contestations.iter().filter_map(voir).collect());
        vues.unwrap_or_default()
    }

    fn revenir(self, form: Form) {
        self.au.set(String::new());
        self.dit.set("Relevé d’aujourd’hui.".into());
        self.historique.relire();
        // After the field that the pointer left was judged.
        navigateur::bientot(move || {
            form.vider();
            navigateur::donner_focus("quelle-date");
        });
    }
}

/// Another day, and the way back.
fn a_quelle_date(ecran: Ecran) -> AnyView {
    let form = Form::ouvrir(&CONSULTATION);
    let envoyer = move || {
        form.envoyer(
            move |_| {
                let au = lire_date(&form.texte(0).read_untracked(), navigateur::aujourdhui());
                client::historique(au.map_or_else(|_| String::new(), |au| au.to_string()))
            },
            move |vu| ecran.montrer(vu),
        );
    };
    let contenu = html!(
        r#"
        <div class="sheet sheet--close">
            {}
            {}
            {}
            <div class="actions">{}</div>
        </div>
    "#,
        resume(form),
        field(
            form,
            0,
            Options {
                hint: "Par exemple 30/06/2021\u{a0}: le relevé sera celui de ce jour-là",
                inputmode: "numeric",
                enterkeyhint: "go",
                classe: "field__input field__input--short",
                ..Options::TEXTE
            }
        ),
        alerte_echec(form, |_| ("Ce relevé n’a pas pu être lu", None)),
        bouton_envoi(form, "voir-ce-jour", "Voir ce jour", "Lecture…"),
    );
    let retour = move || {
        (!ecran.au.read().is_empty()).then(|| {
            html!(
                r#"
                <p class="actions">
                    <button class="button button--quiet button--small" type="button" on:click={}>
                        Revenir à aujourd’hui
                    </button>
                </p>
            "#,
                ecoute(move |_| ecran.revenir(form))
            )
        })
    };
    html!(
        r#"
        <div class="dated">
            <details class="disclosure">
                <summary class="disclosure__title" id="quelle-date">À quelle date&#8239;?</summary>
                <div class="disclosure__body">{}</div>
            </details>
            <p class="dated__day" role="status">{}</p>
            {}
        </div>
    "#,
        formulaire(form, envoyer, contenu),
        move || ecran.dit.get(),
        retour,
    )
}

fn lu(ecran: Ecran, historique: &HistoriqueVu) -> AnyView {
    let releve = &historique.releve;
    if !releve.lignes.is_empty() || !releve.acquises.is_empty() {
        rempli(ecran, releve, historique.aujourdhui)
    } else if releve.au == historique.aujourdhui {
        vide(historique.connu)
    } else {
        avant(releve.au, historique.depuis)
    }
}

/// A day when nothing was there yet.
fn avant(au: Jour, depuis: Option<Jour>) -> AnyView {
    html!(
        r#"<p class="lede">Le {}, aucune ligne n’était inscrite à votre compte.</p>{}"#,
        formats::jour_long(au),
        depuis.map(|depuis| html!("<p>La première est du {}.</p>", formats::jour_long(depuis))),
    )
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

/// What the account can do, when it is not what it does every day.
const fn etat(etat: Etat) -> Option<&'static str> {
    match etat {
        Etat::Ouvert => None,
        Etat::PasEncoreOuvert => {
            Some("Ce compte n’est pas encore ouvert\u{a0}: il s’ouvre à 16 ans, ou à 15 ans en apprentissage.")
        }
        Etat::Gele => Some(
            "Ce compte est gelé par la retraite à taux plein\u{a0}: il n’est plus alimenté ni dépensé, sauf pour l’engagement citoyen.",
        ),
        Etat::Ferme => Some("Ce compte est fermé\u{a0}: plus rien n’y est ajouté ni dépensé."),
    }
}

/// « historique-2021-06-30.csv ».
fn fichier(releve: &Releve, suffixe: &str) -> String {
    ["historique-", &releve.au.to_string(), suffixe].concat()
}

fn rempli(ecran: Ecran, releve: &Releve, aujourdhui: Jour) -> AnyView {
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
    let lignes = releve.lignes.iter().chain(&releve.acquises).zip(releve.reperes()).enumerate();
    let lignes: Vec<_> = lignes
        .map(|(rang, (ligne, repere))| {
            rangee(rang, ligne, releve, contester(ecran, repere, Destinataire::de(&ligne.motif)))
        })
        .collect();
    let lignes = lignes.into_iter().rev().collect::<Vec<_>>();
    let (nom, csv) = (fichier(releve, ".csv"), en_csv(releve));
    let au = if releve.au == aujourdhui { String::new() } else { releve.au.to_string() };
    html!(
        r#"
        <p class="print-only">{}</p>
        {}
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
            <a class="button button--quiet button--small" href={} download={}>en JSON</a>
        </p>
    "#,
        titre,
        etat(releve.etat).map(|texte| html!(r#"<p class="alert">{}</p>"#, texte)),
        dessin(releve),
        lignes,
        ecoute(|_| imprimer()),
        ecoute(move |_| navigateur::telecharger(&nom, "text/csv", &csv)),
        client::adresse_historique(&au),
        fichier(releve, ".json"),
    )
}

fn imprimer() {
    if let Some(fenetre) = navigateur::fenetre() {
        // Refused by some browsers inside an app: there is nothing more to do then.
        let _refuse = fenetre.print();
    }
}

/// A line, and under it the row that explains it.
pub(super) fn rangee(rang: usize, ligne: &Ligne, releve: &Releve, suite: AnyView) -> AnyView {
    let ouverte = RwSignal::new(false);
    let id = ["pourquoi-", &rang.to_string()].concat();
    let explication = textes::expliquer(ligne);
    let retenu = !ligne.retenu.est_nul() || !ligne.retenu_heures.est_nulle();
    let arretee = ligne.plafond.is_some() && retenu;
    let acquise = rang >= releve.lignes.len();
    let credite = acquise.then(|| {
        let jour = formats::jour_long(ligne.date);
        html!(r#"<span class="tag">{}</span>"#, ["acquis, crédité le ", &jour].concat())
    });
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
                <span class="ledger__name">{} {} {}</span>
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
                    <p>{}</p><p class="why__sum">{}<span>=</span><b>{}</b></p>{}<dl class="why__facts">{}</dl>{}{}
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
        credite,
        arretee.then(|| html!(r#"<span class="tag">arrêté au plafond</span>"#)),
        move || if ouverte.get() { "true" } else { "false" },
        id.clone(),
        ecoute(move |_| ouverte.update(|ouverte| *ouverte = !*ouverte)),
        textes::change(ligne),
        if acquise { "à venir".into() } else { solde_dit(ligne) },
        id,
        move || !ouverte.get(),
        explication.pourquoi,
        calcul,
        explication.resultat,
        retenue,
        faits,
        suppositions,
        suite,
    )
}

/// What was asked about this line, and the way to ask.
fn contester(ecran: Ecran, repere: Repere, destinataire: Destinataire) -> AnyView {
    let marque = repere.to_string();
    let (ici, id) = (marque.clone(), ["contester-", &marque].concat());
    let demandes = move || {
        ecran.demandes(|contestation| {
            (contestation.ligne == repere)
                .then(|| html!(r#"<p id={} tabindex="-1">{}</p>"#, contestation.reference.clone(), suivi(contestation)))
        })
    };
    let suite = move || {
        if *ecran.contestee.read() == ici {
            return formuler(ecran, repere, destinataire, id.clone());
        }
        let marque = marque.clone();
        let ouvrir = move |_| {
            ecran.contestee.set(marque.clone());
            navigateur::bientot(|| navigateur::donner_focus("raison"));
        };
        html!(
            r#"
            <p class="actions no-print">
                <button class="button button--quiet button--small" type="button" id={} on:click={}>
                    Contester cette ligne
                </button>
            </p>
        "#,
            id.clone(),
            ecoute(ouvrir)
        )
    };
    html!(r#"<div role="status">{}</div>{}"#, demandes, suite)
}

/// « Contestée le 23 novembre 2026, référence CTR-7K2M-9QXA : reçue. »
fn suivi(contestation: &ContestationVue) -> AnyView {
    let jour = formats::jour_long(contestation.deposee_le);
    html!(
        r#"Contestée le {}, référence <strong class="figure" translate="no">{}</strong>&nbsp;: {}.{}"#,
        jour,
        contestation.reference.clone(),
        contestation::statut(contestation.statut),
        contestation.reponse.clone().map(|reponse| [" Réponse\u{a0}: ", &reponse].concat()),
    )
}

/// Who can mend the line, what to bring, and the request.
fn formuler(ecran: Ecran, repere: Repere, destinataire: Destinataire, bouton: String) -> AnyView {
    let form = Form::ouvrir(&CONTESTATION);
    form.preremplir(1, &repere.to_string());
    let (qui, preuve) = contestation::a_qui(destinataire);
    let envoyer = move || {
        form.envoyer(
            move |cle| async move {
                let saisie = SaisieContestation { ligne: repere, raison: form.textes().swap_remove(0) };
                client::contester(&saisie, &cle).await
            },
            move |vue: ContestationVue| {
                form.vider();
                ecran.contestee.set(String::new());
                let reference = vue.reference.clone();
                // A repeat gives the same request again.
                ecran.historique.changer(|historique| {
                    historique.contestations.retain(|connue| connue.reference != vue.reference);
                    historique.contestations.insert(0, vue);
                });
                ecran.demande.set(true);
                navigateur::bientot(move || navigateur::donner_focus(&reference));
            },
        );
    };
    let annuler = move |_| {
        ecran.contestee.set(String::new());
        let bouton = bouton.clone();
        // After the field that the pointer left was judged.
        navigateur::bientot(move || {
            form.vider();
            navigateur::donner_focus(&bouton);
        });
    };
    let contenu = html!(
        r#"
        <div class="sheet sheet--close">
            {}
            <dl class="why__facts">
                {}
                {}
            </dl>
            {}
            {}
            <div class="actions">
                {}
                <button class="button button--quiet" type="button" on:click={}>Annuler</button>
            </div>
        </div>
    "#,
        resume(form),
        fait_dit("À qui s’adresser", qui.into()),
        fait_dit("Preuve à réunir", preuve.into()),
        zone(form, 0, "Ce service garde votre demande et vous donne une référence. 2\u{202f}000 caractères au plus"),
        alerte_echec(form, |_| ("Votre demande n’est pas encore enregistrée", None)),
        bouton_envoi(form, "envoyer-contestation", "Envoyer ma demande", "Envoi…"),
        ecoute(annuler),
    );
    formulaire(form, envoyer, contenu)
}

/// Every request, whatever the day that is shown.
fn demandes(ecran: Ecran) -> AnyView {
    let demandes = move || {
        let lignes = ecran.demandes(|contestation| Some(demande(contestation)));
        (!lignes.is_empty()).then(|| {
            html!(
                r#"
                <section class="sheet sheet--ruled no-print" aria-labelledby="contestations">
                    <h2 id="contestations">Vos contestations</h2>
                    <ul class="facts facts--list">{}</ul>
                </section>
            "#,
                lignes
            )
        })
    };
    html!("{}", demandes)
}

fn demande(contestation: &ContestationVue) -> AnyView {
    let montant = if contestation.heures.est_nulle() {
        formats::mouvement(contestation.montant)
    } else {
        formats::heures(contestation.heures.absolue())
    };
    html!(
        r#"<li><div><strong>Ligne du {}, {}</strong><span class="facts__source">{}</span><span class="facts__source">{}</span></div></li>"#,
        formats::jour_court(contestation.ligne.date),
        montant,
        suivi(contestation),
        ["«\u{a0}", &contestation.raison, "\u{a0}»"].concat(),
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

/// What a bar is made of, from the ground up: its class, and its name. The last was there and is spent.
const PARTS: [(&str, &str); 5] = [
    ("carried", "déjà acquis"),
    ("credit", "crédité dans l’année"),
    ("dif", "DIF"),
    ("others", "abondements et engagement citoyen"),
    ("spent", "dépensé dans l’année"),
];

/// A year of the drawing, at its end.
#[derive(Debug, PartialEq, Eq)]
struct FinDAnnee {
    annee: u16,
    /// As in [`PARTS`]; all but the last add up to the balance.
    parts: [Euros; 5],
    solde: Euros,
}

/// Each year from the first line to the day of the statement.
fn fins_d_annee(lignes: &[Ligne], au: Jour) -> Vec<FinDAnnee> {
    let Some(premiere) = lignes.first() else { return Vec::new() };
    let (mut dif, mut tiers, mut solde) = (Euros::ZERO, Euros::ZERO, Euros::ZERO);
    (premiere.date.annee()..=au.annee())
        .map(|annee| {
            let (mut credite, mut depense) = (Euros::ZERO, Euros::ZERO);
            for ligne in lignes.iter().filter(|ligne| ligne.date.annee() == annee) {
                let montant = ligne.montant;
                solde += montant;
                match ligne.poche {
                    Poche::Dif => dif += montant,
                    Poche::Cec | Poche::Abondement => tiers += montant,
                    Poche::Cpf => {}
                }
                if matches!(ligne.motif, Motif::Depense(_)) {
                    depense += Euros::ZERO - montant;
                } else if ligne.poche == Poche::Cpf {
                    credite += montant;
                }
            }
            let cpf = (solde - dif - tiers).max(Euros::ZERO);
            let credite = credite.min(cpf).max(Euros::ZERO);
            FinDAnnee { annee, parts: [cpf - credite, credite, dif, tiers, depense], solde }
        })
        .collect()
}

/// A share of the whole in tenths of a hundredth, written for SVG: « 83.8% ».
fn part(valeur: i64, tout: i64) -> String {
    let milliemes = (valeur.max(0) * 1_000 + tout / 2).checked_div(tout).unwrap_or(0);
    [&(milliemes / 10).to_string(), ".", &(milliemes % 10).to_string(), "%"].concat()
}

/// The rights year by year under the ceiling; the same figures as a table for who does not see it, and on paper.
pub(super) fn dessin(releve: &Releve) -> AnyView {
    let annees = fins_d_annee(&releve.lignes, releve.au);
    let haut = annees.iter().map(|fin| fin.parts.iter().fold(Euros::ZERO, |somme, part| somme + *part));
    let haut = haut.chain([releve.solde]).fold(releve.plafond, Euros::max).centimes();
    let nombre = i64::try_from(annees.len()).unwrap_or(1);
    let depuis_le_haut = |montant: Euros| part(haut - montant.centimes(), haut);
    let mut barres = String::new();
    for (fin, rang) in annees.iter().zip(0..) {
        let (x, largeur) = (part(rang, nombre), part(1, nombre));
        let mut sommet = Euros::ZERO;
        for (montant, (classe, _)) in fin.parts.into_iter().zip(PARTS) {
            if montant <= Euros::ZERO {
                continue;
            }
            sommet += montant;
            let (y, hauteur) = (depuis_le_haut(sommet), part(montant.centimes(), haut));
            for morceau in [
                "<rect class=\"drawing__",
                classe,
                "\" x=\"",
                &x,
                "\" width=\"",
                &largeur,
                "\" y=\"",
                &y,
                "\" height=\"",
                &hauteur,
                "\"></rect>",
            ] {
                barres.push_str(morceau);
            }
        }
    }
    let plafond = ["plafond ", &formats::euros_ronds(releve.plafond)].concat();
    let ceinture = depuis_le_haut(releve.plafond);
    // At the ceiling the two words would stand on one another, and say the same.
    let valeur = (releve.solde.centimes() * 10 < haut * 9).then(|| {
        let (y, montant) = (depuis_le_haut(releve.solde), formats::euros(releve.solde));
        ["<text class=\"drawing__value\" x=\"100%\" dy=\"-.5em\" y=\"", &y, "\">", &montant, "</text>"].concat()
    });
    // Only what there is has a colour, a key and a column.
    let presentes = || {
        let annees = &annees;
        (0..PARTS.len()).filter(move |rang| annees.iter().any(|fin| fin.parts[*rang] != Euros::ZERO))
    };
    let cles = presentes().map(|rang| {
        let (classe, nom) = PARTS[rang];
        html!("<span class={}>{}</span>", ["drawing__key-", classe].concat(), nom)
    });
    let colonnes = presentes().map(|rang| html!(r#"<th scope="col">{}</th>"#, PARTS[rang].1));
    let lues = annees.iter().map(|fin| {
        let cases = presentes().map(|rang| fin.parts[rang]).chain([fin.solde]);
        let cases = cases.map(|montant| html!("<td>{}</td>", formats::euros(montant))).collect::<Vec<_>>();
        html!(r#"<tr><th scope="row">{}</th>{}</tr>"#, fin.annee.to_string(), cases)
    });
    let ecrites = annees.iter().map(|fin| html!("<li>{}</li>", fin.annee.to_string())).collect::<Vec<_>>();
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
            <figcaption class="drawing__key" aria-hidden="true">{}</figcaption>
            <div class="visually-hidden">
                <table>
                    <caption>Solde année par année, {}</caption>
                    <thead><tr><th scope="col">Année</th>{}<th scope="col">solde en fin d’année</th></tr></thead>
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
        cles.collect::<Vec<_>>(),
        plafond,
        colonnes.collect::<Vec<_>>(),
        lues.collect::<Vec<_>>(),
    )
}

/// « 1 810,00 € », and the hours when there are some.
fn solde_dit(ligne: &Ligne) -> String {
    let euros = formats::euros(ligne.solde);
    if ligne.solde_heures.est_nulle() {
        return euros;
    }
    [&euros, ", ", &formats::heures(ligne.solde_heures.absolue())].concat()
}

/// The statement for a spreadsheet of a French system: semicolons, decimal commas, and the mark that makes it read
/// accents. The figures are those of the screen, without the spaces between thousands, which spreadsheets take for text.
fn en_csv(releve: &Releve) -> String {
    let chiffres = |montant: Euros| montant.to_string().replace('.', ",");
    let heures = |heures: VariationHeures| heures.nombre().to_string();
    let mut csv =
        String::from("\u{feff}Date;Ligne;État;Montant;Heures;Retenu par le plafond;Solde;Solde en heures;Règle\r\n");
    let inscrites = releve.lignes.iter().map(|ligne| (ligne, "inscrite"));
    let acquises = releve.acquises.iter().map(|ligne| (ligne, "acquise, à créditer"));
    for (ligne, etat) in inscrites.chain(acquises).rev() {
        let explication = textes::expliquer(ligne);
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
        Montant, Objet, Provenance, Situation, calculer,
    };
    use domaine::exemples;
    use domaine::mesures::{Annee, DureeTravaillee, Heures};

    use super::*;

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
            let parts = [carried, credit, 0, 0, 0].map(Euros::entiers);
            FinDAnnee { annee, parts, solde: Euros::entiers(carried + credit) }
        };
        assert_eq!(
            fins_d_annee(&releve.lignes, releve.au),
            [fin(2019, 0, 810), fin(2020, 810, 500), fin(2021, 1_310, 0)]
        );
        assert_eq!(fins_d_annee(&[], releve.au), []);
    }

    #[test]
    fn the_drawing_tells_apart_dif_others_and_spending() {
        let annees = fins_d_annee(&riche().lignes, riche().au);
        let parts: Vec<_> = annees.iter().map(|fin| (fin.annee, fin.parts.map(|part| part.centimes() / 100))).collect();
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
            assert_eq!(fin.parts[..4].iter().fold(Euros::ZERO, |somme, part| somme + *part), fin.solde);
        }
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
                assert_eq!(cases.len(), 9);
                assert_eq!(cases[0], formats::jour_court(ligne.date));
                assert_eq!(cases[1], textes::expliquer(ligne).titre);
                assert_eq!(cases[3], ecrit(textes::change(ligne)));
                assert_eq!(cases[6], ecrit(solde_dit(ligne)));
                if cases[2] == "inscrite" {
                    somme += cases[3].replace(',', ".").parse().expect("an amount");
                    assert_eq!(cases[6].replace(',', ".").parse(), Ok(somme), "the balance follows the lines");
                }
            }
            assert_eq!(somme, json.solde);
            assert_eq!(fins_d_annee(&json.lignes, json.au).last().map_or(Euros::ZERO, |fin| fin.solde), json.solde);
        }
    }

    #[test]
    fn the_spreadsheet_holds_the_figures_of_the_statement() {
        let csv = en_csv(&releve());
        let lignes: Vec<_> = csv.lines().collect();
        assert_eq!(lignes.len(), 3);
        assert_eq!(
            lignes[1],
            "\"30/06/2020\";\"Activité de 2019, à temps plein\";\"inscrite\";\"500,00\";\"0\";\"0,00\";\"1310,00\";\"0\";\"Code du travail, article R6323-1, I\""
        );
    }
}
