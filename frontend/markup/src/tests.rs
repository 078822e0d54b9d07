//! What the macro writes, and what it refuses: the sentence, and the very place.

use proc_macro2::{Span, TokenStream, TokenTree};

use super::expand;

fn flat(tokens: TokenStream, all: &mut Vec<TokenTree>) {
    for tree in tokens {
        if let TokenTree::Group(group) = &tree {
            flat(group.stream(), all);
        } else {
            all.push(tree);
        }
    }
}

fn expanded(view: &str) -> Vec<TokenTree> {
    let mut all = Vec::new();
    flat(expand(view.parse().expect("tokens of Rust")), &mut all);
    all
}

fn text(tree: &TokenTree) -> Option<String> {
    let literal: syn::LitStr = syn::parse2(tree.clone().into()).ok()?;
    Some(literal.value())
}

/// Every error: its sentence, and the text that it underlines from its first token on.
fn refused(view: &str) -> Vec<(String, String)> {
    let all = expanded(view);
    let is_error = |tree: &TokenTree| matches!(tree, TokenTree::Ident(ident) if ident == "compile_error");
    let mut found: Vec<(String, String)> = Vec::new();
    for (rank, _) in all.iter().enumerate().filter(|(_, tree)| is_error(tree)) {
        let sentence = all[rank..].iter().find_map(text).expect("an error has a sentence");
        found.push((sentence, from(view, all[rank].span())));
    }
    found
}

fn from(view: &str, span: Span) -> String {
    let start = span.start();
    let line = view.lines().nth(start.line - 1).unwrap_or_default();
    line.chars().skip(start.column).collect()
}

#[track_caller]
fn refuses(view: &str, sentence: &str, place: &str) {
    let all = refused(view);
    let met = all.iter().any(|(said, at)| said.contains(sentence) && at.starts_with(place));
    assert!(met, "{view}\nshould be refused at {place:?}: {sentence}\nbut: {all:#?}");
}

/// The template, with a `@` for each hole, and what the holes are.
fn compiled(view: &str) -> (String, String) {
    let all = expanded(view);
    assert_eq!(refused(view), [], "{view}");
    let template = all.iter().find_map(text).expect("a template").replace('\u{1}', "@");
    let kinds = ["child", "text", "attribute", "property", "on", "inner_html"];
    let holes: Vec<_> = all
        .windows(2)
        .filter(|pair| matches!(&pair[0], TokenTree::Punct(punct) if punct.as_char() == ':'))
        .map(|pair| pair[1].to_string())
        .filter(|word| kinds.contains(&word.as_str()))
        .collect();
    (template, holes.join(" "))
}

#[test]
fn each_value_has_the_kind_of_its_place() {
    let (template, holes) = compiled(
        r#"<p class="a" id=name hidden=move || gone.get() on:click=move |_| go()>"Bonjour "{who}"."<input prop:value=v required/></p>"#,
    );
    assert_eq!(template, r#"<p class="a" id@ hidden@ on:click@>Bonjour @.<input prop:value@ required></p>"#);
    assert_eq!(holes, "attribute attribute on child property");
}

#[test]
fn texts_are_escaped_and_fragments_leave_no_trace() {
    let (template, holes) = compiled(r#"<><b title="a\"b">"1 < 2 & 3"</b>{x}</>{y}<svg><path d="M0"/></svg>"#);
    assert_eq!(template, r#"<b title="a&quot;b">1 &lt; 2 &amp; 3</b>@@<svg><path d="M0"></path></svg>"#);
    assert_eq!(holes, "child child");
}

#[test]
fn what_looks_like_an_attribute_in_a_text_is_a_text() {
    let (template, holes) = compiled(r#"<p>"total ="{sum}" = {}"</p>"#);
    assert_eq!(template, "<p>total =@ = {}</p>");
    assert_eq!(holes, "child");
}

#[test]
fn markup_of_our_own_is_all_that_its_element_holds() {
    assert_eq!(compiled(r#"<g inner_html=bars class="x"/>"#), (r#"<g class="x">@</g>"#.into(), "inner_html".into()));
    refuses("<g inner_html=bars>{x}</g>", "all that an element holds", "g inner");
}

#[test]
fn a_textarea_takes_only_a_text_that_stays() {
    assert_eq!(compiled("<textarea>{typed}</textarea>"), ("<textarea>@</textarea>".into(), "text".into()));
    refuses("<textarea><b></b></textarea>", "holds text only", "b>");
}

#[test]
fn a_tag_left_open_or_closed_by_another_is_refused_where_it_stands() {
    refuses("<div><p>\"a\"</div>", "close tag", "");
    refuses("<div><p>\"a\"</div></p>", "wrong close tag", "</div>");
    refuses("<div>\"a\"", "no corresponding close tag", "<div>");
    refuses("\"a\"</div>", "close tag was parsed", "");
    refuses("<p><input></p>", "close tag", "");
    refuses("<br></br>", "holds nothing", "br>");
}

#[test]
fn a_child_where_an_attribute_stands_is_refused_where_it_stands() {
    refuses("<p {child}>\"a\"</p>", "an attribute has a name", "{child}");
    refuses("<p>class=\"a\"</p>", "a text is quoted", "class=");
    refuses("<p id>\"a\"</p><p on:click>\"b\"</p>", "its value is missing", "on:click");
}

#[test]
fn an_unknown_kind_of_hole_is_refused_where_it_stands() {
    refuses("<p bind:value=x>\"a\"</p>", "`bind:` is not known here", "bind:value");
    refuses("<p class:a=x>\"a\"</p>", "`class:` is not known here", "class:a");
    refuses("<p onclick=x>\"a\"</p>", "`on:click`", "onclick");
    refuses("<p style=\"color: red\">\"a\"</p>", "forbids styles", "style");
    refuses("<p id=a id=b>\"a\"</p>", "twice", "id=b");
}

#[test]
fn what_a_browser_would_move_is_refused_where_it_stands() {
    refuses("<p>\"a\"<div>\"b\"</div></p>", "closes `p` before `div`", "div>\"b");
    refuses("<p><span><ul></ul></span></p>", "closes `p` before `ul`", "ul>");
    refuses("<table><tr></tr></table>", "`table` holds no `tr`", "tr>");
    refuses("<table>\"a\"</table>", "holds no text", "\"a\"");
    refuses("<div><li>\"a\"</li></div>", "`li` stands only in ul, ol, menu", "li>");
    refuses("<a href=\"/\"><b><a href=\"/\">\"b\"</a></b></a>", "stands in another `a`", "a href=\"/\">\"b");
    refuses("<buton>\"a\"</buton>", "HTML has no `buton`", "buton>");
}

#[test]
fn comments_components_and_bare_words_are_refused_where_they_stand() {
    refuses("<p><!-- \"a\" --></p>", "one of Rust", "<!--");
    refuses("<p>Bonjour</p>", "a text is quoted", "Bonjour");
    refuses("<div><Router/></div>", "call it in braces", "Router");
    refuses("<script>\"a\"</script>", "HTML has no `script`", "script");
    refuses("<p>\"a\u{1}\"</p>", "control character", "\"a");
}

#[test]
fn what_can_be_read_is_compiled_beside_a_mistake() {
    let all = expanded("<p {child}>{known}</p>");
    assert!(all.iter().any(|tree| tree.to_string() == "known"));
}
