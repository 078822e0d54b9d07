//! The browser, asked politely: outside one (the first paint is written natively) every question has a quiet answer.
//! Knows nothing of forms or sessions.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use domaine::mesures::Jour;
use leptos::prelude::set_timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, FocusOptions, HtmlAnchorElement, HtmlElement, HtmlInputElement,
    ScrollIntoViewOptions, Url, Window,
};

thread_local! {
    static POINTEUR_ENFONCE: Cell<bool> = const { Cell::new(false) };
    static EN_ATTENTE: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// The window; nothing natively.
pub fn fenetre() -> Option<Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// The document; nothing natively.
pub fn document() -> Option<Document> {
    fenetre()?.document()
}

/// Today on the person's device. Natively the first day of the accounts in euros: no first paint shows a date.
pub fn aujourdhui() -> Jour {
    const SANS_HORLOGE: Jour = Jour::date(2019, 1, 1);
    if !cfg!(target_arch = "wasm32") {
        return SANS_HORLOGE;
    }
    let date = js_sys::Date::new_0();
    let (mois, jour) = (date.get_month() + 1, date.get_date());
    Jour::new(date.get_full_year() as u16, mois as u8, jour as u8).unwrap_or(SANS_HORLOGE)
}

/// The element of this identifier.
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// The field of this identifier.
pub fn champ(id: &str) -> Option<HtmlInputElement> {
    en_champ(element(id)?)
}

/// An input or a text area. Not that of a file, whose text says nothing.
pub fn en_champ(element: Element) -> Option<HtmlInputElement> {
    let est_un_champ = matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA");
    // Identifier, kind and value are all that is asked of either, and a text area has them too.
    let champ: HtmlInputElement = est_un_champ.then(|| element.unchecked_into())?;
    (champ.type_() != "file").then_some(champ)
}

/// The path of the address.
pub fn chemin() -> Option<String> {
    fenetre()?.location().pathname().ok()
}

/// Set from one part of the page for the other, which then gives the focus to its title as after any link.
const TRAVERSEE: &str = "acquis-traversee";

/// Loads the page again.
pub fn recharger() {
    if let Some(fenetre) = fenetre() {
        // Refused only while the page is going away already.
        let _going = fenetre.location().reload();
    }
}

/// Loads this address anew, whatever stands there now.
pub fn recommencer(chemin: &str) {
    if let Some(fenetre) = fenetre() {
        // Refused only while the page is going away already.
        let _going = fenetre.location().assign(chemin);
    }
}

/// What the memory of this tab holds under that name; nothing where it is forbidden.
pub fn retrouver(nom: &str) -> Option<String> {
    fenetre()?.session_storage().ok()??.get_item(nom).ok()?
}

/// Keeps a text in the memory of this tab, so that another part of the page does not lose it; an empty one is
/// forgotten. Only for what tells nothing of the person.
pub fn retenir(nom: &str, texte: &str) {
    if let Some(Ok(Some(memoire))) = fenetre().map(|f| f.session_storage()) {
        let _forbidden = if texte.is_empty() { memoire.remove_item(nom) } else { memoire.set_item(nom, texte) };
    }
}

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

/// What stands behind the « # » of the address.
pub fn ancre() -> String {
    let ancre = fenetre().and_then(|f| f.location().hash().ok()).unwrap_or_default();
    ancre.trim_start_matches('#').to_owned()
}

/// An address of ours as another person needs it.
pub fn adresse_entiere(chemin: &str) -> String {
    let origine = fenetre().and_then(|f| f.location().origin().ok()).unwrap_or_default();
    [&origine, chemin].concat()
}

/// Puts a text where the person pastes from.
pub fn copier(texte: &str) {
    if let Some(fenetre) = fenetre() {
        // Refused without the person's leave: the link beside the button is still there to be copied.
        let _asked = fenetre.navigator().clipboard().write_text(texte);
    }
}

/// Brings into view the element that the address points at, if any.
pub fn aller_a_l_ancre() {
    let ancre = fenetre().and_then(|f| f.location().hash().ok());
    if let Some(element) = ancre.and_then(|ancre| element(ancre.trim_start_matches('#'))) {
        element.scroll_into_view();
    }
}

/// Gives a text to the person as a file, without any server.
pub fn telecharger(nom: &str, media: &str, texte: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(media);
    let morceaux = js_sys::Array::of1(&texte.into());
    let adresse =
        Blob::new_with_str_sequence_and_options(&morceaux, &options).and_then(|b| Url::create_object_url_with_blob(&b));
    if let (Some(document), Ok(adresse)) = (document(), adresse)
        && let Some(Ok(lien)) = document.create_element("a").ok().map(JsCast::dyn_into::<HtmlAnchorElement>)
    {
        lien.set_href(&adresse);
        lien.set_download(nom);
        lien.click();
        bientot(move || {
            let _revoked = Url::revoke_object_url(&adresse);
        });
    }
}

/// What stands in an input: its text, or « oui » for a ticked box.
pub fn valeur(champ: &HtmlInputElement) -> String {
    match champ.type_().as_str() {
        "checkbox" => if champ.checked() { OUI } else { "" }.into(),
        _ => champ.value(),
    }
}

/// How a ticked box travels in the text of a form.
pub const OUI: &str = "oui";

/// Gives the focus to the element of this identifier, and brings it into view.
pub fn donner_focus(id: &str) {
    if let Some(Ok(element)) = element(id).map(JsCast::dyn_into::<HtmlElement>) {
        let _ = element.focus();
    }
}

/// Brings the top of the element of this identifier into view, however tall it is.
pub fn amener_en_haut(id: &str) {
    if let Some(element) = element(id) {
        element.scroll_into_view();
    }
}

/// Whatever has the focus; nothing when the page as a whole has it.
pub fn element_actif() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok().filter(|element: &HtmlElement| element.tag_name() != "BODY")
}

/// Scrolls as little as it takes for what has the focus to be in view.
pub fn garder_en_vue() {
    let options = ScrollIntoViewOptions::new();
    if js_sys::Reflect::set(&options, &"block".into(), &"nearest".into()).is_ok()
        && let Some(element) = element_actif()
    {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Gives the focus back to this element when nothing has it any more: else, or once it has gone, to the title.
pub fn rendre_focus(element: Option<HtmlElement>) {
    if element_actif().is_none() {
        if let Some(element) = element {
            // It may have gone with its screen.
            let _gone = element.focus();
        }
        if element_actif().is_none() {
            focus_titre(true);
        }
    }
}

/// Puts all but the dialog out of reach of keyboard and readers, or back within it.
pub fn isoler_dialogue(isoler: bool) {
    let Some(document) = document() else { return };
    for element in tous::<Element>(&document, "#app > :not([role=dialog])") {
        let _good_name = if isoler { element.set_attribute("inert", "") } else { element.remove_attribute("inert") };
    }
}

/// Gives the focus to the title of the screen.
pub fn focus_titre(sans_defiler: bool) {
    let titre = document().and_then(|d| d.query_selector("h1").ok().flatten());
    if let Some(Ok(titre)) = titre.map(JsCast::dyn_into::<HtmlElement>) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(sans_defiler);
        let _ = titre.focus_with_options(&options);
    }
}

/// A screen replaces another at the same address (a confirmation): its title, its `h1`, the focus and the top of the
/// page come together.
pub fn annoncer_ecran(titre: &'static str) {
    bientot(move || {
        if let (Some(fenetre), Some(document)) = (fenetre(), document()) {
            document.set_title(titre);
            fenetre.scroll_to_with_x_and_y(0.0, 0.0);
            focus_titre(false);
        }
    });
}

/// Does it once what is being shown is on the screen.
pub fn bientot(suite: impl FnOnce() + 'static) {
    apres(0, suite);
}

/// Does it after that many milliseconds.
pub fn apres(millisecondes: u64, suite: impl FnOnce() + 'static) {
    if fenetre().is_some() {
        set_timeout(suite, Duration::from_millis(millisecondes));
    }
}

/// Whether the browser believes that there is a network.
pub fn est_en_ligne() -> bool {
    fenetre().is_none_or(|f| f.navigator().on_line())
}

/// Listens for as long as the page lives.
pub fn ecouter(nom: &str, action: impl FnMut(web_sys::Event) + 'static) {
    if let Some(fenetre) = fenetre() {
        let action = Closure::<dyn FnMut(web_sys::Event)>::new(action);
        let _ = fenetre.add_event_listener_with_callback_and_bool(nom, action.as_ref().unchecked_ref(), true);
        action.forget();
    }
}

/// 32 characters drawn at random: the name of one submission.
pub fn au_hasard() -> String {
    let mut octets = [0_u8; 16];
    if let Some(Ok(hasard)) = fenetre().map(|f| f.crypto()) {
        let _ = hasard.get_random_values_with_u8_array(&mut octets);
    }
    octets.iter().flat_map(|o| [o >> 4, o & 15]).map(|c| char::from(b'a' + c)).collect()
}

/// Does it now, or once the finger or button that is down is up again: what moves between press and release makes
/// a click miss its target.
pub fn pointeur_leve(suite: impl FnOnce() + 'static) {
    if POINTEUR_ENFONCE.get() {
        EN_ATTENTE.with_borrow_mut(|attente| attente.push(Box::new(suite)));
    } else {
        suite();
    }
}

/// Starts to follow the pointer for [`pointeur_leve`].
pub fn suivre_pointeur() {
    ecouter("pointerdown", |_| POINTEUR_ENFONCE.set(true));
    for nom in ["pointerup", "pointercancel", "dragend"] {
        ecouter(nom, |_| {
            POINTEUR_ENFONCE.set(false);
            bientot(|| EN_ATTENTE.take().into_iter().for_each(|suite| suite()));
        });
    }
}

/// What a person did on the first paint before the page was alive.
pub struct Releve {
    champs: Vec<(String, String)>,
    ouverts: Vec<u32>,
    focus: Option<(String, Option<u32>, Option<u32>)>,
    presse: Option<String>,
}

/// Notes what was typed, opened and pressed so far.
pub fn relever() -> Releve {
    let mut releve = Releve { champs: Vec::new(), ouverts: Vec::new(), focus: None, presse: None };
    let Some(document) = document() else { return releve };
    for champ in tous::<HtmlInputElement>(&document, "#app input[id]") {
        let valeur = valeur(&champ);
        if !valeur.is_empty() && champ.type_() != "file" {
            releve.champs.push((champ.id(), valeur));
        }
    }
    for (rang, volet) in (0..).zip(tous::<Element>(&document, "#app details")) {
        if volet.has_attribute("open") {
            releve.ouverts.push(rang);
        }
    }
    if let Some(actif) = document.active_element().filter(|e| !e.id().is_empty()) {
        let champ = actif.dyn_ref::<HtmlInputElement>();
        // Some kinds of inputs have no selection to tell: reading it throws.
        let debut = champ.and_then(|c| c.selection_start().ok().flatten());
        let fin = champ.and_then(|c| c.selection_end().ok().flatten());
        releve.focus = Some((actif.id(), debut, fin));
    }
    // A button that has the focus without showing it was pressed with a pointer.
    let presse = document.query_selector("#app form button[id]:focus:not(:focus-visible)");
    releve.presse = presse.ok().flatten().map(|bouton| bouton.id());
    releve
}

/// Puts it all back in the living page.
pub fn remettre(releve: Releve) {
    let Some(document) = document() else { return };
    for (id, texte) in releve.champs {
        if let Some(champ) = champ(&id) {
            match champ.type_().as_str() {
                "checkbox" => champ.set_checked(true),
                _ => champ.set_value(&texte),
            }
            let evenement = web_sys::EventInit::new();
            evenement.set_bubbles(true);
            if let Ok(evenement) = web_sys::Event::new_with_event_init_dict("input", &evenement) {
                let _ = champ.dispatch_event(&evenement);
            }
        }
    }
    let volets = tous::<Element>(&document, "#app details");
    for rang in releve.ouverts {
        if let Some(volet) = volets.get(rang as usize) {
            let _ = volet.set_attribute("open", "");
        }
    }
    if let Some((id, debut, fin)) = releve.focus {
        if let Some(Ok(actif)) = element(&id).map(JsCast::dyn_into::<HtmlElement>) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = actif.focus_with_options(&options);
        }
        if let (Some(champ), Some(debut), Some(fin)) = (champ(&id), debut, fin) {
            let _ = champ.set_selection_range(debut, fin);
        }
    }
    if let Some(Ok(bouton)) = releve.presse.and_then(|id| element(&id)).map(JsCast::dyn_into::<HtmlElement>) {
        bientot(move || bouton.click());
    }
}

fn tous<T: JsCast>(document: &Document, selecteur: &str) -> Vec<T> {
    let Ok(liste) = document.query_selector_all(selecteur) else { return Vec::new() };
    (0..liste.length()).filter_map(|rang| liste.get(rang)?.dyn_into().ok()).collect()
}
