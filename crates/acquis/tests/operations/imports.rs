//! Declarations of employers and files of activities, from their bytes to the years of people.

use dsn::generateur::Plan;
use serde_json::json;
use testbed::{Application, essai, exemple, genere, inscription, plan, sommes};

/// The hours and days that the database holds for a NIR in a year, all records together.
async fn verifier_les_sommes(application: &Application, fichier: &dsn::generateur::Fichier) {
    let mut attendues: Vec<String> = sommes(fichier)
        .into_iter()
        .flat_map(|((nir, annee), (heures, jours))| {
            let empreinte = application.etat.coffre.empreinte_nir(&nir);
            [("heures", heures), ("jours", jours)]
                .into_iter()
                .filter(|(_, n)| *n > 0)
                .map(move |(unite, n)| format!("{empreinte} | {annee} | {unite} | {n}"))
        })
        .collect();
    attendues.sort();
    let lues = application
        .lignes(
            "SELECT p.nir_empreinte, CAST(a.annee AS TEXT), a.unite, CAST(a.travail AS TEXT)
             FROM activites a JOIN personnes p ON p.id = a.personne WHERE a.origine = 'dsn' AND a.travail > 0",
        )
        .await;
    assert_eq!(lues.len(), attendues.len());
    assert_eq!(lues, attendues);
}

#[test]
fn the_hours_of_every_person_are_those_of_an_independent_sum() {
    essai(async |application| {
        let fichier = genere(&plan(120));
        let avant = application.compter("personnes").await;
        let bilan = application.importer_octets(&fichier.octets, false).await;
        assert!(bilan.annulees > 0 && bilan.remplacees > bilan.annulees, "{bilan}");
        verifier_les_sommes(&application, &fichier).await;
        let nouvelles = application.compter("personnes").await - avant;
        assert_eq!(bilan.personnes_nouvelles() as i64, nouvelles);
        assert!(nouvelles > 300);
        // One person works for the three employers.
        let plusieurs = application
            .lignes(
                "SELECT personne FROM mois_dsn m JOIN declarations_dsn d ON d.id = m.declaration
                 GROUP BY personne HAVING COUNT(DISTINCT d.siret) = 3",
            )
            .await;
        assert_eq!(plusieurs.len(), 1);
        // People without a NIR yet are told, not lost in silence.
        assert!(!bilan.est_sans_perte());
        assert!(bilan.to_string().contains("Numéro temporaire"), "{bilan}");
    });
}

#[test]
fn importing_twice_changes_nothing_and_says_so() {
    essai(async |application| {
        let fichier = genere(&plan(30));
        let premier = application.importer_octets(&fichier.octets, false).await;
        let tout = application.tout().await;
        let second = application.importer_octets(&fichier.octets, false).await;
        assert_eq!(application.tout().await, tout);
        assert_eq!((second.nouvelles, second.remplacees, second.personnes_nouvelles()), (0, 0, 0));
        assert_eq!(second.deja_la + second.depassees, premier.nouvelles + premier.remplacees);
        assert_eq!(second.changements.annees, 0);
    });
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    essai(async |application| {
        let fichier = genere(&plan(20));
        let avant = application.tout().await;
        let a_blanc = application.importer_octets(&fichier.octets, true).await;
        assert_eq!(application.tout().await, avant);
        let vrai = application.importer_octets(&fichier.octets, false).await;
        assert_eq!(a_blanc.to_string(), vrai.to_string());
    });
}

async fn heures_de_2026(application: &Application) -> Vec<String> {
    application.lignes("SELECT CAST(travail AS TEXT) FROM activites WHERE annee = 2026").await
}

#[test]
fn a_declaration_is_replaced_cancelled_and_never_by_an_earlier_one() {
    const ORDRE: &str = "S20.G00.05.004,'1'";
    essai(async |application| {
        application.importer_octets(&exemple(&[]), false).await;
        assert_eq!(heures_de_2026(&application).await, ["14467"]);
        let remplacee = exemple(&[(ORDRE, "S20.G00.05.004,'5'"), ("'144.67'", "'100.00'")]);
        let bilan = application.importer_octets(&remplacee, false).await;
        assert_eq!((bilan.remplacees, bilan.changements.annees), (1, 1));
        assert_eq!(heures_de_2026(&application).await, ["10000"]);
        let bilan = application.importer_octets(&exemple(&[]), false).await;
        assert_eq!((bilan.depassees, bilan.remplacees), (1, 0));
        assert_eq!(heures_de_2026(&application).await, ["10000"]);
        let annule = exemple(&[(ORDRE, "S20.G00.05.004,'6'"), ("S20.G00.05.002,'01'", "S20.G00.05.002,'04'")]);
        let bilan = application.importer_octets(&annule, false).await;
        assert_eq!((bilan.remplacees, bilan.annulees), (1, 1));
        assert!(heures_de_2026(&application).await.is_empty());
    });
}

#[test]
fn a_month_that_comes_back_in_two_parts_is_counted_once() {
    essai(async |application| {
        application.importer_octets(&exemple(&[]), false).await;
        for (fraction, ordre, heures) in [("12", "2", "50.00"), ("22", "3", "94.67")] {
            let partie = exemple(&[
                ("S20.G00.05.003,'11'", &format!("S20.G00.05.003,'{fraction}'")),
                ("S20.G00.05.004,'1'", &format!("S20.G00.05.004,'{ordre}'")),
                ("'144.67'", &format!("'{heures}'")),
            ]);
            application.importer_octets(&partie, false).await;
        }
        assert_eq!(heures_de_2026(&application).await, ["14467"]);
        assert_eq!(application.compter("declarations_dsn").await, 2);
        // The old division comes in late: it says nothing any more.
        assert_eq!(application.importer_octets(&exemple(&[]), false).await.depassees, 1);
        assert_eq!(application.compter("declarations_dsn").await, 2);
    });
}

#[test]
fn a_declaration_that_was_cut_is_not_kept_and_the_report_says_it() {
    essai(async |application| {
        let avant = application.tout().await;
        let octets = exemple(&[]);
        let coupe = octets.windows(7).position(|f| f == b"S90.G00").expect("an end");
        let bilan = application.importer_octets(&octets[..coupe], false).await;
        assert_eq!((bilan.coupees, bilan.nouvelles), (1, 0));
        assert!(!bilan.est_sans_perte());
        assert_eq!(application.tout().await, avant);
        let bilan = application.importer_octets(b"ceci n'est pas une DSN\n\xff\xfe", false).await;
        assert!(!bilan.est_sans_perte());
        assert_eq!(application.tout().await, avant);
    });
}

#[test]
fn a_declaration_that_lost_a_person_on_its_way_does_not_replace_a_whole_one() {
    essai(async |application| {
        application.importer_octets(&exemple(&[]), false).await;
        let tout = application.tout().await;
        let corrigee = exemple(&[("S20.G00.05.004,'1'", "S20.G00.05.004,'5'")]);
        let texte = String::from_utf8(corrigee).expect("a text");
        let (tete, _) = texte.split_once("S21.G00.30.001").expect("a person");
        let amputee = format!("{tete}S90.G00.90.001,'34'\nS90.G00.90.002,'1'\n");
        let autre_mois =
            String::from_utf8(exemple(&[("01012026", "01022026"), ("31012026", "28022026")])).expect("a text");
        // The envelope beside it is sound, and taken in.
        let bilan = application.importer_octets((amputee.clone() + &autre_mois).as_bytes(), false).await;
        assert_eq!((bilan.refusees, bilan.nouvelles, bilan.remplacees, bilan.douteuses), (1, 1, 0, 0), "{bilan}");
        assert!(!bilan.est_sans_perte());
        assert!(
            bilan.to_string().contains("essai.dsn, ligne 4 [écarté] Déclaration d'un envoi dont les totaux"),
            "{bilan}"
        );
        let mois = "SELECT CAST(mois AS TEXT), CAST(heures AS TEXT) FROM mois_dsn";
        assert_eq!(application.lignes(mois).await, ["1 | 14467", "2 | 14467"]);
        // Alone, nothing changes at all.
        let avant = application.tout().await;
        assert!(avant.len() > tout.len());
        application.importer_octets(amputee.as_bytes(), false).await;
        assert_eq!(application.tout().await, avant);
        // An envelope without its end says nothing of its first declaration either.
        let coupe =
            texte.replace("S90", "S20.G00.05.001,'01'\nS90").split("S90").next().expect("a beginning").to_owned();
        let bilan = application.importer_octets(coupe.as_bytes(), false).await;
        assert_eq!((bilan.refusees, bilan.remplacees), (1, 0), "{bilan}");
        assert_eq!(application.tout().await, avant);
    });
}

#[test]
fn dates_that_no_database_admits_are_told_and_stop_nothing() {
    essai(async |application| {
        for (avant, apres) in [("'28031979'", "'28031579'"), ("51.002,'31012026'", "51.002,'31019999'")] {
            let bilan = application.importer_octets(&exemple(&[(avant, apres)]), false).await;
            assert_eq!((bilan.ecarts(), bilan.nouvelles + bilan.remplacees), (1, 1), "{bilan}");
            assert!(heures_de_2026(&application).await.is_empty());
        }
    });
}

#[test]
fn maternity_is_kept_as_work_and_the_rest_of_an_absence_is_not() {
    essai(async |application| {
        let arret = "S21.G00.40.014,'10'\nS21.G00.60.001,'02'\nS21.G00.60.002,'31122025'\nS21.G00.60.003,'30042026'";
        let octets = exemple(&[
            ("S21.G00.40.014,'10'", arret),
            ("'144.67'", "'10.00'"),
            ("'7.00'", "'140.00'"),
            ("S90.G00.90.001,'34'", "S90.G00.90.001,'37'"),
        ]);
        let bilan = application.importer_octets(&octets, false).await;
        assert!(bilan.est_sans_perte(), "{bilan}");
        let absences = application.lignes("SELECT absences FROM activites WHERE annee = 2026").await;
        assert_eq!(absences, ["maternite:heures:14000"]);
    });
}

#[test]
fn hours_never_go_to_an_account_opened_under_another_name() {
    essai(async |application| {
        // Camille's number is known of nobody; somebody opened an account with it.
        application.inscrit(testbed::camille()).await;
        let octets = exemple(&[
            ("2790351215189", "1800175999029"),
            ("'28031979'", "'12011980'"),
            ("'PAT-TROIS'", "'TOUT AUTRE'"),
        ]);
        let bilan = application.importer_octets(&octets, false).await;
        assert_eq!(bilan.ecarts(), 1);
        assert!(heures_de_2026(&application).await.is_empty());
        assert!(!bilan.to_string().contains("1800175999029"));
        // Once the name is mended, the same declaration is looked at again.
        let mendee = String::from_utf8(octets).expect("a text").replace("TOUT AUTRE", "NOUVEL").into_bytes();
        assert_eq!(application.importer_octets(&mendee, false).await.ecarts(), 0);
        assert_eq!(heures_de_2026(&application).await, ["14467"]);
    });
}

#[test]
fn an_account_opened_later_with_that_number_finds_the_hours() {
    essai(async |application| {
        let octets = exemple(&[
            ("2790351215189", "1800175999029"),
            ("'28031979'", "'12011980'"),
            ("'PAT-TROIS'", "'NOUVEL'"),
            ("'DOMINIQUE MARIE-LOUISE'", "'CAMILLE'"),
            ("01012026", "01012025"),
            ("31012026", "31012025"),
        ]);
        let bilan = application.importer_octets(&octets, false).await;
        assert_eq!(bilan.personnes_nouvelles(), 1);
        let corps = inscription("Nouvel", "Camille", "12/01/1980", "1800175999029", "09", "camille@exemple.fr");
        let mut camille = application.inscrit(corps).await;
        let historique = camille.lire("/api/historique").await.json();
        assert_eq!(historique["connu"], true);
        assert_eq!(historique["releve"]["solde"], "45.02");
    });
}

#[test]
fn a_file_of_activities_is_read_line_by_line_and_its_faults_are_told() {
    essai(async |application| {
        let entete =
            "nir;nom_naissance;prenoms;date_naissance;annee;heures;duree_reference;statut;jours;cotisation_payee_le";
        let csv = format!(
            "{entete}\n\
             1800175999029;Nouvel;Camille;12/01/1980;2024;803,5;;;;\n\
             180017599902909;Nouvel;Camille;1980-01-12;2025;1607.00;1600;salarie;;\n\
             1800175999029;Nouvel;Camille;12/01/1980;2023;;;independant;365;15/05/2024\n\
             1800175999028;Nouvel;Camille;12/01/1980;2023;1e3;;;;\n\
             1800175999029;Nouvel;Camille;12/01/1980;2024;12;;;;\n\
             18001;Nouvel;Camille;12/01/1980;2024;12;;;;\n\
             1800175999029;Nouvel;Camille;12/01/1980;2024;12;;mineur;;\n"
        );
        let a_blanc = application.importer_csv(&csv, true).await;
        let bilan = application.importer_csv(&csv, false).await;
        assert_eq!(a_blanc.to_string(), bilan.to_string());
        assert_eq!((bilan.lignes, bilan.ecarts(), bilan.personnes_nouvelles()), (3, 4, 1), "{bilan}");
        let compte_rendu = bilan.to_string();
        for attendu in
            ["ligne 5 [écarté] heures", "ligne 6 [écarté] La même", "ligne 7 [écarté] nir", "ligne 8 [écarté] statut"]
        {
            assert!(compte_rendu.contains(attendu), "{attendu}: {compte_rendu}");
        }
        assert!(!compte_rendu.contains("18001"), "{compte_rendu}");
        let tout = application.tout().await;
        let encore = application.importer_csv(&csv, false).await;
        assert_eq!((encore.changements.annees, encore.personnes_nouvelles()), (0, 0));
        assert_eq!(application.tout().await, tout);
        // A zero takes a line back.
        let retire = format!("{entete}\n1800175999029;Nouvel;Camille;12/01/1980;2024;0;;;;\n");
        assert_eq!(application.importer_csv(&retire, false).await.changements.annees, 1);
        let corps = inscription("Nouvel", "Camille", "12/01/1980", "1800175999029", "09", "camille@exemple.fr");
        let mut camille = application.inscrit(corps).await;
        assert_eq!(camille.lire("/api/droits").await.json()["solde"], json!("1000.00"));
    });
}

#[test]
fn nothing_of_a_person_is_written_in_clear_nor_told_in_the_report() {
    essai(async |application| {
        let fichier = genere(&Plan { employeurs: 1, salaries: 20, ..plan(20) });
        let bilan = application.importer_octets(&fichier.octets, false).await;
        let journal = String::from_utf8_lossy(&testbed::journal().lock().expect("the log").clone()).into_owned();
        let sent = String::from_utf8_lossy(&fichier.octets);
        assert!(!journal.is_empty(), "what is logged is kept");
        for (nir, _) in sommes(&fichier).into_keys() {
            assert!(sent.contains(&nir), "it was in the declaration");
            assert!(!bilan.to_string().contains(&nir));
            assert!(!journal.contains(&nir));
        }
    });
}
