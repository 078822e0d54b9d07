//! The questions of whoever opens an account: who they are, their number, how to reach them, their password, what they accept.

use api::accounts::SaisieInscription;
use domaine::forms::ChampInscription as C;
use domaine::identite::nir::{Remark, Sexe, group13, remark, separate};
use domaine::identite::{DateNaissance, Nir13};
use leptos::prelude::*;
use markup::view;

use crate::browser::clock;
use crate::components::contact;
use crate::components::field::{NEW_MOT_DE_PASSE, Options, checkbox, class, control, error, field, password};
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form};
use crate::wording::formats::month_name;

pub(super) fn spec(champ: C) -> &'static FieldSpec {
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

pub(super) fn saisie(form: Form<C>) -> SaisieInscription {
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

pub(super) fn identite(form: Form<C>) -> AnyView {
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

pub(super) fn nir(form: Form<C>) -> AnyView {
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

pub(super) fn attach(form: Form<C>) -> AnyView {
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

pub(super) fn access(form: Form<C>) -> AnyView {
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

/// What must be accepted, and what may be read.
pub(super) fn cgu(form: Form<C>) -> AnyView {
    view! {
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

pub(super) fn split_nir(text: &str) -> Option<(String, String)> {
    let (nir, key) = separate(text)?;
    Some((group13(&nir).unwrap_or(nir), key))
}

fn tidy_naissance(text: &str) -> Option<String> {
    DateNaissance::parse(text, clock::today()).ok().map(|date| date.saisie())
}

/// Why the account was not opened.
pub(super) fn say(failure: &ApiFailure) -> (&'static str, Option<&'static str>) {
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
