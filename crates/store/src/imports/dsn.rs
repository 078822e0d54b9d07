//! Declarations of employers: each kept, replaced and cancelled as a whole; the years that they add up to.

use std::collections::{BTreeMap, BTreeSet};

use domaine::declarations::{Decision, Portion, StatutDeclare, WorkedMonth, YearTotals, decider};
use domaine::mesures::{Annee, Jour};
use domaine::told::PersonneNommee;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use vault::Coffre;

use super::divisions::{champ, ramenee};
use crate::imports::{Reconnue, Travaux};
use crate::vies::activites::{DSN, PERSONNES_PAR_REQUETE, deballer, emballer, liste, rangees, rangees_par_requete};
use crate::vies::annees::{self, Changements, Dires};
use crate::{Panne, Resultat, petit, texte, texte_ou_rien};

/// What became of a declaration.
pub use domaine::declarations::Sort as SortDsn;

/// What one declaration says.
pub struct DepotDsn {
    /// The establishment.
    pub siret: String,
    /// `2026-01`.
    pub mois: String,
    /// Its place in that month.
    pub portion: Portion,
    /// Whether it cancels.
    pub annule: bool,
    /// A keyed hash of the rest.
    pub empreinte: String,
    /// The people it names.
    pub personnes: Vec<PersonneNommee>,
    /// What it says of each, by the place of the person in the list above.
    pub mois_travailles: Vec<(usize, WorkedMonth)>,
}

/// What a deposit came to.
pub struct Depose {
    /// What became of the declaration.
    pub sort: SortDsn,
    /// Whether it took the place of another division of its month.
    pub redivise: bool,
    /// Whether anything was written.
    pub ecrit: bool,
    /// Who its people are, in its order; nothing when the declaration changed nothing.
    pub reconnues: Vec<Reconnue>,
    /// What changed.
    pub changements: Changements,
}

impl DepotDsn {
    fn id(&self) -> String {
        format!("{}-{}-{}-{}", self.siret, self.mois, champ(self.portion.division), self.portion.fraction)
    }
}

impl Travaux {
    /// Puts a whole declaration in its place, as [`decider`] says.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn deposer(
        &mut self,
        coffre: &Coffre,
        depot: &DepotDsn,
        aujourdhui: Jour,
        maintenant: i64,
    ) -> Resultat<Depose> {
        let (ids, en_place) = self.en_place(depot).await?;
        let entendues = self.entendues(depot).await?;
        let Decision { sort, retirees, redivise } = decider(ramenee(depot.portion), &en_place, &entendues);
        let mut touchees = BTreeSet::new();
        for rang in &retirees {
            self.retirer(&ids[*rang], &mut touchees).await?;
        }
        let entendue = self.entendre(depot, &entendues).await?;
        let mut reconnues = Vec::new();
        let compte = matches!(sort, SortDsn::Nouveau | SortDsn::Remplace);
        if compte {
            reconnues = self.reconnaitre(coffre, &depot.personnes, maintenant).await?;
            let tous = reconnues.iter().all(|reconnue| matches!(reconnue, Reconnue::Personne { .. }));
            self.inscrire(depot, if tous { &depot.empreinte } else { "" }, maintenant).await?;
            let mut lignes = Vec::with_capacity(depot.mois_travailles.len());
            for (place, mois) in &depot.mois_travailles {
                if let Some(Reconnue::Personne { id, .. }) = reconnues.get(*place) {
                    touchees.insert((mois.year, id.clone()));
                    lignes.push((id.as_str(), mois));
                }
            }
            inserer(&mut self.0, &depot.id(), &lignes).await?;
        }
        let changements = self.totaliser(&touchees, aujourdhui).await?;
        let ecrit = compte || entendue || !retirees.is_empty();
        Ok(Depose { sort, redivise, ecrit, reconnues, changements })
    }

    async fn retirer(&mut self, id: &str, touchees: &mut BTreeSet<(u16, String)>) -> Resultat<()> {
        let lignes = sqlx::query("SELECT DISTINCT personne, annee FROM mois_dsn WHERE declaration = $1")
            .bind(id)
            .fetch_all(&mut *self.0)
            .await?;
        for ligne in &lignes {
            touchees.insert((petit(ligne, 1, "annee")?, texte(ligne, 0)?));
        }
        for effacer in ["DELETE FROM mois_dsn WHERE declaration = $1", "DELETE FROM declarations_dsn WHERE id = $1"] {
            sqlx::query(effacer).bind(id).execute(&mut *self.0).await?;
        }
        Ok(())
    }

    async fn inscrire(&mut self, depot: &DepotDsn, empreinte: &str, maintenant: i64) -> Resultat<()> {
        sqlx::query(
            "INSERT INTO declarations_dsn (id, siret, mois, champ, fraction, fractions, ordre, annulee, empreinte, importee_le)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(depot.id())
        .bind(&depot.siret)
        .bind(&depot.mois)
        .bind(champ(depot.portion.division))
        .bind(i64::from(depot.portion.fraction))
        .bind(i64::from(depot.portion.division.fractions))
        .bind(i64::try_from(depot.portion.ordre).unwrap_or(i64::MAX))
        .bind(i64::from(depot.annule))
        .bind(empreinte)
        .bind(maintenant)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Adds up again the years that a declaration touches.
    async fn totaliser(&mut self, touchees: &BTreeSet<(u16, String)>, aujourdhui: Jour) -> Resultat<Changements> {
        let mut changements = Changements::default();
        let touchees: Vec<&(u16, String)> = touchees.iter().collect();
        for annee in touchees.chunk_by(|un, autre| un.0 == autre.0) {
            let nombre = annee[0].0;
            for lot in annee.chunks(PERSONNES_PAR_REQUETE) {
                let personnes: Vec<&str> = lot.iter().map(|(_, personne)| personne.as_str()).collect();
                let dires = totaux(&mut self.0, nombre, &personnes).await?;
                changements += annees::changer(&mut self.0, nombre, &dires, aujourdhui).await?;
                dater_les_apprentissages(&mut self.0, &personnes).await?;
            }
        }
        Ok(changements)
    }
}

/// Says again since when each of those people is known to be an apprentice.
async fn dater_les_apprentissages(connexion: &mut AnyConnection, personnes: &[&str]) -> Resultat<()> {
    let sql = format!(
        "SELECT p.id, MIN(m.apprenti_depuis) FROM personnes p LEFT JOIN mois_dsn m ON m.personne = p.id
         WHERE p.id IN {} GROUP BY p.id, p.apprenti_depuis
         HAVING COALESCE(MIN(m.apprenti_depuis), '') <> COALESCE(p.apprenti_depuis, '')",
        liste(0, personnes.len())
    );
    let mut requete = sqlx::query(AssertSqlSafe(sql));
    for personne in personnes {
        requete = requete.bind(*personne);
    }
    for ligne in requete.fetch_all(&mut *connexion).await? {
        sqlx::query("UPDATE personnes SET apprenti_depuis = $1, version = version + 1 WHERE id = $2")
            .bind(texte_ou_rien(&ligne, 1)?)
            .bind(texte(&ligne, 0)?)
            .execute(&mut *connexion)
            .await?;
    }
    Ok(())
}

async fn inserer(connexion: &mut AnyConnection, declaration: &str, lignes: &[(&str, &WorkedMonth)]) -> Resultat<()> {
    const COLONNES: usize = 12;
    let par_requete = rangees_par_requete(COLONNES);
    for (tranche, lot) in lignes.chunks(par_requete).enumerate() {
        let sql = format!(
            "INSERT INTO mois_dsn (declaration, rang, personne, annee, mois, statut, heures, jours, accord, absences, boeth,
                 apprenti_depuis) VALUES {}",
            rangees(lot.len(), COLONNES)
        );
        let mut requete = sqlx::query(AssertSqlSafe(sql));
        for (rang, (personne, mois)) in lot.iter().enumerate() {
            requete = requete
                .bind(declaration)
                .bind(i64::try_from(tranche * par_requete + rang).unwrap_or(i64::MAX))
                .bind(*personne)
                .bind(i64::from(mois.year))
                .bind(i64::from(mois.month))
                .bind(mois.statut.code())
                .bind(mois.hours)
                .bind(mois.days)
                .bind(mois.accord)
                .bind(emballer(mois.absences.iter().copied()))
                .bind(i64::from(mois.boeth))
                .bind(mois.apprenti_depuis.map(|jour| jour.to_string()));
        }
        requete.execute(&mut *connexion).await?;
    }
    Ok(())
}

/// What the declarations say of that year, by person.
async fn totaux(connexion: &mut AnyConnection, annee: u16, personnes: &[&str]) -> Resultat<Dires> {
    let sql = format!(
        "SELECT personne, annee, mois, statut, heures, jours, accord, absences, boeth, apprenti_depuis FROM mois_dsn
         WHERE annee = $1 AND personne IN {}",
        liste(1, personnes.len())
    );
    let mut requete = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(annee));
    for personne in personnes {
        requete = requete.bind(*personne);
    }
    let mut totals: BTreeMap<String, YearTotals> =
        personnes.iter().map(|personne| ((*personne).to_owned(), YearTotals::default())).collect();
    for ligne in requete.fetch_all(connexion).await? {
        totals.entry(ligne.try_get("personne")?).or_default().add(&worked_month(&ligne)?);
    }
    let annee = Annee::new(annee).map_err(|_| Panne::Donnee("annee"))?;
    let said = |totals: YearTotals| BTreeMap::from([(DSN.to_owned(), totals.activites(annee))]);
    Ok(totals.into_iter().map(|(personne, totals)| (personne, said(totals))).collect())
}

fn worked_month(row: &AnyRow) -> Resultat<WorkedMonth> {
    let statut: String = row.try_get("statut")?;
    let absences: String = row.try_get("absences")?;
    let apprenti_depuis: Option<String> = row.try_get("apprenti_depuis")?;
    let apprenti_depuis = apprenti_depuis.map(|day| day.parse()).transpose();
    Ok(WorkedMonth {
        year: small(row, "annee")?,
        month: small(row, "mois")?,
        statut: StatutDeclare::from_code(&statut).ok_or(Panne::Donnee("statut"))?,
        hours: row.try_get("heures")?,
        days: row.try_get("jours")?,
        accord: row.try_get("accord")?,
        absences: deballer(&absences)?,
        boeth: row.try_get::<i64, _>("boeth")? == 1,
        apprenti_depuis: apprenti_depuis.map_err(|_| Panne::Donnee("apprenti_depuis"))?,
    })
}

fn small<T: TryFrom<i64>>(row: &AnyRow, column: &'static str) -> Resultat<T> {
    T::try_from(row.try_get(column)?).map_err(|_| Panne::Donnee(column))
}

#[cfg(test)]
mod tests {
    use sqlx::Connection as _;
    use sqlx::any::install_default_drivers;

    use super::*;

    /// A month under that status, as the database would give it.
    async fn stored(statut: &str) -> Resultat<WorkedMonth> {
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
            ("agent_public", StatutDeclare::AgentPublic),
        ] {
            let month = stored(word).await.expect("a month");
            assert_eq!((month.statut, month.year, month.month, month.hours), (statut, 2026, 3, 14_467));
            assert_eq!((month.boeth, month.apprenti_depuis), (true, Some(Jour::date(2025, 9, 1))));
        }
    }

    #[tokio::test]
    async fn a_status_that_is_not_known_is_nobody_and_no_civil_servant() {
        for word in ["", "independant", "Salarie", "agent_public "] {
            let refus = stored(word).await.expect_err("a stored value that this program never wrote");
            assert!(matches!(refus, Panne::Donnee("statut")), "{word}: {refus}");
        }
    }
}
