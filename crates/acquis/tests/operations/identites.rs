//! Who a declaration speaks of: names mended, accounts protected, numbers that change, numbers that nobody
//! could have.

use testbed::{Application, camille, dit, essai, exemple, inscription};

use crate::program::acquis;

const CAMILLE: [(&str, &str); 4] = [
    ("2790351215189", "1800175999029"),
    ("'28031979'", "'12011980'"),
    ("'PAT-TROIS'", "'NOUVEL'"),
    ("'DOMINIQUE MARIE-LOUISE'", "'CAMILLE'"),
];

/// The same month of another employer, whose number has a right key.
const AUTRE_EMPLOYEUR: (&str, &str) = ("S21.G00.11.001,'00074'", "S21.G00.11.001,'00082'");

async fn heures(application: &Application) -> Vec<String> {
    application.lignes("SELECT CAST(travail AS TEXT) FROM activites WHERE annee = 2026").await
}

#[test]
fn once_an_account_is_open_no_employer_reaches_it_under_another_name() {
    essai(async |application| {
        application.inscrit(camille()).await;
        application.importer_octets(&exemple(&CAMILLE), false).await;
        assert_eq!(heures(&application).await, ["14467"]);
        // Known by an employer now: another one declares the number under another name.
        let autre = exemple(&[&CAMILLE[..], &[AUTRE_EMPLOYEUR, ("'NOUVEL'", "'TOUT AUTRE'")]].concat());
        let bilan = application.importer_octets(&autre, false).await;
        assert_eq!(bilan.ecarts(), 1, "{bilan}");
        assert!(bilan.to_string().contains("Un compte est déjà ouvert"), "{bilan}");
        assert_eq!(heures(&application).await, ["14467"]);
    });
}

#[test]
fn a_name_mistyped_by_an_employer_is_mended_by_the_next_declaration_and_the_account_opens() {
    essai(async |application| {
        let fautive = exemple(&[&CAMILLE[..], &[("'NOUVEL'", "'NOUVELLE'"), ("'12011980'", "'13011980'")]].concat());
        let fautive = String::from_utf8(fautive).expect("a text").replace("NOUVEL'", "NOUVELLE'");
        application.importer_octets(fautive.as_bytes(), false).await;
        let juste = exemple(&[&CAMILLE[..], &[("S20.G00.05.004,'1'", "S20.G00.05.004,'2'")]].concat());
        let bilan = application.importer_octets(&juste, false).await;
        assert!(bilan.est_sans_perte() && bilan.to_string().contains("[à vérifier] Nom ou date"), "{bilan}");
        assert!(!bilan.to_string().contains("NOUVEL"), "{bilan}");
        let corps = inscription("Nouvel", "Camille", "12/01/1980", "1800175999029", "09", "camille@exemple.fr");
        let mut camille = application.inscrit(corps).await;
        assert_eq!(camille.lire("/api/historique").await.json()["connu"], true);
    });
}

#[test]
fn a_number_and_a_birth_date_that_nobody_can_have_together_are_set_aside() {
    essai(async |application| {
        for naissance in ["'28031997'", "'28041979'"] {
            let bilan = application.importer_octets(&exemple(&[("'28031979'", naissance)]), false).await;
            assert_eq!(bilan.ecarts(), 1, "{naissance} {bilan}");
            assert!(heures(&application).await.is_empty(), "{naissance}");
        }
        let csv = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n1800175999029;Nouvel;Camille;12/02/1980;2024;1607\n";
        let bilan = application.importer_csv(csv, false).await;
        assert_eq!((bilan.lignes, bilan.ecarts()), (0, 1), "{bilan}");
        assert!(bilan.to_string().contains("ne disent pas la même année ou le même mois"), "{bilan}");
    });
}

/// The month of Camille at another employer, who declares a new number and the one before.
fn renumerotee() -> Vec<u8> {
    let change = "S21.G00.30.006,'12011980'\nS21.G00.31.001,'01022026'\nS21.G00.31.008,'1800175999029'";
    let nouvelles = [
        AUTRE_EMPLOYEUR,
        ("2790351215189", "1800175999037"),
        ("S21.G00.30.006,'12011980'", change),
        ("S90.G00.90.001,'34'", "S90.G00.90.001,'36'"),
    ];
    exemple(&[&CAMILLE[1..], &nouvelles].concat())
}

#[test]
fn months_follow_somebody_from_an_earlier_number_to_the_one_they_have_now() {
    essai(async |application| {
        application.importer_octets(&exemple(&CAMILLE), false).await;
        let avant = application.compter("personnes").await;
        let bilan = application.importer_octets(&renumerotee(), false).await;
        assert!(bilan.to_string().contains("ses mois le suivent"), "{bilan}");
        assert_eq!(application.compter("personnes").await, avant);
        assert_eq!(heures(&application).await, ["28934"]);
        // The holder opens an account with the number of today.
        let cle = (97 - 1_800_175_999_037_u64 % 97).to_string();
        let corps = inscription("Nouvel", "Camille", "12/01/1980", "1800175999037", &cle, "camille@exemple.fr");
        let mut camille = application.inscrit(corps).await;
        assert_eq!(camille.lire("/api/historique").await.json()["connu"], true);
    });
}

#[test]
fn months_never_leave_an_account_for_another_number() {
    essai(async |application| {
        application.importer_octets(&exemple(&CAMILLE), false).await;
        let corps = inscription("Nouvel", "Camille", "12/01/1980", "1800175999029", "09", "camille@exemple.fr");
        application.inscrit(corps).await;
        let bilan = application.importer_octets(&renumerotee(), false).await;
        assert!(bilan.to_string().contains("ses mois y restent"), "{bilan}");
        let mut lues = heures(&application).await;
        lues.sort();
        assert_eq!(lues, ["14467", "14467"]);
    });
}

#[test]
fn civic_service_and_elected_people_have_no_year_of_work() {
    essai(async |application| {
        for nature in ["81", "89"] {
            let bilan = application
                .importer_octets(&exemple(&[("S21.G00.40.007,'01'", &format!("S21.G00.40.007,'{nature}'"))]), false)
                .await;
            assert_eq!(bilan.contrats_sans_droit, 1, "{bilan}");
            assert!(heures(&application).await.is_empty(), "{nature}");
        }
    });
}

#[test]
fn a_file_without_a_header_is_refused_without_repeating_what_it_begins_with() {
    let donnees = tempfile::tempdir().expect("a folder");
    std::fs::write(donnees.path().join("a.csv"), "1800175999029;Nouvel;Camille;12/01/1980;2024;1607\n")
        .expect("a file");
    let sortie = acquis(donnees.path(), &["importer", "activites", "a.csv"]).output().expect("the program runs");
    let dit = dit(&sortie);
    assert_eq!(sortie.status.code(), Some(1), "{dit}");
    assert!(dit.contains("doit nommer les colonnes") && !dit.contains("18001759") && !dit.contains("Nouvel"), "{dit}");
}

#[test]
fn a_second_file_that_says_another_thing_of_the_same_employer_is_told() {
    essai(async |application| {
        let csv = |heures: &str| {
            format!(
                "nir;nom_naissance;prenoms;date_naissance;annee;heures\n1800175999029;Nouvel;Camille;12/01/1980;2024;{heures}\n"
            )
        };
        application.importer_csv(&csv("700"), false).await;
        let bilan = application.importer_csv(&csv("900"), false).await;
        assert_eq!(bilan.changements.redites, 1);
        let dit = bilan.to_string();
        assert!(dit.contains("nommez-les dans la colonne employeur") && dit.contains("2024 (1)"), "{dit}");
    });
}

#[test]
fn a_dry_run_makes_no_database_and_brings_none_up_to_date() {
    let dossier = tempfile::tempdir().expect("a folder");
    let dsn = dossier.path().join("paie.dsn");
    std::fs::write(&dsn, dsn::exemple()).expect("a file");
    let donnees = dossier.path().join("donnees");
    let dsn = dsn.display().to_string();
    let mut commande = acquis(dossier.path(), &["importer", "dsn", &dsn, "--a-blanc"]);
    let sortie = commande.env("ACQUIS_DONNEES", &donnees).output().expect("the program runs");
    assert_eq!(sortie.status.code(), Some(0), "{}", dit(&sortie));
    assert!(dit(&sortie).contains("1 nouvelles"), "{}", dit(&sortie));
    assert!(!donnees.exists());
    // A database of nobody's version: an empty file is one that was never made.
    std::fs::create_dir(&donnees).expect("a folder");
    std::fs::write(donnees.join("acquis.db"), b"").expect("a file");
    let mut commande = acquis(dossier.path(), &["importer", "dsn", &dsn, "--a-blanc"]);
    let sortie = commande.env("ACQUIS_DONNEES", &donnees).output().expect("the program runs");
    assert_eq!(sortie.status.code(), Some(1));
    assert!(dit(&sortie).contains("acquis migrate"), "{}", dit(&sortie));
}
