//! The words of `acquis comptes`.

use batch::accounts::Action;
use clap::Args;

/// What the help adds.
pub(super) const MORE: &str = "\
Sans référence, lit un courriel, un NIR ou une référence sur l'entrée standard, et montre le compte. Un courriel ou un NIR ne se
donne jamais sur la ligne de commande, où toute la machine peut le lire. Chaque acte attend --raison, qui est notée au journal, et
le titulaire en est prévenu par courriel (docs/comptes.md).";

/// Finds an account, shows it, or acts on it.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Accounts {
    #[arg(value_name = "RÉFÉRENCE", help = "celle que le titulaire lit dans son profil, CPT-XXXX-XXXX-XXXX")]
    reference: Option<String>,
    #[arg(long = "geler", help = "déconnecte ses appareils, et plus personne ne peut s'y connecter ni rien y écrire")]
    freeze: bool,
    #[arg(long = "degeler", help = "le rouvre")]
    thaw: bool,
    #[arg(long = "deconnecter", help = "déconnecte tous ses appareils")]
    sign_out: bool,
    #[arg(long = "fermer", help = "le ferme et efface ce qu'il contenait")]
    close: bool,
    #[arg(long = "raison", value_name = "TEXTE", help = "pourquoi, sans rien qui désigne une personne")]
    reason: Option<String>,
}

/// What is asked about accounts.
#[derive(Debug, PartialEq, Eq)]
pub enum AccountRequest {
    /// To find one, by what is typed.
    Find,
    /// That, about the account of this reference.
    One(String, Action),
}

/// Whether it is asked, its option, and what it does for a reason.
type Gesture = (bool, &'static str, fn(String) -> Action);

impl Accounts {
    /// What these words ask together.
    ///
    /// # Errors
    /// A sentence for whoever typed them.
    pub fn request(self) -> Result<AccountRequest, String> {
        let gestures: [Gesture; 4] = [
            (self.freeze, "--geler", Action::Freeze),
            (self.thaw, "--degeler", Action::Thaw),
            (self.sign_out, "--deconnecter", Action::SignOut),
            (self.close, "--fermer", Action::Close),
        ];
        let mut asked = gestures.into_iter().filter(|(asked, ..)| *asked);
        let (gesture, another) = (asked.next(), asked.next());
        match (gesture, another, self.reference, self.reason) {
            (Some((_, one, _)), Some((_, other, _)), ..) => Err(format!("{one} ou {other} : un seul à la fois")),
            (Some((_, gesture, _)), None, None, _) => Err(format!("{gesture} attend la référence d'un compte")),
            (Some((_, gesture, _)), None, Some(_), None) => {
                Err(format!("{gesture} attend --raison « ce qui vous fait agir », notée au journal"))
            }
            (Some((_, _, action)), None, Some(reference), Some(reason)) => {
                Ok(AccountRequest::One(reference, action(reason)))
            }
            (None, _, _, Some(_)) => Err("--raison accompagne un acte : --geler, --degeler…".into()),
            (None, _, None, None) => Ok(AccountRequest::Find),
            (None, _, Some(reference), None) => Ok(AccountRequest::One(reference, Action::Show)),
        }
    }
}
