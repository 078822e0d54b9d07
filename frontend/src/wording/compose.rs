//! What a well-set French sentence is: shared by the tests of the sentences.

/// Why the text is badly set, if it is.
pub fn composition_faute(text: &str) -> Option<&'static str> {
    if text.contains('\'') {
        return Some("a straight apostrophe");
    }
    if [" ;", " :", " !", " ?", " »", "« "].iter().any(|pair| text.contains(pair)) {
        return Some("an ordinary space beside a sign");
    }
    if text.contains(" €") || text.contains("...") {
        return Some("an ordinary space before €, or three dots");
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
