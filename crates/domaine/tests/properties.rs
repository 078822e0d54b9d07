//! What must hold for any text and any number, checked on generated ones.
#![cfg(not(target_arch = "wasm32"))]

use domaine::forms::Faute;
use domaine::identite::mot_de_passe::{ACCEPTED_THRESHOLD, measure};
use domaine::identite::nir::{group13, separate};
use domaine::identite::{CodeCourriel, Courriel, DateNaissance, MotDePasse, Nir, Nir13, Nom, Telephone, Token};
use domaine::mesures::{Day, Euros};
use proptest::prelude::*;
use proptest::sample::Index;
use unicode_normalization::UnicodeNormalization;

const TODAY: Day = Day::date(2026, 11, 23);

/// Thirteen characters that the official rule accepts.
fn body() -> impl Strategy<Value = String> {
    let month = prop_oneof![1..=12_u8, Just(20), 30..=42_u8, 50..=99_u8];
    let departement = prop_oneof![
        4 => (1..=99_u8).prop_map(|d| format!("{d:02}")),
        1 => Just("2A".into()),
        1 => Just("2B".into())
    ];
    (1..=2_u8, 0..=99_u8, month, departement, 1..=998_u16, 1..=998_u16)
        .prop_map(|(s, a, m, d, c, o)| format!("{s}{a:02}{m:02}{d}{c:03}{o:03}"))
}

/// A number and its key.
fn nir() -> impl Strategy<Value = (String, String)> {
    body().prop_map(|body| {
        let key = Nir13::parse(&body).expect("a right body").key();
        (body, format!("{key:02}"))
    })
}

/// A text with separators anywhere.
fn sprinkle(text: &str, separators: &[Index]) -> String {
    const SEPARATORS: [&str; 8] = ["", "", "", " ", ".", "-", "\u{a0}", "\u{202f} "];
    let mut separators = separators.iter().cycle();
    text.chars()
        .flat_map(|c| [c.to_string(), separators.next().map_or("", |i| SEPARATORS[i.index(8)]).to_owned()])
        .collect()
}

fn separators() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), 1..20)
}

fn nom() -> impl Strategy<Value = String> {
    "[A-Za-zÀ-ÖØ-öø-ÿŁłŒœŚśŞşƠơẠ-ỹ]([a-zà-öø-ÿœ '’.,-]|[aeiouy][\u{300}-\u{304}\u{308}\u{30c}\u{323}\u{327}]{0,2}){0,25}"
}

fn naissance() -> impl Strategy<Value = String> {
    let day = (1907..=2010_u16, 1..=12_u8, 1..=28_u8);
    const MONTH: [&str; 12] =
        ["janvier", "févr.", "mars", "avril", "mai", "juin", "juillet", "août", "sept", "Octobre", "NOVEMBRE", "déc."];
    (day, 0..9_u8).prop_map(|((a, m, j), entry)| match entry {
        0 => format!("{j:02}/{m:02}/{a}"),
        1 => format!("{j}.{m}.{a}"),
        2 => format!("{j:02}{m:02}{a}"),
        3 => format!("{a}-{m:02}-{j:02}"),
        4 => format!("{j} {} {a}", MONTH[usize::from(m) - 1]),
        5 => format!("00/{m:02}/{a}"),
        6 => format!("99/99/{a}"),
        7 => format!("{j:02} - {m:02} - {a} "),
        _ => format!("1er {} {a}", MONTH[usize::from(m) - 1]),
    })
}

fn telephone() -> impl Strategy<Value = String> {
    let start = "0[1-5]|09|06|07[3-9]|069[0-47]|026[239]|0639|059[046]|0709[0-2]|0598[789]|0508 4|070840";
    let national = (start, "[0-9]{9}").prop_map(|(start, end)| {
        let digits = start.chars().filter(|c| *c != ' ').count();
        start + &end[..10 - digits]
    });
    let short = "(\\+|00)(508 ?4[0-9]{5}|687 ?[2-5][0-9]{5}|681 ?72[0-9]{4}|689 ?(40|87)[0-9]{6})";
    prop_oneof![
        national.clone(),
        national.clone().prop_map(|n| format!("+33 (0){}", &n[1..])),
        national.prop_map(|n| format!("0033{}", &n[1..])),
        short,
    ]
    .prop_filter("blocks that are nobody's own", |text| Telephone::parse(text).is_ok())
}

fn courriel() -> impl Strategy<Value = String> {
    "[a-z0-9é_+-]{1,12}(\\.[a-z0-9'-]{1,8}){0,2}@([a-z0-9è]([a-z0-9-]{0,8}[a-z0-9])?\\.){1,3}[a-z]{2,6}"
}

/// A right text of each kind.
fn right() -> impl Strategy<Value = (Kind, String)> {
    prop_oneof![
        nir().prop_map(|(body, key)| (Kind::Nir, body + &key)),
        (nir(), separators()).prop_map(|((body, key), s)| (Kind::Nir, sprinkle(&(body + &key), &s))),
        nom().prop_map(|text| (Kind::Nom, text)),
        naissance().prop_map(|text| (Kind::Naissance, text)),
        telephone().prop_map(|text| (Kind::Telephone, text)),
        (telephone(), separators()).prop_map(|(text, s)| (Kind::Telephone, sprinkle(&text, &s))),
        courriel().prop_map(|text| (Kind::Courriel, text)),
        "[0-9]{3}[ -]?[0-9]{3}".prop_map(|text| (Kind::Code, text)),
        "([0-9A-TV-Za-tv-z]{4}[ -]?){4}".prop_map(|text| (Kind::Token, text)),
        "[a-zA-Z0-9 ?é-]{16,30}".prop_map(|text| (Kind::MotDePasse, text)),
    ]
    .prop_filter("a password of runs alone", |(kind, text)| *kind != Kind::MotDePasse || kind.judge(text).is_ok())
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Nir,
    Nom,
    Naissance,
    Telephone,
    Courriel,
    MotDePasse,
    Code,
    Token,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Nir,
        Self::Nom,
        Self::Naissance,
        Self::Telephone,
        Self::Courriel,
        Self::MotDePasse,
        Self::Code,
        Self::Token,
    ];

    fn judge(self, text: &str) -> Result<(), Faute> {
        match self {
            Self::Nir => Nir::parse(text, "").map(drop).map_err(Faute::Nir),
            Self::Nom => Nom::parse(text).map(drop).map_err(Faute::Nom),
            Self::Naissance => DateNaissance::parse(text, TODAY).map(drop).map_err(Faute::Naissance),
            Self::Telephone => Telephone::parse(text).map(drop).map_err(Faute::Telephone),
            Self::Courriel => Courriel::parse(text).map(drop).map_err(Faute::Courriel),
            Self::MotDePasse => MotDePasse::parse(text).map(drop).map_err(Faute::MotDePasse),
            Self::Code => CodeCourriel::parse(text).map(drop).map_err(Faute::Code),
            Self::Token => Token::parse(text).map(drop).map_err(Faute::Code),
        }
    }
}

fn starts(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(cut, _)| &text[..cut])
}

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(text in "\\PC*|[0-9 ABab./@+-]{0,20}|.*|[a-z@.\u{300}-\u{36f}é]{0,12}") {
        for kind in Kind::ALL {
            let _ = kind.judge(&text);
        }
        let _ = Nir::parse(&text, &text);
        let _ = Nir::parse15(&text);
        let _ = Nom::parse(&text).map(|n| n.is_also(&n));
        let _ = DateNaissance::from_iso(&text);
        let _ = Telephone::parse(&text).map(|t| t.group());
        let _ = Telephone::from_e164(&text);
        let _ = MotDePasse::parse(&text).map(|m| m.contains_personal(&[&text, "é"]));
        let _ = measure(&text).missing(ACCEPTED_THRESHOLD);
        let _ = domaine::identite::courriel::suggestion(&text);
        let _ = separate(&text);
        let _ = group13(&text);
        let _ = domaine::dif::parse_hours(&text, TODAY, &domaine::bareme::Bareme::IN_FORCE);
        let _ = domaine::dif::pdf_pages(text.as_bytes());
    }

    #[test]
    fn while_a_right_text_is_typed_nothing_is_called_wrong((kind, text) in right()) {
        prop_assert_eq!(kind.judge(&text), Ok(()), "{:?} {}", kind, text);
        for start in starts(&text) {
            if let Err(faute) = kind.judge(start) {
                prop_assert!(faute.can_become_right(), "{:?} {:?} {:?}", kind, start, faute);
            }
        }
    }

    #[test]
    fn what_is_called_wrong_stays_wrong_whatever_is_typed_next(
        (kind, mut text) in right(), place in any::<Index>(), intruder in any::<Index>()
    ) {
        const INTRUDER: [char; 16] =
            ['0', '1', '3', '7', '9', 'A', 'o', 'é', '@', '.', '-', ' ', '+', '\u{301}', '/', '\u{200b}'];
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        text.insert(places[place.index(places.len())], INTRUDER[intruder.index(INTRUDER.len())]);
        let mut faulty = None;
        for start in starts(&text).chain([text.as_str()]) {
            match kind.judge(start) {
                Err(faute) if !faute.can_become_right() => faulty = faulty.or(Some(start)),
                Ok(()) => prop_assert_eq!(faulty, None, "{:?} {}", kind, start),
                Err(_) => {}
            }
        }
    }

    #[test]
    fn a_nir_with_its_key_is_accepted_and_any_other_key_is_not((body, key) in nir(), other in 0..=99_u8) {
        let nir = Nir::parse(&body, &key).unwrap();
        prop_assert_eq!(nir.body().as_str(), &body);
        let other = format!("{other:02}");
        prop_assert_eq!(Nir::parse(&body, &other).is_ok(), other == key);
    }

    // 97 is prime and divides neither 10 nor a difference of figures, nor those between the numbers
    // that Corsican letters stand for (19 and 18) and 20 to 29: no single slip keeps the key right.
    #[test]
    fn a_single_wrong_character_is_refused((body, key) in nir(), place in 0..15_usize, wrong in "[0-9AB]") {
        let all = body + &key;
        let mut other = all.clone();
        other.replace_range(place..=place, &wrong);
        prop_assert_eq!(Nir::parse15(&other).is_ok(), other == all, "{}", place);
    }

    #[test]
    fn two_neighbours_exchanged_are_refused((body, key) in nir(), place in 0..14_usize) {
        let all = body + &key;
        let mut exchange = all.clone().into_bytes();
        exchange.swap(place, place + 1);
        let exchange = String::from_utf8(exchange).unwrap();
        prop_assert_eq!(Nir::parse15(&exchange).is_ok(), exchange == all, "{}", place);
    }

    #[test]
    fn grouping_case_and_separators_change_nothing((body, key) in nir(), separators in separators()) {
        let nir = Nir::parse(&body, &key).unwrap();
        prop_assert_eq!(&Nir::parse15(&nir.group()).unwrap(), &nir);
        prop_assert_eq!(&Nir::parse(&group13(&body).unwrap(), &key).unwrap(), &nir);
        let sprinkle = sprinkle(&(body.to_lowercase() + &key), &separators);
        prop_assert_eq!(&Nir::parse15(&sprinkle).unwrap(), &nir);
        prop_assert_eq!(separate(&sprinkle), Some((body, key)));
    }

    #[test]
    fn a_name_is_composed_as_unicode_says_and_is_also_its_other_writings(text in nom()) {
        let nom = Nom::parse(&text).unwrap();
        let compose: String = text.trim().nfc().collect();
        prop_assert_eq!(nom.as_str(), &compose);
        let decompose: String = text.nfd().collect();
        prop_assert_eq!(&Nom::parse(&decompose).unwrap(), &nom);
        let together: String = text.chars().filter(|c| !" '’.,-".contains(*c)).collect();
        for other in [text.to_uppercase(), text.to_lowercase(), text.replace(' ', "-"), together] {
            prop_assert!(Nom::parse(&other).unwrap().is_also(&nom), "{}", other);
        }
    }

    #[test]
    fn two_names_are_one_whichever_comes_first(first in "[aäAÄeEoöuüøåœæß' -]{0,6}a", second in "[aäAÄeEoöuüøåœæß' -]{0,6}a") {
        let (first, second) = (Nom::parse(&first).unwrap(), Nom::parse(&second).unwrap());
        prop_assert!(first.is_also(&first));
        prop_assert_eq!(first.is_also(&second), second.is_also(&first));
    }

    #[test]
    fn a_name_is_also_each_of_its_spellings_and_two_spellings_are_two_names(
        text in "[A-Zäöüøå' -]{1,8}", without in any::<u16>(), other in any::<u16>()
    ) {
        // Which of the letters that may follow are written: one bit for each.
        let spelling = |choice: u16| -> String {
            text.chars().enumerate().filter(|(_, c)| !" '-".contains(*c)).map(|(place, c)| {
                let (plain, with) = match c {
                    'ä' => ("A", "AE"), 'ö' | 'ø' => ("O", "OE"), 'ü' => ("U", "UE"), 'å' => ("A", "AA"),
                    _ => return c.to_string(),
                };
                if choice >> place & 1 == 0 { plain.to_owned() } else { with.to_owned() }
            }).collect()
        };
        let (first, second) = (spelling(without), spelling(other));
        prop_assume!(!first.is_empty());
        let [name, one, two] = [format!("{text}B"), format!("{first}B"), format!("{second}B")].map(|text| Nom::parse(&text).unwrap());
        prop_assert!(name.is_also(&one) && name.is_also(&two));
        prop_assert_eq!(one.is_also(&two), first == second);
    }

    #[test]
    fn a_date_reads_back_from_what_is_kept_and_from_what_is_shown(text in naissance()) {
        let date = DateNaissance::parse(&text, TODAY).unwrap();
        prop_assert_eq!(&DateNaissance::parse(&date.saisie(), TODAY).unwrap(), &date);
        prop_assert_eq!(&DateNaissance::parse(&date.iso(), TODAY).unwrap(), &date);
        prop_assert_eq!(&DateNaissance::from_iso(&date.iso()).unwrap(), &date);
        let voyage: DateNaissance = serde_json::from_str(&serde_json::to_string(&date).unwrap()).unwrap();
        prop_assert_eq!(&voyage, &date);
    }

    #[test]
    fn a_telephone_reads_back_from_what_is_kept_and_from_what_is_shown(text in telephone(), s in separators()) {
        let telephone = Telephone::parse(&text).unwrap();
        prop_assert_eq!(Telephone::from_e164(&telephone.e164()), Some(telephone.clone()));
        prop_assert_eq!(&Telephone::parse(&telephone.group()).unwrap(), &telephone);
        prop_assert_eq!(&Telephone::parse(&sprinkle(&text, &s)).unwrap(), &telephone);
        prop_assert_eq!(&Telephone::parse(&telephone.e164().replace('+', "00")).unwrap(), &telephone);
    }

    #[test]
    fn a_proposed_address_keeps_what_the_person_typed_before_the_at_sign(
        nom in "[a-zé][a-zé+]{0,7}", domaine in "[ghoylwi][a-z]{2,8}\\.[a-z]{1,4}|g[mail]{2,6}\\.c[om]{0,2}|ora?n?ge?\\.fr"
    ) {
        let typed = format!("{nom}@{domaine}");
        if let Some(proposed) = domaine::identite::courriel::suggestion(&typed) {
            prop_assert_eq!(proposed.split_once('@').map(|(before, _)| before), Some(nom.as_str()));
            prop_assert!(Courriel::parse(&proposed).is_ok());
            // Obeyed, it proposes nothing more.
            prop_assert_eq!(domaine::identite::courriel::suggestion(&proposed), None);
            let country = |text: &str| text.rsplit_once('.').map(|(_, end)| end.to_owned()).filter(|end| end.len() == 2);
            prop_assert!(country(&typed).is_none_or(|end| Some(end) == country(&proposed)) || typed.ends_with("gmail.fr") || typed.ends_with("gmail.co"));
        }
    }

    #[test]
    fn more_characters_never_weaken_a_password(text in "[a-cA-C1-3?é]{1,20}", tail in "[a-cA-C1-3?é]") {
        let before = measure(&text);
        let after = measure(&(text + &tail));
        prop_assert!(after.bits() >= before.bits());
        prop_assert!(after.missing(ACCEPTED_THRESHOLD) <= before.missing(ACCEPTED_THRESHOLD));
    }

    #[test]
    fn a_fault_travels_without_a_number_and_comes_back_the_same(text in ".{0,20}|[0-9A-Z@+/. -]{0,20}") {
        for faute in Kind::ALL.into_iter().filter_map(|kind| kind.judge(&text).err()) {
            let voyage = serde_json::to_value(faute).unwrap();
            prop_assert!(without_number(&voyage), "{}", voyage);
            prop_assert_eq!(serde_json::from_value::<Faute>(voyage).unwrap(), faute);
        }
    }

    #[test]
    fn a_pro_rata_is_never_less_than_exact_nor_a_cent_more(part in 0..=160_700_u32, all in 1..=160_700_u32) {
        let exact = 50_000_u64 * u64::from(part);
        let rendered = u64::try_from(Euros::whole(500).pro_rata(part, all).centimes()).unwrap() * u64::from(all);
        prop_assert!(rendered >= exact && rendered < exact + u64::from(all));
    }
}

fn without_number(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(_) => false,
        serde_json::Value::Array(values) => values.iter().all(without_number),
        serde_json::Value::Object(champs) => champs.values().all(without_number),
        _ => true,
    }
}
