//! « Emporter mes données »: what anybody may take away, and everything, for whoever proved who they are and shows again what opens
//! the account.

use api::routes;
use api::second_step::SaisiePreuves;
use domaine::forms::ChampPreuves as C;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::browser::download;
use crate::browser::passkeys::{self, NoAnswer};
use crate::components::again::Again;
use crate::components::alert::{error_alert, failure_alert};
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::components::second_step;
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::net::remote::Remote;
use crate::session::session;

use super::screen::{Part, Screen, open};

static FORM: FormSpec<C> = FormSpec::new(
    "export",
    |champ| match champ {
        C::MotDePasse => &FieldSpec { label: "Mot de passe, pour confirmer", ..FieldSpec::PROOF },
        C::Code => &second_step::CODE,
        C::Secours => &second_step::KEPT,
    },
    |form, today| faults(&saisie(form), today),
)
.prefixed("export-");

fn saisie(form: Form<C>) -> SaisiePreuves {
    SaisiePreuves {
        mot_de_passe: form.answer(C::MotDePasse),
        code: form.answer(C::Code),
        secours: form.answer(C::Secours),
    }
}

/// The section.
pub(super) fn section(screen: Screen) -> AnyView {
    let session = session();
    let everything = move || {
        if session.unproved().get() || session.set_aside().get() {
            view! {
                <p>
                    "Pour l’avoir en entier, avec votre numéro et vos justificatifs, il faut que votre identité soit prouvée\u{a0}: "
                    <a href="/acces">"reliez une identité dans vos accès"</a>
                    " si ce service le propose, ou montrez une pièce d’identité à la personne qui le tient. "
                    <a href="/aide">"La joindre"</a>
                </p>
            }
        } else if screen.opened.get() == Some(Part::Export) {
            asked(screen)
        } else {
            open(
                screen,
                Part::Export,
                "button button--quiet button--small",
                "Tout emporter, avec mon numéro et mes justificatifs",
            )
        }
    };
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="emporter">
            <h2 id="emporter">"Emporter mes données"</h2>
            <p>
                "Tout ce que ce service garde de vous, dans un fichier que d’autres logiciels peuvent lire. Votre numéro de sécurité sociale y est masqué et vos justificatifs n’y sont pas."
            </p>
            <p class="actions">
                <a class="button button--quiet button--small" href=routes::EXPORT download="mes-donnees.json">
                    "Télécharger mes données (JSON)"
                </a>
                <a class="button button--quiet button--small" href="/historique">"Voir mon historique"</a>
            </p>
            {everything}
        </section>
    }
}

/// What is asked again.
fn asked(screen: Screen) -> AnyView {
    let form = Form::open(&FORM);
    let again = Again::new(Remote::new(client::second_step));
    let refusal = RwSignal::new(None);
    on_cleanup(passkeys::give_up);
    let leave = move || {
        form.clear();
        download::save(routes::EXPORT_ENTIER, "mes-donnees.zip");
        screen.succeed("Le téléchargement commence\u{a0}; un courriel vous le dit");
    };
    let send = move || {
        refusal.set(None);
        form.send(
            move |_| {
                let typed = saisie(form);
                let secours = again.secours(&typed.secours);
                client::allow_export(SaisiePreuves { secours, ..typed })
            },
            move |()| leave(),
        );
    };
    let by_passkey = move |_| {
        refusal.set(None);
        // Nothing is said of a password that is not given.
        form.at(C::MotDePasse).withdraw();
        spawn_local(async move {
            match answered().await {
                Ok(Ok(())) => leave(),
                Ok(Err(failure)) => form.fail(failure),
                Err(NoAnswer::TakenBack) => {}
                Err(_) => {
                    let _part = refusal.try_set(Some(()));
                }
            }
        });
    };
    let cancel = move |_| {
        form.clear();
        passkeys::give_up();
        screen.close(Part::Export);
    };
    let unanswered = move || {
        refusal.get().map(|()| {
            error_alert(
                NOTHING_LEFT,
                "Aucune clé d’accès n’a répondu. Recommencez, ou donnez votre mot de passe.".into(),
                None,
            )
        })
    };
    let content = view! {
        <div class="stack">
            <p>
                "Un fichier ZIP, avec votre numéro en entier et vos justificatifs, signé par ce service. Il suffit à se faire passer pour vous\u{a0}: gardez-le où personne d’autre ne le lit."
            </p>
            {summary(form)}
            {field(form, C::MotDePasse, Options::MOT_DE_PASSE)}
            {again.field(form.at(C::Code), form.at(C::Secours))}
            {unanswered}
            {failure_alert(form, |_| (NOTHING_LEFT, None))}
            <div class="actions">
                {submit_button(form, "telecharger-tout", "Tout télécharger", "Vérification…")}
                <button class="button button--quiet" type="button" id="export-par-cle" on:click=by_passkey>
                    "Utiliser une clé d’accès"
                </button>
                <button class="button button--quiet" type="button" on:click=cancel>"Annuler"</button>
            </div>
        </div>
    };
    formulaire(form, send, content)
}

/// What is said when it failed.
const NOTHING_LEFT: &str = "Rien n’a été téléchargé";

/// Shows a passkey; the browser may give no answer, and the service may refuse it.
async fn answered() -> Result<Result<(), ApiFailure>, NoAnswer> {
    let options = match client::passkey_challenge().await {
        Ok(options) => options,
        Err(failure) => return Ok(Err(failure)),
    };
    let response = passkeys::answer(&options, false).await?;
    Ok(client::allow_export_by_passkey(response).await)
}
