//! « Ouvrir mon compte »: where the link of a letter leads. Nothing is opened before a press.

use api::accounts::SessionView;
use api::probleme::{Code, Probleme};
use api::requests::SaisieCode;
use domaine::forms::{ChampCode as C, Faute};
use domaine::identite::Token;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::browser::{address, clock, focus};
use crate::components::alert::failure_alert;
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec};
use crate::net::client;
use crate::session::session;

/// The link is an answer that nobody types: it lives as long as the page, and in no address.
static LINK: FormSpec<C> = FormSpec::new("lien", field_spec, |_, _| Vec::new());

const fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Code | C::Token | C::MotDePasse => {
            &FieldSpec { label: "Mot de passe choisi à l’inscription", ..FieldSpec::PROOF }
        }
    }
}

/// The screen.
pub fn confirmation() -> AnyView {
    let form = Form::open(&LINK);
    let token = address::take_anchor();
    if !token.is_empty() {
        form.clear();
        form.prefill(C::Token, &token);
    }
    let session = session();
    let go_to = StoredValue::new_local(use_navigate());
    // In another browser than the one that signed up.
    let asked = RwSignal::new(false);
    let send = move || {
        let saisie = SaisieCode {
            token: form.answer(C::Token),
            mot_de_passe: form.answer(C::MotDePasse),
            ..SaisieCode::default()
        };
        if Token::parse(&saisie.token).is_err() {
            form.fail(ApiFailure::Refusal(Probleme::new(Code::StaleLink)));
            return;
        }
        let open = async move |_| match client::confirm(&saisie).await {
            // The first time it is a question, and no fault.
            Err(failure) if !asked.get_untracked() && wants_password(&failure) => Ok(None),
            answer => answer.map(Some),
        };
        form.send(open, move |view: Option<SessionView>| match view {
            Some(view) => {
                form.clear();
                session.welcome(view);
                go_to.with_value(|go_to| {
                    go_to("/solde", NavigateOptions { replace: true, ..NavigateOptions::default() });
                });
            }
            None => {
                asked.set(true);
                clock::soon(|| focus::give_focus("mot-de-passe"));
            }
        });
    };
    let question = move || {
        asked.get().then(|| {
            view! {
                <p>
                    "Ce n’est pas dans ce navigateur que ce compte a été demandé. Pour que personne d’autre ne l’ouvre, saisissez le mot de passe choisi à l’inscription."
                </p>
                {field(form, C::MotDePasse, Options::MOT_DE_PASSE)}
            }
        })
    };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Ouvrir mon compte"</h1>
            {summary(form)}
            <p>"Vous avez demandé un compte, et cette adresse est bien la vôtre\u{a0}: il ne reste qu’à l’ouvrir."</p>
        </div>
        {formulaire(
            form,
            send,
            view! {
                <div class="sheet sheet--close">
                    {question}
                    {failure_alert(form, say)}
                    <div class="actions">
                        {submit_button(form, "ouvrir-mon-compte", "Ouvrir mon compte", "Ouverture du compte…")}
                    </div>
                    <aside class="note">
                        <p>
                            <strong>"Vous n’avez rien demandé\u{202f}?"</strong>
                            " Fermez cette page\u{a0}: sans ce bouton aucun compte n’est ouvert, et la demande s’efface d’elle-même en 24\u{a0}heures."
                        </p>
                    </aside>
                </div>
            }
        )}
    }
}

fn wants_password(failure: &ApiFailure) -> bool {
    matches!(failure, ApiFailure::Refusal(probleme) if probleme.errors.iter().any(|e| e.faute == Faute::MissingMotDePasse))
}

fn say(failure: &ApiFailure) -> (&'static str, Option<&'static str>) {
    match failure.code() {
        Some(Code::StaleLink) => (
            "Ce lien n’ouvre plus de compte",
            Some(
                "Il a déjà servi, il a plus de 24\u{a0}heures, ou une partie en manque. Si votre compte est ouvert, connectez-vous\u{a0}; sinon ouvrez le lien du courriel le plus récent, ou créez votre compte de nouveau.",
            ),
        ),
        None if *failure == ApiFailure::NotKept => {
            ("Votre compte est ouvert, mais votre navigateur n’a pas gardé la connexion", None)
        }
        _ => ("Votre compte n’est pas encore ouvert", None),
    }
}
