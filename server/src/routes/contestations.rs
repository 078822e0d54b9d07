//! Disputing a line of the statement.

use api::contestations::{ContestationVue, SaisieContestation};
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domaine::droits::Destinataire;
use domaine::forms::Formulaire;
use store::{Contestation, Session};
use vault::{identifiant, reference};

use super::releves::releve_du_jour;
use crate::error::{Erreur, Reponse};
use crate::extract::{CleIdempotence, Corps, Titulaire};
use crate::state::AppState;

/// Records a request about a line of today's statement. The statement itself lists the requests.
#[utoipa::path(
    post, path = routes::CONTESTATIONS, tag = "droits", request_body = SaisieContestation,
    params(("idempotency-key" = String, Header, description = "16 à 64 lettres, chiffres ou tirets")),
    responses(
        (status = 201, description = "Enregistrée", body = ContestationVue),
        (status = 400, description = "Corps illisible, ou clé d'idempotence manquante", body = Probleme),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 404, description = "Le relevé n'a pas cette ligne", body = Probleme),
        (status = 409, description = "Clé reprise", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme)
    )
)]
pub(super) async fn deposer(
    State(etat): State<AppState>,
    titulaire: Titulaire,
    CleIdempotence(cle): CleIdempotence,
    corps: Corps<SaisieContestation>,
) -> Reponse<(StatusCode, Json<ContestationVue>)> {
    let session = &titulaire.session;
    let id = enregistrer(&etat, session, &cle, &corps.valeur).await?;
    let contestation = lister(&etat, session).await?.into_iter().find(|(connu, _)| *connu == id);
    let (_, vue) = contestation.ok_or(Erreur::Interne("a request that was recorded is not there"))?;
    Ok((StatusCode::CREATED, Json(vue)))
}

/// Records the request, or finds what the same submission recorded before; gives its identifier.
async fn enregistrer(etat: &AppState, session: &Session, cle: &str, saisie: &SaisieContestation) -> Reponse<String> {
    let aujourdhui = etat.clock.aujourdhui();
    let raison = saisie.valider(aujourdhui).map_err(|erreurs| Probleme::saisie(&erreurs))?;
    let cle = etat.coffre.empreinte("clé de contestation", &[session.compte.as_bytes(), cle.as_bytes()]);
    let parties = [saisie.ligne.to_string(), raison.clone()];
    let corps = etat.coffre.empreinte("corps de contestation", &parties.each_ref().map(|partie| partie.as_bytes()));
    let deja = |(connu, id): (String, String)| {
        if connu == corps { Ok(id) } else { Err(Erreur::from(Code::CleIdempotenceReprise)) }
    };
    // Before looking for the line: the answer to a repeat does not depend on what the statement became.
    if let Some(connue) = etat.store.cle_idempotence(&cle).await? {
        return deja(connue);
    }
    let releve = releve_du_jour(etat, session).await?;
    let ligne = releve.ligne(saisie.ligne).ok_or(Code::Introuvable)?;
    let nouvelle = Contestation {
        id: identifiant(),
        compte: session.compte.clone(),
        reference: reference("CTR"),
        ligne: saisie.ligne,
        montant: ligne.montant,
        heures: ligne.heures,
        destinataire: Destinataire::de(&ligne.motif),
        raison,
        deposee_le: aujourdhui,
        prise_en_charge_le: None,
        reponses: Vec::new(),
    };
    let maintenant = etat.clock.maintenant();
    match etat.store.contester((&cle, &corps), &nouvelle, maintenant).await? {
        None => Ok(nouvelle.id),
        Some(connue) => deja(connue),
    }
}

/// The requests of an account with their identifiers, newest first.
pub(super) async fn lister(etat: &AppState, session: &Session) -> Reponse<Vec<(String, ContestationVue)>> {
    let contestations = etat.store.contestations(&session.compte).await?;
    Ok(contestations
        .into_iter()
        .map(|contestation| {
            let vue = ContestationVue {
                statut: contestation.statut(),
                reference: contestation.reference,
                ligne: contestation.ligne,
                montant: contestation.montant,
                heures: contestation.heures,
                destinataire: contestation.destinataire,
                raison: contestation.raison,
                deposee_le: contestation.deposee_le,
                reponses: contestation.reponses,
            };
            (contestation.id, vue)
        })
        .collect())
}

/// The same as the holder sees them.
pub(super) async fn vues(etat: &AppState, session: &Session) -> Reponse<Vec<ContestationVue>> {
    Ok(lister(etat, session).await?.into_iter().map(|(_, vue)| vue).collect())
}
