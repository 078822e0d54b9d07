//! Fills the database with the fictional people.

use domaine::examples::{Example, PEOPLE};
use domaine::identite::DateNaissance;
use store::{Facts, NewPerson, Store, StoreResult};
use vault::{Vault, identifier};

/// Records the people whom the employers know, with their working lives; gives how many.
///
/// # Errors
/// [`store::StoreError`] when the database fails.
pub async fn fill(store: &Store, vault: &Vault, now: i64) -> StoreResult<usize> {
    let known_ones = PEOPLE.iter().filter(|example| example.known);
    let mut count = 0;
    for example in known_ones {
        let facts = Facts { known: true, situation: example.situation() };
        store.save_facts(&person(vault, example), &facts, now).await?;
        count += 1;
    }
    Ok(count)
}

fn person(vault: &Vault, example: &Example) -> NewPerson {
    let id = identifier();
    let naissance = DateNaissance::from_iso(example.date_naissance).expect("a fictional birth date is a date");
    NewPerson {
        nir_digests: vault.nir_digests(example.nir),
        sealed_nir: vault.seal_nir(&id, example.nir),
        id,
        nom_naissance: example.nom_naissance.into(),
        prenoms: example.prenoms.into(),
        date_naissance: naissance,
    }
}
