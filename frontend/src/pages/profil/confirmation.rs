//! « Confirmez votre courriel »: a code is sent to the e-mail that nobody proved yet, and typed here; then whoever came from
//! elsewhere goes back there.

use api::requests::SaisieCode;
use api::screens;
use domaine::forms::{ChampCode as C, Faute};
use domaine::identite::CodeCourriel;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use markup::view;

use crate::browser::{clock, focus};
use crate::components::alert::{failure_alert, unavailable};
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::field;
use crate::components::form::formulaire;
use crate::components::guard::BACK;
use crate::components::letter;
use crate::failure::ApiFailure;
use crate::form::{Form, FormSpec, fault_at};
use crate::net;
use crate::net::client;
use crate::session::session;
use crate::wording::formats;

use super::screen::Screen;

static CODE: FormSpec<C> = FormSpec::new(
    "confirmation",
    |_| &letter::CODE_FIELD,
    |form, _| fault_at(C::Code, CodeCourriel::parse(&form.answer(C::Code)).err().map(Faute::Code)),
);

/// The code that left, and where it is typed.
const SENT: &str = "code-parti";

/// What confirms the e-mail of the account.
pub(super) fn confirm(screen: Screen) -> AnyView {
    let form = Form::open(&CODE);
    let until = RwSignal::new(String::new());
    let stays_here = RwSignal::new(false);
    let failure = RwSignal::new(None::<ApiFailure>);
    let under_way = StoredValue::new(false);
    let ask = move || {
        if under_way.get_value() {
            return;
        }
        under_way.set_value(true);
        failure.set(None);
        spawn_local(async move {
            let asked = client::ask_confirmation().await;
            // The screen may have gone meanwhile.
            if under_way.try_set_value(false).is_some() {
                return;
            }
            match asked {
                Ok(view) => {
                    form.clear();
                    stays_here.set(view.stays_here);
                    until.set(formats::hour_of_day(&view.code_until));
                    clock::soon(|| focus::give_focus(SENT));
                }
                Err(refused) => failure.set(Some(refused)),
            }
        });
    };
    let alert = move || failure.get().map(|failure| unavailable("Aucun code n’est parti", &failure, ask));
    let view = move || {
        let until = until.get();
        if until.is_empty() {
            view! {
                <p class="actions">
                    <button class="button" type="button" id="recevoir-un-code" on:click=move |_| ask()>
                        "Recevoir un code"
                    </button>
                </p>
            }
        } else {
            typing(screen, form, until, stays_here.get_untracked(), ask)
        }
    };
    let address = screen.profil.with(|profil| profil.courriel.clone()).unwrap_or_default();
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="confirmer">
            <h2 id="confirmer">"Confirmez votre courriel"</h2>
            <p>
                "Rien ne montre encore que " <strong>{address}</strong> " est bien à vous. D’ici là, vous ne pouvez déclarer ni DIF, ni niveau de diplôme, ni handicap, ni contester une ligne, ni changer de téléphone."
            </p>
            {alert}
            {view}
            <p class="soft">
                "Vous n’avez plus cette adresse\u{202f}? Donnez d’abord la bonne\u{a0}: « Modifier mes coordonnées », plus bas."
            </p>
        </section>
    }
}

fn typing(screen: Screen, form: Form<C>, until: String, stays_here: bool, ask: impl Fn() + Copy + 'static) -> AnyView {
    let session = session();
    let go_to = use_navigate();
    let search = use_location().search.get_untracked();
    // Only our own addresses: a link made by somebody else must not lead elsewhere.
    let back = search
        .trim_start_matches('?')
        .strip_prefix(BACK.trim_start_matches('?'))
        .filter(|back| screens::is_guarded(back))
        .map(str::to_owned);
    let send = move || {
        let (go_to, back) = (go_to.clone(), back.clone());
        form.send(
            move |_| async move {
                client::confirm_courriel(&SaisieCode { code: form.answer(C::Code), ..SaisieCode::default() }).await
            },
            move |()| {
                form.clear();
                net::session::ask(session);
                match back {
                    Some(back) => go_to(&back, NavigateOptions::default()),
                    None => screen.succeed("Votre courriel est confirmé"),
                }
            },
        );
    };
    let here = stays_here.then(|| {
        view! {
            <p class="alert">
                "Cette machine n’envoie rien\u{a0}: ses courriels se lisent dans "
                <a href="/boite" rel="external" target="_blank">"sa boîte aux lettres (nouvel onglet)"</a>
                "."
            </p>
        }
    });
    let content = view! {
        <div class="stack">
            <p id=SENT tabindex="-1">
                "Un code est parti à cette adresse. Il est valable 15\u{a0}minutes, jusqu’à "
                <strong>{until}</strong>
                " (heure de Paris). Regardez aussi dans les courriers indésirables."
            </p>
            {here}
            {summary(form)}
            {field(form, C::Code, letter::CODE)}
            {failure_alert(form, |_| ("Votre courriel n’est pas encore confirmé", None))}
            <div class="actions">
                {submit_button(form, "confirmer-courriel", "Confirmer", "Confirmation…")}
                <button class="button button--quiet" type="button" on:click=move |_| ask()>
                    "Envoyer un autre code"
                </button>
            </div>
        </div>
    };
    formulaire(form, send, content)
}
