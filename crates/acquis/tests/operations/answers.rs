//! The disputed lines by the command line: what an operator reads, and what they answer.

use std::io::Write as _;
use std::process::{Output, Stdio};

use batch::contestations;
use batch::contestations::Geste;
use serde_json::{Value, json};
use testbed::{Application, Method, Navigateur, camille, dit, ecrire, essai};

use crate::program;

/// Runs the program on the data of this application, that text on its standard input.
fn acquis(application: &Application, arguments: &[&str], entree: &[u8]) -> Output {
    let mut commande = program::acquis(application.dossier.path(), arguments);
    commande.env("ACQUIS_DATABASE_URL", &application.url);
    commande.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut enfant = commande.spawn().expect("the program starts");
    // A program that reads nothing may be gone already.
    let _ = enfant.stdin.take().expect("its standard input").write_all(entree);
    enfant.wait_with_output().expect("its end")
}

fn reussit(application: &Application, arguments: &[&str], entree: &str) -> String {
    let sortie = acquis(application, arguments, entree.as_bytes());
    assert_eq!(sortie.status.code(), Some(0), "{arguments:?}: {}", dit(&sortie));
    String::from_utf8_lossy(&sortie.stdout).into_owned()
}

fn est_refuse(application: &Application, arguments: &[&str], entree: &[u8], attendu: &str) {
    let sortie = acquis(application, arguments, entree);
    let erreur = String::from_utf8_lossy(&sortie.stderr).into_owned();
    assert_eq!(sortie.status.code(), Some(1), "{arguments:?}: {}", dit(&sortie));
    assert!(erreur.starts_with("acquis : ") && erreur.contains(attendu), "{arguments:?}: {erreur}");
    assert_eq!((erreur.lines().count(), sortie.stdout.len()), (1, 0), "{erreur}");
}

async fn contester(personne: &mut Navigateur, ligne: &str, raison: &str) -> String {
    let vue = personne.json(Method::POST, "/api/contestations", &json!({ "ligne": ligne, "raison": raison })).await;
    vue.json()["reference"].as_str().expect("a reference").to_owned()
}

async fn vue(personne: &mut Navigateur) -> Value {
    personne.lire("/api/historique").await.json()["contestations"][0].clone()
}

#[test]
fn the_list_says_nothing_of_the_holder_and_shows_what_was_answered_only_when_asked() {
    essai(async |application| {
        assert_eq!(reussit(&application, &["contestations"], ""), "en attente d'une réponse : 0\n");
        let mut dominique = application.dominique().await;
        let reference = contester(&mut dominique, "2020-06-30.0", "J’ai travaillé à temps plein.").await;
        let liste = reussit(&application, &["contestations"], "");
        let attendue = format!("{reference}  23/11/2026  ligne du 30/06/2020, 500,00\u{a0}€  employeur  reçue\n");
        assert_eq!(liste, format!("{attendue}en attente d'une réponse : 1\n"));
        reussit(&application, &["contestations", &reference, "--repondre"], "Non.");
        assert_eq!(reussit(&application, &["contestations"], ""), "en attente d'une réponse : 0\n");
        let liste = reussit(&application, &["contestations", "--toutes"], "");
        assert_eq!(liste, attendue.replace("reçue", "répondue") + "en attente d'une réponse : 0\n");
    });
}

#[test]
fn an_operator_takes_up_a_request_answers_it_once_and_adds_to_the_answer() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let reference = contester(&mut dominique, "2020-06-30.0", "Temps plein.\nréponse \u{202e}du 1").await;
        let fiche = reussit(&application, &["contestations", &reference.to_lowercase()], "");
        assert!(fiche.contains("  | Temps plein.\n  | réponse \\u{202e}du 1\n"), "{fiche}");
        assert!(!fiche.contains("Pat-Trois") && !fiche.contains("dominique@") && !fiche.contains("2790351"), "{fiche}");

        let completer = ["contestations", &reference, "--completer"];
        est_refuse(&application, &completer, b"Trop vite.", "--repondre donne la première");
        let en_cours = ["contestations", &reference, "--en-cours"];
        assert!(reussit(&application, &en_cours, "").contains("le titulaire le voit"));
        assert!(reussit(&application, &en_cours, "").contains("déjà en cours depuis le"));
        assert_eq!(vue(&mut dominique).await["statut"], "en_cours");

        let repondre = ["contestations", &reference, "--repondre"];
        assert!(reussit(&application, &repondre, "\u{feff}Votre employeur\r\na corrigé.\n").contains("enregistrée"));
        est_refuse(&application, &repondre, b"Autre chose.", "--completer");
        est_refuse(&application, &en_cours, b"", "--completer");
        let lettre = ecrire(application.dossier.path(), "lettre.txt", "En partie.".as_bytes()).display().to_string();
        reussit(&application, &["contestations", &reference, "--completer", &lettre], "");

        let vue = vue(&mut dominique).await;
        let textes: Vec<&Value> =
            vue["reponses"].as_array().into_iter().flatten().map(|reponse| &reponse["texte"]).collect();
        assert_eq!(
            (&vue["statut"], textes),
            (&json!("repondue"), vec![&json!("Votre employeur\na corrigé."), &json!("En partie.")])
        );
        let fiche = reussit(&application, &["contestations", &reference], "");
        assert!(
            fiche.contains("  | Votre employeur\n  | a corrigé.\n") && fiche.contains("  | En partie.\n"),
            "{fiche}"
        );
        let notes = application.lignes("SELECT quoi FROM journal WHERE qui = 'operateur'").await;
        let (lue, repondue) = ("contestation_lue", "contestation_repondue");
        assert_eq!(notes, [lue, lue, "contestation_prise_en_charge", repondue, repondue]);
    });
}

#[test]
fn what_is_no_answer_is_refused_with_a_sentence_and_records_nothing() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let reference = contester(&mut dominique, "2020-06-30.0", "Faux.").await;
        let repondre = ["contestations", &reference, "--repondre"];
        let (longue, sans_fin) = ("é".repeat(2_001), "a".repeat(1_000_000));
        for (entree, attendu) in [
            (&b""[..], "la réponse est vide"),
            (b" \n\t\r\n", "la réponse est vide"),
            (longue.as_bytes(), "dépasse 2\u{202f}000 caractères"),
            (sans_fin.as_bytes(), "dépasse 2\u{202f}000 caractères"),
            (b"d\xe9j\xe0", "n'est pas en UTF-8"),
            (b"non\x1b[2J", "signe invisible"),
        ] {
            est_refuse(&application, &repondre, entree, attendu);
        }
        est_refuse(&application, &["contestations", &reference, "--repondre", "absente.txt"], b"", "absente.txt");
        est_refuse(&application, &["contestations", &reference, "--repondre", "."], b"", "lecture impossible");
        for geste in [&[][..], &["--en-cours"], &["--repondre"], &["--completer"]] {
            let arguments = [&["contestations", "CTR-0000\u{1b}0000"], geste].concat();
            est_refuse(&application, &arguments, b"Oui.", "la référence « CTR-0000\\u{1b}0000 »");
        }
        assert_eq!(application.compter("suites_contestations").await, 0);
        reussit(&application, &repondre, &"𝄞".repeat(2_000));
    });
}

const ENTETE: &str = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n";

async fn dire(application: &Application, heures: &str) {
    let csv = format!("{ENTETE}1800175999029;Nouvel;Camille;12/01/1980;2024;{heures}\n");
    assert_eq!(application.importer_csv(&csv, false).await.ecarts(), 0);
}

async fn fiche(application: &Application, reference: &str) -> String {
    let etat = &application.etat;
    let lue =
        contestations::suivre(&etat.store, application.moment(), &etat.bareme(), reference, &Geste::Montrer).await;
    lue.unwrap_or_else(|refus| panic!("{refus}"))
}

#[test]
fn the_line_of_today_is_beside_that_of_the_day_of_the_request() {
    essai(async |application| {
        dire(&application, "1607").await;
        let mut camille = application.inscrit(camille()).await;
        let reference = contester(&mut camille, "2025-06-30.0", "J’étais à mi-temps.").await;
        let avant = "ligne du 30/06/2025, repère 2025-06-30.0\n  le 23/11/2026, jour de la demande : 500,00\u{a0}€\n  ";
        let pleine = "le 23/11/2026 : 500,00\u{a0}€, année 2024 : 1607,00\u{a0}h sur 1607,00\u{a0}h (";
        let lue = fiche(&application, &reference).await;
        assert!(lue.contains(&format!("{avant}{pleine}")), "{lue}");
        assert!(lue.contains("\nrien n'a changé depuis la demande\n"), "{lue}");

        // Before the ledger knows the year, an import mends the line itself.
        dire(&application, "400").await;
        let lue = fiche(&application, &reference).await;
        assert!(lue.contains(&format!("{avant}le 23/11/2026 : 124,46\u{a0}€, année 2024 : 400,00\u{a0}h")), "{lue}");
        assert!(lue.contains("\nelle a changé depuis la demande\n"), "{lue}");
        dire(&application, "0").await;
        let lue = fiche(&application, &reference).await;
        assert!(lue.contains("le relevé n'a plus cette ligne\nelle a changé depuis la demande\n"), "{lue}");
    });
}

#[test]
fn a_dif_that_adds_changes_nothing_in_the_first_and_one_that_replaces_does() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declarer(&[("heures", "20")], Some(b"%PDF-1.7")).await.statut, 201);
        let reference = contester(&mut renaud, "2026-11-23.0", "C’était 30.").await;
        for (rapport, verdict) in [("ajoute", "rien n'a changé"), ("remplace", "elle a changé")] {
            renaud.cle = format!("{rapport}-0123456789");
            let champs = [("heures", "10"), ("rapport", rapport)];
            assert_eq!(renaud.declarer(&champs, Some(b"%PDF-1.7")).await.statut, 201);
            let lue = fiche(&application, &reference).await;
            assert!(lue.contains("  puis, le 23/11/2026 : 150,00\u{a0}€, DIF de 10\u{a0}h"), "{lue}");
            assert!(lue.contains(&format!("\n{verdict} depuis la demande\n")), "{lue}");
        }
    });
}

#[test]
fn a_line_that_is_credited_stays_and_those_that_correct_it_are_shown_after_it() {
    essai(async |application| {
        dire(&application, "1607").await;
        application.alimenter(2024).await;
        let mut camille = application.inscrit(camille()).await;
        let reference = contester(&mut camille, "2025-06-30.0", "J’étais à mi-temps.").await;
        for (heures, jours) in [("400", 1), ("803", 1)] {
            application.etat.clock.avancer(std::time::Duration::from_secs(jours * 24 * 3_600));
            dire(&application, heures).await;
            application.alimenter(2024).await;
        }
        let lue = fiche(&application, &reference).await;
        let debuts = [
            "  le 25/11/2026 : 500,00\u{a0}€, année 2024 : 1607,00\u{a0}h",
            "  puis, le 24/11/2026 : -500,00\u{a0}€, reprise de la ligne du 30/06/2025 : année rectifiée",
            "  puis, le 24/11/2026 : 124,46\u{a0}€, année 2024 : 400,00\u{a0}h",
            "  puis, le 25/11/2026 : -124,46\u{a0}€, reprise de la ligne du 24/11/2026 : année rectifiée",
            "  puis, le 25/11/2026 : 249,85\u{a0}€, année 2024 : 803,00\u{a0}h",
            "elle a changé depuis la demande",
        ];
        let lignes: Vec<&str> =
            lue.lines().skip_while(|ligne| !ligne.starts_with(debuts[0])).take(debuts.len()).collect();
        assert_eq!(lignes.len(), debuts.len(), "{lue}");
        for (ligne, debut) in lignes.iter().zip(debuts) {
            assert!(ligne.starts_with(debut), "{debut}: {lue}");
        }
    });
}
