//! Figures, dates and sizes as they are written in French. Whole numbers only, never a float.

use domaine::identite::Telephone;
use domaine::mesures::{DureeTravaillee, Euros, Heures, Jour, Jours};

/// Between thousands.
pub const FINE: char = '\u{202f}';
/// Before a unit.
pub const INSECABLE: char = '\u{a0}';

const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « 1 810,00 € ».
pub fn euros(montant: Euros) -> String {
    let (mut entiers, centimes) = euros_en_deux(montant);
    entiers.push_str(&centimes);
    entiers
}

/// « 1 810 » and « ,00 € », for an amount whose cents are set smaller.
pub fn euros_en_deux(montant: Euros) -> (String, String) {
    let absolu = montant.centimes().unsigned_abs();
    let mut entiers = String::new();
    if montant < Euros::ZERO {
        entiers.push('−');
    }
    entiers.push_str(&milliers(absolu / 100));
    let mut centimes = String::from(",");
    deux_chiffres(&mut centimes, absolu % 100);
    centimes.push(INSECABLE);
    centimes.push('€');
    (entiers, centimes)
}

/// « 1 305 € », the cents only when there are some.
pub fn euros_ronds(montant: Euros) -> String {
    let (mut entiers, centimes) = euros_en_deux(montant);
    entiers.push_str(centimes.strip_prefix(",00").unwrap_or(&centimes));
    entiers
}

/// « + 500,00 € » or « − 90,00 € ».
pub fn mouvement(montant: Euros) -> String {
    let mut texte = String::from(if montant < Euros::ZERO { "−" } else { "+" });
    texte.push(INSECABLE);
    texte.push_str(&euros(Euros::de_centimes(montant.centimes().abs())));
    texte
}

/// « 23 novembre 2026 », « 1er mars 1979 ».
pub fn jour_long(jour: Jour) -> String {
    let mut texte = String::new();
    pousser_jour_et_mois(&mut texte, jour.jour(), jour.mois());
    pousser_nombre(&mut texte, u64::from(jour.annee()));
    texte
}

/// « 23/11/2026 ».
pub fn jour_court(jour: Jour) -> String {
    let mut texte = String::with_capacity(10);
    deux_chiffres(&mut texte, u64::from(jour.jour()));
    texte.push('/');
    deux_chiffres(&mut texte, u64::from(jour.mois()));
    texte.push('/');
    pousser_nombre(&mut texte, u64::from(jour.annee()));
    texte
}

/// « 23 novembre 2026 à 10 h 04 », from `2026-11-23T10:04`.
pub fn instant(iso: &str) -> String {
    let Some((jour, heure)) = iso.split_once('T') else { return iso.into() };
    let (Ok(jour), Some((heures, minutes))) = (jour.parse(), heure.split_once(':')) else { return iso.into() };
    let mut texte = jour_long(jour);
    texte.push_str(" à ");
    texte.push_str(heures.trim_start_matches('0').get(..).filter(|h| !h.is_empty()).unwrap_or("0"));
    texte.push_str("\u{a0}h\u{a0}");
    texte.push_str(minutes.get(..2).unwrap_or(minutes));
    texte
}

/// A birth date given as « 28/03/1979 », unknown parts as 00: « 28 mars 1979 », « mars 1979 », « 1979 ».
pub fn naissance(saisie: &str) -> String {
    let mut parties = saisie.split('/');
    let (Some(jour), Some(mois), Some(annee)) = (parties.next(), parties.next(), parties.next()) else {
        return saisie.into();
    };
    let mut texte = String::new();
    match (jour.parse(), mois.parse::<u8>()) {
        (Ok(0), Ok(mois @ 1..=12)) => {
            texte.push_str(nom_du_mois(mois));
            texte.push(' ');
        }
        (Ok(jour), Ok(mois @ 1..=12)) => pousser_jour_et_mois(&mut texte, jour, mois),
        _ => {}
    }
    texte.push_str(annee);
    texte
}

/// « mars ».
pub fn nom_du_mois(mois: u8) -> &'static str {
    usize::from(mois).checked_sub(1).and_then(|rang| MOIS.get(rang)).copied().unwrap_or_default()
}

/// « 87 h ».
pub fn heures(heures: Heures) -> String {
    let mut texte = milliers(u64::from(heures.nombre()));
    texte.push_str("\u{a0}h");
    texte
}

/// « 87 heures », « 1 heure ».
pub fn heures_en_mots(heures: Heures) -> String {
    let mut texte = milliers(u64::from(heures.nombre()));
    texte.push_str(if heures.nombre() < 2 { "\u{a0}heure" } else { "\u{a0}heures" });
    texte
}

/// « 803,50 h », « 1 607 h ».
pub fn duree(duree: DureeTravaillee) -> String {
    let centiemes = u64::from(duree.centiemes());
    let mut texte = milliers(centiemes / 100);
    if centiemes % 100 != 0 {
        texte.push(',');
        deux_chiffres(&mut texte, centiemes % 100);
    }
    texte.push_str("\u{a0}h");
    texte
}

/// « 109 jours », « 109,50 jours ».
pub fn jours(jours: Jours) -> String {
    let mut texte = duree(DureeTravaillee::de_centiemes(jours.centiemes()));
    texte.pop();
    texte.push_str(if jours.centiemes() < 200 { "jour" } else { "jours" });
    texte
}

/// A duration as it is spoken: « une demi-heure », « une heure », « 12 heures et 30 minutes ».
/// Rounded up to the minute, since it says how much more was needed.
pub fn duree_en_mots(duree: DureeTravaillee) -> String {
    let minutes = (u64::from(duree.centiemes()) * 60).div_ceil(100);
    let (heures, minutes) = (minutes / 60, minutes % 60);
    match (heures, minutes) {
        (0, 30) => "une demi-heure".into(),
        (1, 0) => "une heure".into(),
        _ => {
            let mut texte = String::new();
            if heures > 0 {
                texte.push_str(&milliers(heures));
                texte.push_str(if heures == 1 { "\u{a0}heure" } else { "\u{a0}heures" });
            }
            if heures > 0 && minutes > 0 {
                texte.push_str(" et ");
            }
            if minutes > 0 {
                pousser_nombre(&mut texte, minutes);
                texte.push_str(if minutes == 1 { "\u{a0}minute" } else { "\u{a0}minutes" });
            }
            texte
        }
    }
}

/// « 212 Ko », « 2,4 Mo ».
pub fn taille(octets: u64) -> String {
    let mut texte;
    if octets < 1_000 {
        texte = milliers(octets);
        texte.push_str(if octets < 2 { "\u{a0}octet" } else { "\u{a0}octets" });
    } else if octets < 999_500 {
        texte = milliers((octets + 500) / 1_000);
        texte.push_str("\u{a0}Ko");
    } else {
        let dixiemes = (octets + 50_000) / 100_000;
        texte = milliers(dixiemes / 10);
        if !dixiemes.is_multiple_of(10) {
            texte.push(',');
            pousser_nombre(&mut texte, dixiemes % 10);
        }
        texte.push_str("\u{a0}Mo");
    }
    texte
}

/// A telephone kept as E.164, grouped as people of its territory write it.
pub fn telephone(e164: &str) -> String {
    Telephone::depuis_e164(e164).map_or_else(|| e164.into(), |telephone| telephone.groupe())
}

/// « 3 minutes », « 1 heure », rounded up: how long to wait.
pub fn attente(secondes: &str) -> String {
    let secondes: u64 = secondes.parse().unwrap_or(60);
    let (nombre, unite) = match secondes {
        0..=1 => return "1\u{a0}seconde".into(),
        2..=90 => (secondes, "secondes"),
        91..=5_400 => (secondes.div_ceil(60), "minutes"),
        5_401..=7_200 => (2, "heures"),
        _ => (secondes.div_ceil(3_600), "heures"),
    };
    let mut texte = milliers(nombre);
    texte.push(INSECABLE);
    texte.push_str(unite);
    texte
}

/// « 1 810 ».
pub fn milliers(nombre: u64) -> String {
    let mut chiffres = String::new();
    pousser_nombre(&mut chiffres, nombre);
    let mut texte = String::with_capacity(chiffres.len() + 6);
    for (rang, chiffre) in chiffres.chars().enumerate() {
        if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) {
            texte.push(FINE);
        }
        texte.push(chiffre);
    }
    texte
}

fn pousser_jour_et_mois(texte: &mut String, jour: u8, mois: u8) {
    pousser_nombre(texte, u64::from(jour));
    texte.push_str(if jour == 1 { "er" } else { "" });
    texte.push(INSECABLE);
    texte.push_str(nom_du_mois(mois));
    texte.push(' ');
}

fn pousser_nombre(texte: &mut String, nombre: u64) {
    texte.push_str(&nombre.to_string());
}

fn deux_chiffres(texte: &mut String, nombre: u64) {
    if nombre < 10 {
        texte.push('0');
    }
    pousser_nombre(texte, nombre);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_thin_spaces_and_a_comma() {
        let ecrits = [
            (0, "0,00\u{a0}€"),
            (5, "0,05\u{a0}€"),
            (24_985, "249,85\u{a0}€"),
            (181_000, "1\u{202f}810,00\u{a0}€"),
            (123_456_789, "1\u{202f}234\u{202f}567,89\u{a0}€"),
            (-9_000, "−90,00\u{a0}€"),
        ];
        for (centimes, ecrit) in ecrits {
            assert_eq!(euros(Euros::de_centimes(centimes)), ecrit);
        }
        assert_eq!(euros_ronds(Euros::entiers(1_305)), "1\u{202f}305\u{a0}€");
        assert_eq!(euros_ronds(Euros::de_centimes(24_985)), "249,85\u{a0}€");
        assert_eq!(mouvement(Euros::entiers(500)), "+\u{a0}500,00\u{a0}€");
        assert_eq!(mouvement(Euros::entiers(-90)), "−\u{a0}90,00\u{a0}€");
        assert_eq!(euros_en_deux(Euros::entiers(1_810)), ("1\u{202f}810".into(), ",00\u{a0}€".into()));
    }

    #[test]
    fn a_day_is_written_in_full_or_in_figures() {
        assert_eq!(jour_long(Jour::date(2026, 11, 23)), "23\u{a0}novembre 2026");
        assert_eq!(jour_long(Jour::date(2019, 1, 1)), "1er\u{a0}janvier 2019");
        assert_eq!(jour_court(Jour::date(2026, 3, 2)), "02/03/2026");
        assert_eq!(instant("2026-11-23T10:04"), "23\u{a0}novembre 2026 à 10\u{a0}h\u{a0}04");
        assert_eq!(instant("2026-11-23T00:30"), "23\u{a0}novembre 2026 à 0\u{a0}h\u{a0}30");
        assert_eq!(instant("hier"), "hier");
    }

    #[test]
    fn unknown_parts_of_a_birth_date_are_left_out() {
        assert_eq!(naissance("28/03/1979"), "28\u{a0}mars 1979");
        assert_eq!(naissance("01/03/1979"), "1er\u{a0}mars 1979");
        assert_eq!(naissance("00/03/1979"), "mars 1979");
        assert_eq!(naissance("00/00/1979"), "1979");
    }

    #[test]
    fn durations_are_written_in_hours() {
        assert_eq!(duree(DureeTravaillee::heures(1_607)), "1\u{202f}607\u{a0}h");
        assert_eq!(duree(DureeTravaillee::de_centiemes(80_350)), "803,50\u{a0}h");
        assert_eq!(duree_en_mots(DureeTravaillee::de_centiemes(50)), "une demi-heure");
        assert_eq!(duree_en_mots(DureeTravaillee::heures(1)), "une heure");
        assert_eq!(duree_en_mots(DureeTravaillee::de_centiemes(1_250)), "12\u{a0}heures et 30\u{a0}minutes");
        assert_eq!(duree_en_mots(DureeTravaillee::de_centiemes(1)), "1\u{a0}minute");
        assert_eq!(heures_en_mots(Heures::new(1)), "1\u{a0}heure");
        assert_eq!(heures(Heures::new(87)), "87\u{a0}h");
    }

    #[test]
    fn a_size_has_the_unit_that_reads_best() {
        assert_eq!(taille(1), "1\u{a0}octet");
        assert_eq!(taille(212_480), "212\u{a0}Ko");
        assert_eq!(taille(999_499), "999\u{a0}Ko");
        assert_eq!(taille(999_500), "1\u{a0}Mo");
        assert_eq!(taille(2_430_000), "2,4\u{a0}Mo");
        assert_eq!(taille(10_000_000), "10\u{a0}Mo");
    }

    #[test]
    fn a_wait_is_rounded_up() {
        assert_eq!(attente("1"), "1\u{a0}seconde");
        assert_eq!(attente("61"), "61\u{a0}secondes");
        assert_eq!(attente("121"), "3\u{a0}minutes");
        assert_eq!(attente("86400"), "24\u{a0}heures");
    }
}
