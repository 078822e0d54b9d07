//! Real files (`files/make.sh` says how they were made): each scheme locked, and restricted alone; then what is done to them.

use std::path::Path;

use pdf::{Watch, asks_for_a_password};
use proptest::prelude::*;

/// Every file with its name.
fn files() -> Vec<(String, Vec<u8>)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let mut files: Vec<_> = std::fs::read_dir(dir)
        .expect("the folder of the files")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "pdf"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(path).expect("its bytes"))
        })
        .collect();
    files.sort();
    files
}

fn file(name: &str) -> Vec<u8> {
    files().into_iter().find(|(other, _)| other == name).expect("a file of that name").1
}

fn seen(file: &[u8], pieces: usize) -> bool {
    let mut watch = Watch::default();
    file.chunks(pieces).for_each(|piece| watch.add(piece));
    watch.seen()
}

/// The bytes with each of these words replaced.
fn with(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    let place = file.windows(from.len()).position(|window| window == from.as_bytes()).expect("what is replaced");
    [&file[..place], to.as_bytes(), &file[place + from.len()..]].concat()
}

#[test]
fn a_locked_file_is_told_in_every_scheme_and_a_restricted_one_is_none() {
    let files = files();
    let named = |end: &str| files.iter().filter(|(name, _)| name.ends_with(end)).count();
    assert_eq!((named("-locked"), named("-restricted")), (15, 16));
    for (name, file) in files {
        assert_eq!(asks_for_a_password(&file), name.ends_with("-locked"), "{name}");
    }
}

#[test]
fn a_file_that_came_by_pieces_is_noticed_wherever_they_were_cut() {
    for (name, file) in files() {
        for pieces in [1, 2, 3, 5, 7, 8, 9, 64, 10_000] {
            // The plain one speaks of it in its text: a second look tells.
            assert!(name == "plain-stream" || seen(&file, pieces), "{name} by {pieces}");
        }
    }
    assert!(!seen(b"%PDF-1.7 /Encryp t /EncrypX /Encryp", 3));
}

#[test]
fn one_whose_end_does_not_say_where_it_begins_is_read_as_readers_do() {
    for (name, file) in files() {
        let locked = name.ends_with("-locked");
        let place = file.windows(9).rposition(|window| window == b"startxref").expect("an end");
        for end in ["", "startxref\n", "startxref\n99999999999999999999\n%%EOF", "startxref\n7\n%%EOF", "startxref\n1"]
        {
            let damaged = [&file[..place], end.as_bytes()].concat();
            assert_eq!(asks_for_a_password(&damaged), locked, "{name} with « {end} »");
        }
        assert_eq!(asks_for_a_password(&[&file, b"\0\0\r\nsent by a scanner".as_slice()].concat()), locked, "{name}");
        assert_eq!(asks_for_a_password(&[b"\xef\xbb\xbf", file.as_slice()].concat()), locked, "{name}");
    }
}

#[test]
fn what_a_text_or_an_attached_file_says_locks_nothing() {
    let plain = file("plain");
    let locked = file("aes-256-table-locked");
    // A file attached as it is, and a page that speaks of trailers.
    for inside in [locked.as_slice(), b"trailer << /Root 1 0 R /Encrypt << /Filter /Standard /V 5 /R 6 >> >> "] {
        let stream = [b"9 0 obj\n<< /Length 1 >>\nstream\n", inside, b"\nendstream\nendobj\n"].concat();
        // In front, where the last lines still lead to the trailer.
        let head = b"%PDF-1.7\n".len();
        let file = [&plain[..head], &stream, &plain[head..]].concat();
        let offset = |file: &[u8]| file.windows(5).rposition(|window| window == b"\nxref").expect("a table") + 1;
        let moved = offset(&file).to_string();
        let file =
            with(&file, &format!("startxref\n{}\n%%EOF\n", offset(&plain)), &format!("startxref\n{moved}\n%%EOF\n"));
        assert!(!asks_for_a_password(&file));
    }
}

#[test]
fn a_change_written_behind_counts_as_the_file_says() {
    for name in ["rc4-128-table-locked", "aes-256-table-restricted"] {
        let file = file(name);
        let before = file.windows(5).rposition(|window| window == b"\nxref").expect("a table") + 1;
        let trailer = String::from_utf8_lossy(&file[before..]).into_owned();
        let trailer =
            trailer.split("trailer").nth(1).and_then(|rest| rest.split("startxref").next()).expect("a trailer");
        let update = format!("xref\n0 0\ntrailer{}startxref\n{}\n%%EOF\n", trailer, file.len());
        let changed = [file.as_slice(), update.as_bytes()].concat();
        assert_eq!(asks_for_a_password(&changed), name.ends_with("-locked"), "{name}");
    }
}

#[test]
fn what_a_certificate_or_a_bookshop_opens_is_locked() {
    let file = file("aes-256-table-restricted");
    for handler in ["/Filter /Adobe.PubSec", "/Filter /EBX_HANDLER"] {
        assert!(asks_for_a_password(&with(&file, "/Filter /Standard", handler)), "{handler}");
    }
}

#[test]
fn one_whose_attachments_alone_are_encrypted_opens() {
    let file = with(&file("aes-256-table-locked"), "/StmF /StdCF /StrF /StdCF", "/EFF /StdCF /StmF /Identity");
    assert!(!asks_for_a_password(&file));
}

#[test]
fn what_cannot_be_told_is_no_refusal() {
    let file = file("aes-256-table-locked");
    for (from, to) in
        [("/R 6", "/R 7"), ("/R 6", "/S 6"), ("/U <", "/U <00> /X <"), ("/O <", "/X <"), ("/Encrypt 6", "/Encrypt 60")]
    {
        assert!(!asks_for_a_password(&with(&file, from, to)), "{from} {to}");
    }
    // Its permissions say nothing of passwords in this revision; in the former ones they do.
    assert!(asks_for_a_password(&with(&file, "/P -3376", "/P 4294963920")));
}

#[test]
fn permissions_may_be_written_without_a_sign_and_a_length_may_lie() {
    let file = file("aes-128-table-restricted");
    let unsigned = with(&file, "/P -3376", "/P 4294963920");
    assert!(!asks_for_a_password(&unsigned));
    assert!(!asks_for_a_password(&with(&file, "/Length 128", "/Length 256")));
    assert!(!asks_for_a_password(&with(&file, "/Length 128", "")));
}

#[test]
fn the_largest_hostile_file_is_judged_in_a_bounded_time() {
    let unit: [&[u8]; 6] = [
        b"trailer<</Root 1 0 R/Encrypt 5 0 R",
        b"5 0 obj<</Filter",
        b"/Encrypt<<",
        b"<<[(",
        b"startxref 0 ",
        b"trailer<</Root 1 0 R/Encrypt 5 0 R>>5 0 obj<</Filter/Standard/U",
    ];
    for unit in unit {
        let hostile = [b"%PDF-1.7\n", unit.repeat(10_000_000 / unit.len()).as_slice()].concat();
        let start = std::time::Instant::now();
        asks_for_a_password(&hostile);
        // Milliseconds; a square of the length would take hours.
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_judged(bytes: Vec<u8>) {
        asks_for_a_password(&bytes);
    }

    #[test]
    fn a_file_damaged_anywhere_is_judged(which in 0_usize..33, cuts in proptest::collection::vec((0_usize..1_500, any::<u8>()), 1..8), end in 0_usize..1_500) {
        let mut file = files().swap_remove(which).1;
        for (place, byte) in cuts {
            if let Some(at) = file.get_mut(place) {
                *at = byte;
            }
        }
        file.truncate(end);
        asks_for_a_password(&file);
    }

    #[test]
    fn a_page_that_is_damaged_locks_no_file(which in 0_usize..33, place in 9_usize..600, byte: u8) {
        let (name, mut file) = files().swap_remove(which);
        // What the references and the encryption say begins behind the pages.
        prop_assume!(!name.contains("linear"));
        let before = file.windows(14).position(|window| window == b"/Type /Catalog").unwrap_or(9);
        if place < before + 100 && !name.ends_with("-locked") {
            file[place] = byte;
            assert!(!asks_for_a_password(&file), "{name}");
        }
    }
}
