//! « Mot de passe »: another one, with the one of today; every other device is signed out.

use api::accounts::SaisieMotDePasse;
use domaine::forms::ChampMotDePasse;
use leptos::prelude::*;
use markup::view;

use crate::browser::{clock, focus};
use crate::components::again::Again;
use crate::components::alert::failure_alert;
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field, password};
use crate::components::form::formulaire;
use crate::components::second_step;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;

use super::screen::Screen;

/// The button that opens the form, and takes the focus back when it closes.
const CHANGE: &str = "changer-mot-de-passe";

static MOT_DE_PASSE: FormSpec<ChampMotDePasse> =
    FormSpec::new("changement", password_spec, |form, today| faults(&mots_de_passe(form), today))
        .prefixed("changement-");

/// The first field of the form.
const FIRST: &str = "changement-mot-de-passe-actuel";

fn password_spec(champ: ChampMotDePasse) -> &'static FieldSpec {
    match champ {
        ChampMotDePasse::Current => &FieldSpec { label: "Mot de passe actuel", ..FieldSpec::RAW },
        ChampMotDePasse::Code => &second_step::CODE,
        ChampMotDePasse::Secours => &second_step::KEPT,
        ChampMotDePasse::New => &FieldSpec { label: "Nouveau mot de passe", ..FieldSpec::RAW },
    }
}

fn mots_de_passe(form: Form<ChampMotDePasse>) -> SaisieMotDePasse {
    SaisieMotDePasse {
        current: form.answer(ChampMotDePasse::Current),
        code: form.answer(ChampMotDePasse::Code),
        secours: form.answer(ChampMotDePasse::Secours),
        new: form.answer(ChampMotDePasse::New),
    }
}

/// The section.
pub(super) fn section(screen: Screen) -> AnyView {
    let open = move |_| {
        screen.fact.set(None);
        screen.changing.set(true);
        clock::soon(|| focus::give_focus(FIRST));
    };
    let content = move || {
        if screen.changing.get() {
            change(screen)
        } else {
            view! {
                <p class="actions">
                    <button class="button button--quiet button--small" type="button" id=CHANGE on:click=open>
                        "Changer le mot de passe"
                    </button>
                </p>
            }
        }
    };
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="secret">
            <h2 id="secret">"Mot de passe"</h2>
            {content}
        </section>
    }
}

fn change(screen: Screen) -> AnyView {
    let form = Form::open(&MOT_DE_PASSE);
    let again = Again::new(screen.second_step);
    let send = move || {
        form.send(
            move |_| async move {
                let typed = mots_de_passe(form);
                let secours = again.secours(&typed.secours);
                client::change_mot_de_passe(&SaisieMotDePasse { secours, ..typed }).await
            },
            move |()| {
                form.clear();
                again.served();
                screen.connexions.reread();
                screen.succeed("Votre mot de passe est changé ; les autres appareils sont déconnectés");
            },
        );
    };
    let cancel = move |_| {
        form.clear();
        screen.changing.set(false);
        clock::soon(|| focus::give_focus(CHANGE));
    };
    let content = view! {
        <div class="sheet sheet--close">
            {summary(form)}
            {field(form, ChampMotDePasse::Current, Options { enterkeyhint: "next", ..Options::MOT_DE_PASSE })}
            {again.field(form.at(ChampMotDePasse::Code), form.at(ChampMotDePasse::Secours))}
            {password(
                form,
                ChampMotDePasse::New,
                Options::NEW_MOT_DE_PASSE,
            )}
            {failure_alert(form, |_| ("Votre mot de passe n’est pas encore changé", None))}
            <div class="actions">
                {submit_button(form, "enregistrer-mot-de-passe", "Changer le mot de passe", "Changement…")}
                <button class="button button--quiet" type="button" on:click=cancel>"Annuler"</button>
            </div>
        </div>
    };
    formulaire(form, send, content.into_any())
}
