//! « Confirmez ce changement »: the codes that were sent to the present address, to the new one or to both, and what to do when one
//! does not come. What is changed is in `changes`.

use std::future::Future;

use api::accounts::{ChangeView, ProfilView, SaisieCodes};
use api::probleme::Code;
use domaine::forms::ChampCodes as C;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::browser::{clock, focus};
use crate::components::alert::{error_alert, phrase};
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::components::letter;
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net;
use crate::net::client;
use crate::session::session;
use crate::wording::formats;

use super::known::contacts;
use super::screen::{Part, Screen};

static CODES: FormSpec<C> = FormSpec::new("changement-codes", code_field, |form, today| faults(&saisie(form), today));

const fn code_field(champ: C) -> &'static FieldSpec {
    match champ {
        C::Present => &FieldSpec { label: "Code envoyé à l’adresse actuelle", ..letter::CODE_FIELD },
        C::New => &FieldSpec { label: "Code envoyé à la nouvelle adresse", ..letter::CODE_FIELD },
    }
}

fn saisie(form: Form<C>) -> SaisieCodes {
    SaisieCodes { present: form.answer(C::Present), new: form.answer(C::New) }
}

/// Where the person goes on once codes left.
const SENT: &str = "codes-partis";

/// Codes left: the change is shown, and waits for them.
pub(super) fn sent(screen: Screen, profil: ProfilView) {
    screen.opened.set(None);
    screen.fact.set(None);
    screen.profil.set(profil);
    clock::soon(|| focus::give_focus(SENT));
}

/// The codes of the change that waits.
pub(super) fn prove(screen: Screen, present: &str, change: &ChangeView) -> AnyView {
    let form = Form::open(&CODES);
    let session = session();
    let send = move || {
        form.send(
            move |_| async move { client::confirm_change(&saisie(form)).await },
            move |profil| {
                form.clear();
                screen.profil.set(profil);
                // An address that is proved raises what may be done.
                net::session::ask(session);
                screen.succeed("Vos coordonnées sont enregistrées");
            },
        );
    };
    let again = move |_| press(form, client::other_codes(), move |profil| sent(screen, profil));
    let give_up = move |_| {
        press(form, client::give_up_change(), move |profil| {
            screen.profil.set(profil);
            screen.succeed("Rien n’a changé\u{a0}: vos coordonnées sont celles d’avant");
        });
    };
    let mend = move |_| screen.open(Part::Coordonnees);
    let refused = move || {
        let failure = form.failure().get().filter(|failure| failure.code() != Some(Code::SessionRequired))?;
        Some(error_alert("Vos coordonnées n’ont pas changé", phrase(&failure), None))
    };
    let codes = |champ, enterkeyhint| field(form, champ, Options { enterkeyhint, ..letter::CODE });
    let (old, new) = (change.asks_present, change.courriel.as_deref());
    let to = match (old, new) {
        (true, Some(new)) => {
            view! { "Un code est parti à " <strong>{present.to_owned()}</strong> ", un autre à " <strong>{new.to_owned()}</strong> }
        }
        (_, new) => view! { "Un code est parti à " <strong>{new.unwrap_or(present).to_owned()}</strong> },
    };
    let both = old && new.is_some();
    let lost = both.then(|| {
        view! {
            <p class="soft">
                "Vous ne lisez plus l’adresse actuelle\u{202f}? La personne qui tient ce service peut la remplacer, si vous prouvez qui vous êtes. "
                <a href="/aide">"La joindre"</a>
            </p>
        }
    });
    let content = view! {
        <div class="sheet sheet--close">
            <h3 id=SENT tabindex="-1">"Confirmez ce changement"</h3>
            <p>"Rien n’a encore changé. Vous avez demandé\u{a0}:"</p>
            {contacts(&change.telephone_fixe, &change.telephone_mobile, new.unwrap_or(present))}
            <p>
                {to}
                {if both { ". Ils sont valables" } else { ". Il est valable" }}
                " 15\u{a0}minutes, jusqu’à "
                <strong>{formats::hour_of_day(&change.code_until)}</strong>
                " (heure de Paris). Regardez aussi dans les courriers indésirables."
            </p>
            {change.stays_here.then(letter::stays_here)}
            {summary(form)}
            {old.then(|| codes(C::Present, if both { "next" } else { "go" }))}
            {new.map(|_| codes(C::New, "go"))}
            {refused}
            <div class="actions">
                {submit_button(form, "confirmer-changement", "Confirmer le changement", "Confirmation…")}
                <button class="button button--quiet" type="button" on:click=again>
                    {if both { "Envoyer d’autres codes" } else { "Envoyer un autre code" }}
                </button>
                <button class="button button--quiet" type="button" id=Part::Coordonnees.button() on:click=mend>
                    "Corriger ma demande"
                </button>
                <button class="button button--quiet" type="button" on:click=give_up>"Ne rien changer"</button>
            </div>
            {lost}
        </div>
    };
    formulaire(form, send, content)
}

/// Asks for what is no form; a refusal stands where those of the codes do.
fn press(
    form: Form<C>,
    asked: impl Future<Output = Result<ProfilView, ApiFailure>> + 'static,
    then: impl Fn(ProfilView) + 'static,
) {
    spawn_local(async move {
        match asked.await {
            Ok(profil) => {
                form.clear();
                then(profil);
            }
            Err(failure) => form.fail(failure),
        }
    });
}
