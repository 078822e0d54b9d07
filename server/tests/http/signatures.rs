//! What checks the signatures of the service, for anybody.

use api::routes;
use testbed::{MASTER_KEY, rows, trial};
use vault::{PublicKey, Ring, Vault};

#[test]
fn the_key_that_signs_is_published_with_those_of_before_and_none_that_the_database_alone_names() {
    trial(async |application| {
        let ours = application.state.vault.sign(b"Un message\n");
        let mut anybody = application.anonyme();
        let set = anybody.fetch(routes::SIGNATURES).await;
        assert_eq!((set.statut.as_u16(), set.header("content-type")), (200, "application/json"));
        let [key] = set.json()["keys"].as_array().expect("keys").clone().try_into().expect("one key");
        assert_eq!(key["kid"], ours.key.id());
        assert_eq!((&key["kty"], &key["crv"], &key["use"]), (&"OKP".into(), &"Ed25519".into(), &"sig".into()));
        let read = PublicKey::parse(key["x"].as_str().expect("a key")).expect("a key");
        assert!(read.verifies(b"Un message\n", &ours.bytes) && !read.verifies(b"Un autre\n", &ours.bytes));

        // Another version was there, and no program has it any more.
        let other = Vault::of(Ring::new(MASTER_KEY).with([2; 32]).expect("a number"));
        application.state.store.recognize_keys(&other).await.expect("its keys are known");
        let foreign = Vault::new(&[9; 32]).sign(b"").key;
        let seal = other.publication_seal(7, &other.sign(b"").key);
        let sql = format!("INSERT INTO cles_de_signature VALUES ('{}', 7, '{seal}')", foreign.to_text());
        rows(&application.url, &sql).await;
        let set = anybody.fetch(routes::SIGNATURES).await.json();
        let names: Vec<_> = set["keys"].as_array().expect("keys").iter().map(|key| key["kid"].clone()).collect();
        assert_eq!(names, [other.sign(b"").key.id(), ours.key.id()], "the newest first");

        for key in [other.sign(b"").key, ours.key] {
            let pem = anybody.fetch(&routes::ONE_SIGNATURE.replace("{cle}", &format!("{}.pem", key.id()))).await;
            assert_eq!(pem.header("content-type"), "application/x-pem-file");
            assert_eq!(PublicKey::from_pem(&pem.text()), Some(key));
        }
        for name in [format!("{}.pem", foreign.id()), ours.key.id(), ".pem".to_owned()] {
            let answer = anybody.fetch(&routes::ONE_SIGNATURE.replace("{cle}", &name)).await;
            answer.is_refused_with(404, "introuvable");
        }
    });
}
