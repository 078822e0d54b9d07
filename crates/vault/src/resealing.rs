//! Sealing again, under the newest key, what former ones sealed. Where it is kept is not known here.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::cipher::Unsealable;
use crate::vault::Vault;

/// A NIR, sealed and hashed under the newest key.
pub struct Resealed {
    /// The thirteen characters, encrypted.
    pub nir: String,
    /// What it is looked up by.
    pub digest: String,
}

/// The version that sealed a proof, by its first byte; nothing when it is empty.
pub fn version_of_piece(sealed: &[u8]) -> Option<u8> {
    sealed.first().copied()
}

impl Vault {
    /// The oldest version under which this NIR is sealed or looked up.
    ///
    /// # Errors
    /// [`Unsealable`] as for [`Vault::unseal_nir`].
    pub fn version_of_nir(&self, person: &str, sealed: &str, digest: &str) -> Result<u8, Unsealable> {
        let body = self.unseal_nir(person, sealed)?;
        let sealed_under = match sealed.split_once(':') {
            Some((number, _)) => number.parse().map_err(|_| Unsealable)?,
            None => 1,
        };
        // A person who lost their NIR is looked up by nothing that a key makes of it.
        let looked_up_under = self.nir_search().version_of(&body, digest);
        Ok(looked_up_under.map_or(sealed_under, |number| number.min(sealed_under)))
    }

    /// The same NIR under the newest key.
    ///
    /// # Errors
    /// [`Unsealable`] as for [`Vault::unseal_nir`].
    pub fn reseal_nir(&self, person: &str, sealed: &str, digest: &str) -> Result<Resealed, Unsealable> {
        let body = self.unseal_nir(person, sealed)?;
        let digest = match self.nir_search().version_of(&body, digest) {
            Some(_) => self.nir_digest(&body),
            None => digest.to_owned(),
        };
        Ok(Resealed { nir: self.seal_nir(person, &body), digest })
    }

    /// The version that sealed a text.
    ///
    /// # Errors
    /// [`Unsealable`] when it is no sealed text.
    pub fn version_of_text(sealed: &str) -> Result<u8, Unsealable> {
        let start = sealed.get(..4).ok_or(Unsealable)?;
        STANDARD.decode(start).ok().and_then(|bytes| bytes.first().copied()).ok_or(Unsealable)
    }

    /// The same text under the newest key.
    ///
    /// # Errors
    /// [`Unsealable`] as for [`Vault::unseal`].
    pub fn reseal(&self, record: &str, sealed: &str) -> Result<String, Unsealable> {
        Ok(self.seal(record, &self.unseal(record, sealed)?))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::ring::Ring;

    const NIR: &str = "2790351215189";

    fn rings() -> [Ring; 3] {
        let one = Ring::new([1; 32]);
        let two = one.with([2; 32]).expect("a number");
        let without = two.without(1).expect("a former key");
        [one, two, without]
    }

    #[test]
    fn what_each_version_sealed_is_read_for_as_long_as_it_is_there() {
        let [one, two, without] = rings().map(Vault::of);
        let (nir, text) = (one.seal_nir("p", NIR), one.seal("r", b"un texte"));
        assert_eq!(two.unseal_nir("p", &nir).ok().as_deref(), Some(NIR));
        assert_eq!(two.unseal("r", &text).ok().as_deref(), Some(b"un texte".as_slice()));
        assert!(without.unseal_nir("p", &nir).is_err() && without.unseal("r", &text).is_err());
        let again = two.reseal_nir("p", &nir, &one.nir_digest(NIR)).expect("a NIR");
        let text = two.reseal("r", &text).expect("a text");
        for vault in [&two, &without] {
            assert_eq!(vault.unseal_nir("p", &again.nir).ok().as_deref(), Some(NIR));
            assert!(vault.unseal_nir("q", &again.nir).is_err());
            assert_eq!(vault.unseal("r", &text).ok().as_deref(), Some(b"un texte".as_slice()));
            assert_eq!(vault.nir_digests(NIR).newest(), again.digest);
        }
        assert!(one.unseal_nir("p", &again.nir).is_err() && one.unseal("r", &text).is_err());
        assert_eq!(one.digest("u", &[b"x"]), without.digest("u", &[b"x"]), "what is hashed is found for ever");
        assert_eq!(one.witness_of_digests(), without.witness_of_digests());
    }

    #[test]
    fn a_nir_is_looked_up_under_each_key_and_is_as_old_as_the_oldest_of_its_two() {
        let [one, two, _] = rings().map(Vault::of);
        assert_eq!(two.nir_digests(NIR).all(), [two.nir_digest(NIR), one.nir_digest(NIR)]);
        let (former, new) = (one.seal_nir("p", NIR), two.seal_nir("p", NIR));
        let age = |sealed: &str, digest: &str| two.version_of_nir("p", sealed, digest).ok();
        assert_eq!(age(&former, &one.nir_digest(NIR)), Some(1));
        assert_eq!(age(&new, &one.nir_digest(NIR)), Some(1));
        assert_eq!(age(&former, &two.nir_digest(NIR)), Some(1));
        assert_eq!(age(&new, &two.nir_digest(NIR)), Some(2));
        assert_eq!(age(&new, "of nobody"), Some(2));
        let nobody = two.reseal_nir("p", &former, "of nobody").expect("a NIR");
        assert_eq!(nobody.digest, "of nobody", "it is not found by its NIR");
        assert_eq!(Vault::version_of_text(&one.seal("r", b"")).ok(), Some(1));
        assert_eq!(Vault::version_of_text(&two.seal("r", b"")).ok(), Some(2));
        assert_eq!(version_of_piece(&two.cipher("p").finish()), Some(2));
    }

    #[test]
    fn a_key_that_was_added_meanwhile_is_learnt_when_it_is_met_and_a_wrong_ring_is_not_taken() {
        let [one, two, without] = rings();
        let there = Arc::new(Mutex::new(one.clone()));
        let source = Arc::clone(&there);
        let server = Vault::following(one, move || source.lock().ok().map(|ring| ring.clone()));
        let sealed = Vault::of(two.clone()).seal("r", b"un texte");
        assert!(server.unseal("r", &sealed).is_err());
        *there.lock().expect("a ring") = Ring::new([9; 32]).with([8; 32]).expect("a number");
        assert!(server.unseal("r", &sealed).is_err());
        assert_eq!(server.newest(), 1, "another ring was put in its place");
        *there.lock().expect("a ring") = two;
        assert_eq!(server.unseal("r", &sealed).ok().as_deref(), Some(b"un texte".as_slice()));
        assert_eq!(Vault::version_of_text(&server.seal("r", b"")).ok(), Some(2));
        *there.lock().expect("a ring") = without;
        let since = std::time::Instant::now();
        while server.witnesses().len() > 1 {
            assert!(since.elapsed().as_secs() < 10, "a retired key goes by itself");
            std::thread::yield_now();
        }
    }
}
