//! What a person can change of their profile: how to reach them. The form opens in its own part of the screen.

use api::accounts::{ProfilView, SaisieCoordonnees};
use domaine::forms::ChampCoordonnees;
use leptos::prelude::*;
use markup::view;

use crate::components::alert::{failure_alert, recovered};
use crate::components::button::submit_button;
use crate::components::contact;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::form::{AnyForm, FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::session::CONTACT;
use crate::wording::formats;

use super::pending;
use super::screen::{Part, Screen};

static COORDONNEES: FormSpec<ChampCoordonnees> =
    FormSpec::new(CONTACT, contact_spec, |form, today| faults(&coordonnees(form), today)).drafted();

fn contact_spec(champ: ChampCoordonnees) -> &'static FieldSpec {
    match champ {
        ChampCoordonnees::TelephoneFixe => &contact::FIXE,
        ChampCoordonnees::TelephoneMobile => &contact::MOBILE,
        ChampCoordonnees::Courriel => &contact::COURRIEL,
        ChampCoordonnees::CurrentMotDePasse => {
            &FieldSpec { label: "Mot de passe, pour changer de courriel", ..FieldSpec::RAW }
        }
    }
}

fn coordonnees(form: Form<ChampCoordonnees>) -> SaisieCoordonnees {
    SaisieCoordonnees {
        telephone_fixe: form.answer(ChampCoordonnees::TelephoneFixe),
        telephone_mobile: form.answer(ChampCoordonnees::TelephoneMobile),
        courriel: form.answer(ChampCoordonnees::Courriel),
        current_mot_de_passe: form.answer(ChampCoordonnees::CurrentMotDePasse),
    }
}

pub(super) fn change_coordonnees(screen: Screen) -> AnyView {
    let form = Form::open(&COORDONNEES);
    // What is known fills the form once; what the person typed before looking elsewhere stays.
    if form.is_blank() {
        screen.profil.with(|profil| {
            let telephone = |e164: &Option<String>| e164.as_deref().map(formats::telephone).unwrap_or_default();
            // What was asked, where it waits: it is there to be mended.
            let (fixe, mobile, courriel) = match &profil.change {
                Some(change) => (&change.telephone_fixe, &change.telephone_mobile, change.courriel.as_ref()),
                None => (&profil.telephone_fixe, &profil.telephone_mobile, None),
            };
            form.prefill(ChampCoordonnees::TelephoneFixe, &telephone(fixe));
            form.prefill(ChampCoordonnees::TelephoneMobile, &telephone(mobile));
            form.prefill(ChampCoordonnees::Courriel, courriel.unwrap_or(&profil.courriel));
        });
    }
    let send = move || {
        form.send(
            move |_| async move { client::ask_change(&coordonnees(form)).await },
            move |profil: ProfilView| {
                form.clear();
                if profil.change.is_some() {
                    pending::sent(screen, profil);
                } else {
                    screen.profil.set(profil);
                    screen.succeed("Rien n’a changé\u{a0}: vos coordonnées sont celles d’avant");
                }
            },
        );
    };
    let content = view! {
        <div class="sheet sheet--close">
            {summary(form)}
            {recovered(form, "pas gardé votre mot de passe.")}
            <p>"Rien ne change avant que vous tapiez le code que nous vous écrivons."</p>
            {contact::telephones(form.at(ChampCoordonnees::TelephoneFixe), form.at(ChampCoordonnees::TelephoneMobile))}
            {contact::courriel(form.at(ChampCoordonnees::Courriel), contact::TO_CONNECT)}
            {field(
                form,
                ChampCoordonnees::CurrentMotDePasse,
                Options { hint: "Laissez vide si le courriel ne change pas", ..Options::MOT_DE_PASSE }
            )}
            {failure_alert(form, |_| ("Rien n’a changé, et aucun code n’est parti", None))}
            <div class="actions">
                {submit_button(form, "demander-changement", "Demander ce changement", "Envoi…")}
                {cancel(screen, form, Part::Coordonnees, "Annuler")}
            </div>
        </div>
    };
    formulaire(form, send, content.into_any())
}

pub(super) fn cancel(screen: Screen, form: impl Into<AnyForm>, part: Part, said: &'static str) -> AnyView {
    let form = form.into();
    let cancel = move |_| {
        form.clear();
        screen.close(part);
    };
    view! { <button class="button button--quiet" type="button" on:click=cancel>{said}</button> }
}
