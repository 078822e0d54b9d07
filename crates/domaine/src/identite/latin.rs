//! The letters of Latin-script names: composing them (NFC) and comparing them without accents.
//! One small table instead of all of Unicode: this crate is paid for on a bad line.

/// Base letters, and after each its composed forms as (mark, letter) pairs.
const COMPOSEES: &[(char, &str)] = &[
    ('\u{300}', "AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳÂẦÊỀÔỒĂẰƠỜƯỪâầêềôồăằơờưừ"),
    ('\u{301}', "AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzźÆǼæǽØǾøǿÂẤÊẾÔỐĂẮƠỚƯỨâấêếôốăắơớưứ"),
    ('\u{302}', "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑ"),
    ('\u{303}', "AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹÂẪÊỄÔỖĂẴƠỠƯỮâẫêễôỗăẵơỡưữ"),
    ('\u{304}', "AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳÆǢæǣ"),
    ('\u{306}', "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ"),
    ('\u{307}', "AȦBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzż"),
    ('\u{308}', "AÄEËHḦIÏOÖUÜWẄXẌYŸaäeëhḧiïoötẗuüwẅxẍyÿ"),
    ('\u{309}', "AẢEẺIỈOỎUỦYỶaảeẻiỉoỏuủyỷÂẨÊỂÔỔĂẲƠỞƯỬâẩêểôổăẳơởưử"),
    ('\u{30a}', "AÅUŮaåuůwẘyẙ"),
    ('\u{30b}', "OŐUŰoőuű"),
    ('\u{30c}', "AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzž"),
    ('\u{31b}', "OƠUƯoơuư"),
    ('\u{323}', "AẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤVṾWẈYỴZẒaạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụvṿwẉyỵzẓÂẬÊỆÔỘĂẶƠỢƯỰâậêệôộăặơợưự"),
    ('\u{326}', "SȘTȚsștț"),
    ('\u{327}', "CÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢcçdḑeȩgģhḩkķlļnņrŗsştţ"),
    ('\u{328}', "AĄEĘIĮOǪUŲaąeęiįoǫuų"),
];

/// Letters that no mark explains, with the capitals they are compared as.
const PARTICULIERES: &[(char, &str)] = &[
    ('Æ', "AE"),
    ('Œ', "OE"),
    ('ß', "SS"),
    ('ẞ', "SS"),
    ('Ø', "O"),
    ('Đ', "D"),
    ('Ð', "D"),
    ('Ħ', "H"),
    ('Ł', "L"),
    ('Þ', "TH"),
    ('Ŧ', "T"),
    ('ı', "I"),
    ('ĸ', "K"),
    ('Ŋ', "N"),
    ('Ə', "E"),
    ('ſ', "S"),
    ('Ĳ', "IJ"),
];

/// The text with every letter and its marks composed into one character where one exists.
pub(super) fn composer(texte: &str) -> String {
    let mut compose = String::with_capacity(texte.len());
    for c in texte.chars() {
        match compose.chars().next_back().and_then(|base| une_lettre(base, c)) {
            Some(lettre) => {
                compose.pop();
                compose.push(lettre);
            }
            None => compose.push(c),
        }
    }
    compose
}

fn une_lettre(base: char, marque: char) -> Option<char> {
    if !('\u{300}'..='\u{36f}').contains(&marque) {
        return None;
    }
    let (_, lettres) = COMPOSEES.iter().find(|(m, _)| *m == marque)?;
    let mut lettres = lettres.chars();
    while let (Some(candidate), Some(composee)) = (lettres.next(), lettres.next()) {
        if candidate == base {
            return Some(composee);
        }
    }
    None
}

/// The bare letter under a composed one.
fn nue(c: char) -> Option<char> {
    COMPOSEES.iter().find_map(|(_, lettres)| {
        let mut lettres = lettres.chars();
        while let (Some(base), Some(composee)) = (lettres.next(), lettres.next()) {
            if composee == c {
                return Some(base);
            }
        }
        None
    })
}

/// Capitals without accents; any run of what is no letter and no figure becomes one space.
pub(super) fn comparable(texte: &str) -> String {
    let mut cle = String::with_capacity(texte.len());
    for c in texte.chars() {
        if ('\u{300}'..='\u{36f}').contains(&c) {
            continue;
        }
        if !c.is_alphanumeric() || c == 'ʼ' {
            if !cle.is_empty() && !cle.ends_with(' ') {
                cle.push(' ');
            }
            continue;
        }
        let mut lettre = c;
        // Vietnamese letters bear two marks: the second look takes off the second one.
        for _ in 0..2 {
            lettre = nue(lettre).unwrap_or(lettre);
        }
        for haute in lettre.to_uppercase() {
            match PARTICULIERES.iter().find(|(particuliere, _)| *particuliere == haute) {
                Some((_, capitales)) => cle.push_str(capitales),
                None => cle.push(haute),
            }
        }
    }
    cle.truncate(cle.trim_end().len());
    cle
}

/// A letter of the Latin blocks of Unicode.
pub(super) fn est_latine(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | 'ə' | 'ª' | 'º')
}

/// Characters that show nothing or turn the direction of writing.
pub(super) fn est_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e007f}')
}
