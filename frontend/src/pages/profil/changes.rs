//! What a person can change of their profile: how to reach them, their password, and whether there is an account.
//! Each form opens in its own part of the screen.

use api::comptes::{FermetureCompte, SaisieCoordonnees, SaisieMotDePasse};
use api::routes;
use domaine::forms::{Champ, ChampCoordonnees, ChampMotDePasse, Faute};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::components::alert::alerte_echec;
use crate::components::button::{bouton_danger, bouton_envoi};
use crate::components::contact;
use crate::components::error_summary::resume;
use crate::components::field::{Options, field, password};
use crate::components::form::formulaire;
use crate::form::{AnyForm, FieldSpec, Form, FormSpec, fault_at, faults};
use crate::net::client;
use crate::session::session;
use crate::wording::formats;

use super::screen::{Ecran, Partie};

static COORDONNEES: FormSpec<ChampCoordonnees> =
    FormSpec::new("coordonnees", contact_spec, |form, today| faults(&coordonnees(form), today));

fn contact_spec(champ: ChampCoordonnees) -> &'static FieldSpec {
    match champ {
        ChampCoordonnees::TelephoneFixe => &contact::FIXE,
        ChampCoordonnees::TelephoneMobile => &contact::MOBILE,
        ChampCoordonnees::Courriel => &contact::COURRIEL,
        ChampCoordonnees::MotDePasseActuel => {
            &FieldSpec { label: "Mot de passe, pour changer de courriel", ..FieldSpec::RAW }
        }
    }
}

fn coordonnees(form: Form<ChampCoordonnees>) -> SaisieCoordonnees {
    SaisieCoordonnees {
        telephone_fixe: form.answer(ChampCoordonnees::TelephoneFixe),
        telephone_mobile: form.answer(ChampCoordonnees::TelephoneMobile),
        courriel: form.answer(ChampCoordonnees::Courriel),
        mot_de_passe_actuel: form.answer(ChampCoordonnees::MotDePasseActuel),
    }
}

static MOT_DE_PASSE: FormSpec<ChampMotDePasse> =
    FormSpec::new("changement", password_spec, |form, today| faults(&mots_de_passe(form), today));

fn password_spec(champ: ChampMotDePasse) -> &'static FieldSpec {
    match champ {
        ChampMotDePasse::Actuel => &FieldSpec { label: "Mot de passe actuel", ..FieldSpec::RAW },
        ChampMotDePasse::Nouveau => &FieldSpec { label: "Nouveau mot de passe", ..FieldSpec::RAW },
    }
}

fn mots_de_passe(form: Form<ChampMotDePasse>) -> SaisieMotDePasse {
    SaisieMotDePasse { actuel: form.answer(ChampMotDePasse::Actuel), nouveau: form.answer(ChampMotDePasse::Nouveau) }
}

/// What is asked before an account is closed; its answer is judged by the server alone, once there is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ChampFermeture {
    MotDePasse,
}

impl Champ for ChampFermeture {
    const TOUS: &'static [Self] = &[Self::MotDePasse];

    fn id(self) -> &'static str {
        ChampMotDePasse::Actuel.id()
    }
}

static FERMETURE: FormSpec<ChampFermeture> = FormSpec::new(
    "fermeture",
    |champ| match champ {
        ChampFermeture::MotDePasse => &FieldSpec { label: "Mot de passe, pour confirmer", ..FieldSpec::RAW },
    },
    |form, _| {
        let empty = form.answer(ChampFermeture::MotDePasse).is_empty();
        fault_at(ChampFermeture::MotDePasse, empty.then_some(Faute::MotDePasseManquant))
    },
)
.prefixed("fermeture-");

pub(super) fn changer_coordonnees(ecran: Ecran) -> AnyView {
    let form = Form::ouvrir(&COORDONNEES);
    // What is known fills the form once; what the person typed before looking elsewhere stays.
    if form.is_blank() {
        ecran.profil.avec(|profil| {
            let telephone = |e164: &Option<String>| e164.as_deref().map(formats::telephone).unwrap_or_default();
            form.preremplir(ChampCoordonnees::TelephoneFixe, &telephone(&profil.telephone_fixe));
            form.preremplir(ChampCoordonnees::TelephoneMobile, &telephone(&profil.telephone_mobile));
            form.preremplir(ChampCoordonnees::Courriel, &profil.courriel);
        });
    }
    let envoyer = move || {
        form.envoyer(
            move |_| async move { client::changer_coordonnees(&coordonnees(form)).await },
            move |()| {
                form.vider();
                ecran.profil.relire();
                ecran.reussir("Vos coordonnées sont enregistrées");
            },
        );
    };
    let contenu = view! {
        <div class="sheet sheet--close">
            {resume(form)}
            {contact::telephones(form.at(ChampCoordonnees::TelephoneFixe), form.at(ChampCoordonnees::TelephoneMobile))}
            {contact::courriel(form.at(ChampCoordonnees::Courriel))}
            {field(
                form,
                ChampCoordonnees::MotDePasseActuel,
                Options { hint: "Laissez vide si le courriel ne change pas", ..Options::MOT_DE_PASSE }
            )}
            {alerte_echec(form, |_| ("Vos coordonnées ne sont pas encore enregistrées", None))}
            <div class="actions">
                {bouton_envoi(form, "enregistrer-coordonnees", "Enregistrer", "Enregistrement…")}
                {annuler(ecran, form, Partie::Coordonnees, "Annuler")}
            </div>
        </div>
    };
    formulaire(form, envoyer, contenu.into_any())
}

pub(super) fn changer_mot_de_passe(ecran: Ecran) -> AnyView {
    let form = Form::ouvrir(&MOT_DE_PASSE);
    let envoyer = move || {
        form.envoyer(
            move |_| async move { client::changer_mot_de_passe(&mots_de_passe(form)).await },
            move |()| {
                form.vider();
                ecran.connexions.relire();
                ecran.reussir("Votre mot de passe est changé ; les autres appareils sont déconnectés");
            },
        );
    };
    let contenu = view! {
        <div class="sheet sheet--close">
            {resume(form)}
            {field(form, ChampMotDePasse::Actuel, Options { enterkeyhint: "next", ..Options::MOT_DE_PASSE })}
            {password(
                form,
                ChampMotDePasse::Nouveau,
                Options {
                    hint: "12 caractères variés, ou une phrase de plusieurs mots", ..Options::NOUVEAU_MOT_DE_PASSE
                },
            )}
            {alerte_echec(form, |_| ("Votre mot de passe n’est pas encore changé", None))}
            <div class="actions">
                {bouton_envoi(form, "enregistrer-mot-de-passe", "Changer le mot de passe", "Changement…")}
                {annuler(ecran, form, Partie::MotDePasse, "Annuler")}
            </div>
        </div>
    };
    formulaire(form, envoyer, contenu.into_any())
}

pub(super) fn fermer_compte(ecran: Ecran) -> AnyView {
    let form = Form::ouvrir(&FERMETURE);
    let session = session();
    let aller = use_navigate();
    let envoyer = move || {
        let aller = aller.clone();
        form.envoyer(
            move |_| async move {
                let mot_de_passe = form.answer(ChampFermeture::MotDePasse);
                client::fermer_compte(&FermetureCompte { mot_de_passe }).await
            },
            move |()| {
                session.fermer();
                aller("/", NavigateOptions { replace: true, ..NavigateOptions::default() });
            },
        );
    };
    let contenu = view! {
        <div class="alert alert--error">
            <p class="alert__title">"Fermer ce compte efface ce qu’il contient"</p>
            <p>
                "Vos coordonnées, vos déclarations de DIF et leurs attestations seront effacées. Vos droits, eux, ne sont pas perdus\u{a0}: ils viennent des déclarations de vos employeurs."
            </p>
            <p><a href=routes::EXPORT download="mes-donnees.json">"Télécharger d’abord mes données"</a></p>
            {resume(form)}
            {field(form, ChampFermeture::MotDePasse, Options::MOT_DE_PASSE)}
            {alerte_echec(form, |_| ("Votre compte n’est pas fermé", None))}
            <div class="actions">
                {bouton_danger(form, "confirmer-fermeture", "Fermer définitivement", "Fermeture…")}
                {annuler(ecran, form, Partie::Fermeture, "Garder mon compte")}
            </div>
        </div>
    };
    formulaire(form, envoyer, contenu.into_any())
}

fn annuler(ecran: Ecran, form: impl Into<AnyForm>, partie: Partie, dit: &'static str) -> AnyView {
    let form = form.into();
    let annuler = move |_| {
        form.vider();
        ecran.fermer(partie);
    };
    view! { <button class="button button--quiet" type="button" on:click=annuler>{dit}</button> }
}
