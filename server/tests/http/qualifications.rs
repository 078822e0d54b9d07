//! Below level 3: declared and ended by the holder.

use std::time::Duration;

use axum::http::Method;
use domaine::droits::{Activite, HeuresAnterieures, Provenance, Situation};
use domaine::exemples::PERSONNES;
use domaine::mesures::{Annee, DureeTravaillee, Heures};
use serde_json::{Value, json};
use store::{Faits, NouvellePersonne};
use testbed::{Application, MOT_DE_PASSE, Navigateur, essai};
use vault::identifiant;

const CHEMIN: &str = "/api/sous-niveau-3";
const JOUR: Duration = Duration::from_secs(24 * 3_600);

async fn declarer(personne: &mut Navigateur) -> Value {
    let reponse = personne.json(Method::POST, CHEMIN, &json!({ "confirmation": true })).await;
    assert_eq!(reponse.statut, 200, "{}", reponse.texte());
    reponse.json()
}

async fn finir(personne: &mut Navigateur, erreur: bool) -> Value {
    let reponse = personne.json(Method::DELETE, CHEMIN, &json!({ "confirmation": true, "erreur": erreur })).await;
    assert_eq!(reponse.statut, 200, "{}", reponse.texte());
    reponse.json()
}

/// Dominique works in 2026, 2027 and 2028 too.
async fn travailler(application: &Application) {
    let dominique = &PERSONNES[0];
    let etat = &application.etat;
    let activites = (2026..=2028).map(|annee| {
        let annee = Annee::new(annee).expect("a year");
        Activite::salariee(annee, DureeTravaillee::heures(1_607), None, Provenance::Employeurs)
    });
    let heures = HeuresAnterieures { heures: Heures::new(54), provenance: Provenance::AncienCompte };
    let situation =
        Situation { heures_anterieures: Some(heures), activites: activites.collect(), ..Situation::default() };
    let personne = NouvellePersonne {
        nir_empreinte: etat.coffre.empreinte_nir(dominique.nir),
        annee_naissance: 1979,
        id: identifiant(),
        nir_chiffre: String::new(),
        nom_naissance: dominique.nom_naissance.into(),
        prenoms: dominique.prenoms.into(),
        date_naissance: dominique.date_naissance.into(),
    };
    let faits = Faits { connue: true, situation };
    etat.store.enregistrer_faits(&personne, &faits, etat.clock.maintenant()).await.expect("facts");
}

/// Lets days go by, and comes back.
async fn attendre(application: &Application, jours: u32) -> Navigateur {
    application.etat.clock.avancer(JOUR * jours);
    let mut dominique = application.anonyme();
    assert_eq!(dominique.connecter("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
    dominique
}

async fn credits(personne: &mut Navigateur) -> Vec<String> {
    let historique = personne.lire("/api/historique").await.json();
    let lignes = historique["releve"]["lignes"].as_array().cloned().unwrap_or_default();
    lignes.iter().map(|ligne| ligne["montant"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn nobody_declares_without_the_box() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        let vu = dominique.lire(CHEMIN).await.json();
        assert_eq!((&vu["en_cours"], &vu["declarations"]), (&json!(false), &json!([])));
        assert_eq!((&vu["credit"], &vu["plafond"]), (&json!("800.00"), &json!("8000.00")));
        assert_eq!((&vu["credit_ordinaire"], &vu["plafond_ordinaire"]), (&json!("500.00"), &json!("5000.00")));
        assert_eq!(vu["annee"], "2026");
        for methode in [Method::POST, Method::DELETE] {
            let refus = dominique.json(methode.clone(), CHEMIN, &json!({ "confirmation": false })).await;
            refus.est_un_refus(422, "saisie");
            assert_eq!(refus.faute("confirmation"), "confirmation_manquante");
            let refus = dominique.json(methode, CHEMIN, &json!({ "confirmation": true, "autre": 1 })).await;
            refus.est_un_refus(400, "corps_illisible");
        }
        assert_eq!(application.compter("declarations_sous_niveau_3").await, 0);
    });
}

#[test]
fn declaring_twice_is_declaring_once_and_so_is_ending() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(finir(&mut dominique, false).await["declarations"], json!([]));
        for _ in 0..2 {
            let vu = declarer(&mut dominique).await;
            assert_eq!(vu["en_cours"], true);
            assert_eq!(
                vu["declarations"],
                json!([{ "declaree_le": "2026-11-23", "fin_declaree_le": null, "annulee_le": null }])
            );
        }
        for _ in 0..2 {
            let vu = finir(&mut dominique, false).await;
            assert_eq!(vu["en_cours"], false);
            assert_eq!(vu["declarations"][0]["fin_declaree_le"], "2026-11-23");
        }
        assert_eq!(application.compter("declarations_sous_niveau_3").await, 2);
        let vu = declarer(&mut dominique).await;
        assert_eq!(vu["declarations"].as_array().map(Vec::len), Some(2));
        assert_eq!(vu["declarations"][0]["fin_declaree_le"], Value::Null);
    });
}

#[test]
fn two_declarations_at_the_same_time_are_one() {
    essai(async |application| {
        let dominique = application.dominique().await;
        let (mut un, mut autre) = (dominique.clone(), dominique);
        let (un, autre) = tokio::join!(declarer(&mut un), declarer(&mut autre));
        assert_eq!(un, autre);
        assert_eq!(application.compter("declarations_sous_niveau_3").await, 1);
    });
}

#[test]
fn a_declaration_raises_the_credit_of_its_year_until_the_year_of_its_end() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        travailler(&application).await;
        declarer(&mut dominique).await;
        assert_eq!(credits(&mut dominique).await, ["810.00"], "what is credited already does not change");
        // 2026 is credited on 30 June 2027, 2027 a year later.
        let mut dominique = attendre(&application, 219).await;
        assert_eq!(credits(&mut dominique).await, ["810.00", "800.00"]);
        assert_eq!(dominique.lire("/api/droits").await.json()["plafond"], "8000.00");
        finir(&mut dominique, false).await;
        let mut dominique = attendre(&application, 366).await;
        assert_eq!(credits(&mut dominique).await, ["810.00", "800.00", "800.00"]);
        let mut dominique = attendre(&application, 365).await;
        assert_eq!(credits(&mut dominique).await, ["810.00", "800.00", "800.00", "500.00"]);
    });
}

#[test]
fn taking_a_declaration_back_recalculates_what_it_gave_and_keeps_the_old_statement() {
    essai(async |application| {
        let mut dominique = application.dominique().await;
        travailler(&application).await;
        declarer(&mut dominique).await;
        let mut dominique = attendre(&application, 250).await;
        assert_eq!(credits(&mut dominique).await, ["810.00", "800.00"]);
        application.alimenter(2026).await;
        finir(&mut dominique, true).await;
        assert_eq!(credits(&mut dominique).await, ["810.00", "800.00", "-800.00", "500.00"]);
        // The ledger takes it back for the reason of the statement.
        application.alimenter(2026).await;
        let reprise = application.lignes("SELECT motif FROM ecritures WHERE annee = 2026 AND rang = 2").await;
        let attendue = r#"{"contrepassation":{"du":"2027-06-30","raison":"declaration_annulee","annee":"2026"}}"#;
        assert_eq!(reprise, [attendue]);
        assert_eq!(application.alimenter(2026).await.inscrites, 0);
        let avant = dominique.lire("/api/historique?au=2027-07-01").await.json();
        assert_eq!(avant["releve"]["solde"], "1610.00");
        let export = dominique.lire("/api/profil/export").await.json();
        assert_eq!(export["declarations_sous_niveau_3"][0]["annulee_le"], "2027-07-31");
    });
}
