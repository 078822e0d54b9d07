//! What the file says, for another program: everything that is kept of the holder. Its members are documented by the schema that is made
//! from these types.

use api::accounts::{ConnexionView, ProfilView};
use api::handicap::HandicapDeclarationView;
use api::passkeys::PasskeyView;
use api::second_step::SecondStepSetView;
use domaine::assurance::{Action, Level};
use domaine::dif::Rapport;
use domaine::droits::{DeclarationSousNiveau3, Destinataire, GivenAnswer, Marker, Releve, RequestStatut};
use domaine::mesures::{Day, Euros, Hours, HoursVariation};
use serde::Serialize;
use serde_json::{Value, json};
use store::{Account, KeptPiece, Person, Session, Taken};

use crate::error::HandlerResult;
use crate::extract::{Browser, reads_all};
use crate::routes::profils::{list, profil};
use crate::routes::shared::account::load;
use crate::routes::shared::views::{self, todays_releve};
use crate::routes::{handicaps, passkeys, second_steps};
use crate::state::AppState;

/// Why the file is not whole, and how to have everything: the person reads it.
const NOT_WHOLE: &str = "Le numéro de sécurité sociale est masqué et les pièces ne sont pas jointes : de quoi se faire passer pour \
     quelqu'un n'est remis qu'à qui redonne son mot de passe ou sa clé d'accès, par « Tout emporter » dans le profil.";
/// The same, to somebody of whom too little is proved.
const NOT_PROVED: &str = "Le numéro de sécurité sociale est masqué et les pièces ne sont pas jointes : de quoi se faire passer pour \
     quelqu'un n'est remis qu'à qui a prouvé son identité. Pour avoir tout, reliez une identité dans « Mes accès » si ce service le \
     propose, ou montrez une pièce d'identité à la personne qui le tient : son adresse est dans l'aide.";
/// What is not here while one may read only what one typed.
const TYPED_ALONE: &str = "Ce que vos employeurs ont déclaré et le relevé qui en vient ne sont pas ici : ils se lisent une fois votre \
     courriel confirmé.";

/// Everything that is kept of a holder.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ExportView {
    /// Where the schema of this file is.
    #[serde(rename = "$schema")]
    schema: String,
    /// Whether everything is here.
    #[serde(rename = "entier")]
    is_whole: bool,
    /// What is not, and how to have it.
    #[serde(rename = "ce_qui_manque")]
    lacks: Vec<&'static str>,
    /// How much must be proved to have everything; nothing when enough is.
    #[serde(rename = "niveau_demande")]
    needs: Option<Level>,
    /// How much is proved.
    #[serde(rename = "niveau")]
    level: Level,
    /// When it was made, « 2026-11-23T10:04 » in French legal time, as all that is so written here.
    #[serde(rename = "etabli_le")]
    made_on: String,
    /// Which conditions were accepted.
    #[serde(rename = "cgu_acceptees")]
    cgu: String,
    /// When the e-mail was proved.
    #[serde(rename = "courriel_confirme_le")]
    courriel_confirmed_on: Option<String>,
    /// The NIR and its key; masked when not everything is here.
    #[serde(rename = "numero_de_securite_sociale")]
    nir: String,
    /// The statement of the day.
    releve: Option<Releve>,
    /// The DIF that were declared, the newest first.
    #[serde(rename = "declarations_dif")]
    dif: Vec<ExportedDif>,
    /// The disabilities that were declared.
    #[serde(rename = "declarations_handicap")]
    handicaps: Vec<ExportedHandicap>,
    /// The lines that are disputed, the newest first.
    contestations: Vec<ExportedContestation>,
    /// The declarations of being below level 3.
    #[serde(rename = "declarations_sous_niveau_3")]
    sous_niveau_3: Vec<DeclarationSousNiveau3>,
    /// The open connections.
    connexions: Vec<ConnexionView>,
    /// The passkeys.
    #[serde(rename = "cles_acces")]
    passkeys: Vec<PasskeyView>,
    /// What is asked for besides the password.
    #[serde(rename = "seconde_etape")]
    second_step: SecondStepSetView,
    /// The identities that open the account.
    #[serde(rename = "identites_reliees")]
    identities: Vec<ExportedIdentity>,
    /// What the profile shows.
    profil: ProfilView,
}

/// A DIF that was declared.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ExportedDif {
    reference: String,
    #[serde(rename = "heures")]
    hours: Hours,
    rapport: Rapport,
    #[serde(rename = "declaree_le")]
    declared_on: Day,
    attestation: ExportedPiece,
}

/// A disability that was declared.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ExportedHandicap {
    declaration: HandicapDeclarationView,
    /// Which consent was given.
    #[serde(rename = "consentement")]
    consent: Option<String>,
    /// Nothing once it was taken back: it is erased.
    #[serde(rename = "justificatif")]
    proof: Option<ExportedPiece>,
}

/// A proof.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ExportedPiece {
    /// Its media type.
    #[serde(rename = "type")]
    media: &'static str,
    /// Its bytes, as text.
    #[serde(rename = "taille")]
    size: String,
    /// Where it is beside this file, when everything is here.
    #[serde(rename = "fichier")]
    file: Option<String>,
}

/// A line that is disputed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ExportedContestation {
    reference: String,
    ligne: Marker,
    /// What the line added or took; nothing where the statement may not be read.
    montant: Option<Euros>,
    /// The same in hours, where there were some.
    #[serde(rename = "heures")]
    hours: Option<HoursVariation>,
    destinataire: Destinataire,
    raison: String,
    #[serde(rename = "deposee_le")]
    filed_on: Day,
    statut: RequestStatut,
    #[serde(rename = "reponses")]
    answers: Vec<GivenAnswer>,
}

/// An identity that opens the account.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ExportedIdentity {
    #[serde(rename = "fournisseur")]
    issuer: String,
    #[serde(rename = "reliee_le")]
    linked_on: String,
    #[serde(rename = "vue_le")]
    seen_on: String,
    /// What the provider said, in its own words.
    #[serde(rename = "dit")]
    #[schema(value_type = Object)]
    said: Value,
}

/// A document, and the proofs that go with it.
pub(super) struct Document {
    pub(super) view: ExportView,
    /// The name of each beside the document, and its identifier.
    pub(super) pieces: Vec<(String, String)>,
}

/// Reads everything of this holder; `schema` says where that of the document is.
pub(super) async fn document(
    state: &AppState,
    (session, account, person): (&Session, Account, &Person),
    browser: &Browser,
    (leaving, schema): (Taken, String),
) -> HandlerResult<Document> {
    let whole = leaving == Taken::Whole;
    let reads_all = reads_all(state, session);
    let (mut dif, mut handicaps, mut pieces) = (Vec::new(), Vec::new(), Vec::new());
    for declaration in state.store.declarations(&session.account).await? {
        let attestation = kept(&declaration.reference, &declaration.piece, whole);
        pieces.extend(attestation.file.clone().map(|name| (name, declaration.piece.id)));
        dif.push(ExportedDif {
            reference: declaration.reference,
            hours: declaration.hours,
            rapport: declaration.rapport,
            declared_on: declaration.declared_on,
            attestation,
        });
    }
    let declared = state.store.handicaps(&session.account).await?;
    let shown = handicaps::view(state, session).await?.declarations.into_iter().rev();
    for (handicap, declaration) in declared.into_iter().zip(shown) {
        // Of one that was taken back the proof is erased.
        let proof = handicap.withdrawn_on.is_none().then(|| kept(&handicap.reference, &handicap.piece, whole));
        pieces.extend(proof.as_ref().and_then(|proof| proof.file.clone()).map(|name| (name, handicap.piece.id)));
        handicaps.push(ExportedHandicap { declaration, consent: handicap.consent, proof });
    }
    let missing = Action::ExportWhole.missing(session.level);
    let of_identity = if missing.is_some() { NOT_PROVED } else { NOT_WHOLE };
    let lacks: Vec<_> = [(!whole, of_identity), (!reads_all, TYPED_ALONE)]
        .into_iter()
        .filter_map(|(holds, why)| holds.then_some(why))
        .collect();
    let nir = person.nir(&state.vault)?;
    let view = ExportView {
        schema,
        is_whole: lacks.is_empty(),
        lacks,
        needs: missing,
        level: session.level,
        made_on: state.clock.in_words(state.clock.now()),
        cgu: account.cgu_version.clone(),
        courriel_confirmed_on: account.courriel_confirmed_on.map(|on| state.clock.in_words(on)),
        nir: if whole { format!("{} {:02}", nir.body().as_str(), nir.key()) } else { nir.masked() },
        releve: if reads_all { Some(todays_releve(state, session).await?) } else { None },
        dif,
        handicaps,
        contestations: contestations(state, session, reads_all).await?,
        sous_niveau_3: state.store.sous_niveau_3(&session.account).await?,
        connexions: list(state, session, browser).await?,
        passkeys: passkeys::shown(state, session).await?,
        second_step: second_steps::set_view(state, &account).await?,
        identities: identities(state, session).await?,
        profil: profil(state, session, account, person)?,
    };
    missing_files(state, session, &pieces).await?;
    Ok(Document { view, pieces })
}

/// What is missing is said while it can be: not once half of the file is sent.
async fn missing_files(state: &AppState, session: &Session, pieces: &[(String, String)]) -> HandlerResult<()> {
    for (_, id) in pieces {
        if let Err(failure) = state.pieces.check(id).await {
            // Unless the account was closed meanwhile, and its proofs went with it.
            load(state, session).await?;
            return Err(failure.into());
        }
    }
    Ok(())
}

/// What the document says of a proof, and where it is when it goes with it.
fn kept(reference: &str, piece: &KeptPiece, whole: bool) -> ExportedPiece {
    let name = || format!("justificatifs/{reference}.{}", piece.piece_type.extension());
    ExportedPiece { media: piece.piece_type.media(), size: piece.size.to_string(), file: whole.then(name) }
}

async fn contestations(
    state: &AppState,
    session: &Session,
    reads_all: bool,
) -> HandlerResult<Vec<ExportedContestation>> {
    let all = views::contestations_of(state, session).await?.into_iter();
    let exported = all.map(|contestation| ExportedContestation {
        reference: contestation.reference,
        ligne: contestation.ligne,
        // What the line gives comes from the statement, not from who disputes it.
        montant: reads_all.then_some(contestation.montant),
        hours: (reads_all && !contestation.hours.is_zero()).then_some(contestation.hours),
        destinataire: contestation.destinataire,
        raison: contestation.raison,
        filed_on: contestation.filed_on,
        statut: contestation.statut,
        answers: contestation.answers,
    });
    Ok(exported.collect())
}

async fn identities(state: &AppState, session: &Session) -> HandlerResult<Vec<ExportedIdentity>> {
    let all = state.requests.identities(&session.account).await?.into_iter();
    let exported = all.map(|(link, said)| ExportedIdentity {
        issuer: link.issuer,
        linked_on: state.clock.in_words(link.linked_on),
        seen_on: state.clock.in_words(link.seen_on),
        said: json!(said),
    });
    Ok(exported.collect())
}

impl ExportView {
    /// The statement, where it may be read.
    pub(super) fn releve(&self) -> Option<&Releve> {
        self.releve.as_ref()
    }
}
