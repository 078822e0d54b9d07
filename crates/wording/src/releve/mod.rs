//! Why a line of the statement is what it is, in plain French and in figures.

mod facts;
mod hypotheses;
mod reasons;
mod sums;

use std::borrow::Cow;

use domaine::droits::{Category, Hypothesis, Ligne, Montant, Motif, Poche, Raison, YearOfWork};
use domaine::mesures::Euros;

use facts::{
    Fact, converted, engagement, known_from, of_the_year, one_hour_more, paid, poche, precisions, record, underneath,
    would_have_changed,
};
use hypotheses::palier;
pub use hypotheses::{TITLE as HYPOTHESES_TITLE, assumption};
pub use reasons::{full_rate_age, opening};
use reasons::{say_raison, would_change};
pub use sums::change;
use sums::{credit_of_full, montant, mouvement, product, quantity, quantity_in_words, raise, whole_credit};

use crate::formats;

/// A line of the statement explained.
pub struct Explication {
    /// What the line is: « Activité de 2021, à moins d’un mi-temps ».
    pub title: String,
    /// Why it gives this amount.
    pub why: Cow<'static, str>,
    /// The left side of the sum, piece by piece: « 803 h », « ÷ », « 1 607 h », « × », « 500,00 € ».
    pub computation: Vec<String>,
    /// Its right side: what the rule gives, before the ceiling.
    pub result: String,
    /// Who said so, and the other facts: a word, then the fact.
    pub facts: Vec<(&'static str, String)>,
    /// What this account assumes, where the law says nothing.
    pub hypotheses: Vec<Cow<'static, str>>,
}

/// Who said so of volunteering.
const ENGAGEMENT: &str = "Une déclaration d’engagement, transmise à ce service";

/// Over what an employer pays by an agreement.
const EMPLOYEUR: &str = "Versement de l’employeur";

/// Explains a line. No `_` arm: a new rule must find its words here.
pub fn explain(ligne: &Ligne) -> Explication {
    let mut facts: Vec<Fact> = vec![("Règle", [&*ligne.source.text, ", ", &article(&ligne.source.article)].concat())];
    let mut result = mouvement(ligne, true);
    let (title, why, computation): (String, Cow<'static, str>, Vec<String>) = match &ligne.motif {
        Motif::ConvertedHours { hours, taux, provenance } => {
            let volunteering = ligne.poche == Poche::Cec;
            record(&mut facts, "Connu par", if volunteering { ENGAGEMENT.into() } else { known_from(*provenance) });
            one_hour_more(&mut facts, ligne, *taux);
            result = formats::euros(ligne.montant + ligne.withheld);
            (
                ["Conversion de ", &formats::hours_in_words(*hours), ", à ", &formats::round_euros(*taux), " l’heure"]
                    .concat(),
                converted(ligne).into(),
                product(*hours, *taux),
            )
        }
        Motif::FullYear { facts: year } => {
            let full = year.work.hundredths() >= year.reference.hundredths();
            of_the_year(&mut facts, ligne, year);
            let (next, why) = match (year.category, year.credit) {
                (Category::Salarie | Category::SalarieSousNiveau3, Montant::Euros(_)) => {
                    would_have_changed(&mut facts, ligne, underneath(year));
                    if full {
                        (", à temps plein", "Vous avez travaillé toute l’année : le crédit annuel est entier.")
                    } else {
                        (
                            ", à mi-temps ou plus",
                            "Vous avez travaillé au moins la moitié de l’année : le crédit annuel est entier, comme à temps plein.",
                        )
                    }
                }
                (Category::Salarie | Category::SalarieSousNiveau3, Montant::Hours(_)) => {
                    (", à temps plein", "Vous avez travaillé toute l’année : le crédit annuel en heures est entier.")
                }
                (Category::Esat, Montant::Euros(_) | Montant::Hours(_)) => {
                    (", en ESAT", "Le crédit d’une année en ESAT est le même à temps plein et à temps partiel.")
                }
                (Category::Independant, Montant::Euros(_) | Montant::Hours(_)) => (
                    ", à votre compte",
                    "Vous avez exercé toute l’année et payé la contribution à la formation : le crédit annuel est entier.",
                ),
                (Category::Agent | Category::AgentSousNiveau3, Montant::Euros(_) | Montant::Hours(_)) => (
                    ", dans la fonction publique",
                    "Le compte d’un agent public est tenu en heures. Le temps partiel y compte comme le temps plein.",
                ),
            };
            (year_title(year, next), why.into(), whole_credit(year))
        }
        Motif::PartialYear { facts: year, missing } => {
            of_the_year(&mut facts, ligne, year);
            let full = montant(credit_of_full(ligne, year));
            let missing = uppercase(&quantity_in_words(*missing));
            would_have_changed(&mut facts, ligne, [&missing, " de plus dans l’année : un crédit de ", &full].concat());
            let (next, why) = match (year.category, year.credit) {
                (Category::Salarie | Category::SalarieSousNiveau3 | Category::Esat, Montant::Euros(_)) => (
                    ", à moins d’un mi-temps",
                    "Vous avez travaillé moins de la moitié de l’année : le crédit annuel est proportionnel, arrondi au centime supérieur.",
                ),
                (Category::Independant, Montant::Euros(_) | Montant::Hours(_)) => (
                    ", à votre compte",
                    "Vous avez exercé une partie de l’année : le crédit annuel est proportionnel, arrondi au centime supérieur.",
                ),
                (Category::Salarie | Category::SalarieSousNiveau3 | Category::Esat, Montant::Hours(_))
                | (Category::Agent | Category::AgentSousNiveau3, Montant::Euros(_) | Montant::Hours(_)) => (
                    ", une partie de l’année",
                    "Le crédit annuel en heures est proportionnel au travail, arrondi à l’heure supérieure.",
                ),
            };
            let mut computation =
                vec![quantity(year.work), "÷".into(), quantity(year.reference), "×".into(), montant(year.credit)];
            raise(&mut computation, year);
            (year_title(year, next), why.into(), computation)
        }
        Motif::YearWithoutCredit { facts: year, raison } => {
            of_the_year(&mut facts, ligne, year);
            if let Some(change) = would_change(*raison, year) {
                record(&mut facts, "Ce qui l’aurait changé", change);
            }
            (year_title(year, ", sans crédit"), say_raison(*raison), vec!["Crédit annuel".into()])
        }
        Motif::Dif { hours, taux, reference } => {
            record(&mut facts, "Connu par", ["Votre déclaration ", reference, " et son attestation"].concat());
            let (next, computation) = if *taux > Euros::ZERO {
                one_hour_more(&mut facts, ligne, *taux);
                ([", à ", &formats::round_euros(*taux), " l’heure"].concat(), product(*hours, *taux))
            } else {
                (String::new(), vec!["Heures attestées".into()])
            };
            (
                ["DIF : ", &formats::hours_in_words(*hours), &next].concat(),
                "Vous avez déclaré des heures de droit individuel à la formation acquises avant 2015, attestation à l’appui.".into(),
                computation,
            )
        }
        Motif::DifTooLate { hours, end } => (
            ["DIF : ", &formats::hours_in_words(*hours), ", hors délai"].concat(),
            ["Le droit individuel à la formation se déclarait jusqu’au ", &formats::long_day(*end), "."]
                .concat()
                .into(),
            vec![formats::hours(*hours)],
        ),
        Motif::Engagement(category) => {
            record(&mut facts, "Connu par", ENGAGEMENT.into());
            (
                ["Engagement citoyen : ", engagement(category)].concat(),
                "Une activité par catégorie et par an donne des droits, à part du plafond de votre compte.".into(),
                vec!["Crédit de l’activité".into()],
            )
        }
        Motif::Abondement(dotation) => {
            precisions(&mut facts, dotation);
            let (who, why) = match (&dotation.accord, ligne.poche) {
                (None, _) => ("Abondement", "Un tiers a ajouté cette somme. Elle ne compte pas dans le plafond."),
                (Some(_), Poche::Cpf) => {
                    (EMPLOYEUR, "Un accord ajoute cette somme à vos droits. Elle compte dans le plafond.")
                }
                (Some(_), _) => {
                    (EMPLOYEUR, "Un accord ajoute cette somme à vos droits. Elle ne compte pas dans le plafond.")
                }
            };
            ([who, " : ", &dotation.financeur].concat(), why.into(), vec!["Somme versée".into()])
        }
        Motif::ExpiredAbondement(dotation) => {
            precisions(&mut facts, dotation);
            (
                ["Abondement échu : ", &dotation.financeur].concat(),
                "Le délai fixé par le financeur est passé : cette somme ne peut plus être dépensée. Elle ne lui est remboursée que s’il l’a demandé.".into(),
                vec!["Reste".into()],
            )
        }
        Motif::Depense(paiement) => {
            paid(&mut facts, paiement);
            (
                ["Formation, dossier ", &paiement.reference].concat(),
                ["Votre compte a payé cette part avec ", poche(ligne.poche), "."].concat().into(),
                vec!["Part payée".into()],
            )
        }
        Motif::UncoveredDepense(paiement) => {
            paid(&mut facts, paiement);
            result = mouvement(ligne, false);
            (
                ["Formation, dossier ", &paiement.reference, " : reste à payer"].concat(),
                paiement.refusal.map_or("".into(), say_raison),
                vec!["Pris sur le compte".into()],
            )
        }
        Motif::Conversion { hours, taux } => (
            ["Conversion de ", &formats::hours_in_words(*hours), ", à ", &formats::round_euros(*taux), " l’heure"]
                .concat(),
            if ligne.hours.count() < 0 {
                "Vous avez demandé à convertir vos heures en euros.".into()
            } else {
                "Vous avez demandé à convertir vos euros en heures, arrondies à l’heure la plus proche.".into()
            },
            if ligne.hours.count() < 0 {
                product(*hours, *taux)
            } else {
                vec!["Droits en euros".into(), "÷".into(), formats::euros(*taux)]
            },
        ),
        Motif::Contrepassation { of, raison, year: _ } => (
            ["Correction de la ligne du ", &formats::short_day(*of)].concat(),
            say_raison(*raison),
            vec!["Montant repris".into()],
        ),
        Motif::Closing => {
            ("Clôture du compte".into(), "Le compte se ferme au décès.".into(), vec!["Solde repris".into()])
        }
    };
    let hypotheses = ligne.hypotheses.iter().map(|hypothesis| assumption(hypothesis, ligne)).collect();
    Explication { title, why, computation, result, facts, hypotheses }
}

/// What was withheld of this line, if anything, and by what.
pub fn withheld(ligne: &Ligne) -> Option<String> {
    if !is_withheld(ligne) {
        return None;
    }
    let (withheld, account) =
        (said_withheld(ligne), if ligne.poche == Poche::Cec { "Le compte d’engagement citoyen" } else { "Un compte" });
    Some(match (ligne.plafond, &ligne.motif) {
        (Some(Montant::Hours(_)), Motif::FullYear { .. } | Motif::PartialYear { .. })
            if ligne.hypotheses.contains(Hypothesis::PalierCrossing) =>
        {
            [
                "Le premier rythme s’arrête à ",
                &formats::hours(palier()),
                ". Non inscrites cette année-là : ",
                &withheld,
                ".",
            ]
            .concat()
        }
        (Some(Montant::Hours(plafond)), _) => {
            [account, " s’arrête à ", &formats::hours(plafond), ". Retenues par ce plafond : ", &withheld, "."].concat()
        }
        (Some(Montant::Euros(plafond)), _) => {
            let recorded = if ligne.montant > Euros::ZERO {
                ["Seuls ", &formats::euros(ligne.montant), " ont été inscrits"].concat()
            } else {
                "Rien n’a été inscrit".into()
            };
            [
                account,
                " s’arrête à ",
                &formats::euros(plafond),
                ". ",
                &recorded,
                " ; ",
                &withheld,
                " ont été retenus par ce plafond.",
            ]
            .concat()
        }
        (None, Motif::UncoveredDepense(_)) => ["Il vous restait ", &withheld, " à trouver."].concat(),
        (None, Motif::Contrepassation { .. }) => {
            ["Ce que vous aviez déjà dépensé vous reste : ", &withheld, "."].concat()
        }
        (None, Motif::Engagement(_)) => "Une seule activité de cette catégorie compte dans l’année.".into(),
        (None, _) => say_raison(Raison::Retraite).into(),
    })
}

/// Whether a ceiling or a first level kept something of it out.
pub fn is_withheld(ligne: &Ligne) -> bool {
    ligne.withheld > Euros::ZERO || !ligne.withheld_hours.is_zero()
}

/// What stopped it, in two words for its name; nothing when nothing did.
pub fn stop(ligne: &Ligne) -> Option<&'static str> {
    (ligne.plafond.is_some() && is_withheld(ligne)).then(|| {
        if ligne.hypotheses.contains(Hypothesis::PalierCrossing) { "arrêté au palier" } else { "arrêté au plafond" }
    })
}

fn said_withheld(ligne: &Ligne) -> String {
    if ligne.withheld_hours.is_zero() {
        formats::euros(ligne.withheld)
    } else {
        formats::hours(ligne.withheld_hours.absolute())
    }
}

/// « article R6323-1, I », or the reference as it is when it is no article.
fn article(reference: &str) -> String {
    let is_an_article = matches!(reference.as_bytes(), [b'L' | b'R' | b'D', b'0'..=b'9', ..]);
    if is_an_article { ["article ", reference].concat() } else { reference.into() }
}

fn year_title(year: &YearOfWork, next: &str) -> String {
    ["Activité de ", &year.year.to_string(), next].concat()
}

/// Of words of ours: they begin with a letter of ASCII, a figure or « à ».
fn uppercase(text: &str) -> String {
    match text.strip_prefix('à') {
        Some(rest) => ["À", rest].concat(),
        None => {
            let mut text = String::from(text);
            if let Some(initial) = text.get_mut(..1) {
                initial.make_ascii_uppercase();
            }
            text
        }
    }
}

#[cfg(test)]
mod tests;
