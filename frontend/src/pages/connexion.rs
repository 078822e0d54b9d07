//! « Me connecter », as a screen, and in place when a session has ended.

use api::comptes::SaisieConnexion;
use api::probleme::Code;
use api::screens;
use domaine::forms::ChampConnexion as C;
use domaine::mesures::Jour;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use markup::view;

use crate::components::alert::alerte_echec;
use crate::components::button::bouton_envoi;
use crate::components::error_summary::resume;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::failure::Echec;
use crate::form::{Faults, FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::session::session;

static CONNEXION: FormSpec<C> = FormSpec::new("connexion", field_spec, judge);

/// The same questions over another screen, which may hold fields of the same name.
static RECONNEXION: FormSpec<C> = FormSpec::new("reconnexion", field_spec, judge).prefixed("session-");

fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Courriel => &FieldSpec { label: "Courriel", ..FieldSpec::TEXT },
        C::MotDePasse => &FieldSpec { label: "Mot de passe", ..FieldSpec::RAW },
    }
}

fn judge(form: Form<C>, today: Jour) -> Faults {
    faults(&saisie(form), today)
}

fn saisie(form: Form<C>) -> SaisieConnexion {
    SaisieConnexion { courriel: form.answer(C::Courriel), mot_de_passe: form.answer(C::MotDePasse) }
}

/// The screen.
pub fn connexion() -> AnyView {
    let form = Form::ouvrir(&CONNEXION);
    let session = session();
    let aller = use_navigate();
    // Only our own addresses: a link made by somebody else must not lead elsewhere after the password.
    let recherche = use_location().search.get_untracked();
    let retour = recherche.trim_start_matches('?').strip_prefix("retour=").unwrap_or_default();
    let vers = if screens::at(retour).is_some() && !retour.trim_matches('/').is_empty() { retour } else { "/solde" }
        .to_owned();
    let demande = vers.clone();
    let envoyer = move || {
        let (aller, vers) = (aller.clone(), vers.clone());
        form.envoyer(
            move |_| async move { client::connecter(&saisie(form)).await },
            move |vue| {
                form.vider();
                session.accueillir(vue);
                aller(&vers, NavigateOptions { replace: true, ..NavigateOptions::default() });
            },
        );
    };
    let inscription = [
        "/inscription",
        if demande == "/solde" { "" } else { "?retour=" },
        if demande == "/solde" { "" } else { &demande },
    ]
    .concat();
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Me connecter"</h1>
            {alerte_echec(form, dire)}
            {resume(form)}
        </div>
        {formulaire(
            form,
            envoyer,
            view! {
                <div class="sheet sheet--close">
                    {field(form, C::Courriel, Options { autocomplete: "username", ..Options::COURRIEL })}
                    <aside class="note">
                        <p>
                            <strong>"Mot de passe oublié\u{a0}?"</strong>
                            " Écrivez à la personne qui tient ce service\u{a0}: son adresse est dans l’"
                            <a href="/aide">"aide"</a>
                            "."
                        </p>
                    </aside>
                    {field(form, C::MotDePasse, Options::MOT_DE_PASSE)}
                    <div class="actions">
                        {bouton_envoi(form, "se-connecter", "Me connecter", "Connexion en cours…")}
                    </div>
                </div>
            }
        )}
        <section class="sheet sheet--ruled" aria-labelledby="pas-de-compte">
            <h2 id="pas-de-compte">"Pas encore de compte\u{a0}?"</h2>
            <p>"Munissez-vous de votre numéro de sécurité sociale. Il faut environ cinq minutes."</p>
            <p class="actions"><a class="button button--quiet" href=inscription>"Créer un compte"</a></p>
        </section>
    }
}

/// The session has ended: the screen behind keeps every word, this opens it again.
pub fn reconnexion() -> AnyView {
    let form = Form::ouvrir(&RECONNEXION);
    let session = session();
    let aller = StoredValue::new_local(use_navigate());
    let envoyer = move || {
        form.envoyer(
            move |_| async move { client::connecter(&saisie(form)).await },
            move |vue| {
                form.vider();
                session.accueillir(vue);
            },
        );
    };
    let quitter = move |_| {
        session.fermer();
        aller.with_value(|aller| aller("/", NavigateOptions::default()));
    };
    view! {
        <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="session-titre">
            <div class="dialog__in stack">
                <h2 id="session-titre" tabindex="-1">"Votre session est terminée"</h2>
                <p>"Reconnectez-vous ici\u{a0}: ce que vous avez saisi est gardé."</p>
                {alerte_echec(form, dire)}
                {resume(form)}
                {formulaire(
                    form,
                    envoyer,
                    view! {
                        {field(form, C::Courriel, Options { autocomplete: "username", ..Options::COURRIEL })}
                        {field(form, C::MotDePasse, Options::MOT_DE_PASSE)}
                        <div class="actions">
                            {bouton_envoi(form, "se-reconnecter", "Me reconnecter", "Connexion en cours…")}
                            <button class="button button--quiet" type="button" on:click=quitter>"Quitter"</button>
                        </div>
                    }
                )}
            </div>
        </div>
    }
}

fn dire(echec: &Echec) -> (&'static str, Option<&'static str>) {
    match echec.code() {
        Some(Code::IdentifiantsFaux) => ("Ce courriel et ce mot de passe ne vont pas ensemble", None),
        Some(Code::TropDeTentatives) => ("Trop d’essais\u{a0}: une pause protège votre compte", None),
        Some(_) => ("Vous n’êtes pas encore connecté", None),
        None if *echec == Echec::HorsLigne => (
            "La connexion a été perdue",
            Some("Vérifiez votre accès à internet, puis appuyez de nouveau sur le bouton."),
        ),
        None => ("Vous n’êtes pas encore connecté", None),
    }
}
