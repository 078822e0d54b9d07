//! The place of birth that a NIR names, as French says it.
//!
//! Sources: DSN dictionary (97 and 98 overseas, 99 abroad); service-public.fr F33078 for the
//! former departments of North Africa; INSEE's codes of countries for those listed.

/// Where a NIR says that a person was born.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lieu {
    /// In a department, an overseas territory or a country that is named.
    Nomme(&'static str),
    /// In an overseas territory that this edition does not name.
    OutreMer,
    /// Abroad, in a country that this edition does not name.
    Etranger,
}

/// Metropolitan departments by their code, from 01; what French puts before the name.
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
    "dans les Yvelines (ou en Seine-et-Oise)",
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
    "dans l’Essonne (ou en Algérie, avant l’indépendance)",
    "dans les Hauts-de-Seine (ou en Algérie, avant l’indépendance)",
    "en Seine-Saint-Denis (ou en Algérie, avant l’indépendance)",
    "dans le Val-de-Marne (ou en Algérie, avant l’indépendance)",
    "dans le Val-d’Oise (ou au Maroc, avant l’indépendance)",
];

impl Lieu {
    /// The place named by the five characters of department and commune.
    pub(super) fn de(code: &[u8]) -> Self {
        match code {
            [b'2', b'A', ..] => Self::Nomme("en Corse-du-Sud"),
            [b'2', b'B', ..] => Self::Nomme("en Haute-Corse"),
            [b'9', b'6', ..] => Self::Nomme("en Tunisie, avant l’indépendance"),
            [b'9', b'7', territoire, ..] => match territoire {
                b'1' => Self::Nomme("en Guadeloupe"),
                b'2' => Self::Nomme("en Martinique"),
                b'3' => Self::Nomme("en Guyane"),
                b'4' => Self::Nomme("à La Réunion"),
                b'5' => Self::Nomme("à Saint-Pierre-et-Miquelon"),
                b'6' => Self::Nomme("à Mayotte"),
                b'7' => Self::Nomme("à Saint-Barthélemy"),
                b'8' => Self::Nomme("à Saint-Martin"),
                _ => Self::OutreMer,
            },
            [b'9', b'8', territoire, ..] => match territoire {
                b'5' => Self::Nomme("à Mayotte"),
                b'6' => Self::Nomme("à Wallis-et-Futuna"),
                b'7' => Self::Nomme("en Polynésie française"),
                b'8' => Self::Nomme("en Nouvelle-Calédonie"),
                _ => Self::OutreMer,
            },
            [b'9', b'9', pays @ ..] => match pays {
                b"350" => Self::Nomme("au Maroc"),
                b"351" => Self::Nomme("en Tunisie"),
                b"352" => Self::Nomme("en Algérie"),
                b"109" => Self::Nomme("en Allemagne"),
                b"139" => Self::Nomme("au Portugal"),
                _ => Self::Etranger,
            },
            [dizaine, unite, ..] if dizaine.is_ascii_digit() && unite.is_ascii_digit() => {
                let numero = usize::from(dizaine - b'0') * 10 + usize::from(unite - b'0');
                match DEPARTEMENTS.get(numero.wrapping_sub(1)) {
                    Some(nom) => Self::Nomme(nom),
                    None => Self::OutreMer,
                }
            }
            _ => Self::Etranger,
        }
    }

    /// The place with its preposition: « dans la Marne », « à La Réunion », « à l’étranger ».
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Nomme(nom) => nom,
            Self::OutreMer => "outre-mer",
            Self::Etranger => "à l’étranger",
        }
    }
}
