//! Declarations that come in any order, and months that are divided again: the database keeps what the reader
//! keeps in memory, and no hour counts twice.

use std::collections::BTreeMap;

use dsn::generateur::Plan;
use dsn::{Identifiant, Lecture};
use memory_store::Cumul;
use testbed::{Application, essai, genere, plan};

#[path = "../../../dsn/tests/support/memory_store.rs"]
mod memory_store;

/// What the reader keeps in memory of those files: its declarations, and the hours and days of each NIR by year.
fn en_memoire<'a>(fichiers: impl Iterator<Item = &'a [u8]>) -> (Vec<String>, Vec<String>) {
    let mut cumul = Cumul::default();
    for octets in fichiers {
        let mut lecture = Lecture::new("essai.dsn", octets);
        while let Some(evenement) = lecture.suivant().expect("bytes in memory have no fault") {
            cumul.suivre(evenement);
        }
    }
    let mut declarations: Vec<String> = cumul
        .depots()
        .map(|depot| {
            let champ = depot.cle.champ.map(|champ| champ.to_string()).unwrap_or_default();
            let (cle, annule) = (depot.cle, u8::from(depot.annule));
            format!("{} {} {champ} {}/{} {} {annule}", cle.siret, cle.mois, cle.fraction, depot.fractions, depot.ordre)
        })
        .collect();
    declarations.sort();
    let mut temps: BTreeMap<(String, u16, &str), i64> = BTreeMap::new();
    for ((personne, annee), total) in cumul.annees() {
        // Nobody can be credited under a temporary number.
        let Identifiant::Nir(nir) = personne.identifiant else { continue };
        let jours = total.jours + total.forfait_jours;
        for (unite, quantite) in [("heures", total.heures), ("jours", jours)] {
            *temps.entry((nir.as_str().to_owned(), annee, unite)).or_default() += quantite.centiemes().max(0);
        }
    }
    let temps = temps.into_iter().filter(|(_, n)| *n > 0);
    (declarations, temps.map(|((nir, annee, unite), n)| format!("{nir} {annee} {unite} {n}")).collect())
}

async fn en_base(application: &Application) -> (Vec<String>, Vec<String>) {
    let declarations = application
        .lignes(
            "SELECT siret || ' ' || mois || ' ' || champ || ' ' || CAST(fraction AS TEXT) || '/' ||
                 CAST(fractions AS TEXT) || ' ' || CAST(ordre AS TEXT) || ' ' || CAST(annulee AS TEXT)
             FROM declarations_dsn",
        )
        .await;
    let temps = application
        .lignes(
            "SELECT p.nir_empreinte || ' ' || CAST(a.annee AS TEXT) || ' ' || a.unite || ' ' ||
                 CAST(SUM(a.travail) AS TEXT)
             FROM activites a JOIN personnes p ON p.id = a.personne
             WHERE a.origine = 'dsn' AND a.travail > 0 GROUP BY p.nir_empreinte, a.annee, a.unite",
        )
        .await;
    (declarations, temps)
}

#[test]
fn the_database_keeps_what_the_reader_keeps_in_memory_in_any_order() {
    essai(async |application| {
        let fichiers: Vec<Vec<u8>> = (0..4)
            .map(|graine| {
                let annee = 2019 + u16::try_from(graine).expect("a few");
                let divise = Plan { graine, annee, divisees_sur: 1, desordre: true, employeurs: 2, ..plan(6) };
                genere(&divise).octets
            })
            .collect();
        for octets in &fichiers {
            application.importer_octets(octets, false).await;
        }
        let (declarations, temps) = en_memoire(fichiers.iter().map(Vec::as_slice));
        let mut temps: Vec<String> = temps
            .iter()
            .filter_map(|ligne| ligne.split_once(' '))
            .map(|(nir, suite)| format!("{} {suite}", application.etat.coffre.empreinte_nir(nir)))
            .collect();
        temps.sort();
        assert!(declarations.iter().any(|dite| dite.contains(" 2/2 ")) && temps.len() > 30);
        assert_eq!(en_base(&application).await, (declarations, temps));
        // Once more, the last file first: nothing changes any more.
        let tout = application.tout().await;
        for octets in fichiers.iter().rev() {
            let bilan = application.importer_octets(octets, false).await;
            assert_eq!((bilan.nouvelles, bilan.remplacees), (0, 0), "{bilan}");
        }
        assert_eq!(application.tout().await, tout);
    });
}

/// The example, as the part of a month that those values say.
fn partie(champ: &str, fraction: &str, ordre: &str, heures: &str) -> Vec<u8> {
    let texte = String::from_utf8(dsn::exemple()).expect("a text");
    texte
        .replace("S20.G00.05.003,'11'", &format!("S20.G00.05.003,'{fraction}'"))
        .replace("S20.G00.05.004,'1'", &format!("S20.G00.05.004,'{ordre}'"))
        .replace("S20.G00.05.005,'01012026'", &format!("S20.G00.05.005,'01012026'\nS20.G00.05.008,'{champ}'"))
        .replace("S90.G00.90.001,'34'", "S90.G00.90.001,'35'")
        .replace("'144.67'", &format!("'{heures}'"))
        .into_bytes()
}

async fn heures(application: &Application) -> Vec<String> {
    application.lignes("SELECT CAST(travail AS TEXT) FROM activites WHERE annee = 2026").await
}

#[test]
fn a_whole_month_that_comes_late_between_two_of_its_parts_is_not_counted_beside_them() {
    essai(async |application| {
        application.importer_octets(&partie("01", "12", "2", "50.00"), false).await;
        application.importer_octets(&partie("01", "22", "7", "90.00"), false).await;
        assert_eq!(heures(&application).await, ["14000"]);
        let bilan = application.importer_octets(&partie("01", "11", "5", "130.00"), false).await;
        assert_eq!((bilan.depassees, bilan.redivisees, bilan.changements.annees), (1, 1, 1), "{bilan}");
        assert_eq!(heures(&application).await, ["9000"]);
        // The part from before the whole month does not come back.
        let bilan = application.importer_octets(&partie("01", "12", "2", "50.00"), false).await;
        assert_eq!((bilan.depassees, bilan.changements.annees), (1, 0), "{bilan}");
        assert_eq!(heures(&application).await, ["9000"]);
    });
}

#[test]
fn a_total_declaration_and_those_of_the_regimes_are_never_added_up() {
    essai(async |application| {
        application.importer_octets(&partie("01", "11", "1", "140.00"), false).await;
        let bilan = application.importer_octets(&partie("02", "11", "2", "30.00"), false).await;
        assert!(bilan.to_string().contains("mois redéclarés dans un autre champ"), "{bilan}");
        application.importer_octets(&partie("03", "11", "3", "100.00"), false).await;
        assert_eq!(heures(&application).await, ["13000"]);
        application.importer_octets(&partie("01", "11", "4", "140.00"), false).await;
        assert_eq!(heures(&application).await, ["14000"]);
        assert_eq!(application.compter("declarations_dsn").await, 1);
    });
}
