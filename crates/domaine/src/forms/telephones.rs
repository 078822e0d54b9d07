//! Two boxes, one for each kind of telephone, read together by every form that asks for them.

use super::faute::Faute;
use super::formulaire::{Champ, Erreurs};
use crate::identite::telephone::Nature;
use crate::identite::{Telephone, TelephoneInvalide};

/// The telephones of a person: at least one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telephones {
    fixe: Option<Telephone>,
    mobile: Option<Telephone>,
}

impl Telephones {
    /// The fixed line.
    pub fn fixe(&self) -> Option<&Telephone> {
        self.fixe.as_ref()
    }

    /// The mobile.
    pub fn mobile(&self) -> Option<&Telephone> {
        self.mobile.as_ref()
    }

    /// Reads the two boxes together. A mobile alone typed under « fixe » is put where it belongs,
    /// and the other way round.
    pub(super) fn lire<C: Champ>(fixe: (C, &str), mobile: (C, &str), erreurs: &mut Erreurs<C>) -> Option<Self> {
        let lire = |(champ, texte): (C, &str), erreurs: &mut Erreurs<C>| match Telephone::parse(texte) {
            Ok(telephone) => Ok(Some(telephone)),
            Err(TelephoneInvalide::Vide) => Ok(None),
            Err(faute) => {
                erreurs.noter(champ, Faute::Telephone(faute));
                Err(())
            }
        };
        let dans_fixe = lire(fixe, erreurs);
        let dans_mobile = lire(mobile, erreurs);
        let (dans_fixe, dans_mobile) = (dans_fixe.ok()?, dans_mobile.ok()?);
        let est = |telephone: &Option<Telephone>, nature| telephone.as_ref().is_some_and(|t| t.nature() == nature);
        match (est(&dans_fixe, Nature::Mobile), est(&dans_mobile, Nature::Fixe)) {
            _ if dans_fixe.is_none() && dans_mobile.is_none() => {
                erreurs.noter(fixe.0, Faute::TelephoneManquant);
                erreurs.noter(mobile.0, Faute::TelephoneManquant);
                None
            }
            (false, false) => Some(Self { fixe: dans_fixe, mobile: dans_mobile }),
            (true, true) => Some(Self { fixe: dans_mobile, mobile: dans_fixe }),
            (true, false) if dans_mobile.is_none() => Some(Self { fixe: None, mobile: dans_fixe }),
            (false, true) if dans_fixe.is_none() => Some(Self { fixe: dans_mobile, mobile: None }),
            (true, false) => {
                erreurs.noter(fixe.0, Faute::DeuxMobiles);
                None
            }
            (false, true) => {
                erreurs.noter(mobile.0, Faute::DeuxFixes);
                None
            }
        }
    }

    /// Telephones read from the store.
    pub fn depuis(fixe: Option<Telephone>, mobile: Option<Telephone>) -> Option<Self> {
        (fixe.is_some() || mobile.is_some()).then_some(Self { fixe, mobile })
    }
}
