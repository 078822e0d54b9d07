//! The shell: routes, contexts, and what happens when the screen changes. Knows no form and no request.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};
use wasm_bindgen::JsCast;
use web_sys::PageTransitionEvent;

use crate::browser::{address, clock, crossing, dom, focus, handover, pointer};
use crate::components::skeleton::squelette;
use crate::components::{dialogs, footer, guard, header};
use crate::form::Formulaires;
use crate::html;
use crate::pages::{self, connexion};
use crate::session::Session;

/// The page is delivered in parts, each a program of its own (docs/decisions/0008): nobody pays for the account to
/// open one. Built with all their features, as while developing, it is whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Partie {
    /// Before an account: what it is, how to open one, how to come in.
    Porte,
    /// The account itself.
    Compte,
    /// « Et si ? », for who has an account and who has none.
    Simulation,
    /// What is read, from anywhere.
    Toutes,
}

/// An address and what stands there.
pub struct Ecran {
    /// The path, without its leading slash.
    pub chemin: &'static str,
    /// The title of the document.
    pub titre: &'static str,
    /// Where it is delivered.
    pub partie: Partie,
    /// The title of the screen, for those that only connected people see: it is shown while that is being asked.
    reservee: Option<&'static str>,
    /// Nothing when it is in another part.
    vue: Option<fn() -> AnyView>,
}

const fn porte(chemin: &'static str, titre: &'static str, vue: fn() -> AnyView) -> Ecran {
    let vue = if cfg!(feature = "porte") { Some(vue) } else { None };
    Ecran { chemin, titre, partie: Partie::Porte, reservee: None, vue }
}

const fn compte(chemin: &'static str, titre: &'static str, h1: &'static str, vue: fn() -> AnyView) -> Ecran {
    let vue = if cfg!(feature = "compte") { Some(vue) } else { None };
    Ecran { chemin, titre, partie: Partie::Compte, reservee: Some(h1), vue }
}

const fn simulation(chemin: &'static str, titre: &'static str, vue: fn() -> AnyView) -> Ecran {
    let vue = if cfg!(feature = "simulation") { Some(vue) } else { None };
    Ecran { chemin, titre, partie: Partie::Simulation, reservee: None, vue }
}

const fn prose(chemin: &'static str, titre: &'static str, vue: fn() -> AnyView) -> Ecran {
    Ecran { chemin, titre, partie: Partie::Toutes, reservee: None, vue: Some(vue) }
}

/// Every address there is.
pub const ECRANS: &[Ecran] = &[
    porte("", "Acquis, votre compte de formation", pages::accueil::accueil),
    porte("connexion", "Me connecter · Acquis", connexion::connexion),
    porte("inscription", "Créer mon compte · Acquis", pages::inscription::inscription),
    compte("solde", "Mon solde · Acquis", "Mon solde", pages::solde::solde),
    compte("mes-droits", "Mes droits formation · Acquis", "Mes droits formation", pages::mes_droits::mes_droits),
    compte("dif", "Mon DIF · Acquis", "Mon DIF", pages::dif::dif),
    compte("historique", "Mon historique · Acquis", "Mon historique", pages::historique::historique),
    compte("profil", "Mon profil · Acquis", "Mon profil", pages::profil::profil),
    simulation("simuler", "Et si\u{202f}? Simulation · Acquis", pages::simulation::simuler),
    prose("cgu", "Conditions générales d’utilisation · Acquis", pages::prose::cgu),
    prose("donnees-personnelles", "Données personnelles · Acquis", pages::prose::donnees_personnelles),
    prose("accessibilite", "Accessibilité · Acquis", pages::prose::accessibilite),
    prose("mentions-legales", "Mentions légales · Acquis", pages::prose::mentions_legales),
    prose("aide", "Aide · Acquis", pages::prose::aide),
];

/// The title of the document where nothing stands.
pub const TITRE_INTROUVABLE: &str = "Cette page n’existe pas · Acquis";

fn ecran_de(chemin: &str) -> Option<&'static Ecran> {
    let chemin = chemin.trim_matches('/');
    ECRANS.iter().find(|ecran| ecran.chemin == chemin)
}

/// Whether only connected people may see this address.
pub fn est_reservee(chemin: &str) -> bool {
    ecran_de(chemin).is_some_and(|ecran| ecran.reservee.is_some())
}

/// Whether a screen stands at this address.
pub fn est_connu(chemin: &str) -> bool {
    ecran_de(chemin).is_some()
}

/// The title of the document at this address.
pub fn titre_de(chemin: &str) -> &'static str {
    ecran_de(chemin).map_or(TITRE_INTROUVABLE, |ecran| ecran.titre)
}

/// The whole page.
pub fn app() -> AnyView {
    let session = Session::preparer(Formulaires::preparer());
    Effect::new(move |_| session.demarrer());
    // The browser shows a page that was left as it was: somebody may have logged out, or in, in the meantime.
    dom::ecouter("pageshow", move |evenement| {
        if evenement.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            session.revenir();
        }
    });
    view! { <Router>{interieur()}</Router> }.into_any()
}

fn interieur() -> AnyView {
    suivre_ecrans();
    let chemin = use_location().pathname;
    let adresse = use_context::<BrowserUrl>();
    let ecran = move || {
        let ecran = ecran_de(&chemin.read());
        match ecran {
            Some(Ecran { vue: None, reservee, .. }) => {
                crossing::aller_ailleurs(&chemin.read_untracked());
                squelette(reservee.unwrap_or_default())
            }
            _ => {
                // A table instead of the router's routes, each a type of its own; it needs only to hear that the
                // screen is there.
                if let Some(adresse) = &adresse {
                    adresse.ready_to_complete();
                }
                match ecran {
                    Some(Ecran { reservee: Some(h1), vue: Some(vue), .. }) => guard::garde(h1, *vue),
                    Some(Ecran { vue: Some(vue), .. }) => vue(),
                    _ => pages::not_found::introuvable(),
                }
            }
        }
    };
    html!(
        r#"
            {}
            {}
            <main class="main page" id="contenu">{}</main>
            {}
            {}
        "#,
        header::header(),
        dialogs::hors_connexion(),
        ecran,
        footer::footer(),
        dialogs::fin_de_session(connexion::reconnexion),
    )
}

thread_local! {
    /// Set between a press on « back » and the screen that it brings.
    static RETOUR_ARRIERE: Cell<bool> = const { Cell::new(false) };
    static DEFILEMENTS: RefCell<Vec<(String, f64)>> = const { RefCell::new(Vec::new()) };
}

/// Title, `h1`, focus and scroll move together on each change of screen.
fn suivre_ecrans() {
    let chemin = use_location().pathname;
    Effect::new(move |avant: Option<String>| {
        let ici = chemin.get();
        if let Some(document) = dom::document() {
            document.set_title(titre_de(&ici));
        }
        // The first screen keeps the focus and the place that the browser gave it.
        if avant.is_some_and(|avant| avant != ici) {
            let hauteur = DEFILEMENTS.with_borrow(|d| d.iter().find(|(c, _)| *c == ici).map_or(0.0, |(_, h)| *h));
            let hauteur = if RETOUR_ARRIERE.take() { hauteur } else { 0.0 };
            clock::bientot(move || {
                focus::focus_titre(true);
                if let Some(fenetre) = dom::fenetre() {
                    fenetre.scroll_to_with_x_and_y(0.0, hauteur);
                }
            });
        }
        ici
    });
}

/// Remembers how far each screen was scrolled, and tells « back » from a link.
fn suivre_retours() {
    dom::ecouter("popstate", |_| RETOUR_ARRIERE.set(true));
    dom::ecouter("click", |evenement| {
        RETOUR_ARRIERE.set(false);
        crossing::laisser_au_navigateur(&evenement, |chemin| ecran_de(chemin).is_some_and(|ecran| ecran.vue.is_none()));
    });
    dom::ecouter("scroll", |_| {
        let Some(fenetre) = dom::fenetre() else { return };
        let (Ok(hauteur), Ok(chemin)) = (fenetre.scroll_y(), fenetre.location().pathname()) else { return };
        DEFILEMENTS.with_borrow_mut(|d| match d.iter_mut().find(|(c, _)| *c == chemin) {
            Some((_, connue)) => *connue = hauteur,
            None => d.push((chemin, hauteur)),
        });
    });
}

/// Takes over from the first paint: same screen, same words, same focus, now alive.
pub fn lancer() {
    let Some(app) = dom::element("app").and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    pointer::suivre_pointeur();
    suivre_retours();
    let saisi = handover::relever();
    pages::prose::garder();
    app.set_inner_html("");
    mount_to(app, self::app).forget();
    handover::remettre(saisi);
    // A guarded screen has its title once somebody is known to be there.
    if address::chemin().is_some_and(|chemin| !est_reservee(&chemin)) {
        crossing::arriver();
    }
}
