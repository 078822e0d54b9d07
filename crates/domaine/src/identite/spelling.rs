//! Whether two names can be spellings of one: as lists of capitals some of which may be left out. Knows no person.
//!
//! Payroll writes names in capitals of twenty-six letters, and each program in its own way: « ü » becomes U or UE, a
//! separator stays or not. A letter that has two such spellings is a capital and one that may follow it.
//! Source: ICAO, Doc 9303 part 3, section 6, table A (what passports write for national letters).

use super::latin;

/// A capital, and whether a spelling may do without it.
type Letter = (char, bool);

/// Whether the two have a spelling in common. Of the sizes of names: it takes as many steps as one has letters times
/// those of the other.
pub(super) fn agree(first: &str, second: &str) -> bool {
    let (first, second) = (letters(first), letters(second));
    // Nearly all: nothing may be left out on either side.
    if first.iter().chain(&second).all(|(_, optional)| !optional) {
        return first == second;
    }
    // Which places of the second may be reached once so many letters of the first are read.
    let mut reached = vec![false; second.len() + 1];
    reached[0] = true;
    leave_out(&second, &mut reached);
    for (capital, optional) in first {
        let mut next = vec![false; second.len() + 1];
        for (place, here) in reached.iter().enumerate().filter(|(_, here)| **here) {
            next[place] |= optional && *here;
            if second.get(place).is_some_and(|(other, _)| *other == capital) {
                next[place + 1] = true;
            }
        }
        leave_out(&second, &mut next);
        reached = next;
    }
    reached.last() == Some(&true)
}

/// From each place reached, those behind letters that may be left out.
fn leave_out(letters: &[Letter], reached: &mut [bool]) {
    for (place, (_, optional)) in letters.iter().enumerate() {
        reached[place + 1] |= *optional && reached[place];
    }
}

fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    let mut capitals = String::new();
    for c in text.chars().filter(|c| latin::is_latin(*c)) {
        capitals.clear();
        latin::fold(c, &mut capitals);
        letters.extend(capitals.chars().map(|capital| (capital, false)));
        if let Some(follows) = may_follow(c) {
            letters.push((follows, true));
        }
    }
    letters
}

/// The second capital that stands for the accent: ä, ö, ü and ø as AE, OE, UE and OE; å as AA.
fn may_follow(c: char) -> Option<char> {
    // An accent above another changes nothing: ǟ is an ä.
    let mut letter = c;
    loop {
        match letter {
            'Ä' | 'ä' | 'Ö' | 'ö' | 'Ü' | 'ü' | 'Ø' | 'ø' => return Some('E'),
            'Å' | 'å' => return Some('A'),
            _ => letter = latin::bare(letter)?.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_payroll_lacks_has_the_spellings_of_passports() {
        for (name, spellings) in [
            ("Käthe", &["KATHE", "KAETHE"][..]),
            ("Jörg", &["JORG", "JOERG"]),
            ("Grün", &["GRUN", "GRUEN"]),
            ("Ångström", &["ANGSTROM", "AANGSTROM", "ANGSTROEM", "AANGSTROEM"]),
            ("Sørby", &["SORBY", "SOERBY"]),
            ("Weiß", &["WEISS"]),
            ("Cœurdoux", &["COEURDOUX"]),
            ("Sæther", &["SAETHER"]),
            ("Guðrún", &["GUDRUN"]),
            ("Þórsson", &["THORSSON"]),
            ("Wałek", &["WALEK"]),
            ("Ǖber", &["UBER", "UEBER"]),
        ] {
            for spelling in spellings {
                assert!(agree(name, spelling) && agree(spelling, name), "{name} {spelling}");
            }
        }
    }

    #[test]
    fn a_letter_more_is_another_name() {
        for (first, second) in [
            ("MULLER", "MUELLER"),
            ("Grün", "GRUNE"),
            ("Grün", "GRUEEN"),
            ("Grün", "GREN"),
            ("Léa", "LEAE"),
            ("Noël", "NOEEL"),
            ("Sørby", "SAERBY"),
            ("Åse", "AAASE"),
        ] {
            assert!(!agree(first, second) && !agree(second, first), "{first} {second}");
        }
        // Both have the spelling MULLER, and MUELLER.
        assert!(agree("Müller", "MÜELLER"));
    }

    #[test]
    fn the_longest_names_are_compared_at_once() {
        let longest = "ü".repeat(80);
        assert!(agree(&longest, &"UE".repeat(80)));
        assert!(agree(&longest, &longest));
        assert!(!agree(&longest, &"UE".repeat(81)));
    }
}
