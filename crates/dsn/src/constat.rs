//! What a reader may have to say of a file: a closed list of small facts, never a value.
//! The sentences are in `textes.rs`.

use domaine::identite::nir::Incoherence;
use domaine::identite::{NirInvalide, NomInvalide};

use crate::code::Code;
use crate::lignes::{Encodage, Faute};

/// Something that a payroll officer must know of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constat {
    /// The line is no rubric; the code when it could still be read.
    Ligne(Faute, Option<Code>),
    /// The file begins with the mark of UTF-8.
    MarqueUtf8,
    /// The value is not written in ISO-8859-1.
    Encodage(Encodage),
    /// The block is not under the one it belongs to.
    BlocMalPlace(Code),

    /// The sender sent a test: nothing of it counts.
    EnvoiTest,
    /// A version of the norm that this reader was not made for.
    Norme,
    /// The sender announced another number of rubrics than the envelope holds.
    TotalRubriques {
        /// Announced.
        annonce: u64,
        /// Found.
        lu: u64,
    },
    /// The sender announced another number of declarations.
    TotalDeclarations {
        /// Announced.
        annonce: u64,
        /// Found.
        lu: u64,
    },
    /// The envelope has no end: the file was cut.
    FichierTronque,
    /// There is no declaration at all.
    SansDeclaration,

    /// A rubric without which the declaration belongs to no employer, month or order.
    DeclarationSans(Code),
    /// The key of the SIRET is wrong; the declaration is read all the same.
    SiretCle,
    /// A second establishment in one declaration: what follows belongs to none.
    SecondEtablissement,
    /// A substitution, made by a body in place of the employer: its hours are not counted.
    Substitution,

    /// Neither a NIR nor a temporary number.
    SansIdentifiant,
    /// The NIR is not one; the person has no other number.
    Nir(NirInvalide),
    /// A temporary number stands for a NIR that is not one.
    NirRemplace(NirInvalide),
    /// The temporary number is empty or longer than 40 characters.
    NumeroTemporaire,
    /// The birth name cannot be one.
    Nom(NomInvalide),
    /// The given names cannot be ones.
    Prenoms(NomInvalide),
    /// The birth date is missing.
    SansNaissance,
    /// The birth date is not a date.
    Naissance,
    /// The birth date and the NIR cannot both be right.
    NaissanceEtNir(Incoherence),
    /// An unreadable line lies in what is said of the person, who is left out.
    IndividuAbime,
    /// More contracts, pays, activities or absences than one person can have.
    IndividuDemesure,

    /// A value that is not of the kind the rubric wants: it is as if it were not there.
    Valeur(Code),
    /// A record lacks a rubric and is left out.
    Manque(Code),
    /// A pay of a contract that the person does not have; its hours count all the same.
    ContratInconnu,
    /// Hours under another pay than that of type 002; they count, for want of the others.
    ActiviteHors002,
    /// Hours under another pay than that of type 002, which has some: they would count twice.
    ActiviteEnDouble,
    /// A measure in a unit that is neither hours nor days: nothing counts it.
    UniteNonComptee,
    /// A pay that ends before it begins.
    PeriodeInverse,
}

/// What a fact costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gravite {
    /// Nothing was lost.
    Remarque,
    /// Something was left out, hours perhaps.
    Perte,
    /// A person, a declaration or more was left out.
    Ecart,
}

impl Constat {
    /// What it costs.
    pub const fn gravite(&self) -> Gravite {
        use Constat::{
            ActiviteEnDouble, ActiviteHors002, BlocMalPlace, ContratInconnu, DeclarationSans, Encodage, EnvoiTest,
            FichierTronque, IndividuAbime, IndividuDemesure, Ligne, Manque, MarqueUtf8, Naissance, NaissanceEtNir, Nir,
            NirRemplace, Nom, Norme, NumeroTemporaire, PeriodeInverse, Prenoms, SansDeclaration, SansIdentifiant,
            SansNaissance, SecondEtablissement, SiretCle, Substitution, TotalDeclarations, TotalRubriques,
            UniteNonComptee, Valeur,
        };
        match self {
            MarqueUtf8 | Encodage(_) | Norme | SiretCle | NirRemplace(_) | Nom(_) | Prenoms(_) | SansNaissance
            | Naissance | NaissanceEtNir(_) | ContratInconnu | ActiviteHors002 | ActiviteEnDouble => Gravite::Remarque,
            Ligne(..)
            | BlocMalPlace(_)
            | TotalRubriques { .. }
            | TotalDeclarations { .. }
            | NumeroTemporaire
            | Valeur(_)
            | Manque(_)
            | UniteNonComptee
            | PeriodeInverse => Gravite::Perte,
            EnvoiTest | FichierTronque | SansDeclaration | DeclarationSans(_) | SecondEtablissement | Substitution
            | SansIdentifiant | Nir(_) | IndividuAbime | IndividuDemesure => Gravite::Ecart,
        }
    }

    /// One word by which facts of a kind are counted.
    pub const fn genre(&self) -> &'static str {
        match self {
            Self::Ligne(..) => "ligne",
            Self::MarqueUtf8 => "marque_utf8",
            Self::Encodage(_) => "encodage",
            Self::BlocMalPlace(_) => "bloc_mal_place",
            Self::EnvoiTest => "envoi_test",
            Self::Norme => "norme",
            Self::TotalRubriques { .. } => "total_rubriques",
            Self::TotalDeclarations { .. } => "total_declarations",
            Self::FichierTronque => "fichier_tronque",
            Self::SansDeclaration => "sans_declaration",
            Self::DeclarationSans(_) => "declaration_sans",
            Self::SiretCle => "siret_cle",
            Self::SecondEtablissement => "second_etablissement",
            Self::Substitution => "substitution",
            Self::SansIdentifiant => "sans_identifiant",
            Self::Nir(_) => "nir",
            Self::NirRemplace(_) => "nir_remplace",
            Self::NumeroTemporaire => "numero_temporaire",
            Self::Nom(_) => "nom",
            Self::Prenoms(_) => "prenoms",
            Self::SansNaissance => "sans_naissance",
            Self::Naissance => "naissance",
            Self::NaissanceEtNir(_) => "naissance_et_nir",
            Self::IndividuAbime => "individu_abime",
            Self::IndividuDemesure => "individu_demesure",
            Self::Valeur(_) => "valeur",
            Self::Manque(_) => "manque",
            Self::ContratInconnu => "contrat_inconnu",
            Self::ActiviteHors002 => "activite_hors_002",
            Self::ActiviteEnDouble => "activite_en_double",
            Self::UniteNonComptee => "unite_non_comptee",
            Self::PeriodeInverse => "periode_inverse",
        }
    }
}
