//! Runs the one table of cases for both worlds. The text of every right case is also typed one
//! character after the other: none of its beginnings may be called wrong.

pub mod cas;

use std::fmt::Debug;

use domaine::forms::Faute;
use domaine::identite::mot_de_passe::mesurer;
use domaine::identite::nir::{coherence, remarque};
use domaine::identite::{Courriel, DateNaissance, MotDePasse, Nir, Nir13, Nom, Telephone};
use domaine::mesures::Jour;

const AUJOURDHUI: Jour = Jour::date(2026, 11, 23);

/// What was obtained for each case, compared with what was promised.
#[derive(Default)]
struct Releve {
    cas: usize,
    rates: Vec<String>,
}

impl Releve {
    fn comparer(&mut self, quoi: &str, obtenu: &str, attendu: &str) {
        self.cas += 1;
        if obtenu != attendu {
            self.rates.push(format!("{quoi:?}: {obtenu} instead of {attendu}"));
        }
    }

    /// Judges a text, and each of its beginnings when it is right.
    fn juger<T, E: Debug>(
        &mut self,
        texte: &str,
        attendu: &str,
        lire: impl Fn(&str) -> Result<T, E>,
        faute: fn(E) -> Faute,
        dire: impl Fn(&T) -> String,
    ) {
        let lu = lire(texte);
        let obtenu = lu.as_ref().map_or_else(|faute| format!("{faute:?}"), dire);
        self.comparer(texte, &obtenu, attendu);
        if lu.is_err() {
            return;
        }
        for (coupe, _) in texte.char_indices() {
            let debut = lire(&texte[..coupe]).map_err(faute);
            let admis = debut.as_ref().map_or_else(Faute::peut_devenir_juste, |_| true);
            self.comparer(&texte[..coupe], if admis { "admitted" } else { "refused while typing" }, "admitted");
        }
    }

    fn conclure(self) {
        assert!(self.rates.is_empty(), "{}", self.rates.join("\n"));
        assert!(self.cas > 0);
    }
}

/// Numbers and keys.
pub fn nirs() {
    let mut releve = Releve::default();
    for (corps, cle, attendu) in cas::NIRS {
        releve.juger(corps, attendu, |corps| Nir::parse(corps, cle), Faute::Nir, Nir::groupe);
        if Nir::parse(corps, cle).is_ok() {
            releve.juger(cle, attendu, |cle| Nir::parse(corps, cle), Faute::Nir, Nir::groupe);
        }
    }
    for (corps, attendu, annee, en_cette_annee) in cas::LECTURES {
        let lu = Nir13::parse(corps).expect("a right body").lu();
        let dit = format!("{:?} {} {:?} {}", lu.sexe, lu.annee, lu.mois, lu.lieu.phrase());
        releve.comparer(corps, &dit, attendu);
        releve.comparer(corps, lu.lieu.phrase_en(*annee), en_cette_annee);
    }
    for (corps, naissance, attendu) in cas::ACCORDS {
        let corps = Nir13::parse(corps).expect("a right body");
        let date = DateNaissance::parse(naissance, AUJOURDHUI).expect("a right date");
        let dit = match (coherence(&corps, &date), remarque(&corps, &date)) {
            (Err(incoherence), _) => format!("{incoherence:?}"),
            (_, Some(remarque)) => format!("{remarque:?}"),
            _ => "d'accord".into(),
        };
        releve.comparer(naissance, &dit, attendu);
    }
    releve.conclure();
}

/// Names.
pub fn noms() {
    let mut releve = Releve::default();
    for (texte, attendu) in cas::NOMS {
        releve.juger(texte, attendu, Nom::parse, Faute::Nom, |nom| nom.as_str().to_owned());
    }
    for (un, autre) in cas::MEMES_NOMS {
        let cle = |texte| Nom::parse(texte).expect("a right name").cle_de_comparaison();
        releve.comparer(un, &cle(un), &cle(autre));
    }
    releve.conclure();
}

/// Birth dates.
pub fn naissances() {
    let mut releve = Releve::default();
    for (texte, attendu) in cas::NAISSANCES {
        let lire = |texte: &str| DateNaissance::parse(texte, AUJOURDHUI);
        releve.juger(texte, attendu, lire, Faute::Naissance, DateNaissance::iso);
    }
    releve.conclure();
}

/// Telephones.
pub fn telephones() {
    let mut releve = Releve::default();
    for (texte, attendu) in cas::TELEPHONES {
        releve.juger(texte, attendu, Telephone::parse, Faute::Telephone, |telephone| {
            format!("{} {} {:?} {:?}", telephone.groupe(), telephone.e164(), telephone.nature(), telephone.territoire())
        });
    }
    releve.conclure();
}

/// E-mails.
pub fn courriels() {
    let mut releve = Releve::default();
    for (texte, attendu) in cas::COURRIELS {
        releve.juger(texte, attendu, Courriel::parse, Faute::Courriel, |courriel| courriel.as_str().to_owned());
    }
    releve.conclure();
}

/// Passwords.
pub fn mots_de_passe() {
    let mut releve = Releve::default();
    for (texte, attendu) in cas::MOTS_DE_PASSE {
        let dire = |mot: &MotDePasse| format!("{} bits", mesurer(mot.expose()).bits());
        releve.juger(texte, attendu, MotDePasse::parse, Faute::MotDePasse, dire);
    }
    releve.conclure();
}
