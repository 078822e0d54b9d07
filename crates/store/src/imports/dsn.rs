//! Declarations of employers: each kept, replaced and cancelled as a whole; the years that they add up to.

use std::collections::{BTreeMap, BTreeSet};

use domaine::declarations::{Agreement, Decision, StatutDeclare, WorkedMonth, YearTotals, decide};
use domaine::mesures::{Day, Year};
use domaine::plausible::{Odd, judge_year};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};
use vault::Vault;

use super::contradiction::Testimony;
use super::declaration::{DsnFiling, brought_back, champ};
use crate::lives::activites::{DSN, PEOPLE_PER_QUERY, list, pack, rows, rows_per_query, unpack};
use crate::lives::years::{self, Changes, Claims};
use crate::recognition::Recognized;
use crate::row::{coded, count, flag, number_or_none, parsed_or_none, small_number, text, text_or_nothing};
use crate::write_tx::WriteTx;
use crate::{StoreError, StoreResult};

/// What became of a declaration.
pub use domaine::declarations::Outcome as DsnOutcome;

/// What a deposit came to.
pub struct Deposited {
    /// What became of the declaration.
    pub outcome: DsnOutcome,
    /// Whether it took the place of another division of its month.
    pub redivided: bool,
    /// Whether anything was written.
    pub written: bool,
    /// Who its people are, in its order; nothing when the declaration changed nothing.
    pub recognized_ones: Vec<Recognized>,
    /// What changed.
    pub changes: Changes,
}

impl WriteTx {
    /// Puts a whole declaration in its place, as [`decide`] says.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn deposit(
        &mut self,
        vault: &Vault,
        filing: &DsnFiling,
        testimony: Testimony<'_>,
        (today, now): (Day, i64),
    ) -> StoreResult<Deposited> {
        let (ids, in_place) = self.in_place(filing).await?;
        let heard_orders = self.heard_orders(filing).await?;
        let Decision { outcome, removed, redivided } = decide(brought_back(filing.portion), &in_place, &heard_orders);
        let mut touched = BTreeSet::new();
        for index in &removed {
            self.remove(&ids[*index], &mut touched).await?;
        }
        let heard = self.hear(filing, &heard_orders).await?;
        let mut recognized_ones = Vec::new();
        let counts = matches!(outcome, DsnOutcome::New | DsnOutcome::Replaces);
        if counts {
            recognized_ones = self.recognize(vault, &filing.people, Some(testimony), now).await?;
            // One that is not settled is looked at again when it is sent again: its names, which no digest holds, may be mended.
            let settled = |recognized: &Recognized| matches!(recognized, Recognized::Person { identite, .. } if *identite != Agreement::SetAside);
            let all = recognized_ones.iter().all(settled);
            self.record(filing, if all { &filing.digest } else { "" }, now).await?;
            let mut records = Vec::with_capacity(filing.worked_months.len());
            for (place, month) in &filing.worked_months {
                if let Some(Recognized::Person { id, .. }) = recognized_ones.get(*place) {
                    touched.insert((month.year, id.clone()));
                    records.push((id.as_str(), month));
                }
            }
            insert(&mut self.0, &filing.id(), &records).await?;
        } else if heard && outcome == DsnOutcome::AlreadyThere {
            // It says the same, and that it replaces: from now on nothing of its number takes its place.
            self.rank(filing).await?;
        }
        let changes = self.sum_up(&touched, today).await?;
        let written = counts || heard || !removed.is_empty();
        Ok(Deposited { outcome, redivided, written, recognized_ones, changes })
    }

    async fn remove(&mut self, id: &str, touched: &mut BTreeSet<(u16, String)>) -> StoreResult<()> {
        let records = sqlx::query("SELECT DISTINCT personne, annee FROM mois_dsn WHERE declaration = $1")
            .bind(id)
            .fetch_all(&mut *self.0)
            .await?;
        for row in &records {
            touched.insert((small_number(row, "annee")?, text(row, "personne")?));
        }
        for erase in ["DELETE FROM mois_dsn WHERE declaration = $1", "DELETE FROM declarations_dsn WHERE id = $1"] {
            sqlx::query(erase).bind(id).execute(&mut *self.0).await?;
        }
        Ok(())
    }

    async fn rank(&mut self, filing: &DsnFiling) -> StoreResult<()> {
        sqlx::query("UPDATE declarations_dsn SET remplace = $1 WHERE id = $2")
            .bind(i64::from(filing.portion.order.replaces))
            .bind(filing.id())
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    async fn record(&mut self, filing: &DsnFiling, digest: &str, now: i64) -> StoreResult<()> {
        sqlx::query(
            "INSERT INTO declarations_dsn (id, siret, mois, champ, fraction, fractions, ordre, remplace, annulee, empreinte,
                 importee_le)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(filing.id())
        .bind(&filing.siret)
        .bind(&filing.month)
        .bind(champ(filing.portion.division))
        .bind(i64::from(filing.portion.fraction))
        .bind(i64::from(filing.portion.division.fractions))
        .bind(i64::try_from(filing.portion.order.number).unwrap_or(i64::MAX))
        .bind(i64::from(filing.portion.order.replaces))
        .bind(i64::from(filing.cancels))
        .bind(digest)
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Adds up again the years that a declaration touches.
    async fn sum_up(&mut self, touched: &BTreeSet<(u16, String)>, today: Day) -> StoreResult<Changes> {
        let mut changes = Changes::default();
        let touched: Vec<&(u16, String)> = touched.iter().collect();
        for year in touched.chunk_by(|one, other| one.0 == other.0) {
            let count = year[0].0;
            for batch in year.chunks(PEOPLE_PER_QUERY) {
                let people: Vec<&str> = batch.iter().map(|(_, person)| person.as_str()).collect();
                let (claims, set_aside) = totals(&mut self.0, count, &people).await?;
                changes.set_aside.extend(set_aside);
                changes += years::change(&mut self.0, count, &claims, today).await?;
                date_apprenticeships(&mut self.0, &people).await?;
            }
        }
        Ok(changes)
    }
}

/// Says again since when each of those people is known to be an apprentice.
async fn date_apprenticeships(connexion: &mut AnyConnection, people: &[&str]) -> StoreResult<()> {
    let sql = format!(
        "SELECT p.id, MIN(m.apprenti_depuis) AS premier_contrat FROM personnes p LEFT JOIN mois_dsn m ON m.personne = p.id
         WHERE p.id IN {} GROUP BY p.id, p.apprenti_depuis
         HAVING COALESCE(MIN(m.apprenti_depuis), '') <> COALESCE(p.apprenti_depuis, '')",
        list(0, people.len())
    );
    let mut request = sqlx::query(AssertSqlSafe(sql));
    for person in people {
        request = request.bind(*person);
    }
    for row in request.fetch_all(&mut *connexion).await? {
        sqlx::query("UPDATE personnes SET apprenti_depuis = $1, version = version + 1 WHERE id = $2")
            .bind(text_or_nothing(&row, "premier_contrat")?)
            .bind(text(&row, "id")?)
            .execute(&mut *connexion)
            .await?;
    }
    Ok(())
}

async fn insert(connexion: &mut AnyConnection, declaration: &str, records: &[(&str, &WorkedMonth)]) -> StoreResult<()> {
    const COLUMNS: usize = 12;
    let per_request = rows_per_query(COLUMNS);
    for (slice, batch) in records.chunks(per_request).enumerate() {
        let sql = format!(
            "INSERT INTO mois_dsn (declaration, rang, personne, annee, mois, statut, heures, jours, accord, absences, boeth,
                 apprenti_depuis) VALUES {}",
            rows(batch.len(), COLUMNS)
        );
        let mut request = sqlx::query(AssertSqlSafe(sql));
        for (index, (person, month)) in batch.iter().enumerate() {
            request = request
                .bind(declaration)
                .bind(i64::try_from(slice * per_request + index).unwrap_or(i64::MAX))
                .bind(*person)
                .bind(i64::from(month.year))
                .bind(i64::from(month.month))
                .bind(month.statut.code())
                .bind(month.hours)
                .bind(month.days)
                .bind(month.accord)
                .bind(pack(month.absences.iter().copied()))
                .bind(i64::from(month.boeth))
                .bind(month.apprenti_since.map(|day| day.to_string()));
        }
        request.execute(&mut *connexion).await?;
    }
    Ok(())
}

/// What the declarations say of that year, by person.
async fn totals(
    connexion: &mut AnyConnection,
    year: u16,
    people: &[&str],
) -> StoreResult<(Claims, Vec<(String, u16, Odd)>)> {
    let sql = format!(
        "SELECT personne, annee, mois, statut, heures, jours, accord, absences, boeth, apprenti_depuis FROM mois_dsn
         WHERE annee = $1 AND personne IN {}",
        list(1, people.len())
    );
    let mut request = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(year));
    for person in people {
        request = request.bind(*person);
    }
    let mut totals: BTreeMap<String, YearTotals> =
        people.iter().map(|person| ((*person).to_owned(), YearTotals::default())).collect();
    for row in request.fetch_all(connexion).await? {
        totals.entry(text(&row, "personne")?).or_default().add(&worked_month(&row)?);
    }
    let (mut claims, mut set_aside) = (Claims::new(), Vec::new());
    for (person, totals) in totals {
        let mut activites = totals.activites(Year::new(year).map_err(|_| StoreError::Corrupt("annee"))?);
        // All months are kept, and none of them counts: in whatever order declarations come, the year is the same.
        if let Err(odd) = judge_year(&activites) {
            set_aside.push((person.clone(), year, odd));
            activites.clear();
        }
        claims.insert(person, BTreeMap::from([(DSN.to_owned(), activites)]));
    }
    Ok((claims, set_aside))
}

fn worked_month(row: &AnyRow) -> StoreResult<WorkedMonth> {
    Ok(WorkedMonth {
        year: small_number(row, "annee")?,
        month: small_number(row, "mois")?,
        statut: coded(row, "statut", StatutDeclare::from_code)?,
        hours: count(row, "heures")?,
        days: count(row, "jours")?,
        accord: number_or_none(row, "accord")?,
        absences: unpack(&text(row, "absences")?)?,
        boeth: flag(row, "boeth")?,
        apprenti_since: parsed_or_none(row, "apprenti_depuis")?,
    })
}

#[cfg(test)]
mod tests {
    use sqlx::Connection as _;
    use sqlx::any::install_default_drivers;

    use super::*;

    /// A month under that status, as the database would give it.
    async fn stored(statut: &str) -> StoreResult<WorkedMonth> {
        install_default_drivers();
        let mut connexion = AnyConnection::connect("sqlite::memory:").await?;
        let row = sqlx::query(
            "SELECT 2026 AS annee, 3 AS mois, $1 AS statut, 14467 AS heures, 0 AS jours, NULL AS accord,
                 'maternite:heures:700' AS absences, 1 AS boeth, '2025-09-01' AS apprenti_depuis",
        )
        .bind(statut)
        .fetch_one(&mut connexion)
        .await?;
        worked_month(&row)
    }

    #[tokio::test]
    async fn a_month_is_read_back_under_its_status() {
        for (word, statut) in [
            ("salarie", StatutDeclare::Salarie),
            ("esat", StatutDeclare::Esat),
            ("agent_public", StatutDeclare::PublicAgent),
        ] {
            let month = stored(word).await.expect("a month");
            assert_eq!((month.statut, month.year, month.month, month.hours), (statut, 2026, 3, 14_467));
            assert_eq!((month.boeth, month.apprenti_since), (true, Some(Day::date(2025, 9, 1))));
        }
    }

    #[tokio::test]
    async fn a_status_that_is_not_known_is_nobody_and_no_civil_servant() {
        for word in ["", "independant", "Salarie", "agent_public "] {
            let refusal = stored(word).await.expect_err("a stored value that this program never wrote");
            assert!(matches!(refusal, StoreError::Corrupt("statut")), "{word}: {refusal}");
        }
    }
}
