use super::*;

fn read(text: &str) -> (String, Nature, Territory) {
    let telephone = Telephone::parse(text).unwrap();
    (telephone.e164(), telephone.nature(), telephone.territory())
}

#[test]
fn a_number_is_judged_from_its_first_figure() {
    assert_eq!(Telephone::parse("08"), Err(TelephoneInvalide::Special));
    assert_eq!(Telephone::parse("0162"), Err(TelephoneInvalide::ColdCalling));
    assert_eq!(Telephone::parse("070"), Err(TelephoneInvalide::Missing(Small(7))));
    assert_eq!(Telephone::parse("0701"), Err(TelephoneInvalide::Reserve));
    assert_eq!(Telephone::parse("+4"), Err(TelephoneInvalide::Foreign));
    assert_eq!(Telephone::parse("+26"), Err(TelephoneInvalide::Missing(Small(9))));
    assert_eq!(Telephone::parse("+261"), Err(TelephoneInvalide::Foreign));
    assert_eq!(Telephone::parse("+262 61"), Err(TelephoneInvalide::Unknown));
    assert_eq!(Telephone::parse("+689 4"), Err(TelephoneInvalide::Missing(Small(7))));
}

#[test]
fn every_writing_of_a_number_gives_the_same_number() {
    for text in ["0692 12 34 56", "+262 692123456", "00262692123456", "+33 692 12 34 56", "+262 (0)692.12.34.56"] {
        assert_eq!(read(text), ("+262692123456".into(), Mobile, Reunion), "{text}");
    }
    for text in ["+508 41 12 34", "0508 41 12 34", "+33 5 08 41 12 34"] {
        assert_eq!(read(text), ("+508411234".into(), Fixe, SaintPierreEtMiquelon), "{text}");
    }
    assert_eq!(read("612345678"), read("0612345678"));
    for text in ["33612345678", "33 (0)6 12 34 56 78", "tel:+33612345678", "TEL:06-12-34-56-78", " tel: 06 12 34 56 78"]
    {
        assert_eq!(read(text), read("0612345678"), "{text}");
    }
    for text in ["٠٦١٢٣٤٥٦٧٨", "\u{200f}٠٦ ١٢ ٣٤ ٥٦ ٧٨", "＋３３６１２３４５６７８", "۰۶۱۲۳۴۵۶۷۸", "06−12−34−56−78"]
    {
        assert_eq!(read(text), read("0612345678"), "{text}");
    }
    assert_eq!(read("262692123456"), read("+262692123456"));
    assert_eq!(read("68940123456"), read("+68940123456"));
    // The same number whichever way it is read.
    assert_eq!(read("508411234"), read("+508411234"));
    assert_eq!(read("\u{202a}+33 6 12 34 56 78\u{202c}"), read("0612345678"));
}

#[test]
fn nine_figures_that_are_two_numbers_are_not_guessed() {
    for (text, first, second) in
        [("687751234", "0687751234", "+687751234"), ("681 82 12 34", "0681821234", "+681821234")]
    {
        assert_eq!(Telephone::parse(text), Err(TelephoneInvalide::ZeroOrCallingCode), "{text}");
        assert_ne!(read(first), read(second));
    }
    // Only one of the two is a number.
    assert_eq!(read("681123456"), read("0681123456"));
}

#[test]
fn boxes_overseas_belong_to_their_territory() {
    for (text, e164) in [
        ("0976 01 23 45", "+590976012345"),
        ("0976 80 12 34", "+590976801234"),
        ("0939 50 12 34", "+590939501234"),
        ("0976 40 12 34", "+594976401234"),
        ("0976 60 12 34", "+596976601234"),
        ("0976 22 12 34", "+262976221234"),
        ("0939 90 12 34", "+262939901234"),
        ("0976 90 12 34", "+262976901234"),
        ("+681 92 12 34", "+681921234"),
        ("+681 93 12 34", "+681931234"),
        ("+590 976 01 23 45", "+590976012345"),
        ("09 75 12 34 56", "+33975123456"),
    ] {
        let telephone = Telephone::parse(text).unwrap();
        assert_eq!((telephone.e164().as_str(), telephone.nature()), (e164, Fixe), "{text}");
    }
    assert_eq!(Telephone::parse("+594 976 01 23 45"), Err(TelephoneInvalide::Unknown));
    // Kept while the block was not known.
    assert_eq!(Telephone::from_e164("+33976012345"), Telephone::parse("0976012345").ok());
}

#[test]
fn short_numbers_need_their_territory() {
    for text in ["75 12 34", "71 12 34", "82 12 34", "40 12 34 56", "87 12 34 56"] {
        assert_eq!(Telephone::parse(text), Err(TelephoneInvalide::MissingCallingCode), "{text}");
    }
}

#[test]
fn a_number_is_shown_as_its_territory_writes_it() {
    for (text, group) in [
        ("+33612345678", "06 12 34 56 78"),
        ("+262692123456", "0692 12 34 56"),
        ("+687751234", "+687 75 12 34"),
        ("+68940123456", "+689 40 12 34 56"),
        ("+508411234", "+508 41 12 34"),
        ("+508708401234", "0708 40 12 34"),
    ] {
        assert_eq!(Telephone::from_e164(text).unwrap().group(), group);
    }
    assert_eq!(Telephone::from_e164("0612345678"), None);
    assert_eq!(Telephone::from_e164("+330612345678"), None);
    assert_eq!(Telephone::from_e164("+590692123456"), None);
}

#[test]
fn debug_shows_nothing() {
    assert_eq!(format!("{:?}", Telephone::parse("0612345678").unwrap()), "Telephone(…)");
}
