//! Runs the one table of cases for both worlds. The text of every right case is also typed one
//! character after the other: none of its beginnings may be called wrong.

pub mod cases;

use std::fmt::Debug;

use domaine::forms::Faute;
use domaine::identite::mot_de_passe::measure;
use domaine::identite::nir::{coherence, remark};
use domaine::identite::{Courriel, DateNaissance, MotDePasse, Nir, Nir13, Nom, Telephone};
use domaine::mesures::Day;

const TODAY: Day = Day::date(2026, 11, 23);

/// What was obtained for each case, compared with what was promised.
#[derive(Default)]
struct Releve {
    case: usize,
    failed: Vec<String>,
}

impl Releve {
    fn compare(&mut self, what: &str, obtained: &str, expected: &str) {
        self.case += 1;
        if obtained != expected {
            self.failed.push(format!("{what:?}: {obtained} instead of {expected}"));
        }
    }

    /// Judges a text, and each of its beginnings when it is right.
    fn judge<T, E: Debug>(
        &mut self,
        text: &str,
        expected: &str,
        parse: impl Fn(&str) -> Result<T, E>,
        faute: fn(E) -> Faute,
        say: impl Fn(&T) -> String,
    ) {
        let read = parse(text);
        let obtained = read.as_ref().map_or_else(|faute| format!("{faute:?}"), say);
        self.compare(text, &obtained, expected);
        if read.is_err() {
            return;
        }
        for (cut, _) in text.char_indices() {
            let start = parse(&text[..cut]).map_err(faute);
            let allowed = start.as_ref().map_or_else(Faute::can_become_right, |_| true);
            self.compare(&text[..cut], if allowed { "admitted" } else { "refused while typing" }, "admitted");
        }
    }

    fn conclude(self) {
        assert!(self.failed.is_empty(), "{}", self.failed.join("\n"));
        assert!(self.case > 0);
    }
}

/// Numbers and keys.
pub fn nirs() {
    let mut releve = Releve::default();
    for (body, key, expected) in cases::NIRS {
        releve.judge(body, expected, |body| Nir::parse(body, key), Faute::Nir, Nir::group);
        if Nir::parse(body, key).is_ok() {
            releve.judge(key, expected, |key| Nir::parse(body, key), Faute::Nir, Nir::group);
        }
    }
    for (body, expected, year, in_this_year) in cases::READINGS {
        let read = Nir13::parse(body).expect("a right body").read();
        let lieu = |year| read.lieu.phrase(year).unwrap_or("nowhere");
        let said = format!("{:?} {} {:?} {}", read.sexe, read.year, read.month, lieu(None));
        releve.compare(body, &said, expected);
        releve.compare(body, lieu(Some(*year)), in_this_year);
    }
    for (body, naissance, expected) in cases::ACCORDS {
        let body = Nir13::parse(body).expect("a right body");
        let date = DateNaissance::parse(naissance, TODAY).expect("a right date");
        let said = match (coherence(&body, &date), remark(&body, &date)) {
            (Err(incoherence), _) => format!("{incoherence:?}"),
            (_, Some(remark)) => format!("{remark:?}"),
            _ => "d'accord".into(),
        };
        releve.compare(naissance, &said, expected);
    }
    releve.conclude();
}

/// Names.
pub fn noms() {
    let mut releve = Releve::default();
    for (text, expected) in cases::NOMS {
        releve.judge(text, expected, Nom::parse, Faute::Nom, |nom| nom.as_str().to_owned());
    }
    let nom = |text: &str| Nom::parse(text).expect("a right name");
    let said = |one: &str, other: &str| match (nom(one).is_also(&nom(other)), nom(other).is_also(&nom(one))) {
        (true, true) => "one name",
        (false, false) => "two names",
        _ => "one name or two, depending on which comes first",
    };
    for (one, other) in cases::SAME_NOMS {
        releve.compare(&format!("{one} {other}"), said(one, other), "one name");
    }
    for (one, other) in cases::OTHER_NOMS {
        releve.compare(&format!("{one} {other}"), said(one, other), "two names");
    }
    releve.conclude();
}

/// Birth dates.
pub fn naissances() {
    let mut releve = Releve::default();
    for (text, expected) in cases::NAISSANCES {
        let parse = |text: &str| DateNaissance::parse(text, TODAY);
        releve.judge(text, expected, parse, Faute::Naissance, DateNaissance::iso);
    }
    releve.conclude();
}

/// Telephones.
pub fn telephones() {
    let mut releve = Releve::default();
    for (text, expected) in cases::TELEPHONES {
        releve.judge(text, expected, Telephone::parse, Faute::Telephone, |telephone| {
            format!("{} {} {:?} {:?}", telephone.group(), telephone.e164(), telephone.nature(), telephone.territory())
        });
    }
    releve.conclude();
}

/// E-mails.
pub fn courriels() {
    let mut releve = Releve::default();
    for (text, expected) in cases::COURRIELS {
        releve.judge(text, expected, Courriel::parse, Faute::Courriel, |courriel| courriel.as_str().to_owned());
    }
    releve.conclude();
}

/// Passwords.
pub fn mots_de_passe() {
    let mut releve = Releve::default();
    for (text, expected) in cases::MOTS_DE_PASSE {
        let say = |word: &MotDePasse| format!("{} bits", measure(word.expose()).bits());
        releve.judge(text, expected, MotDePasse::parse, Faute::MotDePasse, say);
    }
    releve.conclude();
}
