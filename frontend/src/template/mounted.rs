//! A template on the screen: its nodes, and what follows the signals behind its holes.

use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Comment, DocumentFragment, Element, Event, HtmlTemplateElement, Node, Text};

use super::hole::{Child, Hole, Kind, Value, Words};
use super::markup::{Live, write};

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

/// Follows a child that changes, between its two comments.
///
/// A browser that translates a page puts elements of its own in the place of our texts: whatever stands between the
/// comments goes when the child does, and a text that was moved is written anew.
fn follow_child(live: Box<dyn Fn() -> Child>, start: Node, mark: Node) -> Kept {
    follow(Box::new(move |before| match (before, live().0) {
        (Some(Shown::Text(node, old)), Kind::Text(new)) if old == new || stands_between(&node, &start, &mark) => {
            // The same text set again would be laid out again.
            if old != new {
                node.set_data(&new);
            }
            Shown::Text(node, new)
        }
        (before, child) => {
            let old = between(&start, &mark);
            // The new one stands before the old one goes: the page does not shrink in between.
            let new = Shown::place(child, &mark);
            if let Some(mut before) = before {
                before.remove();
            }
            let here = mark.parent_node();
            for left in old.iter().filter(|node| node.parent_node() == here) {
                let _own_child = here.as_ref().map(|here| here.remove_child(left));
            }
            new
        }
    }))
}

/// All that stands between two nodes of one parent.
fn between(start: &Node, end: &Node) -> Vec<Node> {
    std::iter::successors(start.next_sibling(), Node::next_sibling).take_while(|node| node != end).collect()
}

/// Whether this text is where it was put, alone.
fn stands_between(text: &Node, start: &Node, mark: &Node) -> bool {
    text.previous_sibling().as_ref() == Some(start) && text.next_sibling().as_ref() == Some(mark)
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

pub(super) fn build(template: &str, holes: Vec<Hole>) -> Mounted {
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
                    Kind::LiveChild(live) => {
                        let Some(end) = marks.next() else { continue };
                        follow_child(live, mark, end)
                    }
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
