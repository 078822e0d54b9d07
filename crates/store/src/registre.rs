//! The ledger of yearly credits, to which one only adds; and the lives that a year is credited to.

use std::collections::HashMap;

use domaine::droits::Situation;
use domaine::ledger::{Entry, MissingEntry};
use domaine::mesures::{Annee, Euros, VariationHeures};
use sqlx::{AssertSqlSafe, Row};

use crate::imports::Travaux;
use crate::vies::activites::{rangees, rangees_par_requete};
use crate::vies::situations;
use crate::{Panne, Resultat, Store, nombre, petit, texte};

/// An entry to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ecriture {
    /// Whose.
    pub personne: String,
    /// What the ledger lacks.
    pub missing: MissingEntry,
}

/// A person to credit.
pub struct Vie {
    /// Identifier.
    pub personne: String,
    /// What rights are computed from.
    pub situation: Situation,
    /// What the ledger holds of that year, in order.
    pub inscrites: Vec<Entry>,
}

impl Store {
    /// How many people there are.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn compter_les_personnes(&self) -> Resultat<u64> {
        let ligne = sqlx::query("SELECT COUNT(*) FROM personnes").fetch_one(&self.pool).await?;
        petit(&ligne, 0, "personnes")
    }
}

impl Travaux {
    /// The next people after that identifier, with what that year needs; empty at the end.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn vies(&mut self, annee: Annee, apres: &str, combien: i64) -> Resultat<Vec<Vie>> {
        let lot = situations::lot(&mut self.0, apres, combien).await?;
        let Some((dernier, _)) = lot.last() else { return Ok(Vec::new()) };
        let mut inscrites = self.inscrites(annee, (apres, dernier)).await?;
        let vie = |(personne, situation)| {
            let inscrites = inscrites.remove(&personne).unwrap_or_default();
            Vie { personne, situation, inscrites }
        };
        Ok(lot.into_iter().map(vie).collect())
    }

    async fn inscrites(
        &mut self,
        annee: Annee,
        (apres, dernier): (&str, &str),
    ) -> Resultat<HashMap<String, Vec<Entry>>> {
        let lignes = sqlx::query(
            "SELECT personne, rang, date, centimes, heures, corrige FROM ecritures
             WHERE personne > $1 AND personne <= $2 AND annee = $3 ORDER BY personne, rang",
        )
        .bind(apres)
        .bind(dernier)
        .bind(i64::from(annee.nombre()))
        .fetch_all(&mut *self.0)
        .await?;
        let mut inscrites: HashMap<String, Vec<Entry>> = HashMap::new();
        for ligne in lignes {
            let inscrite = Entry {
                rank: nombre(&ligne, 1)?,
                date: texte(&ligne, 2)?.parse().map_err(|_| Panne::Donnee("date"))?,
                montant: Euros::de_centimes(nombre(&ligne, 3)?),
                heures: VariationHeures::new(petit(&ligne, 4, "heures")?),
                takes_back: ligne.try_get(5)?,
            };
            inscrites.entry(texte(&ligne, 0)?).or_default().push(inscrite);
        }
        Ok(inscrites)
    }

    /// Adds entries.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn ajouter_au_registre(&mut self, annee: Annee, ecritures: &[Ecriture], maintenant: i64) -> Resultat<()> {
        const COLONNES: usize = 11;
        for lot in ecritures.chunks(rangees_par_requete(COLONNES)) {
            let sql = format!(
                "INSERT INTO ecritures (personne, annee, rang, date, centimes, heures, retenu, retenu_heures, corrige,
                     motif, ecrite_le) VALUES {}",
                rangees(lot.len(), COLONNES)
            );
            let mut requete = sqlx::query(AssertSqlSafe(sql));
            for Ecriture { personne, missing } in lot {
                let entry = &missing.entry;
                requete = requete
                    .bind(personne)
                    .bind(i64::from(annee.nombre()))
                    .bind(entry.rank)
                    .bind(entry.date.to_string())
                    .bind(entry.montant.centimes())
                    .bind(i64::from(entry.heures.nombre()))
                    .bind(missing.retenu.centimes())
                    .bind(i64::from(missing.retenu_heures.nombre()))
                    .bind(entry.takes_back)
                    .bind(serde_json::to_string(&missing.motif).expect("a reason is plain data"))
                    .bind(maintenant);
            }
            requete.execute(&mut *self.0).await?;
        }
        Ok(())
    }
}
