//! Why a line of the statement is what it is, in plain French and in figures.

mod facts;
mod hypotheses;
mod reasons;
mod sums;

use std::borrow::Cow;

use domaine::droits::{AnneeTravaillee, Categorie, Hypothese, Ligne, Montant, Motif, Poche, Raison};
use domaine::mesures::Euros;

use facts::{
    Fait, aurait_change, connu_par, converties, de_l_annee, en_dessous, engagement, noter, poche, precisions,
    une_heure_de_plus,
};
use hypotheses::palier;
pub use hypotheses::{TITRE as TITRE_DES_HYPOTHESES, supposition};
pub use reasons::ouverture;
use reasons::{changerait, dire_raison};
pub use sums::change;
use sums::{credit_du_plein, credit_entier, majorer, montant, mouvement, produit, quantite, quantite_en_mots};

use super::formats;

/// A line of the statement explained.
pub struct Explication {
    /// What the line is: « Activité de 2021, à moins d’un mi-temps ».
    pub titre: String,
    /// Why it gives this amount.
    pub pourquoi: Cow<'static, str>,
    /// The left side of the sum, piece by piece: « 803 h », « ÷ », « 1 607 h », « × », « 500,00 € ».
    pub calcul: Vec<String>,
    /// Its right side: what the rule gives, before the ceiling.
    pub resultat: String,
    /// Who said so, and the other facts: a word, then the fact.
    pub faits: Vec<(&'static str, String)>,
    /// What this account assumes, where the law says nothing.
    pub hypotheses: Vec<Cow<'static, str>>,
}

/// Explains a line. No `_` arm: a new rule must find its words here.
pub fn expliquer(ligne: &Ligne) -> Explication {
    let mut faits: Vec<Fait> = vec![("Règle", [&*ligne.source.texte, ", ", &article(&ligne.source.article)].concat())];
    let mut resultat = mouvement(ligne, true);
    let (titre, pourquoi, calcul): (String, Cow<'static, str>, Vec<String>) = match &ligne.motif {
        Motif::HeuresConverties { heures, taux, provenance } => {
            noter(&mut faits, "Connu par", connu_par(*provenance));
            une_heure_de_plus(&mut faits, ligne, *taux);
            resultat = formats::euros(ligne.montant + ligne.retenu);
            (
                ["Conversion de ", &formats::heures_en_mots(*heures), ", à ", &formats::euros_ronds(*taux), " l’heure"]
                    .concat(),
                converties(ligne).into(),
                produit(*heures, *taux),
            )
        }
        Motif::AnneePleine { faits: annee } => {
            let plein = annee.travail.centiemes() >= annee.reference.centiemes();
            de_l_annee(&mut faits, ligne, annee);
            let (suite, pourquoi) = match (annee.categorie, annee.credit) {
                (Categorie::Salarie | Categorie::SalarieSousNiveau3, Montant::Euros(_)) => {
                    aurait_change(&mut faits, ligne, en_dessous(annee));
                    if plein {
                        (", à temps plein", "Vous avez travaillé toute l’année : le crédit annuel est entier.")
                    } else {
                        (
                            ", à mi-temps ou plus",
                            "Vous avez travaillé au moins la moitié de l’année : le crédit annuel est entier, comme à temps plein.",
                        )
                    }
                }
                (Categorie::Salarie | Categorie::SalarieSousNiveau3, Montant::Heures(_)) => {
                    (", à temps plein", "Vous avez travaillé toute l’année : le crédit annuel en heures est entier.")
                }
                (Categorie::Esat, Montant::Euros(_) | Montant::Heures(_)) => {
                    (", en ESAT", "Le crédit d’une année en ESAT est le même à temps plein et à temps partiel.")
                }
                (Categorie::Independant, Montant::Euros(_) | Montant::Heures(_)) => (
                    ", à votre compte",
                    "Vous avez exercé toute l’année et payé la contribution à la formation : le crédit annuel est entier.",
                ),
                (Categorie::Agent | Categorie::AgentSousNiveau3, Montant::Euros(_) | Montant::Heures(_)) => (
                    ", dans la fonction publique",
                    "Le compte d’un agent public est tenu en heures. Le temps partiel y compte comme le temps plein.",
                ),
            };
            (titre_d_annee(annee, suite), pourquoi.into(), credit_entier(annee))
        }
        Motif::AnneePartielle { faits: annee, manque } => {
            de_l_annee(&mut faits, ligne, annee);
            let plein = montant(credit_du_plein(ligne, annee));
            let manque = majuscule(&quantite_en_mots(*manque));
            aurait_change(&mut faits, ligne, [&manque, " de plus dans l’année : un crédit de ", &plein].concat());
            let (suite, pourquoi) = match (annee.categorie, annee.credit) {
                (Categorie::Salarie | Categorie::SalarieSousNiveau3 | Categorie::Esat, Montant::Euros(_)) => (
                    ", à moins d’un mi-temps",
                    "Vous avez travaillé moins de la moitié de l’année : le crédit annuel est proportionnel, arrondi au centime supérieur.",
                ),
                (Categorie::Independant, Montant::Euros(_) | Montant::Heures(_)) => (
                    ", à votre compte",
                    "Vous avez exercé une partie de l’année : le crédit annuel est proportionnel, arrondi au centime supérieur.",
                ),
                (Categorie::Salarie | Categorie::SalarieSousNiveau3 | Categorie::Esat, Montant::Heures(_))
                | (Categorie::Agent | Categorie::AgentSousNiveau3, Montant::Euros(_) | Montant::Heures(_)) => (
                    ", une partie de l’année",
                    "Le crédit annuel en heures est proportionnel au travail, arrondi à l’heure supérieure.",
                ),
            };
            let mut calcul =
                vec![quantite(annee.travail), "÷".into(), quantite(annee.reference), "×".into(), montant(annee.credit)];
            majorer(&mut calcul, annee);
            (titre_d_annee(annee, suite), pourquoi.into(), calcul)
        }
        Motif::AnneeSansCredit { faits: annee, raison } => {
            de_l_annee(&mut faits, ligne, annee);
            if let Some(change) = changerait(*raison, annee) {
                noter(&mut faits, "Ce qui l’aurait changé", change);
            }
            (titre_d_annee(annee, ", sans crédit"), dire_raison(*raison), vec!["Crédit annuel".into()])
        }
        Motif::Dif { heures, taux, reference } => {
            noter(&mut faits, "Connu par", ["Votre déclaration ", reference, " et son attestation"].concat());
            let (suite, calcul) = if *taux > Euros::ZERO {
                une_heure_de_plus(&mut faits, ligne, *taux);
                ([", à ", &formats::euros_ronds(*taux), " l’heure"].concat(), produit(*heures, *taux))
            } else {
                (String::new(), vec!["Heures attestées".into()])
            };
            (
                ["DIF : ", &formats::heures_en_mots(*heures), &suite].concat(),
                "Vous avez déclaré des heures de droit individuel à la formation acquises avant 2015, attestation à l’appui.".into(),
                calcul,
            )
        }
        Motif::DifTropTard { heures, fin } => (
            ["DIF : ", &formats::heures_en_mots(*heures), ", hors délai"].concat(),
            ["Le droit individuel à la formation se déclarait jusqu’au ", &formats::jour_long(*fin), "."]
                .concat()
                .into(),
            vec![formats::heures(*heures)],
        ),
        Motif::Engagement(categorie) => (
            ["Engagement citoyen : ", engagement(categorie)].concat(),
            "Une activité par catégorie et par an donne des droits, à part du plafond de votre compte.".into(),
            vec!["Crédit de l’activité".into()],
        ),
        Motif::Abondement(dotation) => {
            precisions(&mut faits, dotation);
            (
                ["Abondement : ", &dotation.financeur].concat(),
                "Un tiers a ajouté cette somme. Elle ne compte pas dans le plafond.".into(),
                vec!["Somme versée".into()],
            )
        }
        Motif::AbondementEchu(dotation) => {
            precisions(&mut faits, dotation);
            (
                ["Abondement échu : ", &dotation.financeur].concat(),
                "Cette somme n’a pas été dépensée à temps : elle retourne à qui l’avait versée.".into(),
                vec!["Reste".into()],
            )
        }
        Motif::Depense(paiement) => {
            noter(&mut faits, "Demandé", montant(paiement.demande));
            (
                ["Formation, dossier ", &paiement.reference].concat(),
                ["Votre compte a payé cette part avec ", poche(ligne.poche), "."].concat().into(),
                vec!["Part payée".into()],
            )
        }
        Motif::DepenseNonCouverte(paiement) => {
            noter(&mut faits, "Demandé", montant(paiement.demande));
            resultat = mouvement(ligne, false);
            (
                ["Formation, dossier ", &paiement.reference, " : reste à payer"].concat(),
                paiement.refus.map_or("".into(), dire_raison),
                vec!["Pris sur le compte".into()],
            )
        }
        Motif::Conversion { heures, taux } => (
            ["Conversion de ", &formats::heures_en_mots(*heures), ", à ", &formats::euros_ronds(*taux), " l’heure"]
                .concat(),
            "Vous avez demandé à convertir vos droits entre heures et euros.".into(),
            produit(*heures, *taux),
        ),
        Motif::Contrepassation { du, raison, annee: _ } => (
            ["Correction de la ligne du ", &formats::jour_court(*du)].concat(),
            dire_raison(*raison),
            vec!["Montant repris".into()],
        ),
        Motif::Cloture => {
            ("Clôture du compte".into(), "Le compte se ferme au décès.".into(), vec!["Solde repris".into()])
        }
    };
    let hypotheses = ligne.hypotheses.iter().map(|hypothese| supposition(hypothese, ligne)).collect();
    Explication { titre, pourquoi, calcul, resultat, faits, hypotheses }
}

/// What was withheld of this line, if anything, and by what.
pub fn retenue(ligne: &Ligne) -> Option<String> {
    if !est_retenue(ligne) {
        return None;
    }
    let (retenu, compte) =
        (retenu_dit(ligne), if ligne.poche == Poche::Cec { "Le compte d’engagement citoyen" } else { "Un compte" });
    Some(match (ligne.plafond, &ligne.motif) {
        (Some(Montant::Heures(_)), Motif::AnneePleine { .. } | Motif::AnneePartielle { .. })
            if ligne.hypotheses.contient(Hypothese::PassageDuPalier) =>
        {
            [
                "Le premier rythme s’arrête à ",
                &formats::heures(palier()),
                ". Non inscrites cette année-là : ",
                &retenu,
                ".",
            ]
            .concat()
        }
        (Some(Montant::Heures(plafond)), _) => {
            [compte, " s’arrête à ", &formats::heures(plafond), ". Retenues par ce plafond : ", &retenu, "."].concat()
        }
        (Some(Montant::Euros(plafond)), _) => {
            let inscrit = if ligne.montant > Euros::ZERO {
                ["Seuls ", &formats::euros(ligne.montant), " ont été inscrits"].concat()
            } else {
                "Rien n’a été inscrit".into()
            };
            [
                compte,
                " s’arrête à ",
                &formats::euros(plafond),
                ". ",
                &inscrit,
                " ; ",
                &retenu,
                " ont été retenus par ce plafond.",
            ]
            .concat()
        }
        (None, Motif::DepenseNonCouverte(_)) => ["Il vous restait ", &retenu, " à trouver."].concat(),
        (None, Motif::Engagement(_)) => "Une seule activité de cette catégorie compte dans l’année.".into(),
        (None, _) => dire_raison(Raison::Retraite).into(),
    })
}

/// Whether a ceiling or a first level kept something of it out.
pub fn est_retenue(ligne: &Ligne) -> bool {
    ligne.retenu > Euros::ZERO || !ligne.retenu_heures.est_nulle()
}

/// What stopped it, in two words for its name; nothing when nothing did.
pub fn arret(ligne: &Ligne) -> Option<&'static str> {
    (ligne.plafond.is_some() && est_retenue(ligne)).then(|| {
        if ligne.hypotheses.contient(Hypothese::PassageDuPalier) { "arrêté au palier" } else { "arrêté au plafond" }
    })
}

fn retenu_dit(ligne: &Ligne) -> String {
    if ligne.retenu_heures.est_nulle() {
        formats::euros(ligne.retenu)
    } else {
        formats::heures(ligne.retenu_heures.absolue())
    }
}

/// « article R6323-1, I », or the reference as it is when it is no article.
fn article(reference: &str) -> String {
    let est_un_article = matches!(reference.as_bytes(), [b'L' | b'R' | b'D', b'0'..=b'9', ..]);
    if est_un_article { ["article ", reference].concat() } else { reference.into() }
}

fn titre_d_annee(annee: &AnneeTravaillee, suite: &str) -> String {
    ["Activité de ", &annee.annee.to_string(), suite].concat()
}

/// Of words of ours: they begin with a letter of ASCII, a figure or « à ».
fn majuscule(texte: &str) -> String {
    match texte.strip_prefix('à') {
        Some(reste) => ["À", reste].concat(),
        None => {
            let mut texte = String::from(texte);
            if let Some(initiale) = texte.get_mut(..1) {
                initiale.make_ascii_uppercase();
            }
            texte
        }
    }
}

#[cfg(test)]
mod tests;
