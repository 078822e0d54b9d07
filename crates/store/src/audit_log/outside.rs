//! The file where the anchors of the journal leave the database: one a line, only added to.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

/// Adds to this file the anchors that it does not hold, in their order; it is made when it is not there, for its owner alone. What
/// was added is on the disk when this ends.
///
/// # Errors
/// The disk: then what is missing is added the next time.
pub fn leave_anchors(file: &Path, anchors: &[String]) -> io::Result<()> {
    #[cfg(unix)]
    let is_new = !file.exists();
    let mut options = File::options();
    options.create(true).append(true).read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file)?;
    let mut held = String::new();
    opened.read_to_string(&mut held)?;
    let known: HashSet<&str> = held.lines().collect();
    // A line that a power cut left unfinished stays as it is: this file is only added to.
    let mut added = String::from(if held.is_empty() || held.ends_with('\n') { "" } else { "\n" });
    let missing: Vec<&String> = anchors.iter().filter(|anchor| !known.contains(anchor.as_str())).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for anchor in missing {
        added.push_str(anchor);
        added.push('\n');
    }
    opened.write_all(added.as_bytes())?;
    opened.sync_all()?;
    // The name of a new file is on the disk when its folder is.
    #[cfg(unix)]
    if is_new && let Some(dir) = file.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_file_is_only_added_to_and_is_its_owners_alone() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("ancres");
        leave_anchors(&file, &texts(&["un", "deux"])).expect("a new file");
        leave_anchors(&file, &texts(&["un", "deux", "trois"])).expect("a line more");
        leave_anchors(&file, &texts(&["un", "deux", "trois"])).expect("nothing to add");
        assert_eq!(std::fs::read_to_string(&file).expect("a file"), "un\ndeux\ntrois\n");
        // What a restored database does not hold any more stays.
        leave_anchors(&file, &texts(&["un", "autre"])).expect("a line more");
        assert_eq!(std::fs::read_to_string(&file).expect("a file"), "un\ndeux\ntrois\nautre\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(file.metadata().expect("a file").permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn what_a_power_cut_left_unfinished_is_written_whole_below() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("ancres");
        std::fs::write(&file, "un\nde").expect("a file");
        leave_anchors(&file, &texts(&["un", "deux"])).expect("a line more");
        assert_eq!(std::fs::read_to_string(&file).expect("a file"), "un\nde\ndeux\n");
    }
}
