//! `acquis journal verifier --ancres`: the anchors that left the database, against their signatures, one another, and the
//! database if there is one.

use std::collections::BTreeMap;

use store::SignedAnchor;
use vault::{PublicKey, fingerprint};

use crate::wording::format_day;

/// What is known to be right of the anchors of a file, and what is not, in sentences.
#[derive(Debug, Default)]
pub struct Outside {
    /// The first and the last anchor that are right.
    pub range: Option<(SignedAnchor, SignedAnchor)>,
    /// How many are.
    pub sound: usize,
    /// What is wrong.
    pub faults: Vec<String>,
}

/// Reads the lines of the file, which one of these keys signed; `kept` are the anchors of the database, if there is one.
pub fn look(text: &str, keys: &[PublicKey], kept: Option<&[String]>) -> Outside {
    let kept: Option<BTreeMap<i64, &str>> = kept.map(|kept| {
        let numbered =
            kept.iter().filter_map(|text| Some((text.parse::<SignedAnchor>().ok()?.anchor.number, text.as_str())));
        numbered.collect()
    });
    let (mut seen, mut before) = (Outside::default(), None::<(SignedAnchor, &str)>);
    let lines: Vec<&str> = text.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        // What a power cut left unfinished is written whole below; what two servers wrote at once is there twice.
        let cut = lines.get(index + 1).is_some_and(|next| next.starts_with(line));
        if line.is_empty() || cut {
            continue;
        }
        let Ok(read) = line.parse::<SignedAnchor>() else {
            seen.faults.push(format!("la ligne {} du fichier n'est pas une ancre", index + 1));
            continue;
        };
        let (number, day) = (read.anchor.number, format_day(read.anchor.day));
        let mut wrong = Vec::new();
        if !read.is_genuine(keys) {
            wrong.push(format!("l'ancre n° {number} du fichier, du {day}, n'est pas signée par ce service : elle a été changée ou contrefaite"));
        }
        let follows = before.as_ref().is_none_or(|(before, text)| {
            number == before.anchor.number + 1 && read.anchor.previous == fingerprint(text)
        });
        if !follows {
            wrong.push(format!("l'ancre n° {number} du fichier, du {day}, ne suit pas celle d'avant"));
        }
        match kept.as_ref().map(|kept| kept.get(&number)) {
            Some(None) => wrong.push(format!(
                "la base n'a pas l'ancre n° {number}, du {day} : la fin du journal a été supprimée, ou la base est d'avant ce jour"
            )),
            Some(Some(text)) if text != line => wrong.push(format!(
                "l'ancre n° {number}, du {day}, n'est pas celle de la base : le journal a été refait depuis"
            )),
            _ => {}
        }
        if wrong.is_empty() {
            seen.sound += 1;
            seen.range = Some((seen.range.map_or_else(|| read.clone(), |(first, _)| first), read.clone()));
        }
        seen.faults.append(&mut wrong);
        before = Some((read, line));
    }
    seen
}

impl Outside {
    /// What is said of it.
    pub fn told(&self) -> String {
        let mut said = match &self.range {
            Some((first, last)) => format!(
                "ancres du fichier, signées et qui se suivent : {}, du {} au {}\n",
                self.sound,
                format_day(first.anchor.day),
                format_day(last.anchor.day)
            ),
            None => "ancres du fichier, signées et qui se suivent : 0\n".to_owned(),
        };
        for fault in &self.faults {
            said.push_str(&format!("TOUCHÉ : {fault}\n"));
        }
        said
    }
}
