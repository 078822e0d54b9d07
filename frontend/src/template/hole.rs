//! What fills a hole, and what may stand in each kind of place. Knows no node of the browser.

use std::borrow::Cow;

use leptos::ev::EventDescriptor;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

/// A text of the page.
pub(super) type Words = Cow<'static, str>;

/// What stands in an attribute: its text, or nothing when it is absent.
pub(super) type Value = Option<Words>;

/// What fills a hole of a template, made by `view!` alone.
pub struct Hole(pub(super) Kind);

pub(super) enum Kind {
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
pub struct Child(pub(super) Kind);

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
