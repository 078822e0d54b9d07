//! Figures and days as an operator reads and writes them.

use domaine::mesures::{Euros, Jour};

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

/// « 30/06/2021 ».
pub fn jour_en_chiffres(jour: Jour) -> String {
    format!("{:02}/{:02}/{:04}", jour.jour(), jour.mois(), jour.annee())
}

/// « 30/06/2021 » or « 2021-06-30 ».
pub fn jour(texte: &str) -> Option<Jour> {
    if let Ok(jour) = texte.parse() {
        return Some(jour);
    }
    let (jour, suite) = texte.split_once('/')?;
    let (mois, annee) = suite.split_once('/')?;
    Jour::new(annee.parse().ok()?, mois.parse().ok()?, jour.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_in_groups_of_three() {
        assert_eq!(nombre(0), "0");
        assert_eq!(nombre(1_000), "1\u{202f}000");
        assert_eq!(nombre(123_456), "123\u{202f}456");
        assert_eq!(en_euros(Euros::de_centimes(-181_005)), "-1\u{202f}810,05\u{a0}€");
    }
}
