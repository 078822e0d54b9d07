//! The ledger of yearly credits, to which one only adds; and the lives that a year is credited to,
//! by batches in the order of their identifiers.

use std::collections::HashMap;

use domaine::droits::{HeuresAnterieures, Situation};
use domaine::mesures::{Annee, Euros, Heures, Jour, VariationHeures};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::faits::{self, Fait, colonnes, rangees, rangees_par_requete};
use super::imports::Travaux;
use super::personnes::{attestation, correction, provenance};
use super::{Panne, Resultat, Store, nombre, petit, qualifications, texte};

/// An entry of the ledger, as one compares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inscrite {
    /// Its place among those of the person and year, from 1.
    pub rang: i64,
    /// The day from which it counts.
    pub date: Jour,
    /// What it adds or takes.
    pub montant: Euros,
    /// The same in hours.
    pub heures: VariationHeures,
    /// The place of the entry it takes back.
    pub corrige: Option<i64>,
}

/// An entry to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ecriture {
    /// Whose.
    pub personne: String,
    /// The entry.
    pub inscrite: Inscrite,
    /// What the ceiling withheld.
    pub retenu: Euros,
    /// The same in hours.
    pub retenu_heures: VariationHeures,
    /// The rule and the facts, in JSON.
    pub motif: String,
}

/// A person to credit.
pub struct Vie {
    /// Identifier.
    pub personne: String,
    /// What rights are computed from.
    pub situation: Situation,
    /// What the ledger holds of that year, in order.
    pub inscrites: Vec<Inscrite>,
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
        let lignes = sqlx::query("SELECT id FROM personnes WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(apres)
            .bind(combien)
            .fetch_all(&mut *self.0)
            .await?;
        let ids = lignes.iter().map(|ligne| texte(ligne, 0)).collect::<Result<Vec<_>, _>>()?;
        let Some(dernier) = ids.last().cloned() else { return Ok(Vec::new()) };
        let bornes = (apres, dernier.as_str());
        let mut faits: HashMap<String, Vec<Fait>> = HashMap::new();
        for ligne in self
            .entre(
                concat!(
                    "SELECT ",
                    colonnes!(),
                    " FROM activites WHERE personne > $1 AND personne <= $2
                     ORDER BY personne, annee, corrige_le, origine, rang"
                ),
                bornes,
            )
            .await?
        {
            let (personne, fait) = faits::lire(&ligne)?;
            faits.entry(personne).or_default().push(fait);
        }
        let mut corrections = self
            .par_personne(
                "SELECT personne, annee, le FROM rectifications WHERE personne > $1 AND personne <= $2",
                bornes,
                |ligne| correction(ligne, 1),
            )
            .await?;
        let mut heures = self
            .par_personne(
                "SELECT personne, heures, provenance FROM heures_anterieures WHERE personne > $1 AND personne <= $2",
                bornes,
                |ligne| {
                    let heures = Heures::new(petit(ligne, 1, "heures")?);
                    Ok(HeuresAnterieures { heures, provenance: provenance(ligne, 2)? })
                },
            )
            .await?;
        let mut attestations = self
            .par_personne(
                "SELECT d.heures, d.rapport, d.declaree_le, d.reference, c.personne FROM declarations_dif d
                 JOIN comptes c ON c.id = d.compte WHERE c.personne > $1 AND c.personne <= $2
                 ORDER BY c.personne, d.rang",
                bornes,
                attestation,
            )
            .await?;
        let mut actes = self
            .par_personne(
                "SELECT d.acte, d.le, c.personne FROM declarations_sous_niveau_3 d
                 JOIN comptes c ON c.id = d.compte WHERE c.personne > $1 AND c.personne <= $2
                 ORDER BY c.personne, d.rang",
                bornes,
                qualifications::acte,
            )
            .await?;
        let mut inscrites = self.inscrites(annee, bornes).await?;
        ids.into_iter()
            .map(|personne| {
                let faits = faits.remove(&personne).unwrap_or_default();
                let corrections = corrections.remove(&personne).unwrap_or_default();
                let (activites, rectifications) = faits::pour_les_droits(faits, corrections)?;
                let situation = Situation {
                    heures_anterieures: heures.remove(&personne).and_then(|heures| heures.into_iter().next()),
                    activites,
                    attestations: attestations.remove(&personne).unwrap_or_default(),
                    sous_niveau_3: qualifications::assembler(actes.remove(&personne).unwrap_or_default())?,
                    rectifications,
                    ..Situation::default()
                };
                let inscrites = inscrites.remove(&personne).unwrap_or_default();
                Ok(Vie { personne, situation, inscrites })
            })
            .collect()
    }

    async fn entre(&mut self, sql: &'static str, (apres, dernier): (&str, &str)) -> Resultat<Vec<AnyRow>> {
        Ok(sqlx::query(sql).bind(apres).bind(dernier).fetch_all(&mut *self.0).await?)
    }

    /// What a query gives, by person: in its column of that name.
    async fn par_personne<T>(
        &mut self,
        sql: &'static str,
        bornes: (&str, &str),
        lire: impl Fn(&AnyRow) -> Resultat<T>,
    ) -> Resultat<HashMap<String, Vec<T>>> {
        let mut lues: HashMap<String, Vec<T>> = HashMap::new();
        for ligne in self.entre(sql, bornes).await? {
            lues.entry(ligne.try_get("personne")?).or_default().push(lire(&ligne)?);
        }
        Ok(lues)
    }

    async fn inscrites(
        &mut self,
        annee: Annee,
        (apres, dernier): (&str, &str),
    ) -> Resultat<HashMap<String, Vec<Inscrite>>> {
        let lignes = sqlx::query(
            "SELECT personne, rang, date, centimes, heures, corrige FROM ecritures
             WHERE personne > $1 AND personne <= $2 AND annee = $3 ORDER BY personne, rang",
        )
        .bind(apres)
        .bind(dernier)
        .bind(i64::from(annee.nombre()))
        .fetch_all(&mut *self.0)
        .await?;
        let mut inscrites: HashMap<String, Vec<Inscrite>> = HashMap::new();
        for ligne in lignes {
            let inscrite = Inscrite {
                rang: nombre(&ligne, 1)?,
                date: texte(&ligne, 2)?.parse().map_err(|_| Panne::Donnee("date"))?,
                montant: Euros::de_centimes(nombre(&ligne, 3)?),
                heures: VariationHeures::new(petit(&ligne, 4, "heures")?),
                corrige: ligne.try_get(5)?,
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
            for ecriture in lot {
                let inscrite = &ecriture.inscrite;
                requete = requete
                    .bind(&ecriture.personne)
                    .bind(i64::from(annee.nombre()))
                    .bind(inscrite.rang)
                    .bind(inscrite.date.to_string())
                    .bind(inscrite.montant.centimes())
                    .bind(i64::from(inscrite.heures.nombre()))
                    .bind(ecriture.retenu.centimes())
                    .bind(i64::from(ecriture.retenu_heures.nombre()))
                    .bind(inscrite.corrige)
                    .bind(&ecriture.motif)
                    .bind(maintenant);
            }
            requete.execute(&mut *self.0).await?;
        }
        Ok(())
    }
}
