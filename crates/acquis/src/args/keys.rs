//! The words of `acquis cles`.

use clap::{Args, ValueEnum};

/// What the help adds.
pub(super) const MORE: &str = "\
Sans action, liste les versions de la clé et ce qui est chiffré sous chacune.
  ajouter    ajoute une version au fichier de la clé, sans rien rechiffrer : pour la copier d'abord sur d'autres machines
  tourner    ajoute une version, puis rechiffre tout sous elle, le service restant ouvert ; interrompue, elle se relance
  retirer N  ôte du fichier une version dont plus rien ne dépend : les sauvegardes d'avant ne s'ouvrent plus sans elle

Rend 0 quand tout est fait, 3 quand quelque chose n'a pas pu l'être (le compte rendu dit quoi), 1 quand elle n'a pas pu
aller au bout (docs/cles.md).";

/// Lists the versions of the key, adds one, seals everything again, or retires one.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    #[arg(
        value_name = "GESTE",
        hide_possible_values = true,
        help = "ajouter, tourner ou retirer ; sans lui, la liste"
    )]
    action: Option<Action>,
    #[arg(value_name = "VERSION", help = "avec retirer : le numéro de la version")]
    version: Option<u8>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    #[value(name = "ajouter")]
    Add,
    #[value(name = "tourner")]
    Turn,
    #[value(name = "retirer")]
    Retire,
}

/// What is asked about the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyRequest {
    /// The versions, and what is under each.
    List,
    /// One more version.
    Add,
    /// Everything under the newest.
    Turn,
    /// One less.
    Retire(u8),
}

impl Keys {
    /// What these words ask together.
    ///
    /// # Errors
    /// A sentence for whoever typed them.
    pub fn request(&self) -> Result<KeyRequest, String> {
        match (self.action, self.version) {
            (None, None) => Ok(KeyRequest::List),
            (Some(Action::Add), None) => Ok(KeyRequest::Add),
            (Some(Action::Turn), None) => Ok(KeyRequest::Turn),
            (Some(Action::Retire), Some(version)) => Ok(KeyRequest::Retire(version)),
            (Some(Action::Retire), None) => {
                Err("retirer attend le numéro d'une version : acquis cles les donne".to_owned())
            }
            (_, Some(_)) => Err("un numéro de version n'a de sens qu'avec retirer".to_owned()),
        }
    }
}
