//! What `view!` (frontend/markup) compiles to: a template and what fills its holes, as data for one piece of code.
//!
//! Knows no screen and no word; the result is an ordinary view of Leptos and goes wherever one goes.
//!
//! ```
//! use frontend::markup::view;
//! use leptos::prelude::*;
//!
//! fn remark(id: &str, remark: RwSignal<String>) -> AnyView {
//!     view! {
//!         <p class="field__remark" id=[id, "-remarque"].concat()>{move || remark.get()}</p>
//!         <button type="button" on:click=move |_| remark.set(String::new())>"Masquer"</button>
//!     }
//! }
//! ```
//!
//! With Leptos' own `view!` each tag, attribute and closure is a type, with its own code to build, compare, mount and
//! unmount: docs/decisions/0008 tells what that weighs. Here the macro says of each value where it stands, and three
//! traits what may stand there: [`IntoChild`], [`IntoAttribute`] (and [`IntoProperty`]), and Leptos' own
//! [`EventDescriptor`] for [`on`]. A value of another kind does not compile:
//!
//! ```compile_fail,E0277
//! # use frontend::markup::view;
//! # fn wrong() -> leptos::prelude::AnyView {
//! view! { <p class=view! { <b>"a view in an attribute"</b> }>"a"</p> }
//! # }
//! ```
//! ```compile_fail,E0593
//! # use frontend::markup::view;
//! # fn wrong() -> leptos::prelude::AnyView {
//! view! { <p>{|_: web_sys::Event| ()}</p> } // a listener where a child stands
//! # }
//! ```
//! ```compile_fail,E0277
//! # use frontend::markup::view;
//! # fn wrong() -> leptos::prelude::AnyView {
//! view! { <p on:click="a text where a listener stands">"a"</p> }
//! # }
//! ```
//! ```compile_fail,E0425
//! # use frontend::markup::view;
//! # fn wrong() -> leptos::prelude::AnyView {
//! view! { <p on:clik=|_| ()>"an event that nothing sends"</p> }
//! # }
//! ```
//! ```compile_fail,E0277
//! # use frontend::markup::view;
//! # fn wrong() -> leptos::prelude::AnyView {
//! view! { <textarea>{|| "what changes, where HTML holds characters only"}</textarea> }
//! # }
//! ```
//! ```compile_fail
//! # use frontend::markup::view;
//! # fn wrong() -> leptos::prelude::AnyView {
//! view! { <div><p>"a tag left open"</div> }
//! # }
//! ```
//!
//! Texts are escaped wherever they go; only [`inner_html`] takes markup, and never anything that was typed.

use std::borrow::Cow;

use leptos::ev::EventDescriptor;
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Comment, DocumentFragment, Element, Event, HtmlTemplateElement, Node, Text};

#[doc(hidden)]
pub use leptos::ev;

/// Stands in a template for each hole; its kind is the one of what fills it. The macro writes the same.
const HOLE: char = '\u{1}';

/// A text of the page.
type Words = Cow<'static, str>;

/// What stands in an attribute: its text, or nothing when it is absent.
type Value = Option<Words>;

/// What fills a hole of a template, made by `view!` alone.
pub struct Hole(Kind);

enum Kind {
    Text(Words),
    View(AnyView),
    Nothing,
    LiveChild(Box<dyn Fn() -> Child>),
    Attribute(Value),
    LiveAttribute(Box<dyn Fn() -> Value>),
    Property(Box<dyn Fn() -> JsValue>),
    Html(Box<dyn Fn() -> Value>),
    Event(Box<dyn FnMut(Event)>),
}

/// A child, once known.
pub struct Child(Kind);

/// What can stand where a child does: a text, a view, several, none, or a closure that gives one of them and is run
/// again whenever a signal that it read changes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand where a child does",
    label = "a child is a text, a view, an `Option` or a `Vec` of them, or a closure that gives one"
)]
pub trait IntoChild {
    /// As data.
    fn into_child(self) -> Hole;
}

/// A child that does not change.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand where a child does",
    label = "a child is a text, a view, an `Option` or a `Vec` of them, or a closure that gives one"
)]
pub trait ChildValue {
    /// As data.
    fn child(self) -> Child;
}

/// What can stand behind the name of an attribute: a text, a `bool` that tells whether it is there, an `Option`, or a
/// closure that gives one of them and is run again whenever a signal that it read changes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in an attribute",
    label = "an attribute is a text, a `bool`, an `Option`, or a closure that gives one"
)]
pub trait IntoAttribute {
    /// As data.
    fn into_attribute(self) -> Hole;
}

/// The value of an attribute that does not change.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in an attribute",
    label = "an attribute is a text, a `bool`, an `Option`, or a closure that gives one"
)]
pub trait AttributeValue {
    /// Its text; nothing when it is absent.
    fn value(self) -> Option<Cow<'static, str>>;
}

/// What can stand behind `prop:name`: a closure that gives a value of JavaScript.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a property",
    label = "a property is a closure that gives a `bool` or a text"
)]
pub trait IntoProperty {
    /// As data.
    fn into_property(self) -> Hole;
}

macro_rules! child_values {
    ($($type:ty, $value:ident => $kind:expr;)*) => {$(
        impl ChildValue for $type {
            fn child(self) -> Child {
                let $value = self;
                Child($kind)
            }
        }
        impl IntoChild for $type {
            fn into_child(self) -> Hole {
                Hole(self.child().0)
            }
        }
    )*};
}

child_values! {
    &'static str, text => Kind::Text(Cow::Borrowed(text));
    String, text => Kind::Text(Cow::Owned(text));
    Cow<'static, str>, text => Kind::Text(text);
    AnyView, view => Kind::View(view);
    Vec<AnyView>, views => Kind::View(views.into_any());
}

macro_rules! attribute_values {
    ($($type:ty, $value:ident => $text:expr;)*) => {$(
        impl AttributeValue for $type {
            fn value(self) -> Value {
                let $value = self;
                $text
            }
        }
        impl IntoAttribute for $type {
            fn into_attribute(self) -> Hole {
                Hole(Kind::Attribute(self.value()))
            }
        }
    )*};
}

attribute_values! {
    &'static str, text => Some(Cow::Borrowed(text));
    String, text => Some(Cow::Owned(text));
    Cow<'static, str>, text => Some(text);
    bool, present => present.then_some(Cow::Borrowed(""));
}

impl<T: ChildValue> ChildValue for Option<T> {
    fn child(self) -> Child {
        self.map_or(Child(Kind::Nothing), T::child)
    }
}

impl<T: ChildValue> IntoChild for Option<T> {
    fn into_child(self) -> Hole {
        Hole(self.child().0)
    }
}

impl<F, V> IntoChild for F
where
    F: Fn() -> V + 'static,
    V: ChildValue,
{
    fn into_child(self) -> Hole {
        Hole(Kind::LiveChild(Box::new(move || self().child())))
    }
}

impl<T: AttributeValue> AttributeValue for Option<T> {
    fn value(self) -> Value {
        self.and_then(T::value)
    }
}

impl<T: AttributeValue> IntoAttribute for Option<T> {
    fn into_attribute(self) -> Hole {
        Hole(Kind::Attribute(self.value()))
    }
}

impl<F, V> IntoAttribute for F
where
    F: Fn() -> V + 'static,
    V: AttributeValue,
{
    fn into_attribute(self) -> Hole {
        Hole(Kind::LiveAttribute(Box::new(move || self().value())))
    }
}

impl<F, V> IntoProperty for F
where
    F: Fn() -> V + 'static,
    V: Into<JsValue>,
{
    fn into_property(self) -> Hole {
        Hole(Kind::Property(Box::new(move || self().into())))
    }
}

/// A child.
pub fn child(value: impl IntoChild) -> Hole {
    value.into_child()
}

/// A child where HTML holds characters only, as in a `<textarea>`.
pub fn text(value: impl Into<Cow<'static, str>>) -> Hole {
    Hole(Kind::Text(value.into()))
}

/// The whole value of an attribute.
pub fn attribute(value: impl IntoAttribute) -> Hole {
    value.into_attribute()
}

/// The value of a property.
pub fn property(value: impl IntoProperty) -> Hole {
    value.into_property()
}

/// Markup of our own, all that its element holds; never anything that a person typed.
pub fn inner_html(value: impl IntoAttribute) -> Hole {
    let markup: Box<dyn Fn() -> Value> = match value.into_attribute().0 {
        Kind::Attribute(markup) => Box::new(move || markup.clone()),
        Kind::LiveAttribute(live) => live,
        _ => Box::new(|| None),
    };
    Hole(Kind::Html(markup))
}

/// Hears an event.
pub fn on<E>(_event: E, mut listener: impl FnMut(E::EventType) + 'static) -> Hole
where
    E: EventDescriptor,
    E::EventType: JsCast,
{
    Hole(Kind::Event(Box::new(move |event: Event| listener(event.unchecked_into()))))
}

/// A view of this template.
pub fn view(template: &'static str, holes: Vec<Hole>) -> AnyView {
    Template { template, holes: SendWrapper::new(holes) }.into_any()
}

struct Template {
    template: &'static str,
    holes: SendWrapper<Vec<Hole>>,
}

/// Something to bring to life once the markup stands.
enum Live {
    Child(Kind),
    Attribute { mark: String, name: String, kind: Kind },
}

/// Writes the markup, and tells what must be brought to life: children in the order of their comments, of which a
/// template has no other; attributes by the mark that they leave on their element.
fn write(template: &str, holes: Vec<Hole>) -> (String, Vec<Live>) {
    let mut markup = String::with_capacity(template.len() * 2);
    let mut live = Vec::new();
    let mut pieces = template.split(HOLE);
    markup.push_str(pieces.next().unwrap_or_default());
    for (Hole(kind), piece) in holes.into_iter().zip(pieces) {
        match kind {
            Kind::Nothing => {}
            Kind::Text(text) => escape(&mut markup, &text),
            Kind::View(_) | Kind::LiveChild(_) | Kind::Html(_) => {
                markup.push_str("<!---->");
                live.push(Live::Child(kind));
            }
            Kind::Attribute(value) => write_attribute(&mut markup, value),
            Kind::LiveAttribute(_) | Kind::Property(_) | Kind::Event(_) => {
                let name = take_name(&mut markup);
                let mark = ["h-", &live.len().to_string()].concat();
                markup.push(' ');
                markup.push_str(&mark);
                live.push(Live::Attribute { mark, name, kind });
            }
        }
        markup.push_str(piece);
    }
    (markup, live)
}

/// The name of the attribute that ends what is written so far, which is no longer written.
fn take_name(markup: &mut String) -> String {
    let name = markup.split_off(markup.rfind(' ').unwrap_or(0));
    name.trim_start().to_owned()
}

/// Behind its name: the name goes as well when there is no value.
fn write_attribute(markup: &mut String, value: Value) {
    let Some(text) = value else {
        take_name(markup);
        return;
    };
    markup.push_str("=\"");
    escape(markup, &text);
    markup.push('"');
}

fn escape(markup: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            other => markup.push(other),
        }
    }
}

/// What keeps a template alive on the screen.
pub struct Mounted {
    /// The first and the last of its nodes: one element, or two comments around whatever stands between.
    start: Node,
    end: Node,
    _kept: Vec<Kept>,
}

/// What lives as long as the template.
enum Kept {
    Effect(#[expect(dead_code, reason = "lives until it is dropped")] RenderEffect<Shown>),
    View(#[expect(dead_code, reason = "lives until it is dropped")] Shown),
    Listener(#[expect(dead_code, reason = "lives until it is dropped")] Closure<dyn FnMut(Event)>),
}

/// What a hole shows at this moment.
enum Shown {
    Nothing,
    Text(Text, Words),
    View(AnyViewState),
    Value(Value),
    Property(JsValue),
}

impl Shown {
    fn remove(&mut self) {
        match self {
            Self::Text(node, _) => node.remove(),
            Self::View(view) => view.unmount(),
            Self::Nothing | Self::Value(_) | Self::Property(_) => {}
        }
    }

    /// A child, before its comment.
    fn place(child: Kind, mark: &Node) -> Self {
        let Some(parent) = mark.parent_node() else { return Self::Nothing };
        match child {
            Kind::View(view) => {
                let mut view = view.build();
                // The parent may be a fragment; only `insertBefore` is called on it, which every node has.
                view.mount(parent.unchecked_ref(), Some(mark));
                Self::View(view)
            }
            Kind::Text(text) => {
                let node = document().create_text_node(&text);
                let _refused_only_to_an_ancestor = parent.insert_before(&node, Some(mark));
                Self::Text(node, text)
            }
            _ => Self::Nothing,
        }
    }
}

/// One kind of effect for whatever lives: each would be code of its own.
fn follow(update: Box<dyn Fn(Option<Shown>) -> Shown>) -> Kept {
    Kept::Effect(RenderEffect::new(update))
}

/// Follows a child that changes, before its comment.
fn follow_child(live: Box<dyn Fn() -> Child>, mark: Node) -> Kept {
    follow(Box::new(move |before| match (before, live().0) {
        (Some(Shown::Text(node, old)), Kind::Text(new)) => {
            // The same text set again would be laid out again.
            if old != new {
                node.set_data(&new);
            }
            Shown::Text(node, new)
        }
        (before, child) => {
            // The new one stands before the old one goes: the page does not shrink in between.
            let new = Shown::place(child, &mark);
            if let Some(mut before) = before {
                before.remove();
            }
            new
        }
    }))
}

/// Follows the value of an attribute. The browser is told of changes only.
fn follow_attribute(element: Element, name: String, live: Box<dyn Fn() -> Value>) -> Kept {
    follow(Box::new(move |before| {
        let value = live();
        if matches!(&before, Some(Shown::Value(known)) if *known == value) {
            return Shown::Value(value);
        }
        // A name of ours is always a good name.
        if let Some(text) = &value {
            let _good_name = element.set_attribute(&name, text);
        } else {
            let _good_name = element.remove_attribute(&name);
        }
        Shown::Value(value)
    }))
}

/// Follows a property. The browser is told of changes only.
fn follow_property(element: Element, name: &str, live: Box<dyn Fn() -> JsValue>) -> Kept {
    let name = JsValue::from_str(name);
    follow(Box::new(move |before| {
        let value = live();
        if !matches!(&before, Some(Shown::Property(known)) if *known == value) {
            let _always_settable = js_sys::Reflect::set(&element, &name, &value);
        }
        Shown::Property(value)
    }))
}

fn comment(content: &DocumentFragment) -> Node {
    let mark: Node = Comment::new().unwrap_or_else(|_| document().create_comment("")).into();
    let _fresh = content.append_child(&mark);
    mark
}

fn build(template: &str, holes: Vec<Hole>) -> Mounted {
    let (markup, live) = write(template, holes);
    let mould: HtmlTemplateElement = document().create_element("template").expect("a good name").unchecked_into();
    mould.set_inner_html(&markup);
    let content = mould.content();
    // 128: comments alone.
    let walker = document().create_tree_walker_with_what_to_show(&content, 128).expect("a node");
    let mut marks = Vec::new();
    while let Ok(Some(mark)) = walker.next_node() {
        marks.push(mark);
    }
    let (start, end) = match (content.first_child(), content.last_child()) {
        (Some(start), Some(end)) if start == end && start.node_type() == Node::ELEMENT_NODE => (start, end),
        (first, _) => {
            let start = comment(&content);
            let _own_child = content.insert_before(&start, first.as_ref());
            (start, comment(&content))
        }
    };
    let mut kept = Vec::new();
    let mut marks = marks.into_iter();
    for live in live {
        match live {
            Live::Child(kind) => {
                let Some(mark) = marks.next() else { continue };
                kept.push(match kind {
                    Kind::LiveChild(live) => follow_child(live, mark),
                    Kind::Html(live) => {
                        let Some(element) = mark.parent_element() else { continue };
                        let markup = move || JsValue::from_str(&live().unwrap_or_default());
                        follow_property(element, "innerHTML", Box::new(markup))
                    }
                    fixed => Kept::View(Shown::place(fixed, &mark)),
                });
            }
            Live::Attribute { mark, name, kind } => {
                let found = content.query_selector(&["[", &mark, "]"].concat());
                let Ok(Some(element)) = found else { continue };
                let _there = element.remove_attribute(&mark);
                // Behind `on:` or `prop:`.
                let bare = name.split_once(':').map_or("", |(_, bare)| bare);
                kept.push(match kind {
                    Kind::Event(listener) => {
                        let listener = Closure::wrap(listener);
                        let _valid = element.add_event_listener_with_callback(bare, listener.as_ref().unchecked_ref());
                        Kept::Listener(listener)
                    }
                    Kind::Property(live) => follow_property(element, bare, live),
                    Kind::LiveAttribute(live) => follow_attribute(element, name, live),
                    _ => continue,
                });
            }
        }
    }
    Mounted { start, end, _kept: kept }
}

impl Mounted {
    fn nodes(&self) -> Vec<Node> {
        let mut nodes = vec![self.start.clone()];
        let mut here = self.start.clone();
        while here != self.end
            && let Some(next) = here.next_sibling()
        {
            nodes.push(next.clone());
            here = next;
        }
        nodes
    }
}

impl Mountable for Mounted {
    fn unmount(&mut self) {
        // Together, so that they can be mounted again.
        let apart = document().create_document_fragment();
        for node in self.nodes() {
            let _moved = apart.append_child(&node);
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        for node in self.nodes() {
            let _moved = parent.insert_before(&node, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(parent) = self.start.parent_node() else { return false };
        child.mount(parent.unchecked_ref(), Some(&self.start));
        true
    }

    fn elements(&self) -> Vec<Element> {
        self.nodes().into_iter().filter_map(|node| node.dyn_into().ok()).collect()
    }
}

impl Render for Template {
    type State = Mounted;

    fn build(self) -> Mounted {
        build(self.template, self.holes.take())
    }

    fn rebuild(self, mounted: &mut Mounted) {
        let mut new = self.build();
        mounted.insert_before_this(&mut new);
        std::mem::replace(mounted, new).unmount();
    }
}

impl AddAnyAttr for Template {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self {
        debug_assert!(false, "a template takes no attribute from outside: write it on its element");
        self
    }
}

impl RenderHtml for Template {
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
        extra_attrs: Vec<AnyAttribute>,
    ) {
        debug_assert!(extra_attrs.is_empty(), "a template takes no attribute from outside: write it on its element");
        *position = Position::NextChild;
        #[cfg(feature = "ssr")]
        paint(buf, self.template, self.holes.take());
        #[cfg(not(feature = "ssr"))]
        let _only_natively = buf;
    }

    /// The page is not hydrated: it takes the place of its first paint (`app::lancer`).
    fn hydrate<const FROM_SERVER: bool>(self, _cursor: &Cursor, _position: &PositionState) -> Mounted {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// The first paint: everything as it stands now, and nothing that listens.
#[cfg(feature = "ssr")]
fn paint(markup: &mut String, template: &str, holes: Vec<Hole>) {
    let mut pieces = template.split(HOLE);
    markup.push_str(pieces.next().unwrap_or_default());
    for (Hole(kind), piece) in holes.into_iter().zip(pieces) {
        let now = if let Kind::LiveChild(live) = kind { live().0 } else { kind };
        match now {
            Kind::Nothing | Kind::LiveChild(_) => {}
            Kind::Text(text) => escape(markup, &text),
            Kind::View(view) => view.to_html_with_buf(markup, &mut Position::FirstChild, true, false, vec![]),
            Kind::Html(live) => markup.push_str(&live().unwrap_or_default()),
            Kind::Attribute(value) => write_attribute(markup, value),
            Kind::LiveAttribute(live) => write_attribute(markup, live()),
            Kind::Property(_) | Kind::Event(_) => {
                take_name(markup);
            }
        }
        markup.push_str(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_texts_are_written_and_escaped_and_absent_attributes_leave_no_trace() {
        let holes = vec![attribute("a\"b"), attribute(None::<&str>), child("<script>".to_owned())];
        let (markup, live) = write("<p id\u{1} title\u{1}>\u{1}</p>", holes);
        assert_eq!(markup, "<p id=\"a&quot;b\">&lt;script&gt;</p>");
        assert!(live.is_empty());
    }

    #[test]
    fn what_lives_leaves_a_mark() {
        let holes = vec![attribute(|| "x"), on(ev::click, |_| ()), child(|| "y")];
        let (markup, live) = write("<p class\u{1} on:click\u{1}>\u{1}</p>", holes);
        assert_eq!(markup, "<p h-0 h-1><!----></p>");
        let names: Vec<_> = live
            .iter()
            .map(|live| match live {
                Live::Attribute { name, .. } => name.as_str(),
                Live::Child(_) => "",
            })
            .collect();
        assert_eq!(names, ["class", "on:click", ""]);
    }
}
