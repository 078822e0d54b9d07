//! Passwords that people choose: writes the list that the judge knows, and measures what passes the judge.
//!
//! `make TOP20000.TXT LANGUAGE_FR/SRC > crates/vault/data/french.txt.z` writes it again from its sources, and
//! `measure TOP20000.TXT` says how many of those that reach the 50 bits are taken (docs/decisions/0021).

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use domaine::identite::MotDePasse;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use vault::Hashing;

/// How many of the most frequent words.
const FREQUENT: usize = 15_000;
/// Where a name stands, whose source gives no order.
const NAME: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", passwords, words] => make(passwords, Path::new(words)),
        ["measure", passwords] => measure(passwords),
        _ => Err("make TOP20000.TXT LANGUAGE_FR/SRC, or measure TOP20000.TXT".into()),
    }
}

fn lines(path: &str) -> Result<Vec<String>, Box<dyn Error>> {
    Ok(String::from_utf8_lossy(&fs::read(path)?).lines().map(|line| line.trim_end().to_owned()).collect())
}

fn make(passwords: &str, words: &Path) -> Result<(), Box<dyn Error>> {
    let mut ranks: HashMap<String, usize> = HashMap::new();
    let mut take = |text: &str, rank: usize| {
        let plain = vault::without_accents(text).to_lowercase();
        let joined = plain.replace(['\'', '’', '-'], "");
        for word in [plain, joined] {
            if (2..=40).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_graphic()) {
                ranks.entry(word).and_modify(|known| *known = rank.min(*known)).or_insert(rank);
            }
        }
    };
    for (rank, password) in lines(passwords)?.iter().enumerate() {
        take(password, rank);
    }
    for (file, how_many, rank_of) in [
        ("commonWords.json", FREQUENT, (|rank| rank) as fn(usize) -> usize),
        ("firstnames.json", usize::MAX, |_| NAME),
        ("lastnames.json", usize::MAX, |_| NAME),
    ] {
        let list: Vec<String> = serde_json::from_slice(&fs::read(words.join(file))?)?;
        for (rank, word) in list.iter().take(how_many).enumerate() {
            take(word, rank_of(rank));
        }
    }
    let mut words: Vec<(usize, String)> = ranks.into_iter().map(|(word, rank)| (rank, word)).collect();
    words.sort();
    let mut packed = ZlibEncoder::new(std::io::stdout().lock(), Compression::best());
    for (_, word) in &words {
        writeln!(packed, "{word}")?;
    }
    packed.finish()?.flush()?;
    Ok(())
}

fn measure(passwords: &str) -> Result<(), Box<dyn Error>> {
    let hashing = Hashing::new()?;
    let executor = tokio::runtime::Builder::new_current_thread().build()?;
    let (mut reach, mut taken) = (0_u32, Vec::new());
    for password in lines(passwords)?.iter().filter(|password| MotDePasse::parse(password).is_ok()) {
        reach += 1;
        if !executor.block_on(hashing.is_common(password, Vec::new()))? {
            taken.push(password.clone());
        }
    }
    let per_mille = taken.len() as u32 * 1_000 / reach.max(1);
    writeln!(std::io::stdout(), "{reach} reach the 50 bits, {} are taken: {per_mille} in a thousand", taken.len())?;
    for password in taken {
        writeln!(std::io::stdout(), "{password}")?;
    }
    Ok(())
}
