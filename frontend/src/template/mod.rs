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
//! [`EventDescriptor`](ev::EventDescriptor) for [`on`]. A value of another kind does not compile:
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

mod hole;
mod markup;
mod mounted;

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Mountable, Position, PositionState};
use send_wrapper::SendWrapper;

#[doc(hidden)]
pub use leptos::ev;

pub use hole::{
    AttributeValue, Child, ChildValue, Hole, IntoAttribute, IntoChild, IntoProperty, attribute, child, inner_html, on,
    property, text,
};
use mounted::{Mounted, build};

/// A view of this template.
pub fn view(template: &'static str, holes: Vec<Hole>) -> AnyView {
    Template { template, holes: SendWrapper::new(holes) }.into_any()
}

struct Template {
    template: &'static str,
    holes: SendWrapper<Vec<Hole>>,
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
        markup::paint(buf, self.template, self.holes.take());
        #[cfg(not(feature = "ssr"))]
        let _only_natively = buf;
    }

    /// The page is not hydrated: it takes the place of its first paint (`app::launch`).
    fn hydrate<const FROM_SERVER: bool>(self, _cursor: &Cursor, _position: &PositionState) -> Mounted {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
