//! Declaring a DIF.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testbed::{MOT_DE_PASSE, essai, maelle, multipart};

const PDF: &[u8] = b"%PDF-1.7\nune attestation";

#[test]
fn a_declaration_is_recorded_with_its_proof_and_raises_the_balance() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        let reponse = renaud.declarer(&[("heures", "87 h")], Some(PDF)).await;
        assert_eq!(reponse.statut, StatusCode::CREATED, "{}", reponse.texte());
        let json = reponse.json();
        assert_eq!((&json["solde"], &json["retenu"]), (&json!("2330.00"), &json!("0.00")));
        assert_eq!(json["declaration"]["euros"], "1305.00");
        assert_eq!(json["declaration"]["declaree_le"], "2026-11-23");
        let reference = json["declaration"]["reference"].as_str().unwrap_or_default();
        assert!(reference.starts_with("DIF-") && reference.len() == 13, "{reference}");
        let dif = renaud.lire("/api/dif").await.json();
        assert_eq!(dif["declarations"][0]["reference"], reference);
        assert_eq!((&dif["heures"], &dif["euros"]), (&json!("87"), &json!("1305.00")));
        assert_eq!(application.fichiers_de_pieces(), 1);
    });
}

#[test]
fn the_proof_is_encrypted_and_reads_back() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        let grand: Vec<u8> = PDF.iter().copied().cycle().take(7_000_000).collect();
        assert_eq!(renaud.declarer(&[("heures", "12")], Some(&grand)).await.statut, 201);
        let entree = std::fs::read_dir(application.dossier.path().join("pieces")).expect("proofs").next();
        let chemin = entree.expect("one proof").expect("one proof").path();
        let octets = std::fs::read(&chemin).expect("its bytes");
        let is_clear = |bytes: &[u8]| bytes.windows(11).any(|window| window == b"attestation");
        assert!(is_clear(&grand) && !is_clear(&octets));
        let id = chemin.file_name().and_then(|nom| nom.to_str()).expect("a name").to_owned();
        assert_eq!(application.etat.pieces.lire(&id).await.expect("clear bytes"), grand);
    });
}

#[test]
fn a_repeated_submission_is_recorded_once() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        let premiere = renaud.declarer(&[("heures", "87")], Some(PDF)).await;
        let seconde = renaud.declarer(&[("heures", "87")], Some(PDF)).await;
        assert_eq!((premiere.statut, seconde.statut), (StatusCode::CREATED, StatusCode::CREATED));
        assert_eq!(premiere.corps, seconde.corps);
        assert_eq!(application.compter("declarations_dif").await, 1);
        assert_eq!(application.fichiers_de_pieces(), 1);
        renaud.declarer(&[("heures", "88")], Some(PDF)).await.est_un_refus(409, "cle_idempotence_reprise");
        renaud.declarer(&[("heures", "87")], Some(b"%PDF-autre")).await.est_un_refus(409, "cle_idempotence_reprise");
        assert_eq!(application.fichiers_de_pieces(), 1);
    });
}

#[test]
fn identical_submissions_at_once_are_recorded_once() {
    essai(async |application| {
        let renaud = application.renaud().await;
        let taches: Vec<_> = (0..5)
            .map(|_| {
                let mut onglet = renaud.clone();
                tokio::spawn(async move { onglet.declarer(&[("heures", "87")], Some(PDF)).await })
            })
            .collect();
        let mut corps = Vec::new();
        for tache in taches {
            let reponse = tache.await.expect("a task that ends");
            assert_eq!(reponse.statut, StatusCode::CREATED, "{}", reponse.texte());
            corps.push(reponse.corps);
        }
        corps.dedup();
        assert_eq!(corps.len(), 1);
        assert_eq!(application.compter("declarations_dif").await, 1);
        assert_eq!(application.compter("pieces").await, 1);
        assert_eq!(application.fichiers_de_pieces(), 1);
    });
}

#[test]
fn a_second_declaration_adds_or_replaces_as_its_holder_says() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declarer(&[("heures", "40")], Some(PDF)).await.statut, 201);
        renaud.cle = "deuxieme-0123456789".into();
        let muette = renaud.declarer(&[("heures", "30")], Some(PDF)).await;
        muette.est_un_refus(422, "saisie");
        assert_eq!(muette.faute("rapport"), "rapport_manquant");
        assert_eq!(renaud.declarer(&[("heures", "30"), ("rapport", "ajoute")], Some(PDF)).await.statut, 201);
        assert_eq!(renaud.lire("/api/dif").await.json()["heures"], "70");
        renaud.cle = "troisieme-0123456789".into();
        assert_eq!(renaud.declarer(&[("heures", "10"), ("rapport", "remplace")], Some(PDF)).await.statut, 201);
        let dif = renaud.lire("/api/dif").await.json();
        assert_eq!(dif["heures"], "10");
        let comptent: Vec<&Value> =
            dif["declarations"].as_array().expect("declarations").iter().map(|d| &d["compte"]).collect();
        assert_eq!(comptent, [&json!(true), &json!(false), &json!(false)]);
    });
}

#[test]
fn what_the_ceiling_withholds_is_told() {
    essai(async |application| {
        // Maëlle is at 5 000 € already.
        let mut maelle = application.inscrit(maelle()).await;
        let json = maelle.declarer(&[("heures", "10")], Some(PDF)).await.json();
        assert_eq!((&json["solde"], &json["retenu"]), (&json!("5000.00"), &json!("150.00")));
    });
}

#[test]
fn a_file_that_is_no_proof_is_refused_at_its_field_and_leaves_nothing() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        let cas: [(Option<&[u8]>, &str); 6] = [
            (None, "manquante"),
            (Some(b""), "vide"),
            (Some(b"MZ\x90\0un programme nomme a.pdf"), "programme"),
            (Some(b"\x7fELF"), "programme"),
            (Some(b"PK\x03\x04 word/document.xml"), "bureautique"),
            (Some(b"du texte"), "type_inconnu"),
        ];
        for (fichier, faute) in cas {
            let reponse = renaud.declarer(&[("heures", "87")], fichier).await;
            reponse.est_un_refus(422, "saisie");
            assert_eq!(reponse.faute("attestation"), json!({ "piece": faute }));
        }
        for (heures, faute) in [
            ("", json!("heures_manquantes")),
            ("0", json!({ "heures": "nulles" })),
            ("86,5", json!({ "heures": { "fraction": { "arrondi": "87" } } })),
            ("121", json!({ "heures": { "trop": { "plafond": "120" } } })),
            ("douze\u{0}", json!({ "heures": "caractere" })),
        ] {
            let reponse = renaud.declarer(&[("heures", heures)], Some(PDF)).await;
            reponse.est_un_refus(422, "saisie");
            assert_eq!(reponse.faute("heures"), faute);
        }
        assert_eq!(application.fichiers_de_pieces(), 0);
        assert_eq!(application.compter("pieces").await, 0);
        assert_eq!(application.compter("declarations_dif").await, 0);
    });
}

#[test]
fn a_file_of_ten_megabytes_passes_and_one_byte_more_does_not() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        let mut fichier = vec![b'.'; 10_000_001];
        fichier[..8].copy_from_slice(b"%PDF-1.7");
        let trop = renaud.declarer(&[("heures", "87")], Some(&fichier)).await;
        trop.est_un_refus(413, "corps_trop_grand");
        assert_eq!(trop.faute("attestation"), json!({ "piece": "trop_lourde" }));
        fichier.resize(20_000_000, b'.');
        renaud.declarer(&[("heures", "87")], Some(&fichier)).await.est_un_refus(413, "corps_trop_grand");
        assert_eq!(application.fichiers_de_pieces(), 0);
        fichier.truncate(10_000_000);
        assert_eq!(renaud.declarer(&[("heures", "87")], Some(&fichier)).await.statut, StatusCode::CREATED);
    });
}

#[test]
fn a_form_that_is_not_this_form_is_refused_and_leaves_nothing() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        let forme = "multipart/form-data; boundary=FRONTIERE";
        let entier = multipart(&[("heures", "87")], Some(PDF));
        let coupe = entier[..entier.len() - 20].to_vec();
        for corps in [coupe, Vec::new(), b"n'importe quoi".to_vec()] {
            renaud.octets(Method::POST, "/api/dif", forme, corps).await.est_un_refus(400, "corps_illisible");
        }
        renaud.declarer(&[("heures", "87"), ("heures", "88")], Some(PDF)).await.est_un_refus(400, "corps_illisible");
        renaud.declarer(&[("autre", "1")], Some(PDF)).await.est_un_refus(400, "corps_illisible");
        let long = "9".repeat(5_000);
        renaud.declarer(&[("heures", &long)], Some(PDF)).await.est_un_refus(413, "corps_trop_grand");
        for media in ["application/json", "multipart/form-data", "text/plain"] {
            renaud.octets(Method::POST, "/api/dif", media, entier.clone()).await.est_un_refus(415, "type_inattendu");
        }
        let mut sans_utf8 = multipart(&[("heures", "87")], Some(PDF));
        let ou = sans_utf8.windows(2).position(|f| f == b"87").expect("the hours");
        sans_utf8[ou] = 0xff;
        renaud.octets(Method::POST, "/api/dif", forme, sans_utf8).await.est_un_refus(400, "corps_illisible");
        assert_eq!(application.fichiers_de_pieces(), 0);
        assert_eq!(application.compter("cles_idempotence").await, 1);
    });
}

#[test]
fn a_declaration_needs_a_session() {
    essai(async |application| {
        let mut anonyme = application.anonyme();
        anonyme.declarer(&[("heures", "87")], Some(PDF)).await.est_un_refus(401, "session_requise");
        assert_eq!(application.fichiers_de_pieces(), 0);
    });
}

#[test]
fn when_the_proof_cannot_be_written_nothing_is_recorded_and_trying_again_works() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        let pieces = application.dossier.path().join("pieces");
        std::fs::remove_dir_all(&pieces).expect("an empty folder");
        std::fs::write(&pieces, "not a folder").expect("a file in its place");
        renaud.declarer(&[("heures", "87")], Some(PDF)).await.est_un_refus(503, "indisponible");
        assert_eq!(application.compter("declarations_dif").await, 0);
        assert_eq!(application.compter("pieces").await, 0);
        std::fs::remove_file(&pieces).expect("the file away");
        std::fs::create_dir(&pieces).expect("the folder again");
        assert_eq!(renaud.declarer(&[("heures", "87")], Some(PDF)).await.statut, StatusCode::CREATED);
    });
}

#[test]
fn when_the_database_refuses_to_write_the_proof_is_taken_back() {
    essai(async |application| {
        let renaud = application.renaud().await;
        let pleine = application.sans_ecriture().await;
        let mut ailleurs = pleine.anonyme();
        ailleurs.cookie.clone_from(&renaud.cookie);
        assert_eq!(ailleurs.lire("/api/droits").await.json()["solde"], "1025.00");
        ailleurs.declarer(&[("heures", "87")], Some(PDF)).await.est_un_refus(503, "indisponible");
        assert_eq!(application.fichiers_de_pieces(), 0);
        ailleurs.connecter("renaud@exemple.fr", MOT_DE_PASSE).await.est_un_refus(503, "indisponible");
        assert_eq!(application.compter("declarations_dif").await, 0);
    });
}
