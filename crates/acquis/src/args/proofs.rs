//! The words of `acquis justificatifs`.

use std::path::PathBuf;

use clap::Args;

/// What the help adds.
pub(super) const MORE: &str = "\
Sans référence, liste ; avec une référence seule, montre où en est la déclaration. Une décision ne se remplace pas : le
titulaire peut déclarer de nouveau (docs/justificatifs.md).";

/// Lists the proofs that wait, shows one, or decides of it.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Proofs {
    #[arg(value_name = "RÉFÉRENCE", help = "celle que le titulaire a reçue")]
    reference: Option<String>,
    #[arg(
        value_name = "FICHIER",
        help = "où écrire le justificatif ; la raison d'un refus, sur l'entrée standard quand rien n'est dit, ou « - »"
    )]
    file: Option<PathBuf>,
    #[arg(long = "tous", help = "liste aussi ceux qui ont reçu leur décision")]
    everything: bool,
    #[arg(long = "extraire", help = "écrit le justificatif dans un fichier nouveau, pour le lire")]
    take_out: bool,
    #[arg(
        long = "accepter",
        value_name = "JJ/MM/AAAA",
        num_args = 0..=1,
        default_missing_value = "",
        help = "l'accepte ; pour un handicap, dit le premier jour qui compte"
    )]
    accept: Option<String>,
    #[arg(long = "jusqu-au", value_name = "JJ/MM/AAAA", help = "avec --accepter : le dernier jour qui compte")]
    until: Option<String>,
    #[arg(long = "refuser", help = "le refuse, pour une raison que le titulaire lit")]
    refuse: bool,
}

/// What is asked about proofs.
#[derive(Debug, PartialEq, Eq)]
pub enum ProofRequest {
    /// The list; the decided ones too when it says so.
    List(bool),
    /// One of them, by the reference given to its holder.
    Show(String),
    /// Its proof, in that file.
    TakeOut(String, PathBuf),
    /// To accept it, from a day up to another, as typed.
    Accept(String, Option<String>, Option<String>),
    /// To refuse it, for the reason in that file.
    Refuse(String, PathBuf),
}

impl Proofs {
    /// Whether it is about one of them, and not the list.
    pub const fn names_one(&self) -> bool {
        self.reference.is_some()
    }

    /// What these words ask together.
    ///
    /// # Errors
    /// A sentence for whoever typed them.
    pub fn request(self) -> Result<ProofRequest, String> {
        let gestures = [self.take_out, self.accept.is_some(), self.refuse].into_iter().filter(|asked| *asked).count();
        let Some(reference) = self.reference else {
            return match gestures {
                0 if self.until.is_none() => Ok(ProofRequest::List(self.everything)),
                _ => Err("--extraire, --accepter et --refuser attendent la référence d'un justificatif".into()),
            };
        };
        if self.everything {
            return Err("--tous donne la liste, une référence en montre un : l'un ou l'autre".into());
        }
        if gestures > 1 {
            return Err("--extraire, --accepter ou --refuser : un seul à la fois".into());
        }
        if self.until.is_some() && self.accept.is_none() {
            return Err("--jusqu-au n'a de sens qu'avec --accepter".into());
        }
        match (self.take_out, self.accept, self.refuse, self.file) {
            (true, _, _, Some(file)) => Ok(ProofRequest::TakeOut(reference, file)),
            (true, _, _, None) => Err("--extraire attend, après la référence, le nom d'un fichier nouveau".into()),
            (_, _, true, file) => Ok(ProofRequest::Refuse(reference, file.unwrap_or_else(|| "-".into()))),
            (_, _, false, Some(_)) => Err(crate::refusal::ONE_COMMAND.into()),
            (_, Some(since), _, None) => {
                Ok(ProofRequest::Accept(reference, Some(since).filter(|since| !since.is_empty()), self.until))
            }
            (_, None, false, None) => Ok(ProofRequest::Show(reference)),
        }
    }
}
