//! Accounts that an employer's declaration sets aside, and those that get their NIR back: in the transaction of the
//! declaration, with their line of the journal and the letter that tells it. When is `domaine`'s to say.

use domaine::declarations::{ClaimSetAside, Named, Return, returns};
use domaine::identite::{DateNaissance, KnownIdentity, Names, Side};
use sqlx::{AnyConnection, AssertSqlSafe};
use vault::{NirDigests, Vault};

use crate::StoreResult;
use crate::audit_log::{self, Act, Operation, Operator};
use crate::lives::activites::{DSN, list};
use crate::lives::people::bound;
use crate::outbox::{self, NewLetter};
use crate::row::{coded, count, text};

/// What a holder is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Their account is set aside.
    SetAside,
    /// It has its NIR again.
    GivenBack,
}

/// What an employer says, and through whom it comes.
#[derive(Clone, Copy)]
pub struct Testimony<'a> {
    /// Who imports it.
    pub operator: &'a Operator,
    /// Writes that to the holder of the account of this identifier, at this e-mail.
    pub write: &'a (dyn Fn(Told, &str, &str) -> NewLetter + Sync),
}

/// The account that was opened under a NIR. No `Debug`.
pub(super) struct Holder {
    pub(super) account: String,
    pub(super) nom: String,
    pub(super) prenoms: String,
    pub(super) courriel: String,
    pub(super) nir_proved: bool,
}

impl Holder {
    pub(super) fn names(&self) -> Names<'_> {
        [&self.nom, &self.prenoms]
    }
}

/// What a person without a NIR is found by: nothing that a NIR could be.
fn nobody(vault: &Vault, person: &str) -> String {
    vault.digest("personne sans NIR", &[person.as_bytes()])
}

/// Takes the NIR of this person, whom no employer knows, from the account that was opened under it, for whoever has `rival` as
/// identifier: the account keeps its person, and all that hangs from it, so that whoever is connected to it never sees a line
/// of somebody else. `false` when something changed meanwhile: it stays as it is.
pub(super) async fn set_aside(
    connexion: &mut AnyConnection,
    vault: &Vault,
    (person, holder): (&str, &Holder),
    rival: &str,
    testimony: Testimony<'_>,
    now: i64,
) -> StoreResult<bool> {
    let taken = take_nir(connexion, vault, (person, &holder.account), (rival, Rival::Employer), now).await?;
    if taken {
        tell(connexion, testimony, Told::SetAside, (&holder.account, &holder.courriel), now).await?;
    }
    Ok(taken)
}

/// For whom an account is set aside.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rival {
    /// Whom an employer names under its NIR.
    Employer,
    /// Somebody whose identity a provider proves: worth no more than an account whose holder's is proved as well.
    Provider,
}

/// The same, and tells nobody.
pub(crate) async fn take_nir(
    connexion: &mut AnyConnection,
    vault: &Vault,
    (person, account): (&str, &str),
    (rival, whose): (&str, Rival),
    now: i64,
) -> StoreResult<bool> {
    let aside = sqlx::query(
        "UPDATE comptes SET mis_a_part_le = $1, mis_a_part_pour = $2
         WHERE id = $3 AND personne = $4 AND numero_prouve_le IS NULL AND mis_a_part_le IS NULL
             AND (identite_prouvee_le IS NULL OR $5 = 1)
             AND EXISTS (SELECT 1 FROM personnes WHERE id = $4 AND connue = 0)",
    )
    .bind(now)
    .bind(rival)
    .bind(account)
    .bind(person)
    .bind(i64::from(whose == Rival::Employer))
    .execute(&mut *connexion)
    .await?;
    if aside.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("UPDATE personnes SET nir_empreinte = $1, version = version + 1 WHERE id = $2")
        .bind(nobody(vault, person))
        .bind(person)
        .execute(&mut *connexion)
        .await?;
    Ok(true)
}

/// Writes the line and the letter of what happened to this account.
async fn tell(
    connexion: &mut AnyConnection,
    testimony: Testimony<'_>,
    told: Told,
    (account, courriel): (&str, &str),
    now: i64,
) -> StoreResult<()> {
    let what = match told {
        Told::SetAside => Operation::SetAside,
        Told::GivenBack => Operation::NirGivenBack,
    };
    audit_log::record_act(connexion, now, Act::of(testimony.operator).on(account), what).await?;
    outbox::post(connexion, &(testimony.write)(told, account, courriel), now).await?;
    Ok(())
}

/// An account that was set aside for somebody. No `Debug`.
pub(super) struct Aside {
    pub(super) holder: Holder,
    /// The person who lost the NIR.
    pub(super) person: String,
    pub(super) naissance: DateNaissance,
}

/// What becomes of the account that was set aside for this person when another is named under the NIR, and the account;
/// nothing where there is none.
pub(super) async fn rival(
    connexion: &mut AnyConnection,
    (person, recorded): (&str, Names<'_>),
    (named, declared): (&Named<'_>, Names<'_>),
    is_new: bool,
) -> StoreResult<Option<(Return, Aside)>> {
    let rows = sqlx::query(
        "SELECT c.id, c.nom_naissance, c.prenoms, c.courriel, c.personne, p.date_naissance
         FROM comptes c JOIN personnes p ON p.id = c.personne WHERE c.mis_a_part_pour = $1 ORDER BY c.mis_a_part_le, c.id",
    )
    .bind(person)
    .fetch_all(&mut *connexion)
    .await?;
    if rows.is_empty() {
        return Ok(None);
    }
    // What is written at the end of this transaction is not there yet.
    let taken_back = !is_new && has_nothing(connexion, person).await?;
    for row in &rows {
        let holder = Holder {
            account: text(row, "id")?,
            nom: text(row, "nom_naissance")?,
            prenoms: text(row, "prenoms")?,
            courriel: text(row, "courriel")?,
            nir_proved: false,
        };
        let naissance = coded(row, "date_naissance", DateNaissance::from_iso)?;
        let names = holder.names();
        let nom = if names[0] == domaine::identite::nom::NONE { names[1] } else { names[0] };
        let identity = KnownIdentity { nom, of_the_holder: None, naissance: Some(naissance), side: Side::Holder };
        let becomes = returns(&ClaimSetAside { identity, names }, recorded, (named, declared), taken_back);
        if becomes != Return::None {
            return Ok(Some((becomes, Aside { person: text(row, "personne")?, holder, naissance })));
        }
    }
    Ok(None)
}

/// Whether nothing that employers and others said of this person is left.
async fn has_nothing(connexion: &mut AnyConnection, person: &str) -> StoreResult<bool> {
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM mois_dsn WHERE personne = $1)
             + (SELECT COUNT(*) FROM activites WHERE personne = $1 AND origine <> $2)
             + (SELECT COUNT(*) FROM evenements WHERE personne = $1) AS reste",
    )
    .bind(person)
    .bind(DSN)
    .fetch_one(connexion)
    .await?;
    Ok(count(&row, "reste")? == 0)
}

/// Gives the NIR that this hash is of back to the person of an account that was set aside: whoever had it meanwhile keeps
/// their hours, and waits without one until their employer gives the right one. `false` when they have an account.
pub(crate) async fn give_back(
    connexion: &mut AnyConnection,
    vault: &Vault,
    (account, person): (&str, &str),
    digests: &NirDigests,
    now: Option<i64>,
) -> StoreResult<bool> {
    let sql = format!(
        "SELECT q.id, (SELECT COUNT(*) FROM comptes c WHERE c.personne = q.id) AS comptes FROM personnes q
         WHERE q.annee_naissance = (SELECT annee_naissance FROM personnes WHERE id = $1) AND q.nir_empreinte IN {}",
        list(1, digests.all().len())
    );
    let rows = bound(sqlx::query(AssertSqlSafe(sql)).bind(person), digests).fetch_all(&mut *connexion).await?;
    for row in &rows {
        if count(row, "comptes")? > 0 {
            return Ok(false);
        }
        let other = text(row, "id")?;
        sqlx::query("UPDATE personnes SET nir_empreinte = $1, version = version + 1 WHERE id = $2")
            .bind(nobody(vault, &other))
            .bind(&other)
            .execute(&mut *connexion)
            .await?;
    }
    sqlx::query("UPDATE personnes SET nir_empreinte = $1, version = version + 1 WHERE id = $2")
        .bind(digests.newest())
        .bind(person)
        .execute(&mut *connexion)
        .await?;
    sqlx::query(
        "UPDATE comptes SET mis_a_part_le = NULL, mis_a_part_pour = NULL,
             identite_prouvee_le = COALESCE($1, identite_prouvee_le), numero_prouve_le = COALESCE($1, numero_prouve_le)
         WHERE id = $2",
    )
    .bind(now)
    .bind(account)
    .execute(connexion)
    .await?;
    Ok(true)
}

/// The same, when a declaration takes back what was said against the account: it is told like the rest.
pub(super) async fn return_to(
    connexion: &mut AnyConnection,
    vault: &Vault,
    aside: &Aside,
    digests: &NirDigests,
    testimony: Testimony<'_>,
    now: i64,
) -> StoreResult<bool> {
    let holder = &aside.holder;
    let back = give_back(connexion, vault, (&holder.account, &aside.person), digests, None).await?;
    if back {
        tell(connexion, testimony, Told::GivenBack, (&holder.account, &holder.courriel), now).await?;
    }
    Ok(back)
}
