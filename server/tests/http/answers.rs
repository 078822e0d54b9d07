//! What was answered and not read yet: told by who is connected, gone once its screen was read.

use serde_json::{Value, json};
use store::{Attested, Step, Verdict};
use testbed::{Application, Browser, Method, multipart, operator, trial};

const PDF: &[u8] = b"%PDF-1.7\nune attestation, de personne en particulier\n%%EOF\n";

async fn told(person: &mut Browser) -> Value {
    person.fetch("/api/session").await.json()["reponses"].clone()
}

fn answers(count: &str, screen: &str) -> Value {
    json!({ "nombre": count, "ecran": screen })
}

async fn letter(application: &Application) -> store::NewLetter {
    let occasion = mail::Occasion::ProofDecided { reference: "DIF-0000-0000" };
    application.state.letters.write(mail::Address("dominique@exemple.fr"), &occasion, application.state.clock.now())
}

#[test]
fn an_answer_is_told_until_its_screen_is_read_and_each_kind_apart() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        assert_eq!(told(&mut dominique).await, Value::Null);
        let (store, moment, by) = (&application.state.store, application.moment(), operator());

        let disputed = json!({ "ligne": "2020-06-30.0", "raison": "Faux." });
        let view = dominique.json(Method::POST, "/api/contestations", &disputed).await.json();
        let dispute = view["reference"].as_str().expect("a reference");
        store.follow_contestation(dispute, Step::TakenUp, None, &by, moment.today, moment.now).await.expect("an act");
        assert_eq!(told(&mut dominique).await, Value::Null, "nothing to read yet");
        store
            .follow_contestation(dispute, Step::Answer("Non."), None, &by, moment.today, moment.now)
            .await
            .expect("an act");
        assert_eq!(told(&mut dominique).await, answers("1", "/historique"));

        let form = multipart(&[("consentement", "oui")], Some(PDF));
        let media = "multipart/form-data; boundary=FRONTIERE";
        let view = dominique.bytes(Method::POST, "/api/handicap", media, form).await.json();
        let handicap = view["declarations"][0]["reference"].as_str().expect("a reference").to_owned();
        let verdict = Verdict::Refused("Illisible.".into());
        store.decide_handicap(&handicap, &verdict, None, &by, moment.today, moment.now).await.expect("a decision");
        dominique.key = "un-dif-0123456789".into();
        let dif = dominique.declare(&[("heures", "12")], Some(PDF)).await.json();
        let dif = dif["declaration"]["reference"].as_str().expect("a reference").to_owned();
        let sent = letter(&application).await;
        store
            .decide_attestation(&dif, &Attested::Accepted, &sent, &by, moment.today, moment.now)
            .await
            .expect("a decision");

        assert_eq!(told(&mut dominique).await, answers("3", "/historique"));
        dominique.fetch("/api/historique").await;
        assert_eq!(told(&mut dominique).await, answers("2", "/mes-droits"));
        dominique.fetch("/api/dif").await;
        assert_eq!(told(&mut dominique).await, answers("1", "/handicap"));
        dominique.fetch("/api/handicap").await;
        assert_eq!(told(&mut dominique).await, Value::Null);
        dominique.fetch("/api/historique").await;
        assert_eq!(told(&mut dominique).await, Value::Null);
    });
}
