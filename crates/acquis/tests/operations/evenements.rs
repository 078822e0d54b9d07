//! What happens to an account besides years of work: told once, from a file to the statement.

use serde_json::json;
use testbed::{Application, essai};

const ENTETE: &str = "reference;nir;nom_naissance;prenoms;date_naissance;nature;date;fin;montant;heures;annee;financeur;categorie;objet;sens;action";
const RENAUD: &str = "1800175999001;Ambroise;Renaud;15/01/1980";

async fn importer(application: &Application, lignes: &[String]) -> batch::import::Bilan {
    let texte = format!("{ENTETE}\n{}\n", lignes.join("\n"));
    application.importer_fichier(&texte, false).await
}

fn abondement(reference: &str, fin: &str) -> String {
    format!("{reference};{RENAUD};abondement;02/03/2026;{fin};1000,00;;;Employeur;;;;Titre")
}

#[test]
fn what_happens_to_an_account_is_on_its_statement() {
    essai(async |application| {
        let lignes = [
            abondement("A-1", ""),
            format!("E-1;{RENAUD};engagement;2024-09-02;;;;2023;;benevolat;;;"),
            format!("D-1;{RENAUD};depense;01/06/2026;;1500;;;;;formation;;Titre"),
            format!("R-1;{RENAUD};retraite;01/10/2026;;;;;;;;;"),
        ];
        let bilan = importer(&application, &lignes).await;
        assert!(bilan.est_sans_perte(), "{bilan}");
        assert_eq!((bilan.evenements_nouveaux, bilan.personnes_nouvelles()), (4, 0));
        let mut renaud = application.renaud().await;
        let historique = renaud.lire("/api/historique").await.json();
        // 525 € of hours, 500 € of 2019, 240 € and 1 000 €, less 1 500 €.
        assert_eq!(historique["releve"]["solde"], "765.00");
        assert_eq!(historique["releve"]["etat"], "gele");
        let droits = renaud.lire("/api/droits").await.json();
        assert_eq!((&droits["solde"], &droits["hors_plafond"]), (&json!("765.00"), &json!("240.00")));
        assert_eq!(droits["etat"], "gele");
    });
}

#[test]
fn an_event_told_twice_is_one_and_only_its_end_may_be_told_later() {
    essai(async |application| {
        importer(&application, &[abondement("A-1", "")]).await;
        let tout = application.tout().await;
        let encore = importer(&application, &[abondement("A-1", "")]).await;
        assert_eq!((encore.evenements_connus, encore.evenements_nouveaux, encore.ecarts()), (1, 0, 0));
        assert_eq!(application.tout().await, tout);
        let autre = importer(&application, &[abondement("A-1", "").replace("1000,00", "2000,00")]).await;
        assert_eq!(autre.ecarts(), 1, "{autre}");
        assert!(autre.to_string().contains("ne se modifie pas"), "{autre}");
        assert_eq!(application.tout().await, tout);
        let fini = importer(&application, &[abondement("A-1", "30/06/2026")]).await;
        assert_eq!((fini.evenements_finis, fini.ecarts()), (1, 0), "{fini}");
        let refini = importer(&application, &[abondement("A-1", "31/07/2026")]).await;
        assert_eq!(refini.ecarts(), 1, "{refini}");
        // What was not spent by then went back.
        let solde = application.renaud().await.lire("/api/droits").await.json()["solde"].clone();
        assert_eq!(solde, "1025.00");
    });
}

#[test]
fn what_completes_the_rights_is_spent_after_them_and_what_is_added_to_them_before() {
    essai(async |application| {
        let entete = format!("{ENTETE};complement");
        let depense = format!("D-1;{RENAUD};depense;01/06/2026;;1100;;;;;formation;;;");
        let ajout = |reference: &str, complement: &str| {
            format!("{reference};{RENAUD};abondement;02/03/2026;;1000;;;Employeur;;;;;{complement}")
        };
        let lignes = [ajout("A-1", "oui"), ajout("A-2", "non"), ajout("A-3", ""), depense];
        let bilan = application.importer_fichier(&format!("{entete}\n{}\n", lignes.join("\n")), false).await;
        assert!(bilan.est_sans_perte(), "{bilan}");
        let droits = application.renaud().await.lire("/api/droits").await.json();
        // 1 100 € of the two sums added; the 1 025 € of the account and the complement are whole.
        assert_eq!((&droits["solde"], &droits["hors_plafond"]), (&json!("2925.00"), &json!("1900.00")));
        let faux = application.importer_fichier(&format!("{entete}\n{}\n", ajout("A-4", "peut-être")), false).await;
        assert!(faux.to_string().contains("complement : oui ou non"), "{faux}");
    });
}

#[test]
fn a_death_found_wrong_opens_the_account_again() {
    essai(async |application| {
        let deces = |fin: &str| format!("M-1;{RENAUD};deces;01/07/2026;{fin};;;;;;;;");
        importer(&application, &[deces("")]).await;
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.lire("/api/droits").await.json()["etat"], "ferme");
        importer(&application, &[deces("15/07/2026")]).await;
        let droits = renaud.lire("/api/droits").await.json();
        assert_eq!((&droits["etat"], &droits["solde"]), (&json!("ouvert"), &json!("1025.00")));
    });
}

#[test]
fn each_wrong_line_is_told_with_what_is_expected_and_nothing_of_it_is_written() {
    essai(async |application| {
        let avant = application.compter("evenements").await;
        let lignes = [
            format!(";{RENAUD};deces;01/07/2026;;;;;;;;;"),
            format!("X-1;{RENAUD};voyage;01/07/2026;;;;;;;;;"),
            format!("X-2;{RENAUD};deces;01/07/2999;;;;;;;;;"),
            format!("X-3;{RENAUD};abondement;01/07/2018;;10;;;Employeur;;;;"),
            format!("X-4;{RENAUD};abondement;01/07/2026;;0;;;Employeur;;;;"),
            format!("X-5;{RENAUD};abondement;01/07/2026;;10;;;;;;;"),
            format!("X-6;{RENAUD};abondement;01/07/2026;30/06/2026;10;;;Employeur;;;;"),
            format!("X-7;{RENAUD};depense;01/07/2026;;10;10;;;;;;"),
            format!("X-8;{RENAUD};depense;01/07/2026;;;1,5;;;;;;"),
            format!("X-9;{RENAUD};conversion;01/07/2026;;;;;;;;ailleurs;"),
            format!("X-10;{RENAUD};engagement;01/07/2026;;;;2025;;;;;"),
            format!("X-11;{RENAUD};deces;01/07/2026;;;;;;;;;"),
            format!("X-11;{RENAUD};retraite;01/07/2026;;;;;;;;;"),
        ];
        let bilan = importer(&application, &lignes).await;
        let dit = bilan.to_string();
        for (ligne, attendu) in [
            (2, "reference :"),
            (3, "nature : abondement, engagement"),
            (4, "date : un jour passé, depuis le 01/01/2015"),
            (5, "date : un jour passé, depuis le 01/01/2019"),
            (6, "montant :"),
            (7, "financeur :"),
            (8, "fin :"),
            (9, "Une colonne et une seule"),
            (10, "Une colonne et une seule"),
            (11, "sens :"),
            (12, "categorie :"),
            (14, "Cette référence est déjà donnée"),
        ] {
            assert!(dit.contains(&format!("ligne {ligne} [écarté] {attendu}")), "{ligne} {attendu}\n{dit}");
        }
        assert_eq!((bilan.ecarts(), bilan.evenements_nouveaux), (12, 1), "{dit}");
        assert_eq!(application.compter("evenements").await - avant, 1);
        assert!(!dit.contains("18001759"), "{dit}");
    });
}

#[test]
fn a_dry_run_of_events_says_the_same_and_writes_nothing() {
    essai(async |application| {
        let texte = format!("{ENTETE}\n{}\n{}\n", abondement("A-1", ""), abondement("A-1", "").replace("1000", "9"));
        let avant = application.compter("evenements").await;
        let a_blanc = application.importer_fichier(&texte, true).await;
        assert_eq!(application.compter("evenements").await, avant);
        assert_eq!(a_blanc.to_string(), application.importer_fichier(&texte, false).await.to_string());
    });
}
