//! How the month of an establishment is divided among its declarations: what counts now, and what was ever heard.
//! What is to be done of it is `domaine::declarations`' to say.

use domaine::declarations::{Cote, Division, EnPlace, Portion};
use sqlx::any::AnyRow;

use super::dsn::DepotDsn;
use crate::imports::Travaux;
use crate::{Panne, Resultat, nombre, petit, texte};

impl Travaux {
    /// The declarations of that month that count now, and their identifiers in the same order.
    pub(crate) async fn en_place(&mut self, depot: &DepotDsn) -> Resultat<(Vec<String>, Vec<EnPlace>)> {
        let lignes = sqlx::query(
            "SELECT id, champ, fraction, fractions, ordre, empreinte FROM declarations_dsn WHERE siret = $1 AND mois = $2",
        )
        .bind(&depot.siret)
        .bind(&depot.mois)
        .fetch_all(&mut *self.0)
        .await?;
        let (mut ids, mut en_place) = (Vec::with_capacity(lignes.len()), Vec::with_capacity(lignes.len()));
        for ligne in &lignes {
            let (division, fraction) = (division(ligne, 1, 3)?, petit(ligne, 2, "fraction")?);
            let portion = Portion { division, fraction, ordre: rang(ligne, 4)? };
            ids.push(texte(ligne, 0)?);
            en_place.push(EnPlace { portion, dit_pareil: texte(ligne, 5)? == depot.empreinte });
        }
        Ok((ids, en_place))
    }

    /// The greatest order ever heard of each division of that month.
    pub(crate) async fn entendues(&mut self, depot: &DepotDsn) -> Resultat<Vec<(Division, u64)>> {
        let lignes = sqlx::query("SELECT champ, fractions, ordre FROM divisions_dsn WHERE siret = $1 AND mois = $2")
            .bind(&depot.siret)
            .bind(&depot.mois)
            .fetch_all(&mut *self.0)
            .await?;
        lignes.iter().map(|ligne| Ok((division(ligne, 0, 1)?, rang(ligne, 2)?))).collect()
    }

    /// Remembers the order of that declaration, whatever becomes of it; whether that was news.
    pub(crate) async fn entendre(&mut self, depot: &DepotDsn, entendues: &[(Division, u64)]) -> Resultat<bool> {
        let Portion { division, ordre, .. } = ramenee(depot.portion);
        if entendues.iter().any(|(autre, plus_tard)| *autre == division && *plus_tard >= ordre) {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO divisions_dsn (siret, mois, champ, fractions, ordre) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (siret, mois, champ, fractions) DO UPDATE SET ordre = excluded.ordre",
        )
        .bind(&depot.siret)
        .bind(&depot.mois)
        .bind(champ(division))
        .bind(i64::from(division.fractions))
        .bind(i64::try_from(ordre).unwrap_or(i64::MAX))
        .execute(&mut *self.0)
        .await?;
        Ok(true)
    }
}

/// Orders beyond what a database counts to are all the last.
pub(crate) fn ramenee(portion: Portion) -> Portion {
    Portion { ordre: portion.ordre.min(i64::MAX.unsigned_abs()), ..portion }
}

/// The *champ* as it is written in the database: nothing for a total declaration.
pub(crate) fn champ(division: Division) -> String {
    division.champ.map(|champ| champ.to_string()).unwrap_or_default()
}

fn division(ligne: &AnyRow, champ: usize, fractions: usize) -> Resultat<Division> {
    Ok(Division {
        champ: Cote::lire(texte(ligne, champ)?.as_bytes()),
        fractions: petit(ligne, fractions, "fractions")?,
    })
}

fn rang(ligne: &AnyRow, place: usize) -> Resultat<u64> {
    u64::try_from(nombre(ligne, place)?).map_err(|_| Panne::Donnee("ordre"))
}
