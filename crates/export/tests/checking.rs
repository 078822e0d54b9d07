//! What is signed, and what is found of whatever was done to it since.

use std::io::{Cursor, Read as _, Write as _};

use export::{Checked, Fault, Packing, Refusal, check, public_keys};
use vault::{PublicKey, Ring, Vault};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const PROOF: &[u8] = b"%PDF-1.7 un justificatif";

fn vault() -> Vault {
    Vault::new(&[7; 32])
}

fn keys() -> Vec<PublicKey> {
    vault().public_keys().into_iter().map(|(_, key)| key).collect()
}

/// A file as a service gives it, chunk by chunk.
fn given() -> Vec<u8> {
    let mut packing = Packing::new("https://acquis.example", "2026-11-29T10:04");
    packing.put("donnees.json", b"{}").expect("an entry");
    let mut file = packing.ready();
    packing.begin("justificatifs/dif-1.pdf").expect("an entry");
    for byte in PROOF {
        packing.add(&[*byte]).expect("a byte");
        file.extend(packing.ready());
    }
    file.extend(packing.finish(|message| vault().sign(message)).expect("a whole file"));
    file
}

fn checked(file: &[u8]) -> Result<Checked, Refusal> {
    check(Cursor::new(file), &keys())
}

fn faults(file: &[u8]) -> Vec<Fault> {
    checked(file).expect("a signed file").faults
}

/// The entries of a file, and their bytes.
fn entries(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("a ZIP");
    let of = |archive: &mut ZipArchive<_>, index| {
        let mut entry = archive.by_index(index).expect("an entry");
        let (name, mut bytes) = (entry.name().expect("a name").into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).expect("its bytes");
        (name, bytes)
    };
    (0..archive.len()).map(|index| of(&mut archive, index)).collect()
}

/// A file of those entries, made by somebody else.
fn made_again(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(name, options).expect("an entry");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a ZIP").into_inner()
}

/// Names and bytes, in the order of the file.
type Files = Vec<(String, Vec<u8>)>;

#[test]
fn a_file_as_it_was_given_is_whole_and_says_who_gave_it_and_when() {
    let file = given();
    let [key] = keys().try_into().expect("one key");
    let whole = Checked {
        said: "https://acquis.example, 2026-11-29T10:04".to_owned(),
        key: key.id(),
        files: 2,
        faults: Vec::new(),
    };
    assert_eq!(checked(&file).expect("a signed file"), whole);
    let names: Vec<_> = entries(&file).into_iter().map(|(name, _)| name).collect();
    let last = ["signatures/manifeste.txt", "signatures/manifeste.sig", "signatures/cle.txt"];
    assert_eq!(names, [["donnees.json", "justificatifs/dif-1.pdf"].as_slice(), &last].concat());
    assert_eq!(entries(&file)[1].1, PROOF);
    // Put in another ZIP as they are, they are the same files.
    assert_eq!(checked(&made_again(&entries(&file))).expect("a signed file"), whole);
}

#[test]
fn what_was_changed_added_or_taken_away_is_named() {
    let entries = entries(&given());
    let with = |change: fn(&mut Files)| {
        let mut entries = entries.clone();
        change(&mut entries);
        faults(&made_again(&entries))
    };
    let proof = || "justificatifs/dif-1.pdf".to_owned();
    assert_eq!(with(|entries| entries[1].1[9] ^= 1), [Fault::Changed(proof())]);
    assert_eq!(with(|entries| drop(entries.remove(1))), [Fault::Missing(proof())]);
    assert_eq!(
        with(|entries| entries.push(("autre.txt".to_owned(), Vec::new()))),
        [Fault::Added("autre.txt".to_owned())]
    );
    let renamed = with(|entries| entries[1].0 = "justificatifs/dif-2.pdf".to_owned());
    assert_eq!(renamed, [Fault::Missing(proof()), Fault::Added("justificatifs/dif-2.pdf".to_owned())]);
    // As it was given, with one byte of the proof turned: its sum says another.
    let mut turned = given();
    let at = turned.windows(PROOF.len()).position(|bytes| bytes == PROOF).expect("the proof, as it is");
    turned[at] ^= 1;
    assert_eq!(faults(&turned), [Fault::Changed(proof())]);
}

#[test]
fn bytes_that_no_directory_names_are_found() {
    let file = given();
    let before = [b"un autre".as_slice(), &file].concat();
    assert!(faults(&before).contains(&Fault::Hidden));
    // An entry that programs which read from the beginning would give, and the directory does not name.
    let other = made_again(&[("donnees.json".to_owned(), b"{\"autre\":1}".to_vec())]);
    assert!(faults(&[other.as_slice(), &file].concat()).contains(&Fault::Hidden));
}

#[test]
fn a_manifest_that_was_written_again_and_a_key_that_is_not_known_prove_nothing() {
    let entries = entries(&given());
    let mut forged = entries.clone();
    forged[2].1 = String::from_utf8(forged[2].1.clone()).expect("a text").replace("2026", "2027").into_bytes();
    assert!(matches!(checked(&made_again(&forged)), Err(Refusal::Signature)));
    let thief = Vault::new(&[9; 32]).sign(&forged[2].1);
    forged[3].1 = thief.bytes.to_vec();
    assert!(matches!(checked(&made_again(&forged)), Err(Refusal::Signature)));
    forged[4].1 = thief.key.id().into_bytes();
    assert!(matches!(checked(&made_again(&forged)), Err(Refusal::UnknownKey(name)) if name == thief.key.id()));
    for without in [2, 3, 4] {
        let mut entries = entries.clone();
        entries.remove(without);
        assert!(matches!(checked(&made_again(&entries)), Err(Refusal::NotOurs)));
    }
}

#[test]
fn a_file_that_was_cut_anywhere_is_not_whole() {
    let file = given();
    for length in (0..file.len()).step_by(29).chain([file.len() - 1]) {
        assert!(checked(&file[..length]).is_err(), "{length} of {}", file.len());
    }
}

#[test]
fn keys_are_read_as_they_are_published_and_one_that_was_retired_still_checks() {
    let [key] = keys().try_into().expect("one key");
    let other = Vault::of(Ring::new([7; 32]).with([8; 32]).expect("a number")).sign(b"").key;
    let set = format!(
        r#"{{"keys":[{{"kty":"OKP","x":"{}"}},{{"x":"{}"}},{{"kty":"RSA"}}]}}"#,
        other.to_text(),
        key.to_text()
    );
    assert_eq!(public_keys(&set), [other, key]);
    assert_eq!(public_keys(&format!("{}\n{}", other.to_pem(), key.to_pem())), [other, key]);
    assert_eq!(public_keys("rien"), []);
    assert!(check(Cursor::new(given()), &[other, key]).is_ok());
    assert!(matches!(check(Cursor::new(given()), &[other]), Err(Refusal::UnknownKey(_))));
}

#[test]
fn an_entry_of_one_name_is_written_once() {
    let mut packing = Packing::new("https://acquis.example", "2026-11-29T10:04");
    packing.put("donnees.json", b"{}").expect("an entry");
    assert!(packing.begin("donnees.json").is_err());
}
