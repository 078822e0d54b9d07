//! What happens to an account besides years of work: told once, from a file to the statement.

use serde_json::json;
use testbed::{Application, trial};

const HEADER: &str = "reference;nir;nom_naissance;prenoms;date_naissance;nature;date;fin;montant;heures;annee;financeur;categorie;objet;sens;action";
const RENAUD: &str = "1800175999001;Ambroise;Renaud;15/01/1980";

async fn import(application: &Application, lignes: &[String]) -> batch::import::Report {
    let text = format!("{HEADER}\n{}\n", lignes.join("\n"));
    application.import_file(&text, false).await
}

fn abondement(reference: &str, end: &str) -> String {
    format!("{reference};{RENAUD};abondement;02/03/2026;{end};1000,00;;;Employeur;;;;Titre")
}

#[test]
fn what_happens_to_an_account_is_on_its_statement() {
    trial(async |application| {
        let lignes = [
            abondement("A-1", ""),
            format!("E-1;{RENAUD};engagement;2024-09-02;;;;2023;;benevolat;;;"),
            format!("D-1;{RENAUD};depense;01/06/2026;;1500;;;;;formation;;Titre"),
            format!("R-1;{RENAUD};retraite;01/10/2026;;;;;;;;;"),
        ];
        let report = import(&application, &lignes).await;
        assert!(report.is_lossless(), "{report}");
        assert_eq!((report.new_evenements, report.new_people()), (4, 0));
        let mut renaud = application.renaud().await;
        let historique = renaud.fetch("/api/historique").await.json();
        // 525 € of hours, 500 € of 2019, 240 € and 1 000 €, less 1 500 €.
        assert_eq!(historique["releve"]["solde"], "765.00");
        assert_eq!(historique["releve"]["etat"], "gele");
        let droits = renaud.fetch("/api/droits").await.json();
        assert_eq!((&droits["solde"], &droits["hors_plafond"]), (&json!("765.00"), &json!("240.00")));
        assert_eq!(droits["etat"], "gele");
    });
}

#[test]
fn volunteering_of_2017_is_hours_in_2018_and_euros_since_2019() {
    trial(async |application| {
        let report =
            import(&application, &[format!("E-1;{RENAUD};engagement;10/01/2018;;;;2017;;sapeur_pompier;;;")]).await;
        assert!(report.is_lossless(), "{report}");
        let mut renaud = application.renaud().await;
        let mut of_volunteering = async |day: &str| {
            let historique = renaud.fetch(&format!("/api/historique?au={day}")).await.json();
            let lignes = historique["releve"]["lignes"].as_array().expect("lines").clone();
            lignes.into_iter().filter(|ligne| ligne["poche"] == "cec").collect::<Vec<_>>()
        };
        let hours = of_volunteering("2018-12-31").await;
        assert_eq!((hours.len(), &hours[0]["heures"], &hours[0]["montant"]), (1, &json!("20"), &json!("0.00")));
        let euros = of_volunteering("2019-01-01").await;
        assert_eq!((euros.len(), &euros[1]["heures"], &euros[1]["montant"]), (2, &json!("-20"), &json!("240.00")));
        assert_eq!(euros[1]["source"], json!({"texte": "Décret n° 2018-1349", "article": "article 1er"}));
    });
}

#[test]
fn an_event_told_twice_is_one_and_only_its_end_may_be_told_later() {
    trial(async |application| {
        import(&application, &[abondement("A-1", "")]).await;
        let all = application.all().await;
        let still = import(&application, &[abondement("A-1", "")]).await;
        assert_eq!((still.known_evenements, still.new_evenements, still.gaps()), (1, 0, 0));
        assert_eq!(application.all().await, all);
        let other = import(&application, &[abondement("A-1", "").replace("1000,00", "2000,00")]).await;
        assert_eq!(other.gaps(), 1, "{other}");
        assert!(other.to_string().contains("ne se modifie pas"), "{other}");
        assert_eq!(application.all().await, all);
        let finished = import(&application, &[abondement("A-1", "30/06/2026")]).await;
        assert_eq!((finished.finished_evenements, finished.gaps()), (1, 0), "{finished}");
        let finished_again = import(&application, &[abondement("A-1", "31/07/2026")]).await;
        assert_eq!(finished_again.gaps(), 1, "{finished_again}");
        // What was not spent by then went back.
        let solde = application.renaud().await.fetch("/api/droits").await.json()["solde"].clone();
        assert_eq!(solde, "1025.00");
    });
}

#[test]
fn what_completes_the_rights_is_spent_after_them_and_what_is_added_to_them_before() {
    trial(async |application| {
        let header = format!("{HEADER};complement");
        let depense = format!("D-1;{RENAUD};depense;01/06/2026;;1100;;;;;formation;;;");
        let addition = |reference: &str, complement: &str| {
            format!("{reference};{RENAUD};abondement;02/03/2026;;1000;;;Employeur;;;;;{complement}")
        };
        let lignes = [addition("A-1", "oui"), addition("A-2", "non"), addition("A-3", ""), depense];
        let report = application.import_file(&format!("{header}\n{}\n", lignes.join("\n")), false).await;
        assert!(report.is_lossless(), "{report}");
        let droits = application.renaud().await.fetch("/api/droits").await.json();
        // 1 100 € of the two sums added; the 1 025 € of the account and the complement are whole.
        assert_eq!((&droits["solde"], &droits["hors_plafond"]), (&json!("2925.00"), &json!("1900.00")));
        let wrong = application.import_file(&format!("{header}\n{}\n", addition("A-4", "peut-être")), false).await;
        assert!(wrong.to_string().contains("complement : oui ou non"), "{wrong}");
    });
}

#[test]
fn what_an_agreement_gives_names_it_and_its_text_and_obeys_the_ceiling_as_it_says() {
    trial(async |application| {
        let header = format!("{HEADER};accord;plafond;saisonnier");
        let accord = |reference: &str, montant: &str, said: &str| {
            format!("{reference};{RENAUD};accord;02/03/2026;;{montant};;;Ateliers Morel;;;;;{said}")
        };
        let lignes = [
            accord("C-1", "5000", "Accord du 12 mars 2024;dans;"),
            accord("C-2", "300", "Accord du 12 mars 2024;hors;non"),
            accord("C-3", "50", "Décision du 1er juin 2025;hors;oui"),
        ];
        let report = application.import_file(&format!("{header}\n{}\n", lignes.join("\n")), false).await;
        assert!(report.is_lossless(), "{report}");
        let again = application.import_file(&format!("{header}\n{}\n", lignes.join("\n")), false).await;
        assert_eq!((again.known_evenements, again.gaps()), (3, 0), "{again}");
        let mut renaud = application.renaud().await;
        let historique = renaud.fetch("/api/historique").await.json();
        let of_agreements: Vec<_> = historique["releve"]["lignes"]
            .as_array()
            .expect("lines")
            .iter()
            .filter(|ligne| ligne["motif"]["abondement"]["accord"].is_string())
            .map(|ligne| {
                let facts = &ligne["motif"]["abondement"];
                let [montant, withheld, accord, article] =
                    [&ligne["montant"], &ligne["retenu"], &facts["accord"], &ligne["source"]["article"]]
                        .map(|value| value.as_str().expect("a text").to_owned());
                (montant, withheld, accord, article)
            })
            .collect();
        let line = |montant: &str, withheld: &str, accord: &str, article: &str| {
            (montant.to_owned(), withheld.to_owned(), accord.to_owned(), article.to_owned())
        };
        let company = "L6323-11, al. 4, et R6323-2";
        // 1 025 € were there: 3 975 fit below 5 000.
        assert_eq!(
            of_agreements,
            [
                line("3975.00", "1025.00", "Accord du 12 mars 2024", company),
                line("300.00", "0.00", "Accord du 12 mars 2024", company),
                line("50.00", "0.00", "Décision du 1er juin 2025", "L6323-11, al. 7"),
            ]
        );
        let droits = renaud.fetch("/api/droits").await.json();
        assert_eq!((&droits["solde"], &droits["hors_plafond"]), (&json!("5350.00"), &json!("350.00")));
        for (said, expected) in [
            ("Accord;;", "plafond : dans ou hors"),
            ("Accord;peut-être;", "plafond : dans ou hors"),
            (";dans;", "accord : un texte de 1 à 80 signes"),
            ("Accord;dans;parfois", "saisonnier : oui ou non"),
        ] {
            let refused = application.import_file(&format!("{header}\n{}\n", accord("C-9", "10", said)), false).await;
            assert_eq!(refused.gaps(), 1, "{refused}");
            assert!(refused.to_string().contains(expected), "{refused}");
        }
        let earmarked = accord("C-9", "10", "Accord;dans;").replace("Morel;;;;;", "Morel;;;;RNCP1;");
        let refused = application.import_file(&format!("{header}\n{earmarked}\n"), false).await;
        assert!(refused.to_string().contains("La colonne action ne vaut pas pour un accord"), "{refused}");
    });
}

#[test]
fn an_agreement_told_after_the_credit_is_put_right_in_the_ledger_once() {
    trial(async |application| {
        application.alimentation(2019).await;
        let ledger = async || {
            let sql = "SELECT e.annee || ' ' || e.centimes || ' ' || e.retenu FROM ecritures e JOIN personnes p ON p.id = e.personne
                       WHERE p.nir_empreinte = '";
            let digest = application.state.vault.nir_digest("1800175999001");
            application.rows(&format!("{sql}{digest}' ORDER BY e.annee, e.rang")).await
        };
        assert_eq!(ledger().await, ["2019 50000 0"]);
        let header = format!("{HEADER};accord;plafond");
        let line = format!("C-1;{RENAUD};accord;02/03/2020;;4400;;;Ateliers Morel;;;;;Accord du 12 mars 2019;dans");
        let report = application.import_file(&format!("{header}\n{line}\n"), false).await;
        assert!(report.is_lossless(), "{report}");
        // 525 € of hours and 4 400 leave 75 € of the 500 of 2019.
        let droits = application.renaud().await.fetch("/api/droits").await.json();
        assert_eq!(droits["solde"], "5000.00");
        application.alimentation(2019).await;
        assert_eq!(ledger().await, ["2019 -50000 0", "2019 50000 0", "2019 7500 42500"]);
        assert_eq!(application.alimentation(2019).await.recorded_ones, 0);
        assert_eq!(ledger().await.len(), 3);
    });
}

#[test]
fn a_death_found_wrong_opens_the_account_again() {
    trial(async |application| {
        let deces = |end: &str| format!("M-1;{RENAUD};deces;01/07/2026;{end};;;;;;;;");
        import(&application, &[deces("")]).await;
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.fetch("/api/droits").await.json()["etat"], "ferme");
        import(&application, &[deces("15/07/2026")]).await;
        let droits = renaud.fetch("/api/droits").await.json();
        assert_eq!((&droits["etat"], &droits["solde"]), (&json!("ouvert"), &json!("1025.00")));
    });
}

#[test]
fn each_wrong_line_is_told_with_what_is_expected_and_nothing_of_it_is_written() {
    trial(async |application| {
        let before = application.count("evenements").await;
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
            format!("X-12;{RENAUD};abondement;01/07/2026;31/12/2026;10;;;Employeur;;;;"),
            format!("X-13;{RENAUD};conversion;31/12/2019;;;;;;;;euros_en_heures;"),
            format!("X-14;{RENAUD};conversion;01/01/2020;;;;;;;;euros_en_heures;"),
            format!("X-15;{RENAUD};engagement;31/12/2016;;;;2017;;benevolat;;;"),
            format!("X-16;{RENAUD};engagement;01/01/2017;;;;2016;;benevolat;;;"),
        ];
        let report = import(&application, &lignes).await;
        let said = report.to_string();
        for (ligne, expected) in [
            (2, "reference :"),
            (3, "nature : abondement, accord, engagement"),
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
            (15, "La colonne fin ne vaut que pour une somme réservée à une action (R6323-42-1)"),
            (16, "date : un jour passé, depuis le 01/01/2020"),
            (18, "date : un jour passé, depuis le 01/01/2017"),
            (19, "annee : une année de l’engagement citoyen, qui existe depuis 2017, est attendu"),
        ] {
            assert!(said.contains(&format!("ligne {ligne} [écarté] {expected}")), "{ligne} {expected}\n{said}");
        }
        assert_eq!((report.gaps(), report.new_evenements), (16, 2), "{said}");
        assert_eq!(application.count("evenements").await - before, 2);
        assert!(!said.contains("18001759"), "{said}");
    });
}

#[test]
fn a_dry_run_of_events_says_the_same_and_writes_nothing() {
    trial(async |application| {
        let text = format!("{HEADER}\n{}\n{}\n", abondement("A-1", ""), abondement("A-1", "").replace("1000", "9"));
        let before = application.count("evenements").await;
        let dry_run = application.import_file(&text, true).await;
        assert_eq!(application.count("evenements").await, before);
        assert_eq!(dry_run.to_string(), application.import_file(&text, false).await.to_string());
    });
}
