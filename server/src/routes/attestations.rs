//! DIF declarations: the file is encrypted and written as it arrives, then recorded.

use api::dif::{DeclarationVue, DifEnregistre, DifVu};
use api::probleme::{Code, ErreurVue, Probleme};
use api::routes;
use axum::Json;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use domaine::dif::{Piece, PieceInvalide, TAILLE_MAXIMALE, en_euros, first_counting, solde};
use domaine::droits::Motif;
use domaine::forms::{Champ, ChampDif, DeclarationDif, Faute, Formulaire, SaisieDif};
use domaine::mesures::Euros;
use sha2::{Digest, Sha256};
use store::{Declaration, NouvelleDeclaration, NouvellePiece, Session};
use vault::{en_hexa, identifiant, reference};

use super::releves::releve_du_jour;
use crate::error::{Erreur, Reponse};
use crate::extract::{ATTENTE_DU_CORPS, CleIdempotence, Titulaire};
use crate::state::AppState;

/// A file of the greatest size, and room for the other fields and the boundaries.
pub(super) const CORPS_MAXIMAL: usize = 10_000_000 + 64 * 1_024;
/// How many declarations an account may hold.
const DECLARATIONS_PAR_COMPTE: usize = 20;
/// Longer than any honest hours or relation; the form itself says so at the field.
const CHAMP_MAXIMAL: usize = 4_096;

/// What was declared.
#[utoipa::path(
    get, path = routes::DIF, tag = "dif",
    responses((status = 200, description = "Les déclarations", body = DifVu), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn voir(State(etat): State<AppState>, titulaire: Titulaire) -> Reponse<Json<DifVu>> {
    let declarations = etat.store.declarations(&titulaire.session.compte).await?;
    let heures = solde(declarations.iter().map(|d| (d.rapport, d.heures)));
    let jour = etat.clock.aujourdhui();
    let mut vues = vues(&etat, &declarations);
    vues.reverse();
    let bareme = etat.bareme();
    let fin = bareme.fin_declaration_dif;
    Ok(Json(DifVu { declarations: vues, heures, euros: en_euros(heures, jour, &bareme), fin }))
}

/// The form, for its description only.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only describes the multipart body")]
pub(super) struct FormulaireDif {
    /// Whole hours.
    heures: String,
    /// `remplace` or `ajoute`; only asked when a DIF was declared before.
    rapport: Option<String>,
    /// PDF, JPEG, PNG or HEIC, 10 MB at most.
    #[schema(value_type = String, format = Binary)]
    attestation: String,
}

/// Declares an attestation.
#[utoipa::path(
    post, path = routes::DIF, tag = "dif",
    request_body(content = FormulaireDif, content_type = "multipart/form-data"),
    params(("idempotency-key" = String, Header, description = "16 à 64 lettres, chiffres ou tirets")),
    responses(
        (status = 201, description = "Enregistré", body = DifEnregistre),
        (status = 400, description = "Corps illisible, ou clé d'idempotence manquante", body = Probleme),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 409, description = "Clé reprise, trop de déclarations, ou le dernier jour pour déclarer un DIF est passé", body = Probleme),
        (status = 413, description = "Fichier trop lourd", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 503, description = "Rien n'a été enregistré", body = Probleme)
    )
)]
pub(super) async fn declarer(
    State(etat): State<AppState>,
    titulaire: Titulaire,
    CleIdempotence(cle): CleIdempotence,
    requete: Request,
) -> Reponse<(StatusCode, Json<DifEnregistre>)> {
    let formulaire = Multipart::from_request(requete, &etat).await.map_err(|_| Code::TypeInattendu)?;
    let recu = recevoir(&etat, formulaire).await?;
    match enregistrer(&etat, &titulaire.session, &cle, &recu).await {
        Ok(id) => {
            if id != recu.id {
                // Another submission with the same key was recorded: its file is the one that stays.
                recu.effacer(&etat).await;
            }
            Ok((StatusCode::CREATED, Json(rendre_compte(&etat, &titulaire.session, &id).await?)))
        }
        Err(erreur) => {
            recu.effacer(&etat).await;
            Err(erreur)
        }
    }
}

/// What the form held; the file, if it can be a proof, is written already.
struct Recu {
    /// Identifier of the declaration, and of its proof.
    id: String,
    heures: String,
    rapport: String,
    piece: Result<Piece, PieceInvalide>,
    sha256: String,
}

impl Recu {
    async fn effacer(&self, etat: &AppState) {
        if self.piece.is_ok()
            && let Err(erreur) = etat.pieces.effacer(&self.id).await
        {
            tracing::warn!(%erreur, "a proof that is not recorded stays until the next clean-up");
        }
    }
}

async fn recevoir(etat: &AppState, mut formulaire: Multipart) -> Reponse<Recu> {
    let mut recu = Recu {
        id: identifiant(),
        heures: String::new(),
        rapport: String::new(),
        piece: Err(PieceInvalide::Manquante),
        sha256: String::new(),
    };
    let mut vus = Vec::new();
    let resultat = loop {
        let champ = match attendre(formulaire.next_field()).await {
            Ok(Some(champ)) => champ,
            Ok(None) => break Ok(()),
            Err(erreur) => break Err(erreur),
        };
        let nom = champ.name().unwrap_or_default().to_owned();
        if vus.contains(&nom) {
            break Err(Code::CorpsIllisible.into());
        }
        let lu = match nom.as_str() {
            "heures" => lire_texte(champ).await.map(|texte| recu.heures = texte),
            "rapport" => lire_texte(champ).await.map(|texte| recu.rapport = texte),
            "attestation" => ecrire_piece(etat, champ, &mut recu).await,
            _ => Err(Code::CorpsIllisible.into()),
        };
        vus.push(nom);
        if let Err(erreur) = lu {
            break Err(erreur);
        }
    };
    match resultat {
        Ok(()) => Ok(recu),
        Err(erreur) => {
            recu.effacer(etat).await;
            Err(erreur)
        }
    }
}

async fn attendre<T>(lecture: impl Future<Output = Result<T, MultipartError>>) -> Reponse<T> {
    match tokio::time::timeout(ATTENTE_DU_CORPS, lecture).await {
        Ok(Ok(lu)) => Ok(lu),
        Ok(Err(erreur)) if erreur.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(trop_lourde()),
        Ok(Err(_)) | Err(_) => Err(Code::CorpsIllisible.into()),
    }
}

fn trop_lourde() -> Erreur {
    let faute = Faute::Piece(PieceInvalide::TropLourde);
    let erreurs = vec![ErreurVue { champ: ChampDif::Attestation.id().into(), faute }];
    Probleme { erreurs, ..Probleme::new(Code::CorpsTropGrand) }.into()
}

async fn lire_texte(mut champ: Field<'_>) -> Reponse<String> {
    let mut octets = Vec::new();
    while let Some(morceau) = attendre(champ.chunk()).await? {
        if octets.len() + morceau.len() > CHAMP_MAXIMAL {
            return Err(Code::CorpsTropGrand.into());
        }
        octets.extend_from_slice(&morceau);
    }
    String::from_utf8(octets).map_err(|_| Code::CorpsIllisible.into())
}

/// Writes the file as it comes, and judges it by what it holds. Whatever is refused leaves nothing.
async fn ecrire_piece(etat: &AppState, mut champ: Field<'_>, recu: &mut Recu) -> Reponse<()> {
    let mut ecriture = None;
    let mut debut: Vec<u8> = Vec::new();
    let mut taille = 0_u64;
    let mut hachage = Sha256::new();
    let verdict = loop {
        let morceau = match attendre(champ.chunk()).await {
            Ok(Some(morceau)) => morceau,
            Ok(None) => break Ok(Piece::examiner(taille, &debut)),
            Err(erreur) => break Err(erreur),
        };
        taille += u64::try_from(morceau.len()).unwrap_or(u64::MAX);
        if taille > TAILLE_MAXIMALE {
            break Err(trop_lourde());
        }
        let manque = Piece::DEBUT.saturating_sub(debut.len()).min(morceau.len());
        debut.extend_from_slice(&morceau[..manque]);
        hachage.update(&morceau);
        let en_cours = match &mut ecriture {
            Some(en_cours) => en_cours,
            None => match etat.pieces.ecrire(&recu.id).await {
                Ok(nouvelle) => ecriture.insert(nouvelle),
                Err(panne) => break Err(panne.into()),
            },
        };
        if let Err(panne) = en_cours.ajouter(&morceau).await {
            break Err(panne.into());
        }
    };
    match (verdict, ecriture) {
        (Ok(Ok(piece)), Some(ecriture)) => {
            ecriture.finir().await?;
            recu.sha256 = en_hexa(&hachage.finalize());
            recu.piece = Ok(piece);
            Ok(())
        }
        (verdict, ecriture) => {
            if let Some(ecriture) = ecriture {
                ecriture.abandonner().await;
            }
            // A form sent without choosing a file has a field without a name and without bytes.
            let sans_nom = champ.file_name().is_none_or(str::is_empty);
            recu.piece = verdict?.and(Err(PieceInvalide::Illisible)).map_err(|faute| match faute {
                PieceInvalide::Vide if sans_nom => PieceInvalide::Manquante,
                faute => faute,
            });
            Ok(())
        }
    }
}

/// Records what was received, or finds what the same submission recorded before; gives the
/// identifier of the declaration.
async fn enregistrer(etat: &AppState, session: &Session, cle: &str, recu: &Recu) -> Reponse<String> {
    let cle = etat.coffre.empreinte("clé de déclaration", &[session.compte.as_bytes(), cle.as_bytes()]);
    let parties = [recu.heures.as_bytes(), recu.rapport.as_bytes(), recu.sha256.as_bytes()];
    let corps = etat.coffre.empreinte("corps de déclaration", &parties);
    let deja = |(connu, id): (String, String)| {
        if connu == corps { Ok(id) } else { Err(Erreur::from(Code::CleIdempotenceReprise)) }
    };
    // Before judging the form: a repeat must not be asked how it relates to itself.
    if let Some(connue) = etat.store.cle_idempotence(&cle).await? {
        return deja(connue);
    }
    // Each keeps a file of up to 10 MB: nobody has that many employers to declare.
    if etat.store.declarations(&session.compte).await?.len() >= DECLARATIONS_PAR_COMPTE {
        return Err(Code::TropDeDeclarations.into());
    }
    let declaration = match valider(etat, session, recu).await {
        Ok(declaration) => declaration,
        // The same submission may have been recorded since: then that is the « DIF declared before ».
        Err(refus) => match etat.store.cle_idempotence(&cle).await? {
            Some(connue) => return deja(connue),
            None => return Err(refus),
        },
    };
    let nouvelle = NouvelleDeclaration {
        id: recu.id.clone(),
        cle,
        corps: corps.clone(),
        compte: session.compte.clone(),
        personne: session.personne.clone(),
        reference: reference("DIF"),
        declaration,
        piece: NouvellePiece { id: recu.id.clone(), sha256: recu.sha256.clone() },
        declaree_le: etat.clock.aujourdhui(),
    };
    match etat.store.declarer(&nouvelle, etat.clock.maintenant()).await? {
        None => Ok(nouvelle.id),
        Some(connue) => deja(connue),
    }
}

async fn valider(etat: &AppState, session: &Session, recu: &Recu) -> Reponse<DeclarationDif> {
    if !etat.bareme().dif_declarable(etat.clock.aujourdhui()) {
        return Err(Code::DifClos.into());
    }
    let saisie = SaisieDif {
        heures: recu.heures.clone(),
        rapport: recu.rapport.clone(),
        deja_declare: !etat.store.declarations(&session.compte).await?.is_empty(),
        piece: recu.piece,
    };
    saisie.valider(etat.clock.aujourdhui()).map_err(|erreurs| Probleme::saisie(&erreurs).into())
}

/// The declaration as recorded, and what the balance became.
async fn rendre_compte(etat: &AppState, session: &Session, id: &str) -> Reponse<DifEnregistre> {
    let declarations = etat.store.declarations(&session.compte).await?;
    let rang = declarations.iter().position(|declaration| declaration.id == id);
    let rang = rang.ok_or(Erreur::Interne("a declaration that was recorded is not there"))?;
    let declaration = vues(etat, &declarations).swap_remove(rang);
    let releve = releve_du_jour(etat, session).await?;
    let retenu = releve.lignes.iter().find_map(|ligne| match &ligne.motif {
        Motif::Dif { reference, .. } if *reference == declaration.reference => Some(ligne.retenu),
        _ => None,
    });
    Ok(DifEnregistre { declaration, solde: releve.solde, retenu: retenu.unwrap_or(Euros::ZERO) })
}

/// The declarations as the holder sees them, in the order they were made.
fn vues(etat: &AppState, declarations: &[Declaration]) -> Vec<DeclarationVue> {
    let first = first_counting(declarations.iter().map(|declaration| declaration.rapport));
    declarations
        .iter()
        .enumerate()
        .map(|(rang, declaration)| DeclarationVue {
            reference: declaration.reference.clone(),
            heures: declaration.heures,
            euros: en_euros(declaration.heures, declaration.declaree_le, &etat.bareme()),
            rapport: declaration.rapport,
            declaree_le: declaration.declaree_le,
            piece: declaration.piece.type_piece,
            compte: rang >= first,
        })
        .collect()
}
