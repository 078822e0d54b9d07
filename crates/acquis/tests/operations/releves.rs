//! Statements on the command line, beside those of the screens.

use batch::Nobody;
use batch::releves::{self, Wanted};
use serde_json::Value;
use testbed::trial;

#[test]
fn the_statements_of_everybody_are_those_of_their_screens() {
    trial(async |application| {
        let state = &application.state;
        let mut dominique = application.dominique().await;
        let screen = dominique.fetch("/api/historique").await.json()["releve"].clone();
        let mut all = Vec::new();
        let as_of = state.clock.today();
        let count =
            releves::all_releves(&state.store, &Nobody, as_of, &state.bareme(), &mut all).await.expect("statements");
        let all = String::from_utf8(all).expect("text");
        let releves: Vec<Value> = all.lines().map(|ligne| serde_json::from_str(ligne).expect("JSON")).collect();
        assert_eq!((releves.len() as u64, count as i64), (count, application.count("personnes").await));
        assert_eq!(releves.iter().filter(|releve| releve["releve"] == screen).count(), 1);
        // One person, by the number that was typed.
        let wanted = Wanted::parse("279035121518989 28/03/1979".as_bytes(), as_of).expect("a number");
        let found =
            releves::releves(&state.store, &state.vault, &wanted, as_of, &state.bareme()).await.expect("a statement");
        assert_eq!(serde_json::to_value(found.releve).expect("JSON"), screen);
        let other = Wanted::parse("279035121518989 28/03/1980".as_bytes(), as_of).expect("a number");
        let refusal = releves::releves(&state.store, &state.vault, &other, as_of, &state.bareme()).await;
        assert!(matches!(refusal, Err(releves::Refusal::Unknown)));
    });
}
