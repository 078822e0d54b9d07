//! « Mot de passe oublié »: a letter to the mailbox of the account, by its code or its link; or a code that the operator
//! printed. Then another password, in the same gesture.

use api::accounts::SessionView;
use api::probleme::{Code, Probleme};
use api::requests::SaisieNouvelAcces;
use api::{routes, screens};
use domaine::forms::{ChampNouvelAcces as C, ChampRecuperation};
use domaine::identite::Token;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::browser::{address, clock, focus, storage};
use crate::components::alert::failure_alert;
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{NEW_MOT_DE_PASSE, Options, field, password};
use crate::components::form::formulaire;
use crate::components::letter::{self, Awaited, Typing};
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::session::{MOT_DE_PASSE_CHOSEN, session};

/// How the person shows that the account is theirs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Where to write is asked, then the code that was written.
    Mail,
    /// They followed the link.
    Link,
    /// The operator sent them a code on paper.
    Paper,
}

static WHERE_TO: FormSpec<ChampRecuperation> =
    FormSpec::new("recuperation", letter::address_field, |form, today| faults(&letter::recipient(form), today));

/// By a code, or by the link: an answer that nobody types.
static ACCESS: FormSpec<C> = FormSpec::new("nouvel-acces", field_spec, |form, today| faults(&saisie(form), today));

/// The same by a code on paper: the field that is missing is that one.
static BY_PAPER: FormSpec<C> = FormSpec::new("acces-par-lettre", field_spec, |form, today| faults(&paper(form), today));

const fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Code => &letter::CODE_FIELD,
        C::Token => &FieldSpec { label: "Code de la lettre", ..letter::CODE_FIELD },
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
pub fn recovery() -> AnyView {
    let access = Form::open(&ACCESS);
    let where_to = Form::open(&WHERE_TO);
    let awaited = Awaited::nothing();
    let way = RwSignal::new(Way::Mail);
    let token = address::take_anchor();
    if Token::parse(&token).is_ok() {
        access.clear();
        access.prefill(C::Token, &token);
        way.set(Way::Link);
    } else if !token.is_empty() {
        where_to.fail(ApiFailure::Refusal(Probleme::new(Code::StaleLink)));
    }
    let session = session();
    let go_to = StoredValue::new_local(use_navigate());
    let enter = move |view: SessionView| {
        access.clear();
        where_to.clear();
        storage::withhold(MOT_DE_PASSE_CHOSEN, "1");
        let towards = session.enter(view, "/solde");
        go_to.with_value(|go_to| go_to(&towards, NavigateOptions { replace: true, ..NavigateOptions::default() }));
    };
    // After a reload, or when something else was read meanwhile, this is still what is waited for.
    clock::soon(move || {
        if way.try_get_untracked() == Some(Way::Mail) {
            spawn_local(async move {
                if let Ok(Some(view)) = client::awaited(routes::RECUPERATION).await
                    && !view.opened
                {
                    awaited.hear(Some(view));
                }
            });
        }
    });
    let view = move || match way.get() {
        Way::Mail if awaited.written().get() => await_code(access, awaited, enter),
        Way::Mail => ask_where_to(where_to, awaited, way),
        Way::Link => by_link(access, way, enter),
        Way::Paper => by_paper(way, enter),
    };
    view! { {view} }
}

/// Goes another way, on the same screen.
fn go(way: RwSignal<Way>, towards: Way) {
    way.set(towards);
    focus::announce_screen(screens::title_at("/mot-de-passe-oublie"));
}

fn ask_where_to(form: Form<ChampRecuperation>, awaited: Awaited, way: RwSignal<Way>) -> AnyView {
    let send = move || {
        form.send(move |key| client::recover(&letter::recipient(form), key), move |view| awaited.hear(Some(view)));
    };
    let options = Options {
        hint: "Celui de votre compte\u{a0}: nous y écrivons un code et un lien",
        autocomplete: "username",
        enterkeyhint: "go",
        ..Options::COURRIEL
    };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Mot de passe oublié"</h1>
            {failure_alert(form, say_of_the_mail)}
            {summary(form)}
        </div>
        {formulaire(
            form,
            send,
            view! {
                <div class="sheet sheet--close">
                    {field(form, ChampRecuperation::Courriel, options)}
                    <div class="actions">
                        {submit_button(form, "recevoir-un-courriel", "Recevoir un courriel", "Envoi…")}
                    </div>
                </div>
            }
        )}
        <section class="sheet sheet--ruled" aria-labelledby="par-lettre">
            <h2 id="par-lettre">"J’ai reçu un code par lettre"</h2>
            <p>"Qui n’a plus accès à son courriel peut demander une lettre à la personne qui tient ce service\u{a0}: son adresse est dans l’" <a href="/aide">"aide"</a> "."</p>
            <p class="actions">
                <button class="button button--quiet" type="button" on:click=move |_| go(way, Way::Paper)>
                    "Saisir le code de la lettre"
                </button>
            </p>
        </section>
    }
}

fn await_code(form: Form<C>, awaited: Awaited, enter: impl Fn(SessionView) + Copy + 'static) -> AnyView {
    // Whoever came by a link before types this code instead.
    form.prefill(C::Token, "");
    let go_back = move |_| {
        form.clear();
        awaited.hear(None);
    };
    let code = field(form, C::Code, Options { enterkeyhint: "next", ..letter::CODE });
    let typing = Typing {
        says: "Le courriel contient un code à six chiffres et un lien\u{a0}: l’un ou l’autre permet de choisir un autre mot de passe.",
        fields: fields(form, Some(code)),
        buttons: change_button(form),
        say,
    };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">{letter::WRITTEN}</h1>
            {letter::typing(form, awaited, typing, move || change(form, saisie, enter))}
        </div>
        {letter::nothing_came(
            awaited,
            |saisie, key| client::recover(&saisie, key),
            move |_| form.at(C::Code).withdraw()
        )}
        <div class="sheet sheet--ruled">
            <p class="actions">
                <button class="button button--quiet" type="button" on:click=go_back>"Recommencer autrement"</button>
            </p>
        </div>
    }
}

fn by_link(form: Form<C>, way: RwSignal<Way>, enter: impl Fn(SessionView) + Copy + 'static) -> AnyView {
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Choisir un autre mot de passe"</h1>
            {summary(form)}
            <p>"Il remplace celui que vous avez oublié, et déconnecte tous vos appareils sauf celui-ci."</p>
        </div>
        {choose(form, saisie, None, enter)}
        {another_way(way)}
    }
}

fn by_paper(way: RwSignal<Way>, enter: impl Fn(SessionView) + Copy + 'static) -> AnyView {
    let form = Form::open(&BY_PAPER);
    let options = Options {
        hint: "Vingt-quatre caractères\u{a0}; les traits et les majuscules ne comptent pas",
        class: "field__input field__input--code",
        required: true,
        ..Options::TEXT
    };
    let enter = move |view| {
        form.clear();
        enter(view);
    };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"J’ai reçu un code par lettre"</h1>
            {summary(form)}
            <p>"Il sert une seule fois. Choisissez en même temps un autre mot de passe."</p>
        </div>
        {choose(form, paper, Some(field(form, C::Token, options)), enter)}
        {another_way(way)}
    }
}

fn another_way(way: RwSignal<Way>) -> AnyView {
    view! {
        <div class="sheet sheet--ruled">
            <p class="actions">
                <button class="button button--quiet" type="button" on:click=move |_| go(way, Way::Mail)>
                    "Recevoir plutôt un courriel"
                </button>
            </p>
        </div>
    }
}

/// What proves, if it is typed, and the password.
fn choose(
    form: Form<C>,
    saisie: fn(Form<C>) -> SaisieNouvelAcces,
    proof: Option<AnyView>,
    enter: impl Fn(SessionView) + Copy + 'static,
) -> AnyView {
    let content = view! {
        <div class="sheet sheet--close">
            {fields(form, proof)}
            {failure_alert(form, say)}
            <div class="actions">{change_button(form)}</div>
        </div>
    };
    formulaire(form, move || change(form, saisie, enter), content)
}

fn fields(form: Form<C>, proof: Option<AnyView>) -> AnyView {
    view! { {proof} {password(form, C::MotDePasse, Options::NEW_MOT_DE_PASSE)} }
}

fn change_button(form: Form<C>) -> AnyView {
    submit_button(form, "changer-mon-mot-de-passe", "Changer mon mot de passe", "Changement…")
}

fn change(form: Form<C>, saisie: fn(Form<C>) -> SaisieNouvelAcces, enter: impl Fn(SessionView) + 'static) {
    form.send(move |_| client::choose_mot_de_passe(&saisie(form)), enter);
}

fn say(failure: &ApiFailure) -> (&'static str, Option<&'static str>) {
    let title = match failure {
        ApiFailure::NotKept => "Votre mot de passe a changé, mais votre navigateur n’a pas gardé la connexion",
        _ => "Votre mot de passe n’a pas changé",
    };
    (title, None)
}

fn say_of_the_mail(failure: &ApiFailure) -> (&'static str, Option<&'static str>) {
    match failure.code() {
        Some(Code::StaleLink) => (
            "Ce lien ne sert plus",
            Some("Il a déjà servi, son heure est passée, ou une partie en manque. Demandez ici un autre courriel."),
        ),
        None if *failure == ApiFailure::NotKept => ("Votre navigateur ne garde rien de votre demande", None),
        _ => ("Aucun courriel n’est parti", None),
    }
}
