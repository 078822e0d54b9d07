//! The places that the pages leave to whoever runs the server, and what is written there. Which there are is the program's
//! to say: here they only have names.

use std::collections::BTreeMap;

use domaine::typography::unbroken;

/// A place of a page: what stands in it until somebody writes there says what is expected.
const OPENS: &str = "<mark data-hebergeur=\"";
const CLOSES: &str = "</mark>";
/// What a page says of itself while a place of it is empty.
const TRIAL: &str = "<div class=\"alert\" data-essai>";
const TRIAL_ENDS: &str = "</div>";

/// What is written in the places, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<&'static str, String>);

impl Places {
    /// These texts, as somebody wrote them; an empty one leaves its place as it is.
    pub fn new(texts: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(texts.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect())
    }

    /// The names of those that are filled.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// The page with its places filled; nothing when that changes nothing of it.
    pub(crate) fn fill(&self, html: &str) -> Option<String> {
        let mut filled = String::with_capacity(html.len());
        let (mut rest, mut missing) = (html, false);
        while let Some((before, place, name, tail)) = next_place(rest) {
            filled.push_str(before);
            match self.0.get(name) {
                Some(text) => {
                    let text = text.trim();
                    // The sentence of the page ends by itself.
                    let ends_twice = tail.starts_with('.') && text.ends_with('.');
                    write(&mut filled, if ends_twice { &text[..text.len() - 1] } else { text });
                }
                None => {
                    filled.push_str(place);
                    missing = true;
                }
            }
            rest = tail;
        }
        filled.push_str(rest);
        if !missing {
            filled = without_trial(filled);
        }
        (filled != html).then_some(filled)
    }
}

/// What comes before the next place, the place whole, its name, what comes after.
fn next_place(html: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, opened) = html.split_at(html.find(OPENS)?);
    let (name, content) = opened[OPENS.len()..].split_once("\">")?;
    let tail = &content[content.find(CLOSES)? + CLOSES.len()..];
    Some((before, &opened[..opened.len() - tail.len()], name, tail))
}

fn without_trial(html: String) -> String {
    let Some(start) = html.find(TRIAL) else { return html };
    let Some(end) = html[start..].find(TRIAL_ENDS) else { return html };
    [&html[..start], html[start + end + TRIAL_ENDS.len()..].trim_start_matches('\n')].concat()
}

/// Writes a text where only text stands: nothing of it is markup but its lines, and the addresses in it.
fn write(html: &mut String, text: &str) {
    for (rank, line) in text.lines().enumerate() {
        if rank > 0 {
            html.push_str("<br>");
        }
        for piece in unbroken(line).split_inclusive([' ', '\u{a0}']) {
            write_word(html, piece);
        }
    }
}

/// An e-mail or a page becomes a link: whoever reads writes there at once.
fn write_word(html: &mut String, piece: &str) {
    let start = piece.len() - piece.trim_start_matches(['(', '<', '«']).len();
    let end = piece.trim_end_matches([' ', '\u{a0}', ',', ';', '.', ')', '>', '»']).len().max(start);
    let (before, word, after) = (&piece[..start], &piece[start..end], &piece[end..]);
    let plain = |c: u8| c.is_ascii_alphanumeric() || b"-._~:/?#@!$&*+,;=%".contains(&c);
    let is_plain = !word.is_empty() && word.bytes().all(plain);
    let mailbox = |word: &str| word.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
    escape(html, before);
    if is_plain && word.starts_with("https://") {
        html.push_str("<a href=\"");
        escape(html, word);
        html.push_str("\" rel=\"external\">");
        escape(html, word);
        html.push_str("</a>");
    } else if is_plain && mailbox(word) && !word.contains([':', '/', '?', '&']) {
        html.push_str("<a href=\"mailto:");
        escape(html, word);
        html.push_str("\">");
        escape(html, word);
        html.push_str("</a>");
    } else {
        escape(html, word);
    }
    escape(html, after);
}

fn escape(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<p>Début.</p><div class=\"alert\" data-essai><p>Essai</p></div>\n\
        <p>Par <mark data-hebergeur=\"organisme\">[nom]</mark>.</p><p><mark data-hebergeur=\"contact\">[courriel]</mark></p>";

    fn filled(organisme: &str, contact: &str) -> Option<String> {
        Places::new([("organisme", organisme.to_owned()), ("contact", contact.to_owned())]).fill(PAGE)
    }

    #[test]
    fn no_line_ends_before_a_sign_that_cannot_begin_one() {
        let page = filled("Le « Service X » : 3 % au plus ; et après ?", "écrire à a@b.fr ; merci")
            .expect("a page that changes");
        assert!(page.contains("Le «\u{a0}Service X\u{a0}»\u{a0}: 3\u{a0}% au plus\u{a0}; et après\u{a0}?"), "{page}");
        assert!(page.contains("<a href=\"mailto:a@b.fr\">a@b.fr</a>\u{a0}; merci"), "{page}");
    }

    #[test]
    fn a_page_whose_places_are_all_filled_does_not_call_itself_a_trial() {
        assert_eq!(
            filled("Association X.", "Le matin").as_deref(),
            Some("<p>Début.</p><p>Par Association X.</p><p>Le matin</p>")
        );
        let half = filled("Association X", "  ").expect("a page that changes");
        assert!(half.contains("Par Association X.") && half.contains("<p>Essai</p>") && half.contains("[courriel]"));
        assert_eq!(filled("", ""), None, "nothing to write: the page stays as it was built");
        assert_eq!(Places::default().fill("<p>Rien.</p>"), None);
    }

    #[test]
    fn nothing_that_is_written_is_markup_but_its_lines_and_its_addresses() {
        let html = filled("<script>alert(\"1\")</script> & 'co'", "a\nb").expect("a page");
        assert!(html.contains("Par &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;co&#39;."), "{html}");
        assert!(html.contains("<p>a<br>b</p>"), "{html}");
        for (text, expected) in [
            ("a@exemple.fr, le matin", "<a href=\"mailto:a@exemple.fr\">a@exemple.fr</a>, le matin"),
            (
                "(https://exemple.fr/a?b=1&c)",
                "(<a href=\"https://exemple.fr/a?b=1&amp;c\" rel=\"external\">https://exemple.fr/a?b=1&amp;c</a>)",
            ),
            ("javascript:a@b.c", "javascript:a@b.c"),
            ("https://exemple.fr/\"onclick=x", "https://exemple.fr/&quot;onclick=x"),
            ("a@exemple.fr?body=x", "a@exemple.fr?body=x"),
            ("« Vous »", "«\u{a0}Vous\u{a0}»"),
        ] {
            let html = filled("x", text).expect("a page");
            assert!(html.contains(&format!("<p>{expected}</p>")), "{html}");
        }
    }

    #[test]
    fn a_place_that_never_ends_is_left_as_it_is() {
        for odd in
            ["<mark data-hebergeur=\"organisme\">", "<mark data-hebergeur=\"", "<mark data-hebergeur=\"organisme\""]
        {
            assert_eq!(Places::new([("organisme", "X".to_owned())]).fill(odd), None);
        }
    }
}
