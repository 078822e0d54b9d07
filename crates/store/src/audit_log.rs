//! The journal of operations: who, when, what. No personal data.

use sqlx::AnyConnection;
use vault::identifier;

use crate::{Store, StoreResult};

/// What is written in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// An account was opened.
    AccountOpened,
    /// A session was opened.
    Connexion,
    /// A session was ended by its holder.
    Deconnexion,
    /// The other sessions were ended.
    ConnexionsClosed,
    /// A DIF was declared.
    DifDeclared,
    /// Being below level 3 was declared.
    QualificationDeclared,
    /// That declaration was ended or taken back.
    QualificationEnded,
    /// A disability was declared with its proof.
    HandicapDeclared,
    /// An operator looked at a declaration of disability.
    HandicapRead,
    /// An operator took its proof out to see it.
    HandicapProofRead,
    /// An operator accepted it.
    HandicapAccepted,
    /// An operator refused it.
    HandicapRefused,
    /// A line of the statement was disputed.
    ContestationFiled,
    /// An operator read what its holder wrote.
    ReadContestation,
    /// An operator looks at it.
    ContestationTakenUp,
    /// An operator answered, or added to an answer.
    ContestationAnswered,
    /// Telephones or e-mail changed.
    CoordonneesChanged,
    /// The password changed.
    MotDePasseChanged,
    /// Everything kept was asked for.
    Export,
    /// The account was closed and its data erased.
    AccountClosed,
    /// Everything was backed up.
    BackedUp,
    /// Everything came back from a backup.
    Restored,
}

impl Operation {
    const fn code(self) -> &'static str {
        match self {
            Self::AccountOpened => "compte_ouvert",
            Self::Connexion => "connexion",
            Self::Deconnexion => "deconnexion",
            Self::ConnexionsClosed => "connexions_fermees",
            Self::DifDeclared => "dif_declare",
            Self::QualificationDeclared => "qualification_declaree",
            Self::QualificationEnded => "qualification_finie",
            Self::HandicapDeclared => "handicap_declare",
            Self::HandicapRead => "handicap_lu",
            Self::HandicapProofRead => "handicap_piece_lue",
            Self::HandicapAccepted => "handicap_accepte",
            Self::HandicapRefused => "handicap_refuse",
            Self::ContestationFiled => "contestation_deposee",
            Self::ReadContestation => "contestation_lue",
            Self::ContestationTakenUp => "contestation_prise_en_charge",
            Self::ContestationAnswered => "contestation_repondue",
            Self::CoordonneesChanged => "coordonnees_changees",
            Self::MotDePasseChanged => "mot_de_passe_change",
            Self::Export => "export",
            Self::AccountClosed => "compte_ferme",
            Self::BackedUp => "sauvegarde",
            Self::Restored => "restauration",
        }
    }
}

/// Who acted, when it was not the holder of an account but whoever runs this server.
pub const OPERATOR: &str = "operateur";

pub(crate) async fn record(connexion: &mut AnyConnection, when: i64, who: &str, what: Operation) -> StoreResult<()> {
    sqlx::query("INSERT INTO journal (id, quand, qui, quoi) VALUES ($1, $2, $3, $4)")
        .bind(identifier())
        .bind(when)
        .bind(who)
        .bind(what.code())
        .execute(connexion)
        .await?;
    Ok(())
}

impl Store {
    /// Notes an operation that changes nothing else.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn record(&self, when: i64, who: &str, what: Operation) -> StoreResult<()> {
        let mut connexion = self.writer.acquire().await?;
        record(&mut connexion, when, who, what).await
    }
}
