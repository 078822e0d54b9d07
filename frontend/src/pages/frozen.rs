//! « Compte gelé »: since when, by whom, and what opens it again, for whoever gave its password.

use api::requests::{FrozenView, GelView, SaisieNouvelAcces};
use domaine::forms::ChampNouvelAcces as C;
use domaine::freezing::FrozenBy;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::browser::{clock, focus, storage};
use crate::components::alert::{failure_alert, left_word, unavailable};
use crate::components::awaited::{Answer, awaited};
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{NEW_MOT_DE_PASSE, Options, field, password};
use crate::components::form::formulaire;
use crate::components::letter;
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::session::{ACCOUNT_FROZEN, MOT_DE_PASSE_CHOSEN, session};
use crate::wording::formats;

/// By the code of a letter.
static BY_MAIL: FormSpec<C> = FormSpec::new("degel", field_spec, |form, today| faults(&saisie(form), today));

/// By a code on paper: the field that is missing is that one.
static BY_PAPER: FormSpec<C> =
    FormSpec::new("degel-par-lettre", field_spec, |form, today| faults(&paper(form), today)).prefixed("lettre-");

const fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Code => &letter::CODE_FIELD,
        C::Token => &FieldSpec { label: "Code imprimé", ..letter::CODE_FIELD },
        C::MotDePasse => &FieldSpec { label: "Nouveau mot de passe", ..NEW_MOT_DE_PASSE },
    }
}

fn saisie(form: Form<C>) -> SaisieNouvelAcces {
    SaisieNouvelAcces {
        code: form.answer(C::Code),
        token: form.answer(C::Token),
        mot_de_passe: form.answer(C::MotDePasse),
    }
}

fn paper(form: Form<C>) -> SaisieNouvelAcces {
    let saisie = saisie(form);
    // An empty token would leave its place to the other code; blanks around one are nothing.
    SaisieNouvelAcces { token: [" ", &saisie.token].concat(), ..saisie }
}

/// The screen.
pub fn frozen() -> AnyView {
    // Nobody is connected: what is read here waits for no session.
    let answer: Answer<FrozenView> = RwSignal::new_local(None);
    let read = move || {
        spawn_local(async move {
            let frozen = client::frozen().await;
            // The screen may have gone in the meantime.
            let _gone = answer.try_set(Some(frozen));
        });
    };
    clock::soon(read);
    view! {
        {left_word(
            ACCOUNT_FROZEN,
            "Votre compte est gelé",
            "Tous les appareils sont déconnectés. Un courriel le dit aussi, à l’adresse du compte."
        )}
        <div class="sheet sheet--awaited">
            <h1 tabindex="-1">"Compte gelé"</h1>
            <p>
                "Personne ne se connecte à un compte gelé, ni ne peut rien y changer ou y dépenser, pas même avec le bon mot de passe. Les droits restent les mêmes."
            </p>
            {awaited(
                answer,
                "L’état du compte n’a pas pu être lu",
                read,
                |frozen| match &frozen.gel {
                    Some(gel) => of_the_holder(gel),
                    None => of_nobody(),
                }
            )}
        </div>
    }
}

/// Nobody gave a password here.
fn of_nobody() -> AnyView {
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="rouvrir">
            <h2 id="rouvrir">"Le débloquer"</h2>
            <p>
                "Connectez-vous avec votre mot de passe\u{a0}: cet écran vous dira depuis quand le compte est gelé, par qui, et comment le débloquer."
            </p>
            <p class="actions"><a class="button" href="/connexion">"Me connecter"</a></p>
            {otherwise()}
        </section>
    }
}

/// What remains to who has neither.
fn otherwise() -> AnyView {
    view! {
        <aside class="note">
            <p>
                <strong>"Quelqu’un a changé votre mot de passe, ou vous ne lisez plus votre courriel\u{202f}?"</strong>
                " Une seule preuve ne suffit pas à débloquer un compte, un courriel non plus. Écrivez à la personne qui tient ce service, avec la référence du compte, qui est dans nos courriels\u{a0}: une fois votre identité prouvée, elle le rouvre, ou vous envoie un code imprimé. "
                <a href="/aide">"La joindre"</a>
            </p>
        </aside>
    }
}

fn of_the_holder(gel: &GelView) -> AnyView {
    let who = match gel.by {
        FrozenBy::Profil => "vous-même, depuis votre compte",
        FrozenBy::Letter => "«\u{a0}Ce n’était pas moi\u{a0}», dans un de nos courriels",
        FrozenBy::FormerAddress => {
            "«\u{a0}Ce n’était pas moi\u{a0}», dans un courriel reçu à une ancienne adresse du compte"
        }
        FrozenBy::Service => "la personne qui tient ce service",
    };
    let since = formats::instant(&gel.since);
    let facts = view! {
        <dl class="facts facts--pairs">
            <div><dt>"Gelé depuis le"</dt><dd>{since}</dd></div>
            <div><dt>"Par"</dt><dd>{who}</dd></div>
        </dl>
    };
    let ways = if gel.by == FrozenBy::Service {
        view! {
            <p>
                "Elle seule peut le rouvrir, une fois votre identité prouvée. "
                <a href="/aide">"La joindre"</a>
            </p>
        }
    } else {
        ways(gel)
    };
    view! { {facts} {ways} }
}

/// The second proof.
fn ways(gel: &GelView) -> AnyView {
    let by_paper = RwSignal::new(false);
    let until =
        RwSignal::new(gel.attente.as_ref().map(|sent| formats::hour_of_day(&sent.code_until)).unwrap_or_default());
    let stays_here = RwSignal::new(gel.attente.as_ref().is_some_and(|sent| sent.stays_here));
    let by_mail = gel.by_mail;
    let shown = move || match (by_mail, by_paper.get()) {
        (true, false) => mail(until, stays_here),
        _ => on_paper(),
    };
    let other = by_mail.then(|| {
        view! {
            <p class="actions">
                <button class="button button--quiet" type="button" on:click=move |_| by_paper.update(|way| *way = !*way)>
                    {move || if by_paper.get() { "Recevoir plutôt un courriel" } else { "J’ai un code imprimé" }}
                </button>
            </p>
        }
    });
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="rouvrir">
            <h2 id="rouvrir">"Le débloquer"</h2>
            {shown}
            {other}
            {otherwise()}
        </section>
    }
}

const SENT: &str = "code-parti";

fn mail(until: RwSignal<String>, stays_here: RwSignal<bool>) -> AnyView {
    let form = Form::open(&BY_MAIL);
    let failure = RwSignal::new(None::<ApiFailure>);
    let under_way = StoredValue::new(false);
    let ask = move || {
        if under_way.get_value() {
            return;
        }
        under_way.set_value(true);
        failure.set(None);
        spawn_local(async move {
            let asked = client::ask_thaw_code().await;
            // The screen may have gone meanwhile.
            if under_way.try_set_value(false).is_some() {
                return;
            }
            match asked {
                Ok(view) => {
                    form.at(C::Code).withdraw();
                    stays_here.set(view.stays_here);
                    until.set(formats::hour_of_day(&view.code_until));
                    clock::soon(|| focus::give_focus(SENT));
                }
                Err(refused) => failure.set(Some(refused)),
            }
        });
    };
    let alert = move || failure.get().map(|failure| unavailable("Aucun code n’est parti", &failure, ask));
    let view = move || {
        let until = until.get();
        if until.is_empty() {
            view! {
                <p>
                    "Vous avez donné le mot de passe. Montrez aussi que vous lisez le courriel du compte, et choisissez un autre mot de passe\u{a0}: celui d’avant est peut-être connu."
                </p>
                <p class="actions">
                    <button class="button" type="button" id="recevoir-un-code" on:click=move |_| ask()>
                        "Recevoir un code"
                    </button>
                </p>
            }
        } else {
            let here = stays_here.get_untracked().then(|| {
                view! {
                    <p class="alert">
                        "Cette machine n’envoie rien\u{a0}: ses courriels se lisent dans "
                        <a href="/boite" rel="external" target="_blank">"sa boîte aux lettres (nouvel onglet)"</a>
                        "."
                    </p>
                }
            });
            view! {
                <p id=SENT tabindex="-1">
                    "Un code est parti à l’adresse du compte. Il est valable 15\u{a0}minutes, jusqu’à "
                    <strong>{until}</strong>
                    " (heure de Paris). Regardez aussi dans les courriers indésirables."
                </p>
                {here}
                {thaw(form, saisie, field(form, C::Code, Options { enterkeyhint: "next", ..letter::CODE }))}
                <p class="actions">
                    <button class="button button--quiet" type="button" on:click=move |_| ask()>
                        "Envoyer un autre code"
                    </button>
                </p>
            }
        }
    };
    view! { {alert} {view} }
}

fn on_paper() -> AnyView {
    let form = Form::open(&BY_PAPER);
    let options = Options {
        hint: "Vingt-quatre caractères\u{a0}; les traits et les majuscules ne comptent pas",
        class: "field__input field__input--code",
        required: true,
        ..Options::TEXT
    };
    view! {
        <p>
            "Avec le mot de passe que vous avez donné, le code imprimé par la personne qui tient ce service débloque le compte. Choisissez en même temps un autre mot de passe."
        </p>
        {thaw(form, paper, field(form, C::Token, options))}
    }
}

/// The second proof and the password that takes the place of the other.
fn thaw(form: Form<C>, saisie: fn(Form<C>) -> SaisieNouvelAcces, proof: AnyView) -> AnyView {
    let session = session();
    let go_to = StoredValue::new_local(use_navigate());
    let send = move || {
        form.send(
            move |_| client::thaw(&saisie(form)),
            move |view| {
                form.clear();
                storage::withhold(MOT_DE_PASSE_CHOSEN, "1");
                let towards = session.enter(view, "/solde");
                go_to.with_value(|go_to| {
                    go_to(&towards, NavigateOptions { replace: true, ..NavigateOptions::default() });
                });
            },
        );
    };
    formulaire(
        form,
        send,
        view! {
            <div class="stack">
                {summary(form)}
                {proof}
                {password(form, C::MotDePasse, Options::NEW_MOT_DE_PASSE)}
                {failure_alert(form, |_| ("Votre compte n’est pas débloqué", None))}
                <div class="actions">
                    {submit_button(form, "debloquer-mon-compte", "Débloquer mon compte", "Déblocage…")}
                </div>
            </div>
        },
    )
}
