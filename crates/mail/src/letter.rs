//! A letter: what it says, once, from which its text and its HTML are both made. No occasion here.

use domaine::typography::unbroken;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What is under every letter. Nobody is ever asked for anything by mail: whoever asks is a thief.
const FOOT: [&str; 2] = [
    "Personne ne vous demandera jamais votre mot de passe, ni un code reçu par courriel : ni au téléphone, ni par SMS, ni \
     par courriel.",
    "Ce message vous est envoyé parce qu’il concerne votre compte, ou une demande faite avec votre adresse. Il ne contient ni \
     publicité ni suivi, et il n’attend pas de réponse.",
];

/// A part of a letter. No `Debug`: it may hold a code.
#[derive(Clone)]
enum Block {
    Paragraph(String),
    Facts(Vec<(&'static str, String)>),
    Code(String),
    Way { label: &'static str, address: String },
}

/// What a letter says. No `Debug`.
#[derive(Clone)]
pub struct Letter {
    /// Its subject.
    pub subject: String,
    blocks: Vec<Block>,
}

impl Letter {
    /// A letter that says nothing yet.
    pub(crate) fn about(subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), blocks: Vec::new() }
    }

    /// A paragraph more.
    #[must_use]
    pub(crate) fn says(mut self, paragraph: impl Into<String>) -> Self {
        self.blocks.push(Block::Paragraph(paragraph.into()));
        self
    }

    /// What happened, as a list of what and which.
    #[must_use]
    pub(crate) fn with(mut self, facts: Vec<(&'static str, String)>) -> Self {
        self.blocks.push(Block::Facts(facts));
        self
    }

    /// A code to copy, alone on its line.
    #[must_use]
    pub(crate) fn shows(mut self, code: String) -> Self {
        self.blocks.push(Block::Code(code));
        self
    }

    /// Where to go.
    #[must_use]
    pub(crate) fn leads(mut self, label: &'static str, address: String) -> Self {
        self.blocks.push(Block::Way { label, address });
        self
    }

    /// As a text.
    pub fn text(&self) -> String {
        let mut lines = vec!["Bonjour,".to_owned()];
        for block in &self.blocks {
            lines.push(match block {
                Block::Paragraph(text) => text.clone(),
                Block::Facts(facts) => {
                    let facts: Vec<_> = facts.iter().map(|(what, which)| format!("- {what} : {which}")).collect();
                    facts.join("\n")
                }
                Block::Code(code) => format!("    {code}"),
                Block::Way { label, address } => format!("{label} :\n{address}"),
            });
        }
        lines.push("Acquis".to_owned());
        lines.push(format!("-- \n{}", FOOT.join("\n")));
        lines.join("\n\n") + "\n"
    }

    /// As a page that asks for nothing from anywhere.
    pub fn html(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="fr" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="supported-color-schemes" content="light dark";
                    title { (self.subject) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    div.page role="article" aria-label=(self.subject) {
                        p.name { "Acquis" }
                        h1 { (unbroken(&self.subject)) }
                        p { "Bonjour," }
                        @for block in &self.blocks { (part(block)) }
                        hr;
                        @for line in FOOT { p.foot { (unbroken(line)) } }
                    }
                }
            }
        };
        page.into_string()
    }
}

fn part(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Paragraph(text) => p { (unbroken(text)) },
            Block::Facts(facts) => ul {
                @for (what, which) in facts { li { (what) "\u{a0}: " strong { (unbroken(which)) } } }
            },
            Block::Code(code) => p.code { (code) },
            // The address is also written out: a link that cannot be seen is what a thief sends.
            Block::Way { label, address } => p {
                a.way href=(address) target="_blank" rel="noopener" { (label) }
                br;
                span.address { (address) }
            },
        }
    }
}

/// Read by mail programs of every age: a colour that one of them does not know is the other, and both can be read.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{margin:0;padding:0;background:#f4f5f7;color:#1b1f2a;font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif}\
.page{max-width:560px;margin:0 auto;padding:24px 20px 32px;background:#fff;box-sizing:border-box;overflow-wrap:anywhere}\
.name{margin:0 0 20px;font-weight:700;color:#2a3f8f}\
h1{margin:0 0 20px;font-size:22px;line-height:1.3}\
p,ul{margin:0 0 16px}\
ul{padding-left:20px}\
li{margin:0 0 4px}\
.code{font-size:32px;font-weight:700;line-height:1.3;letter-spacing:2px;white-space:nowrap}\
.way{display:inline-block;margin:4px 0 8px;padding:12px 18px;border-radius:6px;background:#2a3f8f;color:#fff;font-weight:600;text-decoration:none}\
.address,.foot{font-size:14px;color:#505869}\
hr{margin:28px 0 16px;border:0;border-top:1px solid #d5d9e2}\
@media (prefers-color-scheme:dark){\
body{background:#12151d;color:#e8eaf0}\
.page{background:#1b1f2a}\
.name{color:#b4c3ff}\
.way{background:#b4c3ff;color:#12151d}\
.address,.foot{color:#b3bac9}\
hr{border-color:#3a4152}\
}";

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter::about("Votre mot de passe a changé")
            .says("Le mot de passe <de> votre compte & le reste.")
            .with(vec![("Quand", "le 28 novembre 2026 à 10 h 05".to_owned())])
            .shows("041 837".to_owned())
            .leads("Voir mon compte", "https://acquis.example/profil".to_owned())
    }

    #[test]
    fn the_text_and_the_page_say_the_same() {
        let (text, html) = (letter().text(), letter().html());
        let words = [
            "Le mot de passe ",
            "Quand",
            "le 28 novembre 2026 à 10 h 05",
            "041 837",
            "Voir mon compte",
            "https://acquis.example/profil",
        ];
        for said in words.iter().chain(&FOOT) {
            assert!(text.contains(said), "{said} in {text}");
            assert!(html.contains(&unbroken(said)), "{said} in {html}");
        }
        let (_, body) = html.split_once("<body>").expect("a body");
        assert!(![" :", " ;", " ?", " !", "« "].iter().any(|loose| body.contains(loose)), "{body}");
    }

    #[test]
    fn what_somebody_typed_is_never_markup() {
        let html = letter().html();
        assert!(html.contains("&lt;de&gt; votre compte &amp; le reste"), "{html}");
    }

    #[test]
    fn a_letter_asks_nothing_from_anywhere() {
        let html = letter().html();
        for asked in ["<img", "<script", "<link", "url(", "src=", "@import", "<form"] {
            assert!(!html.contains(asked), "{asked} in {html}");
        }
    }
}
