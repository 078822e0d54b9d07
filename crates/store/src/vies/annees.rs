//! Puts what is now said of the years of people in the place of what was. Whether a year is rewritten or corrected is
//! `domaine::ledger`'s to say.

use std::collections::{BTreeMap, BTreeSet};

use domaine::droits::Activite;
use domaine::ledger::{Handling, YearChange, YearRecord, change_year};
use domaine::mesures::{Annee, Jour};
use domaine::told::AnneeDite;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::imports::{Reconnue, Travaux};
use crate::vies::activites::{self, Fait, NouveauFait, PERSONNES_PAR_REQUETE, colonnes, liste};
use crate::{Resultat, texte};

/// What origins now say of a year, by person, then by origin; nothing when one says nothing any more.
pub(crate) type Dires = BTreeMap<String, BTreeMap<String, Vec<Activite>>>;

/// What a change came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changements {
    /// Years of people that changed.
    pub annees: u64,
    /// Those of them that were credited already, hence corrected.
    pub corrigees: u64,
    /// Those of them about which the same source had said something else.
    pub redites: u64,
    /// How many people changed in each year: those that are to be credited again.
    pub par_annee: BTreeMap<u16, u64>,
}

impl std::ops::AddAssign for Changements {
    fn add_assign(&mut self, autre: Self) {
        self.annees += autre.annees;
        self.corrigees += autre.corrigees;
        self.redites += autre.redites;
        for (annee, personnes) in autre.par_annee {
            *self.par_annee.entry(annee).or_default() += personnes;
        }
    }
}

impl Travaux {
    /// Takes in what is said of those people, by people recognised or not in the same order.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn dire(
        &mut self,
        reconnues: &[Reconnue],
        dites: Vec<AnneeDite>,
        aujourdhui: Jour,
    ) -> Resultat<Changements> {
        let mut par_annee: BTreeMap<Annee, Dires> = BTreeMap::new();
        for (reconnue, dite) in reconnues.iter().zip(dites) {
            if let Reconnue::Personne { id, .. } = reconnue {
                let dires = par_annee.entry(dite.annee).or_default().entry(id.clone()).or_default();
                dires.insert(dite.origine, dite.activite.into_iter().collect());
            }
        }
        let mut changements = Changements::default();
        for (annee, dires) in &par_annee {
            changements += changer(&mut self.0, annee.nombre(), dires, aujourdhui).await?;
        }
        Ok(changements)
    }
}

/// Puts what is now said of that year in the place of what was.
pub(crate) async fn changer(
    connexion: &mut AnyConnection,
    annee: u16,
    dires: &Dires,
    aujourdhui: Jour,
) -> Resultat<Changements> {
    let mut changements = Changements::default();
    let personnes: Vec<&str> = dires.keys().map(String::as_str).collect();
    for lot in personnes.chunks(PERSONNES_PAR_REQUETE) {
        changements += changer_le_lot(connexion, annee, lot, dires, &aujourdhui.to_string()).await?;
    }
    Ok(changements)
}

async fn changer_le_lot(
    connexion: &mut AnyConnection,
    annee: u16,
    lot: &[&str],
    dires: &Dires,
    aujourdhui: &str,
) -> Resultat<Changements> {
    let mut en_place = en_place(connexion, annee, lot).await?;
    let creditees = de_l_annee(connexion, annee, lot, "SELECT DISTINCT personne FROM ecritures").await?;
    let mut changements = Changements::default();
    let (mut a_vider, mut a_corriger, mut a_ecrire) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for personne in lot {
        let Some(said) = dires.get(*personne) else { continue };
        let standing = en_place.remove(*personne).unwrap_or_default();
        let change = change_year(&standing, said, creditees.contains(*personne));
        let Some(YearChange { records, handling, said_before }) = change else { continue };
        changements.annees += 1;
        *changements.par_annee.entry(annee).or_default() += 1;
        changements.redites += u64::from(said_before);
        let corrige_le = match handling {
            Handling::Correct => {
                changements.corrigees += 1;
                a_corriger.insert(*personne);
                aujourdhui
            }
            Handling::Rewrite => {
                a_vider.insert(*personne);
                ""
            }
        };
        a_ecrire.extend(numeroter(personne, records, corrige_le));
    }
    vider(connexion, annee, "", &a_vider).await?;
    vider(connexion, annee, aujourdhui, &a_corriger).await?;
    for personne in &a_corriger {
        sqlx::query("INSERT INTO rectifications (personne, annee, le) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(*personne)
            .bind(i64::from(annee))
            .bind(aujourdhui)
            .execute(&mut *connexion)
            .await?;
    }
    activites::inserer(connexion, &a_ecrire).await?;
    let changees: Vec<&str> = a_vider.iter().chain(&a_corriger).copied().collect();
    if !changees.is_empty() {
        let sql = format!("UPDATE personnes SET version = version + 1 WHERE id IN {}", liste(0, changees.len()));
        let mut requete = sqlx::query(AssertSqlSafe(sql));
        for personne in changees {
            requete = requete.bind(personne);
        }
        requete.execute(&mut *connexion).await?;
    }
    Ok(changements)
}

fn numeroter(personne: &str, records: Vec<YearRecord>, corrige_le: &str) -> Vec<NouveauFait> {
    let mut rangs: BTreeMap<String, i64> = BTreeMap::new();
    let mut nouveaux = Vec::with_capacity(records.len());
    for YearRecord { origin, activite } in records {
        let rang = rangs.entry(origin.clone()).or_default();
        *rang += 1;
        let fait = Fait { corrige_le: corrige_le.to_owned(), origine: origin, activite };
        nouveaux.push((personne.to_owned(), *rang, fait));
    }
    nouveaux
}

/// The records that stand for the year today: those of the latest correction, if there is one.
async fn en_place(
    connexion: &mut AnyConnection,
    annee: u16,
    lot: &[&str],
) -> Resultat<BTreeMap<String, Vec<YearRecord>>> {
    let sql = format!(
        concat!(
            "SELECT ",
            colonnes!(),
            " FROM activites WHERE annee = $1 AND personne IN {} ORDER BY personne, origine, rang"
        ),
        liste(1, lot.len())
    );
    let mut requete = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(annee));
    for personne in lot {
        requete = requete.bind(*personne);
    }
    let mut faits: BTreeMap<String, Vec<Fait>> = BTreeMap::new();
    for ligne in requete.fetch_all(&mut *connexion).await? {
        let (personne, fait) = activites::lire(&ligne)?;
        faits.entry(personne).or_default().push(fait);
    }
    let sql = format!(
        "SELECT personne, MAX(le) FROM rectifications WHERE annee = $1 AND personne IN {} GROUP BY personne",
        liste(1, lot.len())
    );
    let mut requete = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(annee));
    for personne in lot {
        requete = requete.bind(*personne);
    }
    let mut derniere = BTreeMap::new();
    for ligne in requete.fetch_all(&mut *connexion).await? {
        derniere.insert(texte(&ligne, 0)?, texte(&ligne, 1)?);
    }
    let standing = |(personne, faits): (String, Vec<Fait>)| {
        let le = derniere.get(&personne).map_or("", String::as_str);
        let latest = faits.into_iter().filter(|fait| fait.corrige_le == le);
        // They are compared with what is said now, whatever the day they were corrected.
        let record = |Fait { origine, activite, .. }| YearRecord { origin: origine, activite };
        let mut records: Vec<YearRecord> = latest.map(record).collect();
        // The order of texts is not the same in every database.
        records.sort_by(|un, autre| un.origin.cmp(&autre.origin));
        (personne, records)
    };
    Ok(faits.into_iter().map(standing).collect())
}

async fn de_l_annee(connexion: &mut AnyConnection, annee: u16, lot: &[&str], quoi: &str) -> Resultat<BTreeSet<String>> {
    let sql = format!("{quoi} WHERE annee = $1 AND personne IN {}", liste(1, lot.len()));
    let mut requete = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(annee));
    for personne in lot {
        requete = requete.bind(*personne);
    }
    let lignes = requete.fetch_all(connexion).await?;
    lignes.iter().map(|ligne| Ok(texte(ligne, 0)?)).collect()
}

async fn vider(
    connexion: &mut AnyConnection,
    annee: u16,
    corrige_le: &str,
    personnes: &BTreeSet<&str>,
) -> Resultat<()> {
    if personnes.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "DELETE FROM activites WHERE annee = $1 AND corrige_le = $2 AND personne IN {}",
        liste(2, personnes.len())
    );
    let mut requete = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(annee)).bind(corrige_le);
    for personne in personnes {
        requete = requete.bind(*personne);
    }
    requete.execute(connexion).await?;
    Ok(())
}
