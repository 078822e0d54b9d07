//! One request whole: the line as it was and as it is, what its holder wrote, what was answered.

use std::fmt::Write as _;

use domaine::bareme::Bareme;
use domaine::droits::{Dotation, Ligne, Motif, Releve, Situation, calculate};
use domaine::mesures::{Day, Quantity, Year};
use store::Contestation;

use super::{mouvement, statut};
use crate::wording::{format_day, quote, raison, to_euros, without_command};

/// What an operator reads before answering.
pub(super) fn compose(contestation: &Contestation, situation: &Situation, as_of: Day, bareme: &Bareme) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{}, déposée le {} : {}",
        contestation.reference,
        format_day(contestation.filed_on),
        statut(contestation.statut())
    );
    if let Some(on) = contestation.taken_up_on {
        let _ = writeln!(text, "prise en charge le {}", format_day(on));
    }
    let _ = writeln!(text, "qui peut corriger : {}", contestation.destinataire.code());
    compare(&mut text, contestation, &calculate(situation, as_of, bareme));
    let _ = writeln!(text, "\nce que le titulaire a écrit :\n{}", quote(&contestation.raison));
    for response in &contestation.answers {
        let _ = writeln!(text, "\nréponse du {} :\n{}", format_day(response.on), quote(&response.text));
    }
    text
}

/// The line on the day of the request, the same today, and what came after it to correct it.
fn compare(text: &mut String, contestation: &Contestation, releve: &Releve) {
    let before = mouvement(contestation.montant, contestation.hours);
    let (filed_on, as_of) = (format_day(contestation.filed_on), format_day(releve.as_of));
    let _ = writeln!(text, "\nligne du {}, repère {}", format_day(contestation.ligne.date), contestation.ligne);
    let _ = writeln!(text, "  le {filed_on}, jour de la demande : {before}");
    let Some(ligne) = releve.ligne(contestation.ligne) else {
        let _ = writeln!(text, "  le {as_of} : le relevé n'a plus cette ligne\nelle a changé depuis la demande");
        return;
    };
    let _ = writeln!(text, "  le {as_of} : {}", describe(ligne));
    let tails = tails(ligne, releve);
    for tail in &tails {
        let _ = writeln!(text, "  puis, le {} : {}", format_day(tail.date), describe(tail));
    }
    let same = ligne.montant == contestation.montant && ligne.hours == contestation.hours;
    // A further DIF adds to the first, unless a counter-entry says that it replaces it.
    let corrected = |tail: &&Ligne| tail.date >= contestation.filed_on && !matches!(tail.motif, Motif::Dif { .. });
    let corrected_one = tails.iter().any(corrected);
    let _ = writeln!(
        text,
        "{}",
        if same && !corrected_one { "rien n'a changé depuis la demande" } else { "elle a changé depuis la demande" }
    );
}

/// A corrected line stays, and others follow it: those that take it back, and those that stand for the same thing.
fn tails<'a>(ligne: &'a Ligne, releve: &'a Releve) -> Vec<&'a Ligne> {
    let lignes = || releve.lignes.iter().chain(&releve.earned);
    let mut followed_ones = vec![ligne];
    for other in lignes().skip_while(|other| !std::ptr::eq(*other, ligne)).skip(1) {
        let follows = match &other.motif {
            Motif::Contrepassation { year: Some(reversal), .. } => year(&ligne.motif) == Some(*reversal),
            Motif::Contrepassation { of, year: None, .. } => followed_ones.iter().any(|followed| {
                followed.date == *of && followed.montant == -other.montant && followed.hours == -other.hours
            }),
            Motif::Dif { .. } => matches!(ligne.motif, Motif::Dif { .. }),
            motif => year(motif).is_some() && year(motif) == year(&ligne.motif),
        };
        if follows {
            followed_ones.push(other);
        }
    }
    followed_ones.split_off(1)
}

const fn year(motif: &Motif) -> Option<Year> {
    match motif {
        Motif::FullYear { facts } | Motif::PartialYear { facts, .. } | Motif::YearWithoutCredit { facts, .. } => {
            Some(facts.year)
        }
        _ => None,
    }
}

/// « 500,00 €, année 2019 : 1607,00 h sur 1607,00 h (Code du travail, R6323-1) ».
fn describe(ligne: &Ligne) -> String {
    let source = &ligne.source;
    format!(
        "{}, {} ({}, {})",
        mouvement(ligne.montant, ligne.hours),
        set_title(&ligne.motif),
        source.text,
        source.article
    )
}

fn set_title(motif: &Motif) -> String {
    let dif = |hours, tail: &str| format!("DIF de {hours}\u{a0}h {tail}");
    match motif {
        Motif::ConvertedHours { hours, taux, .. } => {
            format!("{hours}\u{a0}h acquises avant 2019, à {} l'heure", to_euros(*taux))
        }
        Motif::FullYear { facts } | Motif::PartialYear { facts, .. } => {
            format!("année {} : {} sur {}", facts.year, quantity(facts.work), quantity(facts.reference))
        }
        Motif::YearWithoutCredit { facts, raison: why } => {
            format!("année {} : {}, sans crédit : {}", facts.year, quantity(facts.work), raison(*why))
        }
        Motif::Dif { hours, reference, .. } => dif(hours, &format!("déclaré sous la référence {reference}")),
        Motif::DifTooLate { hours, end } => dif(hours, &format!("déclaré après le {}", format_day(*end))),
        Motif::Engagement(_) => "engagement citoyen".into(),
        Motif::Abondement(Dotation { financeur, accord: Some(accord), .. }) => {
            format!("versement de {}, en application de {}", without_command(financeur), without_command(accord))
        }
        Motif::Abondement(dotation) => format!("abondement de {}", without_command(&dotation.financeur)),
        Motif::ExpiredAbondement(dotation) => format!("abondement échu de {}", without_command(&dotation.financeur)),
        Motif::Depense(paiement) => format!("dépense {}", without_command(&paiement.reference)),
        Motif::UncoveredDepense(paiement) => format!("dépense non couverte {}", without_command(&paiement.reference)),
        Motif::Conversion { hours, taux } => {
            format!("conversion de {hours}\u{a0}h, à {} l'heure", to_euros(*taux))
        }
        Motif::Contrepassation { of, raison: why, year: _ } => {
            format!("reprise de la ligne du {} : {}", format_day(*of), raison(*why))
        }
        Motif::Closing => "clôture du compte".into(),
    }
}

fn quantity(quantity: Quantity) -> String {
    let comma = |text: String| text.replace('.', ",");
    match quantity {
        Quantity::Hours(duration) => format!("{}\u{a0}h", comma(duration.to_string())),
        Quantity::Days(days) => format!("{}\u{a0}jours", comma(days.to_string())),
        Quantity::Paie(euros) => to_euros(euros),
    }
}
