//! What stands at each address of `api::screens`. A screen without a view does not compile.
//! Decides nothing about who may see it.

use api::screens::Name;
use leptos::prelude::*;

use crate::{pages, parts};

/// What stands on a screen; nothing when it is in another part of the page.
pub fn view_of(name: Name) -> Option<fn() -> AnyView> {
    match name {
        Name::Home => door(pages::accueil::accueil),
        Name::Login => door(pages::connexion::connexion),
        Name::SignUp => door(pages::inscription::inscription),
        Name::Confirmation => account(pages::confirmation::confirmation),
        Name::Recovery => account(pages::recovery::recovery),
        Name::Stop => account(pages::stop::stop),
        Name::Frozen => account(pages::frozen::frozen),
        Name::Solde => account(pages::solde::solde),
        Name::MesDroits => account(pages::mes_droits::mes_droits),
        Name::Dif => account(pages::proofs::dif::dif),
        Name::Handicap => account(pages::proofs::handicap::handicap),
        Name::Historique => account(pages::historique::historique),
        Name::Profil => access(pages::profil::profil),
        Name::Access => access(pages::access::access),
        Name::SecondStep => access(pages::second_step::second_step),
        Name::Identity => door(pages::inscription::identity::identity),
        Name::Simulation => simulation(pages::simulation::simulate),
        Name::Terms => Some(pages::prose::cgu),
        Name::PersonalData => Some(pages::prose::personal_data),
        Name::Accessibility => Some(pages::prose::accessibilite),
        Name::LegalNotice => Some(pages::prose::legal_notice),
        Name::Help => Some(pages::prose::aide),
    }
}

// A view that this part does not bring is not even named in it: it would weigh.
#[inline]
fn door(view: fn() -> AnyView) -> Option<fn() -> AnyView> {
    if parts::DOOR { Some(view) } else { None }
}

#[inline]
fn account(view: fn() -> AnyView) -> Option<fn() -> AnyView> {
    if parts::ACCOUNT { Some(view) } else { None }
}

#[inline]
fn simulation(view: fn() -> AnyView) -> Option<fn() -> AnyView> {
    if parts::SIMULATION { Some(view) } else { None }
}

#[inline]
fn access(view: fn() -> AnyView) -> Option<fn() -> AnyView> {
    if parts::ACCESS { Some(view) } else { None }
}
