//! What is known of a person and from whom, and the devices that they are connected on.
//! No form.

use crate::gabarit::ecoute;
use crate::html;
use api::comptes::{ConnexionVue, ConnexionsVues, ProfilVu};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::alert::panne;
use crate::components::contact;
use crate::failure::Echec;
use crate::net::client;
use crate::wording::formats;

use super::screen::{Ecran, Partie, ouvrir};

/// A word, what is known, and from whom.
fn fait_connu(mot: &'static str, connu: AnyView, source: Option<String>) -> AnyView {
    let source = source.map(|source| html!(r#"<span class="facts__source">{}</span>"#, source));
    html!(
        r#"
        <div>
            <dt>{}</dt>
            <dd>
                {}
                {}
            </dd>
        </div>
    "#,
        mot,
        connu,
        source
    )
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
            (html!(r#"<a href="/historique">Dans votre historique</a>"#), Some("Déclarations de vos employeurs".into()))
        }
        false => (html!(r#"<span class="soft">Aucune n’est encore connue</span>"#), None),
    };
    let nir = html!(r#"<span class="figure" translate="no">{}</span>"#, profil.nir_masque.clone());
    html!(
        r#"
        <dl class="facts facts--pairs">
            {}
            {}
            {}
            {}
            {}
            {}
        </dl>
    "#,
        fait_connu("Nom de naissance", profil.titulaire.nom_naissance.clone().into_any(), confirme()),
        fait_connu("Prénoms", profil.titulaire.prenoms.clone().into_any(), saisi()),
        fait_connu("Date de naissance", formats::naissance(&profil.date_naissance).into_any(), confirme()),
        fait_connu("Numéro de sécurité sociale", nir.into_any(), saisi()),
        fait_connu("Activité", activite, source),
        fait_connu("Compte ouvert le", formats::jour_long(profil.ouvert_le).into_any(), None),
    )
}

pub(super) fn coordonnees_vues(ecran: Ecran, profil: &ProfilVu) -> AnyView {
    let telephone = |e164: &Option<String>| match e164 {
        Some(e164) => (formats::telephone(e164).into_any(), contact::territoire(e164)),
        None => (html!(r#"<span class="soft">Non renseigné</span>"#), None),
    };
    let (fixe, ou_fixe) = telephone(&profil.telephone_fixe);
    let (mobile, ou_mobile) = telephone(&profil.telephone_mobile);
    html!(
        r#"
        <dl class="facts facts--pairs">
            {}
            {}
            {}
        </dl>
        {}
    "#,
        fait_connu("Téléphone fixe", fixe, ou_fixe),
        fait_connu("Téléphone mobile", mobile, ou_mobile),
        fait_connu("Courriel", profil.courriel.clone().into_any(), None),
        ouvrir(ecran, Partie::Coordonnees, "button button--quiet button--small", "Modifier mes coordonnées"),
    )
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
        html!(
            r#"
            <p class="actions">
                <button class="button button--quiet button--small" type="button" on:click={}>
                    Déconnecter les autres appareils
                </button>
            </p>
        "#,
            ecoute(move |_| deconnecter())
        )
    });
    let lignes = connexions.connexions.iter().map(appareil).collect::<Vec<_>>();
    let alerte =
        move || echec.get().map(|echec| panne("Les autres appareils sont encore connectés", &echec, deconnecter));
    html!(
        r#"
        <ul class="facts facts--list">{}</ul>
        <aside class="note">
            <p>
                Un appareil que vous ne reconnaissez pas&#8239;? Déconnectez-le, puis changez votre mot de passe.
            </p>
        </aside>
        {}
        {}
    "#,
        lignes,
        bouton,
        alerte
    )
}

fn appareil(connexion: &ConnexionVue) -> AnyView {
    let depuis = ["Depuis le ", &formats::instant(&connexion.ouverte_le)].concat();
    let vue = ["Vu pour la dernière fois le ", &formats::instant(&connexion.vue_le)].concat();
    let ici = connexion.actuelle;
    html!(
        r#"<li><div><strong>{}</strong><span class="facts__source">{}</span>{}</div>{}</li>"#,
        connexion.appareil.clone(),
        depuis,
        (!ici).then(|| html!(r#"<span class="facts__source">{}</span>"#, vue)),
        ici.then(|| html!(r#"<span class="tag tag--here">cet appareil</span>"#)),
    )
}
