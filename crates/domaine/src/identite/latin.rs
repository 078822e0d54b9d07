//! The letters of Latin-script names: composing them (NFC), and comparing them without accents.
//! Knows nothing of what a name may hold.
//!
//! One small table and a few ranges instead of all of Unicode, and none of the standard library's
//! tables of cases and alphabets either: every kilobyte here is paid for on a bad line.
//! Source: Unicode canonical decompositions and combining classes; the tests compare this file
//! with a full implementation of NFC, pair by pair.

/// For each mark, pairs of a letter and of the letter that bears the mark.
const COMPOSEES: &[(char, &str)] = &[
    ('\u{300}', "AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳÂẦÊỀÔỒÜǛâầêềôồüǜĂẰăằĒḔēḕŌṐōṑƠỜơờƯỪưừ"),
    (
        '\u{301}',
        "AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzźÂẤÅǺÆǼÇḈÊẾÏḮÔỐÕṌØǾÜǗâấåǻæǽçḉêếïḯôốõṍøǿüǘĂẮăắĒḖēḗŌṒōṓŨṸũṹƠỚơớƯỨưứ",
    ),
    ('\u{302}', "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑẠẬạậẸỆẹệỌỘọộ"),
    ('\u{303}', "AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹÂẪÊỄÔỖâẫêễôỗĂẴăẵƠỠơỡƯỮưữ"),
    ('\u{304}', "AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳÄǞÆǢÕȬÖȪÜǕäǟæǣõȭöȫüǖǪǬǫǭȦǠȧǡȮȰȯȱḶḸḷḹṚṜṛṝ"),
    ('\u{306}', "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭȨḜȩḝẠẶạặ"),
    ('\u{307}', "AȦBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzżŚṤśṥŠṦšṧſẛṢṨṣṩ"),
    ('\u{308}', "AÄEËHḦIÏOÖUÜWẄXẌYŸaäeëhḧiïoötẗuüwẅxẍyÿÕṎõṏŪṺūṻ"),
    ('\u{309}', "AẢEẺIỈOỎUỦYỶaảeẻiỉoỏuủyỷÂẨÊỂÔỔâẩêểôổĂẲăẳƠỞơởƯỬưử"),
    ('\u{30a}', "AÅUŮaåuůwẘyẙ"),
    ('\u{30b}', "OŐUŰoőuű"),
    ('\u{30c}', "AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzžÜǙüǚƷǮʒǯ"),
    ('\u{30f}', "AȀEȄIȈOȌRȐUȔaȁeȅiȉoȍrȑuȕ"),
    ('\u{311}', "AȂEȆIȊOȎRȒUȖaȃeȇiȋoȏrȓuȗ"),
    ('\u{31b}', "OƠUƯoơuư"),
    ('\u{323}', "AẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤVṾWẈYỴZẒaạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụvṿwẉyỵzẓƠỢơợƯỰưự"),
    ('\u{324}', "UṲuṳ"),
    ('\u{325}', "AḀaḁ"),
    ('\u{326}', "SȘTȚsștț"),
    ('\u{327}', "CÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢcçdḑeȩgģhḩkķlļnņrŗsştţ"),
    ('\u{328}', "AĄEĘIĮOǪUŲaąeęiįoǫuų"),
    ('\u{32d}', "DḒEḘLḼNṊTṰUṶdḓeḙlḽnṋtṱuṷ"),
    ('\u{32e}', "HḪhḫ"),
    ('\u{330}', "EḚIḬUṴeḛiḭuṵ"),
    ('\u{331}', "BḆDḎKḴLḺNṈRṞTṮZẔbḇdḏhẖkḵlḻnṉrṟtṯzẕ"),
];

/// Letters that no mark explains, and the capitals they are compared as.
const PARTICULIERES: &[(&str, &str)] = &[
    ("ªɑ", "A"),
    ("Ææ", "AE"),
    ("Ɓɓ", "B"),
    ("ĐđÐðƉɖƊɗ", "D"),
    ("ƎǝƏəƐɛ", "E"),
    ("Ƒƒ", "F"),
    ("ƓɠƔɣ", "G"),
    ("Ħħ", "H"),
    ("ıƗɨƖɩ", "I"),
    ("Ĳĳ", "IJ"),
    ("ĸƘƙ", "K"),
    ("ŁłĿŀ", "L"),
    ("ŊŋƝɲŉ", "N"),
    ("ØøƆɔƟɵº", "O"),
    ("Œœ", "OE"),
    ("Ƥƥ", "P"),
    ("ſ", "S"),
    ("ßẞ", "SS"),
    ("ŦŧƬƭ", "T"),
    ("Þþ", "TH"),
    ("Ʉʉ", "U"),
    ("Ʋʋ", "V"),
    ("Ƴƴ", "Y"),
    ("ƵƶƷʒ", "Z"),
];

/// Whether the character is a mark to be written on the letter before it.
pub(super) const fn est_marque(c: char) -> bool {
    // U+034F joins without showing anything: it is no mark.
    matches!(c, '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}')
}

/// Whether the character is a letter of the Latin alphabet, in any language that uses it.
pub(super) const fn est_latine(c: char) -> bool {
    matches!(
        c,
        'A'..='Z' | 'a'..='z' | 'ª' | 'º' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ƿ' | 'Ǆ'..='ʯ' | 'Ḁ'..='ỿ'
    )
}

/// Whether the character belongs to the letters of another alphabet. Whole blocks, coarsely: what
/// is between them are signs that no name has either.
pub(super) const fn est_d_un_autre_alphabet(c: char) -> bool {
    matches!(
        c,
        '\u{370}'..='\u{60b}' | '\u{620}'..='\u{180d}' | '\u{1810}'..='\u{1dbf}' | '\u{1f00}'..='\u{1fff}'
            | '\u{2c00}'..='\u{2dff}' | '\u{3041}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{fb00}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefe}' | '\u{ff21}'..='\u{ffdc}' | '\u{10000}'..='\u{1cfff}' | '\u{1e000}'..='\u{1eeff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// Whether the character shows nothing, or turns the direction of writing.
pub(super) const fn est_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
            | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether the character is a space of some width, or shows nothing: what copying a number from
/// a telephone, a PDF or a card leaves around its figures.
pub(super) const fn est_blanc(c: char) -> bool {
    est_espace(c) || est_invisible(c)
}

/// Whether the character is a space of some width.
pub(super) const fn est_espace(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// The character as an error may carry it: nothing that a sentence cannot show.
pub(super) const fn montrable(c: char) -> char {
    if est_invisible(c) || est_espace(c) { char::REPLACEMENT_CHARACTER } else { c }
}

/// The text with every letter and its marks composed into one character where one exists (NFC),
/// for texts of Latin letters, their marks and punctuation.
pub(super) fn composer(texte: &str) -> String {
    let mut compose = String::with_capacity(texte.len());
    let mut caracteres = texte.chars().peekable();
    let mut marques = Vec::new();
    while let Some(c) = caracteres.next() {
        if !caracteres.peek().is_some_and(|suivant| est_marque(*suivant)) {
            compose.push(c);
            continue;
        }
        marques.clear();
        let base = decomposer(c, &mut marques);
        while let Some(marque) = caracteres.next_if(|suivant| est_marque(*suivant)) {
            match marque {
                '\u{340}' => marques.push('\u{300}'),
                '\u{341}' => marques.push('\u{301}'),
                '\u{343}' => marques.push('\u{313}'),
                '\u{344}' => marques.extend(['\u{308}', '\u{301}']),
                marque => marques.push(marque),
            }
        }
        ranger(base, &marques, &mut compose);
    }
    compose
}

/// Takes the marks in their canonical order, composes with the letter those that it takes in.
fn ranger(base: char, marques: &[char], compose: &mut String) {
    let mut lettre = base;
    let mut gardees = String::new();
    let mut derniere = 0;
    let dans_l_ordre = CLASSES.iter().flat_map(|rang| marques.iter().filter(move |marque| classe(**marque) == *rang));
    for marque in dans_l_ordre {
        // A mark of the same place as one that stays cannot jump over it.
        let libre = gardees.is_empty() || derniere < classe(*marque);
        match composee(lettre, *marque) {
            Some(nouvelle) if libre => lettre = nouvelle,
            _ => {
                derniere = classe(*marque);
                gardees.push(*marque);
            }
        }
    }
    compose.push(lettre);
    compose.push_str(&gardees);
}

/// The bare letter; its marks are added, innermost first.
fn decomposer(c: char, marques: &mut Vec<char>) -> char {
    match nue(c) {
        Some((base, marque)) => {
            let base = decomposer(base, marques);
            marques.push(marque);
            base
        }
        None => c,
    }
}

fn composee(base: char, marque: char) -> Option<char> {
    let (_, lettres) = COMPOSEES.iter().find(|(m, _)| *m == marque)?;
    paires(lettres).find(|(candidate, _)| *candidate == base).map(|(_, composee)| composee)
}

/// The letter under the outermost mark of a composed one, and that mark.
fn nue(c: char) -> Option<(char, char)> {
    if c.is_ascii() {
        return None;
    }
    COMPOSEES
        .iter()
        .find_map(|(marque, lettres)| Some((paires(lettres).find(|(_, composee)| *composee == c)?.0, *marque)))
}

fn paires(lettres: &str) -> impl Iterator<Item = (char, char)> {
    let mut lettres = lettres.chars();
    std::iter::from_fn(move || Some((lettres.next()?, lettres.next()?)))
}

/// The classes that marks can have, in order: going through them nine times costs the page less
/// than a sort would weigh.
const CLASSES: [u8; 9] = [1, 202, 216, 220, 230, 232, 233, 234, 240];

/// The canonical combining class: marks of different classes may be typed in any order.
const fn classe(marque: char) -> u8 {
    match marque {
        '\u{334}'..='\u{338}' => 1,
        '\u{321}' | '\u{322}' | '\u{327}' | '\u{328}' => 202,
        '\u{31b}' => 216,
        '\u{316}'..='\u{319}' | '\u{31c}'..='\u{333}' | '\u{339}'..='\u{33c}' | '\u{347}'..='\u{349}' => 220,
        '\u{34d}' | '\u{34e}' | '\u{353}'..='\u{356}' | '\u{359}' | '\u{35a}' => 220,
        '\u{315}' | '\u{31a}' | '\u{358}' => 232,
        '\u{35c}' | '\u{35f}' | '\u{362}' => 233,
        '\u{35d}' | '\u{35e}' | '\u{360}' | '\u{361}' => 234,
        '\u{345}' => 240,
        _ => 230,
    }
}

/// The letter in capitals and without its accents, added to the text: « é » gives « E »,
/// « œ » gives « OE ». A mark gives nothing; what is no Latin letter is added as it is.
pub(super) fn replier(c: char, texte: &mut String) {
    if est_marque(c) {
        return;
    }
    let mut lettre = c;
    while let Some((base, _)) = nue(lettre) {
        lettre = base;
    }
    match PARTICULIERES.iter().find(|(lettres, _)| !lettre.is_ascii() && lettres.contains(lettre)) {
        Some((_, capitales)) => texte.push_str(capitales),
        None => texte.push(lettre.to_ascii_uppercase()),
    }
}

/// The text in capitals without accents; any run of what is no letter becomes one space.
pub(super) fn comparable(texte: &str) -> String {
    let mut cle = String::with_capacity(texte.len());
    for c in texte.chars() {
        if est_latine(c) || est_marque(c) {
            replier(c, &mut cle);
        } else if !cle.is_empty() && !cle.ends_with(' ') {
            cle.push(' ');
        }
    }
    cle.truncate(cle.trim_end_matches(' ').len());
    cle
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::canonical_combining_class;

    use super::*;

    fn lettres() -> impl Iterator<Item = char> {
        ('\0'..='\u{ffff}').filter(|c| est_latine(*c))
    }

    fn marques() -> impl Iterator<Item = char> {
        ('\u{300}'..='\u{36f}').filter(|c| est_marque(*c))
    }

    #[test]
    fn every_letter_with_every_mark_composes_as_unicode_says() {
        for lettre in lettres() {
            assert_eq!(composer(&lettre.to_string()), lettre.nfc().collect::<String>(), "{lettre}");
            for marque in marques() {
                let tape: String = [lettre, marque].into_iter().collect();
                assert_eq!(composer(&tape), tape.nfc().collect::<String>(), "{}", tape.escape_unicode());
            }
        }
    }

    #[test]
    fn two_marks_in_any_order_compose_as_unicode_says() {
        let usuelles: Vec<char> = COMPOSEES.iter().map(|(marque, _)| *marque).chain(['\u{344}', '\u{313}']).collect();
        for lettre in ('A'..='z').chain("ÂâÊêÔôƠơƯưẠạśṣ".chars()).filter(|c| est_latine(*c)) {
            for premiere in &usuelles {
                for seconde in &usuelles {
                    let tape: String = [lettre, *premiere, *seconde].into_iter().collect();
                    assert_eq!(composer(&tape), tape.nfc().collect::<String>(), "{}", tape.escape_unicode());
                }
            }
        }
    }

    #[test]
    fn marks_have_the_classes_of_unicode() {
        for marque in marques() {
            let simple = !matches!(marque, '\u{340}' | '\u{341}' | '\u{343}' | '\u{344}');
            assert!(!simple || classe(marque) == canonical_combining_class(marque), "{}", marque.escape_unicode());
        }
    }

    #[test]
    fn latin_letters_are_letters_and_the_others_belong_elsewhere() {
        for c in '\0'..=char::MAX {
            assert!(!est_latine(c) || c.is_alphabetic(), "{}", c.escape_unicode());
            assert!(!(est_latine(c) && est_d_un_autre_alphabet(c)), "{}", c.escape_unicode());
            assert!(!c.is_whitespace() || est_blanc(c), "{}", c.escape_unicode());
            assert!(!c.is_control() || est_invisible(c), "{}", c.escape_unicode());
        }
        for c in "ЖабОΩλאبगक中日本한ไაԱᏣ𐐀".chars() {
            assert!(est_d_un_autre_alphabet(c), "{c}");
        }
    }

    #[test]
    fn european_and_vietnamese_letters_become_the_same_plain_capitals_in_both_cases() {
        let rares = "ŉẚẜẝẟỺỻỼỽỾỿ";
        for c in lettres().filter(|c| matches!(c, '\0'..='\u{17f}' | 'Ḁ'..='ỿ') && !rares.contains(*c)) {
            let (mut replie, mut de_la_haute) = (String::new(), String::new());
            replier(c, &mut replie);
            c.to_uppercase().for_each(|haute| replier(haute, &mut de_la_haute));
            assert!(!replie.is_empty() && replie.bytes().all(|c| c.is_ascii_uppercase()), "{c} {replie}");
            assert_eq!(replie, de_la_haute, "{c}");
        }
    }
}
