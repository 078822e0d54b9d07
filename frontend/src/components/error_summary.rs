//! After a refused submission: what is to be mended, each with a link to its field. Shrinks as it is mended.

use leptos::prelude::*;

use crate::form::Form;
use crate::navigateur;
use crate::textes::erreurs;

/// The summary of this form; empty before a refused submission. It takes the focus when it appears.
pub fn resume(form: Form) -> AnyView {
    let nom = form.modele().nom;
    let id = [nom, "-bilan"].concat();
    let titre = move || match form.bilan().read().len() {
        0 => String::new(),
        1 => "Il reste 1 réponse à corriger".into(),
        n => ["Il reste ", &n.to_string(), " réponses à corriger"].concat(),
    };
    let ligne = move |(rang, faute)| {
        let meta = form.meta(rang);
        let texte = [meta.label, "\u{a0}: ", &minuscule(&erreurs::phrase(&faute, meta.id))].concat();
        let aller = move |evenement: leptos::ev::MouseEvent| {
            evenement.prevent_default();
            navigateur::donner_focus(meta.id);
        };
        view! { <li><a href=["#", meta.id].concat() on:click=aller>{texte}</a></li> }
    };
    // The box itself is built once per refusal: while it shrinks, the focus inside it survives.
    let ouvert = Memo::new(move |_| !form.bilan().read().is_empty());
    let cadre = move || {
        ouvert.get().then(|| {
            view! {
                <div class="error-summary" id=id.clone() role="group" tabindex="-1" aria-labelledby=[nom, "-titre"].concat()>
                    <h2 class="error-summary__title" id=[nom, "-titre"].concat()>{titre}</h2>
                    <ul class="error-summary__list">
                        {move || form.bilan().get().into_iter().map(ligne).collect::<Vec<_>>()}
                    </ul>
                </div>
            }
        })
    };
    view! {
        {cadre}
        <p class="visually-hidden" role="status">{titre}</p>
    }
    .into_any()
}

/// A sentence that follows a colon starts in lower case.
fn minuscule(phrase: &str) -> String {
    let mut caracteres = phrase.chars();
    let premier = caracteres.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default();
    [&premier, caracteres.as_str()].concat()
}
