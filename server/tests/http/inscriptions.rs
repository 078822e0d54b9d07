//! Opening an account.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testbed::{Application, MOT_DE_PASSE, avec, camille, dominique, essai, renaud};

#[test]
fn opening_an_account_connects_and_shows_the_rights_of_the_founding_document() {
    essai(async |application| {
        let mut dominique_ = application.anonyme();
        let reponse = dominique_.inscrire(&dominique()).await;
        assert_eq!(reponse.statut, StatusCode::CREATED);
        assert_eq!(reponse.json()["titulaire"]["nom_naissance"], "Pat-Trois");
        assert_eq!(reponse.json()["expire_dans"], "1800");
        let droits = dominique_.lire("/api/droits").await.json();
        assert_eq!(droits["solde"], "1810.00");
        assert_eq!(droits["dont_dif"], "0.00");
        assert_eq!(droits["connu"], true);
    });
}

#[test]
fn a_person_whom_the_employers_do_not_know_starts_at_zero() {
    essai(async |application| {
        let mut camille = application.inscrit(camille()).await;
        let droits = camille.lire("/api/droits").await.json();
        assert_eq!((&droits["solde"], &droits["connu"]), (&json!("0.00"), &json!(false)));
    });
}

#[test]
fn names_are_compared_without_accents_case_or_hyphens_and_kept_as_typed() {
    essai(async |application| {
        let mut dominique_ = application.inscrit(avec(dominique(), "nom_naissance", "pat trois")).await;
        assert_eq!(dominique_.lire("/api/session").await.json()["titulaire"]["nom_naissance"], "pat trois");
    });
}

#[test]
fn the_same_submission_gives_the_same_account() {
    essai(async |application| {
        let mut navigateur = application.anonyme();
        let premiere = navigateur.inscrire(&dominique()).await;
        let premier_cookie = navigateur.cookie.take();
        let seconde = navigateur.inscrire(&dominique()).await;
        assert_eq!((premiere.statut, seconde.statut), (StatusCode::CREATED, StatusCode::CREATED));
        assert_eq!(premiere.corps, seconde.corps);
        assert_ne!(premier_cookie, navigateur.cookie);
        assert_eq!(application.compter("comptes").await, 1);
    });
}

#[test]
fn a_key_cannot_serve_for_another_submission() {
    essai(async |application| {
        application.dominique().await;
        application.anonyme().inscrire(&renaud()).await.est_un_refus(409, "cle_idempotence_reprise");
        assert_eq!(application.compter("comptes").await, 1);
    });
}

#[test]
fn a_second_tab_with_the_same_details_gets_the_same_account() {
    essai(async |application| {
        application.dominique().await;
        let mut autre_onglet = application.anonyme();
        autre_onglet.cle = "autre-onglet-0123456789".into();
        let reponse = autre_onglet.inscrire(&dominique()).await;
        assert_eq!(reponse.statut, StatusCode::CREATED);
        assert_eq!(autre_onglet.lire("/api/droits").await.json()["solde"], "1810.00");
        assert_eq!(application.compter("comptes").await, 1);
        let autre_mot_de_passe = avec(dominique(), "mot_de_passe", "Tout autre chose, vraiment 7");
        autre_onglet.cle = "troisieme-onglet-0123".into();
        autre_onglet.inscrire(&autre_mot_de_passe).await.est_un_refus(409, "compte_impossible");
    });
}

async fn en_meme_temps(application: &Application, memes_cles: bool) {
    let taches: Vec<_> = (0..6)
        .map(|rang| {
            let mut navigateur = application.anonyme();
            if !memes_cles {
                navigateur.cle = format!("onglet-0123456789-{rang}");
            }
            tokio::spawn(async move { navigateur.inscrire(&dominique()).await })
        })
        .collect();
    for tache in taches {
        let reponse = tache.await.expect("a task that ends");
        assert_eq!(reponse.statut, StatusCode::CREATED, "{}", reponse.texte());
    }
    assert_eq!(application.compter("comptes").await, 1);
    assert_eq!(application.compter("sessions").await, 6);
}

#[test]
fn identical_submissions_at_once_make_exactly_one_account() {
    essai(async |application| en_meme_temps(&application, true).await);
}

#[test]
fn tabs_that_submit_at_once_under_different_keys_make_exactly_one_account() {
    essai(async |application| en_meme_temps(&application, false).await);
}

#[test]
fn every_obstacle_gets_the_same_answer_byte_for_byte_and_leaves_nothing() {
    essai(async |application| {
        application.dominique().await;
        let personnes = application.compter("personnes").await;
        let obstacles = [
            ("a name that is not the one known", avec(renaud(), "nom_naissance", "Durand")),
            ("a date that is not the one known", avec(renaud(), "date_naissance", "16/01/1980")),
            ("an account of the same person", avec(dominique(), "courriel", "autre@exemple.fr")),
            ("an e-mail already used", avec(renaud(), "courriel", "Dominique@Exemple.fr")),
            ("an e-mail already used, by somebody unknown", avec(camille(), "courriel", "dominique@exemple.fr")),
        ];
        let mut corps = Vec::new();
        for (rang, (quoi, obstacle)) in obstacles.iter().enumerate() {
            let mut navigateur = application.anonyme();
            navigateur.cle = format!("obstacle-0123456789-{rang}");
            let reponse = navigateur.inscrire(obstacle).await;
            reponse.est_un_refus(409, "compte_impossible");
            assert_eq!(reponse.entete("set-cookie"), "", "{quoi}");
            corps.push(reponse.corps);
        }
        corps.dedup();
        assert_eq!(corps.len(), 1);
        assert_eq!(application.compter("comptes").await, 1);
        assert_eq!(application.compter("personnes").await, personnes);
        assert_eq!(application.compter("cles_idempotence").await, 1);
    });
}

#[test]
fn a_person_unknown_to_the_employers_is_also_held_to_what_they_said_first() {
    essai(async |application| {
        application.inscrit(camille()).await;
        let mut autre = application.anonyme();
        autre.cle = "autre-0123456789-abc".into();
        let usurpe = avec(avec(camille(), "nom_naissance", "Durand"), "courriel", "durand@exemple.fr");
        autre.inscrire(&usurpe).await.est_un_refus(409, "compte_impossible");
    });
}

#[test]
fn refusals_from_one_address_end_by_having_to_wait() {
    testbed::essai_avec(
        |s| s.attempts_by_address = 3,
        async |application| {
            let mut navigateur = application.anonyme();
            let faux = avec(renaud(), "nom_naissance", "Durand");
            for rang in 0..3 {
                navigateur.cle = format!("essai-0123456789-{rang}");
                navigateur.inscrire(&faux).await.est_un_refus(409, "compte_impossible");
            }
            let reponse = navigateur.inscrire(&renaud()).await;
            reponse.est_un_refus(429, "trop_de_tentatives");
            assert_eq!(reponse.entete("retry-after"), "900");
            navigateur.ip = [127, 0, 0, 2];
            assert_eq!(navigateur.inscrire(&renaud()).await.statut, StatusCode::CREATED);
        },
    );
}

#[test]
fn a_common_password_is_refused_at_its_field() {
    essai(async |application| {
        let courant = avec(dominique(), "mot_de_passe", "Motdepasse2026!");
        let reponse = application.anonyme().inscrire(&courant).await;
        reponse.est_un_refus(422, "saisie");
        assert_eq!(reponse.faute("mot-de-passe"), json!({ "mot_de_passe": "courant" }));
        assert_eq!(application.compter("comptes").await, 0);
    });
}

#[test]
fn bad_values_are_refused_at_their_fields_and_leave_nothing() {
    essai(async |application| {
        let personnes = application.compter("personnes").await;
        let long = "a".repeat(10_000);
        let cas: &[(&str, &str, Value)] = &[
            ("nom_naissance", "nom-naissance", json!("Du\u{0}rand")),
            ("nom_naissance", "nom-naissance", json!("Du\u{202e}rand")),
            ("prenoms", "prenoms", json!("محمد")),
            ("prenoms", "prenoms", json!("")),
            ("nom_naissance", "nom-naissance", json!(long)),
            ("courriel", "courriel", json!(long)),
            ("mot_de_passe", "mot-de-passe", json!(long)),
            ("nir", "nir", json!(long)),
            ("telephone_mobile", "telephone-mobile", json!(long)),
            ("date_naissance", "date-naissance", json!("28/03/2079")),
            ("date_naissance", "date-naissance", json!("31/02/1979")),
            ("date_naissance", "date-naissance", json!("28/03/1980")),
            ("nir", "nir", json!("3790351215189")),
            ("cle", "cle", json!("88")),
            ("telephone_mobile", "telephone-mobile", json!("")),
            ("telephone_mobile", "telephone-fixe", json!("")),
            ("courriel", "courriel", json!("personne")),
            ("mot_de_passe", "mot-de-passe", json!("court")),
            ("cgu", "cgu", json!(false)),
        ];
        for (membre, champ, valeur) in cas {
            let reponse = application.anonyme().inscrire(&avec(dominique(), membre, valeur.clone())).await;
            reponse.est_un_refus(422, "saisie");
            assert_ne!(reponse.faute(champ), Value::Null, "{champ}: {}", reponse.texte());
        }
        assert_eq!(application.compter("comptes").await, 0);
        assert_eq!(application.compter("personnes").await, personnes);
        assert_eq!(application.compter("cles_idempotence").await, 0);
    });
}

#[test]
fn a_body_that_is_not_the_form_is_refused_as_a_whole() {
    essai(async |application| {
        let mut sans_cgu = dominique();
        sans_cgu.as_object_mut().expect("an object").remove("cgu");
        let illisibles: Vec<Vec<u8>> = vec![
            Vec::new(),
            b"{".to_vec(),
            b"null".to_vec(),
            b"[]".to_vec(),
            b"\"texte\"".to_vec(),
            b"{\"nom_naissance\":\"\xff\xfe\"}".to_vec(),
            avec(dominique(), "nir", 2_790_351_215_189_i64).to_string().into_bytes(),
            avec(dominique(), "cgu", "oui").to_string().into_bytes(),
            avec(dominique(), "prenoms", json!(["a"])).to_string().into_bytes(),
            avec(dominique(), "administrateur", true).to_string().into_bytes(),
            sans_cgu.to_string().into_bytes(),
            "[".repeat(50_000).into_bytes(),
        ];
        for corps in illisibles {
            let reponse =
                application.anonyme().octets(Method::POST, "/api/inscription", "application/json", corps).await;
            reponse.est_un_refus(400, "corps_illisible");
        }
        for taille in [65 * 1_024, 20_000_000] {
            let corps = vec![b' '; taille];
            let reponse =
                application.anonyme().octets(Method::POST, "/api/inscription", "application/json", corps).await;
            reponse.est_un_refus(413, "corps_trop_grand");
        }
        for media in ["text/plain", "application/x-www-form-urlencoded", ""] {
            let corps = dominique().to_string().into_bytes();
            let reponse = application.anonyme().octets(Method::POST, "/api/inscription", media, corps).await;
            reponse.est_un_refus(415, "type_inattendu");
        }
        assert_eq!(application.compter("comptes").await, 0);
    });
}

#[test]
fn a_submission_without_a_sound_key_is_refused() {
    essai(async |application| {
        for cle in ["", "court", "0123456789 abcdef", &"a".repeat(65)] {
            let mut navigateur = application.anonyme();
            navigateur.cle = cle.into();
            navigateur.inscrire(&dominique()).await.est_un_refus(400, "cle_idempotence_manquante");
        }
        let navigateur = application.anonyme();
        let mut requete = navigateur
            .requete(Method::POST, "/api/inscription")
            .header("content-type", "application/json")
            .body(Body::from(dominique().to_string()))
            .expect("a request");
        requete.headers_mut().remove("idempotency-key");
        application.anonyme().envoyer(requete).await.est_un_refus(400, "cle_idempotence_manquante");
    });
}

#[test]
fn an_account_that_was_closed_can_be_opened_again() {
    essai(async |application| {
        let mut dominique_ = application.dominique().await;
        let fermeture = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(dominique_.json(Method::DELETE, "/api/profil", &fermeture).await.statut, StatusCode::NO_CONTENT);
        let mut revenue = application.dominique().await;
        assert_eq!(revenue.lire("/api/droits").await.json()["solde"], "1810.00");
    });
}
