//! What must hold for any text and any number, checked on generated ones.
#![cfg(not(target_arch = "wasm32"))]

use domaine::forms::Faute;
use domaine::identite::mot_de_passe::{SEUIL_ACCEPTE, mesurer};
use domaine::identite::nir::{grouper13, separer};
use domaine::identite::{Courriel, DateNaissance, MotDePasse, Nir, Nir13, Nom, Telephone};
use domaine::mesures::{Euros, Jour};
use proptest::prelude::*;
use proptest::sample::Index;
use unicode_normalization::UnicodeNormalization;

const AUJOURDHUI: Jour = Jour::date(2026, 11, 23);

/// Thirteen characters that the official rule accepts.
fn corps() -> impl Strategy<Value = String> {
    let mois = prop_oneof![1..=12_u8, Just(20), 30..=42_u8, 50..=99_u8];
    let departement = prop_oneof![
        4 => (1..=99_u8).prop_map(|d| format!("{d:02}")),
        1 => Just("2A".into()),
        1 => Just("2B".into())
    ];
    (1..=2_u8, 0..=99_u8, mois, departement, 1..=998_u16, 1..=998_u16)
        .prop_map(|(s, a, m, d, c, o)| format!("{s}{a:02}{m:02}{d}{c:03}{o:03}"))
}

/// A number and its key.
fn nir() -> impl Strategy<Value = (String, String)> {
    corps().prop_map(|corps| {
        let cle = Nir13::parse(&corps).expect("a right body").cle();
        (corps, format!("{cle:02}"))
    })
}

/// A text with separators anywhere.
fn seme(texte: &str, separateurs: &[Index]) -> String {
    const SEPARATEURS: [&str; 8] = ["", "", "", " ", ".", "-", "\u{a0}", "\u{202f} "];
    let mut separateurs = separateurs.iter().cycle();
    texte
        .chars()
        .flat_map(|c| [c.to_string(), separateurs.next().map_or("", |i| SEPARATEURS[i.index(8)]).to_owned()])
        .collect()
}

fn separateurs() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), 1..20)
}

fn nom() -> impl Strategy<Value = String> {
    "[A-Za-zÀ-ÖØ-öø-ÿŁłŒœŚśŞşƠơẠ-ỹ]([a-zà-öø-ÿœ '’.,-]|[aeiouy][\u{300}-\u{304}\u{308}\u{30c}\u{323}\u{327}]{0,2}){0,25}"
}

fn naissance() -> impl Strategy<Value = String> {
    let jour = (1907..=2010_u16, 1..=12_u8, 1..=28_u8);
    const MOIS: [&str; 12] =
        ["janvier", "févr.", "mars", "avril", "mai", "juin", "juillet", "août", "sept", "Octobre", "NOVEMBRE", "déc."];
    (jour, 0..9_u8).prop_map(|((a, m, j), ecriture)| match ecriture {
        0 => format!("{j:02}/{m:02}/{a}"),
        1 => format!("{j}.{m}.{a}"),
        2 => format!("{j:02}{m:02}{a}"),
        3 => format!("{a}-{m:02}-{j:02}"),
        4 => format!("{j} {} {a}", MOIS[usize::from(m) - 1]),
        5 => format!("00/{m:02}/{a}"),
        6 => format!("99/99/{a}"),
        7 => format!("{j:02} - {m:02} - {a} "),
        _ => format!("1er {} {a}", MOIS[usize::from(m) - 1]),
    })
}

fn telephone() -> impl Strategy<Value = String> {
    let debut = "0[1-5]|09|06|07[3-9]|069[0-47]|026[239]|0639|059[046]|0709[0-2]|0598[789]|0508 4|070840";
    let national = (debut, "[0-9]{9}").prop_map(|(debut, fin)| {
        let chiffres = debut.chars().filter(|c| *c != ' ').count();
        debut + &fin[..10 - chiffres]
    });
    let court = "(\\+|00)(508 ?4[0-9]{5}|687 ?[2-5][0-9]{5}|681 ?72[0-9]{4}|689 ?(40|87)[0-9]{6})";
    prop_oneof![
        national.clone(),
        national.clone().prop_map(|n| format!("+33 (0){}", &n[1..])),
        national.prop_map(|n| format!("0033{}", &n[1..])),
        court,
    ]
    .prop_filter("blocks that are nobody's own", |texte| Telephone::parse(texte).is_ok())
}

fn courriel() -> impl Strategy<Value = String> {
    "[a-z0-9é_+-]{1,12}(\\.[a-z0-9'-]{1,8}){0,2}@([a-z0-9è]([a-z0-9-]{0,8}[a-z0-9])?\\.){1,3}[a-z]{2,6}"
}

/// A right text of each kind.
fn juste() -> impl Strategy<Value = (Genre, String)> {
    prop_oneof![
        nir().prop_map(|(corps, cle)| (Genre::Nir, corps + &cle)),
        (nir(), separateurs()).prop_map(|((corps, cle), s)| (Genre::Nir, seme(&(corps + &cle), &s))),
        nom().prop_map(|texte| (Genre::Nom, texte)),
        naissance().prop_map(|texte| (Genre::Naissance, texte)),
        telephone().prop_map(|texte| (Genre::Telephone, texte)),
        (telephone(), separateurs()).prop_map(|(texte, s)| (Genre::Telephone, seme(&texte, &s))),
        courriel().prop_map(|texte| (Genre::Courriel, texte)),
        "[a-zA-Z0-9 ?é-]{16,30}".prop_map(|texte| (Genre::MotDePasse, texte)),
    ]
    .prop_filter("a password of runs alone", |(genre, texte)| *genre != Genre::MotDePasse || genre.juger(texte).is_ok())
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Genre {
    Nir,
    Nom,
    Naissance,
    Telephone,
    Courriel,
    MotDePasse,
}

impl Genre {
    const TOUS: [Self; 6] = [Self::Nir, Self::Nom, Self::Naissance, Self::Telephone, Self::Courriel, Self::MotDePasse];

    fn juger(self, texte: &str) -> Result<(), Faute> {
        match self {
            Self::Nir => Nir::parse(texte, "").map(drop).map_err(Faute::Nir),
            Self::Nom => Nom::parse(texte).map(drop).map_err(Faute::Nom),
            Self::Naissance => DateNaissance::parse(texte, AUJOURDHUI).map(drop).map_err(Faute::Naissance),
            Self::Telephone => Telephone::parse(texte).map(drop).map_err(Faute::Telephone),
            Self::Courriel => Courriel::parse(texte).map(drop).map_err(Faute::Courriel),
            Self::MotDePasse => MotDePasse::parse(texte).map(drop).map_err(Faute::MotDePasse),
        }
    }
}

fn debuts(texte: &str) -> impl Iterator<Item = &str> {
    texte.char_indices().map(|(coupe, _)| &texte[..coupe])
}

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(texte in "\\PC*|[0-9 ABab./@+-]{0,20}|.*|[a-z@.\u{300}-\u{36f}é]{0,12}") {
        for genre in Genre::TOUS {
            let _ = genre.juger(&texte);
        }
        let _ = Nir::parse(&texte, &texte);
        let _ = Nir::parse15(&texte);
        let _ = Nom::parse(&texte).map(|n| n.cle_de_comparaison());
        let _ = DateNaissance::depuis_iso(&texte);
        let _ = Telephone::parse(&texte).map(|t| t.groupe());
        let _ = Telephone::depuis_e164(&texte);
        let _ = MotDePasse::parse(&texte).map(|m| m.contient_personnel(&[&texte, "é"]));
        let _ = mesurer(&texte).manque(SEUIL_ACCEPTE);
        let _ = domaine::identite::courriel::suggestion(&texte);
        let _ = separer(&texte);
        let _ = grouper13(&texte);
        let _ = domaine::dif::lire_heures(&texte, AUJOURDHUI, &domaine::bareme::Bareme::EN_VIGUEUR);
        let _ = domaine::dif::pages_pdf(texte.as_bytes());
    }

    #[test]
    fn while_a_right_text_is_typed_nothing_is_called_wrong((genre, texte) in juste()) {
        prop_assert_eq!(genre.juger(&texte), Ok(()), "{:?} {}", genre, texte);
        for debut in debuts(&texte) {
            if let Err(faute) = genre.juger(debut) {
                prop_assert!(faute.peut_devenir_juste(), "{:?} {:?} {:?}", genre, debut, faute);
            }
        }
    }

    #[test]
    fn what_is_called_wrong_stays_wrong_whatever_is_typed_next(
        (genre, mut texte) in juste(), place in any::<Index>(), intrus in any::<Index>()
    ) {
        const INTRUS: [char; 16] =
            ['0', '1', '3', '7', '9', 'A', 'o', 'é', '@', '.', '-', ' ', '+', '\u{301}', '/', '\u{200b}'];
        let places: Vec<usize> = texte.char_indices().map(|(place, _)| place).collect();
        texte.insert(places[place.index(places.len())], INTRUS[intrus.index(INTRUS.len())]);
        let mut fautif = None;
        for debut in debuts(&texte).chain([texte.as_str()]) {
            match genre.juger(debut) {
                Err(faute) if !faute.peut_devenir_juste() => fautif = fautif.or(Some(debut)),
                Ok(()) => prop_assert_eq!(fautif, None, "{:?} {}", genre, debut),
                Err(_) => {}
            }
        }
    }

    #[test]
    fn a_nir_with_its_key_is_accepted_and_any_other_key_is_not((corps, cle) in nir(), autre in 0..=99_u8) {
        let nir = Nir::parse(&corps, &cle).unwrap();
        prop_assert_eq!(nir.corps().as_str(), &corps);
        let autre = format!("{autre:02}");
        prop_assert_eq!(Nir::parse(&corps, &autre).is_ok(), autre == cle);
    }

    // 97 is prime and divides neither 10 nor a difference of figures, nor those between the numbers
    // that Corsican letters stand for (19 and 18) and 20 to 29: no single slip keeps the key right.
    #[test]
    fn a_single_wrong_character_is_refused((corps, cle) in nir(), place in 0..15_usize, faux in "[0-9AB]") {
        let tout = corps + &cle;
        let mut autre = tout.clone();
        autre.replace_range(place..=place, &faux);
        prop_assert_eq!(Nir::parse15(&autre).is_ok(), autre == tout, "{}", place);
    }

    #[test]
    fn two_neighbours_exchanged_are_refused((corps, cle) in nir(), place in 0..14_usize) {
        let tout = corps + &cle;
        let mut echange = tout.clone().into_bytes();
        echange.swap(place, place + 1);
        let echange = String::from_utf8(echange).unwrap();
        prop_assert_eq!(Nir::parse15(&echange).is_ok(), echange == tout, "{}", place);
    }

    #[test]
    fn grouping_case_and_separators_change_nothing((corps, cle) in nir(), separateurs in separateurs()) {
        let nir = Nir::parse(&corps, &cle).unwrap();
        prop_assert_eq!(&Nir::parse15(&nir.groupe()).unwrap(), &nir);
        prop_assert_eq!(&Nir::parse(&grouper13(&corps).unwrap(), &cle).unwrap(), &nir);
        let seme = seme(&(corps.to_lowercase() + &cle), &separateurs);
        prop_assert_eq!(&Nir::parse15(&seme).unwrap(), &nir);
        prop_assert_eq!(separer(&seme), Some((corps, cle)));
    }

    #[test]
    fn a_name_is_composed_as_unicode_says_and_compares_by_its_key(texte in nom()) {
        let nom = Nom::parse(&texte).unwrap();
        let compose: String = texte.trim().nfc().collect();
        prop_assert_eq!(nom.as_str(), &compose);
        let cle = nom.cle_de_comparaison();
        prop_assert!(cle.bytes().all(|c| c.is_ascii_uppercase() || c == b' '), "{}", cle);
        let decompose: String = texte.nfd().collect();
        prop_assert_eq!(&Nom::parse(&decompose).unwrap(), &nom);
        for autre in [cle.clone(), texte.to_uppercase(), texte.to_lowercase(), texte.replace(' ', "-")] {
            prop_assert_eq!(&Nom::parse(&autre).unwrap().cle_de_comparaison(), &cle);
        }
    }

    #[test]
    fn a_date_reads_back_from_what_is_kept_and_from_what_is_shown(texte in naissance()) {
        let date = DateNaissance::parse(&texte, AUJOURDHUI).unwrap();
        prop_assert_eq!(&DateNaissance::parse(&date.saisie(), AUJOURDHUI).unwrap(), &date);
        prop_assert_eq!(&DateNaissance::parse(&date.iso(), AUJOURDHUI).unwrap(), &date);
        prop_assert_eq!(&DateNaissance::depuis_iso(&date.iso()).unwrap(), &date);
        let voyage: DateNaissance = serde_json::from_str(&serde_json::to_string(&date).unwrap()).unwrap();
        prop_assert_eq!(&voyage, &date);
    }

    #[test]
    fn a_telephone_reads_back_from_what_is_kept_and_from_what_is_shown(texte in telephone(), s in separateurs()) {
        let telephone = Telephone::parse(&texte).unwrap();
        prop_assert_eq!(Telephone::depuis_e164(&telephone.e164()), Some(telephone.clone()));
        prop_assert_eq!(&Telephone::parse(&telephone.groupe()).unwrap(), &telephone);
        prop_assert_eq!(&Telephone::parse(&seme(&texte, &s)).unwrap(), &telephone);
        prop_assert_eq!(&Telephone::parse(&telephone.e164().replace('+', "00")).unwrap(), &telephone);
    }

    #[test]
    fn more_characters_never_weaken_a_password(texte in "[a-cA-C1-3?é]{1,20}", suite in "[a-cA-C1-3?é]") {
        let avant = mesurer(&texte);
        let apres = mesurer(&(texte + &suite));
        prop_assert!(apres.bits() >= avant.bits());
        prop_assert!(apres.manque(SEUIL_ACCEPTE) <= avant.manque(SEUIL_ACCEPTE));
    }

    #[test]
    fn a_fault_travels_without_a_number_and_comes_back_the_same(texte in ".{0,20}|[0-9A-Z@+/. -]{0,20}") {
        for faute in Genre::TOUS.into_iter().filter_map(|genre| genre.juger(&texte).err()) {
            let voyage = serde_json::to_value(faute).unwrap();
            prop_assert!(sans_nombre(&voyage), "{}", voyage);
            prop_assert_eq!(serde_json::from_value::<Faute>(voyage).unwrap(), faute);
        }
    }

    #[test]
    fn a_pro_rata_is_never_less_than_exact_nor_a_cent_more(part in 0..=160_700_u32, tout in 1..=160_700_u32) {
        let exact = 50_000_u64 * u64::from(part);
        let rendu = u64::try_from(Euros::entiers(500).au_prorata(part, tout).centimes()).unwrap() * u64::from(tout);
        prop_assert!(rendu >= exact && rendu < exact + u64::from(tout));
    }
}

fn sans_nombre(valeur: &serde_json::Value) -> bool {
    match valeur {
        serde_json::Value::Number(_) => false,
        serde_json::Value::Array(valeurs) => valeurs.iter().all(sans_nombre),
        serde_json::Value::Object(champs) => champs.values().all(sans_nombre),
        _ => true,
    }
}
