//! « Mon handicap »: what was declared and where it stands, then the proof to send.

use api::handicap::{HandicapDeclarationView, HandicapView, ProofStatut};
use api::routes;
use domaine::forms::ChampDif as C;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use super::file::piece;
use super::sending::{HANDICAP, Screen, send};
use crate::browser::{clock, focus};
use crate::components::alert::{failure_alert, unavailable};
use crate::components::awaited::awaited;
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::checkbox;
use crate::components::form::formulaire;
use crate::failure::ApiFailure;
use crate::form::Form;
use crate::net::client;
use crate::net::remote::Remote;
use crate::wording::formats;

const FACT: &str = "handicap-fait";
/// What is consented to, recorded as `domaine::forms::HANDICAP_CONSENT`: that changes with this.
const CONSENT: &str = "J’accepte que ce justificatif, qui touche à ma santé, soit gardé et lu par les personnes habilitées de ce service, pour majorer mes droits et pour rien d’autre. Je peux retirer cet accord ici, à tout moment.";

/// The screen.
pub fn handicap() -> AnyView {
    let form = Form::open(&HANDICAP);
    let seen = Remote::new(client::handicap);
    let done = RwSignal::new(None::<[&'static str; 2]>);
    let tell = move |view: HandicapView, said| {
        seen.set(view);
        done.set(Some(said));
        clock::soon(|| focus::give_focus(FACT));
    };
    let screen = Screen::new(form, routes::HANDICAP, move |body| {
        let view: HandicapView = client::parse(body)?;
        form.clear();
        tell(view, ["Votre déclaration est enregistrée", "Elle comptera quand votre justificatif aura été vu."]);
        Ok(())
    });
    let fact = move || {
        done.get().map(|[title, said]| {
            view! {
                <div class="alert alert--success" id=FACT tabindex="-1">
                    <p class="alert__title">{title}</p>
                    <p>{said}</p>
                </div>
            }
        })
    };
    let withdrawn = move |view| {
        tell(
            view,
            ["Vos déclarations sont retirées", "Vos justificatifs sont effacés. Ce qu’elles avaient ajouté reste."],
        );
    };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Mon handicap"</h1>
            {summary(form)}
            <div role="status">{fact}</div>
            {awaited(
                seen.answer(),
                "Vos déclarations n’ont pas pu être lues",
                move || seen.retry(),
                move |seen| declarations(screen, seen, withdrawn)
            )}
        </div>
    }
}

fn declarations(screen: Screen, seen: &HandicapView, withdrawn: impl Fn(HandicapView) + Copy + 'static) -> AnyView {
    let lines = seen.declarations.iter().map(declaration).collect::<Vec<_>>();
    let lines = (!lines.is_empty()).then(|| view! { <dl class="facts facts--pairs">{lines}</dl> });
    let majoration = formats::round_euros(seen.majoration);
    let kept = seen.declarations.iter().any(|declaration| declaration.statut != ProofStatut::Withdrawn);
    let withdraw = kept.then(|| withdrawal(withdrawn));
    let next = if seen.is_waiting() { ().into_any() } else { saisie(screen) };
    view! {
        <p class="lede">
            "Une reconnaissance de handicap (RQTH, AAH, pension d’invalidité…) ajoute "
            <span class="figure">{majoration}</span>
            " à chaque année de travail comme salarié (Code du travail, article D6323-3-3)."
        </p>
        <p>
            "Rien ne compte avant que quelqu’un de ce service ait vu votre justificatif. Votre employeur n’en est pas informé."
        </p>
        {lines}
        {withdraw}
        {next}
    }
}

fn declaration(declaration: &HandicapDeclarationView) -> AnyView {
    let day = |day: Option<_>| day.map(formats::long_day).unwrap_or_default();
    let (title, said) = match declaration.statut {
        ProofStatut::Waiting => ("En attente", "Votre justificatif n’a pas encore été vu.".to_owned()),
        ProofStatut::Accepted => {
            let end = declaration.as_of.map(|end| [" jusqu’au ", &formats::long_day(end)].concat());
            ("Acceptée", ["Elle compte à partir du ", &day(declaration.since), &end.unwrap_or_default(), "."].concat())
        }
        ProofStatut::Refused => {
            let raison = declaration.raison.as_deref().unwrap_or_default();
            ("Refusée", ["Le ", &day(declaration.decided_on), "\u{a0}: ", raison].concat())
        }
        ProofStatut::Withdrawn => {
            ("Retirée", ["Le ", &day(declaration.decided_on), ". Le justificatif est effacé."].concat())
        }
    };
    view! {
        <div>
            <dt>{title}</dt>
            <dd>
                {said}
                <span class="facts__source">
                    "Déclarée le "
                    {formats::long_day(declaration.declared_on)}
                    ", référence "
                    <span translate="no">{declaration.reference.clone()}</span>
                </span>
            </dd>
        </div>
    }
}

/// Takes everything back: the consent was given for all of it.
fn withdrawal(withdrawn: impl Fn(HandicapView) + Copy + 'static) -> AnyView {
    let failed = RwSignal::new_local(None::<ApiFailure>);
    let under_way = RwSignal::new(false);
    let send = move || {
        if under_way.get_untracked() {
            return;
        }
        under_way.set(true);
        spawn_local(async move {
            let answer = client::withdraw_handicap().await;
            let _part = under_way.try_set(false);
            match answer {
                Ok(view) => withdrawn(view),
                Err(failure) => {
                    let _part = failed.try_set(Some(failure));
                }
            }
        });
    };
    let failure = move || failed.with(|failed| failed.as_ref().map(|it| unavailable("Rien n’a été retiré", it, send)));
    view! {
        <details class="disclosure">
            <summary class="disclosure__title">"Retirer mes déclarations et mon accord"</summary>
            <div class="disclosure__body">
                <p>
                    "Vos justificatifs sont effacés aussitôt, et plus rien n’est ajouté pour les années qui suivent. Ce qui a été ajouté reste."
                </p>
                <p class="actions">
                    <button class="button button--quiet button--small" type="button" on:click=move |_| send()>
                        "Tout retirer"
                    </button>
                </p>
                {failure}
            </div>
        </details>
    }
}

fn saisie(screen: Screen) -> AnyView {
    let form = screen.form;
    let content = view! {
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-justificatif">
            <h2 id="partie-justificatif">"Fournir mon justificatif"</h2>
            {piece(screen)}
            <aside class="note">
                <p>
                    "La décision de la MDPH, le titre de pension ou la carte\u{a0}: on doit y lire votre nom et à partir de quel jour elle vaut."
                </p>
            </aside>
        </section>
        <div class="sheet sheet--ruled">
            {checkbox(form, C::Consent, true, CONSENT.into_any())}
            {failure_alert(form, |_| ("Votre déclaration n’est pas encore enregistrée", None))}
            <div class="actions">
                {submit_button(form, "enregistrer", "Envoyer", "Envoi du justificatif…")}
                <a class="button button--quiet" href="/mes-droits">"Annuler"</a>
            </div>
        </div>
    };
    formulaire(form, move || send(screen), content)
}
