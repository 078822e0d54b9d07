//! « Me connecter », as a screen, and in place when a session has ended.

use crate::gabarit::ecoute;
use crate::html;
use api::comptes::SaisieConnexion;
use api::probleme::Code;
use api::screens;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::components::alert::alerte_echec;
use crate::components::button::bouton_envoi;
use crate::components::error_summary::resume;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::failure::Echec;
use crate::form::{Form, Meta, Modele, fautes};
use crate::net::client;
use crate::session::session;

static CONNEXION: Modele = Modele {
    nom: "connexion",
    champs: &[
        Meta { id: "courriel", label: "Courriel", ..Meta::TEXTE },
        Meta { id: "mot-de-passe", label: "Mot de passe", ..Meta::BRUT },
    ],
    juger: |textes, jour| fautes(&saisie(textes), jour),
};

/// The same questions over another screen, which may hold fields of the same name.
static RECONNEXION: Modele = Modele {
    nom: "reconnexion",
    champs: &[
        Meta { id: "session-courriel", label: "Courriel", ..Meta::TEXTE },
        Meta { id: "session-mot-de-passe", label: "Mot de passe", ..Meta::BRUT },
    ],
    juger: CONNEXION.juger,
};

fn saisie(textes: &[String]) -> SaisieConnexion {
    SaisieConnexion { courriel: textes[0].clone(), mot_de_passe: textes[1].clone() }
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
            move |_| async move { client::connecter(&saisie(&form.textes())).await },
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
    html!(
        r#"
        <div class="sheet"><h1 tabindex="-1">Me connecter</h1>{}{}</div>
        {}
        <section class="sheet sheet--ruled" aria-labelledby="pas-de-compte">
            <h2 id="pas-de-compte">Pas encore de compte&nbsp;?</h2>
            <p>Munissez-vous de votre numéro de sécurité sociale. Il faut environ cinq minutes.</p>
            <p class="actions"><a class="button button--quiet" href={}>Créer un compte</a></p>
        </section>
    "#,
        alerte_echec(form, dire),
        resume(form),
        formulaire(
            form,
            envoyer,
            html!(
                r#"
    <div class="sheet sheet--close">
        {}
        <aside class="note">
            <p>
                <strong>Mot de passe oublié&nbsp;?</strong> Écrivez à la personne qui tient ce service&nbsp;: son adresse est dans l’
                <a href="/aide">aide</a>
                .
            </p>
        </aside>
        {}
        <div class="actions">{}</div>
    </div>
"#,
                field(form, 0, Options { autocomplete: "username", ..Options::COURRIEL }),
                field(form, 1, Options::MOT_DE_PASSE),
                bouton_envoi(form, "se-connecter", "Me connecter", "Connexion en cours…"),
            )
        ),
        inscription,
    )
}

/// The session has ended: the screen behind keeps every word, this opens it again.
pub fn reconnexion() -> AnyView {
    let form = Form::ouvrir(&RECONNEXION);
    let session = session();
    let aller = StoredValue::new_local(use_navigate());
    let envoyer = move || {
        form.envoyer(
            move |_| async move { client::connecter(&saisie(&form.textes())).await },
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
    html!(
        r#"
        <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="session-titre">
            <div class="dialog__in stack">
                <h2 id="session-titre" tabindex="-1">Votre session est terminée</h2>
                <p>Reconnectez-vous ici&nbsp;: ce que vous avez saisi est gardé.</p>
                {}
                {}
                {}
            </div>
        </div>
    "#,
        alerte_echec(form, dire),
        resume(form),
        formulaire(
            form,
            envoyer,
            html!(
                r#"
    {}
    {}
    <div class="actions">
        {}<button class="button button--quiet" type="button" on:click={}>Quitter</button>
    </div>
"#,
                field(form, 0, Options { autocomplete: "username", ..Options::COURRIEL }),
                field(form, 1, Options::MOT_DE_PASSE),
                bouton_envoi(form, "se-reconnecter", "Me reconnecter", "Connexion en cours…"),
                ecoute(quitter),
            )
        ),
    )
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
