//! « Créer mon compte »: the questions, then the code of a letter on the same screen.

mod code;

use api::accounts::{SaisieInscription, SessionView};
use domaine::forms::ChampInscription as C;
use domaine::identite::nir::{Remark, Sexe, group13, remark, separate};
use domaine::identite::{DateNaissance, Nir13};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::browser::{clock, dom, focus};
use crate::components::alert::{failure_alert, recovered};
use crate::components::button::submit_button;
use crate::components::contact;
use crate::components::error_summary::summary;
use crate::components::field::{NEW_MOT_DE_PASSE, Options, checkbox, class, control, error, field, password};
use crate::components::form::formulaire;
use crate::components::letter::Awaited;
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::session::{SIGN_UP, session};
use crate::wording::formats::month_name;

static SPEC: FormSpec<C> = FormSpec::new(SIGN_UP, field_spec, |form, today| faults(&saisie(form), today))
    .paired(C::Nir, C::Cle, split_nir)
    .drafted();

fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::NomNaissance => &FieldSpec { label: "Nom de naissance", ..FieldSpec::TEXT },
        C::Prenoms => &FieldSpec { label: "Prénoms", ..FieldSpec::TEXT },
        C::DateNaissance => &FieldSpec { label: "Date de naissance", tidy: Some(tidy_naissance), ..FieldSpec::TEXT },
        C::Nir => &FieldSpec { label: "Numéro de sécurité sociale", tidy: Some(group13), ..FieldSpec::SECRET },
        C::Cle => &FieldSpec { label: "Clé", ..FieldSpec::SECRET },
        C::TelephoneFixe => &contact::FIXE,
        C::TelephoneMobile => &contact::MOBILE,
        C::Courriel => &contact::COURRIEL,
        C::MotDePasse => &FieldSpec { label: "Mot de passe", ..NEW_MOT_DE_PASSE },
        C::Cgu => &FieldSpec { label: "Conditions générales", ..FieldSpec::RAW },
    }
}

fn saisie(form: Form<C>) -> SaisieInscription {
    SaisieInscription {
        nom_naissance: form.answer(C::NomNaissance),
        prenoms: form.answer(C::Prenoms),
        date_naissance: form.answer(C::DateNaissance),
        nir: form.answer(C::Nir),
        key: form.answer(C::Cle),
        telephone_fixe: form.answer(C::TelephoneFixe),
        telephone_mobile: form.answer(C::TelephoneMobile),
        courriel: form.answer(C::Courriel),
        mot_de_passe: form.answer(C::MotDePasse),
        cgu: form.ticked(C::Cgu),
    }
}

/// The screen.
pub fn inscription() -> AnyView {
    let form = Form::open(&SPEC);
    let awaited = Awaited::nothing();
    let session = session();
    let go_to = StoredValue::new_local(use_navigate());
    let enter = move |view: SessionView| {
        form.clear();
        session.welcome(view);
        // Whoever has gone elsewhere meanwhile stays there.
        let _gone = go_to.try_with_value(|go_to| {
            go_to("/solde", NavigateOptions { replace: true, ..NavigateOptions::default() });
        });
    };
    // After a reload, or when something else was read meanwhile, this is still what is waited for.
    clock::soon(move || code::look(form, awaited, enter));
    dom::listen("visibilitychange", move |_| {
        // The link may have been followed in another tab.
        if awaited.is_there() {
            code::look(form, awaited, enter);
        }
    });
    let view = move || match (awaited.written().get(), awaited.opened().get()) {
        (false, _) => answers(form, awaited),
        (true, false) => code::await_code(form, awaited, enter),
        (true, true) => code::opened_elsewhere(form, awaited),
    };
    view! { {view} }
}

/// The questions.
fn answers(form: Form<C>, awaited: Awaited) -> AnyView {
    let send = move || {
        form.send(move |key| client::sign_up(&saisie(form), key), move |view| awaited.hear(Some(view)));
    };
    let asking = RwSignal::new(false);
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Créer mon compte"</h1>
            {summary(form)}
            {recovered(form, LOST)}
            <details class="disclosure">
                <summary class="disclosure__title">"Qu’est-ce que FranceConnect\u{a0}?"</summary>
                <div class="disclosure__body">
                    <p>
                        "FranceConnect est la solution proposée par l’État pour simplifier votre connexion aux services en ligne."
                    </p>
                    <p>
                        "Ce site ne l’utilise pas\u{a0}: vous créez ici un compte avec votre courriel et un mot de passe."
                    </p>
                </div>
            </details>
            <p>"Tous les champs sont obligatoires\u{a0}; un seul des deux téléphones suffit."</p>
        </div>
        {formulaire(
            form,
            send,
            view! {
                {identite(form)}
                {nir(form)}
                {attach(form)}
                {access(form)}
                <div class="sheet sheet--ruled">
                    <div class="stack">
                        {checkbox(
                            form,
                            C::Cgu,
                            true,
                            view! { "J’ai lu et j’accepte les " <a href="/cgu">"conditions générales d’utilisation"</a> }
                        )}
                        <p>
                            <a href="/donnees-personnelles">
                                "Je consulte la politique de protection des données personnelles"
                            </a>
                        </p>
                    </div>
                    {failure_alert(form, say)}
                    <div class="actions">
                        {submit_button(form, "creer-compte", "Créer mon compte", "Création du compte…")}
                        <a
                            class="button button--quiet"
                            id="annuler"
                            href="/"
                            on:click=move |event: MouseEvent| {
                                if !form.is_blank() {
                                    event.prevent_default();
                                    asking.set(true);
                                    clock::soon(|| focus::give_focus("annuler-titre"));
                                }
                            }
                        >
                            "Annuler"
                        </a>
                    </div>
                    {move || asking.get().then(|| wipe(form, asking))}
                </div>
            }
        )}
    }
}

/// What a reload did not keep.
const LOST: &str = "gardé ni votre numéro de sécurité sociale, ni votre mot de passe\u{a0}: saisissez-les de nouveau.";

/// Asked before ten answers go.
fn wipe(form: Form<C>, asking: RwSignal<bool>) -> AnyView {
    let keep = move |_| {
        asking.set(false);
        focus::give_focus("annuler");
    };
    view! {
        <div class="alert" role="group" aria-labelledby="annuler-titre">
            <p class="alert__title" id="annuler-titre" tabindex="-1">"Effacer tout ce que vous avez saisi\u{202f}?"</p>
            <p>"Aucun compte n’est créé, et rien n’a été envoyé."</p>
            <div class="actions">
                <a
                    class="button button--danger"
                    href="/"
                    on:click=move |_| {
                        asking.set(false);
                        form.clear();
                    }
                >
                    "Tout effacer"
                </a>
                <button class="button button--quiet" type="button" on:click=keep>"Garder mes réponses"</button>
            </div>
        </div>
    }
}

fn identite(form: Form<C>) -> AnyView {
    view! {
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-identite">
            <h2 id="partie-identite">"Qui vous êtes"</h2>
            {field(
                form,
                C::NomNaissance,
                Options {
                    hint: "Saisissez uniquement votre nom de naissance",
                    autocomplete: "family-name",
                    ..Options::NOM
                }
            )}
            <aside class="note">
                <p>
                    "Tel qu’il figure sur votre acte de naissance, même si vous portez aujourd’hui un autre nom."
                </p>
            </aside>
            {field(
                form,
                C::Prenoms,
                Options {
                    hint: "Tous vos prénoms, dans l’ordre de l’état civil",
                    autocomplete: "given-name",
                    ..Options::NOM
                }
            )}
            {field(
                form,
                C::DateNaissance,
                Options {
                    hint: "Jour, mois, année. Par exemple 28/03/1979",
                    autocomplete: "bday",
                    class: "field__input field__input--short",
                    required: true,
                    ..Options::DIGITS
                }
            )}
        </section>
    }
}

fn nir(form: Form<C>) -> AnyView {
    let masked = RwSignal::new(false);
    let code = Options { class: "field__input field__input--code", required: true, ..Options::TEXT };
    // It says most of what the number says: hidden with it.
    let remote = move || match masked.get() {
        true => None,
        false => parse_nir(&form.text(C::Nir).read(), &form.text(C::DateNaissance).read()),
    };
    // Its own element: the class of a control is fixed, the mask is put around both.
    view! {
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-nir">
            <h2 id="partie-nir">"Votre numéro de sécurité sociale"</h2>
            <div
                class=move || if masked.get() { "field-group field-group--masked" } else { "field-group" }
                role="group"
                aria-labelledby="partie-nir"
            >
                <p class="field__hint" id="nir-aide">
                    "Saisissez les 13 caractères alphanumériques et la clé à 2\u{a0}chiffres inscrits sur votre carte Vitale"
                </p>
                <div class="field-group__row">
                    <div class=class(form.at(C::Nir), "field")>
                        <label class="field__label" for="nir">
                            "Numéro"
                            <span class="visually-hidden">" de sécurité sociale"</span>
                        </label>
                        {control(
                            form.at(C::Nir),
                            Options { autocapitalize: "characters", ..code },
                            "nir-aide nir-erreur nir-remarque".into()
                        )}
                    </div>
                    <div class=class(form.at(C::Cle), "field")>
                        <label class="field__label" for="cle">"Clé"</label>
                        {control(
                            form.at(C::Cle),
                            Options { inputmode: "numeric", ..code },
                            "nir-aide cle-erreur".into(),
                        )}
                    </div>
                </div>
                <div class="field-group__end">
                    <div class="field__foot">
                        {error(form.at(C::Nir))}
                        {error(form.at(C::Cle))}
                        <p class="field__remark" id="nir-remarque" role="status">{remote}</p>
                    </div>
                    <button
                        class="button button--link"
                        type="button"
                        aria-controls="nir cle"
                        on:click=move |_| masked.update(|m| *m = !*m)
                    >
                        {move || if masked.get() { "Afficher le numéro" } else { "Masquer le numéro" }}
                    </button>
                </div>
            </div>
            <aside class="note">
                <p>
                    <strong>"Où le trouver\u{a0}?"</strong>
                    " Au recto de votre carte Vitale. En Corse, le 7"
                    <sup>"e"</sup>
                    " caractère est la lettre A ou B."
                </p>
                <p>
                    "Le numéro est lu sur votre appareil. Rien n’est envoyé avant que vous créiez le compte."
                </p>
            </aside>
        </section>
    }
}

fn attach(form: Form<C>) -> AnyView {
    view! {
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-contact">
            <h2 id="partie-contact">"Comment vous joindre"</h2>
            {contact::telephones(form.at(C::TelephoneFixe), form.at(C::TelephoneMobile))}
            <aside class="note">
                <p>"Les numéros d’outre-mer sont acceptés comme les autres."</p>
            </aside>
            {contact::courriel(form.at(C::Courriel), contact::TO_CONNECT)}
        </section>
    }
}

fn access(form: Form<C>) -> AnyView {
    view! {
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-acces">
            <h2 id="partie-acces">"Votre mot de passe"</h2>
            {password(
                form,
                C::MotDePasse,
                Options::NEW_MOT_DE_PASSE
            )}
        </section>
    }
}

/// « Femme, née en mars 1979, dans la Marne »: what the number says, once it is whole.
fn parse_nir(nir: &str, naissance: &str) -> Option<String> {
    let nir = Nir13::parse(nir).ok()?;
    let naissance = DateNaissance::parse(naissance, clock::today()).ok();
    let read = nir.read();
    let who = match read.sexe {
        Sexe::Femme => "Femme, née en ",
        Sexe::Homme => "Homme, né en ",
    };
    let month = read.month.map(month_name).unwrap_or_default();
    // The number holds two figures of the year: the century comes from the birth date, or is not told.
    let whole_year = naissance.map(|date| date.year()).filter(|year| year % 100 == u16::from(read.year));
    let year = match whole_year {
        Some(year) => year.to_string(),
        None => ["année finissant par ", if read.year < 10 { "0" } else { "" }, &read.year.to_string()].concat(),
    };
    let space = match (month, year.starts_with('a')) {
        ("", true) => "une ",
        ("", false) => "",
        (_, true) => ", ",
        (_, false) => " ",
    };
    let next = match naissance.and_then(|date| remark(&nir, &date)) {
        None => "",
        Some(Remark::CorseBefore1976) => {
            " Avant 1976, la Corse s’écrivait 20\u{a0}: vérifiez le numéro s’il ne vient pas de votre carte."
        }
        Some(Remark::CorseSince1976) => {
            " Depuis 1976, la Corse s’écrit 2A ou 2B\u{a0}: vérifiez le numéro s’il ne vient pas de votre carte."
        }
        Some(Remark::TunisieSince1968) => {
            " Depuis 1968, le 96 ne désigne plus la Tunisie\u{a0}: vérifiez le numéro s’il ne vient pas de votre carte."
        }
    };
    let (comma, lieu) = read.lieu.phrase(whole_year).map_or(("", ""), |lieu| (", ", lieu));
    Some([who, month, space, &year, comma, lieu, ". Calculé sur votre appareil, rien n’est envoyé.", next].concat())
}

fn split_nir(text: &str) -> Option<(String, String)> {
    let (nir, key) = separate(text)?;
    Some((group13(&nir).unwrap_or(nir), key))
}

fn tidy_naissance(text: &str) -> Option<String> {
    DateNaissance::parse(text, clock::today()).ok().map(|date| date.saisie())
}

fn say(failure: &ApiFailure) -> (&'static str, Option<&'static str>) {
    match failure.code() {
        Some(_) => ("Votre compte n’a pas encore été créé", None),
        None if *failure == ApiFailure::NotKept => ("Votre navigateur ne garde rien de votre demande", None),
        None => (
            "Votre compte n’a pas encore été créé",
            Some(
                "La connexion a été perdue pendant l’envoi. Tout ce que vous avez saisi est gardé sur cette page. Dès que la connexion revient, appuyez de nouveau sur «\u{a0}Créer mon compte\u{a0}»\u{a0}: un seul compte sera créé.",
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_a_number_is_told_whole_or_by_its_end() {
        let read = |naissance| parse_nir("1800151001001", naissance).unwrap_or_default();
        assert!(read("01/01/1980").starts_with("Homme, né en janvier 1980, "), "{}", read("01/01/1980"));
        for other in ["", "01/01", "01/01/1979"] {
            assert!(read(other).starts_with("Homme, né en janvier, année finissant par 80, "), "{}", read(other));
        }
    }
}
