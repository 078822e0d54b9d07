//! Declaring a DIF.

use antivirus::Antivirus;
use axum::http::{Method, StatusCode};
use mail::{Address, Occasion};
use serde_json::{Value, json};
use store::Attested;
use testbed::{MOT_DE_PASSE, clamd, maelle, multipart, multipart_named, operator, trial, trial_with};

const PDF: &[u8] = b"%PDF-1.7\nune attestation de droits acquis, de personne\n%%EOF\n";

#[test]
fn a_declaration_is_recorded_with_its_proof_and_raises_the_balance() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        let response = renaud.declare(&[("heures", "87 h")], Some(PDF)).await;
        assert_eq!(response.statut, StatusCode::CREATED, "{}", response.text());
        let json = response.json();
        assert_eq!((&json["solde"], &json["retenu"]), (&json!("2330.00"), &json!("0.00")));
        assert_eq!(json["declaration"]["euros"], "1305.00");
        assert_eq!(json["declaration"]["declaree_le"], "2026-11-23");
        let reference = json["declaration"]["reference"].as_str().unwrap_or_default();
        assert!(reference.starts_with("DIF-") && reference.len() == 13, "{reference}");
        let dif = renaud.fetch("/api/dif").await.json();
        assert_eq!(dif["declarations"][0]["reference"], reference);
        assert_eq!((&dif["heures"], &dif["euros"]), (&json!("87"), &json!("1305.00")));
        assert_eq!(application.piece_files(), 1);
    });
}

#[test]
fn the_proof_is_encrypted_and_reads_back() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        let large: Vec<u8> = PDF.iter().copied().cycle().take(7_000_000).collect();
        assert_eq!(renaud.declare(&[("heures", "12")], Some(&large)).await.statut, 201);
        let input = std::fs::read_dir(application.dir.path().join("pieces")).expect("proofs").next();
        let path = input.expect("one proof").expect("one proof").path();
        let bytes = std::fs::read(&path).expect("its bytes");
        let is_clear = |bytes: &[u8]| bytes.windows(11).any(|window| window == b"attestation");
        assert!(is_clear(&large) && !is_clear(&bytes));
        let id = path.file_name().and_then(|nom| nom.to_str()).expect("a name").to_owned();
        let mut reading = application.state.pieces.read(&id).await.expect("a proof");
        let mut plain = Vec::new();
        while let Some(bytes) = reading.next().await.expect("clear bytes") {
            plain.extend(bytes);
        }
        assert_eq!(plain, large);
    });
}

#[test]
fn a_repeated_submission_is_recorded_once() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        let first = renaud.declare(&[("heures", "87")], Some(PDF)).await;
        let second = renaud.declare(&[("heures", "87")], Some(PDF)).await;
        assert_eq!((first.statut, second.statut), (StatusCode::CREATED, StatusCode::CREATED));
        assert_eq!(first.body, second.body);
        assert_eq!(application.count("declarations_dif").await, 1);
        assert_eq!(application.piece_files(), 1);
        renaud.declare(&[("heures", "88")], Some(PDF)).await.is_refused_with(409, "cle_idempotence_reprise");
        renaud.declare(&[("heures", "87")], Some(b"%PDF-autre")).await.is_refused_with(409, "cle_idempotence_reprise");
        assert_eq!(application.piece_files(), 1);
    });
}

#[test]
fn identical_submissions_at_once_are_recorded_once() {
    trial(async |application| {
        let renaud = application.renaud().await;
        let tasks: Vec<_> = (0..5)
            .map(|_| {
                let mut tab = renaud.clone();
                tokio::spawn(async move { tab.declare(&[("heures", "87")], Some(PDF)).await })
            })
            .collect();
        let mut body = Vec::new();
        for task in tasks {
            let response = task.await.expect("a task that ends");
            assert_eq!(response.statut, StatusCode::CREATED, "{}", response.text());
            body.push(response.body);
        }
        body.dedup();
        assert_eq!(body.len(), 1);
        assert_eq!(application.count("declarations_dif").await, 1);
        assert_eq!(application.count("pieces").await, 1);
        assert_eq!(application.piece_files(), 1);
    });
}

#[test]
fn a_second_declaration_adds_or_replaces_as_its_holder_says() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declare(&[("heures", "40")], Some(PDF)).await.statut, 201);
        renaud.key = "deuxieme-0123456789".into();
        let silent = renaud.declare(&[("heures", "30")], Some(PDF)).await;
        silent.is_refused_with(422, "saisie");
        assert_eq!(silent.faute("rapport"), "rapport_manquant");
        assert_eq!(renaud.declare(&[("heures", "30"), ("rapport", "ajoute")], Some(PDF)).await.statut, 201);
        assert_eq!(renaud.fetch("/api/dif").await.json()["heures"], "70");
        renaud.key = "troisieme-0123456789".into();
        assert_eq!(renaud.declare(&[("heures", "10"), ("rapport", "remplace")], Some(PDF)).await.statut, 201);
        let dif = renaud.fetch("/api/dif").await.json();
        assert_eq!(dif["heures"], "10");
        let count: Vec<&Value> =
            dif["declarations"].as_array().expect("declarations").iter().map(|d| &d["compte"]).collect();
        assert_eq!(count, [&json!(true), &json!(false), &json!(false)]);
    });
}

#[test]
fn a_refused_declaration_is_nothing_to_add_to_nor_to_replace() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        let mut declared = Vec::new();
        for (index, rapport) in [None, Some("ajoute")].into_iter().enumerate() {
            renaud.key = format!("declaration-{index}-0123456789");
            let rapport = rapport.map(|rapport| ("rapport", rapport));
            let fields: Vec<_> = [("heures", "40")].into_iter().chain(rapport).collect();
            let view = renaud.declare(&fields, Some(PDF)).await.json();
            declared.push(view["declaration"]["reference"].as_str().expect("a reference").to_owned());
        }
        let (store, moment, by) = (&application.state.store, application.moment(), operator());
        for (reference, asked) in declared.iter().zip([true, false]) {
            let occasion = Occasion::ProofDecided { reference };
            let letter = application.state.letters.write(Address("renaud@exemple.fr"), &occasion, moment.now);
            let refused = Attested::Refused("Illisible.".into());
            store
                .decide_attestation(reference, &refused, &letter, &by, moment.today, moment.now)
                .await
                .expect("a decision");
            // How it relates is asked as long as one of them stands.
            renaud.key = format!("apres-{reference}-0123456789");
            let silent = renaud.declare(&[("heures", "30")], Some(PDF)).await;
            assert_eq!(silent.statut, if asked { 422 } else { 201 }, "{}", silent.text());
        }
        assert_eq!(renaud.fetch("/api/dif").await.json()["heures"], "30");
    });
}

#[test]
fn what_the_ceiling_withholds_is_told() {
    trial(async |application| {
        // Maëlle is at 5 000 € already.
        let mut maelle = application.recorded(maelle()).await;
        let json = maelle.declare(&[("heures", "10")], Some(PDF)).await.json();
        assert_eq!((&json["solde"], &json["retenu"]), (&json!("5000.00"), &json!("150.00")));
    });
}

#[test]
fn a_file_that_is_no_proof_is_refused_at_its_field_and_leaves_nothing() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        let case: [(Option<&[u8]>, &str); 12] = [
            (None, "manquante"),
            (Some(b""), "vide"),
            (Some(b"MZ\x90\0un programme nomme a.pdf"), "programme"),
            (Some(b"\x7fELF"), "programme"),
            (Some(b"PK\x03\x04 word/document.xml"), "bureautique"),
            (Some(b"du texte"), "type_inconnu"),
            (Some(b"GIF89a, puis %PDF-1.7"), "autre_image"),
            (Some(b"RIFF\x24\0\0\0WEBPVP8L\x18\0\0\0\x2f\x0f"), "webp"),
            (Some(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf\0\0\x01\x10meta"), "avif"),
            (Some(b"\x89PNG\r\n\x1a\n"), "incomplete"),
            (Some(b"\xff\xd8\xff\xe0\0\x10JFIF"), "incomplete"),
            (Some(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "incomplete"),
        ];
        for (file, faute) in case {
            let response = renaud.declare(&[("heures", "87")], file).await;
            response.is_refused_with(422, "saisie");
            assert_eq!(response.faute("attestation"), json!({ "piece": faute }));
        }
        for (hours, faute) in [
            ("", json!("heures_manquantes")),
            ("0", json!({ "heures": "nulles" })),
            ("86,5", json!({ "heures": { "fraction": { "arrondi": "87" } } })),
            ("121", json!({ "heures": { "trop": { "plafond": "120" } } })),
            ("douze\u{0}", json!({ "heures": "caractere" })),
        ] {
            let response = renaud.declare(&[("heures", hours)], Some(PDF)).await;
            response.is_refused_with(422, "saisie");
            assert_eq!(response.faute("heures"), faute);
        }
        assert_eq!(application.piece_files(), 0);
        assert_eq!(application.count("pieces").await, 0);
        assert_eq!(application.count("declarations_dif").await, 0);
    });
}

#[test]
fn a_file_whose_name_says_another_kind_than_its_bytes_is_refused_and_leaves_nothing() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        let shape = "multipart/form-data; boundary=FRONTIERE";
        for (name, media) in [("a.jpg", "application/pdf"), ("a.pdf.exe", "application/pdf"), ("a.pdf", "image/png")] {
            let body = multipart_named(&[("heures", "87")], Some(PDF), name, media);
            let response = renaud.bytes(Method::POST, "/api/dif", shape, body).await;
            response.is_refused_with(422, "saisie");
            assert_eq!(response.faute("attestation"), json!({ "piece": "autre_extension" }), "{name} {media}");
        }
        assert_eq!((application.piece_files(), application.count("pieces").await), (0, 0));
        let body = multipart_named(&[("heures", "87")], Some(PDF), "A.PDF", "application/octet-stream");
        let response = renaud.bytes(Method::POST, "/api/dif", shape, body).await;
        assert_eq!(response.statut, StatusCode::CREATED, "{}", response.text());
    });
}

#[test]
fn a_proof_that_the_antivirus_knows_is_refused_and_nothing_is_taken_while_it_does_not_answer() {
    const HARMFUL: &[u8] = b"CECI-EST-NUISIBLE";
    trial_with(
        |settings| settings.antivirus = Some(Antivirus::Tcp(clamd(HARMFUL))),
        async |application| {
            let mut renaud = application.renaud().await;
            let harmful = [PDF, [b' '; 200_000].as_slice(), HARMFUL].concat();
            let response = renaud.declare(&[("heures", "87")], Some(&harmful)).await;
            response.is_refused_with(422, "saisie");
            assert_eq!(response.faute("attestation"), json!({ "piece": "nuisible" }));
            assert_eq!((application.piece_files(), application.count("pieces").await), (0, 0));
            let response = renaud.declare(&[("heures", "87")], Some(PDF)).await;
            assert_eq!(response.statut, StatusCode::CREATED, "{}", response.text());
        },
    );
    // Nobody listens on this port: it was given back.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr()).expect("a port");
    trial_with(
        |settings| settings.antivirus = Some(Antivirus::Tcp(gone)),
        async |application| {
            let mut renaud = application.renaud().await;
            renaud.declare(&[("heures", "87")], Some(PDF)).await.is_refused_with(503, "indisponible");
            assert_eq!((application.piece_files(), application.count("pieces").await), (0, 0));
        },
    );
}

#[test]
fn a_pdf_that_asks_for_a_password_is_refused_and_one_that_is_restricted_is_taken() {
    const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/pdf/tests/files");
    trial(async |application| {
        let mut renaud = application.renaud().await;
        let file = |name: &str| std::fs::read(format!("{FILES}/{name}.pdf")).expect("a file of the tests");
        for scheme in ["rc4-40-table", "rc4-128-stream", "aes-128-table", "aes-256-stream"] {
            let response = renaud.declare(&[("heures", "1")], Some(&file(&format!("{scheme}-locked")))).await;
            response.is_refused_with(422, "saisie");
            assert_eq!(response.faute("attestation"), json!({ "piece": "verrouillee" }));
            assert_eq!(application.piece_files(), 0);
            assert_eq!(application.count("pieces").await, 0);
        }
        for (step, scheme) in ["rc4-40-table", "rc4-128-stream", "aes-128-table", "aes-256-stream"].iter().enumerate() {
            renaud.key = format!("restreint-012345678{step}");
            let champs = [("heures", "1"), ("rapport", "ajoute")];
            let response = renaud.declare(&champs, Some(&file(&format!("{scheme}-restricted")))).await;
            assert_eq!(response.statut, StatusCode::CREATED, "{}", response.text());
        }
        // The largest, all of it words of encryption: judged, and taken.
        let mut large = b"%PDF-1.7 trailer<</Root 1 0 R/Encrypt 5 0 R ".repeat(400_000);
        large.truncate(10_000_000);
        renaud.key = "grand-0123456789".into();
        let response = renaud.declare(&[("heures", "1"), ("rapport", "ajoute")], Some(&large)).await;
        assert_eq!(response.statut, StatusCode::CREATED, "{}", response.text());
    });
}

#[test]
fn a_file_of_ten_megabytes_passes_and_one_byte_more_does_not() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        let mut file = vec![b'.'; 10_000_001];
        file[..8].copy_from_slice(b"%PDF-1.7");
        let too_many = renaud.declare(&[("heures", "87")], Some(&file)).await;
        too_many.is_refused_with(413, "corps_trop_grand");
        assert_eq!(too_many.faute("attestation"), json!({ "piece": "trop_lourde" }));
        file.resize(20_000_000, b'.');
        renaud.declare(&[("heures", "87")], Some(&file)).await.is_refused_with(413, "corps_trop_grand");
        assert_eq!(application.piece_files(), 0);
        file.truncate(10_000_000);
        assert_eq!(renaud.declare(&[("heures", "87")], Some(&file)).await.statut, StatusCode::CREATED);
    });
}

#[test]
fn a_form_that_is_not_this_form_is_refused_and_leaves_nothing() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        let shape = "multipart/form-data; boundary=FRONTIERE";
        let whole = multipart(&[("heures", "87")], Some(PDF));
        let cut = whole[..whole.len() - 20].to_vec();
        for body in [cut, Vec::new(), b"n'importe quoi".to_vec()] {
            renaud.bytes(Method::POST, "/api/dif", shape, body).await.is_refused_with(400, "corps_illisible");
        }
        renaud.declare(&[("heures", "87"), ("heures", "88")], Some(PDF)).await.is_refused_with(400, "corps_illisible");
        renaud.declare(&[("autre", "1")], Some(PDF)).await.is_refused_with(400, "corps_illisible");
        let long = "9".repeat(5_000);
        renaud.declare(&[("heures", &long)], Some(PDF)).await.is_refused_with(413, "corps_trop_grand");
        for media in ["application/json", "multipart/form-data", "text/plain"] {
            renaud.bytes(Method::POST, "/api/dif", media, whole.clone()).await.is_refused_with(415, "type_inattendu");
        }
        let mut without_utf8 = multipart(&[("heures", "87")], Some(PDF));
        let at = without_utf8.windows(2).position(|f| f == b"87").expect("the hours");
        without_utf8[at] = 0xff;
        renaud.bytes(Method::POST, "/api/dif", shape, without_utf8).await.is_refused_with(400, "corps_illisible");
        assert_eq!(application.piece_files(), 0);
        assert_eq!(application.count("cles_idempotence").await, 0);
    });
}

#[test]
fn a_declaration_needs_a_session() {
    trial(async |application| {
        let mut anonyme = application.anonyme();
        anonyme.declare(&[("heures", "87")], Some(PDF)).await.is_refused_with(401, "session_requise");
        assert_eq!(application.piece_files(), 0);
    });
}

#[test]
fn when_the_proof_cannot_be_written_nothing_is_recorded_and_trying_again_works() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        let pieces = application.dir.path().join("pieces");
        std::fs::remove_dir_all(&pieces).expect("an empty folder");
        std::fs::write(&pieces, "not a folder").expect("a file in its place");
        renaud.declare(&[("heures", "87")], Some(PDF)).await.is_refused_with(503, "indisponible");
        assert_eq!(application.count("declarations_dif").await, 0);
        assert_eq!(application.count("pieces").await, 0);
        std::fs::remove_file(&pieces).expect("the file away");
        std::fs::create_dir(&pieces).expect("the folder again");
        assert_eq!(renaud.declare(&[("heures", "87")], Some(PDF)).await.statut, StatusCode::CREATED);
    });
}

#[test]
fn when_the_database_refuses_to_write_the_proof_is_taken_back() {
    trial(async |application| {
        let renaud = application.renaud().await;
        let full = application.without_writing().await;
        let mut elsewhere = full.anonyme();
        elsewhere.cookie.clone_from(&renaud.cookie);
        assert_eq!(elsewhere.fetch("/api/droits").await.json()["solde"], "1025.00");
        elsewhere.declare(&[("heures", "87")], Some(PDF)).await.is_refused_with(503, "indisponible");
        assert_eq!(application.piece_files(), 0);
        elsewhere.sign_in("renaud@exemple.fr", MOT_DE_PASSE).await.is_refused_with(503, "indisponible");
        assert_eq!(application.count("declarations_dif").await, 0);
    });
}
