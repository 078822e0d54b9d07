//! Something went wrong, and what to do.

use std::borrow::Cow;

use api::probleme::Code;
use leptos::prelude::*;
use markup::view;

use crate::failure::Echec;
use crate::form::AnyForm;
use crate::wording::problems;

/// The sentence of a failure, whoever asked.
pub fn phrase(echec: &Echec) -> Cow<'static, str> {
    match echec {
        Echec::HorsLigne => problems::HORS_LIGNE.into(),
        Echec::Incompris => problems::ILLISIBLE.into(),
        Echec::Refus(probleme) => problems::phrase(probleme),
    }
}

/// A notice of what went wrong; spoken at once.
pub fn alerte_erreur(titre: &'static str, texte: Cow<'static, str>, suite: Option<AnyView>) -> AnyView {
    view! {
        <div class="alert alert--error" role="alert">
            <p class="alert__title">{titre}</p>
            <p>{texte}</p>
            {suite}
        </div>
    }
}

/// Why the last sending of this form failed, other than at fields. `dire` gives the title, and the text when the page
/// has a better one than the common sentence.
pub fn alerte_echec(form: impl Into<AnyForm>, dire: fn(&Echec) -> (&'static str, Option<&'static str>)) -> AnyView {
    alerte_de(form.into(), dire)
}

fn alerte_de(form: AnyForm, dire: fn(&Echec) -> (&'static str, Option<&'static str>)) -> AnyView {
    let alerte = move || {
        // The end of a session is told by its own dialog, and over once the person is back.
        form.echec().get().filter(|echec| echec.code() != Some(Code::SessionRequise)).map(|echec| {
            let (titre, texte) = dire(&echec);
            // The sentence sends there whoever has an account already.
            let suite = (echec.code() == Some(Code::CompteImpossible)).then(|| {
                view! {
                    <p class="actions">
                        <a class="button button--small" href="/connexion">"Me connecter"</a>
                    </p>
                }
            });
            alerte_erreur(titre, texte.map_or_else(|| phrase(&echec), Cow::Borrowed), suite)
        })
    };
    view! { {alerte} }
}

/// Something could not be read: why, and a button to try again.
pub fn panne(titre: &'static str, echec: &Echec, reessayer: impl Fn() + 'static) -> AnyView {
    let bouton = view! {
        <p class="actions">
            <button class="button button--small" type="button" on:click=move |_| reessayer()>
                "Réessayer"
            </button>
        </p>
    };
    let texte = match echec {
        Echec::HorsLigne => Cow::Borrowed(
            "Le service ne répond pas, ou la connexion est coupée. Rien n’est perdu\u{a0}: seul l’affichage attend.",
        ),
        autre => phrase(autre),
    };
    alerte_erreur(titre, texte, Some(bouton))
}
