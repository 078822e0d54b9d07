//! The place of birth that a NIR names, as French says it. Decoded leniently: a code that is not
//! listed is still a right NIR. Knows nothing of the other parts of the number.
//!
//! Sources: DSN dictionary, data type `Identifiant_Nir_13` (97 and 98 overseas, 99 abroad);
//! service-public.fr F33078 for the former departments of North Africa; INSEE, *Code officiel
//! géographique*, departments and countries (codes 99101 to 99514 without their 99).

use std::fmt;

/// Where a NIR says that a person was born. `Debug` shows nothing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lieu {
    /// A department, an overseas territory or a country, with its preposition.
    Named(&'static str),
    /// A code that named another place in the past: only the year of birth tells which.
    Depends {
        /// What the code named first, and the last year of birth in which it can be no other.
        before: (&'static str, u16),
        /// What it names today, and the first year of birth in which it can be no other.
        since: (&'static str, u16),
    },
    /// Two places of one country, said together where the year of birth does not decide.
    Divided {
        /// Both places.
        together: &'static str,
        /// What the code named before today's departments.
        before: &'static str,
        /// What it names for births since.
        since: &'static str,
    },
    /// Abroad, in a country that this edition does not name.
    Foreign,
}

/// The year of birth from which codes 75, 78 and 91 to 95 name the departments of today, which
/// came into being on 1 January 1968 (law 64-707 of 10 July 1964).
const ILE_DE_FRANCE: u16 = 1968;

/// Metropolitan departments by their code, from 01.
const DEPARTEMENTS: [&str; 95] = [
    "dans l’Ain",
    "dans l’Aisne",
    "dans l’Allier",
    "dans les Alpes-de-Haute-Provence",
    "dans les Hautes-Alpes",
    "dans les Alpes-Maritimes",
    "en Ardèche",
    "dans les Ardennes",
    "en Ariège",
    "dans l’Aube",
    "dans l’Aude",
    "en Aveyron",
    "dans les Bouches-du-Rhône",
    "dans le Calvados",
    "dans le Cantal",
    "en Charente",
    "en Charente-Maritime",
    "dans le Cher",
    "en Corrèze",
    "en Corse",
    "en Côte-d’Or",
    "dans les Côtes-d’Armor",
    "dans la Creuse",
    "en Dordogne",
    "dans le Doubs",
    "dans la Drôme",
    "dans l’Eure",
    "en Eure-et-Loir",
    "dans le Finistère",
    "dans le Gard",
    "en Haute-Garonne",
    "dans le Gers",
    "en Gironde",
    "dans l’Hérault",
    "en Ille-et-Vilaine",
    "dans l’Indre",
    "en Indre-et-Loire",
    "en Isère",
    "dans le Jura",
    "dans les Landes",
    "dans le Loir-et-Cher",
    "dans la Loire",
    "en Haute-Loire",
    "en Loire-Atlantique",
    "dans le Loiret",
    "dans le Lot",
    "dans le Lot-et-Garonne",
    "en Lozère",
    "en Maine-et-Loire",
    "dans la Manche",
    "dans la Marne",
    "en Haute-Marne",
    "en Mayenne",
    "en Meurthe-et-Moselle",
    "dans la Meuse",
    "dans le Morbihan",
    "en Moselle",
    "dans la Nièvre",
    "dans le Nord",
    "dans l’Oise",
    "dans l’Orne",
    "dans le Pas-de-Calais",
    "dans le Puy-de-Dôme",
    "dans les Pyrénées-Atlantiques",
    "dans les Hautes-Pyrénées",
    "dans les Pyrénées-Orientales",
    "dans le Bas-Rhin",
    "dans le Haut-Rhin",
    "dans le Rhône",
    "en Haute-Saône",
    "en Saône-et-Loire",
    "dans la Sarthe",
    "en Savoie",
    "en Haute-Savoie",
    "à Paris",
    "en Seine-Maritime",
    "en Seine-et-Marne",
    "dans les Yvelines",
    "dans les Deux-Sèvres",
    "dans la Somme",
    "dans le Tarn",
    "dans le Tarn-et-Garonne",
    "dans le Var",
    "dans le Vaucluse",
    "en Vendée",
    "dans la Vienne",
    "en Haute-Vienne",
    "dans les Vosges",
    "dans l’Yonne",
    "dans le Territoire de Belfort",
    "dans l’Essonne",
    "dans les Hauts-de-Seine",
    "en Seine-Saint-Denis",
    "dans le Val-de-Marne",
    "dans le Val-d’Oise",
];

/// The year of birth from which a code of overseas can only name what it names today: every other territory that had
/// one is another country since, the last one Vanuatu (July 1980).
const OVERSEAS_OF_TODAY: u16 = 1981;

/// The departments of today whose code was that of another country, and the last year of birth in which it can name no
/// other: the year of independence.
const FORMERLY: [(u8, &str, u16); 5] = [
    (91, "en Algérie", 1962),
    (92, "en Algérie", 1962),
    (93, "en Algérie", 1962),
    (94, "en Algérie", 1962),
    (95, "au Maroc", 1956),
];

/// The countries whose code was that of a larger one: until when, and from when the code can only name the country.
const ONCE_LARGER: [([u8; 3], &str, u16, u16); 3] = [
    (*b"121", "en Yougoslavie", 1991, 2007),
    (*b"123", "en URSS", 1990, 1992),
    (*b"213", "au Pakistan (Bangladesh compris)", 1970, 1972),
];

/// Countries where most people of France born abroad were born. The others are « à l’étranger ».
const COUNTRIES: &[([u8; 3], &str)] = &[
    (*b"101", "au Danemark"),
    (*b"102", "en Islande"),
    (*b"103", "en Norvège"),
    (*b"104", "en Suède"),
    (*b"105", "en Finlande"),
    (*b"109", "en Allemagne"),
    (*b"110", "en Autriche"),
    (*b"111", "en Bulgarie"),
    (*b"112", "en Hongrie"),
    (*b"114", "en Roumanie"),
    (*b"115", "en Tchécoslovaquie"),
    (*b"116", "en Tchéquie"),
    (*b"117", "en Slovaquie"),
    (*b"118", "en Bosnie-Herzégovine"),
    (*b"119", "en Croatie"),
    (*b"121", "en Serbie"),
    (*b"122", "en Pologne"),
    (*b"123", "en Russie"),
    (*b"125", "en Albanie"),
    (*b"126", "en Grèce"),
    (*b"127", "en Italie"),
    (*b"130", "en Andorre"),
    (*b"131", "en Belgique"),
    (*b"132", "au Royaume-Uni"),
    (*b"134", "en Espagne"),
    (*b"135", "aux Pays-Bas"),
    (*b"136", "en Irlande"),
    (*b"137", "au Luxembourg"),
    (*b"138", "à Monaco"),
    (*b"139", "au Portugal"),
    (*b"140", "en Suisse"),
    (*b"141", "en Allemagne"),
    (*b"142", "en Allemagne"),
    (*b"151", "en Moldavie"),
    (*b"155", "en Ukraine"),
    (*b"156", "en Macédoine du Nord"),
    (*b"157", "au Kosovo"),
    (*b"203", "en Irak"),
    (*b"204", "en Iran"),
    (*b"205", "au Liban"),
    (*b"206", "en Syrie"),
    (*b"207", "en Israël"),
    (*b"208", "en Turquie"),
    (*b"212", "en Afghanistan"),
    (*b"213", "au Pakistan"),
    (*b"216", "en Chine"),
    (*b"217", "au Japon"),
    (*b"219", "en Thaïlande"),
    (*b"220", "aux Philippines"),
    (*b"223", "en Inde"),
    (*b"234", "au Cambodge"),
    (*b"235", "au Sri Lanka"),
    (*b"239", "en Corée du Sud"),
    (*b"241", "au Laos"),
    (*b"243", "au Vietnam"),
    (*b"244", "au Vietnam"),
    (*b"245", "au Vietnam"),
    (*b"246", "au Bangladesh"),
    (*b"252", "en Arménie"),
    (*b"255", "en Géorgie"),
    (*b"301", "en Égypte"),
    (*b"312", "en République démocratique du Congo"),
    (*b"322", "au Cameroun"),
    (*b"323", "en Centrafrique"),
    (*b"324", "au Congo"),
    (*b"326", "en Côte d’Ivoire"),
    (*b"327", "au Bénin"),
    (*b"328", "au Gabon"),
    (*b"329", "au Ghana"),
    (*b"330", "en Guinée"),
    (*b"331", "au Burkina Faso"),
    (*b"333", "à Madagascar"),
    (*b"335", "au Mali"),
    (*b"336", "en Mauritanie"),
    (*b"337", "au Niger"),
    (*b"338", "au Nigéria"),
    (*b"340", "au Rwanda"),
    (*b"341", "au Sénégal"),
    (*b"344", "au Tchad"),
    (*b"345", "au Togo"),
    (*b"350", "au Maroc"),
    (*b"351", "en Tunisie"),
    (*b"352", "en Algérie"),
    (*b"390", "à Maurice"),
    (*b"392", "en Guinée-Bissao"),
    (*b"395", "en Angola"),
    (*b"396", "au Cap-Vert"),
    (*b"397", "aux Comores"),
    (*b"399", "à Djibouti"),
    (*b"401", "au Canada"),
    (*b"404", "aux États-Unis"),
    (*b"405", "au Mexique"),
    (*b"410", "en Haïti"),
    (*b"415", "en Argentine"),
    (*b"416", "au Brésil"),
    (*b"417", "au Chili"),
    (*b"419", "en Colombie"),
    (*b"420", "en Équateur"),
    (*b"422", "au Pérou"),
    (*b"424", "au Vénézuéla"),
    (*b"437", "au Suriname"),
    (*b"438", "à la Dominique"),
    (*b"439", "à Sainte-Lucie"),
    (*b"501", "en Australie"),
    (*b"514", "au Vanuatu"),
];

impl Lieu {
    /// The place named by the five characters of department and commune.
    pub(super) fn of([d, u, commune @ ..]: [u8; 5]) -> Self {
        match [d, u] {
            [b'2', b'A'] => Self::Named("en Corse-du-Sud"),
            [b'2', b'B'] => Self::Named("en Haute-Corse"),
            [b'9', b'6'] => Self::Named("en Tunisie"),
            [b'9', b'7' | b'8'] => Self::overseas([u, commune[0]]),
            [b'9', b'9'] => Self::abroad(commune),
            _ => Self::departement((d - b'0') * 10 + (u - b'0')),
        }
    }

    fn abroad(commune: [u8; 3]) -> Self {
        let Some((_, since)) = COUNTRIES.iter().find(|(code, _)| *code == commune) else { return Self::Foreign };
        match ONCE_LARGER.iter().find(|(code, ..)| *code == commune) {
            Some((_, before, last, first)) => Self::Depends { before: (before, *last), since: (since, *first) },
            None => Self::Named(since),
        }
    }

    fn departement(code: u8) -> Self {
        let since = DEPARTEMENTS[usize::from(code) - 1];
        match (code, FORMERLY.iter().find(|(formerly, ..)| *formerly == code)) {
            (_, Some((_, before, last))) => Self::Depends { before: (before, *last), since: (since, ILE_DE_FRANCE) },
            (75, _) => {
                Self::Divided { together: "à Paris (ou dans la Seine, avant 1968)", before: "dans la Seine", since }
            }
            (78, _) => Self::Divided {
                together: "dans les Yvelines (ou en Seine-et-Oise, avant 1968)",
                before: "en Seine-et-Oise",
                since,
            },
            _ => Self::Named(since),
        }
    }

    const fn overseas(code: [u8; 2]) -> Self {
        let since = match &code {
            b"71" => return Self::Named("en Guadeloupe"),
            b"72" => return Self::Named("en Martinique"),
            b"73" => return Self::Named("en Guyane"),
            b"74" => return Self::Named("à La Réunion"),
            b"75" => return Self::Named("à Saint-Pierre-et-Miquelon"),
            // 976 since Mayotte is a department (2011), 985 before.
            b"76" | b"85" => "à Mayotte",
            b"77" => "à Saint-Barthélemy",
            b"78" => "à Saint-Martin",
            b"84" => "dans les Terres australes et antarctiques françaises",
            b"86" => "à Wallis-et-Futuna",
            b"87" => "en Polynésie française",
            b"88" => "en Nouvelle-Calédonie",
            _ => "outre-mer",
        };
        // Which country a code was in which years is not known here: before, nothing is said.
        Self::Depends { before: ("", 0), since: (since, OVERSEAS_OF_TODAY) }
    }

    /// The place with its preposition, « dans la Marne », « à La Réunion », « à l’étranger », for a person born that
    /// year. A NIR does not say its century: where only the year tells one country from another and it does not, or is
    /// not known, nothing is said.
    ///
    /// ```
    /// use domaine::identite::Nir13;
    /// let lieu = Nir13::parse("1 55 06 91 999 001").unwrap().read().lieu;
    /// assert_eq!(lieu.phrase(None), None);
    /// assert_eq!(lieu.phrase(Some(1955)), Some("en Algérie"));
    /// assert_eq!(lieu.phrase(Some(1965)), None);
    /// assert_eq!(lieu.phrase(Some(1975)), Some("dans l’Essonne"));
    /// ```
    pub const fn phrase(self, year: Option<u16>) -> Option<&'static str> {
        match (self, year) {
            (Self::Named(nom), _) => Some(nom),
            (Self::Depends { before: (before, last), .. }, Some(year)) if year <= last => Some(before),
            (Self::Depends { since: (since, first), .. }, Some(year)) if year >= first => Some(since),
            (Self::Depends { .. }, _) => None,
            (Self::Divided { before, .. }, Some(..ILE_DE_FRANCE)) => Some(before),
            (Self::Divided { since, .. }, Some(_)) => Some(since),
            (Self::Divided { together, .. }, None) => Some(together),
            (Self::Foreign, _) => Some("à l’étranger"),
        }
    }
}

impl fmt::Debug for Lieu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lieu(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_said_as_french_says_it() {
        for (code, phrase) in [
            (b"01999", "dans l’Ain"),
            (b"20999", "en Corse"),
            (b"2A999", "en Corse-du-Sud"),
            (b"51215", "dans la Marne"),
            (b"90999", "dans le Territoire de Belfort"),
            (b"96999", "en Tunisie"),
            (b"97499", "à La Réunion"),
            (b"99350", "au Maroc"),
            (b"99139", "au Portugal"),
            (b"99999", "à l’étranger"),
        ] {
            for year in [None, Some(1955), Some(1990)] {
                assert_eq!(Lieu::of(*code).phrase(year), Some(phrase));
            }
        }
    }

    #[test]
    fn a_code_that_meant_another_country_says_a_place_by_the_year_and_only_when_it_decides() {
        for (code, year, phrase) in [
            (b"91999", Some(1962), Some("en Algérie")),
            (b"94999", Some(1963), None),
            (b"93999", Some(1967), None),
            (b"93999", Some(1968), Some("en Seine-Saint-Denis")),
            (b"92999", None, None),
            (b"95999", Some(1956), Some("au Maroc")),
            (b"95999", Some(1957), None),
            (b"95999", Some(1968), Some("dans le Val-d’Oise")),
            (b"97699", Some(1980), None),
            (b"97699", Some(1981), Some("à Mayotte")),
            (b"97799", None, None),
            (b"97899", Some(2008), Some("à Saint-Martin")),
            (b"98799", Some(1980), None),
            (b"98799", Some(1981), Some("en Polynésie française")),
            (b"98199", Some(1955), None),
            (b"98199", Some(1990), Some("outre-mer")),
            (b"99121", Some(1991), Some("en Yougoslavie")),
            (b"99121", Some(1999), None),
            (b"99121", Some(2007), Some("en Serbie")),
            (b"99123", Some(1990), Some("en URSS")),
            (b"99123", Some(1991), None),
            (b"99123", Some(1992), Some("en Russie")),
            (b"99213", None, None),
            (b"99213", Some(1972), Some("au Pakistan")),
        ] {
            assert_eq!(Lieu::of(*code).phrase(year), phrase, "{} {year:?}", String::from_utf8_lossy(code));
        }
    }

    #[test]
    fn a_department_that_was_larger_is_said_by_the_year_or_with_both_names() {
        let yvelines = Lieu::of(*b"78999");
        assert_eq!(yvelines.phrase(Some(1967)), Some("en Seine-et-Oise"));
        assert_eq!(yvelines.phrase(Some(1968)), Some("dans les Yvelines"));
        assert_eq!(yvelines.phrase(None), Some("dans les Yvelines (ou en Seine-et-Oise, avant 1968)"));
        assert_eq!(Lieu::of(*b"75999").phrase(Some(1980)), Some("à Paris"));
    }

    #[test]
    fn the_codes_are_in_order_and_every_phrase_begins_with_a_preposition() {
        assert!(COUNTRIES.is_sorted_by(|(a, _), (b, _)| a < b));
        for phrase in DEPARTEMENTS.iter().chain(COUNTRIES.iter().map(|(_, phrase)| phrase)) {
            let start = phrase.split_once([' ', '’']).map(|(start, _)| start);
            assert!(matches!(start, Some("à" | "au" | "aux" | "en" | "dans")), "{phrase}");
        }
    }
}
