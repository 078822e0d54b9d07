//! « Fermer mon compte »: what is erased and what stays, when, and what is asked before.

use api::accounts::ClosingView;
use api::dif::DifView;
use api::routes;
use api::second_step::SaisiePreuves;
use domaine::droits::DifOffer;
use domaine::forms::ChampPreuves as C;
use domaine::mesures::Hours;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::browser::storage;
use crate::components::again::Again;
use crate::components::alert::failure_alert;
use crate::components::button::danger_button;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::components::second_step;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::net::remote::Remote;
use crate::session::{ACCOUNT_CLOSED, session};
use crate::wording::formats;

use super::changes::cancel;
use super::screen::{Part, Screen, open};

static FORM: FormSpec<C> = FormSpec::new(
    "fermeture",
    |champ| match champ {
        C::MotDePasse => &FieldSpec { label: "Mot de passe, pour confirmer", ..FieldSpec::PROOF },
        C::Code => &second_step::CODE,
        C::Secours => &second_step::KEPT,
    },
    |form, today| faults(&saisie(form), today),
)
.prefixed("fermeture-");

fn saisie(form: Form<C>) -> SaisiePreuves {
    SaisiePreuves {
        mot_de_passe: form.answer(C::MotDePasse),
        code: form.answer(C::Code),
        secours: form.answer(C::Secours),
    }
}

/// The section, where an account closes on these terms.
pub(super) fn section(screen: Screen, terms: &ClosingView) -> AnyView {
    if terms.excluded {
        return view! {
            <p>
                "Ici, un compte ne se ferme pas\u{a0}: le Code du travail (article R6323-38) excepte ce système du droit à l’effacement et du droit d’opposition. Vos données sont gardées trois ans après un décès (article R6323-39). Vous pouvez les consulter, les emporter et demander qu’elles soient corrigées."
            </p>
        };
    }
    if terms.asked.is_some() {
        return view! { <p>"Sa fermeture est demandée\u{a0}: en haut de cet écran, vous pouvez encore garder votre compte."</p> };
    }
    let on = terms.erased_on.as_deref().map(formats::instant);
    if screen.opened.get() == Some(Part::Closing) {
        return asked(screen, on);
    }
    let when = match on {
        Some(on) => [
            "Vos coordonnées et vos déclarations seraient effacées le ",
            &on,
            "\u{a0}; d’ici là, vous pourriez le garder.",
        ]
        .concat(),
        None => "Vos coordonnées et vos déclarations seront effacées.".to_owned(),
    };
    view! {
        <p>{when} " Une confirmation vous sera demandée."</p>
        {open(screen, Part::Closing, "button button--danger button--small", "Fermer mon compte")}
    }
}

fn asked(screen: Screen, on: Option<String>) -> AnyView {
    let form = Form::open(&FORM);
    let again = Again::new(Remote::new(client::second_step));
    let session = session();
    let go_to = use_navigate();
    let send = move || {
        let go_to = go_to.clone();
        form.send(
            move |_| {
                let typed = saisie(form);
                let secours = again.secours(&typed.secours);
                client::close_account(SaisiePreuves { secours, ..typed })
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
    let when = on.map(|on| {
        view! { <p>"Ce sera fait le " {on} ". D’ici là, connectez-vous pour garder votre compte."</p> }
    });
    let content = view! {
        <div class="alert alert--error">
            <h3 class="alert__title" id="fermeture-titre" tabindex="-1">"Fermer ce compte efface ce qu’il contient"</h3>
            <p>"Vos coordonnées, vos déclarations et leurs attestations seront effacées."</p>
            {when}
            <p>
                "Ce que vos employeurs ont déclaré n’est pas effacé\u{a0}: ces droits reviendraient dans un nouveau compte."
            </p>
            {lost_dif}
            <p><a href=routes::EXPORT download="mes-donnees.json">"Télécharger d’abord mes données"</a></p>
            {summary(form)}
            {field(form, C::MotDePasse, Options::MOT_DE_PASSE)}
            {again.field(form.at(C::Code), form.at(C::Secours))}
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
