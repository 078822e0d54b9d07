//! Whose account it is, put right by the command line: the squatter of a NIR, a name, a NIR, a birth date, a death.

use serde_json::{Value, json};
use store::account_reference;
use testbed::{Application, Browser, MOT_DE_PASSE, Method, camille, dominique, shown_by_application, trial, with};

use crate::program::{is_refused, succeeds};

async fn reference(application: &Application, courriel: &str) -> String {
    account_reference(&application.rows(&format!("SELECT id FROM comptes WHERE courriel = '{courriel}'")).await[0])
}

fn correct(application: &Application, reference: &str, gesture: &[&str], typed: &str) -> String {
    succeeds(
        application,
        &[&["comptes", reference][..], gesture, &["--preuve", "pièce vue le 27/11/2026"]].concat(),
        typed,
    )
}

fn is_not_corrected(application: &Application, reference: &str, gesture: &[&str], typed: &str, expected: &str) {
    let arguments = [&["comptes", reference][..], gesture, &["--preuve", "pièce vue"]].concat();
    is_refused(application, &arguments, typed.as_bytes(), expected);
}

async fn solde(person: &mut Browser) -> Value {
    person.fetch("/api/droits").await.json()["solde"].clone()
}

/// Somebody who knows enough of another to open an account under their NIR, with a mailbox of their own.
async fn squatter(application: &Application, of: Value) -> Browser {
    let body = with(with(of, "courriel", "squatteur@exemple.fr"), "mot_de_passe", "Un tout autre mot 7 !");
    let mut squatter = application.recorded(body).await;
    assert_eq!(squatter.declare(&[("heures", "100")], Some(b"%PDF-1.7")).await.statut, 201);
    squatter
}

#[test]
fn a_squatted_nir_goes_back_to_whom_it_belongs_with_what_employers_declared_and_nothing_else() {
    trial(async |application| {
        let mut squatter = squatter(&application, dominique()).await;
        let reference = reference(&application, "squatteur@exemple.fr").await;
        let (rights, years) = (solde(&mut squatter).await, application.count("activites").await);
        let mut own = application.anonyme();
        application.comes_to_nothing(&dominique()).await;

        assert!(correct(&application, &reference, &["--liberer-nir"], "").contains("son NIR est libre"));
        assert!(correct(&application, &reference, &["--liberer-nir"], "").contains("rien n'a changé"));
        squatter
            .json(Method::POST, "/api/sous-niveau-3", &json!({ "confirmation": true }))
            .await
            .is_refused_with(401, "session_requise");
        squatter.sign_in("squatteur@exemple.fr", "Un tout autre mot 7 !").await.is_refused_with(403, "compte_gele");
        assert_eq!(application.count("courriers WHERE occasion = 'nir_libere'").await, 1);
        is_refused(
            &application,
            &["comptes", &reference, "--degeler", "--raison", "appel"],
            b"",
            "tant qu'un autre ne lui est pas donné",
        );

        own.key = "celle-de-dominique-02".into();
        application.register(&mut own, &dominique()).await;
        assert_eq!(application.count("activites").await, years, "no hour of an employer is lost");
        let view = own.fetch("/api/dif").await.json();
        assert_eq!(view["declarations"], json!([]), "nothing of one is shown to the other");
        assert_ne!(solde(&mut own).await, rights);
        assert_eq!(solde(&mut own).await, "1810.00");
        let sheet = succeeds(&application, &["comptes", &reference], "");
        assert!(sheet.contains("mis à part") && sheet.contains("libéré") && sheet.contains("squatteur@"), "{sheet}");
        assert_eq!(succeeds(&application, &["comptes"], "2790351215189").matches("Pat-Trois").count(), 1);

        // Whoever had typed a wrong number gets theirs, and only then their account again.
        is_not_corrected(&application, &reference, &["--nir"], "279035121518989", "un autre compte a ce NIR");
        is_not_corrected(&application, &reference, &["--nir"], "180017599902909", "ne vont pas ensemble");
        is_not_corrected(&application, &reference, &["--nir"], "279035121518988", "clé comprise");
    });
}

#[test]
fn a_nir_that_no_employer_knows_is_free_and_its_account_gets_the_right_one() {
    trial(async |application| {
        let mut squatter = squatter(&application, with(camille(), "nom_naissance", "Autrement")).await;
        let before = solde(&mut squatter).await;
        let reference = reference(&application, "squatteur@exemple.fr").await;
        let people = application.count("personnes").await;
        correct(&application, &reference, &["--liberer-nir"], "");
        assert_eq!(application.count("personnes").await, people, "one without a NIR stands for one that is gone");
        let mut own = application.anonyme();
        own.key = "celle-de-camille-001".into();
        application.register(&mut own, &camille()).await;
        // Another NIR of the same birth, with its key.
        correct(&application, &reference, &["--nir"], "180017599901028");
        assert!(succeeds(&application, &["comptes"], "1800175999010").contains("Autrement"));
        succeeds(&application, &["comptes", &reference, "--degeler", "--raison", "identité prouvée"], "");
        assert_eq!(squatter.sign_in("squatteur@exemple.fr", "Un tout autre mot 7 !").await.statut, 200);
        assert_eq!(solde(&mut squatter).await, before, "what was declared came along");
        assert_eq!(application.count("personnes").await, people + 1, "none is left without a NIR");
    });
}

#[test]
fn a_name_and_a_birth_date_are_put_right_told_and_kept_with_their_proof() {
    trial(async |application| {
        let mut camille_ = application.recorded(camille()).await;
        let reference = reference(&application, "camille@exemple.fr").await;
        correct(&application, &reference, &["--nom"], "Durand\nCamille Anne\n");
        correct(&application, &reference, &["--naissance"], "13/01/1980\n");
        camille_.cookie = None;
        assert_eq!(camille_.sign_in("camille@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        let profil = camille_.fetch("/api/profil").await.json();
        assert_eq!(
            (&profil["titulaire"]["nom_naissance"], &profil["titulaire"]["prenoms"], &profil["date_naissance"]),
            (&json!("Durand"), &json!("Camille Anne"), &json!("13/01/1980"))
        );
        for (gesture, typed, expected) in [
            (&["--nom"][..], "\n\n", "sur deux lignes"),
            (&["--nom"], "-\n-\n", "sur deux lignes"),
            (&["--nom"], "D4rand\nCamille\n", "sur deux lignes"),
            (&["--naissance"], "31/02/1980\n", "une date de naissance est attendue"),
            (&["--naissance"], "13/02/1981\n", "ne vont pas ensemble"),
            (&["--deces", "01/01/2199"], "", "un jour passé est attendu"),
        ] {
            is_not_corrected(&application, &reference, gesture, typed, expected);
        }
        let kept = application
            .rows("SELECT quoi, agent, raison FROM journal WHERE agent IS NOT NULL AND raison IS NOT NULL")
            .await;
        let line = |what| format!("{what} | ada | pièce vue le 27/11/2026");
        assert_eq!(kept, [line("naissance_corrigee"), line("nom_corrige")]);
        assert_eq!(application.count("courriers WHERE occasion = 'identite_corrigee'").await, 2);
        let sheet = succeeds(&application, &["comptes", &reference], "");
        assert!(sheet.contains("Durand") && sheet.contains("13/01/1980"), "{sheet}");
    });
}

#[test]
fn a_death_closes_the_account_for_the_law_and_a_false_one_is_undone_by_its_reference() {
    trial(async |application| {
        let mut dominique_ = application.dominique().await;
        let reference = reference(&application, "dominique@exemple.fr").await;
        let said = correct(&application, &reference, &["--deces", "20/11/2026"], "");
        let event = said.split(' ').find(|word| word.starts_with("DEC-")).expect("a reference").trim_end_matches(',');
        assert!(correct(&application, &reference, &["--deces", "20/11/2026"], "").contains("rien n'a changé"));
        dominique_.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.is_refused_with(403, "compte_gele");
        let releve = succeeds(&application, &["releve", "--au", "23/11/2026"], "2790351215189\n");
        assert!(releve.contains("Solde : 0,00"), "{releve}");
        let csv = format!(
            "reference;nir;nom_naissance;prenoms;date_naissance;nature;date;fin\n\
             {event};2790351215189;Pat-Trois;Dominique Marie-Louise;28/03/1979;deces;20/11/2026;23/11/2026\n"
        );
        assert_eq!(application.import_file(&csv, false).await.gaps(), 0);
        succeeds(&application, &["comptes", &reference, "--degeler", "--raison", "titulaire vu"], "");
        assert_eq!(dominique_.sign_in("dominique@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        assert_eq!(solde(&mut dominique_).await, "1810.00");
    });
}

#[test]
fn an_identity_that_was_seen_is_proved_once_told_and_kept_and_goes_with_the_nir() {
    trial(async |application| {
        let mut camille_ = application.recorded(camille()).await;
        let reference = reference(&application, "camille@exemple.fr").await;
        assert!(succeeds(&application, &["comptes", &reference], "").contains("courriel confirmé"));
        assert!(correct(&application, &reference, &["--prouver"], "").contains("identité prouvée"));
        assert!(correct(&application, &reference, &["--prouver"], "").contains("rien n'a changé"));
        assert_eq!(camille_.sign_in("camille@exemple.fr", MOT_DE_PASSE).await.json()["niveau"], "identite_prouvee");
        let sheet = succeeds(&application, &["comptes", &reference], "");
        assert!(sheet.contains("identité prouvée"), "{sheet}");
        assert_eq!(application.count("courriers WHERE occasion = 'identite_prouvee'").await, 1);
        let kept = application
            .rows("SELECT quoi, agent, raison FROM journal WHERE agent IS NOT NULL AND raison IS NOT NULL")
            .await;
        assert_eq!(kept, ["identite_prouvee | ada | pièce vue le 27/11/2026"]);
        correct(&application, &reference, &["--liberer-nir"], "");
        assert_eq!(application.count("comptes WHERE identite_prouvee_le IS NOT NULL").await, 0);
        is_not_corrected(&application, &reference, &["--prouver"], "", "tant qu'un autre ne lui est pas donné");
    });
}

#[test]
fn a_second_step_whose_application_and_codes_are_lost_is_lifted_on_proof_and_its_holder_told() {
    trial(async |application| {
        let mut camille_ = application.recorded(camille()).await;
        let reference = reference(&application, "camille@exemple.fr").await;
        let step = "/api/profil/seconde-etape";
        assert!(correct(&application, &reference, &["--lever-seconde-etape"], "").contains("rien n'a changé"));
        let begun = camille_.json(Method::POST, step, &json!({ "mot_de_passe": MOT_DE_PASSE })).await.json();
        let secret = begun["secret"].as_str().expect("a secret");
        let code = shown_by_application(secret, application.state.clock.now());
        let set = camille_.json(Method::POST, &format!("{step}/confirmation"), &json!({ "code": code })).await;
        assert_eq!(set.statut, 201, "{}", set.text());
        assert_eq!(application.anonyme().sign_in("camille@exemple.fr", MOT_DE_PASSE).await.statut, 202);
        let without_proof = ["comptes", &reference, "--lever-seconde-etape"];
        is_refused(&application, &without_proof, b"", "--preuve");
        assert_eq!(application.anonyme().sign_in("camille@exemple.fr", MOT_DE_PASSE).await.statut, 202);
        let said = correct(&application, &reference, &["--lever-seconde-etape"], "");
        assert!(said.contains("le mot de passe seul l'ouvre"), "{said}");
        assert_eq!(application.anonyme().sign_in("camille@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        let kept = application.rows("SELECT agent, raison FROM journal WHERE quoi = 'seconde_etape_levee'").await;
        assert_eq!(kept, ["ada | pièce vue le 27/11/2026"]);
        assert!(!said.contains(&secret.replace(' ', "")));
    });
}
