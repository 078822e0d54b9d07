//! What a reader may have to say of a file: a closed list of small facts, never a value.
//! The sentences are in `texts.rs`.

use domaine::identite::nir::Incoherence;
use domaine::identite::{NirInvalide, NomInvalide};

use crate::code::Code;
use crate::rubrics::{Encoding, Faute};

/// Something that a payroll officer must know of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The line is no rubric; the code when it could still be read.
    Line(Faute, Option<Code>),
    /// The file begins with the mark of UTF-8, and no value shows more of it.
    Utf8Mark,
    /// The file is not written in ISO-8859-1; said at the first value that shows it.
    Encoding(Encoding),
    /// The block is not under the one it belongs to.
    MisplacedBlock(Code),

    /// The sender sent a test: nothing of it counts.
    TestEnvelope,
    /// A version of the norm that this reader was not made for.
    Norme,
    /// The sender announced another number of rubrics than the envelope holds.
    TotalRubrics {
        /// Announced.
        announced: u64,
        /// Found.
        read: u64,
    },
    /// The sender announced another number of declarations.
    TotalDeclarations {
        /// Announced.
        announced: u64,
        /// Found.
        read: u64,
    },
    /// The envelope has no end: the file was cut.
    TruncatedFile,
    /// There is no declaration at all.
    NoDeclaration,

    /// A rubric without which the declaration belongs to no employer, month or order.
    DeclarationWithout(Code),
    /// The key of the SIRET is wrong; the declaration is read all the same.
    SiretKey,
    /// A second establishment in one declaration: what follows belongs to none.
    SecondEtablissement,
    /// A substitution, made by a body in place of the employer: its hours are not counted.
    Substitution,

    /// Neither a NIR nor a temporary number.
    NoIdentifier,
    /// The NIR is not one; the person has no other number.
    Nir(NirInvalide),
    /// A temporary number stands for a NIR that is not one.
    ReplacedNir(NirInvalide),
    /// The temporary number is empty or longer than 40 characters.
    TemporaryNumber,
    /// The birth name cannot be one.
    Nom(NomInvalide),
    /// The given names cannot be ones.
    Prenoms(NomInvalide),
    /// The birth date is missing.
    NoNaissance,
    /// The birth date is not a date.
    Naissance,
    /// The birth date and the NIR cannot both be right.
    NaissanceAndNir(Incoherence),
    /// An unreadable line lies in what is said of the person, who is left out.
    DamagedIndividu,
    /// More contracts, pays, activities or absences than one person can have.
    OversizedIndividu,

    /// A value that is not of the kind the rubric wants: it is as if it were not there.
    Value(Code),
    /// A record lacks a rubric and is left out.
    Missing(Code),
    /// A pay of a contract that the person does not have; its hours count all the same.
    UnknownContrat,
    /// Hours under another pay than that of type 002; they count, for want of the others.
    ActiviteOutside002,
    /// Hours under another pay than that of type 002, which has some: they would count twice.
    DuplicateActivite,
    /// A measure in a unit that is neither hours nor days: nothing counts it.
    UncountedUnit,
    /// A pay that ends before it begins.
    ReversedPeriod,
}

/// What a fact costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing was lost.
    Remark,
    /// Something was left out, hours perhaps.
    Loss,
    /// A person, a declaration or more was left out.
    Gap,
}

impl Finding {
    /// What it costs.
    pub const fn severity(&self) -> Severity {
        use Finding::{
            ActiviteOutside002, DamagedIndividu, DeclarationWithout, DuplicateActivite, Encoding, Line, MisplacedBlock,
            Missing, Naissance, NaissanceAndNir, Nir, NoDeclaration, NoIdentifier, NoNaissance, Nom, Norme,
            OversizedIndividu, Prenoms, ReplacedNir, ReversedPeriod, SecondEtablissement, SiretKey, Substitution,
            TemporaryNumber, TestEnvelope, TotalDeclarations, TotalRubrics, TruncatedFile, UncountedUnit,
            UnknownContrat, Utf8Mark, Value,
        };
        match self {
            Utf8Mark | Encoding(_) | Norme | SiretKey | ReplacedNir(_) | Nom(_) | Prenoms(_) | NoNaissance
            | Naissance | NaissanceAndNir(_) | UnknownContrat | ActiviteOutside002 | DuplicateActivite => {
                Severity::Remark
            }
            Line(..)
            | MisplacedBlock(_)
            | TotalRubrics { .. }
            | TotalDeclarations { .. }
            | TemporaryNumber
            | Value(_)
            | Missing(_)
            | UncountedUnit
            | ReversedPeriod => Severity::Loss,
            TestEnvelope
            | TruncatedFile
            | NoDeclaration
            | DeclarationWithout(_)
            | SecondEtablissement
            | Substitution
            | NoIdentifier
            | Nir(_)
            | DamagedIndividu
            | OversizedIndividu => Severity::Gap,
        }
    }

    /// One word by which facts of a kind are counted.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Line(..) => "ligne",
            Self::Utf8Mark => "marque_utf8",
            Self::Encoding(_) => "encodage",
            Self::MisplacedBlock(_) => "bloc_mal_place",
            Self::TestEnvelope => "envoi_test",
            Self::Norme => "norme",
            Self::TotalRubrics { .. } => "total_rubriques",
            Self::TotalDeclarations { .. } => "total_declarations",
            Self::TruncatedFile => "fichier_tronque",
            Self::NoDeclaration => "sans_declaration",
            Self::DeclarationWithout(_) => "declaration_sans",
            Self::SiretKey => "siret_cle",
            Self::SecondEtablissement => "second_etablissement",
            Self::Substitution => "substitution",
            Self::NoIdentifier => "sans_identifiant",
            Self::Nir(_) => "nir",
            Self::ReplacedNir(_) => "nir_remplace",
            Self::TemporaryNumber => "numero_temporaire",
            Self::Nom(_) => "nom",
            Self::Prenoms(_) => "prenoms",
            Self::NoNaissance => "sans_naissance",
            Self::Naissance => "naissance",
            Self::NaissanceAndNir(_) => "naissance_et_nir",
            Self::DamagedIndividu => "individu_abime",
            Self::OversizedIndividu => "individu_demesure",
            Self::Value(_) => "valeur",
            Self::Missing(_) => "manque",
            Self::UnknownContrat => "contrat_inconnu",
            Self::ActiviteOutside002 => "activite_hors_002",
            Self::DuplicateActivite => "activite_en_double",
            Self::UncountedUnit => "unite_non_comptee",
            Self::ReversedPeriod => "periode_inverse",
        }
    }
}
