//! The journal of operations: who, when, what. No personal data.

use sqlx::AnyConnection;
use vault::identifiant;

use crate::{Resultat, Store};

/// What is written in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// An account was opened.
    CompteOuvert,
    /// A session was opened.
    Connexion,
    /// A session was ended by its holder.
    Deconnexion,
    /// The other sessions were ended.
    ConnexionsFermees,
    /// A DIF was declared.
    DifDeclare,
    /// Being below level 3 was declared.
    QualificationDeclaree,
    /// That declaration was ended or taken back.
    QualificationFinie,
    /// A line of the statement was disputed.
    ContestationDeposee,
    /// An operator read what its holder wrote.
    ContestationLue,
    /// An operator looks at it.
    ContestationPriseEnCharge,
    /// An operator answered, or added to an answer.
    ContestationRepondue,
    /// Telephones or e-mail changed.
    CoordonneesChangees,
    /// The password changed.
    MotDePasseChange,
    /// Everything kept was asked for.
    Export,
    /// The account was closed and its data erased.
    CompteFerme,
}

impl Operation {
    const fn code(self) -> &'static str {
        match self {
            Self::CompteOuvert => "compte_ouvert",
            Self::Connexion => "connexion",
            Self::Deconnexion => "deconnexion",
            Self::ConnexionsFermees => "connexions_fermees",
            Self::DifDeclare => "dif_declare",
            Self::QualificationDeclaree => "qualification_declaree",
            Self::QualificationFinie => "qualification_finie",
            Self::ContestationDeposee => "contestation_deposee",
            Self::ContestationLue => "contestation_lue",
            Self::ContestationPriseEnCharge => "contestation_prise_en_charge",
            Self::ContestationRepondue => "contestation_repondue",
            Self::CoordonneesChangees => "coordonnees_changees",
            Self::MotDePasseChange => "mot_de_passe_change",
            Self::Export => "export",
            Self::CompteFerme => "compte_ferme",
        }
    }
}

/// Who acted, when it was not the holder of an account but whoever runs this server.
pub const OPERATEUR: &str = "operateur";

pub(crate) async fn noter(connexion: &mut AnyConnection, quand: i64, qui: &str, quoi: Operation) -> Resultat<()> {
    sqlx::query("INSERT INTO journal (id, quand, qui, quoi) VALUES ($1, $2, $3, $4)")
        .bind(identifiant())
        .bind(quand)
        .bind(qui)
        .bind(quoi.code())
        .execute(connexion)
        .await?;
    Ok(())
}

impl Store {
    /// Notes an operation that changes nothing else.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn noter(&self, quand: i64, qui: &str, quoi: Operation) -> Resultat<()> {
        let mut connexion = self.pool.acquire().await?;
        noter(&mut connexion, quand, qui, quoi).await
    }
}
