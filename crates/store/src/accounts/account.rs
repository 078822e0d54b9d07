//! Accounts: opened once for a person and an e-mail, changed, closed.

use domaine::assurance::Level;
use domaine::declarations::{Claim, sets_aside};
use domaine::freezing::FrozenBy;
use domaine::identite::{DateNaissance, KnownIdentity, NamedIdentity, Nom, Side, nom, same_person};
use domaine::mesures::Day;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use vault::Vault;

use super::identities::{self, NewLink};
use super::mailbox::Mailbox;
use super::sessions::{self, Session};
use super::sign_in::{self, NewSession};
use crate::audit_log::{self, Operation};
use crate::imports::contradiction::{Rival, take_nir};
use crate::lives::people::{self, NewPerson, Person};
use crate::outbox::{self, NewLetter};
use crate::row::{coded, number_or_none, parsed, text, text_or_nothing};
use crate::{Store, StoreResult, requests, ways_in};

/// An account to open. No `Debug`.
pub struct NewAccount {
    /// Identifier, chosen by the caller.
    pub id: String,
    /// Whose account.
    pub person: NewPerson,
    /// Birth name as typed.
    pub nom_naissance: Nom,
    /// Given names as typed.
    pub prenoms: Nom,
    /// As typed.
    pub courriel: String,
    /// What the e-mail is compared by.
    pub mailbox: Mailbox,
    /// E.164.
    pub telephone_fixe: Option<String>,
    /// E.164.
    pub telephone_mobile: Option<String>,
    /// The hash to keep.
    pub mot_de_passe: String,
    /// Which conditions were accepted.
    pub cgu_version: String,
    /// Today.
    pub opened_on: Day,
    /// The identity that a provider proved, where one did.
    pub link: Option<NewLink>,
    /// Whether that identity says every part of the NIR: then an account that somebody typed gives way to it.
    pub outranks: bool,
}

/// What is written when an account opens, where there is somebody to tell.
#[derive(Clone, Copy)]
pub struct OpeningLetters<'a> {
    /// Somebody else had opened an account with this NIR; told to whoever opens one.
    pub if_contradicted: &'a NewLetter,
    /// The account of this identifier, at this e-mail, is set aside for somebody who proved who they are.
    pub set_aside: &'a (dyn Fn(&str, &str) -> NewLetter + Sync),
}

/// What became of a request that was proved.
#[derive(Debug, PartialEq, Eq)]
pub enum Opening {
    /// The account is open, and so is the session.
    Open,
    /// It does not wait any more: it opened an account already, or is over.
    Late,
    /// The details are not those known, or an account stands in the way. Which is not said.
    Refused,
}

/// What stands in the way of an account. No `Debug`.
pub enum Obstacle {
    /// This account has the mailbox.
    Mailbox(Box<Account>),
    /// The person has this one, under another mailbox.
    Person(Box<Account>),
    /// The name or the birth date is not that of the person who has this NIR.
    Details,
}

/// An account. No `Debug`.
pub struct Account {
    /// Identifier.
    pub id: String,
    /// Whose.
    pub person: String,
    /// Birth name as typed.
    pub nom_naissance: String,
    /// Given names as typed.
    pub prenoms: String,
    /// As typed.
    pub courriel: String,
    /// What the e-mail is compared by.
    pub courriel_key: String,
    /// E.164.
    pub telephone_fixe: Option<String>,
    /// E.164.
    pub telephone_mobile: Option<String>,
    /// The hash kept.
    pub mot_de_passe: String,
    /// Which conditions were accepted.
    pub cgu_version: String,
    /// The day it was opened.
    pub opened_on: Day,
    /// Since when it is frozen: nobody signs in to it.
    pub frozen_on: Option<i64>,
    /// By whom.
    pub frozen_by: Option<FrozenBy>,
    /// When somebody last proved that the e-mail is theirs, if anybody did.
    pub courriel_confirmed_on: Option<i64>,
    /// When what opens it last changed: its e-mail, its telephones, a browser that it had not known.
    pub changed_on: Option<i64>,
    /// Keyed hash of what its browsers showed before its password was hashed again as it is; of no other password.
    pub known_before: Option<String>,
    /// Since when it asks for something besides its password, if it does.
    pub second_step_on: Option<i64>,
    /// When it is erased, if its holder asked for that.
    pub closes_on: Option<i64>,
    /// How much is proved of whose it is.
    pub level: Level,
}

/// Who froze the account of this row, if it is frozen: whoever runs the service, unless its holder did.
pub(super) fn frozen_by(row: &AnyRow, frozen_on: Option<i64>) -> StoreResult<Option<FrozenBy>> {
    Ok(match (frozen_on, text_or_nothing(row, "gel_origine")?) {
        (None, _) => None,
        (Some(_), None) => Some(FrozenBy::Service),
        (Some(_), Some(_)) => Some(coded(row, "gel_origine", FrozenBy::from_code)?),
    })
}

fn from_row(row: &AnyRow) -> StoreResult<Account> {
    let courriel_confirmed_on = number_or_none(row, "courriel_confirme_le")?;
    let frozen_on = number_or_none(row, "gele_le")?;
    Ok(Account {
        id: text(row, "id")?,
        person: text(row, "personne")?,
        nom_naissance: text(row, "nom_naissance")?,
        prenoms: text(row, "prenoms")?,
        courriel: text(row, "courriel")?,
        courriel_key: text(row, "courriel_cle")?,
        telephone_fixe: text_or_nothing(row, "telephone_fixe")?,
        telephone_mobile: text_or_nothing(row, "telephone_mobile")?,
        mot_de_passe: text(row, "mot_de_passe")?,
        cgu_version: text(row, "cgu_version")?,
        opened_on: parsed(row, "ouvert_le")?,
        frozen_on,
        frozen_by: frozen_by(row, frozen_on)?,
        courriel_confirmed_on,
        changed_on: number_or_none(row, "sensible_le")?,
        known_before: text_or_nothing(row, "connu_avant")?,
        second_step_on: number_or_none(row, "seconde_etape_le")?,
        closes_on: number_or_none(row, "fermeture_le")?,
        level: Level::of_account(
            courriel_confirmed_on.is_some(),
            number_or_none(row, "identite_prouvee_le")?.is_some(),
        )
        .unless_set_aside(number_or_none(row, "mis_a_part_le")?.is_some()),
    })
}

/// The account of this person, if they have one.
pub(super) async fn of_person(connexion: &mut AnyConnection, person: &str) -> StoreResult<Option<Account>> {
    let row = sqlx::query(
        "SELECT id, personne, nom_naissance, prenoms, courriel, telephone_fixe, telephone_mobile, mot_de_passe,
             cgu_version, ouvert_le, courriel_cle, courriel_confirme_le, identite_prouvee_le,
             gele_le, gel_origine, mis_a_part_le, sensible_le, connu_avant, seconde_etape_le, fermeture_le
         FROM comptes WHERE personne = $1",
    )
    .bind(person)
    .fetch_optional(connexion)
    .await?;
    row.as_ref().map(from_row).transpose()
}

/// Whether the details given are those known.
fn agrees(person: &Person, asked: &NewAccount) -> bool {
    is_named(person, (&asked.nom_naissance, &asked.prenoms), asked.person.date_naissance)
}

/// Whether somebody of that name and birth date is this person.
fn is_named(person: &Person, (nom, prenoms): (&Nom, &Nom), naissance: DateNaissance) -> bool {
    let side = if person.known { Side::Payroll } else { Side::Holder };
    let known = KnownIdentity {
        nom: if person.nom_naissance == nom::NONE { &person.prenoms } else { &person.nom_naissance },
        of_the_holder: None,
        naissance: Some(person.date_naissance),
        side,
    };
    same_person(known, NamedIdentity { nom: Some(Nom::compared(nom, prenoms)), naissance, side: Side::Holder })
}

/// Whether the holder of this account, born that day, is this person.
pub(super) fn is_the_holder(person: &Person, account: &Account, naissance: DateNaissance) -> bool {
    let names = [&account.nom_naissance, &account.prenoms].map(|text| Nom::parse_if_any(text));
    matches!(names, [Ok(nom), Ok(prenoms)] if is_named(person, (&nom, &prenoms), naissance))
}

/// Keeps the whole date of a holder where payroll knew only a part of it: once an account is open, its holder decides.
async fn complete_naissance(connexion: &mut AnyConnection, person: &Person, asked: &NewAccount) -> StoreResult<()> {
    let naissance = asked.person.date_naissance;
    if person.date_naissance != naissance {
        sqlx::query("UPDATE personnes SET date_naissance = $1, version = version + 1 WHERE id = $2")
            .bind(naissance.iso())
            .bind(&person.id)
            .execute(connexion)
            .await?;
    }
    Ok(())
}

/// Whether the account of this person gives way to somebody who proved who they are, and asks for one under the same NIR: as it
/// would to an employer's declaration, and not where an employer named its holder.
fn gives_way(person: &Person, account: &Account, asked: &NewAccount) -> bool {
    let claim = Claim {
        names: [&account.nom_naissance, &account.prenoms],
        proved: account.level >= Level::IdentityProved,
        by_employer: person.known,
    };
    sets_aside(&claim, [asked.nom_naissance.as_str(), asked.prenoms.as_str()])
}

/// Sets the account aside that somebody else opened with this NIR, where it gives way, and tells its holder.
async fn outrank(
    connexion: &mut AnyConnection,
    vault: &Vault,
    asked: &NewAccount,
    write: &(dyn Fn(&str, &str) -> NewLetter + Sync),
    now: i64,
) -> StoreResult<()> {
    let new = &asked.person;
    let Some(person) = people::find(connexion, &new.nir_digests, new.date_naissance.year()).await? else {
        return Ok(());
    };
    let Some(account) = of_person(connexion, &person.id).await? else { return Ok(()) };
    if gives_way(&person, &account, asked)
        && take_nir(connexion, vault, (&person.id, &account.id), (&new.id, Rival::Provider), now).await?
    {
        audit_log::record(connexion, now, &account.id, Operation::SetAside).await?;
        outbox::post(connexion, &write(&account.id, &account.courriel), now).await?;
    }
    Ok(())
}

impl Store {
    /// The account that this identity opens, if it opens one.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn account_of_identity(&self, subject: &str) -> StoreResult<Option<Account>> {
        let row = sqlx::query("SELECT compte FROM identites WHERE sujet = $1")
            .bind(subject)
            .fetch_optional(&self.readers)
            .await?;
        match row {
            Some(row) => self.account(&text(&row, "compte")?).await,
            None => Ok(None),
        }
    }

    /// Opens the account of a request that was proved, and a first session on it; nothing is left half-done. `remains` is what
    /// is kept of the request, sealed.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was recorded.
    pub async fn open_account(
        &self,
        asked: &NewAccount,
        request: &str,
        remains: &str,
        session: &NewSession,
        (vault, letters): (&Vault, OpeningLetters<'_>),
        now: i64,
    ) -> StoreResult<Opening> {
        let mut transaction = self.write().await?;
        // The request first: two that prove it at once wait for each other.
        if !requests::finish(&mut transaction, request, &asked.id, remains, now).await? {
            transaction.rollback().await?;
            return Ok(Opening::Late);
        }
        if asked.outranks {
            outrank(&mut transaction, vault, asked, letters.set_aside, now).await?;
        }
        let person = people::find_or_create(&mut transaction, &asked.person, now).await?;
        if !agrees(&person, asked) || !insert(&mut transaction, asked, &person.id, now).await? {
            transaction.rollback().await?;
            return Ok(Opening::Refused);
        }
        if let Some(link) = &asked.link
            && !identities::insert(&mut transaction, link, &asked.id, now).await?
        {
            transaction.rollback().await?;
            return Ok(Opening::Refused);
        }
        complete_naissance(&mut transaction, &person, asked).await?;
        audit_log::record(&mut transaction, now, &asked.id, Operation::AccountOpened).await?;
        let other = sqlx::query("SELECT id FROM comptes WHERE mis_a_part_pour = $1").bind(&person.id);
        if other.fetch_optional(&mut *transaction).await?.is_some() {
            outbox::post(&mut transaction, letters.if_contradicted, now).await?;
        }
        let opened = sign_in::insert(&mut transaction, session, &asked.id, now).await?;
        sign_in::came_by(&mut transaction, opened, session, request).await?;
        sessions::unsettle(&mut transaction, &asked.id, now).await?;
        self.complete(transaction).await?;
        Ok(Opening::Open)
    }

    /// What stands in the way of this account, as far as is known now.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn obstacle(&self, asked: &NewAccount) -> StoreResult<Option<Obstacle>> {
        if let Some(account) = self.account_by_courriel(&asked.mailbox).await? {
            return Ok(Some(Obstacle::Mailbox(Box::new(account))));
        }
        let mut connexion = self.readers.acquire().await?;
        let person =
            people::find(&mut connexion, &asked.person.nir_digests, asked.person.date_naissance.year()).await?;
        let Some(person) = person else { return Ok(None) };
        Ok(match of_person(&mut connexion, &person.id).await? {
            Some(account) => {
                // Whoever proved who they are does not wait for somebody who typed their number.
                let gives_way = asked.outranks && gives_way(&person, &account, asked);
                (!gives_way).then(|| Obstacle::Person(Box::new(account)))
            }
            None if agrees(&person, asked) => None,
            None => Some(Obstacle::Details),
        })
    }

    /// The account of this identifier.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn account(&self, id: &str) -> StoreResult<Option<Account>> {
        let row = sqlx::query(
            "SELECT id, personne, nom_naissance, prenoms, courriel, telephone_fixe, telephone_mobile, mot_de_passe,
                 cgu_version, ouvert_le, courriel_cle, courriel_confirme_le, identite_prouvee_le,
                 gele_le, gel_origine, mis_a_part_le, sensible_le, connu_avant, seconde_etape_le, fermeture_le
             FROM comptes WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(from_row).transpose()
    }

    /// The identifier of the account of that person.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn account_of_person(&self, person: &str) -> StoreResult<Option<String>> {
        let row = sqlx::query("SELECT id FROM comptes WHERE personne = $1");
        row.bind(person).fetch_optional(&self.readers).await?.map(|row| text(&row, "id")).transpose()
    }

    /// The account one connects to with this e-mail: where another has the mailbox, the one that was opened under this
    /// very writing.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn account_by_courriel(&self, mailbox: &Mailbox) -> StoreResult<Option<Account>> {
        let rows = sqlx::query(
            "SELECT id, personne, nom_naissance, prenoms, courriel, telephone_fixe, telephone_mobile, mot_de_passe,
                 cgu_version, ouvert_le, courriel_cle, courriel_confirme_le, identite_prouvee_le,
                 gele_le, gel_origine, mis_a_part_le, sensible_le, connu_avant, seconde_etape_le, fermeture_le
             FROM comptes WHERE courriel_cle IN ($1, $2)",
        )
        .bind(mailbox.key())
        .bind(mailbox.earlier())
        .fetch_all(&self.readers)
        .await?;
        let mut accounts = rows.iter().map(from_row).collect::<StoreResult<Vec<_>>>()?;
        let own = accounts.iter().position(|account| account.courriel_key == mailbox.earlier());
        Ok(own.or((!accounts.is_empty()).then_some(0)).map(|place| accounts.swap_remove(place)))
    }

    /// Keeps a stronger hash of the password that the account has; `false` when it has another by now.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then the former hash stays, which opens the account as well.
    pub async fn strengthen(&self, former: &Account, password_hash: &str, known_before: &str) -> StoreResult<bool> {
        let kept =
            sqlx::query("UPDATE comptes SET mot_de_passe = $1, connu_avant = $2 WHERE id = $3 AND mot_de_passe = $4")
                .bind(password_hash)
                .bind(known_before)
                .bind(&former.id)
                .bind(&former.mot_de_passe)
                .execute(&self.writer)
                .await?;
        Ok(kept.rows_affected() == 1)
    }

    /// Changes the password and posts the letter that tells it; the session goes on under another secret, of this hash, and
    /// every other ends.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn change_mot_de_passe(
        &self,
        session: &Session,
        renewed: &str,
        password_hash: &str,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        sqlx::query("UPDATE comptes SET mot_de_passe = $1 WHERE id = $2")
            .bind(password_hash)
            .bind(&session.account)
            .execute(&mut *transaction)
            .await?;
        sessions::end_others(&mut transaction, session).await?;
        ways_in::end(&mut transaction, &session.account).await?;
        sessions::rotate(&mut transaction, session, renewed).await?;
        audit_log::record(&mut transaction, now, &session.account, Operation::MotDePasseChanged).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(())
    }
}

async fn insert(connexion: &mut AnyConnection, asked: &NewAccount, person: &str, now: i64) -> StoreResult<bool> {
    let inserted = sqlx::query(
        "INSERT INTO comptes
             (id, personne, nom_naissance, prenoms, courriel, courriel_cle, telephone_fixe, telephone_mobile,
              mot_de_passe, cgu_version, cgu_le, ouvert_le, courriel_confirme_le)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11) ON CONFLICT DO NOTHING",
    )
    .bind(&asked.id)
    .bind(person)
    .bind(asked.nom_naissance.as_str())
    .bind(&asked.person.prenoms)
    .bind(&asked.courriel)
    .bind(asked.mailbox.key())
    .bind(&asked.telephone_fixe)
    .bind(&asked.telephone_mobile)
    .bind(&asked.mot_de_passe)
    .bind(&asked.cgu_version)
    .bind(now)
    .bind(asked.opened_on.to_string())
    .execute(connexion)
    .await?;
    Ok(inserted.rows_affected() == 1)
}
