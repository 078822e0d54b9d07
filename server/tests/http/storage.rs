//! What is kept, how, and for how long.

use std::time::Duration;

use server::nettoyer;
use store::{OuvertureImpossible, Store};
use testbed::{Application, MOT_DE_PASSE, dominique, essai, journal};
use vault::Coffre;

fn contient(octets: &[u8], texte: &str) -> bool {
    octets.windows(texte.len()).any(|fenetre| fenetre == texte.as_bytes())
}

#[test]
fn no_nir_is_readable_in_the_files_of_the_database() {
    essai(async |application| {
        application.dominique().await;
        application.etat.store.fermer().await;
        let mut fichiers = 0;
        for entree in std::fs::read_dir(application.dossier.path()).expect("the data folder") {
            let chemin = entree.expect("an entry").path();
            if chemin.is_file() {
                let octets = std::fs::read(&chemin).expect("a file");
                fichiers += 1;
                assert!(!contient(&octets, "2790351215189"), "{}", chemin.display());
                assert!(!contient(&octets, MOT_DE_PASSE), "{}", chemin.display());
            }
        }
        assert!(fichiers > 0);
    });
}

#[test]
fn nothing_personal_is_logged_even_at_the_most_talkative_level() {
    essai(async |application| {
        let mut dominique_ = application.dominique().await;
        dominique_.declarer(&[("heures", "12")], Some(b"%PDF-1.7")).await;
        dominique_.lire("/api/profil/export?nir=2790351215189").await;
        dominique_.lire("/api/2790351215189").await;
        dominique_.lire("/2790351215189").await;
        application.anonyme().inscrire(&dominique()).await;
        dominique_.connecter("dominique@exemple.fr", "un mot de passe faux").await;
        let journal = journal().lock().expect("the log").clone();
        assert!(contient(&journal, "route=\"/api/inscription\""));
        for secret in ["2790351215189", MOT_DE_PASSE, "un mot de passe faux", "Pat-Trois", "dominique@", "+33612345678"]
        {
            if let Some(ou) = journal.windows(secret.len()).position(|fenetre| fenetre == secret.as_bytes()) {
                let debut = ou.saturating_sub(400);
                panic!("{secret}: {}", String::from_utf8_lossy(&journal[debut..ou + 60]));
            }
        }
    });
}

#[test]
fn tables_are_made_from_nothing_and_making_them_again_changes_nothing() {
    essai(async |application| {
        let etat = &application.etat;
        let personnes = application.compter("personnes").await;
        etat.store.migrer(&etat.coffre).await.expect("migrations once more");
        assert_eq!(application.compter("personnes").await, personnes);
        assert_eq!(application.compter("_sqlx_migrations").await, 12);
    });
}

#[test]
fn a_database_filled_under_another_key_is_refused() {
    essai(async |application| {
        let store = Store::ouvrir(&application.url).await.expect("the database");
        let refus = store.migrer(&Coffre::new(&[1; 32])).await;
        assert!(matches!(refus, Err(OuvertureImpossible::AutreCle)));
        store.fermer().await;
    });
}

#[test]
fn filling_with_the_fictional_people_twice_is_filling_once() {
    essai(async |application| {
        let etat = &application.etat;
        let (personnes, annees) = (application.compter("personnes").await, application.compter("activites").await);
        batch::demo::remplir(&etat.store, &etat.coffre, etat.clock.maintenant()).await.expect("the fictional people");
        assert_eq!(application.compter("personnes").await, personnes);
        assert_eq!(application.compter("activites").await, annees);
    });
}

#[test]
fn a_lost_database_is_told_as_such_and_nothing_breaks() {
    essai(async |application| {
        let mut dominique_ = application.dominique().await;
        assert_eq!(dominique_.lire("/sante/pret").await.statut, 200);
        application.etat.store.fermer().await;
        dominique_.lire("/sante/pret").await.est_un_refus(503, "indisponible");
        assert_eq!(dominique_.lire("/sante/vif").await.statut, 200);
        dominique_.lire("/api/droits").await.est_un_refus(503, "indisponible");
        dominique_.declarer(&[("heures", "12")], Some(b"%PDF-1.7")).await.est_un_refus(503, "indisponible");
        application.anonyme().inscrire(&dominique()).await.est_un_refus(503, "indisponible");
        application.anonyme().connecter("dominique@exemple.fr", MOT_DE_PASSE).await.est_un_refus(503, "indisponible");
        assert_eq!(application.fichiers_de_pieces(), 0);
    });
}

async fn compter(application: &Application) -> [i64; 4] {
    [
        application.compter("sessions").await,
        application.compter("tentatives").await,
        application.compter("cles_idempotence").await,
        application.compter("journal").await,
    ]
}

#[test]
fn what_has_served_its_time_is_erased_and_nothing_else() {
    essai(async |application| {
        let mut dominique_ = application.dominique().await;
        assert_eq!(dominique_.declarer(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        application.anonyme().connecter("personne@exemple.fr", "faux").await;
        let clock = &application.etat.clock;
        assert!(nettoyer(&application.etat).await.is_ok());
        assert_eq!(compter(&application).await, [1, 2, 2, 3]);
        clock.avancer(Duration::from_secs(3_600));
        assert!(nettoyer(&application.etat).await.is_ok());
        assert_eq!(compter(&application).await, [0, 0, 2, 3]);
        clock.avancer(Duration::from_secs(24 * 3_600));
        assert!(nettoyer(&application.etat).await.is_ok());
        assert_eq!(compter(&application).await, [0, 0, 0, 3]);
        clock.avancer(Duration::from_secs(365 * 24 * 3_600));
        assert!(nettoyer(&application.etat).await.is_ok());
        assert_eq!(compter(&application).await, [0, 0, 0, 0]);
        assert_eq!(application.compter("declarations_dif").await, 1);
        assert_eq!(application.fichiers_de_pieces(), 1);
    });
}

#[test]
fn a_proof_that_no_record_names_is_erased_once_it_is_old() {
    essai(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declarer(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let ecriture = application.etat.pieces.ecrire("0123456789abcdef0123456789abcdef").await.expect("a proof");
        ecriture.finir().await.expect("its end");
        assert_eq!(application.fichiers_de_pieces(), 2);
        // The files bear the time of the machine, the clock of the test is its own: go far enough.
        application.etat.clock.avancer(Duration::from_secs(20 * 365 * 24 * 3_600));
        assert!(nettoyer(&application.etat).await.is_ok());
        assert_eq!(application.fichiers_de_pieces(), 1);
    });
}
