//! What the tests of imports and of the ledger share: files, what is done with them, and what a database holds in the
//! end, whatever the identifiers it drew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::LazyLock;

use batch::alimentation::{self, alimentation};
use batch::import::{self, Context, Interruption, Report};
use batch::{Moment, Nobody};
use domaine::mesures::Year;
use domaine::plausible::Limits;
use dsn::generator::{GeneratedFile, Plan, generate};
use dsn::{Event, Identifier, Kind};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::Operator;

use crate::Application;

/// That year.
pub fn year(year: u16) -> Year {
    Year::new(year).expect("a year")
}

/// A year of several employers, with replaced and cancelled declarations.
pub fn plan(salaries: u16) -> Plan {
    Plan { seed: 7, employeurs: 3, salaries, year: 2024, month: 12, ..Plan::default() }
}

/// Writes a file.
pub fn write(dir: &Path, nom: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.join(nom);
    std::fs::write(&path, bytes).expect("a file");
    path
}

/// The hours and days of each NIR in each year, in hundredths: added up here from the facts that were
/// written, without the reader and without the server.
pub fn sums(file: &GeneratedFile) -> BTreeMap<(String, u16), (i64, i64)> {
    let mut by_month: BTreeMap<String, Vec<(String, u16, i64, i64)>> = BTreeMap::new();
    let mut key = String::new();
    for event in &file.events {
        match event {
            Event::Declaration(declaration) => {
                assert_ne!(declaration.kind, Kind::Nothing);
                // A later declaration of the same month says everything again.
                key = format!("{} {:?}", declaration.siret, declaration.month);
                by_month.insert(key.clone(), Vec::new());
            }
            Event::Individu(individu) => {
                let Identifier::Nir(nir) = &individu.identifier else { continue };
                for paie in individu.paies.iter().filter(|paie| paie.kind == "002") {
                    for activite in paie.activites.iter().filter(|activite| activite.kind == "01") {
                        let measure = activite.measure.hundredths();
                        let (hours, days) = if activite.unit == "20" { (0, measure) } else { (measure, 0) };
                        by_month.entry(key.clone()).or_default().push((
                            nir.as_str().to_owned(),
                            paie.end.year(),
                            hours,
                            days,
                        ));
                    }
                }
            }
            Event::End(_) | Event::EnvelopeEnd(_) => {}
        }
    }
    let mut sums: BTreeMap<(String, u16), (i64, i64)> = BTreeMap::new();
    for (nir, year, hours, days) in by_month.into_values().flatten() {
        let sum = sums.entry((nir, year)).or_default();
        *sum = (sum.0 + hours, sum.1 + days);
    }
    sums.into_iter()
        .map(|(key, (hours, days))| (key, (hours.max(0), days.max(0))))
        .filter(|(_, s)| *s != (0, 0))
        .collect()
}

static OPERATOR: LazyLock<Operator> = LazyLock::new(operator);

/// Whoever works at the desk of these tests.
pub fn operator() -> Operator {
    Operator::parse("Ada Test").expect("a name")
}

impl Application {
    /// When a command runs.
    pub fn moment(&self) -> Moment {
        Moment { today: self.state.clock.today(), now: self.state.clock.now() }
    }

    fn context(&self, dry_run: bool) -> Context<'_> {
        let state = &self.state;
        Context {
            store: &state.store,
            vault: &state.vault,
            operator: &OPERATOR,
            letters: &state.letters,
            console: &Nobody,
            moment: self.moment(),
            limits: Limits::DEFAULT,
            dry_run,
        }
    }

    /// Imports a DSN.
    pub async fn import_bytes(&self, bytes: &[u8], dry_run: bool) -> Report {
        let path = write(self.dir.path(), "essai.dsn", bytes);
        import::dsn::import(&self.context(dry_run), &[path]).await.expect("an import")
    }

    /// Imports years of work.
    pub async fn import_csv(&self, text: &str, dry_run: bool) -> Report {
        self.import_table(text.as_bytes(), dry_run).await.unwrap_or_else(|stop| panic!("{stop}"))
    }

    /// Imports years of work from a file as it is, or says why it is refused.
    pub async fn import_table(&self, bytes: &[u8], dry_run: bool) -> Result<Report, Interruption> {
        let path = write(self.dir.path(), "essai.csv", bytes);
        import::activites::import(&self.context(dry_run), &[path]).await
    }

    /// A file of events.
    pub async fn import_file(&self, text: &str, dry_run: bool) -> Report {
        let path = write(self.dir.path(), "evenements.csv", text.as_bytes());
        import::evenements::import(&self.context(dry_run), &[path]).await.unwrap_or_else(|stop| panic!("{stop}"))
    }

    /// Credits a year.
    pub async fn alimentation(&self, year_: u16) -> alimentation::Report {
        let state = &self.state;
        alimentation(&state.store, &Nobody, self.moment(), &state.bareme(), year(year_), false).await.expect("a credit")
    }

    /// The rows of a query whose columns are all texts, in order.
    pub async fn rows(&self, sql: &str) -> Vec<String> {
        rows(&self.url, sql).await
    }

    /// Everything an import or a credit writes.
    pub async fn all(&self) -> Vec<String> {
        all(&self.url).await
    }
}

/// The rows of a query whose columns are all texts, in order.
pub async fn rows(url: &str, sql: &str) -> Vec<String> {
    sqlx::any::install_default_drivers();
    let mut connexion = AnyConnection::connect(url).await.expect("a connection");
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(&mut connexion).await.expect("rows");
    connexion.close().await.expect("a connection that closes");
    let mut rows: Vec<String> = rows
        .iter()
        .map(|ligne| {
            (0..ligne.len()).map(|n| ligne.try_get::<String, _>(n).unwrap_or_default()).collect::<Vec<_>>().join(" | ")
        })
        .collect();
    rows.sort();
    rows
}

/// The end state, by hashes of NIR: identifiers and times differ from run to run.
pub async fn all(url: &str) -> Vec<String> {
    let text = |column: &str| format!("CAST({column} AS TEXT)");
    let mut all = Vec::new();
    for (table, columns) in [
        ("activites", "annee, corrige_le, origine, rang, statut, unite, travail, reference, absences, boeth"),
        ("rectifications", "annee, le"),
        ("mois_dsn", "declaration, annee, mois, statut, heures, jours, accord, absences, boeth, apprenti_depuis"),
        ("evenements", "nature, le, fin, centimes, heures, libelle, action"),
        ("ecritures", "annee, rang, date, centimes, heures, retenu, corrige, motif"),
    ] {
        let columns: Vec<String> = columns.split(", ").map(|c| text(&format!("t.{c}"))).collect();
        let sql = format!(
            "SELECT '{table}', p.nir_empreinte, CAST(p.annee_naissance AS TEXT), CAST(p.connue AS TEXT), {}
             FROM {table} t JOIN personnes p ON p.id = t.personne",
            columns.join(", ")
        );
        all.extend(rows(url, &sql).await);
    }
    let sql = "SELECT id, CAST(ordre AS TEXT), CAST(fractions AS TEXT), CAST(annulee AS TEXT), empreinte FROM declarations_dsn";
    all.extend(rows(url, sql).await);
    let sql = "SELECT siret, mois, champ, CAST(fractions AS TEXT), CAST(ordre AS TEXT) FROM divisions_dsn";
    all.extend(rows(url, sql).await);
    all.extend(
        rows(url, "SELECT nir_empreinte, nom_naissance, prenoms, date_naissance, apprenti_depuis FROM personnes").await,
    );
    all
}

/// Everything that a program said.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The DSN of that plan.
pub fn generated(plan: &Plan) -> GeneratedFile {
    generate(plan)
}

/// The example of the reader, with what is put in the place of what.
pub fn example(replace: &[(&str, &str)]) -> Vec<u8> {
    let mut text = String::from_utf8(dsn::example()).expect("a text");
    for (before, after) in replace {
        assert!(text.contains(before), "{before}");
        text = text.replace(before, after);
    }
    text.into_bytes()
}
