//! The mailbox of a machine that sends nothing: its letters on one page, as a person reads them.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use store::{Store, StoreResult};
use vault::Vault;

use crate::moment::moment;
use crate::writer::{Sealed, unseal};

/// Letters shown at once.
const SHOWN: i64 = 50;

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{margin:0;font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;background:#f4f5f7;color:#1b1f2a}\
main{max-width:640px;margin:0 auto;padding:24px 16px 48px;overflow-wrap:anywhere}\
h1{font-size:26px;line-height:1.25}\
h2{font-size:19px;line-height:1.3;margin:0}\
article{margin:24px 0;padding:20px;border:1px solid #d5d9e2;border-radius:8px;background:#fff}\
article p{margin:4px 0 16px;color:#505869}\
iframe{display:block;box-sizing:border-box;width:100%;height:560px;border:1px solid #d5d9e2;border-radius:4px}\
summary{margin-top:12px;padding:8px 0;cursor:pointer}\
pre{white-space:pre-wrap;margin:0;font-size:14px}\
:focus-visible{outline:3px solid #2a3f8f;outline-offset:2px}\
@media (prefers-color-scheme:dark){\
body{background:#12151d;color:#e8eaf0}\
article{background:#1b1f2a;border-color:#3a4152}\
article p{color:#b3bac9}\
iframe{border-color:#3a4152}\
:focus-visible{outline-color:#b4c3ff}\
}";

/// A letter that stayed here. No `Debug`: it is somebody's.
pub struct KeptLetter {
    /// When it was posted, in milliseconds.
    pub posted_on: i64,
    /// To which mailbox.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// As a text.
    pub text: String,
    /// As a page.
    pub html: String,
}

/// The letters that stayed here, the last first; at most so many.
///
/// # Errors
/// [`store::StoreError`] when the database fails.
pub async fn kept_letters(store: &Store, vault: &Vault, most: i64) -> StoreResult<Vec<KeptLetter>> {
    let kept = store.kept_letters(most).await?;
    let open = |letter: &store::KeptLetter| {
        // Under another key: not of this server any more.
        let Sealed { to, subject, text, html } = unseal(vault, &letter.id, &letter.sealed).ok()?;
        Some(KeptLetter { posted_on: letter.posted_on, to, subject, text, html })
    };
    Ok(kept.iter().filter_map(open).collect())
}

/// The page of the letters that stayed here, the last first. It asks for no script, and each letter stands in a frame
/// that can open its links, and nothing else.
///
/// # Errors
/// [`store::StoreError`] when the database fails.
pub async fn mailbox_page(store: &Store, vault: &Vault) -> StoreResult<String> {
    Ok(page(&kept_letters(store, vault, SHOWN).await?).into_string())
}

fn page(letters: &[KeptLetter]) -> Markup {
    html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Boîte aux lettres de cette machine – Acquis" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { "Boîte aux lettres de cette machine" }
                    p {
                        "Ce serveur n’envoie aucun courriel : ce qu’il écrirait aux titulaires se lit ici, et ici seulement. "
                        "Rechargez la page pour voir ce qui vient d’arriver."
                    }
                    @if letters.is_empty() { p { "Aucune lettre pour le moment." } }
                    @for letter in letters {
                        article {
                            h2 { (letter.subject) }
                            p { "À " (letter.to) ", " (moment(letter.posted_on)) }
                            iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title={ "Lettre : " (letter.subject) } srcdoc=(letter.html) {}
                            details {
                                summary { "La même en texte" }
                                pre { (letter.text) }
                            }
                        }
                    }
                }
            }
        }
    }
}
