//! What a well-set French sentence is: shared by the tests of the sentences.

/// Why the text is badly set, if it is.
pub fn composition_faute(text: &str) -> Option<&'static str> {
    if let Some(faute) = spacing_faute(text) {
        return Some(faute);
    }
    if text.to_lowercase().contains("invalide") {
        return Some("says « invalide » instead of what to do");
    }
    let end = text.chars().last();
    if text.trim() != text || !matches!(end, Some('.' | '?' | '»')) {
        return Some("no end");
    }
    None
}

/// Where a line could break in a number or before a sign, or a sign that is not the right one.
pub fn spacing_faute(text: &str) -> Option<&'static str> {
    if text.contains('\'') || text.contains("...") {
        return Some("a straight apostrophe, or three dots");
    }
    if [" ;", " :", " !", " ?", " »", "« ", " €", " %", "n° "].iter().any(|pair| text.contains(pair)) {
        return Some("an ordinary space beside a sign");
    }
    let characters: Vec<char> = text.chars().collect();
    if characters.windows(3).any(|three| matches!(three, ['0'..='9', ' ', '0'..='9'])) {
        return Some("an ordinary space inside a number");
    }
    None
}
