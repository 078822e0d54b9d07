//! Why an operator acts, or what they saw: a line for the journal, which holds nothing of anybody.

/// How many characters a reason has at most.
const LONGEST: usize = 300;
/// So many figures in a row are somebody's number: a telephone has ten, a NIR thirteen.
const FIGURES: usize = 10;

/// Why a text is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReasonRefusal {
    /// It is empty.
    #[error("{0} attend un texte : ce qui vous fait agir, ou ce que vous avez vu")]
    Empty(&'static str),
    /// It is too long, or on several lines.
    #[error("{0} : une ligne de 300 caractères au plus est attendue")]
    Shape(&'static str),
    /// It holds a number or an address.
    #[error(
        "{0} est notée au journal, où rien ne désigne une personne : ôtez-en le numéro ou l'adresse ; la référence du compte suffit"
    )]
    Personal(&'static str),
}

/// The reason that was typed after that option.
///
/// # Errors
/// [`ReasonRefusal`] says what is wrong with it.
pub fn parse(option: &'static str, typed: &str) -> Result<String, ReasonRefusal> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(ReasonRefusal::Empty(option));
    }
    if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        return Err(ReasonRefusal::Shape(option));
    }
    // A day, « 12/11/2026 », has eight figures: slashes and hyphens part them from others.
    let mut figures = 0;
    let is_a_number = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '.').any(|sign| {
        figures = if sign.is_numeric() { figures + 1 } else { 0 };
        figures >= FIGURES
    });
    if is_a_number || text.contains('@') { Err(ReasonRefusal::Personal(option)) } else { Ok(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_that_names_nobody() {
        for right in ["appel du titulaire le 12/11/2026", " acte de naissance vu le 2026-11-12 ", "A"] {
            assert_eq!(parse("--raison", right).as_deref(), Ok(right.trim()));
        }
        for (wrong, why) in [
            ("", ReasonRefusal::Empty("--raison")),
            (" \t", ReasonRefusal::Empty("--raison")),
            ("deux\nlignes", ReasonRefusal::Shape("--raison")),
            ("NIR 2 79 03 51 215 189", ReasonRefusal::Personal("--raison")),
            ("appelé au 06.12.34.56.78", ReasonRefusal::Personal("--raison")),
            ("écrit à a@exemple.fr", ReasonRefusal::Personal("--raison")),
        ] {
            assert_eq!(parse("--raison", wrong), Err(why), "{wrong}");
        }
        assert_eq!(parse("--raison", &"é".repeat(301)), Err(ReasonRefusal::Shape("--raison")));
    }
}
