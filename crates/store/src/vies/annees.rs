//! What becomes of the years of people when one who feeds them says something else: a year that the
//! ledger does not know is rewritten; one that it knows is corrected, from today on.

use std::collections::{BTreeMap, BTreeSet};

use domaine::droits::Activite;
use domaine::mesures::{Annee, Jour};
use domaine::told::AnneeDite;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::recognition::Reconnue;
use crate::vies::activites::{self, Fait, NouveauFait, PERSONNES_PAR_REQUETE, colonnes, liste};
use crate::write_tx::Travaux;
use crate::{Resultat, texte};

/// What one origin now says of a year, by person and origin; nothing when it says nothing any more.
pub(crate) type Dires = BTreeMap<(String, String), Vec<Activite>>;

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
                let dires = par_annee.entry(dite.annee).or_default();
                dires.insert((id.clone(), dite.origine), dite.activite.into_iter().collect());
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
    let personnes: BTreeSet<&str> = dires.keys().map(|(personne, _)| personne.as_str()).collect();
    let personnes: Vec<&str> = personnes.into_iter().collect();
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
        let faits = en_place.remove(*personne).unwrap_or_default();
        let nouveaux = apres(&faits, personne, dires);
        if nouveaux == faits {
            continue;
        }
        changements.annees += 1;
        *changements.par_annee.entry(annee).or_default() += 1;
        let redite = |fait: &Fait| dires.contains_key(&((*personne).to_owned(), fait.origine.clone()));
        changements.redites += u64::from(faits.iter().any(redite));
        let corrige_le = if creditees.contains(*personne) {
            changements.corrigees += 1;
            a_corriger.insert(*personne);
            aujourdhui
        } else {
            a_vider.insert(*personne);
            ""
        };
        a_ecrire.extend(numeroter(personne, nouveaux, corrige_le));
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

/// The records of the year after the change, in an order of their own: by origin, then as given.
fn apres(faits: &[Fait], personne: &str, dires: &Dires) -> Vec<Fait> {
    let redit = |origine: &str| dires.contains_key(&(personne.to_owned(), origine.to_owned()));
    let mut apres: Vec<Fait> = faits.iter().filter(|fait| !redit(&fait.origine)).cloned().collect();
    let premier = (personne.to_owned(), String::new());
    for ((_, origine), activites) in dires.range(premier..).take_while(|((autre, _), _)| autre == personne) {
        let fait = |activite: &Activite| Fait {
            corrige_le: String::new(),
            origine: origine.clone(),
            activite: activite.clone(),
        };
        apres.extend(activites.iter().map(fait));
    }
    apres.sort_by(|un, autre| un.origine.cmp(&autre.origine));
    apres
}

fn numeroter(personne: &str, faits: Vec<Fait>, corrige_le: &str) -> Vec<NouveauFait> {
    let mut rangs: BTreeMap<String, i64> = BTreeMap::new();
    let mut nouveaux = Vec::with_capacity(faits.len());
    for mut fait in faits {
        let rang = rangs.entry(fait.origine.clone()).or_default();
        *rang += 1;
        corrige_le.clone_into(&mut fait.corrige_le);
        nouveaux.push((personne.to_owned(), *rang, fait));
    }
    nouveaux
}

/// The records that stand for the year today: those of the latest correction, if there is one.
async fn en_place(connexion: &mut AnyConnection, annee: u16, lot: &[&str]) -> Resultat<BTreeMap<String, Vec<Fait>>> {
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
    for (personne, faits) in &mut faits {
        let le = derniere.get(personne).map_or("", String::as_str);
        faits.retain(|fait| fait.corrige_le == le);
        // They are compared with what is said now, whatever the day they were corrected.
        faits.iter_mut().for_each(|fait| fait.corrige_le.clear());
        // The order of texts is not the same in every database.
        faits.sort_by(|un, autre| un.origine.cmp(&autre.origine));
    }
    Ok(faits)
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
