//! How many files the system lets this program open, and how many connections that makes. Serves none.

/// A file and a connection for each of the most connections there may be, and what the database and the proofs need.
const WANTED: u64 = 2 * MOST + KEPT;
/// The most connections at once.
const MOST: u64 = 4_096;
/// For the database, the log and the folders.
const KEPT: u64 = 128;

/// Raises the limit of open files as far as the system lets us; gives how many connections it is good for.
pub fn connections() -> usize {
    let limit = rlimit::increase_nofile_limit(WANTED).unwrap_or_else(|error| {
        tracing::warn!(erreur = %error, "the limit of open files could not be raised");
        1_024
    });
    let good_for = connections_of(limit);
    if good_for < MOST {
        tracing::warn!(
            fichiers = limit,
            connexions = good_for,
            "few files may be open at once: raise the limit (ulimit -n)"
        );
    }
    usize::try_from(good_for).unwrap_or(usize::MAX)
}

/// Each connection may also have a proof open.
fn connections_of(files: u64) -> u64 {
    (files.saturating_sub(KEPT) / 2).clamp(16, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_never_take_the_last_files() {
        assert_eq!(connections_of(u64::MAX), MOST);
        assert_eq!(connections_of(WANTED), MOST);
        assert_eq!(connections_of(1_024), 448);
        assert_eq!(connections_of(0), 16);
    }
}
