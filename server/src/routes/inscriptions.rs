//! Opening an account.

use api::comptes::{SessionVue, TitulaireVu};
use api::probleme::{Code, ErreurVue, Probleme};
use api::routes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domaine::forms::{Champ, ChampInscription, Faute, Formulaire, Inscription, SaisieInscription};
use domaine::identite::MotDePasseInvalide;
use store::{NouveauCompte, NouvellePersonne, Ouverture};
use vault::identifiant;

use super::sessions::{self, Essais};
use crate::error::{Erreur, Reponse};
use crate::extract::{CleIdempotence, Corps, Navigateur};
use crate::state::AppState;

/// The conditions in force: the day of their text.
const CGU_VERSION: &str = "2026-11-23";

/// Opens an account and connects.
///
/// The same key with the same body gives the same account. A mismatch with what is known, an
/// account of the same person, an e-mail already used: one neutral answer, in the same time.
#[utoipa::path(
    post, path = routes::INSCRIPTION, tag = "comptes", request_body = SaisieInscription,
    params(("idempotency-key" = String, Header, description = "16 à 64 lettres, chiffres ou tirets")),
    responses(
        (status = 201, description = "Compte ouvert, session ouverte", body = SessionVue),
        (status = 400, description = "Corps illisible, ou clé d'idempotence manquante", body = Probleme),
        (status = 409, description = "Aucun compte ne peut être ouvert, ou clé reprise", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn ouvrir(
    State(etat): State<AppState>,
    navigateur: Navigateur,
    CleIdempotence(cle): CleIdempotence,
    corps: Corps<SaisieInscription>,
) -> Reponse<(StatusCode, Response)> {
    let inscription = corps.valeur.valider(etat.clock.aujourdhui()).map_err(|erreurs| Probleme::saisie(&erreurs))?;
    refuser_courant(&etat, &inscription).await?;
    let mut essais = Essais::par_adresse(&etat, navigateur.adresse).await?;
    let demande = demander(&etat, &cle, &corps.octets, &inscription).await?;
    let compte = match etat.store.ouvrir_compte(&demande, etat.clock.maintenant()).await? {
        Ouverture::Ouvert => demande.id,
        Ouverture::CleReprise => return Err(Code::CleIdempotenceReprise.into()),
        Ouverture::Rejouee { compte } | Ouverture::Existe { compte } => {
            redonner(&etat, &inscription, Some(compte)).await?
        }
        Ouverture::Refusee => redonner(&etat, &inscription, None).await?,
    };
    essais.rendre(&etat).await?;
    let titulaire = TitulaireVu {
        nom_naissance: inscription.nom_naissance.as_str().to_owned(),
        prenoms: inscription.prenoms.as_str().to_owned(),
    };
    Ok((StatusCode::CREATED, sessions::connecter(&etat, &navigateur, &compte, titulaire).await?))
}

/// An account that exists is only given to who has its password; without one, as long is taken.
async fn redonner(etat: &AppState, inscription: &Inscription, compte: Option<String>) -> Reponse<String> {
    let compte = match compte {
        Some(compte) => etat.store.compte(&compte).await?,
        None => None,
    };
    let garde = compte.as_ref().map(|compte| compte.mot_de_passe.as_str());
    let verifie = etat.hachage.verifier(inscription.mot_de_passe.expose(), garde).await?;
    match compte {
        Some(compte) if verifie => Ok(compte.id),
        _ => Err(Code::CompteImpossible.into()),
    }
}

async fn refuser_courant(etat: &AppState, inscription: &Inscription) -> Reponse<()> {
    let personnels = vec![
        inscription.nom_naissance.as_str().to_owned(),
        inscription.prenoms.as_str().to_owned(),
        inscription.courriel.as_str().to_owned(),
    ];
    if etat.hachage.est_courant(inscription.mot_de_passe.expose(), personnels).await? {
        return Err(courant(ChampInscription::MotDePasse));
    }
    Ok(())
}

/// The refusal of a common password, at its field.
pub(super) fn courant(champ: impl Champ) -> Erreur {
    let faute = Faute::MotDePasse(MotDePasseInvalide::Courant);
    a_ce_champ(champ, faute)
}

/// A fault that only the server can find, at its field.
pub(super) fn a_ce_champ(champ: impl Champ, faute: Faute) -> Erreur {
    let erreurs = vec![ErreurVue { champ: champ.id().into(), faute }];
    Probleme { erreurs, ..Probleme::new(Code::Saisie) }.into()
}

/// Everything the store needs. The password is hashed before anything is looked up, so that the
/// time taken tells nothing.
async fn demander(etat: &AppState, cle: &str, corps: &[u8], inscription: &Inscription) -> Reponse<NouveauCompte> {
    let mot_de_passe = etat.hachage.hacher(inscription.mot_de_passe.expose()).await?;
    let personne = identifiant();
    let nir = inscription.nir.corps().as_str();
    let telephones = &inscription.telephones;
    Ok(NouveauCompte {
        id: identifiant(),
        cle: etat.coffre.empreinte("clé d'inscription", &[cle.as_bytes()]),
        corps: etat.coffre.empreinte("corps d'inscription", &[corps]),
        personne: NouvellePersonne {
            nir_empreinte: etat.coffre.empreinte_nir(nir),
            nir_chiffre: etat.coffre.chiffrer_nir(&personne, nir),
            id: personne,
            annee_naissance: inscription.date_naissance.annee(),
            nom_naissance: inscription.nom_naissance.as_str().to_owned(),
            prenoms: inscription.prenoms.as_str().to_owned(),
            date_naissance: inscription.date_naissance.iso(),
        },
        nom_naissance: inscription.nom_naissance.clone(),
        date_naissance: inscription.date_naissance,
        courriel: inscription.courriel.as_str().to_owned(),
        courriel_cle: inscription.courriel.cle_de_comparaison(),
        telephone_fixe: telephones.fixe().map(|telephone| telephone.e164()),
        telephone_mobile: telephones.mobile().map(|telephone| telephone.e164()),
        mot_de_passe,
        cgu_version: CGU_VERSION,
        ouvert_le: etat.clock.aujourdhui(),
    })
}
