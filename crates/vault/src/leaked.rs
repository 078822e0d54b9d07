//! Passwords that leaked, in the file that « Have I Been Pwned » gives and whoever runs the server brings: the SHA-1 of each in
//! capitals on its line, then how often it was seen, in the order of the hashes. Never in memory: it weighs some forty gigabytes.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use sha1::{Digest as _, Sha1};

/// Figures of a hash.
const HASH: usize = 40;
/// Longer than any line, its end included.
const LINE: u64 = 64;
/// Few enough bytes to be read at once.
const NEAR: u64 = 4_096;

/// The file. Opened again for each password: what replaces it under its name is read at once.
#[derive(Clone, Debug)]
pub struct Leaked(std::path::PathBuf);

impl Leaked {
    /// That file, if its first line is one of such a file.
    ///
    /// # Errors
    /// A sentence in French, without the path.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| format!("ne peut pas être lu : {error}"))?;
        let mut start = Vec::new();
        file.take(LINE).read_to_end(&mut start).map_err(|error| format!("ne peut pas être lu : {error}"))?;
        let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        if hash_of(line).is_some() && start.contains(&b'\n') {
            return Ok(Self(path.to_owned()));
        }
        Err("n'est pas la liste triée par empreintes SHA-1 de « Have I Been Pwned » (une empreinte en capitales par ligne)".into())
    }

    /// Whether it holds this password.
    pub(crate) fn holds(&self, mot_de_passe: &str) -> io::Result<bool> {
        let wanted: String = Sha1::digest(mot_de_passe.as_bytes()).iter().map(|byte| format!("{byte:02X}")).collect();
        let wanted = wanted.as_bytes();
        let mut file = File::open(&self.0)?;
        // A line that begins in this part, the only one where it may.
        let (mut from, mut to) = (0, file.metadata()?.len());
        while to - from > NEAR {
            let middle = from + (to - from) / 2;
            let near = read_at(&mut file, middle, 2 * LINE)?;
            let Some(end) = near.iter().position(|byte| *byte == b'\n') else {
                return Err(io::ErrorKind::InvalidData.into());
            };
            let hash = hash_of(&near[end + 1..]).ok_or(io::ErrorKind::InvalidData)?;
            if hash <= wanted {
                from = middle + end as u64 + 1;
            } else {
                to = middle;
            }
        }
        let near = read_at(&mut file, from, to - from + 2 * LINE)?;
        Ok(near.split(|byte| *byte == b'\n').any(|line| hash_of(line) == Some(wanted)))
    }
}

fn read_at(file: &mut File, place: u64, length: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(place))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The hash at the start of a line.
fn hash_of(line: &[u8]) -> Option<&[u8]> {
    let hash = line.get(..HASH)?;
    hash.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F')).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(passwords: &[String]) -> tempfile::NamedTempFile {
        let mut lines: Vec<String> = passwords
            .iter()
            .enumerate()
            .map(|(rank, password)| {
                let hash: String = Sha1::digest(password.as_bytes()).iter().map(|byte| format!("{byte:02X}")).collect();
                // Counts of every length: lines are not as long as one another.
                format!("{hash}:{}\r\n", 7_u64.pow(u32::try_from(rank % 12).expect("a few")))
            })
            .collect();
        lines.sort();
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        std::fs::write(file.path(), lines.concat()).expect("a file");
        file
    }

    #[test]
    fn every_password_of_the_file_is_found_and_no_other() {
        for count in [1, 2, 60, 3_000] {
            let all: Vec<String> = (0..count).map(|rank| format!("mot de passe {rank}")).collect();
            let file = written(&all);
            let leaked = Leaked::open(file.path()).expect("a list");
            for (rank, password) in all.iter().enumerate() {
                assert!(leaked.holds(password).expect("a readable file"), "{password} of {count}");
                assert!(!leaked.holds(&format!("autre {rank}")).expect("a readable file"), "{rank} of {count}");
            }
        }
    }

    #[tokio::test]
    async fn a_password_that_leaked_is_refused_however_strong_it_looks_and_nothing_is_judged_without_the_list() {
        use crate::hashers::HashingFailed;
        use crate::passwords::Hashing;
        let file = written(&["girafe violette du jeudi 27".to_owned()]);
        let hashing =
            Hashing::with(8, 1).expect("a quick Argon2").refusing(Some(Leaked::open(file.path()).expect("a list")));
        assert_eq!(hashing.is_common("girafe violette du jeudi 27", Vec::new()).await, Ok(true));
        assert_eq!(hashing.is_common("girafe violette du jeudi 28", Vec::new()).await, Ok(false));
        drop(file);
        assert_eq!(hashing.is_common("girafe violette du jeudi 28", Vec::new()).await, Err(HashingFailed::Unreadable));
    }

    #[test]
    fn what_is_no_such_list_is_refused_before_anybody_relies_on_it() {
        for text in [
            "",
            "motdepasse\n123456\n",
            "21BD12DC183F740EE76F27B78EB39C8AD972A757",
            "21bd12dc183f740ee76f27b78eb39c8ad972a757:1\n",
        ] {
            let file = tempfile::NamedTempFile::new().expect("a temporary file");
            std::fs::write(file.path(), text).expect("a file");
            assert!(Leaked::open(file.path()).is_err(), "{text}");
        }
        assert!(Leaked::open(Path::new("/nulle/part")).is_err_and(|why| why.starts_with("ne peut pas être lu")));
    }
}
