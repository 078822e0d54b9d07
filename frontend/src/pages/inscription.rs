//! « Créer mon compte ».

use api::comptes::SaisieInscription;
use api::probleme::Code;
use domaine::forms::ChampInscription as C;
use domaine::identite::mot_de_passe::{SEUIL_ACCEPTE, SEUIL_CONSEILLE, mesurer};
use domaine::identite::nir::{Remarque, Sexe, grouper13, remarque, separer};
use domaine::identite::{DateNaissance, Nir13};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::browser::clock;
use crate::components::alert::alerte_echec;
use crate::components::button::bouton_envoi;
use crate::components::contact;
use crate::components::error_summary::resume;
use crate::components::field::{Options, checkbox, classe, control, error, field, password};
use crate::components::form::formulaire;
use crate::failure::Echec;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::session::session;
use crate::wording::formats::nom_du_mois;

static SPEC: FormSpec<C> = FormSpec::new("inscription", field_spec, |form, today| faults(&saisie(form), today)).paired(
    C::Nir,
    C::Cle,
    partager_nir,
);

fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::NomNaissance => &FieldSpec { label: "Nom de naissance", ..FieldSpec::TEXT },
        C::Prenoms => &FieldSpec { label: "Prénoms", ..FieldSpec::TEXT },
        C::DateNaissance => &FieldSpec { label: "Date de naissance", tidy: Some(ranger_naissance), ..FieldSpec::TEXT },
        C::Nir => &FieldSpec { label: "Numéro de sécurité sociale", tidy: Some(grouper13), ..FieldSpec::TEXT },
        C::Cle => &FieldSpec { label: "Clé", ..FieldSpec::TEXT },
        C::TelephoneFixe => &contact::FIXE,
        C::TelephoneMobile => &contact::MOBILE,
        C::Courriel => &contact::COURRIEL,
        C::MotDePasse => &FieldSpec { label: "Mot de passe", remark: Some(solidite), ..FieldSpec::RAW },
        C::Cgu => &FieldSpec { label: "Conditions générales", ..FieldSpec::RAW },
    }
}

fn saisie(form: Form<C>) -> SaisieInscription {
    SaisieInscription {
        nom_naissance: form.answer(C::NomNaissance),
        prenoms: form.answer(C::Prenoms),
        date_naissance: form.answer(C::DateNaissance),
        nir: form.answer(C::Nir),
        cle: form.answer(C::Cle),
        telephone_fixe: form.answer(C::TelephoneFixe),
        telephone_mobile: form.answer(C::TelephoneMobile),
        courriel: form.answer(C::Courriel),
        mot_de_passe: form.answer(C::MotDePasse),
        cgu: form.ticked(C::Cgu),
    }
}

/// The screen.
pub fn inscription() -> AnyView {
    let form = Form::ouvrir(&SPEC);
    let session = session();
    let aller = use_navigate();
    let envoyer = move || {
        let aller = aller.clone();
        form.envoyer(
            move |cle| async move { client::inscrire(&saisie(form), &cle).await },
            move |vue| {
                form.vider();
                session.accueillir(vue);
                aller("/solde", NavigateOptions { replace: true, ..NavigateOptions::default() });
            },
        );
    };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Créer mon compte"</h1>
            {resume(form)}
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
            envoyer,
            view! {
                {identite(form)}
                {nir(form)}
                {joindre(form)}
                {acces(form)}
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
                    {alerte_echec(form, dire)}
                    <div class="actions">
                        {bouton_envoi(form, "creer-compte", "Créer mon compte", "Création du compte…")}
                        <a
                            class="button button--quiet"
                            href="/"
                            // After the field that this press leaves is judged: an empty form says nothing.
                            on:click=move |_| clock::bientot(move || form.vider())
                        >
                            "Annuler"
                        </a>
                    </div>
                </div>
            }
        )}
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
                    classe: "field__input field__input--short",
                    requis: true,
                    ..Options::CHIFFRES
                }
            )}
        </section>
    }
}

fn nir(form: Form<C>) -> AnyView {
    let masque = RwSignal::new(false);
    let code = Options { classe: "field__input field__input--code", requis: true, ..Options::TEXTE };
    let lecture = move || lire_nir(&form.texte(C::Nir).read(), &form.texte(C::DateNaissance).read());
    // Its own element: the class of a control is fixed, the mask is put around both.
    view! {
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-nir">
            <h2 id="partie-nir">"Votre numéro de sécurité sociale"</h2>
            <div
                class=move || if masque.get() { "field-group field-group--masked" } else { "field-group" }
                role="group"
                aria-labelledby="partie-nir"
            >
                <p class="field__hint" id="nir-aide">
                    "Saisissez les 13 caractères alphanumériques et la clé à 2\u{a0}chiffres inscrits sur votre carte Vitale"
                </p>
                <div class="field-group__row">
                    <div class=classe(form.at(C::Nir), "field")>
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
                    <div class=classe(form.at(C::Cle), "field")>
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
                        <p class="field__remark" id="nir-remarque" role="status">{lecture}</p>
                    </div>
                    <button
                        class="button button--link"
                        type="button"
                        aria-controls="nir cle"
                        on:click=move |_| masque.update(|m| *m = !*m)
                    >
                        {move || if masque.get() { "Afficher le numéro" } else { "Masquer le numéro" }}
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

fn joindre(form: Form<C>) -> AnyView {
    view! {
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-contact">
            <h2 id="partie-contact">"Comment vous joindre"</h2>
            {contact::telephones(form.at(C::TelephoneFixe), form.at(C::TelephoneMobile))}
            <aside class="note">
                <p>"Les numéros d’outre-mer sont acceptés comme les autres."</p>
            </aside>
            {contact::courriel(form.at(C::Courriel))}
        </section>
    }
}

fn acces(form: Form<C>) -> AnyView {
    view! {
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-acces">
            <h2 id="partie-acces">"Votre mot de passe"</h2>
            {password(
                form,
                C::MotDePasse,
                Options {
                    hint: "12 caractères variés, ou une phrase de plusieurs mots", ..Options::NOUVEAU_MOT_DE_PASSE
                }
            )}
            <aside class="note">
                <p>
                    "La longueur compte plus que les signes rares. Quatre mots sans rapport valent mieux qu’un mot compliqué."
                </p>
            </aside>
        </section>
    }
}

/// « Femme, née en mars 1979, dans la Marne »: what the number says, once it is whole.
fn lire_nir(nir: &str, naissance: &str) -> Option<String> {
    let nir = Nir13::parse(nir).ok()?;
    let naissance = DateNaissance::parse(naissance, clock::aujourdhui()).ok();
    let lu = nir.lu();
    let qui = match lu.sexe {
        Sexe::Femme => "Femme, née en ",
        Sexe::Homme => "Homme, né en ",
    };
    let mois = lu.mois.map(nom_du_mois).unwrap_or_default();
    // The number holds two figures of the year: the century comes from the birth date, or is not told.
    let annee = match &naissance {
        Some(date) if date.annee() % 100 == u16::from(lu.annee) => date.annee().to_string(),
        _ => ["année finissant par ", if lu.annee < 10 { "0" } else { "" }, &lu.annee.to_string()].concat(),
    };
    let espace = match (mois, annee.starts_with('a')) {
        ("", true) => "une ",
        ("", false) => "",
        (_, true) => ", ",
        (_, false) => " ",
    };
    let suite = match naissance.and_then(|date| remarque(&nir, &date)) {
        None => "",
        Some(Remarque::CorseAvant1976) => {
            " Avant 1976, la Corse s’écrivait 20\u{a0}: vérifiez le numéro s’il ne vient pas de votre carte."
        }
        Some(Remarque::CorseDepuis1976) => {
            " Depuis 1976, la Corse s’écrit 2A ou 2B\u{a0}: vérifiez le numéro s’il ne vient pas de votre carte."
        }
        Some(Remarque::TunisieDepuis1968) => {
            " Depuis 1968, le 96 ne désigne plus la Tunisie\u{a0}: vérifiez le numéro s’il ne vient pas de votre carte."
        }
    };
    Some(
        [qui, mois, espace, &annee, ", ", lu.lieu.phrase(), ". Calculé sur votre appareil, rien n’est envoyé.", suite]
            .concat(),
    )
}

fn partager_nir(texte: &str) -> Option<(String, String)> {
    let (nir, cle) = separer(texte)?;
    Some((grouper13(&nir).unwrap_or(nir), cle))
}

fn ranger_naissance(texte: &str) -> Option<String> {
    DateNaissance::parse(texte, clock::aujourdhui()).ok().map(|date| date.saisie())
}

fn solidite(texte: &str) -> Option<String> {
    // Speaks of the length alone: whatever else the server refuses is not praised here.
    let dit = match mesurer(texte).bits() {
        SEUIL_CONSEILLE.. => "Bonne longueur",
        SEUIL_ACCEPTE.. => "Longueur suffisante",
        _ => return None,
    };
    Some(dit.to_owned())
}

fn dire(echec: &Echec) -> (&'static str, Option<&'static str>) {
    match echec.code() {
        Some(Code::CompteImpossible) => ("Votre compte n’a pas été créé", None),
        Some(_) => ("Votre compte n’a pas encore été créé", None),
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
        let lu = |naissance| lire_nir("1800151001001", naissance).unwrap_or_default();
        assert!(lu("01/01/1980").starts_with("Homme, né en janvier 1980, "), "{}", lu("01/01/1980"));
        for autre in ["", "01/01", "01/01/1979"] {
            assert!(lu(autre).starts_with("Homme, né en janvier, année finissant par 80, "), "{}", lu(autre));
        }
    }

    #[test]
    fn only_an_accepted_length_is_praised() {
        assert_eq!(solidite("azerty"), None);
        assert_eq!(solidite("quatre grues rouges dorment sous la pluie").as_deref(), Some("Bonne longueur"));
    }
}
