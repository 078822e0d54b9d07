//! What is known of the holder: seen, changed, exported, erased.

use api::comptes::{
    ConnexionVue, ConnexionsVues, FermetureCompte, ProfilVu, SaisieCoordonnees, SaisieMotDePasse, TitulaireVu,
};
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domaine::forms::{ChampMotDePasse, Faute, Formulaire};
use domaine::identite::{DateNaissance, Nir, Nir13};
use serde_json::json;
use store::{Compte, Operation, Personne, Session};

use super::contestations;
use super::inscriptions::{a_ce_champ, courant};
use super::releves::releve_du_jour;
use super::sessions::Essais;
use crate::clock::en_ms;
use crate::error::{Erreur, Reponse};
use crate::extract::{Corps, Titulaire, cookie};
use crate::state::AppState;

/// What is known of the holder.
#[utoipa::path(
    get, path = routes::PROFIL, tag = "profil",
    responses((status = 200, description = "Le profil", body = ProfilVu), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn voir(State(etat): State<AppState>, titulaire: Titulaire) -> Reponse<Json<ProfilVu>> {
    let (compte, personne) = charger(&etat, &titulaire.session).await?;
    Ok(Json(profil(&etat, compte, &personne)?))
}

/// Changes telephones and e-mail.
#[utoipa::path(
    put, path = routes::COORDONNEES, tag = "profil", request_body = SaisieCoordonnees,
    responses(
        (status = 200, description = "Changées", body = ProfilVu),
        (status = 409, description = "Un autre compte utilise ce courriel", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn changer_coordonnees(
    State(etat): State<AppState>,
    titulaire: Titulaire,
    corps: Corps<SaisieCoordonnees>,
) -> Reponse<Json<ProfilVu>> {
    let coordonnees = corps.valeur.valider(etat.clock.aujourdhui()).map_err(|erreurs| Probleme::saisie(&erreurs))?;
    let (courriel, cle) = (coordonnees.courriel.as_str(), coordonnees.courriel.cle_de_comparaison());
    let fixe = coordonnees.telephones.fixe().map(|telephone| telephone.e164());
    let mobile = coordonnees.telephones.mobile().map(|telephone| telephone.e164());
    let telephones = (fixe.as_deref(), mobile.as_deref());
    let (compte, _) = charger(&etat, &titulaire.session).await?;
    // The e-mail opens the account: whoever found a screen open must not walk away with it.
    let autre_courriel = cle != compte.courriel_cle;
    let mut essais = Essais::sans_adresse();
    if autre_courriel {
        redemander(&etat, &compte, &corps.valeur.mot_de_passe_actuel).await?;
        // Not given back when it is taken: nobody tries addresses one after another.
        essais.et_par_titulaire(&etat, &compte.id).await?;
    }
    let maintenant = etat.clock.maintenant();
    if !etat.store.changer_coordonnees(&compte.id, (courriel, &cle), telephones, maintenant).await? {
        return Err(Code::CourrielPris.into());
    }
    if autre_courriel {
        essais.rendre(&etat).await?;
        etat.store.fermer_les_autres(&titulaire.session, maintenant).await?;
    }
    voir(State(etat), titulaire).await
}

/// Changes the password; every other connection ends.
#[utoipa::path(
    put, path = routes::MOT_DE_PASSE, tag = "profil", request_body = SaisieMotDePasse,
    responses(
        (status = 204, description = "Changé ; les autres connexions ont pris fin"),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn changer_mot_de_passe(
    State(etat): State<AppState>,
    titulaire: Titulaire,
    corps: Corps<SaisieMotDePasse>,
) -> Reponse<StatusCode> {
    let change = corps.valeur.valider(etat.clock.aujourdhui()).map_err(|erreurs| Probleme::saisie(&erreurs))?;
    let (compte, _) = charger(&etat, &titulaire.session).await?;
    redemander(&etat, &compte, &change.actuel).await?;
    let personnels = vec![compte.nom_naissance, compte.prenoms, compte.courriel];
    if etat.hachage.est_courant(change.nouveau.expose(), personnels).await? {
        return Err(courant(ChampMotDePasse::Nouveau));
    }
    let garde = etat.hachage.hacher(change.nouveau.expose()).await?;
    let session = &titulaire.session;
    etat.store.changer_mot_de_passe(&session.compte, &garde, &session.empreinte, etat.clock.maintenant()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The open connections.
#[utoipa::path(
    get, path = routes::CONNEXIONS, tag = "profil",
    responses((status = 200, description = "Les connexions", body = ConnexionsVues), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn connexions(State(etat): State<AppState>, titulaire: Titulaire) -> Reponse<Json<ConnexionsVues>> {
    Ok(Json(ConnexionsVues { connexions: lister(&etat, &titulaire.session).await? }))
}

/// Ends every connection but this one.
#[utoipa::path(
    delete, path = routes::CONNEXIONS, tag = "profil",
    responses((status = 204, description = "Les autres connexions ont pris fin"), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn fermer_les_autres(State(etat): State<AppState>, titulaire: Titulaire) -> Reponse<StatusCode> {
    etat.store.fermer_les_autres(&titulaire.session, etat.clock.maintenant()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Everything that is kept of the holder, as one file.
#[utoipa::path(
    get, path = routes::EXPORT, tag = "profil",
    responses((status = 200, description = "Un fichier JSON : profil, droits, déclarations et leurs pièces, connexions"), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn export(State(etat): State<AppState>, titulaire: Titulaire) -> Reponse<Response> {
    let session = &titulaire.session;
    let (compte, personne) = charger(&etat, session).await?;
    let mut declarations = Vec::new();
    for declaration in etat.store.declarations(&session.compte).await? {
        let contenu = etat.pieces.lire(&declaration.piece.id).await?;
        declarations.push(json!({
            "reference": declaration.reference,
            "heures": declaration.heures,
            "rapport": declaration.rapport,
            "declaree_le": declaration.declaree_le,
            "attestation": {
                "type": declaration.piece.type_piece.media(),
                "taille": declaration.piece.taille.to_string(),
                "contenu_base64": STANDARD.encode(contenu),
            },
        }));
    }
    let sous_niveau_3 = etat.store.sous_niveau_3(&session.compte).await?;
    let contestations = contestations::vues(&etat, session).await?;
    let nir = nir(&etat, &personne)?;
    let releve = releve_du_jour(&etat, session).await?;
    let connexions = lister(&etat, session).await?;
    etat.store.noter(etat.clock.maintenant(), &session.compte, Operation::Export).await?;
    let document = json!({
        "etabli_le": etat.clock.en_clair(etat.clock.maintenant()),
        "cgu_acceptees": compte.cgu_version,
        "numero_de_securite_sociale": format!("{} {:02}", nir.corps().as_str(), nir.cle()),
        "releve": releve,
        "declarations_dif": declarations,
        "contestations": contestations,
        "declarations_sous_niveau_3": sous_niveau_3,
        "connexions": connexions,
        "profil": profil(&etat, compte, &personne)?,
    });
    let disposition = HeaderValue::from_static("attachment; filename=\"acquis-mes-donnees.json\"");
    Ok(([(header::CONTENT_DISPOSITION, disposition)], Json(document)).into_response())
}

/// Closes the account and erases what it held.
#[utoipa::path(
    delete, path = routes::PROFIL, tag = "profil", request_body = FermetureCompte,
    responses(
        (status = 204, description = "Compte fermé, données effacées"),
        (status = 422, description = "Le mot de passe n'est pas celui du compte", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn fermer(
    State(etat): State<AppState>,
    titulaire: Titulaire,
    corps: Corps<FermetureCompte>,
) -> Reponse<Response> {
    let session = &titulaire.session;
    let (compte, _) = charger(&etat, session).await?;
    redemander(&etat, &compte, &corps.valeur.mot_de_passe).await?;
    let pieces = etat.store.fermer_compte(&session.compte, &session.personne, etat.clock.maintenant()).await?;
    for piece in pieces {
        // The record is gone, so the account is closed; the clean-up takes what stays behind.
        if let Err(erreur) = etat.pieces.effacer(&piece).await {
            tracing::warn!(%erreur, "the proof of a closed account stays until the next clean-up");
        }
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie(&etat, None))]).into_response())
}

/// The password again, counted like an attempt to connect.
async fn redemander(etat: &AppState, compte: &Compte, mot_de_passe: &str) -> Reponse<()> {
    if mot_de_passe.is_empty() {
        return Err(a_ce_champ(ChampMotDePasse::Actuel, Faute::MotDePasseManquant));
    }
    let mut essais = Essais::sans_adresse();
    essais.et_par_titulaire(etat, &compte.id).await?;
    if !etat.hachage.verifier(mot_de_passe, Some(&compte.mot_de_passe)).await? {
        return Err(a_ce_champ(ChampMotDePasse::Actuel, Faute::MotDePasseFaux));
    }
    essais.rendre(etat).await
}

async fn charger(etat: &AppState, session: &Session) -> Reponse<(Compte, Personne)> {
    let compte = etat.store.compte(&session.compte).await?;
    let personne = etat.store.personne(&session.personne).await?;
    // Closed meanwhile from elsewhere: then the session is over too.
    compte.zip(personne).ok_or_else(|| Code::SessionRequise.into())
}

fn nir(etat: &AppState, personne: &Personne) -> Reponse<Nir> {
    let illisible = || Erreur::Interne("a stored NIR cannot be read");
    let corps = etat.coffre.dechiffrer_nir(&personne.id, &personne.nir_chiffre).map_err(|_| illisible())?;
    let cle = Nir13::parse(&corps).map_err(|_| illisible())?.cle();
    Nir::parse(&corps, &format!("{cle:02}")).map_err(|_| illisible())
}

fn profil(etat: &AppState, compte: Compte, personne: &Personne) -> Reponse<ProfilVu> {
    let naissance = DateNaissance::depuis_iso(&personne.date_naissance);
    Ok(ProfilVu {
        titulaire: TitulaireVu { nom_naissance: compte.nom_naissance, prenoms: compte.prenoms },
        date_naissance: naissance.ok_or(Erreur::Interne("a stored birth date cannot be read"))?.saisie(),
        nir_masque: nir(etat, personne)?.masque(),
        connu_des_employeurs: personne.connue,
        telephone_fixe: compte.telephone_fixe,
        telephone_mobile: compte.telephone_mobile,
        courriel: compte.courriel,
        ouvert_le: compte.ouvert_le,
    })
}

async fn lister(etat: &AppState, session: &Session) -> Reponse<Vec<ConnexionVue>> {
    let maintenant = etat.clock.maintenant();
    let depuis = maintenant - en_ms(etat.settings.session_idle);
    let mut ouvertes = etat.store.sessions(&session.compte, depuis, maintenant).await?;
    ouvertes.sort_by_key(|ouverte| ouverte.empreinte != session.empreinte);
    Ok(ouvertes
        .into_iter()
        .map(|ouverte| ConnexionVue {
            ouverte_le: etat.clock.en_clair(ouverte.ouverte_le),
            vue_le: etat.clock.en_clair(ouverte.vue_le),
            appareil: ouverte.appareil,
            actuelle: ouverte.empreinte == session.empreinte,
        })
        .collect())
}
