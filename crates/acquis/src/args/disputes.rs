//! The words of `acquis contestations`.

use std::path::PathBuf;

use batch::contestations::Action;
use clap::Args;

use crate::refusal;

/// What the help adds.
pub(super) const MORE: &str = "\
Sans référence, liste ; avec une référence seule, montre ce que le titulaire a écrit, la ligne ce jour-là et
aujourd'hui. Une réponse ne se remplace pas : --completer en ajoute une autre.";

/// Lists the disputed lines, reads one, or says something about it.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Disputes {
    #[arg(value_name = "RÉFÉRENCE", help = "celle que le titulaire a reçue")]
    pub(super) reference: Option<String>,
    #[arg(value_name = "FICHIER", help = "la réponse ; sur l'entrée standard quand rien n'est dit, ou « - »")]
    file: Option<PathBuf>,
    #[arg(long = "toutes", help = "liste aussi celles qui ont une réponse")]
    all: bool,
    #[arg(long = "en-cours", help = "dit au titulaire que sa demande est examinée")]
    under_way: bool,
    #[arg(long = "repondre", help = "lui répond")]
    answer: bool,
    #[arg(long = "completer", help = "ajoute à la réponse")]
    add: bool,
}

/// What is asked about disputed lines.
#[derive(Debug, PartialEq, Eq)]
pub enum DisputeRequest {
    /// The list; the answered ones too when it says so.
    List(bool),
    /// One of them, by the reference given to its holder.
    One(String, Action),
}

impl Disputes {
    /// What these words ask together.
    ///
    /// # Errors
    /// A sentence for whoever typed them.
    pub fn request(self) -> Result<DisputeRequest, String> {
        let gestures: Vec<&str> =
            [(self.under_way, "--en-cours"), (self.answer, "--repondre"), (self.add, "--completer")]
                .into_iter()
                .filter_map(|(asked, name)| asked.then_some(name))
                .collect();
        let Some(reference) = self.reference else {
            return match gestures.first() {
                None => Ok(DisputeRequest::List(self.all)),
                Some(gesture) => {
                    Err(format!("{gesture} attend la référence d'une contestation, puis son fichier s'il y en a un"))
                }
            };
        };
        if self.all {
            return Err("--toutes donne la liste, une référence en montre une : l'un ou l'autre".into());
        }
        let takes_a_file = self.answer || self.add;
        if self.file.is_some() && !takes_a_file && gestures.len() < 2 {
            return Err(refusal::ONE_COMMAND.into());
        }
        let source = self.file.unwrap_or_else(|| "-".into());
        let gesture = match gestures.as_slice() {
            [] => Action::Show,
            ["--repondre"] => Action::Answer(source),
            ["--completer"] => Action::Complete(source),
            [_] => Action::UnderWay,
            _ => return Err("--en-cours, --repondre ou --completer : un seul à la fois".into()),
        };
        Ok(DisputeRequest::One(reference, gesture))
    }
}
