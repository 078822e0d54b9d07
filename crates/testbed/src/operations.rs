//! What the tests of imports and of the ledger share: files, what is done with them, and what a database holds in the
//! end, whatever the identifiers it drew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use batch::Moment;
use batch::alimentation::{self, alimenter};
use batch::import::{self, Atelier, Bilan};
use domaine::mesures::Annee;
use dsn::generateur::{Fichier, Plan, generer};
use dsn::{Evenement, Genre, Identifiant};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

use crate::Application;

/// That year.
pub fn annee(annee: u16) -> Annee {
    Annee::new(annee).expect("a year")
}

/// A year of several employers, with replaced and cancelled declarations.
pub fn plan(salaries: u16) -> Plan {
    Plan { graine: 7, employeurs: 3, salaries, annee: 2024, mois: 12, ..Plan::default() }
}

/// Writes a file.
pub fn ecrire(dossier: &Path, nom: &str, octets: &[u8]) -> PathBuf {
    let chemin = dossier.join(nom);
    std::fs::write(&chemin, octets).expect("a file");
    chemin
}

/// The hours and days of each NIR in each year, in hundredths: added up here from the facts that were
/// written, without the reader and without the server.
pub fn sommes(fichier: &Fichier) -> BTreeMap<(String, u16), (i64, i64)> {
    let mut par_mois: BTreeMap<String, Vec<(String, u16, i64, i64)>> = BTreeMap::new();
    let mut cle = String::new();
    for evenement in &fichier.evenements {
        match evenement {
            Evenement::Declaration(declaration) => {
                assert_ne!(declaration.genre, Genre::Neant);
                // A later declaration of the same month says everything again.
                cle = format!("{} {:?}", declaration.siret, declaration.mois);
                par_mois.insert(cle.clone(), Vec::new());
            }
            Evenement::Individu(individu) => {
                let Identifiant::Nir(nir) = &individu.identifiant else { continue };
                for paie in individu.paies.iter().filter(|paie| paie.genre == "002") {
                    for activite in paie.activites.iter().filter(|activite| activite.genre == "01") {
                        let mesure = activite.mesure.centiemes();
                        let (heures, jours) = if activite.unite == "20" { (0, mesure) } else { (mesure, 0) };
                        par_mois.entry(cle.clone()).or_default().push((
                            nir.as_str().to_owned(),
                            paie.fin.annee(),
                            heures,
                            jours,
                        ));
                    }
                }
            }
            Evenement::Fin(_) | Evenement::FinEnvoi(_) => {}
        }
    }
    let mut sommes: BTreeMap<(String, u16), (i64, i64)> = BTreeMap::new();
    for (nir, annee, heures, jours) in par_mois.into_values().flatten() {
        let somme = sommes.entry((nir, annee)).or_default();
        *somme = (somme.0 + heures, somme.1 + jours);
    }
    sommes
        .into_iter()
        .map(|(cle, (heures, jours))| (cle, (heures.max(0), jours.max(0))))
        .filter(|(_, s)| *s != (0, 0))
        .collect()
}

impl Application {
    /// When a command runs.
    pub fn moment(&self) -> Moment {
        Moment { today: self.etat.clock.aujourdhui(), now: self.etat.clock.maintenant() }
    }

    fn atelier(&self, a_blanc: bool) -> Atelier<'_> {
        let etat = &self.etat;
        Atelier { store: &etat.store, coffre: &etat.coffre, moment: self.moment(), a_blanc }
    }

    /// Imports a DSN.
    pub async fn importer_octets(&self, octets: &[u8], a_blanc: bool) -> Bilan {
        let chemin = ecrire(self.dossier.path(), "essai.dsn", octets);
        import::dsn::importer(&self.atelier(a_blanc), &[chemin]).await.expect("an import")
    }

    /// Imports years of work.
    pub async fn importer_csv(&self, texte: &str, a_blanc: bool) -> Bilan {
        let chemin = ecrire(self.dossier.path(), "essai.csv", texte.as_bytes());
        import::activites::importer(&self.atelier(a_blanc), &[chemin]).await.unwrap_or_else(|arret| panic!("{arret}"))
    }

    /// A file of events.
    pub async fn importer_fichier(&self, texte: &str, a_blanc: bool) -> Bilan {
        let chemin = ecrire(self.dossier.path(), "evenements.csv", texte.as_bytes());
        import::evenements::importer(&self.atelier(a_blanc), &[chemin]).await.unwrap_or_else(|arret| panic!("{arret}"))
    }

    /// Credits a year.
    pub async fn alimenter(&self, annee_: u16) -> alimentation::Bilan {
        let etat = &self.etat;
        alimenter(&etat.store, self.moment(), &etat.bareme(), annee(annee_), false).await.expect("a credit")
    }

    /// The rows of a query whose columns are all texts, in order.
    pub async fn lignes(&self, sql: &str) -> Vec<String> {
        lignes(&self.url, sql).await
    }

    /// Everything an import or a credit writes.
    pub async fn tout(&self) -> Vec<String> {
        tout(&self.url).await
    }
}

/// The rows of a query whose columns are all texts, in order.
pub async fn lignes(url: &str, sql: &str) -> Vec<String> {
    sqlx::any::install_default_drivers();
    let mut connexion = AnyConnection::connect(url).await.expect("a connection");
    let lignes = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(&mut connexion).await.expect("rows");
    connexion.close().await.expect("a connection that closes");
    let mut lignes: Vec<String> = lignes
        .iter()
        .map(|ligne| {
            (0..ligne.len()).map(|n| ligne.try_get::<String, _>(n).unwrap_or_default()).collect::<Vec<_>>().join(" | ")
        })
        .collect();
    lignes.sort();
    lignes
}

/// The end state, by hashes of NIR: identifiers and times differ from run to run.
pub async fn tout(url: &str) -> Vec<String> {
    let texte = |colonne: &str| format!("CAST({colonne} AS TEXT)");
    let mut tout = Vec::new();
    for (table, colonnes) in [
        ("activites", "annee, corrige_le, origine, rang, statut, unite, travail, reference, absences, boeth"),
        ("rectifications", "annee, le"),
        ("mois_dsn", "declaration, annee, mois, statut, heures, jours, accord, absences, boeth, apprenti_depuis"),
        ("evenements", "nature, le, fin, centimes, heures, libelle, action"),
        ("ecritures", "annee, rang, date, centimes, heures, retenu, corrige, motif"),
    ] {
        let colonnes: Vec<String> = colonnes.split(", ").map(|c| texte(&format!("t.{c}"))).collect();
        let sql = format!(
            "SELECT '{table}', p.nir_empreinte, CAST(p.annee_naissance AS TEXT), CAST(p.connue AS TEXT), {}
             FROM {table} t JOIN personnes p ON p.id = t.personne",
            colonnes.join(", ")
        );
        tout.extend(lignes(url, &sql).await);
    }
    let sql = "SELECT id, CAST(ordre AS TEXT), CAST(fractions AS TEXT), CAST(annulee AS TEXT), empreinte FROM declarations_dsn";
    tout.extend(lignes(url, sql).await);
    let sql = "SELECT siret, mois, champ, CAST(fractions AS TEXT), CAST(ordre AS TEXT) FROM divisions_dsn";
    tout.extend(lignes(url, sql).await);
    tout.extend(
        lignes(url, "SELECT nir_empreinte, nom_naissance, prenoms, date_naissance, apprenti_depuis FROM personnes")
            .await,
    );
    tout
}

/// Everything that a program said.
pub fn dit(sortie: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&sortie.stdout), String::from_utf8_lossy(&sortie.stderr))
}

/// The DSN of that plan.
pub fn genere(plan: &Plan) -> Fichier {
    generer(plan)
}

/// The example of the reader, with what is put in the place of what.
pub fn exemple(remplacer: &[(&str, &str)]) -> Vec<u8> {
    let mut texte = String::from_utf8(dsn::exemple()).expect("a text");
    for (avant, apres) in remplacer {
        assert!(texte.contains(avant), "{avant}");
        texte = texte.replace(avant, apres);
    }
    texte.into_bytes()
}
