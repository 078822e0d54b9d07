//! Hashing passwords, and refusing the common ones. No SQL, no HTTP.

use std::sync::Arc;

use argon2::password_hash::{Output, ParamsString, PasswordHash, Salt, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use unicode_normalization::UnicodeNormalization;

use crate::guessing;
use crate::hashers::{Hashers, HashingFailed};
use crate::leaked::Leaked;
use crate::vault::random;

/// The words that people take first, beside those of the English lists.
const COMMON: &[&str] = &[
    "motdepasse",
    "monmotdepasse",
    "mdp",
    "azerty",
    "azertyuiop",
    "qsdfgh",
    "wxcvbn",
    "soleil",
    "doudou",
    "loulou",
    "chouchou",
    "coucou",
    "bonjour",
    "bonsoir",
    "salut",
    "marseille",
    "paris",
    "lyon",
    "bordeaux",
    "toulouse",
    "nantes",
    "bretagne",
    "france",
    "chocolat",
    "nutella",
    "camille",
    "nicolas",
    "thomas",
    "julien",
    "alexandre",
    "maxime",
    "antoine",
    "celine",
    "sandrine",
    "stephanie",
    "isabelle",
    "caroline",
    "princesse",
    "papillon",
    "vacances",
    "football",
    "jetaime",
    "jetaimemonamour",
    "monamour",
    "amour",
    "cheval",
    "minou",
    "chaton",
    "toutou",
    "maman",
    "papa",
    "mamie",
    "papi",
    "famille",
    "liberte",
    "egalite",
    "fraternite",
    "formation",
    "moncompteformation",
    "compteformation",
    "acquis",
    "acquisacquis",
    "admin",
    "administrateur",
    "secret",
    "bienvenue",
    "changezmoi",
];

/// How passwords are hashed: Argon2id.
#[derive(Clone)]
pub struct Hashing {
    argon2: Argon2<'static>,
    /// As many at once as there are cores: each takes its memory.
    hashers: Arc<Hashers>,
    /// Compared against when there is no account, so that the answer takes as long.
    decoy: Arc<str>,
    /// Those that leaked, where whoever runs the server has the list.
    leaked: Option<Leaked>,
}

impl Hashing {
    /// The strength for people: 19 MiB, two passes, one lane (OWASP).
    ///
    /// # Errors
    /// [`HashingFailed`] when there is not that much memory.
    pub fn new() -> Result<Self, HashingFailed> {
        Self::with(19 * 1_024, 2)
    }

    /// Another strength: tests take the least there is.
    ///
    /// # Errors
    /// [`HashingFailed`] when Argon2 does not know such figures, or no thread can be had.
    pub fn with(memory_kib: u32, passes: u32) -> Result<Self, HashingFailed> {
        let params = Params::new(memory_kib, passes, 1, None).map_err(|_| HashingFailed::Impossible)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let decoy = hash(&argon2, "un leurre", &mut Vec::new()).ok_or(HashingFailed::Impossible)?.into();
        Ok(Self { argon2, hashers: Arc::new(Hashers::start()?), decoy, leaked: None })
    }

    /// The same, which refuses the passwords of that list as well.
    #[must_use]
    pub fn refusing(self, leaked: Option<Leaked>) -> Self {
        Self { leaked, ..self }
    }

    /// Whether it is stronger than what this was hashed with: then the password is hashed again when it is next given. Also when it
    /// cannot be read, which no password opens.
    pub fn is_stronger_than(&self, kept: &str) -> bool {
        let as_strong = || {
            let kept = PasswordHash::new(kept).ok()?;
            let latest = kept.algorithm == Algorithm::Argon2id.ident() && kept.version == Some(Version::V0x13.into());
            let (ours, theirs) = (self.argon2.params(), Params::try_from(&kept).ok()?);
            Some(
                latest
                    && theirs.m_cost() >= ours.m_cost()
                    && theirs.t_cost() >= ours.t_cost()
                    && theirs.p_cost() >= ours.p_cost(),
            )
        };
        as_strong() != Some(true)
    }

    /// The text to keep.
    ///
    /// # Errors
    /// [`HashingFailed`] when memory is lacking, or too many wait already.
    pub async fn hash(&self, mot_de_passe: &str) -> Result<String, HashingFailed> {
        let (argon2, mot_de_passe) = (self.argon2.clone(), prepared(mot_de_passe));
        self.hashers.run(move |memory| hash(&argon2, &mot_de_passe, memory)).await?.ok_or(HashingFailed::Impossible)
    }

    /// Whether the password is the one kept, in the writing of any keyboard; takes as long when nothing is kept.
    ///
    /// # Errors
    /// [`HashingFailed`] when memory is lacking, or too many wait already.
    pub async fn check(&self, mot_de_passe: &str, guard: Option<&str>) -> Result<bool, HashingFailed> {
        let writings = writings(mot_de_passe);
        let real = guard.is_some();
        let guard = guard.unwrap_or(&self.decoy).to_owned();
        let equal = self
            .hashers
            .run(move |memory| {
                PasswordHash::new(&guard).is_ok_and(|kept| writings.iter().any(|text| is_of(&kept, text, memory)))
            })
            .await?;
        Ok(equal && real)
    }

    /// Whether the password is among the first that anybody would try, or one that leaked; `personal_texts` are words
    /// that others know of the person.
    ///
    /// # Errors
    /// [`HashingFailed`] when the machine is stopping, too many wait already, or the list cannot be read.
    pub async fn is_common(&self, mot_de_passe: &str, personal_texts: Vec<String>) -> Result<bool, HashingFailed> {
        let mot_de_passe = prepared(mot_de_passe);
        let leaked = self.leaked.clone();
        let judged = self.hashers.run(move |_| {
            let common = is_common(&mot_de_passe, &personal_texts);
            if common { Ok(true) } else { leaked.map_or(Ok(false), |list| list.holds(&mot_de_passe)) }
        });
        judged.await?.map_err(|_| HashingFailed::Unreadable)
    }
}

/// The password as it is hashed: one writing for the same signs, whatever the keyboard makes of an accent (composed on
/// most, a letter and a mark on others) or of a space (Option + space is a no-break one).
///
/// Source: RFC 8265, profile OpaqueString.
fn prepared(mot_de_passe: &str) -> String {
    let is_another_space =
        |c| matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}');
    mot_de_passe.chars().map(|c| if is_another_space(c) { ' ' } else { c }).nfc().collect()
}

/// The writings that what is kept may have been hashed from, the first likeliest: a password used to be hashed as it
/// was typed. How many there are tells nothing of what is kept.
fn writings(mot_de_passe: &str) -> Vec<String> {
    let mut writings = vec![prepared(mot_de_passe)];
    for text in [mot_de_passe.to_owned(), mot_de_passe.nfc().collect(), mot_de_passe.nfd().collect()] {
        if !writings.contains(&text) {
            writings.push(text);
        }
    }
    writings
}

// As the library does by itself, but for the memory, which it would ask from the system each time.
fn hash(argon2: &Argon2<'_>, mot_de_passe: &str, memory: &mut Vec<Block>) -> Option<String> {
    let salt = SaltString::from_b64(&STANDARD_NO_PAD.encode(random::<16>())).ok()?;
    let length = argon2.params().output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let hash = output(argon2, mot_de_passe, salt.as_salt(), length, memory)?;
    let kept = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(argon2.params()).ok()?,
        salt: Some(salt.as_salt()),
        hash: Some(hash),
    };
    Some(kept.to_string())
}

/// Whether that is the password kept, hashed as it was then. Outputs compare in constant time.
fn is_of(kept: &PasswordHash<'_>, mot_de_passe: &str, memory: &mut Vec<Block>) -> bool {
    let mut again = || {
        let algorithm = Algorithm::try_from(kept.algorithm).ok()?;
        let version = kept.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
        let argon2 = Argon2::new(algorithm, version, Params::try_from(kept).ok()?);
        output(&argon2, mot_de_passe, kept.salt?, kept.hash?.len(), memory)
    };
    again().is_some_and(|again| kept.hash == Some(again))
}

fn output(argon2: &Argon2<'_>, text: &str, salt: Salt<'_>, length: usize, memory: &mut Vec<Block>) -> Option<Output> {
    let mut bytes = [0; Salt::MAX_LENGTH];
    let salt = salt.decode_b64(&mut bytes).ok()?;
    memory.resize(argon2.params().block_count(), Block::default());
    let fill = |out: &mut [u8]| Ok(argon2.hash_password_into_with_memory(text.as_bytes(), salt, out, memory)?);
    Output::init_with(length, fill).ok()
}

fn is_common(mot_de_passe: &str, personal_texts: &[String]) -> bool {
    let letters: String = mot_de_passe
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            '@' | 'à' | 'â' | '4' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' | '3' | '€' => Some('e'),
            'î' | 'ï' | '!' | '1' => Some('i'),
            'ô' | 'ö' | '0' => Some('o'),
            'ù' | 'û' | 'ü' => Some('u'),
            'ç' => Some('c'),
            '$' | '5' => Some('s'),
            c => c.is_alphabetic().then_some(c),
        })
        .collect();
    let alone: String = mot_de_passe.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()).collect();
    let repeated = |text: &str| {
        COMMON.iter().any(|word| {
            // The word, several times, and at most two stray letters that stand for figures.
            let rest = text.trim_start_matches(word);
            rest.len() < text.len() && rest.chars().count() <= 2
        })
    };
    if repeated(&letters) || repeated(&alone) {
        return true;
    }
    guessing::score(mot_de_passe, personal_texts) < zxcvbn::Score::Three
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

    use super::*;

    /// As the library hashes by itself.
    fn by_the_library(argon2: &Argon2<'_>, text: &str) -> String {
        let salt = SaltString::from_b64("Z3J1ZXMgdmVydGVz").expect("a salt");
        argon2.hash_password(text.as_bytes(), &salt).expect("a hash").to_string()
    }

    #[tokio::test]
    async fn we_and_the_library_know_each_others_hashes() {
        let hashing = Hashing::with(64, 2).expect("a strength");
        let ours = hashing.hash("trois grues vertes").await.expect("a hash");
        let kept = PasswordHash::new(&ours).expect("a hash");
        assert!(hashing.argon2.verify_password(b"trois grues vertes", &kept).is_ok());
        assert!(hashing.argon2.verify_password(b"deux grues vertes", &kept).is_err());
        // Whatever strength it was hashed with, and whatever the memory held before.
        for (memory, passes) in [(64, 2), (8, 1), (256, 3), (32, 1)] {
            let other = Hashing::with(memory, passes).expect("a strength");
            let theirs = by_the_library(&other.argon2, "trois grues vertes");
            assert!(hashing.check("trois grues vertes", Some(&theirs)).await.expect("an answer"), "{memory}");
            assert!(!hashing.check("deux grues vertes", Some(&theirs)).await.expect("an answer"), "{memory}");
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn many_passwords_come_at_once_and_each_has_its_answer() {
        let hashing = Hashing::with(64, 1).expect("a strength");
        let kept = hashing.hash("trois grues vertes").await.expect("a hash");
        let checks: Vec<_> = (0..60)
            .map(|rank| {
                let (hashing, kept) = (hashing.clone(), kept.clone());
                let typed = if rank % 2 == 0 { "trois grues vertes" } else { "quatre grues vertes" };
                tokio::spawn(async move { hashing.check(typed, Some(&kept)).await.expect("an answer") })
            })
            .collect();
        for (rank, check) in checks.into_iter().enumerate() {
            assert_eq!(check.await.expect("an answer"), rank % 2 == 0);
        }
    }

    #[test]
    fn a_hash_is_replaced_when_any_of_its_figures_is_below_ours_and_no_other_is() {
        let ours = Hashing::with(64, 2).expect("a strength");
        let by = |algorithm, version, (memory, passes, lanes)| {
            let params = Params::new(memory, passes, lanes, None).expect("figures");
            by_the_library(&Argon2::new(algorithm, version, params), "trois grues vertes")
        };
        let id = |figures| by(Algorithm::Argon2id, Version::V0x13, figures);
        for as_strong in [id((64, 2, 1)), id((128, 2, 1)), id((64, 3, 1)), id((64, 2, 2))] {
            assert!(!ours.is_stronger_than(&as_strong), "{as_strong}");
        }
        for weaker in [
            id((63, 2, 1)),
            id((64, 1, 1)),
            id((128, 1, 1)),
            by(Algorithm::Argon2i, Version::V0x13, (64, 2, 1)),
            by(Algorithm::Argon2d, Version::V0x13, (64, 2, 1)),
            by(Algorithm::Argon2id, Version::V0x10, (64, 2, 1)),
            "illisible".to_owned(),
        ] {
            assert!(ours.is_stronger_than(&weaker), "{weaker}");
        }
    }

    #[test]
    fn the_strength_for_people_is_that_of_owasp() {
        // OWASP Password Storage Cheat Sheet: Argon2id, 19 MiB, 2 passes, 1 lane, at the least.
        let argon2 = Hashing::new().expect("the memory it takes").argon2;
        let params = argon2.params();
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (19 * 1_024, 2, 1));
    }

    #[test]
    fn common_passwords_are_recognised_under_their_disguises() {
        for current in
            ["Motdepasse2026!", "M0tdep@sse!!", "azertyuiop123", "SoleilSoleil1", "doudou-2024-", "passwordpassword"]
        {
            assert!(is_common(current, &[]), "{current}");
        }
    }

    #[tokio::test]
    async fn a_password_opens_in_every_writing_and_no_other() {
        let hashing = Hashing::with(8, 1).expect("the least there is");
        for (set, typed) in [
            ("été à Noël", "e\u{301}te\u{301} a\u{300} Noe\u{308}l"),
            ("e\u{301}te\u{301} a\u{300} Noe\u{308}l", "été à Noël"),
            ("grues\u{a0}vertes", "grues vertes"),
            ("grues vertes", "grues\u{202f}vertes"),
            ("cha\u{302}\u{323}n", "cha\u{323}\u{302}n"),
        ] {
            let kept = hashing.hash(set).await.expect("a hash");
            assert!(hashing.check(typed, Some(&kept)).await.expect("an answer"), "{set}");
            assert!(hashing.check(set, Some(&kept)).await.expect("an answer"), "{set}");
            for other in ["ete a Noel", "ÉTÉ À NOËL", "gruesvertes", "chan"] {
                assert!(!hashing.check(other, Some(&kept)).await.expect("an answer"), "{set} {other}");
            }
            assert!(!hashing.check(typed, None).await.expect("an answer"));
        }
    }

    #[tokio::test]
    async fn what_was_hashed_as_it_was_typed_still_opens() {
        let hashing = Hashing::with(8, 1).expect("the least there is");
        for set in ["trois grues vertes", "été à Noël", "e\u{301}te\u{301} a\u{300} Noe\u{308}l", "grues\u{a0}vertes"]
        {
            let before = by_the_library(&hashing.argon2, set);
            for typed in [set.to_owned(), set.nfc().collect(), set.nfd().collect()] {
                assert!(hashing.check(&typed, Some(&before)).await.expect("an answer"), "{set}");
            }
        }
    }

    #[test]
    fn a_phrase_of_one_s_own_is_not_common() {
        for rare in
            ["Tram jaune, quai 12 !", "girafe-lundi-virgule", "8vL!q2#Zr9xT", "soleil couchant derriere le phare"]
        {
            assert!(!is_common(rare, &[]), "{rare}");
        }
    }
}
