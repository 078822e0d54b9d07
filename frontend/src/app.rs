//! The shell: routes, contexts, and what happens when the screen changes. Knows no form and no request.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;
use leptos_router::StaticSegment;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

use crate::components::{dialogues, footer, garde, header};
use crate::form::Formulaires;
use crate::navigateur;
use crate::pages::{self, connexion};
use crate::session::Session;

/// An address and what stands there.
pub struct Ecran {
    /// The path, without its leading slash.
    pub chemin: &'static str,
    /// The title of the document.
    pub titre: &'static str,
    /// Only for connected people.
    pub reservee: bool,
}

const fn ecran(chemin: &'static str, titre: &'static str) -> Ecran {
    Ecran { chemin, titre, reservee: false }
}

const fn reserve(chemin: &'static str, titre: &'static str) -> Ecran {
    Ecran { chemin, titre, reservee: true }
}

/// Every address there is.
pub const ECRANS: &[Ecran] = &[
    ecran("", "Acquis, votre compte de formation"),
    ecran("connexion", "Me connecter · Acquis"),
    ecran("inscription", "Créer mon compte · Acquis"),
    reserve("solde", "Mon solde · Acquis"),
    reserve("mes-droits", "Mes droits formation · Acquis"),
    reserve("dif", "Mon DIF · Acquis"),
    reserve("historique", "Mon historique · Acquis"),
    reserve("profil", "Mon profil · Acquis"),
    ecran("cgu", "Conditions générales d’utilisation · Acquis"),
    ecran("donnees-personnelles", "Données personnelles · Acquis"),
    ecran("accessibilite", "Accessibilité · Acquis"),
    ecran("mentions-legales", "Mentions légales · Acquis"),
    ecran("aide", "Aide · Acquis"),
];

/// The title of the document where nothing stands.
pub const TITRE_INTROUVABLE: &str = "Cette page n’existe pas · Acquis";

fn ecran_de(chemin: &str) -> Option<&'static Ecran> {
    let chemin = chemin.trim_matches('/');
    ECRANS.iter().find(|ecran| ecran.chemin == chemin)
}

/// Whether only connected people may see this address.
pub fn est_reservee(chemin: &str) -> bool {
    ecran_de(chemin).is_some_and(|ecran| ecran.reservee)
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
    view! { <Router>{interieur()}</Router> }.into_any()
}

fn interieur() -> AnyView {
    suivre_ecrans();
    let route = |vue: fn() -> AnyView| vue;
    view! {
        {header::header()}
        {dialogues::hors_connexion()}
        <main class="main page" id="contenu">
            <FlatRoutes fallback=pages::introuvable::introuvable>
                <Route path=StaticSegment("") view=route(pages::accueil::accueil)/>
                <Route path=StaticSegment("connexion") view=route(connexion::connexion)/>
                <Route path=StaticSegment("inscription") view=route(pages::inscription::inscription)/>
                <Route path=StaticSegment("solde") view=route(|| garde::garde("Mon solde", pages::solde::solde))/>
                <Route
                    path=StaticSegment("mes-droits")
                    view=route(|| garde::garde("Mes droits formation", pages::mes_droits::mes_droits))
                />
                <Route path=StaticSegment("dif") view=route(|| garde::garde("Mon DIF", pages::dif::dif))/>
                <Route
                    path=StaticSegment("historique")
                    view=route(|| garde::garde("Mon historique", pages::historique::historique))
                />
                <Route path=StaticSegment("profil") view=route(|| garde::garde("Mon profil", pages::profil::profil))/>
                <Route path=StaticSegment("cgu") view=route(pages::prose::cgu)/>
                <Route path=StaticSegment("donnees-personnelles") view=route(pages::prose::donnees_personnelles)/>
                <Route path=StaticSegment("accessibilite") view=route(pages::prose::accessibilite)/>
                <Route path=StaticSegment("mentions-legales") view=route(pages::prose::mentions_legales)/>
                <Route path=StaticSegment("aide") view=route(pages::prose::aide)/>
            </FlatRoutes>
        </main>
        {footer::footer()}
        {dialogues::fin_de_session(connexion::reconnexion)}
    }
    .into_any()
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
        if let Some(document) = navigateur::document() {
            document.set_title(titre_de(&ici));
        }
        // The first screen keeps the focus and the place that the browser gave it.
        if avant.is_some_and(|avant| avant != ici) {
            let hauteur = DEFILEMENTS.with_borrow(|d| d.iter().find(|(c, _)| *c == ici).map_or(0.0, |(_, h)| *h));
            let hauteur = if RETOUR_ARRIERE.take() { hauteur } else { 0.0 };
            navigateur::bientot(move || {
                navigateur::focus_titre(true);
                if let Some(fenetre) = navigateur::fenetre() {
                    fenetre.scroll_to_with_x_and_y(0.0, hauteur);
                }
            });
        }
        ici
    });
}

/// Remembers how far each screen was scrolled, and tells « back » from a link.
fn suivre_retours() {
    navigateur::ecouter("popstate", |_| RETOUR_ARRIERE.set(true));
    navigateur::ecouter("click", |_| RETOUR_ARRIERE.set(false));
    navigateur::ecouter("scroll", |_| {
        let Some(fenetre) = navigateur::fenetre() else { return };
        let (Ok(hauteur), Ok(chemin)) = (fenetre.scroll_y(), fenetre.location().pathname()) else { return };
        DEFILEMENTS.with_borrow_mut(|d| match d.iter_mut().find(|(c, _)| *c == chemin) {
            Some((_, connue)) => *connue = hauteur,
            None => d.push((chemin, hauteur)),
        });
    });
}

/// Takes over from the first paint: same screen, same words, same focus, now alive.
pub fn lancer() {
    let Some(app) = navigateur::element("app").and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    navigateur::suivre_pointeur();
    suivre_retours();
    let saisi = navigateur::relever();
    pages::prose::garder();
    app.set_inner_html("");
    mount_to(app, self::app).forget();
    navigateur::remettre(saisi);
}
