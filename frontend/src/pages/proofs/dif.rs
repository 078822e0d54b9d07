//! « Mon DIF »: the hours of an attestation, its file, then « La procédure est terminée ».

use api::dif::{DifView, RecordedDif};
use api::handicap::ProofStatut;
use api::routes;
use domaine::dif::{Rapport, solde};
use domaine::droits::{DifOffer, Outlook};
use domaine::forms::ChampDif as C;
use domaine::mesures::Hours;
use leptos::prelude::*;
use markup::view;

use crate::browser::{focus, storage};
use crate::components::alert::failure_alert;
use crate::components::awaited::awaited;
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::components::radios::{Choice, radios};
use crate::follow::follow;
use crate::form::Form;
use crate::net::client;
use crate::net::remote::Remote;
use crate::session::DIF_HOURS;
use crate::wording::formats;
use crate::wording::outlook::beyond_room;

use super::around::{closed, finished};
use super::file::piece;
use super::sending::{DIF, Screen, read_hours, send, value};

/// The screen.
pub fn dif() -> AnyView {
    let form = Form::open(&DIF);
    // A look at another part of the page, and a browser that kept nothing of this one: the hours are still there.
    let mut recovered = false;
    if form.text(C::Hours).read_untracked().is_empty()
        && let Some(hours) = storage::find_again(DIF_HOURS)
    {
        form.prefill(C::Hours, &hours);
        recovered = true;
    }
    follow(move || storage::withhold(DIF_HOURS, &form.text(C::Hours).read()));
    let received = RwSignal::new(None::<RecordedDif>);
    let screen = Screen::new(form, routes::DIF, move |body| {
        let recorded = client::parse(body)?;
        form.clear();
        if received.try_set(Some(recorded)).is_none() {
            focus::announce_screen("La procédure est terminée · Acquis");
        }
        Ok(())
    });
    let declare = Remote::new(client::dif);
    let view = move || match received.get() {
        Some(received) => finished(&received),
        None => view! {
            <div class="sheet">
                <h1 tabindex="-1">"Mon DIF"</h1>
                {summary(form)}
            </div>
            {awaited(
                declare.answer(),
                "Vos déclarations n’ont pas pu être lues",
                move || declare.retry(),
                move |dif| match dif.outlook.dif {
                    DifOffer::Open | DifOffer::NoRoom => saisie(screen, dif, recovered),
                    DifOffer::PastLastDay | DifOffer::AccountStopped => closed(dif),
                }
            )}
        },
    };
    view! { {view} }
}

fn saisie(screen: Screen, dif: &DifView, recovered: bool) -> AnyView {
    let form = screen.form;
    // What waits to be seen is there too; what was refused is nothing to add to, nor to replace.
    let standing = dif.declarations.iter().rev().filter(|known| known.statut != ProofStatut::Refused);
    let known_ones = solde(standing.map(|known| (known.rapport, known.hours)));
    if known_ones == Hours::ZERO {
        form.prefill(C::Rapport, Rapport::Replaces.code());
    }
    let rapport = (known_ones > Hours::ZERO).then(|| choice(form, known_ones));
    let content = view! {
        <p class="lede">
            "Les heures de droit individuel à la formation acquises avant 2015 dans le privé valent "
            <span class="figure">{formats::round_euros(value(Hours::new(1)))}</span>
            " chacune."
        </p>
        {dif.end.map(|day| view! { <p>"Dernier jour pour les déclarer\u{a0}: " {formats::long_day(day)} "."</p> })}
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-heures">
            <h2 id="partie-heures">"1. Saisir mon solde"</h2>
            <p class="soft">
                "Le solde DIF est obligatoire. Vous devez saisir un solde arrondi à l’unité supérieure."
            </p>
            <div class="pair">
                {field(form, C::Hours, Options { hint: "Par exemple 87", inputmode: "decimal", required: true, ..Options::DIGITS })}
                {result(form)}
            </div>
            {room(form, dif.outlook)}
            <aside class="note">
                <p><strong>"Plusieurs employeurs\u{202f}?"</strong></p>
                <p>
                    <b>"Successivement, dans la même année"</b>
                    "\u{a0}: seule l’attestation fournie par votre dernier employeur en date est valable."
                </p>
                <p>
                    <b>"En même temps"</b>
                    "\u{a0}: vous additionnez les heures indiquées sur les attestations de chacun de vos employeurs."
                </p>
            </aside>
            {where_to_find()}
            {rapport}
        </section>
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-attestation">
            <h2 id="partie-attestation">"2. Fournir mon attestation"</h2>
            {recovered.then(|| {
                view! {
                    <p class="soft">
                        "La page a été rechargée\u{a0}: vos heures sont gardées, le fichier est à choisir de nouveau."
                    </p>
                }
            })}
            {piece(screen)}
            <aside class="note">
                <p>
                    "Une photographie nette suffit, si l’on y lit votre nom, celui de l’employeur et le nombre d’heures."
                </p>
            </aside>
        </section>
        <div class="sheet sheet--ruled">
            {failure_alert(form, |_| ("Votre déclaration n’est pas encore enregistrée", None))}
            <div class="actions">
                {submit_button(form, "enregistrer", "Enregistrer", "Envoi de l’attestation…")}
                <a class="button button--quiet" href="/mes-droits">"Annuler"</a>
            </div>
        </div>
    };
    formulaire(form, move || send(screen), content)
}

/// « Soit en euros », as the hours are typed.
fn result(form: Form<C>) -> AnyView {
    let hours = Memo::new(move |_| read_hours(&form.text(C::Hours).read()).unwrap_or_default());
    let computation =
        move || [&formats::hours(hours.get()), " × ", &formats::round_euros(value(Hours::new(1)))].concat();
    view! {
        <div class="result">
            <p class="field__label" id="euros-titre">"Soit en euros"</p>
            <p class="field__hint">{computation}</p>
            <output class="result__amount" id="euros" for="heures" aria-labelledby="euros-titre">
                {move || formats::round_euros(value(hours.get()))}
            </output>
        </div>
    }
}

/// Before anything is sent: what the ceiling would keep out.
fn room(form: Form<C>, outlook: Outlook) -> AnyView {
    let said = move || {
        let replaces = *form.text(C::Rapport).read() == Rapport::Replaces.code();
        let room = if replaces { outlook.dif_room_replaced } else { outlook.dif_room };
        let worth = value(read_hours(&form.text(C::Hours).read()).unwrap_or_default());
        beyond_room(worth, room).map(|text| view! { <p class="alert" id="dif-place">{text}</p> })
    };
    view! { <div role="status">{said}</div> }
}

fn where_to_find() -> AnyView {
    view! {
        <details class="disclosure">
            <summary class="disclosure__title">"Où trouver cette information\u{202f}?"</summary>
            <div class="disclosure__body">
                <p>"Sur l’un de ces documents, remis par votre employeur de l’époque\u{a0}:"</p>
                <ul>
                    <li>
                        "le bulletin de paie de décembre 2014 ou de janvier 2015, souvent en bas de page\u{a0}: «\u{a0}Solde DIF\u{a0}»\u{202f};"
                    </li>
                    <li>"une attestation de l’employeur\u{202f};"</li>
                    <li>"le certificat de travail remis avant la fin de 2014."</li>
                </ul>
            </div>
        </details>
    }
}

/// Asked only of who has declared hours before.
fn choice(form: Form<C>, known_ones: Hours) -> AnyView {
    let saisies = move || read_hours(&form.text(C::Hours).read());
    let in_euros =
        move |hours: Hours| [&formats::hours_in_words(hours), ", soit ", &formats::round_euros(value(hours))].concat();
    let added = move || {
        let text = saisies().map(|h| {
            [" : ", &known_ones.to_string(), " + ", &h.to_string(), " = ", &in_euros(known_ones + h)].concat()
        });
        ["Un autre employeur, en même temps", &text.unwrap_or_default()].concat()
    };
    let replaced = move || {
        let text = saisies().map(|h| [" : ", &in_euros(h)].concat());
        ["Un employeur plus récent, ou une erreur à corriger", &text.unwrap_or_default()].concat()
    };
    let question = view! { "Vous avez déjà déclaré " {formats::hours_in_words(known_ones)} };
    let choice = vec![
        Choice { code: Rapport::Adds.code(), said: with_continuation("Elles s’ajoutent", added) },
        Choice {
            code: Rapport::Replaces.code(),
            said: with_continuation("Elles remplacent les précédentes", replaced),
        },
    ];
    radios(form, C::Rapport, question, "Que faut-il faire de celles que vous saisissez maintenant\u{202f}?", choice)
}

fn with_continuation(said: &'static str, next: impl Fn() -> String + Send + 'static) -> AnyView {
    view! { {said} <span class="field__hint">{next}</span> }
}
