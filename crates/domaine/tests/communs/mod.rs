//! One table of cases for both worlds: what a person types, and what becomes of it.

use domaine::identite::nir::{coherence, grouper13, separer};
use domaine::identite::{Courriel, DateNaissance, MotDePasse, Nir, Nir13, Nom, Telephone};
use domaine::mesures::Jour;

pub const AUJOURDHUI: Jour = Jour::date(2026, 11, 23);

/// Fifteen characters, and `juste` or the name of the fault.
pub const NIRS: &[(&str, &str)] = &[
    ("279035121518989", "juste"),
    ("180017599900137", "juste"),
    ("180017599903897", "juste"),
    ("180017599903701", "juste"),
    ("180017599902909", "juste"),
    ("180012A99900194", "juste"),
    ("180012a99900194", "juste"),
    ("180012B99900124", "juste"),
    ("180011999900194", "juste"),
    ("170012099900172", "juste"),
    ("285019999900164", "juste"),
    ("185209999900130", "juste"),
    ("185309999900193", "juste"),
    ("185429999900191", "juste"),
    ("185509999900125", "juste"),
    ("185999999900133", "juste"),
    ("185019749900136", "juste"),
    ("285019879900177", "juste"),
    ("2 79 03 51 215 189 89", "juste"),
    ("2.79.03.51.215.189-89", "juste"),
    ("2\u{a0}79\u{202f}03 51 215 189 89", "juste"),
    ("1800I75999OO137", "juste"),
    ("185007599900167", "Mois(['0', '0'])"),
    ("185137599900181", "Mois(['1', '3'])"),
    ("185217599900115", "Mois(['2', '1'])"),
    ("185437599900176", "Mois(['4', '3'])"),
    ("185010099900171", "Departement(['0', '0'])"),
    ("185012C99900171", "Departement(['2', 'C'])"),
    ("185017500000180", "Commune"),
    ("185017599900084", "Ordre"),
    ("385017599900180", "Provisoire"),
    ("785017599900180", "Provisoire"),
    ("585017599900180", "Migrant"),
    ("085017599900136", "Sexe"),
    ("985017599900136", "Sexe"),
    ("180017599999923", "Factice"),
    ("279035121518988", "Cle"),
    ("279035121518998", "CleForme"),
    ("279035121518900", "CleForme"),
    ("3", "Provisoire"),
    ("28513", "Mois(['1', '3'])"),
    ("27903", "Manque(Petit(8))"),
    ("2790351215189", "CleManque"),
    ("27903512151898", "Manque(Petit(1))"),
    ("2790351215189891", "TropLong"),
    ("2X", "Caractere('X')"),
    ("", "Manque(Petit(13))"),
];

/// A name, and how it compares, or the name of the fault.
pub const NOMS: &[(&str, &str)] = &[
    ("Pat-Trois", "PAT TROIS"),
    (" PAT TROIS ", "PAT TROIS"),
    ("L’Haÿ", "L HAY"),
    ("Derc'hen", "DERC HEN"),
    ("Cœur", "COEUR"),
    ("Straße", "STRASSE"),
    ("Łukasz", "LUKASZ"),
    ("Nguyễn", "NGUYEN"),
    ("Peña", "PENA"),
    ("E\u{301}milie", "EMILIE"),
    ("O", "O"),
    ("D -- B", "D B"),
    ("", "Vide"),
    ("  ", "Vide"),
    ("-'", "SansLettre"),
    ("R2D2", "Chiffre('2')"),
    ("Иван", "Alphabet('И')"),
    ("Al\u{202e}ice", "Caractere('\u{fffd}')"),
    ("A\0b", "Caractere('\u{fffd}')"),
    ("Zoé😀", "Caractere('😀')"),
    ("<b>", "Caractere('<')"),
];

/// A birth date, and its ISO form or the name of the fault.
pub const NAISSANCES: &[(&str, &str)] = &[
    ("28/03/1979", "1979-03-28"),
    ("28 03 1979", "1979-03-28"),
    ("28.3.1979", "1979-03-28"),
    ("28031979", "1979-03-28"),
    ("28 mars 1979", "1979-03-28"),
    ("1er août 1980", "1980-08-01"),
    ("1979-03-28", "1979-03-28"),
    ("00/03/1979", "1979-03-00"),
    ("99/99/1979", "1979-00-00"),
    ("29/02/2000", "2000-02-29"),
    ("23/11/2011", "2011-11-23"),
    ("01/01/1906", "1906-01-01"),
    ("", "Vide"),
    ("28/03", "Incomplete"),
    ("28/03/79", "AnneeCourte"),
    ("29/02/2001", "JourDuMois"),
    ("31/04/1979", "JourDuMois"),
    ("32/01/1979", "Jour"),
    ("12/13/1979", "Mois"),
    ("12/00/1979", "MoisInconnu"),
    ("24/11/2011", "TropJeune"),
    ("24/11/2026", "Future"),
    ("31/12/1905", "TropAncienne"),
    ("hier", "Illisible"),
    ("28*03*1979", "Illisible"),
];

/// A telephone, and its E.164 with its nature, or the name of the fault.
pub const TELEPHONES: &[(&str, &str)] = &[
    ("0612345678", "+33612345678 Mobile"),
    ("06 12 34 56 78", "+33612345678 Mobile"),
    ("06.12.34.56.78", "+33612345678 Mobile"),
    ("+33 6 12 34 56 78", "+33612345678 Mobile"),
    ("+33 (0)6 12 34 56 78", "+33612345678 Mobile"),
    ("0033612345678", "+33612345678 Mobile"),
    ("0142345678", "+33142345678 Fixe"),
    ("0912345678", "+33912345678 Fixe"),
    ("0732345678", "+33732345678 Mobile"),
    ("0692123456", "+262692123456 Mobile"),
    ("+262 692 12 34 56", "+262692123456 Mobile"),
    ("0262123456", "+262262123456 Fixe"),
    ("0639123456", "+262639123456 Mobile"),
    ("0590123456", "+590590123456 Fixe"),
    ("0696123456", "+596696123456 Mobile"),
    ("0694123456", "+594694123456 Mobile"),
    ("+687 751234", "+687751234 Mobile"),
    ("+689 87 12 34 56", "+68987123456 Mobile"),
    ("+689 40 12 34 56", "+68940123456 Fixe"),
    ("+681 72 12 34", "+681721234 Fixe"),
    ("0708 40 12 34", "+508708401234 Mobile"),
    ("", "Vide"),
    ("06123456", "Manque(Petit(2))"),
    ("06 12 34 56 78 9", "TropLong(Petit(1))"),
    ("0812345678", "Special"),
    ("3615", "Manque(Petit(5))"),
    ("0162345678", "Demarchage"),
    ("0948345678", "Demarchage"),
    ("0700123456", "Reserve"),
    ("+44 20 7946 0958", "Etranger"),
    ("751234", "IndicatifManque"),
    ("06 12 ab", "Caractere('a')"),
];

/// An e-mail, and `juste` or the name of the fault.
pub const COURRIELS: &[(&str, &str)] = &[
    ("dominique@example.org", "juste"),
    (" d.pat+acquis@sous.example.org ", "juste"),
    ("zoé@exemple.fr", "juste"),
    ("", "Vide"),
    ("dominique", "Arobase"),
    ("@example.org", "AvantArobase"),
    ("a@b@example.org", "DeuxArobases"),
    ("a@example", "PointManque"),
    ("a@", "Domaine"),
    ("a@example.", "Domaine"),
    ("a@example.o", "Domaine"),
    ("a@.example.org", "Point"),
    ("a..b@example.org", "Point"),
    ("a b@example.org", "Espace"),
    ("a,b@example.org", "Caractere(',')"),
    ("a\0@example.org", "Caractere('\u{fffd}')"),
];

/// A password, and `juste` or the name of the fault.
pub const MOTS_DE_PASSE: &[(&str, &str)] = &[
    ("trois grues vertes", "juste"),
    ("Kx7!pQz2", "juste"),
    ("mpzhkvtwrsa", "juste"),
    ("8402957316482059", "juste"),
    ("840295731648205", "Faible { manque: Petit(1) }"),
    ("mpzhkvtwrs", "Faible { manque: Petit(1) }"),
    ("aaaaaaaaaaaaaaaaaaaa", "Faible { manque: Petit(9) }"),
    ("", "Vide"),
    ("trois grues\nvertes", "Caractere"),
];

fn dire<T>(resultat: Result<T, impl std::fmt::Debug>, juste: impl Fn(&T) -> String) -> String {
    match resultat {
        Ok(valeur) => juste(&valeur),
        Err(faute) => format!("{faute:?}"),
    }
}

/// Runs the whole table; panics with every case that fails, by rank, so that nothing typed is shown.
pub fn toutes() {
    let mut ratees = Vec::new();
    let mut verifier = |table: &str, rang: usize, obtenu: String, attendu: &str| {
        if obtenu != attendu {
            ratees.push(format!("{table}[{rang}]: {obtenu} instead of {attendu}"));
        }
    };
    for (rang, (texte, attendu)) in NIRS.iter().enumerate() {
        verifier("NIRS", rang, dire(Nir::parse(texte, ""), |_| "juste".into()), attendu);
    }
    for (rang, (texte, attendu)) in NOMS.iter().enumerate() {
        verifier("NOMS", rang, dire(Nom::parse(texte), Nom::cle_de_comparaison), attendu);
    }
    for (rang, (texte, attendu)) in NAISSANCES.iter().enumerate() {
        verifier("NAISSANCES", rang, dire(DateNaissance::parse(texte, AUJOURDHUI), DateNaissance::iso), attendu);
    }
    for (rang, (texte, attendu)) in TELEPHONES.iter().enumerate() {
        let obtenu = dire(Telephone::parse(texte), |t| format!("{} {:?}", t.e164(), t.nature()));
        verifier("TELEPHONES", rang, obtenu, attendu);
    }
    for (rang, (texte, attendu)) in COURRIELS.iter().enumerate() {
        verifier("COURRIELS", rang, dire(Courriel::parse(texte), |_| "juste".into()), attendu);
    }
    for (rang, (texte, attendu)) in MOTS_DE_PASSE.iter().enumerate() {
        verifier("MOTS_DE_PASSE", rang, dire(MotDePasse::parse(texte), |_| "juste".into()), attendu);
    }
    assert!(ratees.is_empty(), "{}", ratees.join("\n"));
}

/// What a NIR says, its grouping, and its agreement with a birth date.
pub fn lecture() {
    let nir = Nir13::parse("2790351215189").expect("the official fictitious number");
    let lu = nir.lu();
    assert_eq!((lu.annee, lu.mois, lu.lieu.phrase()), (79, Some(3), "dans la Marne"));
    assert_eq!(grouper13("2790351215189").as_deref(), Some("2 79 03 51 215 189"));
    assert!(separer("279035121518989").is_some());
    let ne = |texte| DateNaissance::parse(texte, AUJOURDHUI).expect("a date");
    assert!(coherence(&nir, &ne("28/03/1979")).is_ok());
    assert!(coherence(&nir, &ne("00/00/1979")).is_ok());
    assert!(coherence(&nir, &ne("28/04/1979")).is_err());
    assert!(coherence(&nir, &ne("28/03/1980")).is_err());
    assert_eq!(format!("{nir:?}"), "Nir13(…)");
}
