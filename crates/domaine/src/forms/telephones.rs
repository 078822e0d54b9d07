//! Two boxes, one for each kind of telephone, read together by every form that asks for them.

use super::faute::Faute;
use super::formulaire::{Champ, Errors};
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
    pub(super) fn parse<C: Champ>(fixe: (C, &str), mobile: (C, &str), errors: &mut Errors<C>) -> Option<Self> {
        let parse = |(champ, text): (C, &str), errors: &mut Errors<C>| match Telephone::parse(text) {
            Ok(telephone) => Ok(Some(telephone)),
            Err(TelephoneInvalide::Empty) => Ok(None),
            Err(faute) => {
                errors.record(champ, Faute::Telephone(faute));
                Err(())
            }
        };
        let in_fixe = parse(fixe, errors);
        let in_mobile = parse(mobile, errors);
        let (in_fixe, in_mobile) = (in_fixe.ok()?, in_mobile.ok()?);
        let est = |telephone: &Option<Telephone>, nature| telephone.as_ref().is_some_and(|t| t.nature() == nature);
        match (est(&in_fixe, Nature::Mobile), est(&in_mobile, Nature::Fixe)) {
            _ if in_fixe.is_none() && in_mobile.is_none() => {
                errors.record(fixe.0, Faute::MissingTelephone);
                errors.record(mobile.0, Faute::MissingTelephone);
                None
            }
            (false, false) => Some(Self { fixe: in_fixe, mobile: in_mobile }),
            (true, true) => Some(Self { fixe: in_mobile, mobile: in_fixe }),
            (true, false) if in_mobile.is_none() => Some(Self { fixe: None, mobile: in_fixe }),
            (false, true) if in_fixe.is_none() => Some(Self { fixe: in_mobile, mobile: None }),
            (true, false) => {
                errors.record(fixe.0, Faute::TwoMobiles);
                None
            }
            (false, true) => {
                errors.record(mobile.0, Faute::TwoFixes);
                None
            }
        }
    }

    /// Telephones read from the store.
    pub fn since(fixe: Option<Telephone>, mobile: Option<Telephone>) -> Option<Self> {
        (fixe.is_some() || mobile.is_some()).then_some(Self { fixe, mobile })
    }
}
