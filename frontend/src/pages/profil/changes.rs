//! What a person can change of their profile: how to reach them, and whether there is an account.
//! Each form opens in its own part of the screen.

use api::accounts::{AccountClosing, ProfilView, SaisieCoordonnees};
use api::dif::DifView;
use api::routes;
use domaine::droits::DifOffer;
use domaine::forms::{Champ, ChampCoordonnees, ChampMotDePasse, Faute};
use domaine::mesures::Hours;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::browser::storage;
use crate::components::alert::{failure_alert, recovered};
use crate::components::button::{danger_button, submit_button};
use crate::components::contact;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::form::{AnyForm, FieldSpec, Form, FormSpec, fault_at, faults};
use crate::net::client;
use crate::net::remote::Remote;
use crate::session::{ACCOUNT_CLOSED, CONTACT, session};
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

/// What is asked before an account is closed; its answer is judged by the server alone, once there is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ChampClosing {
    MotDePasse,
}

impl Champ for ChampClosing {
    const ALL: &'static [Self] = &[Self::MotDePasse];

    fn id(self) -> &'static str {
        ChampMotDePasse::Current.id()
    }
}

static CLOSING: FormSpec<ChampClosing> = FormSpec::new(
    "fermeture",
    |champ| match champ {
        ChampClosing::MotDePasse => &FieldSpec { label: "Mot de passe, pour confirmer", ..FieldSpec::RAW },
    },
    |form, _| {
        let empty = form.answer(ChampClosing::MotDePasse).is_empty();
        fault_at(ChampClosing::MotDePasse, empty.then_some(Faute::MissingMotDePasse))
    },
)
.prefixed("fermeture-");

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

pub(super) fn close_account(screen: Screen) -> AnyView {
    let form = Form::open(&CLOSING);
    let session = session();
    let go_to = use_navigate();
    let send = move || {
        let go_to = go_to.clone();
        form.send(
            move |_| async move {
                let mot_de_passe = form.answer(ChampClosing::MotDePasse);
                client::close_account(&AccountClosing { mot_de_passe }).await
            },
            move |()| {
                session.close();
                storage::withhold(ACCOUNT_CLOSED, "1");
                go_to("/", NavigateOptions { replace: true, ..NavigateOptions::default() });
            },
        );
    };
    let dif = Remote::new(client::dif);
    // What the person told themselves comes back from nobody else; until it is known, what holds for all is said.
    let lost_dif = move || {
        let said = dif.answer().with(|answer| match answer {
            Some(Ok(dif)) => lost(dif),
            _ => Some("Des heures de DIF déclarées ici ne reviendraient pas d’elles-mêmes.".into()),
        });
        said.map(|said| view! { <p>{said}</p> })
    };
    let content = view! {
        <div class="alert alert--error">
            <h3 class="alert__title" id="fermeture-titre" tabindex="-1">"Fermer ce compte efface ce qu’il contient"</h3>
            <p>"Vos coordonnées, vos déclarations et leurs attestations seront effacées."</p>
            <p>
                "Ce que vos employeurs ont déclaré n’est pas effacé\u{a0}: ces droits reviendraient dans un nouveau compte."
            </p>
            {lost_dif}
            <p><a href=routes::EXPORT download="mes-donnees.json">"Télécharger d’abord mes données"</a></p>
            {summary(form)}
            {field(form, ChampClosing::MotDePasse, Options::MOT_DE_PASSE)}
            {failure_alert(form, |_| ("Votre compte n’est pas fermé", None))}
            <div class="actions">
                {danger_button(form, "confirmer-fermeture", "Fermer définitivement", "Fermeture…")}
                {cancel(screen, form, Part::Closing, "Garder mon compte")}
            </div>
        </div>
    };
    formulaire(form, send, content.into_any())
}

/// What becomes of the DIF that this person declared; nothing when they declared none.
fn lost(dif: &DifView) -> Option<String> {
    (dif.hours > Hours::ZERO).then(|| {
        let hours = [
            "Vos ",
            &formats::hours_in_words(dif.hours),
            " de DIF (",
            &formats::euros(dif.euros),
            ") seront effacées du solde",
        ];
        let then = match dif.outlook.dif {
            DifOffer::Open | DifOffer::NoRoom => ". Il faudrait les déclarer de nouveau, avec leur attestation.",
            DifOffer::PastLastDay => " pour toujours\u{a0}: le DIF ne peut plus être déclaré.",
            DifOffer::AccountStopped => " pour toujours\u{a0}: votre compte ne reçoit plus de droits.",
        };
        [&hours.concat(), then].concat()
    })
}

fn cancel(screen: Screen, form: impl Into<AnyForm>, part: Part, said: &'static str) -> AnyView {
    let form = form.into();
    let cancel = move |_| {
        form.clear();
        screen.close(part);
    };
    view! { <button class="button button--quiet" type="button" on:click=cancel>{said}</button> }
}
