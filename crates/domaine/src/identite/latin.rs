//! The letters of Latin-script names: composing them (NFC), and comparing them without accents.
//! Knows nothing of what a name may hold.
//!
//! One small table and a few ranges instead of all of Unicode, and none of the standard library's
//! tables of cases and alphabets either: every kilobyte here is paid for on a bad line.
//! Source: Unicode canonical decompositions and combining classes; the tests compare this file
//! with a full implementation of NFC, pair by pair.

/// For each mark, pairs of a letter and of the letter that bears the mark.
const COMPOSED: &[(char, &str)] = &[
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
const SPECIAL: &[(&str, &str)] = &[
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
pub(super) const fn is_mark(c: char) -> bool {
    // U+034F joins without showing anything: it is no mark.
    matches!(c, '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}')
}

/// Whether the character is a letter of the Latin alphabet, in any language that uses it.
pub(super) const fn is_latin(c: char) -> bool {
    matches!(
        c,
        'A'..='Z' | 'a'..='z' | 'ª' | 'º' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ƿ' | 'Ǆ'..='ʯ' | 'Ḁ'..='ỿ'
    )
}

/// Whether the character belongs to the letters of another alphabet. Whole blocks, coarsely: what
/// is between them are signs that no name has either.
pub(super) const fn is_of_another_alphabet(c: char) -> bool {
    matches!(
        c,
        '\u{370}'..='\u{60b}' | '\u{620}'..='\u{180d}' | '\u{1810}'..='\u{1dbf}' | '\u{1f00}'..='\u{1fff}'
            | '\u{2c00}'..='\u{2dff}' | '\u{3041}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{fb00}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefe}' | '\u{ff21}'..='\u{ffdc}' | '\u{10000}'..='\u{1cfff}' | '\u{1e000}'..='\u{1eeff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// Whether the character shows nothing, or turns the direction of writing.
pub(super) const fn is_invisible(c: char) -> bool {
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
pub(super) const fn is_blank(c: char) -> bool {
    is_space(c) || is_invisible(c)
}

/// Whether the character is a space of some width.
pub(super) const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// The character as an error may carry it: nothing that a sentence cannot show.
pub(super) const fn presentable(c: char) -> char {
    if is_invisible(c) || is_space(c) { char::REPLACEMENT_CHARACTER } else { c }
}

/// The text with every letter and its marks composed into one character where one exists (NFC),
/// for texts of Latin letters, their marks and punctuation.
pub(super) fn composer(text: &str) -> String {
    let mut compose = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut marks = Vec::new();
    while let Some(c) = characters.next() {
        if !characters.peek().is_some_and(|next| is_mark(*next)) {
            compose.push(c);
            continue;
        }
        marks.clear();
        let base = decompose(c, &mut marks);
        while let Some(mark) = characters.next_if(|next| is_mark(*next)) {
            match mark {
                '\u{340}' => marks.push('\u{300}'),
                '\u{341}' => marks.push('\u{301}'),
                '\u{343}' => marks.push('\u{313}'),
                '\u{344}' => marks.extend(['\u{308}', '\u{301}']),
                mark => marks.push(mark),
            }
        }
        tidy(base, &marks, &mut compose);
    }
    compose
}

/// Takes the marks in their canonical order, composes with the letter those that it takes in.
fn tidy(base: char, marks: &[char], compose: &mut String) {
    let mut letter = base;
    let mut kept = String::new();
    let mut last = 0;
    let in_order = CLASSES.iter().flat_map(|index| marks.iter().filter(move |mark| class(**mark) == *index));
    for mark in in_order {
        // A mark of the same place as one that stays cannot jump over it.
        let free = kept.is_empty() || last < class(*mark);
        match composed(letter, *mark) {
            Some(new) if free => letter = new,
            _ => {
                last = class(*mark);
                kept.push(*mark);
            }
        }
    }
    compose.push(letter);
    compose.push_str(&kept);
}

/// The bare letter; its marks are added, innermost first.
fn decompose(c: char, marks: &mut Vec<char>) -> char {
    match bare(c) {
        Some((base, mark)) => {
            let base = decompose(base, marks);
            marks.push(mark);
            base
        }
        None => c,
    }
}

fn composed(base: char, mark: char) -> Option<char> {
    let (_, letters) = COMPOSED.iter().find(|(m, _)| *m == mark)?;
    pairs(letters).find(|(candidate, _)| *candidate == base).map(|(_, composed)| composed)
}

/// The letter under the outermost mark of a composed one, and that mark.
pub(super) fn bare(c: char) -> Option<(char, char)> {
    if c.is_ascii() {
        return None;
    }
    COMPOSED.iter().find_map(|(mark, letters)| Some((pairs(letters).find(|(_, composed)| *composed == c)?.0, *mark)))
}

fn pairs(letters: &str) -> impl Iterator<Item = (char, char)> {
    let mut letters = letters.chars();
    std::iter::from_fn(move || Some((letters.next()?, letters.next()?)))
}

/// The classes that marks can have, in order: going through them nine times costs the page less
/// than a sort would weigh.
const CLASSES: [u8; 9] = [1, 202, 216, 220, 230, 232, 233, 234, 240];

/// The canonical combining class: marks of different classes may be typed in any order.
const fn class(mark: char) -> u8 {
    match mark {
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
pub(super) fn fold(c: char, text: &mut String) {
    if is_mark(c) {
        return;
    }
    let mut letter = c;
    while let Some((base, _)) = bare(letter) {
        letter = base;
    }
    match SPECIAL.iter().find(|(letters, _)| !letter.is_ascii() && letters.contains(letter)) {
        Some((_, capitals)) => text.push_str(capitals),
        None => text.push(letter.to_ascii_uppercase()),
    }
}

/// The figure that a character writes, as ASCII, in the scripts that people of France may type numbers in: European,
/// Arabic, Persian and Urdu, Devanagari, Bengali, Thai, Khmer, and the full width of Chinese and Japanese keyboards.
pub(super) fn digit(c: char) -> Option<u8> {
    const ZEROS: [u32; 8] = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0x17e0, 0xff10];
    let place = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|place| *place < 10))?;
    Some(b'0' + u8::try_from(place).ok()?)
}

/// Whether the character is a hyphen, or what keyboards and word processors write for one.
pub(super) const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}

/// Whether the character is an apostrophe, a letter of that shape, or what stands for one.
pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}' | '\u{2018}'..='\u{201b}'
            | '\u{2032}' | '\u{2035}' | '\u{a78c}' | '\u{ff07}' | '\u{ff40}'
    )
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::canonical_combining_class;

    use super::*;

    fn letters() -> impl Iterator<Item = char> {
        ('\0'..='\u{ffff}').filter(|c| is_latin(*c))
    }

    fn marks() -> impl Iterator<Item = char> {
        ('\u{300}'..='\u{36f}').filter(|c| is_mark(*c))
    }

    #[test]
    fn every_letter_with_every_mark_composes_as_unicode_says() {
        for letter in letters() {
            assert_eq!(composer(&letter.to_string()), letter.nfc().collect::<String>(), "{letter}");
            for mark in marks() {
                let typed: String = [letter, mark].into_iter().collect();
                assert_eq!(composer(&typed), typed.nfc().collect::<String>(), "{}", typed.escape_unicode());
            }
        }
    }

    #[test]
    fn two_marks_in_any_order_compose_as_unicode_says() {
        let usual: Vec<char> = COMPOSED.iter().map(|(mark, _)| *mark).chain(['\u{344}', '\u{313}']).collect();
        for letter in ('A'..='z').chain("ÂâÊêÔôƠơƯưẠạśṣ".chars()).filter(|c| is_latin(*c)) {
            for first in &usual {
                for second in &usual {
                    let typed: String = [letter, *first, *second].into_iter().collect();
                    assert_eq!(composer(&typed), typed.nfc().collect::<String>(), "{}", typed.escape_unicode());
                }
            }
        }
    }

    #[test]
    fn a_figure_is_read_in_the_scripts_that_people_type_in() {
        for text in [
            "0123456789",
            "٠١٢٣٤٥٦٧٨٩",
            "۰۱۲۳۴۵۶۷۸۹",
            "०१२३४५६७८९",
            "০১২৩৪৫৬৭৮৯",
            "๐๑๒๓๔๕๖๗๘๙",
            "០១២៣៤៥៦៧៨៩",
            "０１２３４５６７８９",
        ] {
            let read: Vec<u8> = text.chars().filter_map(digit).collect();
            assert_eq!(read, b"0123456789", "{text}");
        }
        assert!("/:²٪٬ aO½".chars().all(|c| digit(c).is_none()));
    }

    #[test]
    fn marks_have_the_classes_of_unicode() {
        for mark in marks() {
            let simple = !matches!(mark, '\u{340}' | '\u{341}' | '\u{343}' | '\u{344}');
            assert!(!simple || class(mark) == canonical_combining_class(mark), "{}", mark.escape_unicode());
        }
    }

    #[test]
    fn latin_letters_are_letters_and_the_others_belong_elsewhere() {
        for c in '\0'..=char::MAX {
            assert!(!is_latin(c) || c.is_alphabetic(), "{}", c.escape_unicode());
            assert!(!(is_latin(c) && is_of_another_alphabet(c)), "{}", c.escape_unicode());
            assert!(!c.is_whitespace() || is_blank(c), "{}", c.escape_unicode());
            assert!(!c.is_control() || is_invisible(c), "{}", c.escape_unicode());
        }
        for c in "ЖабОΩλאبगक中日本한ไაԱᏣ𐐀".chars() {
            assert!(is_of_another_alphabet(c), "{c}");
        }
    }

    #[test]
    fn european_and_vietnamese_letters_become_the_same_plain_capitals_in_both_cases() {
        let rares = "ŉẚẜẝẟỺỻỼỽỾỿ";
        for c in letters().filter(|c| matches!(c, '\0'..='\u{17f}' | 'Ḁ'..='ỿ') && !rares.contains(*c)) {
            let (mut folded, mut from_high) = (String::new(), String::new());
            fold(c, &mut folded);
            c.to_uppercase().for_each(|high| fold(high, &mut from_high));
            assert!(!folded.is_empty() && folded.bytes().all(|c| c.is_ascii_uppercase()), "{c} {folded}");
            assert_eq!(folded, from_high, "{c}");
        }
    }
}
