//! The words of `acquis journal`.

use std::path::{Path, PathBuf};

use batch::journal::Asked;
use clap::{Args, ValueEnum};

/// What the help adds.
pub(super) const MORE: &str = "\
Une ligne par acte, la plus ancienne d'abord : quand, quoi, sur quel compte, par qui ; l'origine d'un visiteur est une marque,
la même pour la même adresse. Le journal se garde un an, et le lire y est noté (docs/comptes.md).

« acquis journal verifier » dit si une ligne a été changée, supprimée ou ajoutée par un autre que ce programme ; avec --ancres, si la
fin en a été supprimée, ou s'il a été refait. Rend 0 quand rien n'a été touché, 1 sinon.";

/// What is done with the journal besides reading it.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Check {
    #[value(name = "verifier")]
    Verify,
}

/// Reads the journal.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Journal {
    #[arg(
        value_name = "ACTION",
        hide_possible_values = true,
        conflicts_with_all = ["since", "until", "account", "by", "what", "from_an_address"],
        help = "verifier"
    )]
    action: Option<Check>,
    #[arg(
        long = "ancres",
        value_name = "FICHIER",
        requires = "action",
        help = "avec verifier : compare le journal aux ancres de ce fichier"
    )]
    anchored: Option<PathBuf>,
    #[arg(
        long = "cle-publique",
        value_name = "FICHIER",
        requires = "anchored",
        help = "avec --ancres : vérifie le fichier seul, sans la base ni la clé maîtresse"
    )]
    public_key: Option<PathBuf>,
    #[arg(long = "depuis", value_name = "JJ/MM/AAAA", help = "à partir de ce jour")]
    since: Option<String>,
    #[arg(long = "jusqu-au", value_name = "JJ/MM/AAAA", help = "jusqu'à ce jour compris")]
    until: Option<String>,
    #[arg(long = "compte", value_name = "RÉFÉRENCE", help = "ce qui concerne ce compte")]
    account: Option<String>,
    #[arg(long = "par", value_name = "NOM", help = "ce qu'a fait cet agent")]
    by: Option<String>,
    #[arg(long = "quoi", value_name = "MOT", help = "cet acte seul : connexion_refusee, releve_lu…")]
    what: Option<String>,
    #[arg(long = "adresse", help = "ce qui vient d'une adresse IP, lue sur l'entrée standard")]
    pub from_an_address: bool,
}

impl Journal {
    /// Whether the journal is to be checked, not read.
    pub const fn is_a_check(&self) -> bool {
        self.action.is_some()
    }

    /// The file of anchors that it is compared to.
    pub fn anchored(&self) -> Option<&Path> {
        self.anchored.as_deref()
    }

    /// The same, and what checks their signatures, where nothing else is at hand.
    pub fn alone(&self) -> Option<(&Path, &Path)> {
        self.anchored.as_deref().zip(self.public_key.as_deref())
    }

    /// Which lines are asked for.
    pub fn asked(self) -> Asked {
        Asked { since: self.since, until: self.until, account: self.account, operator: self.by, what: self.what }
    }
}
