//! The reference of an account: what its holder reads out on the telephone, and what the journal names it by. It is the
//! beginning of its identifier, in signs that cannot be taken for one another; it opens nothing.

/// What a reference begins with.
const PREFIX: &str = "CPT";
/// The 32 signs of our references: neither I, L, O nor U.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Hexadecimal figures of an identifier that a reference holds: 60 bits, so that forty million accounts share none.
const FIGURES: usize = 15;
/// Signs of a reference: five bits each.
const LENGTH: usize = 12;

/// The reference of the account of this identifier.
///
/// ```
/// assert_eq!(store::account_reference("00112233445566778899aabbccddeeff"), "CPT-008J-4CT4-ANK7");
/// ```
pub fn account_reference(id: &str) -> String {
    let figures = id.get(..FIGURES).and_then(|start| u64::from_str_radix(start, 16).ok()).unwrap_or_default();
    let sign =
        |place: usize| char::from(SIGNS[usize::try_from(figures >> (5 * (LENGTH - 1 - place)) & 31).unwrap_or(0)]);
    (0..LENGTH).fold(PREFIX.to_owned(), |mut text, place| {
        if place % 4 == 0 {
            text.push('-');
        }
        text.push(sign(place));
        text
    })
}

/// What the identifier begins with, of the account whose reference is typed so: as it is read out, with or without its
/// first letters and hyphens, an O for a zero.
///
/// ```
/// assert_eq!(store::account_prefix("cpt 008j 4ct4 ank7").as_deref(), Some("001122334455667"));
/// assert_eq!(store::account_prefix("OO8J-4CT4-ANK7").as_deref(), Some("001122334455667"));
/// assert_eq!(store::account_prefix("CPT-008J-4CT4"), None);
/// ```
pub fn account_prefix(reference: &str) -> Option<String> {
    let typed: String = reference.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let signs = typed.strip_prefix(PREFIX).unwrap_or(&typed);
    if signs.len() != LENGTH {
        return None;
    }
    let figures = signs.bytes().try_fold(0_u64, |figures, sign| {
        let sign = match sign {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            sign => sign,
        };
        let place = SIGNS.iter().position(|known| *known == sign)?;
        Some(figures << 5 | u64::try_from(place).ok()?)
    })?;
    Some(format!("{figures:0FIGURES$x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reference_leads_back_to_the_beginning_of_its_identifier() {
        for _ in 0..200 {
            let id = vault::identifier();
            let reference = account_reference(&id);
            let prefix = account_prefix(&reference).expect("a reference of ours");
            assert!(prefix.len() == FIGURES && id.starts_with(&prefix), "{id} {reference} {prefix}");
        }
    }

    #[test]
    fn what_is_no_reference_leads_nowhere() {
        for typed in ["", "CPT", "CTR-7K2M-9QXA", "CPT-008J-48SM-8NCU", "CPT-008J-4CT4-ANK7X", "008J48SM8NÇS"] {
            assert_eq!(account_prefix(typed), None, "{typed}");
        }
    }
}
