//! « Mon handicap »: what was declared and where it stands, then the proof to send.

use api::handicap::{HandicapDeclarationView, HandicapStatut, HandicapView};
use api::routes;
use leptos::prelude::*;
use markup::view;

use super::file::piece;
use super::sending::{HANDICAP, Screen, send};
use crate::browser::{clock, focus};
use crate::components::alert::failure_alert;
use crate::components::awaited::awaited;
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::form::formulaire;
use crate::form::Form;
use crate::net::client;
use crate::net::remote::Remote;
use crate::wording::formats;

const FACT: &str = "handicap-fait";

/// The screen.
pub fn handicap() -> AnyView {
    let form = Form::open(&HANDICAP);
    let seen = Remote::new(client::handicap);
    let sent = RwSignal::new(false);
    let screen = Screen::new(form, routes::HANDICAP, move |body| {
        let view: HandicapView = client::parse(body)?;
        form.clear();
        seen.set(view);
        sent.set(true);
        clock::soon(|| focus::give_focus(FACT));
        Ok(())
    });
    let fact = move || {
        sent.get().then(|| {
            view! {
                <div class="alert alert--success" id=FACT tabindex="-1">
                    <p class="alert__title">"Votre déclaration est enregistrée"</p>
                    <p>"Elle comptera quand votre justificatif aura été vu."</p>
                </div>
            }
        })
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
                move |seen| declarations(screen, seen)
            )}
        </div>
    }
}

fn declarations(screen: Screen, seen: &HandicapView) -> AnyView {
    let lines = seen.declarations.iter().map(declaration).collect::<Vec<_>>();
    let lines = (!lines.is_empty()).then(|| view! { <dl class="facts facts--pairs">{lines}</dl> });
    let majoration = formats::round_euros(seen.majoration);
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
        {next}
    }
}

fn declaration(declaration: &HandicapDeclarationView) -> AnyView {
    let day = |day: Option<_>| day.map(formats::long_day).unwrap_or_default();
    let (title, said) = match declaration.statut {
        HandicapStatut::Waiting => ("En attente", "Votre justificatif n’a pas encore été vu.".to_owned()),
        HandicapStatut::Accepted => {
            let end = declaration.as_of.map(|end| [" jusqu’au ", &formats::long_day(end)].concat());
            ("Acceptée", ["Elle compte à partir du ", &day(declaration.since), &end.unwrap_or_default(), "."].concat())
        }
        HandicapStatut::Refused => {
            let raison = declaration.raison.as_deref().unwrap_or_default();
            ("Refusée", ["Le ", &day(declaration.decided_on), "\u{a0}: ", raison].concat())
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
            {failure_alert(form, |_| ("Votre déclaration n’est pas encore enregistrée", None))}
            <div class="actions">
                {submit_button(form, "enregistrer", "Envoyer", "Envoi du justificatif…")}
                <a class="button button--quiet" href="/mes-droits">"Annuler"</a>
            </div>
        </div>
    };
    formulaire(form, move || send(screen), content)
}
