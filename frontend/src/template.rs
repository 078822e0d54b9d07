//! What a person sees, written as HTML with holes: [`html!`](crate::html).
//!
//! ```ignore
//! html!(r#"
//!     <p class="field__remark" id={}>{}</p>
//!     <button class="button" type="button" on:click={}>Masquer</button>
//! "#, [id, "-remarque"].concat(), move || remarque.get(), ecoute(move |_| masquer()))
//! ```
//!
//! A hole stands for a child or for the whole value of an attribute, and takes a text, another view, nothing (`None`),
//! or a closure that is run again whenever a signal it read changes. `on:event={}` takes [`ecoute`]; `prop:name={}`
//! sets a property of the element; any other attribute is absent when its value is `None` or `false`.
//!
//! The result is an ordinary view of Leptos, and goes wherever one goes. What differs from `view!` is the price: there
//! each tag, attribute and closure is a type of its own, with its own code to build, compare, mount and unmount; here
//! they are data for one piece of code. The wasm of the page weighed a third less (docs/decisions/0008).
//!
//! Texts are escaped wherever they go, and templates are literals: nothing that was typed becomes markup, but for what
//! is marked by [`Valeur::Html`].

use std::borrow::Cow;

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Comment, DocumentFragment, Element, Event, HtmlTemplateElement, Node, Text};

/// A view from a template and what fills its holes; see [`template`](crate::template).
#[macro_export]
macro_rules! html {
    ($modele:literal $(, $trou:expr)* $(,)?) => {{
        const TAILLE: usize = $crate::template::taille($modele);
        const OCTETS: [u8; TAILLE] = $crate::template::tasser($modele);
        const MODELE: &str = match ::core::str::from_utf8(&OCTETS) {
            Ok(modele) => modele,
            Err(_) => panic!("a template is text"),
        };
        const TROUS: &[&str] = &[$(stringify!($trou)),*];
        const { assert!($crate::template::trous(MODELE) == TROUS.len(), "as many values as the template has holes") }
        $crate::template::vue(MODELE, ::std::vec![$($crate::template::Trou::from($trou)),*])
    }};
}

/// What stands in a hole, once known.
pub enum Valeur {
    /// Nothing: no child, no attribute.
    Absent,
    /// A text.
    Texte(Cow<'static, str>),
    /// Markup of our own, never anything that a person typed.
    Html(String),
    /// Another view; a child only.
    Vue(AnyView),
}

/// What fills a hole.
pub enum Trou {
    /// Always the same.
    Fixe(Valeur),
    /// Looked at again whenever a signal that it read changes.
    Vif(Box<dyn Fn() -> Valeur>),
    /// Hears an event.
    Ecoute(Box<dyn FnMut(Event)>),
}

/// Hears an event: for a hole `on:event={}`.
pub fn ecoute(action: impl FnMut(Event) + 'static) -> Trou {
    Trou::Ecoute(Box::new(action))
}

macro_rules! valeurs {
    ($($type:ty, $nom:ident => $valeur:expr;)*) => {$(
        impl From<$type> for Valeur {
            fn from($nom: $type) -> Self {
                $valeur
            }
        }
        impl From<$type> for Trou {
            fn from(valeur: $type) -> Self {
                Self::Fixe(valeur.into())
            }
        }
    )*};
}

valeurs! {
    &'static str, texte => Self::Texte(Cow::Borrowed(texte));
    String, texte => Self::Texte(Cow::Owned(texte));
    Cow<'static, str>, texte => Self::Texte(texte);
    bool, present => if present { Self::Texte(Cow::Borrowed("")) } else { Self::Absent };
    AnyView, vue => Self::Vue(vue);
    Vec<AnyView>, vues => Self::Vue(vues.into_any());
}

impl<T: Into<Valeur>> From<Option<T>> for Valeur {
    fn from(valeur: Option<T>) -> Self {
        valeur.map_or(Self::Absent, Into::into)
    }
}

impl<T: Into<Valeur>> From<Option<T>> for Trou {
    fn from(valeur: Option<T>) -> Self {
        Self::Fixe(valeur.into())
    }
}

impl From<Valeur> for Trou {
    fn from(valeur: Valeur) -> Self {
        Self::Fixe(valeur)
    }
}

impl<F, V> From<F> for Trou
where
    F: Fn() -> V + 'static,
    V: Into<Valeur>,
{
    fn from(vif: F) -> Self {
        Self::Vif(Box::new(move || vif().into()))
    }
}

/// How long the template is without its indentation; for [`html!`](crate::html).
#[doc(hidden)]
pub const fn taille(modele: &str) -> usize {
    tasser_dans::<0>(modele).1
}

/// The template without its indentation: a line break and the blanks around it vanish beside a tag or a hole, and
/// make one space between words. For [`html!`](crate::html).
#[doc(hidden)]
pub const fn tasser<const N: usize>(modele: &str) -> [u8; N] {
    tasser_dans::<N>(modele).0
}

const fn tasser_dans<const N: usize>(modele: &str) -> ([u8; N], usize) {
    let octets = modele.as_bytes();
    let mut sortie = [0; N];
    let mut ecrits = 0;
    let mut avant = b'>';
    let mut i = 0;
    while i < octets.len() {
        let mut fin = i;
        let mut a_la_ligne = false;
        while fin < octets.len() && octets[fin].is_ascii_whitespace() {
            a_la_ligne |= octets[fin] == b'\n';
            fin += 1;
        }
        let octet = if a_la_ligne {
            i = fin;
            if fin == octets.len() || borde(avant) || borde(octets[fin]) {
                continue;
            }
            b' '
        } else {
            i += 1;
            octets[i - 1]
        };
        if ecrits < N {
            sortie[ecrits] = octet;
        }
        ecrits += 1;
        avant = octet;
    }
    (sortie, ecrits)
}

const fn borde(octet: u8) -> bool {
    matches!(octet, b'<' | b'>' | b'{' | b'}')
}

/// How many holes a template has; for [`html!`](crate::html).
#[doc(hidden)]
pub const fn trous(modele: &str) -> usize {
    let octets = modele.as_bytes();
    let mut nombre = 0;
    let mut i = 1;
    while i < octets.len() {
        if octets[i - 1] == b'{' && octets[i] == b'}' {
            nombre += 1;
        }
        i += 1;
    }
    nombre
}

/// For [`html!`](crate::html).
#[doc(hidden)]
pub fn vue(modele: &'static str, trous: Vec<Trou>) -> AnyView {
    Gabarit { modele, trous: SendWrapper::new(trous) }.into_any()
}

struct Gabarit {
    modele: &'static str,
    trous: SendWrapper<Vec<Trou>>,
}

/// Something to bring to life once the markup stands.
enum Vivant {
    Enfant(Trou),
    Attribut { rang: usize, nom: String, trou: Trou },
}

/// Writes the markup, and tells what must be brought to life: children in the order of their comments, attributes by
/// the mark that they leave on their element.
fn ecrire(modele: &str, trous: Vec<Trou>) -> (String, Vec<Vivant>) {
    let mut sortie = String::with_capacity(modele.len() * 2);
    let mut vivants = Vec::new();
    let mut trous = trous.into_iter();
    let mut reste = modele;
    while let Some((avant, apres)) = reste.split_once("{}") {
        sortie.push_str(avant);
        reste = apres;
        let Some(trou) = trous.next() else { break };
        if !avant.ends_with('=') {
            match trou {
                Trou::Fixe(Valeur::Absent) => {}
                Trou::Fixe(Valeur::Texte(texte)) => echapper(&mut sortie, &texte),
                Trou::Fixe(Valeur::Html(html)) => sortie.push_str(&html),
                trou => {
                    sortie.push_str("<!---->");
                    vivants.push(Vivant::Enfant(trou));
                }
            }
            continue;
        }
        let debut = sortie.rfind(' ').unwrap_or(0);
        match trou {
            Trou::Fixe(Valeur::Texte(texte)) => ecrire_attribut(&mut sortie, &texte),
            Trou::Fixe(_) => sortie.truncate(debut),
            trou => {
                let nom = sortie.split_off(debut);
                let nom = nom.trim_start().trim_end_matches('=').to_owned();
                let rang = vivants.len();
                sortie.push_str(" h-");
                sortie.push_str(&rang.to_string());
                vivants.push(Vivant::Attribut { rang, nom, trou });
            }
        }
    }
    sortie.push_str(reste);
    (sortie, vivants)
}

fn ecrire_attribut(sortie: &mut String, texte: &str) {
    sortie.push('"');
    echapper(sortie, texte);
    sortie.push('"');
}

fn echapper(sortie: &mut String, texte: &str) {
    for caractere in texte.chars() {
        match caractere {
            '&' => sortie.push_str("&amp;"),
            '<' => sortie.push_str("&lt;"),
            '>' => sortie.push_str("&gt;"),
            '"' => sortie.push_str("&quot;"),
            autre => sortie.push(autre),
        }
    }
}

/// What keeps a template alive on the screen.
pub struct Pose {
    /// The first and the last of its nodes: one element, or two comments around whatever stands between.
    debut: Node,
    fin: Node,
    _enfants: Vec<RenderEffect<Enfant>>,
    _fixes: Vec<AnyViewState>,
    _attributs: Vec<RenderEffect<Option<Cow<'static, str>>>>,
    _ecoutes: Vec<Closure<dyn FnMut(Event)>>,
}

enum Enfant {
    Rien,
    Texte(Text, Cow<'static, str>),
    Vue(AnyViewState),
}

impl Enfant {
    fn retirer(&mut self) {
        match self {
            Self::Rien => {}
            Self::Texte(noeud, _) => noeud.remove(),
            Self::Vue(vue) => vue.unmount(),
        }
    }

    fn poser(valeur: Valeur, repere: &Node) -> Self {
        let Some(parent) = repere.parent_node() else { return Self::Rien };
        let texte = match valeur {
            Valeur::Vue(vue) => {
                let mut vue = vue.build();
                // The parent may be a fragment; only `insertBefore` is called on it, which every node has.
                vue.mount(parent.unchecked_ref(), Some(repere));
                return Self::Vue(vue);
            }
            Valeur::Texte(texte) => texte,
            Valeur::Absent | Valeur::Html(_) => return Self::Rien,
        };
        let noeud = document().create_text_node(&texte);
        let _refused_only_to_an_ancestor = parent.insert_before(&noeud, Some(repere));
        Self::Texte(noeud, texte)
    }

    /// Follows a value that changes, before its comment.
    fn suivre(vif: Box<dyn Fn() -> Valeur>, repere: Node) -> RenderEffect<Self> {
        RenderEffect::new(move |avant: Option<Self>| match (avant, vif()) {
            (Some(Self::Texte(noeud, ancien)), Valeur::Texte(nouveau)) => {
                // The same text set again would be laid out again.
                if ancien != nouveau {
                    noeud.set_data(&nouveau);
                }
                Self::Texte(noeud, nouveau)
            }
            (avant, valeur) => {
                // The new one stands before the old one goes: the page does not shrink in between.
                let nouveau = Self::poser(valeur, &repere);
                if let Some(mut avant) = avant {
                    avant.retirer();
                }
                nouveau
            }
        })
    }
}

/// Follows a value that changes, in an attribute or a property. The browser is told of changes only.
fn suivre_attribut(
    element: Element,
    nom: String,
    vif: Box<dyn Fn() -> Valeur>,
) -> RenderEffect<Option<Cow<'static, str>>> {
    RenderEffect::new(move |avant: Option<Option<Cow<'static, str>>>| {
        let texte = match vif() {
            Valeur::Texte(texte) => Some(texte),
            _ => None,
        };
        if avant.as_ref() == Some(&texte) {
            return texte;
        }
        // A name of ours is always a good name.
        if let Some(propriete) = nom.strip_prefix("prop:") {
            let valeur =
                texte.as_ref().map_or(false.into(), |t| if t.is_empty() { true.into() } else { t.as_ref().into() });
            let _always_settable = js_sys::Reflect::set(&element, &propriete.into(), &valeur);
        } else if let Some(texte) = &texte {
            let _good_name = element.set_attribute(&nom, texte);
        } else {
            let _good_name = element.remove_attribute(&nom);
        }
        texte
    })
}

fn comment(contenu: &DocumentFragment) -> Node {
    let repere: Node = Comment::new().unwrap_or_else(|_| document().create_comment("")).into();
    let _fresh = contenu.append_child(&repere);
    repere
}

fn batir(modele: &'static str, trous: Vec<Trou>) -> Pose {
    let (markup, vivants) = ecrire(modele, trous);
    let moule: HtmlTemplateElement = document().create_element("template").expect("a good name").unchecked_into();
    moule.set_inner_html(&markup);
    let contenu = moule.content();
    let marcheur = document().create_tree_walker_with_what_to_show(&contenu, 128).expect("a node");
    let mut reperes = Vec::new();
    while let Ok(Some(repere)) = marcheur.next_node() {
        reperes.push(repere);
    }
    let (debut, fin) = match (contenu.first_child(), contenu.last_child()) {
        (Some(debut), Some(fin)) if debut == fin && debut.node_type() == Node::ELEMENT_NODE => (debut, fin),
        (premier, _) => {
            let debut = comment(&contenu);
            let _own_child = contenu.insert_before(&debut, premier.as_ref());
            (debut, comment(&contenu))
        }
    };
    let mut pose =
        Pose { debut, fin, _enfants: Vec::new(), _fixes: Vec::new(), _attributs: Vec::new(), _ecoutes: Vec::new() };
    let mut reperes = reperes.into_iter();
    for vivant in vivants {
        match vivant {
            Vivant::Enfant(trou) => {
                let Some(repere) = reperes.next() else { continue };
                match trou {
                    Trou::Vif(vif) => pose._enfants.push(Enfant::suivre(vif, repere)),
                    Trou::Fixe(valeur) => {
                        if let Enfant::Vue(vue) = Enfant::poser(valeur, &repere) {
                            pose._fixes.push(vue);
                        }
                    }
                    Trou::Ecoute(_) => {}
                }
            }
            Vivant::Attribut { rang, nom, trou } => {
                let marque = ["h-", &rang.to_string()].concat();
                let trouve = contenu.query_selector(&["[", &marque, "]"].concat());
                let Ok(Some(element)) = trouve else { continue };
                let _there = element.remove_attribute(&marque);
                match trou {
                    Trou::Ecoute(action) => {
                        let action = Closure::wrap(action);
                        let nom = nom.trim_start_matches("on:");
                        let _valid = element.add_event_listener_with_callback(nom, action.as_ref().unchecked_ref());
                        pose._ecoutes.push(action);
                    }
                    Trou::Vif(vif) => {
                        pose._attributs.push(suivre_attribut(element, nom, vif));
                    }
                    Trou::Fixe(_) => {}
                }
            }
        }
    }
    pose
}

impl Pose {
    fn noeuds(&self) -> Vec<Node> {
        let mut noeuds = vec![self.debut.clone()];
        let mut ici = self.debut.clone();
        while ici != self.fin
            && let Some(suivant) = ici.next_sibling()
        {
            noeuds.push(suivant.clone());
            ici = suivant;
        }
        noeuds
    }
}

impl Mountable for Pose {
    fn unmount(&mut self) {
        // Together, so that they can be mounted again.
        let a_part = document().create_document_fragment();
        for noeud in self.noeuds() {
            let _moved = a_part.append_child(&noeud);
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        for noeud in self.noeuds() {
            let _moved = parent.insert_before(&noeud, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(parent) = self.debut.parent_node() else { return false };
        child.mount(parent.unchecked_ref(), Some(&self.debut));
        true
    }

    fn elements(&self) -> Vec<Element> {
        self.noeuds().into_iter().filter_map(|noeud| noeud.dyn_into().ok()).collect()
    }
}

impl Render for Gabarit {
    type State = Pose;

    fn build(self) -> Pose {
        batir(self.modele, self.trous.take())
    }

    fn rebuild(self, pose: &mut Pose) {
        let mut nouveau = self.build();
        pose.insert_before_this(&mut nouveau);
        std::mem::replace(pose, nouveau).unmount();
    }
}

impl AddAnyAttr for Gabarit {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self {
        self
    }
}

impl RenderHtml for Gabarit {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        *position = Position::NextChild;
        #[cfg(feature = "ssr")]
        peindre(buf, self.modele, self.trous.take());
        #[cfg(not(feature = "ssr"))]
        let _only_natively = buf;
    }

    /// The page is not hydrated: it takes the place of its first paint (`app::lancer`).
    fn hydrate<const FROM_SERVER: bool>(self, _cursor: &Cursor, _position: &PositionState) -> Pose {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// The first paint: everything as it stands now, and nothing that listens.
#[cfg(feature = "ssr")]
fn peindre(sortie: &mut String, modele: &str, trous: Vec<Trou>) {
    let (markup, vivants) = ecrire(modele, trous);
    let mut reste = markup.as_str();
    for vivant in vivants {
        match vivant {
            Vivant::Enfant(trou) => {
                let Some((avant, apres)) = reste.split_once("<!---->") else { break };
                sortie.push_str(avant);
                reste = apres;
                match maintenant(trou) {
                    Valeur::Absent => {}
                    Valeur::Texte(texte) => echapper(sortie, &texte),
                    Valeur::Html(html) => sortie.push_str(&html),
                    Valeur::Vue(vue) => vue.to_html_with_buf(sortie, &mut Position::FirstChild, true, false, vec![]),
                }
            }
            Vivant::Attribut { rang, nom, trou } => {
                let Some((avant, apres)) = reste.split_once(&[" h-", &rang.to_string()].concat()) else { break };
                sortie.push_str(avant);
                reste = apres;
                if let (Valeur::Texte(texte), false) = (maintenant(trou), nom.contains(':')) {
                    sortie.push_str(&[" ", &nom, "="].concat());
                    ecrire_attribut(sortie, &texte);
                }
            }
        }
    }
    sortie.push_str(reste);
}

#[cfg(feature = "ssr")]
fn maintenant(trou: Trou) -> Valeur {
    match trou {
        Trou::Fixe(valeur) => valeur,
        Trou::Vif(vif) => vif(),
        Trou::Ecoute(_) => Valeur::Absent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn tasse(modele: &str) -> usize {
        taille(modele)
    }

    #[test]
    fn indentation_vanishes_beside_tags_and_makes_one_space_between_words() {
        const MODELE: &str = "\n    <p>\n        Un mot\n        puis <b>deux</b> \n </p>\n";
        const ATTENDU: &str = "<p>Un mot puis <b>deux</b></p>";
        assert_eq!(tasse(MODELE), ATTENDU.len());
        assert_eq!(std::str::from_utf8(&tasser::<{ taille(MODELE) }>(MODELE)), Ok(ATTENDU));
    }

    #[test]
    fn fixed_texts_are_written_and_escaped_and_absent_attributes_leave_no_trace() {
        let trous = vec![Trou::from("a\"b"), Trou::from(None::<&str>), Trou::from("<script>".to_owned())];
        let (markup, vivants) = ecrire("<p id={} title={}>{}</p>", trous);
        assert_eq!(markup, "<p id=\"a&quot;b\">&lt;script&gt;</p>");
        assert!(vivants.is_empty());
    }

    #[test]
    fn what_lives_leaves_a_mark() {
        let trous = vec![Trou::from(|| "x"), ecoute(|_| ()), Trou::from(|| "y")];
        let (markup, vivants) = ecrire("<p class={} on:click={}>{}</p>", trous);
        assert_eq!(markup, "<p h-0 h-1><!----></p>");
        let noms: Vec<_> = vivants
            .iter()
            .map(|vivant| match vivant {
                Vivant::Attribut { nom, .. } => nom.as_str(),
                Vivant::Enfant(_) => "",
            })
            .collect();
        assert_eq!(noms, ["class", "on:click", ""]);
    }
}
