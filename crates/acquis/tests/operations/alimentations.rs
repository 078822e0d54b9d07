//! The ledger: what a year gives goes into it, once; it agrees with the statement; nobody changes it.

use std::collections::BTreeMap;
use std::time::Duration;

use domaine::bareme::JourDeCredit;
use domaine::droits::{Ligne, Motif, Poche, calculer};
use domaine::mesures::Jour;
use serde_json::Value;
use sqlx::{AnyConnection, Connection};
use testbed::{Application, Navigateur, camille, dominique, essai, essai_avec, genere, inscription, plan};

const ENTETE: &str = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n";

async fn dire(application: &Application, annee: u16, heures: &str) {
    let csv = format!("{ENTETE}1800175999029;Nouvel;Camille;12/01/1980;{annee};{heures}\n");
    assert_eq!(application.importer_csv(&csv, false).await.ecarts(), 0);
}

async fn camille_inscrite(application: &Application) -> Navigateur {
    application.inscrit(inscription("Nouvel", "Camille", "12/01/1980", "1800175999029", "09", "c@exemple.fr")).await
}

/// The sum of the ledger for Camille, in cents.
async fn registre(application: &Application) -> i64 {
    let empreinte = application.etat.coffre.empreinte_nir("1800175999029");
    let sql = format!(
        "SELECT CAST(e.centimes AS TEXT) FROM ecritures e JOIN personnes p ON p.id = e.personne
         WHERE p.nir_empreinte = '{empreinte}'"
    );
    application.lignes(&sql).await.iter().map(|ligne| ligne.parse::<i64>().expect("cents")).sum()
}

fn centimes(valeur: &Value) -> i64 {
    valeur.as_str().expect("an amount").replace('.', "").parse().expect("cents")
}

#[test]
fn the_database_itself_refuses_to_change_a_line() {
    essai(async |application| {
        application.alimenter(2024).await;
        let lignes = application.compter("ecritures").await;
        assert!(lignes > 0);
        let url = &application.url;
        let mut connexion = AnyConnection::connect(url).await.expect("a connection");
        let mut interdits = vec![
            "UPDATE ecritures SET centimes = centimes + 1",
            "UPDATE ecritures SET motif = 'x'",
            "DELETE FROM ecritures",
            "DELETE FROM ecritures WHERE rang = 1",
        ];
        if url.starts_with("sqlite:") {
            interdits.push("INSERT OR REPLACE INTO ecritures SELECT personne, annee, rang, date, 1, heures, retenu, retenu_heures, corrige, motif, ecrite_le FROM ecritures");
            // By the hidden number of a row, and by what an entry takes back.
            interdits.push("INSERT OR REPLACE INTO ecritures (rowid, personne, annee, rang, date, centimes, heures, retenu, retenu_heures, motif, ecrite_le) SELECT rowid, personne, annee, 99, date, 1, 0, 0, 0, 'x', 0 FROM ecritures LIMIT 1");
            interdits.push("INSERT OR REPLACE INTO ecritures SELECT personne, annee, 9, date, 1, 0, 0, 0, corrige, 'x', 0 FROM ecritures WHERE corrige IS NOT NULL");
        } else {
            interdits.push("TRUNCATE ecritures");
        }
        let corrige =
            "INSERT INTO ecritures SELECT personne, annee, 2, date, -centimes, -heures, 0, 0, 1, 'x', 0 FROM ecritures
                       WHERE rang = 1 AND personne = (SELECT MIN(personne) FROM ecritures)";
        sqlx::query(corrige).execute(&mut connexion).await.expect("a counter-entry");
        let avant = application.tout().await;
        for interdit in interdits {
            let refus = sqlx::query(interdit).execute(&mut connexion).await.expect_err(interdit);
            assert!(refus.to_string().contains("le registre ne s"), "{interdit}: {refus}");
        }
        assert_eq!(application.tout().await, avant);
    });
}

#[test]
fn a_year_is_credited_once_and_the_ledger_says_what_the_statement_says() {
    essai(async |application| {
        application.importer_octets(&genere(&plan(60)).octets, false).await;
        let premier = application.alimenter(2024).await;
        assert!(premier.inscrites > 150 && premier.deja == 0, "{premier}");
        let tout = application.tout().await;
        let second = application.alimenter(2024).await;
        assert_eq!((second.inscrites, second.contre_ecritures, second.deja), (0, 0, premier.inscrites), "{second}");
        assert_eq!(second.concernees, premier.concernees);
        assert_eq!(application.tout().await, tout);
    });
}

/// Compares the ledger of everybody with their statement; gives how many were compared.
async fn comparer(application: &Application) -> usize {
    let etat = &application.etat;
    let sql = "SELECT personne, CAST(centimes AS TEXT) FROM ecritures";
    let mut registre: BTreeMap<String, i64> = BTreeMap::new();
    for ligne in application.lignes(sql).await {
        let (personne, centimes) = ligne.split_once(" | ").expect("two columns");
        *registre.entry(personne.to_owned()).or_default() += centimes.parse::<i64>().expect("cents");
    }
    for (personne, centimes) in &registre {
        let situation = etat.store.situation(personne).await.expect("a situation").expect("a person");
        let releve = calculer(&situation, etat.clock.aujourdhui(), &etat.bareme());
        // Years of work alone: neither hours of before, nor money of others, nor what was spent.
        let d_une_annee = |ligne: &&Ligne| {
            ligne.poche == Poche::Cpf && !matches!(ligne.motif, Motif::HeuresConverties { .. } | Motif::Depense(_))
        };
        let lignes = releve.lignes.iter().chain(&releve.acquises);
        assert_eq!(*centimes, lignes.filter(d_une_annee).map(|ligne| ligne.montant.centimes()).sum::<i64>());
    }
    registre.len()
}

#[test]
fn the_ledger_of_everybody_agrees_with_their_statement_even_when_an_employer_says_everything_again() {
    essai(async |application| {
        let fichier = genere(&plan(60)).octets;
        application.importer_octets(&fichier, false).await;
        for annee in 2019..=2025 {
            application.alimenter(annee).await;
        }
        let compares = comparer(&application).await;
        assert!(compares > 150, "{compares}");
        // Every declaration again, later in order, and with other hours.
        let latin1: String = fichier.iter().map(|octet| char::from(*octet)).collect();
        let corrige =
            latin1.replace("S20.G00.05.004,'", "S20.G00.05.004,'9").replace("53.002,'151.67'", "53.002,'20.00'");
        let corrige: Vec<u8> = corrige.chars().map(|signe| signe as u8).collect();
        let bilan = application.importer_octets(&corrige, false).await;
        assert!(bilan.changements.corrigees > 50, "{bilan}");
        let bilan = application.alimenter(2024).await;
        assert!(bilan.contre_ecritures > 40, "{bilan}");
        assert_eq!(comparer(&application).await, compares);
        assert_eq!(application.alimenter(2024).await.inscrites, 0);
    });
}

#[test]
fn the_ledger_agrees_with_the_statement_to_the_cent_before_and_after_a_correction() {
    essai(async |application| {
        dire(&application, 2023, "803").await;
        dire(&application, 2024, "1607").await;
        let mut camille = camille_inscrite(&application).await;
        for annee in [2023, 2024] {
            application.alimenter(annee).await;
        }
        assert_eq!(camille.lire("/api/droits").await.json()["solde"], "749.85");
        assert_eq!(registre(&application).await, 74_985);
        // The employer corrects a year that was credited: nothing moves until the next credit, but what
        // was known is kept, and the correction has its day.
        dire(&application, 2024, "400").await;
        let historique = camille.lire("/api/historique").await.json();
        let solde = centimes(&historique["releve"]["solde"]);
        assert_eq!(solde, 24_985 + 12_446);
        let lignes = historique["releve"]["lignes"].as_array().expect("lines").clone();
        assert_eq!(lignes.len(), 4);
        assert_eq!(lignes[1]["montant"], "500.00");
        assert_eq!((&lignes[2]["montant"], &lignes[2]["date"]), (&"-500.00".into(), &"2026-11-23".into()));
        assert_eq!(lignes[3]["montant"], "124.46");
        assert_eq!(registre(&application).await, 74_985);
        let bilan = application.alimenter(2024).await;
        assert_eq!((bilan.inscrites, bilan.contre_ecritures), (1, 1));
        assert_eq!(registre(&application).await, solde);
        let ecritures = application
            .lignes("SELECT CAST(rang AS TEXT), date, CAST(centimes AS TEXT), COALESCE(CAST(corrige AS TEXT), '') FROM ecritures WHERE annee = 2024 AND rang > 1")
            .await;
        assert_eq!(ecritures, ["2 | 2026-11-23 | -50000 | 1", "3 | 2026-11-23 | 12446 | "]);
        assert_eq!(application.alimenter(2024).await.inscrites, 0);
    });
}

#[test]
fn corrections_of_one_day_of_several_days_and_down_to_nothing_agree_too() {
    essai(async |application| {
        dire(&application, 2024, "1607").await;
        camille_inscrite(&application).await;
        application.alimenter(2024).await;
        for (heures, jours) in [("400", 0), ("300", 0), ("0", 1), ("1607", 0), ("200", 2), ("200", 0)] {
            application.etat.clock.avancer(Duration::from_secs(jours * 24 * 3_600));
            dire(&application, 2024, heures).await;
            application.alimenter(2024).await;
            assert_eq!(application.alimenter(2024).await.inscrites, 0, "{heures}");
            let mut camille_ = application.anonyme();
            assert_eq!(camille_.connecter("c@exemple.fr", testbed::MOT_DE_PASSE).await.statut, 200);
            let solde = centimes(&camille_.lire("/api/historique").await.json()["releve"]["solde"]);
            assert_eq!(registre(&application).await, solde, "{heures}");
        }
    });
}

#[test]
fn what_is_taken_back_of_one_year_is_never_mistaken_for_another_of_the_same_day_and_amount() {
    essai(async |application| {
        let alimenter = async || {
            for annee in [2023, 2024] {
                application.alimenter(annee).await;
            }
        };
        // Both years corrected to 500 € on one day, then 2023 to nothing and 2024 to as much on another.
        for (annees, jours) in [(["803", "803"], 1), (["1607", "1607"], 1), (["0", "1500"], 0)] {
            for (annee, heures) in [2023, 2024].into_iter().zip(annees) {
                dire(&application, annee, heures).await;
            }
            alimenter().await;
            application.etat.clock.avancer(Duration::from_secs(jours * 24 * 3_600));
        }
        let empreinte = application.etat.coffre.empreinte_nir("1800175999029");
        let sql = format!(
            "SELECT CAST(e.rang AS TEXT), CAST(e.centimes AS TEXT) FROM ecritures e JOIN personnes p ON p.id = e.personne
             WHERE e.annee = 2024 AND p.nir_empreinte = '{empreinte}'"
        );
        let de_2024 = application.lignes(&sql).await;
        assert_eq!(de_2024, ["1 | 24985", "2 | -24985", "3 | 50000"]);
        assert_eq!(registre(&application).await, 50_000);
        assert_eq!(application.alimenter(2024).await.inscrites, 0);
    });
}

#[test]
fn a_year_over_but_not_credited_yet_is_written_under_its_day_to_come() {
    essai_avec(
        |s| s.bareme.jour_de_credit = JourDeCredit::new(6, 30).expect("a day"),
        async |application| {
            application.etat.clock.avancer(Duration::from_secs(60 * 24 * 3_600));
            dire(&application, 2026, "1607").await;
            application.alimenter(2026).await;
            let lignes =
                application.lignes("SELECT date, CAST(centimes AS TEXT) FROM ecritures WHERE annee = 2026").await;
            assert_eq!(lignes, ["2027-06-30 | 50000"]);
            // Known before its day, a correction changes what will be credited.
            dire(&application, 2026, "803").await;
            application.alimenter(2026).await;
            assert_eq!(registre(&application).await, 24_985);
            assert_eq!(application.alimenter(2026).await.inscrites, 0);
        },
    );
}

#[test]
fn the_report_tells_who_was_stopped_by_the_ceiling_and_to_whom_a_year_gives_nothing() {
    essai(async |application| {
        let csv = "nir;nom_naissance;prenoms;date_naissance;annee;jours;statut\n\
                   1800175999029;Nouvel;Camille;12/01/1980;2025;365;independant\n\
                   2650669999012;Lhéritier;Maëlle;02/06/1965;2025;218;salarie\n";
        assert_eq!(application.importer_csv(csv, false).await.ecarts(), 0);
        let bilan = application.alimenter(2025).await;
        assert_eq!(bilan.refus.values().sum::<u64>(), 1, "{bilan}");
        assert!(bilan.au_plafond >= 1, "{bilan}");
        assert!(bilan.to_string().contains("cotisation à la formation non payée"), "{bilan}");
    });
}

#[test]
fn closing_an_account_leaves_the_ledger_and_still_works() {
    essai(async |application| {
        application.alimenter(2019).await;
        let avant = application.lignes("SELECT personne, CAST(centimes AS TEXT) FROM ecritures").await;
        let mut dominique_ = application.inscrit(dominique()).await;
        let corps = serde_json::json!({ "mot_de_passe": testbed::MOT_DE_PASSE });
        let reponse = dominique_.json(testbed::Method::DELETE, "/api/profil", &corps).await;
        assert_eq!(reponse.statut, 204, "{}", reponse.texte());
        let mut inconnu = application.inscrit(camille()).await;
        assert_eq!(inconnu.json(testbed::Method::DELETE, "/api/profil", &corps).await.statut, 204);
        assert_eq!(application.lignes("SELECT personne, CAST(centimes AS TEXT) FROM ecritures").await, avant);
        assert_eq!(application.alimenter(2019).await.inscrites, 0);
    });
}

#[test]
fn a_dif_is_declared_until_its_last_day_and_refused_the_day_after() {
    essai_avec(
        |s| s.bareme.fin_declaration_dif = Some(Jour::date(2026, 11, 23)),
        async |application| {
            let mut renaud = application.renaud().await;
            assert_eq!(renaud.declarer(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
            application.etat.clock.avancer(Duration::from_secs(15 * 3_600));
            let mut renaud_ = application.anonyme();
            assert_eq!(renaud_.connecter("renaud@exemple.fr", testbed::MOT_DE_PASSE).await.statut, 200);
            // The same submission again is the one that was recorded.
            assert_eq!(renaud_.declarer(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
            renaud_.cle = "une-autre-cle-0123".into();
            let champs = [("heures", "12"), ("rapport", "ajoute")];
            renaud_.declarer(&champs, Some(b"%PDF-1.7")).await.est_un_refus(409, "dif_clos");
            assert_eq!(application.fichiers_de_pieces(), 1);
        },
    );
    essai_avec(
        |s| s.bareme.fin_declaration_dif = Some(Jour::date(2021, 6, 30)),
        async |application| {
            let mut renaud = application.renaud().await;
            renaud.declarer(&[("heures", "12")], Some(b"%PDF-1.7")).await.est_un_refus(409, "dif_clos");
        },
    );
}

#[test]
fn the_last_day_to_declare_a_dif_is_told_before_anything_is_sent() {
    const OU: [(&str, &str); 3] = [("/api/dif", "fin"), ("/api/droits", "fin_dif"), ("/api/historique", "fin_dif")];
    essai_avec(
        |s| s.bareme.fin_declaration_dif = Some(Jour::date(2021, 6, 30)),
        async |application| {
            let mut renaud = application.renaud().await;
            for (chemin, membre) in OU {
                assert_eq!(renaud.lire(chemin).await.json()[membre], "2021-06-30", "{chemin}");
            }
        },
    );
    essai(async |application| {
        let mut renaud = application.renaud().await;
        for (chemin, membre) in OU {
            assert!(renaud.lire(chemin).await.json().get(membre).is_none(), "{chemin}");
        }
    });
}
