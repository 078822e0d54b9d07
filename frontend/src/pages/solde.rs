//! « Mon solde »: the balance is the screen.

use api::droits::DroitsView;
use leptos::prelude::*;
use markup::view;

use crate::components::awaited::awaited;
use crate::components::dif::dif_closed;
use crate::net::client;
use crate::net::remote::Remote;
use crate::wording::formats;
use crate::wording::state::state;

/// The screen.
pub fn solde() -> AnyView {
    let droits = Remote::new(client::droits);
    view! {
        <div class="sheet">
            <h1 class="title--quiet" tabindex="-1">"Mes droits de formation s’élèvent à"</h1>
            {awaited(droits.answer(), "Vos droits n’ont pas pu être lus", move || droits.retry(), read)}
        </div>
    }
}

fn read(droits: &DroitsView) -> AnyView {
    let hours = droits.solde_hours.absolute();
    // The account of a public agent is kept in hours: they are the balance when there is nothing else.
    let in_hours = !droits.solde_hours.is_zero() && droits.solde.is_zero();
    let (solde, before) = if in_hours {
        (
            view! {
                <span id="solde-heures">
                    {hours.count().to_string()}
                    <span class="balance__cents">"\u{a0}heures"</span>
                </span>
            },
            view! {
                "et "
                <span class="figure" id="solde">{formats::euros(droits.solde)}</span>
                ", dont "
            },
        )
    } else {
        let (whole, centimes) = formats::euros_in_two(droits.solde);
        let solde = view! { <span id="solde">{whole} <span class="balance__cents">{centimes}</span></span> };
        (solde, "Dont ".into_any())
    };
    let as_agent = (!in_hours && !droits.solde_hours.is_zero())
        .then(|| view! { <p class="lede">"et " {formats::hours_in_words(hours)} " comme agent public"</p> });
    let as_of = formats::long_day(droits.as_of);
    let dif = formats::euros(droits.dif_part);
    view! {
        <div class="stack">
            <p><a class="balance" id="lien-droits" href="/mes-droits">{solde}</a></p>
            {as_agent}
            <p class="lede">
                {before}
                <span class="figure" id="solde-dif">{dif}</span>
                " de DIF"
                {outside_plafond(droits)}
            </p>
        </div>
        {state(droits.state).map(|text| view! { <p class="alert">{text}</p> })}
        <aside class="note">
            <p>
                <strong>"Au " {as_of} "."</strong>
                {if droits.known {
                    " Les droits acquis au titre d’une année d’activité professionnelle sont crédités au cours du premier semestre de l’année suivante."
                } else {
                    " Votre compte existe, et vous pourrez le suivre ici dès qu’un droit y sera inscrit."
                }}
            </p>
        </aside>
        <p>"Vos droits sont destinés, exclusivement, au financement d’une ou plusieurs formations."</p>
        {if droits.known || droits.dif_declared { next() } else { why_nothing(droits) }}
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

fn why_nothing(droits: &DroitsView) -> AnyView {
    let year = droits.as_of.year();
    let closed = dif_closed(droits.dif_end, droits.as_of);
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
