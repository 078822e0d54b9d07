//! Below level 3: what the holder declared, declares and ends.

use api::droits::SousNiveau3Vu;
use api::probleme::Probleme;
use api::routes;
use axum::Json;
use axum::extract::State;
use domaine::droits::{ActeSousNiveau3, DeclarationSousNiveau3};
use domaine::forms::{Formulaire, SaisieSousNiveau3};
use domaine::mesures::Annee;

use crate::error::{Erreur, Reponse};
use crate::extract::{Corps, Titulaire};
use crate::state::AppState;

/// What was declared, and what it gives.
#[utoipa::path(
    get, path = routes::SOUS_NIVEAU_3, tag = "droits",
    responses((status = 200, description = "Les déclarations", body = SousNiveau3Vu), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn voir(State(etat): State<AppState>, titulaire: Titulaire) -> Reponse<Json<SousNiveau3Vu>> {
    let mut declarations = etat.store.sous_niveau_3(&titulaire.session.compte).await?;
    declarations.reverse();
    let jour = etat.clock.aujourdhui();
    let bareme = etat.bareme();
    let en_vigueur = |serie: &domaine::bareme::Serie<_>| {
        serie.au(jour).map(|valeur| valeur.vaut).ok_or(Erreur::Interne("no figure of the law for today"))
    };
    Ok(Json(SousNiveau3Vu {
        en_cours: declarations.first().is_some_and(DeclarationSousNiveau3::est_en_cours),
        declarations,
        annee: Annee::new(jour.annee()).map_err(|_| Erreur::Interne("a clock out of its centuries"))?,
        credit: en_vigueur(&bareme.credit_peu_qualifie)?,
        plafond: en_vigueur(&bareme.plafond_peu_qualifie)?,
        credit_ordinaire: en_vigueur(&bareme.credit_annuel)?,
        plafond_ordinaire: en_vigueur(&bareme.plafond)?,
    }))
}

/// Declares to be below level 3; twice is once.
#[utoipa::path(
    post, path = routes::SOUS_NIVEAU_3, tag = "droits", request_body = SaisieSousNiveau3,
    responses(
        (status = 200, description = "Déclaré", body = SousNiveau3Vu),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 422, description = "La case n'est pas cochée", body = Probleme)
    )
)]
pub(super) async fn declarer(
    etat: State<AppState>,
    titulaire: Titulaire,
    corps: Corps<SaisieSousNiveau3>,
) -> Reponse<Json<SousNiveau3Vu>> {
    agir(etat, titulaire, &corps.valeur, Some(ActeSousNiveau3::Declarer)).await
}

/// Ends the declaration, or takes it back when it was a mistake; twice is once.
#[utoipa::path(
    delete, path = routes::SOUS_NIVEAU_3, tag = "droits", request_body = SaisieSousNiveau3,
    responses(
        (status = 200, description = "La déclaration a pris fin", body = SousNiveau3Vu),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 422, description = "La case n'est pas cochée", body = Probleme)
    )
)]
pub(super) async fn finir(
    etat: State<AppState>,
    titulaire: Titulaire,
    corps: Corps<SaisieSousNiveau3>,
) -> Reponse<Json<SousNiveau3Vu>> {
    agir(etat, titulaire, &corps.valeur, None).await
}

/// `acte`: what is done; when there is none, what the form says.
async fn agir(
    etat: State<AppState>,
    titulaire: Titulaire,
    saisie: &SaisieSousNiveau3,
    acte: Option<ActeSousNiveau3>,
) -> Reponse<Json<SousNiveau3Vu>> {
    let jour = etat.clock.aujourdhui();
    let fin = saisie.valider(jour).map_err(|erreurs| Probleme::saisie(&erreurs))?;
    let maintenant = etat.clock.maintenant();
    etat.store.declarer_sous_niveau_3(&titulaire.session, acte.unwrap_or(fin), jour, maintenant).await?;
    voir(etat, titulaire).await
}
