//! The reader of years of work, on anything at all: never a panic, every line taken or told with its number, and what
//! is written well is read back the same.

use std::io::{self, Read};

use domaine::bareme::NatureAbsence;
use domaine::droits::{Absence, Activite, Provenance, Statut, Travail};
use domaine::identite::{DateNaissance, Nom};
use domaine::mesures::{Annee, DureeTravaillee, Euros, Jour, Jours, MoisDeLAnnee, Quantite};
use domaine::told::AnneeDite;
use proptest::prelude::*;
use tables::{Activites, Evenements, Lecture};

type Lue = tables::Lue<AnneeDite>;

const AUJOURDHUI: Jour = Jour::date(2026, 11, 24);
const COLONNES: [&str; 12] = [
    "nir",
    "nom_naissance",
    "prenoms",
    "date_naissance",
    "annee",
    "heures",
    "jours",
    "paie",
    "smic_horaire",
    "absences",
    "employeur",
    "boeth",
];

fn lire(source: impl Read) -> Result<Vec<Lue>, String> {
    let mut lecture = Lecture::<Activites, _>::ouvrir(source, AUJOURDHUI).expect("bytes in memory have no fault")?;
    let suivante = || lecture.suivante().expect("bytes in memory have no fault");
    Ok(std::iter::from_fn(suivante).collect())
}

/// What a line says, in words that can be compared.
fn en_mots((numero, lue): &Lue) -> (u64, String) {
    let dite = match lue {
        Ok((personne, dite)) => {
            let nom = |nom: &Option<Nom>| nom.as_ref().map_or(String::new(), |nom| nom.as_str().to_owned());
            let qui = format!("{} {} {}", personne.nir.as_str(), nom(&personne.nom), nom(&personne.prenoms));
            format!("{qui} {} {} {} {:?}", personne.naissance.iso(), dite.annee, dite.origine, dite.activite)
        }
        Err(pourquoi) => format!("refused: {pourquoi}"),
    };
    (*numero, dite)
}

fn entete() -> Vec<u8> {
    format!("{}\n", COLONNES.join(";")).into_bytes()
}

/// Bytes that come seven at a time.
struct ParSept<R>(R);

impl<R: Read> Read for ParSept<R> {
    fn read(&mut self, tampon: &mut [u8]) -> io::Result<usize> {
        let taille = tampon.len().min(7);
        self.0.read(&mut tampon[..taille])
    }
}

/// Bytes, and pieces of what a line is made of.
fn octets() -> impl Strategy<Value = Vec<u8>> {
    let morceau = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..30),
        "[\u{1}-\u{17f}]{0,20}".prop_map(String::into_bytes),
        prop::sample::select(vec![
            "\n",
            "\r\n",
            "\n\n",
            ";",
            "\"",
            "\"\"",
            " ",
            "\t",
            ",",
            "\u{a0}",
            "\u{feff}",
            "0",
            "1607,5",
            "2024",
            "maternite=1",
            "12/01/1980",
            "E-1;1800175999029;Nouvel;Camille;12/01/1980;abondement;02/03/2026;;10,5;;;Employeur",
            "1800175999029;Nouvel;Camille;12/01/1980;2024;803,5;;;;;;",
        ])
        .prop_map(|texte| texte.as_bytes().to_vec()),
    ];
    prop::collection::vec(morceau, 0..40).prop_map(|morceaux| morceaux.concat())
}

/// The numbers of the lines that hold anything, counted without the reader.
fn numeros(suite: &[u8]) -> Vec<u64> {
    let blanche = |ligne: &[u8]| match std::str::from_utf8(ligne) {
        Ok(texte) => texte.trim().is_empty(),
        Err(_) => ligne.iter().all(|octet| char::from(*octet).is_whitespace()),
    };
    (2..)
        .zip(suite.split(|octet| *octet == b'\n'))
        .filter(|(_, ligne)| !blanche(ligne))
        .map(|(numero, _)| numero)
        .collect()
}

const EVENEMENTS: &[u8] =
    b"reference;nir;nom_naissance;prenoms;date_naissance;nature;date;fin;montant;heures;annee;financeur\n";

/// The numbers of the lines of a file of events, and the reference of those that were understood.
fn evenements(source: impl Read) -> Vec<(u64, Option<String>)> {
    let lecture = Lecture::<Evenements, _>::ouvrir(source, AUJOURDHUI).expect("bytes in memory have no fault");
    let mut lecture = lecture.expect("a right header");
    let suivante = || lecture.suivante().expect("bytes in memory have no fault");
    std::iter::from_fn(suivante).map(|(numero, lue)| (numero, lue.ok().map(|(_, dit)| dit.reference))).collect()
}

proptest! {
    #[test]
    fn any_bytes_are_read_as_events_and_every_line_is_taken_or_told(suite in octets()) {
        let fichier = [EVENEMENTS, &suite].concat();
        let lus = evenements(fichier.as_slice());
        prop_assert_eq!(lus.iter().map(|(numero, _)| *numero).collect::<Vec<_>>(), numeros(&suite));
        prop_assert_eq!(&lus, &evenements(ParSept(fichier.as_slice())));
    }

    #[test]
    fn any_bytes_are_read_without_panic_and_every_line_is_taken_or_told(suite in octets()) {
        let _ = lire(suite.as_slice());
        let fichier = [entete(), suite.clone()].concat();
        let lues = lire(fichier.as_slice()).expect("a right header");
        prop_assert_eq!(lues.iter().map(|(numero, _)| *numero).collect::<Vec<_>>(), numeros(&suite));
        let par_sept = lire(ParSept(fichier.as_slice())).expect("a right header");
        prop_assert_eq!(lues.iter().map(en_mots).collect::<Vec<_>>(), par_sept.iter().map(en_mots).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_written_well_is_read_back_the_same(
        rangs in prop::collection::vec(rangee(), 0..8),
        colonnes in Just(COLONNES.to_vec()).prop_shuffle(),
        facon in facon(),
    ) {
        let mut fichier = if facon.marque { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        let noms: Vec<String> = colonnes.iter().map(|nom| (*nom).to_owned()).collect();
        fichier.extend(facon.ligne(&noms));
        for rangee in &rangs {
            let valeurs: Vec<String> = colonnes.iter().map(|colonne| rangee.valeur(colonne)).collect();
            fichier.extend(facon.ligne(&valeurs));
        }
        let lues = lire(fichier.as_slice()).expect("a right header");
        let attendues: Vec<_> = (2..).zip(&rangs).map(|(numero, rangee)| (numero, rangee.en_mots())).collect();
        prop_assert_eq!(lues.iter().map(en_mots).collect::<Vec<_>>(), attendues);
    }
}

/// How somebody writes a file.
#[derive(Clone, Debug)]
struct Facon {
    separateur: char,
    fin: &'static str,
    marque: bool,
    latin_1: bool,
    guillemets_partout: bool,
}

fn facon() -> impl Strategy<Value = Facon> {
    let separateur = prop::sample::select(vec![';', ',', '\t']);
    let fin = prop::sample::select(vec!["\n", "\r\n"]);
    (separateur, fin, any::<[bool; 3]>()).prop_map(|(separateur, fin, [marque, latin_1, guillemets_partout])| Facon {
        separateur,
        // A mark says UTF-8.
        latin_1: latin_1 && !marque,
        fin,
        marque,
        guillemets_partout,
    })
}

impl Facon {
    fn ligne(&self, valeurs: &[String]) -> Vec<u8> {
        let valeur = |valeur: &String| {
            if self.guillemets_partout || valeur.contains([self.separateur, '"']) {
                format!("\"{}\"", valeur.replace('"', "\"\""))
            } else {
                valeur.clone()
            }
        };
        let texte = valeurs.iter().map(valeur).collect::<Vec<_>>().join(&self.separateur.to_string()) + self.fin;
        let latin_1: Option<Vec<u8>> = texte.chars().map(|signe| u8::try_from(signe).ok()).collect();
        // Some texts in ISO-8859-1 are also UTF-8: nobody can tell which was meant.
        match latin_1 {
            Some(octets) if self.latin_1 && std::str::from_utf8(&octets).is_err() => octets,
            _ => texte.into_bytes(),
        }
    }
}

/// A line as its author means it.
#[derive(Clone, Debug)]
struct Rangee {
    nir: &'static str,
    nom: String,
    annee: u16,
    unite: u8,
    centiemes: u32,
    absence: Option<u32>,
    employeur: String,
    boeth: bool,
}

fn rangee() -> impl Strategy<Value = Rangee> {
    let nir = prop::sample::select(vec!["1800175999029", "2790351215189", "180012B999001"]);
    let nom = "[A-Zéïœ][a-zéïœ]{0,12}(['’ -][A-Z][a-zé]{1,8})?";
    let employeur = r#"([!-~éœ€«][ -~éœ€«]{0,30}[!-~é»])?"#;
    (
        nir,
        nom,
        2015..=2030_u16,
        0..3_u8,
        1..=99_999_999_u32,
        prop::option::of(1..=99_999_999_u32),
        employeur,
        any::<bool>(),
    )
        .prop_map(|(nir, nom, annee, unite, centiemes, absence, employeur, boeth)| Rangee {
            nir,
            nom,
            annee,
            unite,
            centiemes,
            absence,
            employeur,
            boeth,
        })
}

impl Rangee {
    fn valeur(&self, colonne: &str) -> String {
        let nombre = |centiemes: u32| format!("{},{:02}", centiemes / 100, centiemes % 100);
        let travail = |unite| if self.unite == unite { nombre(self.centiemes) } else { String::new() };
        match colonne {
            "nir" => self.nir.into(),
            "nom_naissance" => self.nom.clone(),
            "prenoms" => "Camille".into(),
            "date_naissance" => self.naissance().into(),
            "boeth" => if self.boeth { "oui" } else { "non" }.into(),
            "annee" => self.annee.to_string(),
            "heures" => travail(0),
            "jours" => travail(1),
            "paie" => travail(2),
            "smic_horaire" if self.unite == 2 => "11.88".into(),
            "absences" => self.absence.map_or(String::new(), |absence| format!("maternite={}", nombre(absence))),
            "employeur" => self.employeur.clone(),
            _ => String::new(),
        }
    }

    /// That of the number.
    fn naissance(&self) -> &'static str {
        if self.nir.starts_with("279") { "28/03/1979" } else { "12/01/1980" }
    }

    fn quantite(&self, centiemes: u32) -> Quantite {
        match self.unite {
            0 => Quantite::Heures(DureeTravaillee::de_centiemes(centiemes)),
            1 => Quantite::Jours(Jours::de_centiemes(centiemes)),
            _ => Quantite::Paie(Euros::de_centimes(centiemes.into())),
        }
    }

    fn en_mots(&self) -> String {
        let travail = match self.quantite(self.centiemes) {
            Quantite::Heures(faites) => Travail::Heures { faites, reference: None },
            Quantite::Jours(faits) => Travail::Jours { faits, accord: None },
            Quantite::Paie(percue) => Travail::Paie { percue, smic_horaire: Euros::de_centimes(11_88) },
        };
        let absence = |absence| Absence { nature: NatureAbsence::Maternite, quantite: self.quantite(absence) };
        let annee = Annee::new(self.annee).expect("a year");
        let activite = Activite {
            annee,
            statut: Statut::Salarie,
            travail,
            absences: self.absence.map(absence).into_iter().collect(),
            boeth: if self.boeth { MoisDeLAnnee::TOUS } else { MoisDeLAnnee::AUCUN },
            provenance: Provenance::Employeurs,
        };
        let naissance = DateNaissance::parse(self.naissance(), AUJOURDHUI).expect("a date").iso();
        let nom = Nom::parse(&self.nom).expect("a name");
        let origine = format!("fichier:salarie:{}", self.employeur);
        format!("{} {} Camille {naissance} {annee} {origine} {:?}", self.nir, nom.as_str(), Some(activite))
    }
}
