//! Whose account it is, put right by an operator who saw a proof: a NIR given back to whom it belongs, a name, a NIR or a birth
//! date that was wrong, a death. All of it in one transaction, with its line and its letter; nothing of one person is ever
//! shown to another, and what employers declared stays with the NIR that they declared it under.

use domaine::identite::{Courriel, DateNaissance, Nom};
use domaine::mesures::Day;
use domaine::told::{Evenement, Nature};
use sqlx::{Any, Transaction};
use vault::{NirDigests, Vault};

use super::account::{self, Account};
use super::mailbox::Mailbox;
use super::operator::{Acted, end_sessions, unchanged};
use super::sessions;
use crate::audit_log::{Act, Operation};
use crate::lives::{evenements, people, version};
use crate::outbox::{self, NewLetter};
use crate::row::{number_or_none, text, text_or_nothing};
use crate::{NewPerson, Store, StoreResult, imports};

impl Store {
    /// Gives the NIR of an account back: the account is set aside, frozen, under a person that has no NIR. What employers
    /// declared under this NIR stays there, for whoever proves that it is theirs; where they declared nothing, nobody has it.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn release_nir(
        &self,
        account: &Account,
        vault: &Vault,
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        let mut transaction = self.write().await?;
        let nobody = vault::identifier();
        // Of nobody: no NIR has this hash.
        let digest = vault.digest("personne sans NIR", &[nobody.as_bytes()]);
        let set_aside = sqlx::query(
            "INSERT INTO personnes
                 (id, nir_empreinte, annee_naissance, nir_chiffre, nom_naissance, prenoms, date_naissance, connue, version, creee_le)
             SELECT $1, $2, p.annee_naissance, $3, c.nom_naissance, c.prenoms, p.date_naissance, 0, 0, $4
             FROM comptes c JOIN personnes p ON p.id = c.personne
             WHERE c.id = $5 AND c.personne = $6 AND c.mis_a_part_le IS NULL",
        )
        .bind(&nobody)
        .bind(digest)
        .bind(vault.seal_nir(&nobody, ""))
        .bind(now)
        .bind(&account.id)
        .bind(&account.person)
        .execute(&mut *transaction)
        .await?;
        if set_aside.rows_affected() == 0 {
            return unchanged(transaction, &account.id).await;
        }
        sqlx::query(
            "UPDATE comptes SET personne = $1, mis_a_part_le = $2, identite_prouvee_le = NULL, numero_prouve_le = NULL,
                 gele_le = COALESCE(gele_le, $2),
                 gele_par = COALESCE(gele_par, $3), gel_raison = COALESCE(gel_raison, $4), gel_origine = NULL
             WHERE id = $5",
        )
        .bind(&nobody)
        .bind(now)
        .bind(act.operator.name())
        .bind(act.reason.unwrap_or_default())
        .bind(&account.id)
        .execute(&mut *transaction)
        .await?;
        end_sessions(&mut transaction, &account.id).await?;
        leave(&mut transaction, &account.person).await?;
        self.keep_act(transaction, act.on(&account.id), Operation::NirReleased, letter, now).await
    }

    /// Gives an account that an employer's declaration set aside its NIR back: a document proves that it is its holder's. Whoever
    /// had it meanwhile keeps their hours, under no NIR, until their employer gives the right one.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn give_nir_back(
        &self,
        account: &Account,
        digests: &NirDigests,
        vault: &Vault,
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        let mut transaction = self.write().await?;
        // The account is held until the end.
        let held = sqlx::query(
            "UPDATE comptes SET id = id WHERE id = $1 AND personne = $2 RETURNING mis_a_part_le, mis_a_part_pour",
        )
        .bind(&account.id)
        .bind(&account.person)
        .fetch_optional(&mut *transaction)
        .await?;
        let blocker = match held {
            None => Some(Acted::Unknown),
            Some(row) => match (number_or_none(&row, "mis_a_part_le")?, text_or_nothing(&row, "mis_a_part_pour")?) {
                (Some(_), Some(_)) => None,
                // Its NIR was given to whoever proved that it is theirs.
                (Some(_), None) => Some(Acted::SetAside),
                (None, _) => Some(Acted::Already),
            },
        };
        if let Some(blocker) = blocker {
            transaction.rollback().await?;
            return Ok(blocker);
        }
        let own = (account.id.as_str(), account.person.as_str());
        if !imports::give_back(&mut transaction, vault, own, digests, Some(now)).await? {
            transaction.rollback().await?;
            return Ok(Acted::Taken);
        }
        self.keep_act(transaction, act.on(&account.id), Operation::NirGivenBack, letter, now).await
    }

    /// Notes that a document was seen which proves whose account it is; one that was set aside is proved to be somebody else's.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn prove_identity(
        &self,
        account: &Account,
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        let mut transaction = self.write().await?;
        let proved = sqlx::query(
            "UPDATE comptes SET identite_prouvee_le = COALESCE(identite_prouvee_le, $1), numero_prouve_le = $1
             WHERE id = $2 AND numero_prouve_le IS NULL AND mis_a_part_le IS NULL",
        );
        if proved.bind(now).bind(&account.id).execute(&mut *transaction).await?.rows_affected() == 0 {
            let aside = sqlx::query("SELECT id FROM comptes WHERE id = $1 AND mis_a_part_le IS NOT NULL");
            if aside.bind(&account.id).fetch_optional(&mut *transaction).await?.is_some() {
                transaction.rollback().await?;
                return Ok(Acted::SetAside);
            }
            return unchanged(transaction, &account.id).await;
        }
        self.keep_act(transaction, act.on(&account.id), Operation::IdentityProved, letter, now).await
    }

    /// Puts the name of a holder right.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn correct_name(
        &self,
        account: &Account,
        (nom, prenoms): (&Nom, &Nom),
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        let Some(mut transaction) = self.hold(&account.id).await? else { return Ok(Acted::Unknown) };
        for (sql, id) in [
            ("UPDATE comptes SET nom_naissance = $1, prenoms = $2 WHERE id = $3", &account.id),
            (
                "UPDATE personnes SET nom_naissance = $1, prenoms = $2, version = version + 1 WHERE id = $3",
                &account.person,
            ),
        ] {
            sqlx::query(sql).bind(nom.as_str()).bind(prenoms.as_str()).bind(id).execute(&mut *transaction).await?;
        }
        self.keep_act(transaction, act.on(&account.id), Operation::NameCorrected, letter, now).await
    }

    /// Gives an account another e-mail, which nobody proved: its holder lost the other. Every session ends, and what a mailbox
    /// may still prove; both mailboxes are told.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn replace_courriel(
        &self,
        account: &Account,
        (courriel, mailbox): (&Courriel, &Mailbox),
        act: Act<'_>,
        (to_the_former, to_the_new): (&NewLetter, &NewLetter),
        now: i64,
    ) -> StoreResult<Acted> {
        let mut transaction = self.write().await?;
        let change = sqlx::query(
            "UPDATE comptes SET courriel = $1, courriel_cle = $2, courriel_confirme_le = NULL
             WHERE id = $3 AND courriel = $4 AND courriel_cle <> $2",
        )
        .bind(courriel.as_str())
        .bind(mailbox.key())
        .bind(&account.id)
        .bind(&account.courriel)
        .execute(&mut *transaction)
        .await;
        let changed = match change {
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                transaction.rollback().await?;
                return Ok(Acted::MailboxTaken);
            }
            change => change?.rows_affected() == 1,
        };
        if !changed {
            return unchanged(transaction, &account.id).await;
        }
        end_sessions(&mut transaction, &account.id).await?;
        sessions::unsettle(&mut transaction, &account.id, now).await?;
        outbox::post(&mut transaction, to_the_former, now).await?;
        self.keep_act(transaction, act.on(&account.id), Operation::CourrielReplaced, to_the_new, now).await
    }

    /// Puts the birth date of a holder right.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn correct_naissance(
        &self,
        account: &Account,
        naissance: DateNaissance,
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        let mut transaction = self.write().await?;
        let change = sqlx::query(
            "UPDATE personnes SET date_naissance = $1, annee_naissance = $2, version = version + 1
             WHERE id = (SELECT personne FROM comptes WHERE id = $3)",
        )
        .bind(naissance.iso())
        .bind(i64::from(naissance.year()))
        .bind(&account.id)
        .execute(&mut *transaction)
        .await;
        let blocker = match change {
            // Somebody else has this NIR and that year.
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Some(Acted::Taken),
            change => (change?.rows_affected() == 0).then_some(Acted::Unknown),
        };
        if let Some(blocker) = blocker {
            transaction.rollback().await?;
            return Ok(blocker);
        }
        self.keep_act(transaction, act.on(&account.id), Operation::NaissanceCorrected, letter, now).await
    }

    /// Puts the NIR of a holder right: the account goes to the person of this NIR, whom the employers may know, under the
    /// same name and date. One that was set aside has a NIR again; it stays frozen.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn correct_nir(
        &self,
        account: &Account,
        new: &NewPerson,
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        let Some(mut transaction) = self.hold(&account.id).await? else { return Ok(Acted::Unknown) };
        let person = people::find_or_create(&mut transaction, new, now).await?;
        let holder = sqlx::query("SELECT id FROM comptes WHERE personne = $1").bind(&person.id);
        let holder = holder.fetch_optional(&mut *transaction).await?.map(|row| text(&row, "id")).transpose()?;
        let blocker = match holder {
            Some(holder) if holder == account.id => Some(Acted::Already),
            Some(_) => Some(Acted::Taken),
            None => (!account::is_the_holder(&person, account, new.date_naissance)).then_some(Acted::Disagrees),
        };
        if let Some(blocker) = blocker {
            transaction.rollback().await?;
            return Ok(blocker);
        }
        sqlx::query("UPDATE comptes SET personne = $1, mis_a_part_le = NULL, mis_a_part_pour = NULL WHERE id = $2")
            .bind(&person.id)
            .bind(&account.id)
            .execute(&mut *transaction)
            .await?;
        version::change_version(&mut transaction, &person.id).await?;
        leave(&mut transaction, &account.person).await?;
        self.keep_act(transaction, act.on(&account.id), Operation::NirCorrected, letter, now).await
    }

    /// Records that a holder died that day, and freezes the account: the law closes it, and nobody is left to sign in.
    /// `reference`: that of the event, by which it is found wrong later.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn record_death(
        &self,
        account: &Account,
        (on, reference): (Day, &str),
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        let Some(mut transaction) = self.hold(&account.id).await? else { return Ok(Acted::Unknown) };
        let dead = "SELECT reference FROM evenements WHERE personne = $1 AND nature = 'deces' AND fin IS NULL";
        if sqlx::query(dead).bind(&account.person).fetch_optional(&mut *transaction).await?.is_some() {
            transaction.rollback().await?;
            return Ok(Acted::Already);
        }
        let death = Evenement { reference: reference.to_owned(), nature: Nature::Deces { on, end: None } };
        evenements::record(&mut transaction, &[Some(account.person.as_str())], &[death], now).await?;
        sqlx::query(
            "UPDATE comptes SET gele_le = COALESCE(gele_le, $1), gele_par = COALESCE(gele_par, $2),
                 gel_raison = COALESCE(gel_raison, $3), gel_origine = NULL WHERE id = $4",
        )
        .bind(now)
        .bind(act.operator.name())
        .bind(act.reason.unwrap_or_default())
        .bind(&account.id)
        .execute(&mut *transaction)
        .await?;
        end_sessions(&mut transaction, &account.id).await?;
        self.keep_act(transaction, act.on(&account.id), Operation::DeathRecorded, letter, now).await
    }
}

/// What becomes of the person that an account leaves: employers may know them, else nobody does.
async fn leave(transaction: &mut Transaction<'static, Any>, person: &str) -> StoreResult<()> {
    sqlx::query("DELETE FROM personnes WHERE id = $1 AND connue = 0").bind(person).execute(&mut **transaction).await?;
    version::change_version(transaction, person).await
}
