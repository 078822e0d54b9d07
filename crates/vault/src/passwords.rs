//! Hashing passwords, and refusing the common ones. No SQL, no HTTP.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use tokio::sync::Semaphore;

use crate::vault::hasard;

/// The words that people take first, beside those of the English lists.
const COURANTS: &[&str] = &[
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
    "moncomptetformation",
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
pub struct Hachage {
    argon2: Argon2<'static>,
    /// As many at once as there are cores: each takes its memory.
    places: Arc<Semaphore>,
    /// Compared against when there is no account, so that the answer takes as long.
    leurre: Arc<str>,
}

/// A password could not be hashed: the machine is out of memory or stopping.
#[derive(Debug)]
pub struct HachageImpossible;

impl std::fmt::Display for HachageImpossible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a password could not be hashed")
    }
}

impl std::error::Error for HachageImpossible {}

impl Hachage {
    /// The strength for people: 19 MiB, two passes, one lane (OWASP).
    ///
    /// # Errors
    /// [`HachageImpossible`] when there is not that much memory.
    pub fn new() -> Result<Self, HachageImpossible> {
        Self::avec(19 * 1_024, 2)
    }

    /// Another strength: tests take the least there is.
    ///
    /// # Errors
    /// [`HachageImpossible`] when Argon2 does not know such figures.
    pub fn avec(memoire_kio: u32, passes: u32) -> Result<Self, HachageImpossible> {
        let params = Params::new(memoire_kio, passes, 1, None).map_err(|_| HachageImpossible)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let leurre = hacher(&argon2, "un leurre").ok_or(HachageImpossible)?.into();
        let coeurs = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self { argon2, places: Arc::new(Semaphore::new(coeurs)), leurre })
    }

    /// The text to keep.
    ///
    /// # Errors
    /// [`HachageImpossible`] when memory is lacking.
    pub async fn hacher(&self, mot_de_passe: &str) -> Result<String, HachageImpossible> {
        let (argon2, mot_de_passe) = (self.argon2.clone(), mot_de_passe.to_owned());
        self.travailler(move || hacher(&argon2, &mot_de_passe)).await?.ok_or(HachageImpossible)
    }

    /// Whether the password is the one kept; takes as long when nothing is kept.
    ///
    /// # Errors
    /// [`HachageImpossible`] when memory is lacking.
    pub async fn verifier(&self, mot_de_passe: &str, garde: Option<&str>) -> Result<bool, HachageImpossible> {
        let (argon2, mot_de_passe) = (self.argon2.clone(), mot_de_passe.to_owned());
        let reel = garde.is_some();
        let garde = garde.unwrap_or(&self.leurre).to_owned();
        let egal = self
            .travailler(move || {
                PasswordHash::new(&garde).is_ok_and(|phc| argon2.verify_password(mot_de_passe.as_bytes(), &phc).is_ok())
            })
            .await?;
        Ok(egal && reel)
    }

    /// Whether the password is among the first that anybody would try; `personnels` are words
    /// that others know of the person.
    ///
    /// # Errors
    /// [`HachageImpossible`] when the machine is stopping.
    pub async fn est_courant(&self, mot_de_passe: &str, personnels: Vec<String>) -> Result<bool, HachageImpossible> {
        let mot_de_passe = mot_de_passe.to_owned();
        self.travailler(move || est_courant(&mot_de_passe, &personnels)).await
    }

    async fn travailler<T: Send + 'static>(
        &self,
        travail: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HachageImpossible> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| HachageImpossible)?;
        tokio::task::spawn_blocking(move || {
            let resultat = travail();
            drop(place);
            resultat
        })
        .await
        .map_err(|_| HachageImpossible)
    }
}

fn hacher(argon2: &Argon2<'_>, mot_de_passe: &str) -> Option<String> {
    let sel = SaltString::from_b64(&STANDARD_NO_PAD.encode(hasard::<16>())).ok()?;
    Some(argon2.hash_password(mot_de_passe.as_bytes(), &sel).ok()?.to_string())
}

fn est_courant(mot_de_passe: &str, personnels: &[String]) -> bool {
    let lettres: String = mot_de_passe
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
    let seules: String = mot_de_passe.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()).collect();
    let repete = |texte: &str| {
        COURANTS.iter().any(|mot| {
            // The word, several times, and at most two stray letters that stand for figures.
            let reste = texte.trim_start_matches(mot);
            reste.len() < texte.len() && reste.chars().count() <= 2
        })
    };
    if repete(&lettres) || repete(&seules) {
        return true;
    }
    let personnels: Vec<&str> = personnels.iter().map(String::as_str).collect();
    zxcvbn::zxcvbn(mot_de_passe, &personnels).score() <= zxcvbn::Score::One
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_passwords_are_recognised_under_their_disguises() {
        for courant in
            ["Motdepasse2026!", "M0tdep@sse!!", "azertyuiop123", "SoleilSoleil1", "doudou-2024-", "passwordpassword"]
        {
            assert!(est_courant(courant, &[]), "{courant}");
        }
    }

    #[test]
    fn a_phrase_of_one_s_own_is_not_common() {
        for rare in
            ["Tram jaune, quai 12 !", "girafe-lundi-virgule", "8vL!q2#Zr9xT", "soleil couchant derriere le phare"]
        {
            assert!(!est_courant(rare, &[]), "{rare}");
        }
    }
}
