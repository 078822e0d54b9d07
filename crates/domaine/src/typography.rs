//! French signs that stay beside their words, where a text was typed with the one space of a keyboard. Changes no word.

/// The text, whose lines end neither before a sign that cannot begin one nor after an opening quote.
///
/// ```
/// use domaine::typography::unbroken;
/// assert_eq!(unbroken("« Lu » : 3 % ; et après ?"), "«\u{a0}Lu\u{a0}»\u{a0}: 3\u{a0}%\u{a0}; et après\u{a0}?");
/// assert_eq!(unbroken("https://exemple.fr/a?b=1"), "https://exemple.fr/a?b=1");
/// ```
pub fn unbroken(text: &str) -> String {
    let mut held = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(sign) = rest.next() {
        let next_to_a_sign =
            held.ends_with('«') || rest.peek().is_some_and(|next| ['»', ';', ':', '!', '?', '€', '%'].contains(next));
        held.push(if sign == ' ' && next_to_a_sign { '\u{a0}' } else { sign });
    }
    held
}
