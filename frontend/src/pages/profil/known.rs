//! What is known of a person and from whom, and the devices that they are connected on.
//! No form.

use api::comptes::{ConnexionVue, ConnexionsVues, ProfilVu};
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::components::alert::panne;
use crate::components::contact;
use crate::failure::Echec;
use crate::net::client;
use crate::wording::formats;

use super::screen::{Ecran, Partie, ouvrir};

/// A word, what is known, and from whom.
fn fait_connu(mot: &'static str, connu: AnyView, source: Option<String>) -> AnyView {
    let source = source.map(|source| view! { <span class="facts__source">{source}</span> });
    view! {
        <div>
            <dt>{mot}</dt>
            <dd>{connu} {source}</dd>
        </div>
    }
}

pub(super) fn identite(profil: &ProfilVu) -> AnyView {
    let saisi = || Some("Saisi par vous".to_owned());
    // A known account was opened only because these agreed with the declarations.
    let confirme = || {
        Some(
            if profil.connu_des_employeurs {
                "Saisi par vous, confirmé par votre employeur"
            } else {
                "Saisi par vous"
            }
            .into(),
        )
    };
    let (activite, source) = match profil.connu_des_employeurs {
        true => {
            (view! { <a href="/historique">"Dans votre historique"</a> }, Some("Déclarations de vos employeurs".into()))
        }
        false => (view! { <span class="soft">"Aucune n’est encore connue"</span> }, None),
    };
    let nir = view! { <span class="figure" translate="no">{profil.nir_masque.clone()}</span> };
    view! {
        <dl class="facts facts--pairs">
            {fait_connu("Nom de naissance", profil.titulaire.nom_naissance.clone().into_any(), confirme())}
            {fait_connu("Prénoms", profil.titulaire.prenoms.clone().into_any(), saisi())}
            {fait_connu("Date de naissance", formats::naissance(&profil.date_naissance).into_any(), confirme())}
            {fait_connu("Numéro de sécurité sociale", nir.into_any(), saisi())}
            {fait_connu("Activité", activite, source)}
            {fait_connu("Compte ouvert le", formats::jour_long(profil.ouvert_le).into_any(), None)}
        </dl>
    }
}

pub(super) fn coordonnees_vues(ecran: Ecran, profil: &ProfilVu) -> AnyView {
    let telephone = |e164: &Option<String>| match e164 {
        Some(e164) => (formats::telephone(e164).into_any(), contact::territoire(e164)),
        None => (view! { <span class="soft">"Non renseigné"</span> }, None),
    };
    let (fixe, ou_fixe) = telephone(&profil.telephone_fixe);
    let (mobile, ou_mobile) = telephone(&profil.telephone_mobile);
    view! {
        <dl class="facts facts--pairs">
            {fait_connu("Téléphone fixe", fixe, ou_fixe)}
            {fait_connu("Téléphone mobile", mobile, ou_mobile)}
            {fait_connu("Courriel", profil.courriel.clone().into_any(), None)}
        </dl>
        {ouvrir(ecran, Partie::Coordonnees, "button button--quiet button--small", "Modifier mes coordonnées")}
    }
}

pub(super) fn appareils(ecran: Ecran, connexions: &ConnexionsVues) -> AnyView {
    let echec = RwSignal::new(None::<Echec>);
    let deconnecter = move || {
        echec.set(None);
        ecran.fait.set(None);
        spawn_local(async move {
            match client::fermer_autres_connexions().await {
                Ok(()) => {
                    ecran.connexions.relire();
                    ecran.reussir("Les autres appareils sont déconnectés");
                }
                Err(faute) => {
                    let _partie = echec.try_set(Some(faute));
                }
            }
        });
    };
    let d_autres = connexions.connexions.iter().any(|connexion| !connexion.actuelle);
    let bouton = d_autres.then(|| {
        view! {
            <p class="actions">
                <button class="button button--quiet button--small" type="button" on:click=move |_| deconnecter()>
                    "Déconnecter les autres appareils"
                </button>
            </p>
        }
    });
    let lignes = connexions.connexions.iter().map(appareil).collect::<Vec<_>>();
    let alerte =
        move || echec.get().map(|echec| panne("Les autres appareils sont encore connectés", &echec, deconnecter));
    view! {
        <ul class="facts facts--list">{lignes}</ul>
        <aside class="note">
            <p>
                "Un appareil que vous ne reconnaissez pas\u{202f}? Déconnectez-le, puis changez votre mot de passe."
            </p>
        </aside>
        {bouton}
        {alerte}
    }
}

fn appareil(connexion: &ConnexionVue) -> AnyView {
    let depuis = ["Depuis le ", &formats::instant(&connexion.ouverte_le)].concat();
    let vue = ["Vu pour la dernière fois le ", &formats::instant(&connexion.vue_le)].concat();
    let ici = connexion.actuelle;
    view! {
        <li>
            <div>
                <strong>{connexion.appareil.clone()}</strong>
                <span class="facts__source">{depuis}</span>
                {(!ici).then(|| view! { <span class="facts__source">{vue}</span> })}
            </div>
            {ici.then(|| view! { <span class="tag tag--here">"cet appareil"</span> })}
        </li>
    }
}
