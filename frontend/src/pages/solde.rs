//! « Mon solde »: the balance is the screen.

use api::droits::DroitsView;
use domaine::droits::{DifOffer, NextCredit};
use leptos::prelude::*;
use markup::view;

use crate::components::alert::left_word;
use crate::components::awaited::awaited;
use crate::components::balance::{figure, is_in_hours};
use crate::components::header::answer_link;
use crate::components::set_aside::set_aside;
use crate::follow::follow;
use crate::net::client;
use crate::net::remote::Remote;
use crate::net::session::ask;
use crate::session::{MOT_DE_PASSE_CHOSEN, session};
use crate::wording::formats;
use crate::wording::outlook::next_credit;
use crate::wording::state::state;

use super::leaving::leaving;

/// The screen.
pub fn solde() -> AnyView {
    let (droits, session) = (Remote::new(client::droits), session());
    // What was answered since: signing in does not say it.
    follow(move || ask(session));
    let answers = move || {
        session.answers().get().map(|answers| {
            view! { <p class="note no-print">"À lire\u{a0}: " {answer_link(&answers)}</p> }
        })
    };
    // Below the balance, once it is there: what comes before it would be pushed down.
    let shown = move || droits.answer().with(Option::is_some);
    let closes_on = move || droits.answer().with(|droits| droits.as_ref()?.as_ref().ok()?.closes_on.clone());
    let unconfirmed = move || {
        (session.unconfirmed().get() && shown()).then(|| {
            view! {
                <p class="alert">
                    "Votre courriel n’est pas confirmé. "
                    <a href="/profil?retour=/solde">"Confirmer mon courriel"</a>
                </p>
            }
        })
    };
    let to_check = move || {
        (session.unproved().get() && shown()).then(|| {
            view! {
                <p class="soft">
                    "À vérifier\u{a0}: ce solde est celui de l’identité que vous avez saisie, et personne ne l’a encore vérifiée. "
                    <a href="/profil#connu">"Comment la prouver"</a>
                </p>
            }
        })
    };
    view! {
        {left_word(
            MOT_DE_PASSE_CHOSEN,
            "Votre mot de passe a changé",
            "Les autres appareils sont déconnectés. Un courriel vous le confirme."
        )}
        <div class="sheet">
            <h1 class="title--quiet" tabindex="-1">"Mes droits de formation s’élèvent à"</h1>
            {answers}
            {awaited(droits.answer(), "Vos droits n’ont pas pu être lus", move || droits.retry(), read)}
            {leaving(closes_on, move || droits.reread())}
            {unconfirmed}
            {to_check}
        </div>
    }
}

fn read(droits: &DroitsView) -> AnyView {
    let in_hours = is_in_hours(droits.solde, droits.solde_hours);
    let as_agent = (!in_hours && !droits.solde_hours.is_zero()).then(|| {
        let hours = formats::hours_in_words(droits.solde_hours.absolute());
        view! { <p class="lede">"et " {hours} " comme agent public"</p> }
    });
    let as_of = formats::long_day(droits.as_of);
    // What there is in euros: the part of the DIF, or all of it under a balance in hours.
    let dif = if in_hours {
        let solde = formats::euros(droits.solde);
        view! { "Et " <span class="figure" id="solde">{solde}</span> " en euros, DIF compris." }
    } else {
        let dif = formats::euros(droits.dif_part);
        view! { "Dont " <span class="figure" id="solde-dif">{dif}</span> " de DIF" {outside_plafond(droits)} }
    };
    let said = match droits.outlook.credit {
        NextCredit::Unknown => {
            Some("Votre compte existe, et vous pourrez le suivre ici dès qu’un droit y sera inscrit.".into())
        }
        _ => next_credit(&droits.outlook, droits.plafond),
    };
    let (full, note) = match droits.outlook.credit {
        NextCredit::Full => (said, None),
        _ => (None, said),
    };
    let stopped = droits.outlook.credit == NextCredit::Nothing;
    let something = stopped || droits.known || droits.dif_declared;
    let (year, closed) = (droits.as_of.year(), droits.outlook.dif == DifOffer::PastLastDay);
    // Why nothing of employers is here is another thing for an account that is set aside.
    let aside = session().set_aside();
    let rest = move || match (aside.get(), something) {
        (true, _) => view! { {set_aside()} {next()} },
        (false, true) => next(),
        (false, false) => why_nothing(year, closed),
    };
    view! {
        <div class="stack">
            <p>
                <a class="balance" id="lien-droits" href="/mes-droits">
                    <span id=if in_hours { "solde-heures" } else { "solde" }>{figure(droits)}</span>
                    <span class="visually-hidden">", voir mes droits"</span>
                </a>
            </p>
            {as_agent}
            <p class="lede">{dif}</p>
        </div>
        {state(droits.state).or(full).map(|text| view! { <p class="alert">{text}</p> })}
        <aside class="note">
            <p><strong>"Au " {as_of} "."</strong> " " {note}</p>
        </aside>
        {(!stopped).then(|| {
            view! {
                <p>
                    "Vos droits sont destinés, exclusivement, au financement d’une ou plusieurs formations. "
                    <a href="/aide#formations">"Quelles formations\u{202f}?"</a>
                </p>
            }
        })}
        {rest}
    }
}

/// What is not counted under the ceiling.
fn outside_plafond(droits: &DroitsView) -> Option<AnyView> {
    (!droits.outside_plafond.is_zero()).then(|| {
        view! {
            ", et "
            <span class="figure">{formats::euros(droits.outside_plafond)}</span>
            " d’abondements et d’engagement citoyen"
        }
    })
}

fn next() -> AnyView {
    view! {
        <p class="actions">
            <a class="button" href="/mes-droits">"Voir mes droits"</a>
            <a class="button button--quiet" id="lien-historique" href="/historique">"Voir mon historique"</a>
        </p>
    }
}

fn why_nothing(year: u16, closed: bool) -> AnyView {
    let (this_year, next) = (year.to_string(), (year + 1).to_string());
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="pourquoi">
            <h2 id="pourquoi">"Pourquoi 0\u{a0}€\u{202f}?"</h2>
            <p>
                "Aucune activité n’est encore connue pour votre numéro de sécurité sociale. Trois raisons sont possibles."
            </p>
            <dl class="facts">
                <div>
                    <dt>"Vous avez commencé à travailler cette année"</dt>
                    <dd>
                        "Vos droits de "
                        {this_year}
                        " seront inscrits au premier semestre "
                        {next}
                        ". Rien à faire."
                    </dd>
                </div>
                <div>
                    <dt>"Votre employeur n’a pas encore déclaré votre activité"</dt>
                    <dd>
                        "Demandez-lui de vérifier votre numéro de sécurité sociale dans ses déclarations."
                    </dd>
                </div>
                <div>
                    <dt>"Vous étiez salarié du privé avant 2015"</dt>
                    <dd>
                        {if closed {
                            "Vos heures de DIF ne peuvent plus être déclarées."
                        } else {
                            "Vos heures de DIF se déclarent par vous-même, avec une attestation."
                        }}
                        " "
                        <a href="/dif">{if closed { "Ce qui reste possible" } else { "Saisir mon DIF" }}</a>
                    </dd>
                </div>
            </dl>
        </section>
    }
}
