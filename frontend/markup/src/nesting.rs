//! What HTML lets stand inside what: a browser moves the rest elsewhere without a word.
//!
//! Names of tags only: no token, no error, no attribute.

/// The tag of an element that is still open.
pub(crate) type Open = String;

const VOID: &[&str] = &["br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// In HTML, then in SVG; `script` and `style` are not for a view.
const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "mark",
    "menu",
    "meta",
    "meter",
    "nav",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "picture",
    "pre",
    "progress",
    "q",
    "s",
    "samp",
    "search",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
    "circle",
    "defs",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "path",
    "polygon",
    "polyline",
    "rect",
    "stop",
    "svg",
    "symbol",
    "text",
    "tspan",
    "use",
];

/// What an open `<p>` cannot hold: it would be closed before them.
const CLOSE_P: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "table",
    "ul",
];

/// Never inside another of its kind.
const ALONE: &[&str] = &["a", "button", "form", "label", "h1", "h2", "h3", "h4", "h5", "h6"];

/// Elements that hold only these.
const HOLD: &[(&str, &[&str])] = &[
    ("table", &["caption", "colgroup", "thead", "tbody", "tfoot"]),
    ("colgroup", &["col"]),
    ("thead", &["tr"]),
    ("tbody", &["tr"]),
    ("tfoot", &["tr"]),
    ("tr", &["td", "th"]),
    ("ul", &["li"]),
    ("ol", &["li"]),
    ("menu", &["li"]),
    ("dl", &["dt", "dd", "div"]),
    ("select", &["option", "optgroup", "hr"]),
    ("optgroup", &["option"]),
];

/// Elements that stand only in these, or at the root of a view that goes there.
const STAND: &[(&str, &[&str])] = &[
    ("caption", &["table"]),
    ("colgroup", &["table"]),
    ("col", &["colgroup"]),
    ("thead", &["table"]),
    ("tbody", &["table"]),
    ("tfoot", &["table"]),
    ("tr", &["thead", "tbody", "tfoot"]),
    ("td", &["tr"]),
    ("th", &["tr"]),
    ("li", &["ul", "ol", "menu"]),
    ("dt", &["dl", "div"]),
    ("dd", &["dl", "div"]),
    ("legend", &["fieldset"]),
    ("summary", &["details"]),
    ("figcaption", &["figure"]),
];

fn of<'a>(table: &'a [(&str, &[&str])], tag: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(known, _)| *known == tag).map(|(_, others)| *others)
}

pub(crate) fn is_void(tag: &str) -> bool {
    VOID.contains(&tag)
}

pub(crate) fn is_known(tag: &str) -> bool {
    KNOWN.contains(&tag)
}

/// Whether it holds characters and no node: a hole there is a text that never changes.
pub(crate) fn holds_text_only(tag: &str) -> bool {
    matches!(tag, "textarea" | "option")
}

/// Why this tag cannot stand here.
pub(crate) fn refuses(open: &[Open], tag: &str) -> Option<String> {
    let parent = open.last()?.as_str();
    if holds_text_only(parent) {
        return Some(format!("`{parent}` holds text only"));
    }
    if let Some(held) = of(HOLD, parent)
        && !held.contains(&tag)
    {
        return Some(format!("`{parent}` holds no `{tag}`, only {}", held.join(", ")));
    }
    if let Some(places) = of(STAND, tag)
        && !places.contains(&parent)
    {
        return Some(format!("`{tag}` stands only in {}", places.join(", ")));
    }
    let inside = |other: &str| open.iter().any(|tag| tag == other);
    if inside("p") && CLOSE_P.contains(&tag) {
        return Some(format!("a browser closes `p` before `{tag}`"));
    }
    (ALONE.contains(&tag) && inside(tag)).then(|| format!("`{tag}` stands in another `{tag}`"))
}

/// Why this text cannot stand here.
pub(crate) fn refuses_text(open: &[Open], text: &str) -> Option<String> {
    let parent = open.last()?.as_str();
    let held = of(HOLD, parent).filter(|_| !text.trim().is_empty())?;
    Some(format!("`{parent}` holds no text, only {}", held.join(", ")))
}
