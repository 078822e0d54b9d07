//! What travels as text: one function per route of `api::routes`; a file goes by `upload`. No signal, no sentence.
//!
//! Every function answers `Result<_, Echec>`. Whatever happens to a session (alive, over) is told to
//! [`crate::session`], so that a page needs not care.

use api::comptes::{
    ConnexionsVues, FermetureCompte, ProfilVu, SaisieConnexion, SaisieCoordonnees, SaisieInscription, SaisieMotDePasse,
    SessionVue,
};
use api::contestations::{ContestationVue, SaisieContestation};
use api::dif::DifVu;
use api::droits::{DroitsVus, HistoriqueVu, SaisieSousNiveau3, SousNiveau3Vu};
use api::probleme::Code;
use api::routes;
use gloo_net::http::{Method, RequestBuilder};
use serde::de::DeserializeOwned;

use crate::failure::Echec;
use crate::json;
use crate::session::{self, Signe};

/// `GET /api/session`.
pub async fn session() -> Result<SessionVue, Echec> {
    lire(envoyer(Method::GET, routes::SESSION, None, None).await?)
}

/// `POST /api/inscription`.
pub async fn inscrire(saisie: &SaisieInscription, cle: &str) -> Result<SessionVue, Echec> {
    lire(envoyer(Method::POST, routes::INSCRIPTION, ecrire(saisie), Some(cle)).await?)
}

/// `POST /api/connexion`.
pub async fn connecter(saisie: &SaisieConnexion) -> Result<SessionVue, Echec> {
    lire(envoyer(Method::POST, routes::CONNEXION, ecrire(saisie), None).await?)
}

/// `POST /api/deconnexion`.
pub async fn deconnecter() -> Result<(), Echec> {
    envoyer(Method::POST, routes::DECONNEXION, None, None).await.map(drop)
}

/// `GET /api/droits`.
pub async fn droits() -> Result<DroitsVus, Echec> {
    lire(envoyer(Method::GET, routes::DROITS, None, None).await?)
}

/// `GET /api/historique`: as it stood on that day (`2021-06-30`), or today.
pub async fn historique(au: String) -> Result<HistoriqueVu, Echec> {
    lire(envoyer(Method::GET, &adresse_historique(&au), None, None).await?)
}

/// Where the statement of that day is; of today when there is none.
pub fn adresse_historique(au: &str) -> String {
    if au.is_empty() { routes::HISTORIQUE.into() } else { [routes::HISTORIQUE, "?", routes::AU, "=", au].concat() }
}

/// `POST /api/contestations`.
pub async fn contester(saisie: &SaisieContestation, cle: &str) -> Result<ContestationVue, Echec> {
    lire(envoyer(Method::POST, routes::CONTESTATIONS, ecrire(saisie), Some(cle)).await?)
}

/// `GET /api/sous-niveau-3`.
pub async fn sous_niveau_3() -> Result<SousNiveau3Vu, Echec> {
    lire(envoyer(Method::GET, routes::SOUS_NIVEAU_3, None, None).await?)
}

/// `POST /api/sous-niveau-3` to declare, `DELETE` to end.
pub async fn declarer_sous_niveau_3(saisie: &SaisieSousNiveau3, fin: bool) -> Result<SousNiveau3Vu, Echec> {
    let methode = if fin { Method::DELETE } else { Method::POST };
    lire(envoyer(methode, routes::SOUS_NIVEAU_3, ecrire(saisie), None).await?)
}

/// `GET /api/dif`. (`POST /api/dif` shows its progress: see the upload.)
pub async fn dif() -> Result<DifVu, Echec> {
    lire(envoyer(Method::GET, routes::DIF, None, None).await?)
}

/// `GET /api/profil`.
pub async fn profil() -> Result<ProfilVu, Echec> {
    lire(envoyer(Method::GET, routes::PROFIL, None, None).await?)
}

/// `PUT /api/profil/coordonnees`.
pub async fn changer_coordonnees(saisie: &SaisieCoordonnees) -> Result<(), Echec> {
    envoyer(Method::PUT, routes::COORDONNEES, ecrire(saisie), None).await.map(drop)
}

/// `PUT /api/profil/mot-de-passe`.
pub async fn changer_mot_de_passe(saisie: &SaisieMotDePasse) -> Result<(), Echec> {
    envoyer(Method::PUT, routes::MOT_DE_PASSE, ecrire(saisie), None).await.map(drop)
}

/// `DELETE /api/profil`: closes the account.
pub async fn fermer_compte(saisie: &FermetureCompte) -> Result<(), Echec> {
    envoyer(Method::DELETE, routes::PROFIL, ecrire(saisie), None).await.map(drop)
}

/// `GET /api/profil/connexions`.
pub async fn connexions() -> Result<ConnexionsVues, Echec> {
    lire(envoyer(Method::GET, routes::CONNEXIONS, None, None).await?)
}

/// `DELETE /api/profil/connexions`: ends all the others.
pub async fn fermer_autres_connexions() -> Result<(), Echec> {
    envoyer(Method::DELETE, routes::CONNEXIONS, None, None).await.map(drop)
}

/// Judges an answer that came by another way (the upload): its body when it went well.
///
/// # Errors
/// The refusal that the body describes.
pub fn juger_reponse(statut: u16, corps: String) -> Result<String, Echec> {
    let issue = match statut {
        200..300 => Ok(corps),
        0 => Err(Echec::HorsLigne),
        _ => Err(json::lire(&corps).map_or(Echec::Incompris, Echec::Refus)),
    };
    let signe = match &issue {
        Ok(_) => Some(Signe::Vivante),
        Err(echec) => (echec.code() == Some(Code::SessionRequise)).then_some(Signe::Terminee),
    };
    if let Some(signe) = signe {
        session::heard(signe);
    }
    issue
}

/// Reads a body.
///
/// # Errors
/// [`Echec::Incompris`] when it is not what was expected.
pub fn lire<T: DeserializeOwned>(corps: String) -> Result<T, Echec> {
    json::lire(&corps).map_err(|_| Echec::Incompris)
}

fn ecrire(corps: &impl serde::Serialize) -> Option<String> {
    serde_json::to_string(corps).ok()
}

/// A fragment of prose, served beside the page: it says nothing of the session.
pub async fn fragment(adresse: &str) -> Result<String, Echec> {
    match transporter(Method::GET, adresse, None, None).await? {
        (200, corps) => Ok(corps),
        _ => Err(Echec::Incompris),
    }
}

async fn envoyer(methode: Method, chemin: &str, corps: Option<String>, cle: Option<&str>) -> Result<String, Echec> {
    let (statut, corps) = transporter(methode, chemin, corps, cle).await?;
    juger_reponse(statut, corps)
}

async fn transporter(
    methode: Method,
    chemin: &str,
    corps: Option<String>,
    cle: Option<&str>,
) -> Result<(u16, String), Echec> {
    let mut requete = RequestBuilder::new(chemin).method(methode);
    if let Some(cle) = cle {
        requete = requete.header(routes::CLE_IDEMPOTENCE, cle);
    }
    if let Some(compte) = session::compte() {
        requete = requete.header(routes::COMPTE, &compte);
    }
    let reponse = match corps {
        Some(corps) => match requete.header("content-type", "application/json").body(corps) {
            Ok(requete) => requete.send().await,
            Err(_) => return Err(Echec::Incompris),
        },
        None => requete.send().await,
    }
    .map_err(|_| Echec::HorsLigne)?;
    let corps = reponse.text().await.map_err(|_| Echec::HorsLigne)?;
    Ok((reponse.status(), corps))
}
