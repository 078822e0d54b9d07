//! A template and its holes as a text: for the browser with marks, for the first paint as it stands. Escapes all of it.

#[cfg(feature = "ssr")]
use leptos::prelude::RenderHtml;
#[cfg(feature = "ssr")]
use leptos::tachys::view::Position;

use super::hole::{Hole, Kind, Value};

/// Stands in a template for each hole; its kind is the one of what fills it. The macro writes the same.
const HOLE: char = '\u{1}';

/// Something to bring to life once the markup stands.
pub(super) enum Live {
    Child(Kind),
    Attribute { mark: String, name: String, kind: Kind },
}

/// Writes the markup, and tells what must be brought to life: children in the order of their comments, of which a
/// template has no other and a child that changes has two, around it; attributes by the mark that they leave on their
/// element.
pub(super) fn write(template: &str, holes: Vec<Hole>) -> (String, Vec<Live>) {
    let mut markup = String::with_capacity(template.len() * 2);
    let mut live = Vec::new();
    let mut pieces = template.split(HOLE);
    markup.push_str(pieces.next().unwrap_or_default());
    for (Hole(kind), piece) in holes.into_iter().zip(pieces) {
        match kind {
            Kind::Nothing => {}
            Kind::Text(text) => escape(&mut markup, &text),
            Kind::View(_) | Kind::LiveChild(_) | Kind::Html(_) => {
                markup.push_str(if matches!(kind, Kind::LiveChild(_)) { "<!----><!---->" } else { "<!---->" });
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

/// The first paint: everything as it stands now, and nothing that listens.
#[cfg(feature = "ssr")]
pub(super) fn paint(markup: &mut String, template: &str, holes: Vec<Hole>) {
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
    use super::super::hole::{attribute, child, on};
    use super::*;
    use leptos::ev;

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
        assert_eq!(markup, "<p h-0 h-1><!----><!----></p>");
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
