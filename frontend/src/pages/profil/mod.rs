//! « Mon profil »: what is known of the person and from whom, what they can change, and how to leave.

mod changes;
mod closing;
mod confirmation;
mod export;
mod known;
mod pending;
mod screen;

use api::accounts::ProfilView;
use leptos::prelude::*;
use markup::view;

use crate::browser::storage;
use crate::components::awaited::awaited;
use crate::components::set_aside::set_aside;
use crate::net::client;
use crate::net::remote::Remote;
use crate::session::{CONTACT, session};
use crate::wording::formats;

use super::leaving::leaving;

use changes::change_coordonnees;
use confirmation::confirm;
use known::{coordonnees_view, identite};
use screen::{Part, Screen};

/// The screen.
pub fn profil() -> AnyView {
    let screen = Screen {
        profil: Remote::new(client::profil),
        // What was being changed when the page was loaded again.
        opened: RwSignal::new(storage::find_again(&storage::draft(CONTACT)).map(|_| Part::Coordonnees)),
        fact: RwSignal::new(None),
    };
    let fact = move || {
        screen.fact.get().map(|fact| {
            view! {
                <div class="alert alert--success" id="fait" tabindex="-1">
                    <p class="alert__title">{fact}</p>
                </div>
            }
        })
    };
    let closes_on = move || screen.profil.answer().with(|profil| profil.as_ref()?.as_ref().ok()?.closing.asked.clone());
    view! {
        <div class="sheet">
            <div class="stack">
                <h1 tabindex="-1">"Mon profil"</h1>
                <div role="status">{fact}</div>
            </div>
            {leaving(closes_on, move || screen.profil.reread())}
            {awaited(
                screen.profil.answer(),
                "Votre profil n’a pas pu être lu",
                move || screen.profil.retry(),
                move |profil| read(screen, profil)
            )}
        </div>
    }
}

fn read(screen: Screen, profil: &ProfilView) -> AnyView {
    let profil = StoredValue::new(profil.clone());
    let attach = move || match screen.opened.get() {
        Some(Part::Coordonnees) => change_coordonnees(screen),
        _ => profil.with_value(|profil| match &profil.change {
            Some(change) => pending::prove(screen, &profil.courriel, change),
            None => coordonnees_view(screen, profil),
        }),
    };
    let terms = profil.with_value(|profil| profil.closing.clone());
    let closing = move || closing::section(screen, &terms);
    let session = session();
    let unconfirmed = move || session.unconfirmed().get().then(|| confirm(screen));
    let contradicted = move || session.set_aside().get().then(set_aside);
    let to_check = move || {
        session.unproved().get().then(|| {
            view! {
                <p>
                    <strong>"À vérifier."</strong>
                    " Personne n’a encore vérifié que vous êtes bien cette personne\u{a0}: d’ici là, rien ne peut être dépensé. Pour le prouver, montrez une pièce d’identité à la personne qui tient ce service. "
                    <a href="/aide">"La joindre"</a>
                </p>
            }
        })
    };
    let rests_until = profil.with_value(|profil| profil.rests_until.as_deref().map(formats::instant));
    // Where nothing can be spent for want of a proof, that alone is said.
    let resting = move || {
        rests_until.clone().filter(|_| !session.unproved().get() && !session.set_aside().get()).map(|until| {
            view! {
                <p>
                    <strong>"Changement récent."</strong>
                    " Un appareil, un courriel ou un téléphone est nouveau\u{a0}: par prudence, rien ne peut être dépensé avant le "
                    {until}
                    "."
                </p>
            }
        })
    };
    view! {
        {unconfirmed}
        <section class="sheet sheet--ruled" aria-labelledby="connu">
            <h2 id="connu">"Ce que l’on sait de vous"</h2>
            {profil.with_value(identite)}
            {contradicted}
            <aside class="note">
                {to_check}
                {resting}
                <p>
                    "Une erreur dans votre nom ou votre date de naissance\u{202f}? Elle se corrige sur demande, avec un justificatif. "
                    <a href="/aide#corriger">"Demander une correction"</a>
                </p>
            </aside>
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="joindre">
            <h2 id="joindre">"Comment vous joindre"</h2>
            {attach}
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="acces">
            <h2 id="acces">"Mes accès"</h2>
            <p>"Ce qui ouvre votre compte et ce qui le protège\u{a0}: le mot de passe, les appareils connectés, et le gel du compte."</p>
            <p class="actions">
                <a class="button button--quiet button--small" href="/acces">"Voir mes accès"</a>
            </p>
        </section>
        {export::section(screen)}
        <section class="sheet sheet--ruled" aria-labelledby="fermer">
            <h2 id="fermer">"Fermer mon compte"</h2>
            {closing}
        </section>
    }
}
