//! What must hold for any text and any number, checked on generated ones.
#![cfg(not(target_arch = "wasm32"))]

use domaine::identite::nir::grouper13;
use domaine::identite::{Courriel, DateNaissance, MotDePasse, Nir, Nir13, Nom, Telephone};
use domaine::mesures::{Euros, Jour};
use proptest::prelude::*;

fn corps() -> impl Strategy<Value = String> {
    let mois = prop_oneof![1..=12_u8, Just(20), 30..=42_u8, 50..=99_u8];
    let departement = prop_oneof![(1..=99_u8).prop_map(|d| format!("{d:02}")), Just("2A".into()), Just("2B".into())];
    (1..=2_u8, 0..=99_u8, mois, departement, 1..=998_u16, 1..=998_u16)
        .prop_map(|(s, a, m, d, c, o)| format!("{s}{a:02}{m:02}{d}{c:03}{o:03}"))
}

const AUJOURDHUI: Jour = Jour::date(2026, 11, 23);

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(texte in "\\PC*|[0-9 ABab./@+-]{0,20}|.*") {
        let _ = Nir::parse(&texte, &texte);
        let _ = Nom::parse(&texte).map(|n| n.cle_de_comparaison());
        let _ = DateNaissance::parse(&texte, AUJOURDHUI);
        let _ = DateNaissance::depuis_iso(&texte);
        let _ = Telephone::parse(&texte).map(|t| t.groupe());
        let _ = Telephone::depuis_e164(&texte);
        let _ = Courriel::parse(&texte);
        let _ = MotDePasse::parse(&texte);
        let _ = domaine::identite::courriel::suggestion(&texte);
        let _ = domaine::identite::nir::separer(&texte);
        let _ = domaine::dif::lire_heures(&texte, AUJOURDHUI, &domaine::bareme::Bareme::EN_VIGUEUR);
        let _ = domaine::dif::pages_pdf(texte.as_bytes());
    }

    #[test]
    fn a_nir_with_its_key_is_accepted_and_any_other_key_is_not(corps in corps(), autre in 1..=97_u8) {
        let cle = Nir13::parse(&corps).unwrap().cle();
        let texte = format!("{cle:02}");
        prop_assert!(Nir::parse(&corps, &texte).is_ok());
        if autre != cle {
            let texte = format!("{autre:02}");
            prop_assert!(Nir::parse(&corps, &texte).is_err());
        }
    }

    #[test]
    fn a_single_wrong_figure_is_refused(corps in corps(), place in 0..13_usize, chiffre in 0..=9_u8) {
        let cle = format!("{:02}", Nir13::parse(&corps).unwrap().cle());
        let mut faux = corps.clone().into_bytes();
        // A letter stands for another number, so only figures are exchanged for figures.
        prop_assume!(faux[place].is_ascii_digit() && faux[place] != b'0' + chiffre);
        faux[place] = b'0' + chiffre;
        let faux = String::from_utf8(faux).unwrap();
        prop_assert!(Nir::parse(&faux, &cle).is_err());
    }

    #[test]
    fn grouping_and_separators_change_nothing(corps in corps(), separateur in "[ .\u{a0}\u{202f}-]") {
        let nir = Nir13::parse(&corps).unwrap();
        prop_assert_eq!(&Nir13::parse(&grouper13(&corps).unwrap()).unwrap(), &nir);
        let seme: String = corps.chars().flat_map(|c| [c.to_string(), separateur.clone()]).collect();
        prop_assert_eq!(&Nir13::parse(&seme.to_lowercase()).unwrap(), &nir);
    }

    #[test]
    fn the_beginning_of_a_right_number_can_still_become_right(corps in corps(), coupe in 0..13_usize) {
        prop_assert!(Nir13::parse(&corps[..coupe]).unwrap_err().peut_devenir_juste());
    }

    #[test]
    fn a_telephone_reads_back_from_what_is_kept_and_from_what_is_shown(
        debut in "0[1-5]|06|07[3-9]|0692|0262|0639|0590|0694|0696|0269", fin in "[0-9]{8}"
    ) {
        let numero: String = format!("{debut}{fin}").chars().take(10).collect();
        if let Ok(telephone) = Telephone::parse(&numero) {
            prop_assert_eq!(Telephone::depuis_e164(&telephone.e164()), Some(telephone.clone()));
            prop_assert_eq!(Telephone::parse(&telephone.groupe()).unwrap(), telephone);
            for coupe in 0..10 {
                prop_assert!(Telephone::parse(&numero[..coupe]).unwrap_err().peut_devenir_juste());
            }
        }
    }

    #[test]
    fn a_real_date_reads_back_in_each_writing(annee in 1910..2010_u16, mois in 1..=12_u8, jour in 1..=28_u8) {
        let date = DateNaissance::parse(&format!("{jour}/{mois}/{annee}"), AUJOURDHUI).unwrap();
        prop_assert_eq!(&DateNaissance::parse(&date.saisie(), AUJOURDHUI).unwrap(), &date);
        prop_assert_eq!(&DateNaissance::parse(&date.iso(), AUJOURDHUI).unwrap(), &date);
        let saisie = date.saisie();
        for coupe in 0..10 {
            let debut = DateNaissance::parse(&saisie[..coupe], AUJOURDHUI);
            prop_assert!(debut.unwrap_err().peut_devenir_juste(), "{}", coupe);
        }
    }

    #[test]
    fn a_pro_rata_is_never_less_than_exact_nor_a_cent_more(part in 0..=160_700_u32, tout in 1..=160_700_u32) {
        let exact = 50_000_u64 * u64::from(part);
        let rendu = u64::try_from(Euros::entiers(500).au_prorata(part, tout).centimes()).unwrap() * u64::from(tout);
        prop_assert!(rendu >= exact && rendu < exact + u64::from(tout));
    }
}
