//! What a well-set French sentence is: shared by the tests of the sentences.

/// Why the text is badly set, if it is.
pub fn faute_de_composition(texte: &str) -> Option<&'static str> {
    if texte.contains('\'') {
        return Some("a straight apostrophe");
    }
    if [" ;", " :", " !", " ?", " »", "« "].iter().any(|paire| texte.contains(paire)) {
        return Some("an ordinary space beside a sign");
    }
    if texte.contains(" €") || texte.contains("...") {
        return Some("an ordinary space before €, or three dots");
    }
    if texte.to_lowercase().contains("invalide") {
        return Some("says « invalide » instead of what to do");
    }
    let fin = texte.chars().last();
    if texte.trim() != texte || !matches!(fin, Some('.' | '?' | '»')) {
        return Some("no end");
    }
    None
}
