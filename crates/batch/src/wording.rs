//! Figures, days and what people wrote, as an operator reads and writes them.

use domaine::droits::Raison;
use domaine::mesures::Euros;

pub use tables::days::{en_jour, jour};

/// « 1 234 567 », in groups of three.
pub fn nombre(nombre: u64) -> String {
    let chiffres = nombre.to_string();
    let mut groupe = String::with_capacity(chiffres.len() * 2);
    for (rang, chiffre) in chiffres.chars().enumerate() {
        if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) {
            groupe.push('\u{202f}');
        }
        groupe.push(chiffre);
    }
    groupe
}

/// « 1 810,00 € ».
pub fn en_euros(euros: Euros) -> String {
    let centimes = euros.centimes().unsigned_abs();
    let signe = if euros.centimes() < 0 { "-" } else { "" };
    format!("{signe}{},{:02}\u{a0}€", nombre(centimes / 100), centimes % 100)
}

/// Why a year gives nothing, a payment is refused, or a line is taken back.
pub const fn raison(raison: Raison) -> &'static str {
    match raison {
        Raison::CotisationImpayee => "cotisation à la formation non payée",
        Raison::Age => "âge du compte pas encore atteint",
        Raison::Retraite => "retraite à taux plein",
        Raison::SansRegle => "aucune règle pour ce statut cette année-là",
        Raison::SansReference => "durée de référence inconnue : SMIC horaire manquant",
        Raison::SoldeInsuffisant => "solde insuffisant",
        Raison::AttestationRemplacee => "attestation de DIF remplacée",
        Raison::AnneeRectifiee => "année rectifiée",
        Raison::DeclarationAnnulee => "déclaration annulée",
        Raison::AutreLigneCorrigee => "autre ligne corrigée",
    }
}

/// A text that cannot command the terminal: what is no visible sign is spelt, `\u{1b}`, and so is what would write the
/// others in another order.
pub fn sans_commande(texte: &str) -> String {
    let mut sur = String::with_capacity(texte.len());
    for signe in texte.chars() {
        let commande = signe.is_control() && signe != '\t';
        if commande
            || matches!(signe, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            sur.extend(signe.escape_unicode());
        } else {
            sur.push(signe);
        }
    }
    sur
}

/// What a person wrote, each line behind a bar: it cannot pass for a line of ours.
pub fn citer(texte: &str) -> String {
    let lignes: Vec<String> = texte.split('\n').map(|ligne| format!("  | {}", sans_commande(ligne))).collect();
    lignes.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_wrote_commands_nothing_and_passes_for_nothing_of_ours() {
        assert_eq!(citer("é\u{1b}[2J\tœ\r\nréponse du jour"), "  | é\\u{1b}[2J\tœ\\u{d}\n  | réponse du jour");
        assert_eq!(sans_commande("\u{202e}abc\u{9b}\n"), "\\u{202e}abc\\u{9b}\\u{a}");
        assert_eq!(citer(""), "  | ");
    }

    #[test]
    fn figures_are_in_groups_of_three() {
        assert_eq!(nombre(0), "0");
        assert_eq!(nombre(1_000), "1\u{202f}000");
        assert_eq!(nombre(123_456), "123\u{202f}456");
        assert_eq!(en_euros(Euros::de_centimes(-181_005)), "-1\u{202f}810,05\u{a0}€");
    }
}
