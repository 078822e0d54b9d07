//! Working lives by batches, in the order of their identifiers: what everybody's rights are computed from.

use std::collections::HashMap;

use domaine::droits::{HeuresAnterieures, Situation};
use domaine::mesures::Heures;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Transaction};

use super::{evenements, qualifications};
use crate::vies::activites::{self, colonnes};
use crate::vies::personnes::{age, attestation, correction, provenance};
use crate::{Moteur, Resultat, Store, petit, texte};

/// One moment of the database, read without keeping anybody from writing.
pub struct Lecture(Transaction<'static, Any>);

impl Store {
    /// Begins to read: everything is as it stands now, whatever is written meanwhile.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn lecture(&self) -> Resultat<Lecture> {
        Ok(Lecture(match self.moteur {
            Moteur::Sqlite => self.pool.begin().await?,
            Moteur::Postgres => self.pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
        }))
    }

    /// What the rights of one person are computed from; nothing when there is nobody of this identifier.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn situation(&self, personne: &str) -> Resultat<Option<Situation>> {
        let mut connexion = self.pool.acquire().await?;
        let une = entre(&mut connexion, Bornes::Une(personne)).await?;
        Ok(une.into_iter().next().map(|(_, situation)| situation))
    }
}

impl Lecture {
    /// The next people after that identifier, each with their life; empty at the end.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn situations(&mut self, apres: &str, combien: i64) -> Resultat<Vec<(String, Situation)>> {
        lot(&mut self.0, apres, combien).await
    }

    /// The life of the people who have that NIR, by its keyed hash: two only when they were born a hundred
    /// years apart. With the year of their birth.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn par_nir(&mut self, empreinte: &str) -> Resultat<Vec<(u16, Situation)>> {
        let lignes = sqlx::query("SELECT annee_naissance, id FROM personnes WHERE nir_empreinte = $1")
            .bind(empreinte)
            .fetch_all(&mut *self.0)
            .await?;
        let mut trouvees = Vec::with_capacity(lignes.len());
        for ligne in &lignes {
            let (annee, id) = (petit(ligne, 0, "annee_naissance")?, texte(ligne, 1)?);
            let une = entre(&mut self.0, Bornes::Une(&id)).await?;
            trouvees.extend(une.into_iter().map(|(_, situation)| (annee, situation)));
        }
        Ok(trouvees)
    }
}

/// Whose lives.
#[derive(Clone, Copy)]
enum Bornes<'a> {
    /// One person's.
    Une(&'a str),
    /// After the first, up to the second.
    Apres(&'a str, &'a str),
}

/// The next people after that identifier; empty at the end.
pub(crate) async fn lot(
    connexion: &mut AnyConnection,
    apres: &str,
    combien: i64,
) -> Resultat<Vec<(String, Situation)>> {
    let lignes = sqlx::query("SELECT id FROM personnes WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(apres)
        .bind(combien)
        .fetch_all(&mut *connexion)
        .await?;
    match lignes.last() {
        Some(dernier) => entre(connexion, Bornes::Apres(apres, &texte(dernier, 0)?)).await,
        None => Ok(Vec::new()),
    }
}

async fn entre(connexion: &mut AnyConnection, bornes: Bornes<'_>) -> Resultat<Vec<(String, Situation)>> {
    const PERSONNES: Table = Table {
        colonnes: "personne, date_naissance, apprenti_depuis",
        de: "(SELECT id AS personne, date_naissance, apprenti_depuis FROM personnes) p",
        ordre: "personne",
    };
    const ACTIVITES: Table =
        Table { colonnes: colonnes!(), de: "activites", ordre: "personne, annee, corrige_le, origine, rang" };
    const RECTIFICATIONS: Table =
        Table { colonnes: "personne, annee, le", de: "rectifications", ordre: "personne, annee, le" };
    const HEURES: Table =
        Table { colonnes: "personne, heures, provenance", de: "heures_anterieures", ordre: "personne" };
    const ATTESTATIONS: Table = Table {
        colonnes: "personne, heures, rapport, declaree_le, reference",
        de: "declarations_dif d JOIN comptes c ON c.id = d.compte",
        ordre: "personne, d.rang",
    };
    const SOUS_NIVEAU_3: Table = Table {
        colonnes: "personne, acte, le",
        de: "declarations_sous_niveau_3 d JOIN comptes c ON c.id = d.compte",
        ordre: "personne, d.rang",
    };
    const EVENEMENTS: Table =
        Table { colonnes: evenements::TABLE.0, de: evenements::TABLE.1, ordre: evenements::TABLE.2 };
    let ages = PERSONNES.lire(connexion, bornes, |ligne| age(ligne, 1)).await?;
    let faits = ACTIVITES.lire(connexion, bornes, |ligne| Ok(activites::lire(ligne)?.1)).await?;
    let corrections = RECTIFICATIONS.lire(connexion, bornes, |ligne| correction(ligne, 1)).await?;
    let heures = HEURES.lire(connexion, bornes, |ligne| {
        let heures = Heures::new(petit(ligne, 1, "heures")?);
        Ok(HeuresAnterieures { heures, provenance: provenance(ligne, 2)? })
    });
    let heures = heures.await?;
    let attestations = ATTESTATIONS.lire(connexion, bornes, |ligne| attestation(ligne, 1)).await?;
    let actes = SOUS_NIVEAU_3.lire(connexion, bornes, |ligne| qualifications::acte(ligne, 1)).await?;
    let evenements = EVENEMENTS.lire(connexion, bornes, evenements::lire).await?;

    let (mut faits, mut corrections, mut heures) =
        (par_personne(faits), par_personne(corrections), par_personne(heures));
    let (mut attestations, mut actes) = (par_personne(attestations), par_personne(actes));
    let mut evenements = par_personne(evenements);
    ages.into_iter()
        .map(|(personne, age)| {
            let (activites, rectifications) =
                activites::pour_les_droits(sien(&mut faits, &personne), sien(&mut corrections, &personne))?;
            let mut situation = Situation {
                heures_anterieures: sien(&mut heures, &personne).into_iter().next(),
                activites,
                attestations: sien(&mut attestations, &personne),
                sous_niveau_3: qualifications::assembler(sien(&mut actes, &personne))?,
                rectifications,
                naissance: age.naissance,
                apprenti_depuis: age.apprenti_depuis,
                ..Situation::default()
            };
            evenements::vivre(&mut situation, sien(&mut evenements, &personne));
            Ok((personne, situation))
        })
        .collect()
}

/// Where a kind of fact is read; the first of its columns says whose it is.
struct Table {
    colonnes: &'static str,
    de: &'static str,
    ordre: &'static str,
}

impl Table {
    async fn lire<T>(
        &self,
        connexion: &mut AnyConnection,
        bornes: Bornes<'_>,
        lire: impl Fn(&AnyRow) -> Resultat<T>,
    ) -> Resultat<Vec<(String, T)>> {
        let Self { colonnes, de, ordre } = self;
        let condition = match bornes {
            Bornes::Une(_) => "personne = $1",
            Bornes::Apres(..) => "personne > $1 AND personne <= $2",
        };
        let sql = format!("SELECT {colonnes} FROM {de} WHERE {condition} ORDER BY {ordre}");
        let requete = sqlx::query(AssertSqlSafe(sql));
        let requete = match bornes {
            Bornes::Une(personne) => requete.bind(personne),
            Bornes::Apres(apres, dernier) => requete.bind(apres).bind(dernier),
        };
        let lignes = requete.fetch_all(connexion).await?;
        lignes.iter().map(|ligne| Ok((texte(ligne, 0)?, lire(ligne)?))).collect()
    }
}

fn par_personne<T>(lus: Vec<(String, T)>) -> HashMap<String, Vec<T>> {
    let mut par_personne: HashMap<String, Vec<T>> = HashMap::new();
    for (personne, fait) in lus {
        par_personne.entry(personne).or_default().push(fait);
    }
    par_personne
}

fn sien<T>(de_tous: &mut HashMap<String, Vec<T>>, personne: &str) -> Vec<T> {
    de_tous.remove(personne).unwrap_or_default()
}
