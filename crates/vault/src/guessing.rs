//! How soon a password is guessed by whoever knows what people choose in France: the judge of zxcvbn, to which the passwords and
//! words of `data/french.txt.z` are given besides its own English lists. Where they come from: docs/decisions/0021.

use std::collections::HashMap;
use std::io::Read as _;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;
use zxcvbn::Score;

/// The longest word that is looked for.
const LONGEST: usize = 40;

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::new();
    ZlibDecoder::new(include_bytes!("../data/french.txt.z").as_slice())
        .read_to_string(&mut text)
        .expect("the words are part of the program");
    text
});

/// Each word, and how many are tried before it.
static WORDS: LazyLock<HashMap<&'static str, usize>> =
    LazyLock::new(|| TEXT.lines().enumerate().map(|(rank, word)| (word, rank)).collect());

/// How hard a password is to guess, for whoever knows these texts of the person too.
pub(crate) fn score(password: &str, personal_texts: &[String]) -> Score {
    let text = without_accents(password);
    let mut guesses: Vec<&str> = personal_texts.iter().map(String::as_str).collect();
    let first = guesses.len();
    for (word, rank) in known(&text.to_lowercase()).into_iter().chain(known(&undisguised(&text))) {
        // zxcvbn takes the place of a word for its rank: it stands at its own, or at the next that is free.
        let mut place = first + rank;
        while guesses.get(place).is_some_and(|taken| !taken.is_empty() && *taken != word) {
            place += 1;
        }
        if guesses.len() <= place {
            guesses.resize(place + 1, "");
        }
        guesses[place] = word;
    }
    zxcvbn::zxcvbn(&text, &guesses).score()
}

/// The words of the list that this text holds, each with its rank.
fn known(text: &str) -> Vec<(&'static str, usize)> {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut found = Vec::new();
    for (start, from) in ends.iter().enumerate() {
        for to in ends.iter().skip(start + 2).take(LONGEST - 1) {
            found.extend(WORDS.get_key_value(&text[*from..*to]).map(|(word, rank)| (*word, *rank)));
        }
    }
    found
}

/// As the list is written: a keyboard in a hurry leaves accents out.
pub fn without_accents(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        plain.push_str(match c {
            'à' | 'â' | 'ä' => "a",
            'À' | 'Â' | 'Ä' => "A",
            'é' | 'è' | 'ê' | 'ë' => "e",
            'É' | 'È' | 'Ê' | 'Ë' => "E",
            'î' | 'ï' => "i",
            'Î' | 'Ï' => "I",
            'ô' | 'ö' => "o",
            'Ô' | 'Ö' => "O",
            'ù' | 'û' | 'ü' => "u",
            'Ù' | 'Û' | 'Ü' => "U",
            'ç' => "c",
            'Ç' => "C",
            'œ' => "oe",
            'Œ' => "OE",
            'æ' => "ae",
            'Æ' => "AE",
            // An accent written apart from its letter.
            '\u{300}'..='\u{36f}' => "",
            c => {
                plain.push(c);
                continue;
            }
        });
    }
    plain
}

/// With letters for the signs that stand for them: zxcvbn undoes the disguise, and must know which word to look for.
fn undisguised(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '@' | '4' => 'a',
            '3' | '€' => 'e',
            '1' | '!' => 'i',
            '0' => 'o',
            '5' | '$' => 's',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_there_and_in_order() {
        assert!(WORDS.len() > 40_000, "{}", WORDS.len());
        assert_eq!(WORDS["azerty"].min(10), WORDS["azerty"], "one of the first that are tried");
        assert!(WORDS.keys().all(|word| (2..=LONGEST).contains(&word.len())));
    }

    #[test]
    fn what_people_choose_in_france_is_guessed_soon_and_so_is_what_they_make_of_it() {
        for chosen in [
            "choupinette",
            "Choupinette1",
            "ch0upinette",
            "mamanjetaime",
            "lavieestbelle",
            "celibataire",
            "telechargement",
            "téléchargement",
            "te\u{301}le\u{301}chargement",
            "plusbellelavie",
            "dieuestgrand",
            "tartiflette",
        ] {
            assert!(score(chosen, &[]) < Score::Three, "{chosen}");
        }
    }

    #[test]
    fn words_of_one_s_own_are_not() {
        for own in [
            "trois grues vertes",
            "Tram jaune, quai 12 !",
            "quatre chevaux bleus",
            "soleil de printemps",
            "Kx7!pQz2mWv9",
        ] {
            assert!(score(own, &[]) >= Score::Three, "{own}");
        }
    }

    #[test]
    fn what_is_typed_without_end_is_judged_too() {
        for long in ["é".repeat(256), "motdepasse".repeat(25), "🦜".repeat(64), "aze1rty!".repeat(32)] {
            let _judged = score(&long, &["Pat-Trois".to_owned(), "dominique@exemple.fr".to_owned()]);
        }
    }
}
