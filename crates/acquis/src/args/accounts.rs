//! The words of `acquis comptes`.

use batch::accounts::{Action, Civil};
use clap::Args;

/// What the help adds.
pub(super) const MORE: &str = "\
Sans référence, lit un courriel, un NIR ou une référence sur l'entrée standard, et montre le compte. Un courriel ou un NIR ne se
donne jamais sur la ligne de commande, où toute la machine peut le lire. Chaque acte attend --raison, et ce qui touche à l'identité
--preuve : l'une ou l'autre est notée au journal, et le titulaire en est prévenu par courriel (docs/comptes.md).";

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
    #[arg(long = "fermer", help = "le ferme et efface ce qu'il contenait, après le délai du réglage « fermeture »")]
    close: bool,
    #[arg(long = "garder", help = "annule une fermeture demandée")]
    keep: bool,
    #[arg(long = "liberer-nir", help = "rend son NIR à qui a prouvé qu'il est le sien, et met ce compte à part")]
    release_nir: bool,
    #[arg(long = "nom", help = "corrige le nom de naissance et les prénoms, lus sur l'entrée standard")]
    name: bool,
    #[arg(long = "nir", help = "corrige le NIR, lu sur l'entrée standard")]
    nir: bool,
    #[arg(long = "naissance", help = "corrige la date de naissance, lue sur l'entrée standard")]
    naissance: bool,
    #[arg(long = "deces", value_name = "JJ/MM/AAAA", help = "note le décès du titulaire : le compte est clos")]
    death: Option<String>,
    #[arg(long = "prouver", help = "note que son identité est prouvée : il peut emporter toutes ses données")]
    prove: bool,
    #[arg(long = "rendre-nir", help = "rend son NIR à un compte qu'une déclaration erronée avait mis à part")]
    give_nir_back: bool,
    #[arg(
        long = "courriel",
        help = "lui donne une autre adresse, lue sur l'entrée standard, quand la sienne est perdue"
    )]
    courriel: bool,
    #[arg(long = "code", help = "imprime un code qui sert une fois, pour une lettre à qui n'a pas de courriel")]
    code: bool,
    #[arg(
        long = "lever-seconde-etape",
        help = "lève la seconde étape de qui n'a plus ni son application, ni ses codes de secours"
    )]
    lift_second_step: bool,
    #[arg(long = "preuve", value_name = "TEXTE", help = "ce qui a été vu : « acte de naissance vu le… »")]
    proof: Option<String>,
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

/// An option, and what it does once its reason or its proof is given.
type Gesture = (&'static str, Why, Box<dyn FnOnce(String) -> Action>);

/// The same, asked or not, of those that need nothing else.
type Plain = (bool, &'static str, fn(String) -> Action);

/// What an act asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Reason,
    Proof,
}

impl Accounts {
    /// What these words ask together.
    ///
    /// # Errors
    /// A sentence for whoever typed them.
    pub fn request(self) -> Result<AccountRequest, String> {
        let (reference, reason, proof) = (self.reference.clone(), self.reason.clone(), self.proof.clone());
        let mut gestures = self.gestures().into_iter();
        let (gesture, another) = (gestures.next(), gestures.next());
        if let (Some((one, ..)), Some((other, ..))) = (&gesture, &another) {
            return Err(format!("{one} ou {other} : un seul à la fois"));
        }
        let Some((gesture, why, action)) = gesture else {
            return match (reason.or(proof), reference) {
                (Some(_), _) => Err("--raison et --preuve accompagnent un acte : --geler, --liberer-nir…".into()),
                (None, None) => Ok(AccountRequest::Find),
                (None, Some(reference)) => Ok(AccountRequest::One(reference, Action::Show)),
            };
        };
        let reference = reference.ok_or_else(|| format!("{gesture} attend la référence d'un compte"))?;
        match (why, reason, proof) {
            (Why::Reason, Some(text), None) | (Why::Proof, None, Some(text)) => {
                Ok(AccountRequest::One(reference, action(text)))
            }
            (Why::Reason, ..) => Err(format!("{gesture} attend --raison « ce qui vous fait agir », notée au journal")),
            (Why::Proof, ..) => {
                Err(format!("{gesture} attend --preuve « ce qui a été vu, et quand », notée au journal"))
            }
        }
    }

    /// Those that are asked.
    fn gestures(self) -> Vec<Gesture> {
        let for_a_reason: [Plain; 5] = [
            (self.freeze, "--geler", Action::Freeze),
            (self.thaw, "--degeler", Action::Thaw),
            (self.sign_out, "--deconnecter", Action::SignOut),
            (self.close, "--fermer", Action::Close),
            (self.keep, "--garder", Action::Keep),
        ];
        let on_a_proof = [
            (self.release_nir.then_some(Civil::ReleaseNir), "--liberer-nir"),
            (self.name.then_some(Civil::Name), "--nom"),
            (self.nir.then_some(Civil::Nir), "--nir"),
            (self.naissance.then_some(Civil::Naissance), "--naissance"),
            (self.death.map(Civil::Death), "--deces"),
            (self.prove.then_some(Civil::Prove), "--prouver"),
            (self.give_nir_back.then_some(Civil::GiveNirBack), "--rendre-nir"),
            (self.courriel.then_some(Civil::Courriel), "--courriel"),
            (self.code.then_some(Civil::PrintCode), "--code"),
            (self.lift_second_step.then_some(Civil::LiftSecondStep), "--lever-seconde-etape"),
        ];
        let mut gestures: Vec<Gesture> = Vec::new();
        for (_, option, action) in for_a_reason.into_iter().filter(|(asked, ..)| *asked) {
            gestures.push((option, Why::Reason, Box::new(action)));
        }
        for (civil, option) in on_a_proof {
            if let Some(civil) = civil {
                gestures.push((option, Why::Proof, Box::new(move |proof| Action::Civil(civil, proof))));
            }
        }
        gestures
    }
}
