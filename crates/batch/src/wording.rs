//! Figures, days and what people wrote, as an operator reads and writes them.

use domaine::droits::Raison;
use domaine::mesures::Euros;

pub use tables::days::{format_day, parse_day};

/// « 1 234 567 », in groups of three.
pub fn count(count: u64) -> String {
    let digits = count.to_string();
    let mut group = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            group.push('\u{202f}');
        }
        group.push(digit);
    }
    group
}

/// « 1 810,00 € ».
pub fn to_euros(euros: Euros) -> String {
    let centimes = euros.centimes().unsigned_abs();
    let sign = if euros.centimes() < 0 { "-" } else { "" };
    format!("{sign}{},{:02}\u{a0}€", count(centimes / 100), centimes % 100)
}

/// Why a year gives nothing, a payment is refused, or a line is taken back.
pub const fn raison(raison: Raison) -> &'static str {
    match raison {
        Raison::UnpaidCotisation => "cotisation à la formation non payée",
        Raison::Age => "âge du compte pas encore atteint",
        Raison::Retraite => "conditions de la retraite à taux plein remplies",
        Raison::NoRule => "aucune règle pour ce statut cette année-là",
        Raison::NoReference => "durée de référence inconnue : SMIC horaire manquant",
        Raison::InsufficientSolde => "solde insuffisant",
        Raison::ReplacedAttestation => "attestation de DIF remplacée",
        Raison::RefusedAttestation => "attestation de DIF refusée",
        Raison::RectifiedYear => "année rectifiée",
        Raison::CancelledDeclaration => "déclaration annulée",
        Raison::RecognisedDisability => "handicap reconnu",
        Raison::OtherLineCorrected => "autre ligne corrigée",
        Raison::CorrectedRule => "règle corrigée",
    }
}

/// A text that cannot command the terminal: what is no visible sign is spelt, `\u{1b}`, and so is what would write the
/// others in another order.
pub fn without_command(text: &str) -> String {
    let mut sur = String::with_capacity(text.len());
    for sign in text.chars() {
        let command = sign.is_control() && sign != '\t';
        if command
            || matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            sur.extend(sign.escape_unicode());
        } else {
            sur.push(sign);
        }
    }
    sur
}

/// What a person wrote, each line behind a bar: it cannot pass for a line of ours.
pub fn quote(text: &str) -> String {
    let lignes: Vec<String> = text.split('\n').map(|ligne| format!("  | {}", without_command(ligne))).collect();
    lignes.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_wrote_commands_nothing_and_passes_for_nothing_of_ours() {
        assert_eq!(quote("é\u{1b}[2J\tœ\r\nréponse du jour"), "  | é\\u{1b}[2J\tœ\\u{d}\n  | réponse du jour");
        assert_eq!(without_command("\u{202e}abc\u{9b}\n"), "\\u{202e}abc\\u{9b}\\u{a}");
        assert_eq!(quote(""), "  | ");
    }

    #[test]
    fn figures_are_in_groups_of_three() {
        assert_eq!(count(0), "0");
        assert_eq!(count(1_000), "1\u{202f}000");
        assert_eq!(count(123_456), "123\u{202f}456");
        assert_eq!(to_euros(Euros::from_centimes(-181_005)), "-1\u{202f}810,05\u{a0}€");
    }
}
