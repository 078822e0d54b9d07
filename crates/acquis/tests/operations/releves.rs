//! Statements on the command line, beside those of the screens.

use batch::releves::{self, Demande};
use serde_json::Value;
use testbed::essai;

#[test]
fn the_statements_of_everybody_are_those_of_their_screens() {
    essai(async |application| {
        let etat = &application.etat;
        let mut dominique = application.dominique().await;
        let ecran = dominique.lire("/api/historique").await.json()["releve"].clone();
        let mut tous = Vec::new();
        let au = etat.clock.aujourdhui();
        let nombre = releves::relever_tout(&etat.store, au, &etat.bareme(), &mut tous).await.expect("statements");
        let tous = String::from_utf8(tous).expect("text");
        let releves: Vec<Value> = tous.lines().map(|ligne| serde_json::from_str(ligne).expect("JSON")).collect();
        assert_eq!((releves.len() as u64, nombre as i64), (nombre, application.compter("personnes").await));
        assert_eq!(releves.iter().filter(|releve| releve["releve"] == ecran).count(), 1);
        // One person, by the number that was typed.
        let demande = Demande::lire("279035121518989 28/03/1979".as_bytes(), au).expect("a number");
        let releve =
            releves::relever(&etat.store, &etat.coffre, &demande, au, &etat.bareme()).await.expect("a statement");
        assert_eq!(serde_json::to_value(releve).expect("JSON"), ecran);
        let autre = Demande::lire("279035121518989 28/03/1980".as_bytes(), au).expect("a number");
        let refus = releves::relever(&etat.store, &etat.coffre, &autre, au, &etat.bareme()).await;
        assert!(matches!(refus, Err(releves::Refus::Inconnue)));
    });
}
