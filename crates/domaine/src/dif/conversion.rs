//! Hours of DIF as a person types them, and what they are worth.

use crate::bareme::Bareme;
use crate::mesures::{Euros, Heures, HeuresInvalides, Jour};

/// Reads hours as people write them: « 87 », « 87 h », « 87 heures ».
///
/// The hours are whole and rounded up (founding document, step 7): « 86,5 » is refused and the
/// error holds 87, the number to type.
///
/// # Errors
/// [`HeuresInvalides`] says which rule the text breaks; nothing is rounded behind a person's back.
///
/// ```
/// use domaine::bareme::Bareme;
/// use domaine::dif::lire_heures;
/// use domaine::mesures::{Heures, HeuresInvalides, Jour};
///
/// let jour = Jour::date(2026, 11, 23);
/// assert_eq!(lire_heures("87 h", jour, &Bareme::EN_VIGUEUR), Ok(Heures::new(87)));
/// let fraction = HeuresInvalides::Fraction { arrondi: Heures::new(87) };
/// assert_eq!(lire_heures("86,5", jour, &Bareme::EN_VIGUEUR), Err(fraction));
/// ```
pub fn lire_heures(texte: &str, jour: Jour, bareme: &Bareme) -> Result<Heures, HeuresInvalides> {
    let sans_unite = texte.trim().trim_end_matches(|c: char| c.is_alphabetic() || c == '.').trim_end();
    let compact: String = sans_unite.chars().filter(|c| !c.is_whitespace()).collect();
    let (entieres, fraction) = match compact.split_once([',', '.']) {
        Some((entieres, fraction)) => (entieres, fraction),
        None => (compact.as_str(), ""),
    };
    let chiffres = |t: &str| t.bytes().all(|c| c.is_ascii_digit());
    if entieres.is_empty() || !chiffres(entieres) || !chiffres(fraction) {
        return Err(HeuresInvalides::Caractere);
    }
    let plafond = bareme.heures_par_attestation.au(jour).map_or(Heures::ZERO, |valeur| valeur.vaut);
    // Six figures can only be too many hours: no need to know how many.
    let entieres = entieres.trim_start_matches('0');
    let nombre = if entieres.len() > 6 { u32::MAX } else { entieres.parse().unwrap_or(0) };
    let a_une_fraction = fraction.bytes().any(|c| c != b'0');
    if nombre > plafond.nombre() || (nombre == plafond.nombre() && a_une_fraction) {
        return Err(HeuresInvalides::Trop { plafond });
    }
    if a_une_fraction {
        return Err(HeuresInvalides::Fraction { arrondi: Heures::new(nombre + 1) });
    }
    if nombre == 0 {
        return Err(HeuresInvalides::Nulles);
    }
    Ok(Heures::new(nombre))
}

/// What these hours are worth on that day.
///
/// Converted once, on the total. Source: décret n° 2018-1153, 15 € an hour.
/// Nothing before 2019, when accounts were still kept in hours.
///
/// ```
/// use domaine::bareme::Bareme;
/// use domaine::dif::en_euros;
/// use domaine::mesures::{Euros, Heures, Jour};
///
/// let jour = Jour::date(2026, 11, 23);
/// assert_eq!(en_euros(Heures::new(87), jour, &Bareme::EN_VIGUEUR), Euros::entiers(1_305));
/// ```
pub fn en_euros(heures: Heures, jour: Jour, bareme: &Bareme) -> Euros {
    bareme.euros_par_heure.au(jour).map_or(Euros::ZERO, |taux| taux.vaut.fois(heures.nombre()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lire(texte: &str) -> Result<Heures, HeuresInvalides> {
        lire_heures(texte, Jour::date(2026, 11, 23), &Bareme::EN_VIGUEUR)
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for texte in ["87", " 87 ", "87h", "87 h.", "87 heures", "087", "87,0", "87.00"] {
            assert_eq!(lire(texte), Ok(Heures::new(87)), "{texte}");
        }
    }

    #[test]
    fn a_fraction_is_refused_with_the_number_to_type() {
        let fraction = |h| Err(HeuresInvalides::Fraction { arrondi: Heures::new(h) });
        assert_eq!(lire("86,5"), fraction(87));
        assert_eq!(lire("0,5"), fraction(1));
        assert_eq!(lire("119.01"), fraction(120));
    }

    #[test]
    fn an_attestation_stops_at_120_hours() {
        let trop = Err(HeuresInvalides::Trop { plafond: Heures::new(120) });
        assert_eq!(lire("119"), Ok(Heures::new(119)));
        assert_eq!(lire("120"), Ok(Heures::new(120)));
        assert_eq!(lire("121"), trop);
        assert_eq!(lire("120,5"), trop);
        assert_eq!(lire("99999999999999999999"), trop);
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for texte in ["", "h", "douze", "-5", "1e2", "8,7,1", "８７", "4/2"] {
            assert_eq!(lire(texte), Err(HeuresInvalides::Caractere), "{texte}");
        }
        assert_eq!(lire("0"), Err(HeuresInvalides::Nulles));
    }
}
