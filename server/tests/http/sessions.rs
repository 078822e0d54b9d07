//! Connecting, disconnecting, and what ends a session.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use testbed::{Application, MOT_DE_PASSE, Navigateur, essai, essai_avec, renaud};

const MINUTE: Duration = Duration::from_secs(60);

async fn est_connecte(navigateur: &mut Navigateur) -> bool {
    navigateur.lire("/api/session").await.json()["titulaire"] != Value::Null
}

#[test]
fn the_e_mail_and_the_password_open_a_session_whatever_the_case_of_the_e_mail() {
    essai(async |application| {
        application.dominique().await;
        let mut ailleurs = application.anonyme();
        let reponse = ailleurs.connecter(" DOMINIQUE@exemple.fr ", MOT_DE_PASSE).await;
        assert_eq!(reponse.statut, StatusCode::OK, "{}", reponse.texte());
        assert_eq!(reponse.json()["titulaire"]["prenoms"], "Dominique Marie-Louise");
        assert!(est_connecte(&mut ailleurs).await);
    });
}

#[test]
fn a_wrong_password_and_an_unknown_e_mail_get_the_same_answer() {
    essai(async |application| {
        application.dominique().await;
        let faux = application.anonyme().connecter("dominique@exemple.fr", "autre chose").await;
        let inconnu = application.anonyme().connecter("personne@exemple.fr", MOT_DE_PASSE).await;
        faux.est_un_refus(401, "identifiants_faux");
        assert_eq!(faux.corps, inconnu.corps);
        assert_eq!(faux.entete("set-cookie"), "");
    });
}

#[test]
fn an_empty_form_is_told_field_by_field() {
    essai(async |application| {
        let reponse = application.anonyme().connecter("", "").await;
        reponse.est_un_refus(422, "saisie");
        assert_eq!(reponse.faute("mot-de-passe"), "mot_de_passe_manquant");
        assert_ne!(reponse.faute("courriel"), Value::Null);
    });
}

#[test]
fn too_many_wrong_passwords_make_everybody_wait_for_this_account() {
    essai(async |application| {
        application.dominique().await;
        let mut navigateur = application.anonyme();
        for _ in 0..10 {
            navigateur.connecter("dominique@exemple.fr", "faux").await.est_un_refus(401, "identifiants_faux");
        }
        application.etat.clock.avancer(MINUTE);
        let reponse = navigateur.connecter("dominique@exemple.fr", MOT_DE_PASSE).await;
        reponse.est_un_refus(429, "trop_de_tentatives");
        assert_eq!(reponse.json()["attendre"], "840");
        assert_eq!(reponse.entete("retry-after"), "840");
        application.etat.clock.avancer(14 * MINUTE);
        assert_eq!(navigateur.connecter("dominique@exemple.fr", MOT_DE_PASSE).await.statut, StatusCode::OK);
    });
}

#[test]
fn an_e_mail_without_an_account_makes_wait_just_as_well() {
    essai_avec(
        |s| s.attempts_by_account = 2,
        async |application| {
            for _ in 0..2 {
                application
                    .anonyme()
                    .connecter("personne@exemple.fr", "faux")
                    .await
                    .est_un_refus(401, "identifiants_faux");
            }
            application
                .anonyme()
                .connecter("personne@exemple.fr", "faux")
                .await
                .est_un_refus(429, "trop_de_tentatives");
        },
    );
}

#[test]
fn the_right_password_forgets_the_wrong_ones() {
    essai_avec(
        |s| s.attempts_by_account = 3,
        async |application| {
            application.dominique().await;
            for _ in 0..4 {
                application
                    .anonyme()
                    .connecter("dominique@exemple.fr", "faux")
                    .await
                    .est_un_refus(401, "identifiants_faux");
                assert_eq!(application.anonyme().connecter("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
            }
        },
    );
}

#[test]
fn wrong_passwords_at_once_do_not_slip_through() {
    essai_avec(
        |s| s.attempts_by_account = 3,
        async |application| {
            application.dominique().await;
            let taches: Vec<_> = (0..10)
                .map(|_| {
                    let mut navigateur = application.anonyme();
                    tokio::spawn(
                        async move { navigateur.connecter("dominique@exemple.fr", "faux").await.statut.as_u16() },
                    )
                })
                .collect();
            let mut essayes = 0;
            for tache in taches {
                essayes += u8::from(tache.await.expect("a task that ends") == 401);
            }
            assert_eq!(essayes, 3);
        },
    );
}

#[test]
fn an_address_that_tries_many_accounts_has_to_wait_and_a_proxy_is_only_believed_when_named() {
    essai_avec(
        |s| {
            s.attempts_by_address = 2;
            s.proxies = vec!["127.0.0.9".parse().expect("an address")];
        },
        async |application| {
            let mut navigateur = application.anonyme();
            for rang in 0..2 {
                navigateur
                    .connecter(&format!("p{rang}@exemple.fr"), "faux")
                    .await
                    .est_un_refus(401, "identifiants_faux");
            }
            navigateur.connecter("p2@exemple.fr", "faux").await.est_un_refus(429, "trop_de_tentatives");
            let mut par_relais = async |ip: [u8; 4], client: &str| {
                let requete = navigateur
                    .requete(Method::POST, "/api/connexion")
                    .header("content-type", "application/json")
                    .header("x-forwarded-for", client)
                    .body(json!({ "courriel": "p3@exemple.fr", "mot_de_passe": "faux" }).to_string().into())
                    .expect("a request");
                navigateur.ip = ip;
                navigateur.envoyer(requete).await.statut.as_u16()
            };
            assert_eq!(par_relais([127, 0, 0, 1], "10.0.0.1").await, 429);
            assert_eq!(par_relais([127, 0, 0, 9], "10.0.0.1").await, 401);
            assert_eq!(par_relais([127, 0, 0, 9], "10.0.0.1, 127.0.0.1").await, 429);
        },
    );
}

#[test]
fn an_idle_session_ends_and_a_used_one_goes_on_until_its_limit() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let clock = &application.etat.clock;
        for _ in 0..24 {
            clock.avancer(29 * MINUTE);
            let reponse = dominique.lire("/api/session").await;
            assert_ne!(reponse.json()["titulaire"], Value::Null);
        }
        // 24 × 29 minutes have passed; 12 hours end the session whatever happens.
        let reste = dominique.lire("/api/session").await.json();
        assert_eq!(reste["expire_dans"], (24 * 60).to_string());
        clock.avancer(24 * MINUTE);
        assert!(!est_connecte(&mut dominique).await);
        dominique.lire("/api/droits").await.est_un_refus(401, "session_requise");

        let mut oisive = application.anonyme();
        assert_eq!(oisive.connecter("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        clock.avancer(30 * MINUTE);
        assert!(!est_connecte(&mut oisive).await);
    });
}

#[test]
fn disconnecting_ends_the_session_for_good() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let mut copie = dominique.clone();
        let reponse = dominique.json(Method::POST, "/api/deconnexion", &json!({})).await;
        assert_eq!(reponse.statut, StatusCode::NO_CONTENT);
        assert!(reponse.entete("set-cookie").contains("Max-Age=0"));
        assert!(!est_connecte(&mut copie).await);
        assert_eq!(dominique.json(Method::POST, "/api/deconnexion", &json!({})).await.statut, StatusCode::NO_CONTENT);
    });
}

#[test]
fn connecting_again_from_the_same_browser_ends_its_former_session() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let mut ancienne = dominique.clone();
        assert_eq!(dominique.connecter("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        assert!(est_connecte(&mut dominique).await);
        assert!(!est_connecte(&mut ancienne).await);
        assert_eq!(application.compter("sessions").await, 1);
    });
}

async fn cookie_pose(application: &Application) -> String {
    application.dominique().await;
    application.anonyme().connecter("dominique@exemple.fr", MOT_DE_PASSE).await.entete("set-cookie").to_owned()
}

#[test]
fn the_cookie_is_opaque_and_closed_to_scripts_and_other_sites() {
    essai(async |application| {
        let cookie = cookie_pose(&application).await;
        let (valeur, attributs) = cookie.split_once(';').expect("attributes");
        assert_eq!(valeur.strip_prefix("acquis=").map(str::len), Some(64));
        assert_eq!(attributs, " Path=/; HttpOnly; SameSite=Lax");
    });
}

#[test]
fn outside_the_machine_the_cookie_only_travels_over_tls() {
    essai_avec(
        |s| s.public_addresses = vec!["https://acquis.example".into(), "http://127.0.0.1:8080".into()],
        async |application| {
            let cookie = cookie_pose(&application).await;
            assert!(cookie.starts_with("__Host-acquis="), "{cookie}");
            assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
            let reponse = application.anonyme().lire("/api/session").await;
            assert_eq!(reponse.entete("strict-transport-security"), "max-age=31536000");
        },
    );
}

#[test]
fn a_cookie_that_is_not_ours_is_nobody() {
    essai(async |application| {
        let mut navigateur = application.anonyme();
        for cookie in ["acquis=", "acquis=abc", &format!("acquis={}", "0".repeat(64)), "autre=1; acquis=é"] {
            navigateur.cookie = Some(cookie.to_owned());
            assert!(!est_connecte(&mut navigateur).await, "{cookie}");
        }
    });
}

#[test]
fn the_screen_of_one_person_changes_nothing_for_another() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let mut autre = application.anonyme();
        autre.cle = "renaud-0123456789".into();
        assert_eq!(autre.inscrire(&renaud()).await.statut, 201);
        let ecran = dominique.lire("/api/session").await.json()["compte"].as_str().unwrap_or_default().to_owned();
        assert_eq!(ecran.len(), 16);
        assert_ne!(autre.lire("/api/session").await.json()["compte"], ecran.as_str());
        let changer = || {
            Request::delete("/api/profil/connexions")
                .header("origin", "http://localhost")
                .header("acquis-compte", &ecran)
                .body(Body::empty())
                .expect("a request")
        };
        assert_eq!(dominique.envoyer(changer()).await.statut, 204);
        autre.envoyer(changer()).await.est_un_refus(409, "autre_compte");
    });
}
