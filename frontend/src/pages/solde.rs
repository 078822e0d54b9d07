//! « Mon solde »: the balance is the screen.

use api::droits::DroitsVus;
use leptos::prelude::*;
use markup::view;

use crate::components::awaited::awaited;
use crate::components::dif::dif_clos;
use crate::net::client;
use crate::net::remote::Lecture;
use crate::wording::formats;
use crate::wording::state::etat;

/// The screen.
pub fn solde() -> AnyView {
    let droits = Lecture::nouvelle(client::droits);
    view! {
        <div class="sheet">
            <h1 class="title--quiet" tabindex="-1">"Mes droits de formation s’élèvent à"</h1>
            {awaited(droits.answer(), "Vos droits n’ont pas pu être lus", move || droits.retry(), lu)}
        </div>
    }
}

fn lu(droits: &DroitsVus) -> AnyView {
    let heures = droits.solde_heures.absolue();
    // The account of a public agent is kept in hours: they are the balance when there is nothing else.
    let en_heures = !droits.solde_heures.est_nulle() && droits.solde.est_nul();
    let (solde, avant) = if en_heures {
        (
            view! {
                <span id="solde-heures">
                    {heures.nombre().to_string()}
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
        let (entiers, centimes) = formats::euros_en_deux(droits.solde);
        let solde = view! { <span id="solde">{entiers} <span class="balance__cents">{centimes}</span></span> };
        (solde, "Dont ".into_any())
    };
    let comme_agent = (!en_heures && !droits.solde_heures.est_nulle())
        .then(|| view! { <p class="lede">"et " {formats::heures_en_mots(heures)} " comme agent public"</p> });
    let au = formats::jour_long(droits.au);
    let dif = formats::euros(droits.dont_dif);
    view! {
        <div class="stack">
            <p><a class="balance" id="lien-droits" href="/mes-droits">{solde}</a></p>
            {comme_agent}
            <p class="lede">
                {avant}
                <span class="figure" id="solde-dif">{dif}</span>
                " de DIF"
                {hors_plafond(droits)}
            </p>
        </div>
        {etat(droits.etat).map(|texte| view! { <p class="alert">{texte}</p> })}
        <aside class="note">
            <p>
                <strong>"Au " {au} "."</strong>
                {if droits.connu {
                    " Les droits acquis au titre d’une année d’activité professionnelle sont crédités au cours du premier semestre de l’année suivante."
                } else {
                    " Votre compte existe, et vous pourrez le suivre ici dès qu’un droit y sera inscrit."
                }}
            </p>
        </aside>
        <p>"Vos droits sont destinés, exclusivement, au financement d’une ou plusieurs formations."</p>
        {if droits.connu || droits.dif_declare { suite() } else { pourquoi_rien(droits) }}
    }
}

/// What is not counted under the ceiling.
fn hors_plafond(droits: &DroitsVus) -> Option<AnyView> {
    (!droits.hors_plafond.est_nul()).then(|| {
        view! {
            ", et "
            <span class="figure">{formats::euros(droits.hors_plafond)}</span>
            " d’abondements et d’engagement citoyen"
        }
    })
}

fn suite() -> AnyView {
    view! {
        <p class="actions">
            <a class="button" href="/mes-droits">"Voir mes droits"</a>
            <a class="button button--quiet" id="lien-historique" href="/historique">"Voir mon historique"</a>
        </p>
    }
}

fn pourquoi_rien(droits: &DroitsVus) -> AnyView {
    let annee = droits.au.annee();
    let clos = dif_clos(droits.fin_dif, droits.au);
    let (cette_annee, prochaine) = (annee.to_string(), (annee + 1).to_string());
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
                        {cette_annee}
                        " seront inscrits au premier semestre "
                        {prochaine}
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
                        {if clos {
                            "Vos heures de DIF ne peuvent plus être déclarées."
                        } else {
                            "Vos heures de DIF se déclarent par vous-même, avec une attestation."
                        }}
                        " "
                        <a href="/dif">{if clos { "Ce qui reste possible" } else { "Saisir mon DIF" }}</a>
                    </dd>
                </div>
            </dl>
        </section>
    }
}
