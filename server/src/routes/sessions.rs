//! Connecting, disconnecting, who is connected.

use std::net::IpAddr;

use api::comptes::{SessionVue, TitulaireVu};
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domaine::forms::{Formulaire, SaisieConnexion};
use store::NouvelleSession;
use vault::{empreinte_jeton, jeton};

use crate::clock::en_ms;
use crate::error::Reponse;
use crate::extract::{Corps, Navigateur, PeutEtreTitulaire, Titulaire, cookie, trop_de_tentatives};
use crate::state::AppState;

/// Connects.
#[utoipa::path(
    post, path = routes::CONNEXION, tag = "sessions", request_body = SaisieConnexion,
    responses(
        (status = 200, description = "Session ouverte", body = SessionVue),
        (status = 401, description = "Aucun compte avec ce courriel et ce mot de passe", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives ; Retry-After dit combien de temps attendre", body = Probleme)
    )
)]
pub(super) async fn ouvrir(
    State(etat): State<AppState>,
    navigateur: Navigateur,
    corps: Corps<SaisieConnexion>,
) -> Reponse<Response> {
    let connexion = corps.valeur.valider(etat.clock.aujourdhui()).map_err(|erreurs| Probleme::saisie(&erreurs))?;
    let courriel = connexion.courriel.cle_de_comparaison();
    let mut essais = Essais::par_adresse(&etat, navigateur.adresse).await?;
    essais.et_par_compte(&etat, &courriel).await?;
    let compte = etat.store.compte_par_courriel(&courriel).await?;
    let garde = compte.as_ref().map(|compte| compte.mot_de_passe.as_str());
    let verifie = etat.hachage.verifier(&connexion.mot_de_passe, garde).await?;
    let Some(compte) = compte.filter(|_| verifie) else { return Err(Code::IdentifiantsFaux.into()) };
    essais.rendre(&etat).await?;
    let titulaire = TitulaireVu { nom_naissance: compte.nom_naissance, prenoms: compte.prenoms };
    connecter(&etat, &navigateur, &compte.id, titulaire).await
}

/// Disconnects; who is not connected is disconnected already.
#[utoipa::path(post, path = routes::DECONNEXION, tag = "sessions", responses((status = 204, description = "Session fermée")))]
pub(super) async fn fermer(
    State(etat): State<AppState>,
    PeutEtreTitulaire(titulaire): PeutEtreTitulaire,
) -> Reponse<Response> {
    if let Some(titulaire) = titulaire {
        etat.store.fermer_session(&titulaire.session, etat.clock.maintenant()).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie(&etat, None))]).into_response())
}

/// Who is connected.
#[utoipa::path(get, path = routes::SESSION, tag = "sessions", responses((status = 200, description = "Qui est connecté", body = SessionVue)))]
pub(super) async fn voir(
    State(etat): State<AppState>,
    PeutEtreTitulaire(titulaire): PeutEtreTitulaire,
) -> Json<SessionVue> {
    Json(match titulaire {
        Some(Titulaire { session, reste }) => SessionVue {
            titulaire: Some(TitulaireVu {
                nom_naissance: session.nom_naissance.clone(),
                prenoms: session.prenoms.clone(),
            }),
            compte: Some(etat.compte_vu(&session.compte)),
            expire_dans: Some(reste.to_string()),
        },
        None => SessionVue { titulaire: None, compte: None, expire_dans: None },
    })
}

/// Opens a session on this account and answers with its cookie.
pub(super) async fn connecter(
    etat: &AppState,
    navigateur: &Navigateur,
    compte: &str,
    titulaire: TitulaireVu,
) -> Reponse<Response> {
    let (jeton, maintenant) = (jeton(), etat.clock.maintenant());
    let nouvelle = NouvelleSession {
        empreinte: &empreinte_jeton(&jeton),
        compte,
        expire_le: maintenant + en_ms(etat.settings.session_longest),
        appareil: navigateur.appareil,
    };
    etat.store.ouvrir_session(&nouvelle, navigateur.ancienne.as_deref(), maintenant).await?;
    let reste = etat.settings.session_idle.min(etat.settings.session_longest).as_secs();
    let compte = Some(etat.compte_vu(compte));
    let vue = SessionVue { titulaire: Some(titulaire), compte, expire_dans: Some(reste.to_string()) };
    Ok(([(header::SET_COOKIE, cookie(etat, Some(&jeton)))], Json(vue)).into_response())
}

/// Attempts under way. Each is counted before the password is looked at, so that many at once do
/// not slip through, and given back when it was a good one.
pub(super) struct Essais {
    adresse: Option<String>,
    compte: Option<String>,
}

impl Essais {
    /// Counts an attempt from this address.
    pub(super) async fn par_adresse(etat: &AppState, adresse: IpAddr) -> Reponse<Self> {
        // An IPv6 client has a whole network of addresses: they count as one.
        let reseau = match adresse {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
        };
        let cle = etat.coffre.empreinte("tentatives d'une adresse", &[&reseau]);
        compter(etat, &cle, etat.settings.attempts_by_address).await?;
        Ok(Self { adresse: Some(cle), compte: None })
    }

    /// Nothing counted yet.
    pub(super) const fn sans_adresse() -> Self {
        Self { adresse: None, compte: None }
    }

    /// Counts an attempt at this account, whether or not it exists.
    pub(super) async fn et_par_compte(&mut self, etat: &AppState, courriel: &str) -> Reponse<()> {
        let cle = etat.coffre.empreinte("tentatives d'un compte", &[courriel.as_bytes()]);
        compter(etat, &cle, etat.settings.attempts_by_account).await?;
        self.compte = Some(cle);
        Ok(())
    }

    /// Counts an attempt of somebody who is connected already: what a stranger tries at the door does not stop them.
    pub(super) async fn et_par_titulaire(&mut self, etat: &AppState, compte: &str) -> Reponse<()> {
        let cle = etat.coffre.empreinte("tentatives d'un titulaire", &[compte.as_bytes()]);
        compter(etat, &cle, etat.settings.attempts_by_account).await?;
        self.compte = Some(cle);
        Ok(())
    }

    /// It was a good one.
    pub(super) async fn rendre(&mut self, etat: &AppState) -> Reponse<()> {
        if let Some(cle) = self.adresse.take() {
            etat.store.rendre_tentative(&cle).await?;
        }
        if let Some(cle) = self.compte.take() {
            etat.store.oublier_tentatives(&cle).await?;
        }
        Ok(())
    }
}

async fn compter(etat: &AppState, cle: &str, admises: i64) -> Reponse<()> {
    let (maintenant, delai) = (etat.clock.maintenant(), en_ms(etat.settings.attempts_delay));
    let (nombre, debut) = etat.store.compter_tentative(cle, maintenant, maintenant - delai).await?;
    if nombre > admises {
        return Err(trop_de_tentatives(debut + delai - maintenant));
    }
    Ok(())
}
