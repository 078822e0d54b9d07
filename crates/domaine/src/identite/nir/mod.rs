//! The *numéro de sécurité sociale* (NIR): shape, key, masking, what it says of a person.
//! Knows nothing of accounts.
//!
//! Source of every rule: the official DSN dictionary (norms P24 to P26), data type
//! `Identifiant_Nir_13` and controls of S21.G00.30.001, .006 and .014. Where libraries are
//! stricter (communes up to 990) or laxer (any month from 20), the dictionary decides.

mod characters;
mod coherence;
mod invalide;
mod key;
mod layout;
mod number;

pub use coherence::{Incoherence, Remark, coherence, remark};
pub use invalide::NirInvalide;
pub use layout::{group13, separate};
pub use number::{Nir, Nir13, NirParts, Sexe};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identite::small::Small;

    #[test]
    fn a_number_is_judged_from_its_first_character() {
        assert_eq!(Nir13::parse("3"), Err(NirInvalide::Provisional));
        assert_eq!(Nir13::parse("28513"), Err(NirInvalide::Month(['1', '3'])));
        assert_eq!(Nir13::parse("285012C"), Err(NirInvalide::Departement(['2', 'C'])));
        assert_eq!(Nir13::parse("285012O"), Err(NirInvalide::Departement(['2', 'O'])));
        assert_eq!(Nir13::parse("285012"), Err(NirInvalide::Missing(Small(7))));
        assert_eq!(Nir13::parse("2790351215189 8"), Err(NirInvalide::TooLong));
        assert_eq!(Nir13::parse("1999999999999"), Err(NirInvalide::Fictitious));
    }

    #[test]
    fn both_published_methods_give_the_same_key_for_corsica() {
        // The other method reads the letter as 0 and takes off one or two millions.
        for (text, whole) in
            [("180012A999001", 1_800_120_999_001_u64 - 1_000_000), ("180012B999001", 1_800_120_999_001 - 2_000_000)]
        {
            assert_eq!(u64::from(Nir13::parse(text).unwrap().key()), 97 - whole % 97);
        }
    }

    #[test]
    fn a_key_is_judged_from_its_first_figure() {
        let parse = |key| Nir::parse("1800175999029", key);
        assert_eq!(parse("09").map(|nir| nir.key()), Ok(9));
        assert_eq!(parse("9").map(|nir| nir.key()), Ok(9));
        assert_eq!(parse("0"), Err(NirInvalide::CleMissing));
        assert_eq!(parse("1"), Err(NirInvalide::Cle));
        assert_eq!(parse("O9").map(|nir| nir.key()), Ok(9));
        assert_eq!(parse("19"), Err(NirInvalide::Cle));
        assert_eq!(parse("99"), Err(NirInvalide::CleShape));
        assert_eq!(parse("009"), Err(NirInvalide::CleShape));
        assert_eq!(parse("x"), Err(NirInvalide::CleShape));
    }

    #[test]
    fn fifteen_characters_in_the_first_box_are_understood() {
        assert!(Nir::parse("279035121518989", "").is_ok());
        assert!(Nir::parse("279035121518989", "89").is_ok());
        assert_eq!(Nir::parse("27903512151898", ""), Err(NirInvalide::Missing(Small(1))));
        assert_eq!(Nir::parse("27903512151891", ""), Err(NirInvalide::TooLong));
        assert_eq!(Nir::parse("27903512151891", "89"), Err(NirInvalide::TooLong));
        assert_eq!(Nir::parse("279035121518989", "88"), Err(NirInvalide::TooLong));
        assert_eq!(Nir::parse("2790351215189890", ""), Err(NirInvalide::TooLong));
    }

    #[test]
    fn a_number_is_grouped_or_masked_and_debug_shows_nothing() {
        let nir = Nir::parse15("279035121518989").unwrap();
        assert_eq!(nir.group(), "2 79 03 51 215 189 89");
        assert_eq!(nir.masked(), "2 •• •• •• ••• ••• ••");
        assert_eq!(format!("{nir:?} {:?} {:?}", nir.body(), nir.body().read()), "Nir(…) Nir13(…) NirLu(…)");
        assert_eq!(group13("279135121518"), None);
        assert_eq!(group13("180012a999001").as_deref(), Some("1 80 01 2A 999 001"));
        assert_eq!(separate("un texte de quinze"), None);
    }
}
