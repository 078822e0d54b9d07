//! From one part of the page to another: two programs, one visit (docs/decisions/0008).
//! Does not know which address is in which part.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement};

use super::clock::bientot;
use super::dom::fenetre;
use super::focus::focus_titre;

/// Set from one part of the page for the other, which then gives the focus to its title as after any link.
const TRAVERSEE: &str = "acquis-traversee";

fn annoncer_traversee() {
    if let Some(Ok(Some(memoire))) = fenetre().map(|f| f.session_storage()) {
        // Where it is forbidden the focus starts at the top of the page, as on a first visit.
        let _forbidden = memoire.set_item(TRAVERSEE, "");
    }
}

/// A link that was pressed leads to another part when `ailleurs` says so of its path: the browser follows it, not the
/// router. The screen that is left stays as it is, and the browser shows it again on « back » with all that was typed.
pub fn laisser_au_navigateur(evenement: &web_sys::Event, ailleurs: impl FnOnce(&str) -> bool) {
    let cible = evenement.target().and_then(|cible| cible.dyn_into::<Element>().ok());
    let lien = cible.and_then(|cible| cible.closest("a[href]").ok().flatten());
    if let Some(Ok(lien)) = lien.map(JsCast::dyn_into::<HtmlAnchorElement>)
        && ailleurs(&lien.pathname())
    {
        lien.set_rel("external");
        annoncer_traversee();
    }
}

/// Leaves for an address that another part shows: the program leads there, not a link. Nothing of this one remains.
pub fn aller_ailleurs(chemin: &str) {
    let Some(fenetre) = fenetre() else { return };
    annoncer_traversee();
    let lieu = fenetre.location();
    // Refused only while the page is going away already.
    let _going = match lieu.pathname() {
        // The router has written the address: what stands there is asked for.
        Ok(ici) if ici == chemin => lieu.reload(),
        _ => lieu.assign(chemin),
    };
}

/// Gives the focus to the title when the person comes from another part; once.
pub fn arriver() {
    let memoire = fenetre().and_then(|f| f.session_storage().ok().flatten());
    if let Some(memoire) = memoire
        && let Ok(Some(_)) = memoire.get_item(TRAVERSEE)
    {
        let _was_there = memoire.remove_item(TRAVERSEE);
        bientot(|| focus_titre(true));
    }
}
