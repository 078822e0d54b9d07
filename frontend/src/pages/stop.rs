//! « Ce n’était pas moi »: where the link of a letter leads that stops an account. Nothing is stopped before a press: mail
//! programs follow links by themselves.

use api::probleme::{Code, Probleme};
use api::requests::SaisieArret;
use domaine::forms::ChampCode as C;
use domaine::identite::Token;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::browser::{address, storage};
use crate::components::alert::failure_alert;
use crate::components::button::danger_button;
use crate::components::form::formulaire;
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec};
use crate::net::client;
use crate::session::ACCOUNT_FROZEN;

/// The link is an answer that nobody types: it lives as long as the page, and in no address.
static LINK: FormSpec<C> = FormSpec::new("arret", |_| &FieldSpec::PROOF, |_, _| Vec::new());

/// The screen.
pub fn stop() -> AnyView {
    let form = Form::open(&LINK);
    let token = address::take_anchor();
    if !token.is_empty() {
        form.clear();
        form.prefill(C::Token, &token);
    }
    let go_to = StoredValue::new_local(use_navigate());
    let send = move || {
        let saisie = SaisieArret { token: form.answer(C::Token) };
        if Token::parse(&saisie.token).is_err() {
            form.fail(ApiFailure::Refusal(Probleme::new(Code::StaleLink)));
            return;
        }
        form.send(
            async move |_| client::stop(&saisie).await,
            move |()| {
                form.clear();
                storage::withhold(ACCOUNT_FROZEN, "1");
                go_to.with_value(|go_to| {
                    go_to("/compte-gele", NavigateOptions { replace: true, ..NavigateOptions::default() });
                });
            },
        );
    };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Ce n’était pas moi"</h1>
            <p>
                "Quelqu’un d’autre que vous s’est servi de votre compte de formation, ou vous le craignez\u{202f}? Gelez-le\u{a0}:"
            </p>
            <ul>
                <li>"tous les appareils sont déconnectés aussitôt"</li>
                <li>"plus personne ne peut s’y connecter, pas même avec le bon mot de passe"</li>
                <li>"plus rien ne peut y être changé ni dépensé"</li>
            </ul>
        </div>
        {formulaire(
            form,
            send,
            view! {
                <div class="sheet sheet--close">
                    {failure_alert(form, say)}
                    <div class="actions">
                        {danger_button(form, "geler-mon-compte", "Geler mon compte maintenant", "Gel du compte…")}
                    </div>
                    <aside class="note">
                        <p>
                            <strong>"Rien n’est perdu."</strong>
                            " Vos droits et vos déclarations restent les mêmes, et un compte gelé se rouvre. Vous vous êtes trompé de lien\u{202f}? Fermez cette page\u{a0}: sans ce bouton, rien ne change."
                        </p>
                    </aside>
                </div>
            }
        )}
    }
}

fn say(failure: &ApiFailure) -> (&'static str, Option<&'static str>) {
    match failure.code() {
        Some(Code::StaleLink) => (
            "Ce lien n’arrête plus rien",
            Some(
                "Il a déjà servi et le compte a été rouvert depuis, il a plus de trente jours, ou une partie en manque. Pour geler votre compte, ouvrez le lien d’un courriel plus récent, ou connectez-vous\u{a0}: «\u{a0}Geler mon compte\u{a0}» est dans «\u{a0}Mes accès\u{a0}».",
            ),
        ),
        _ => ("Votre compte n’est pas gelé", None),
    }
}
