//! `view!`, a subset of Leptos' own: reads markup and refuses what HTML, or the page, would not take.
//!
//! Nothing here runs in the page: what a template and its holes become is decided by `frontend/src/template/`.

mod nesting;

use nesting::Open;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use rstml::node::{
    KVAttributeValue, KeyedAttribute, KeyedAttributeValue, Node, NodeAttribute, NodeBlock, NodeElement, NodeName,
    NodeNameFragment,
};
use rstml::{Parser, ParserConfig};
use syn::spanned::Spanned;
use syn::{Error, Expr, Ident, Lit, Stmt};

/// Stands in the template for each hole, whatever its kind; texts never hold it.
const HOLE: char = '\u{1}';

/// Markup whose values stand where they are used, as in Leptos' `view!`; what differs is told in CONTRIBUTING.md.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(tokens.into()).into()
}

fn expand(tokens: TokenStream) -> TokenStream {
    let parser = Parser::new(ParserConfig::default().recover_block(true));
    let (nodes, unreadable) = parser.parse_recoverable(tokens).split_vec();
    let unreadable = unreadable.into_iter().map(|diagnostic| diagnostic.emit_as_expr_tokens());
    let mut view = View::default();
    view.nodes(&nodes, &mut Vec::new());
    let View { template, holes, refused } = view;
    let refused = refused.iter().map(Error::to_compile_error);
    // What can be read is compiled even beside a mistake, so that an editor still knows the rest.
    quote! {{
        #(#unreadable;)*
        #(#refused;)*
        ::frontend::template::view(#template, ::std::vec![#(#holes),*])
    }}
}

#[derive(Default)]
struct View {
    template: String,
    holes: Vec<TokenStream>,
    refused: Vec<Error>,
}

impl View {
    fn refused(&mut self, at: impl ToTokens, why: impl std::fmt::Display) {
        self.refused.push(Error::new_spanned(at, why));
    }

    fn hole(&mut self, hole: TokenStream) {
        self.template.push(HOLE);
        self.holes.push(hole);
    }

    fn nodes(&mut self, nodes: &[Node], open: &mut Vec<Open>) {
        for node in nodes {
            match node {
                Node::Element(element) => self.element(element, open),
                Node::Fragment(fragment) => self.nodes(&fragment.children, open),
                Node::Text(text) => {
                    let words = text.value_string();
                    if let Some(why) = nesting::refuses_text(open, &words) {
                        self.refused(text, why);
                    }
                    self.text(&words, text.span());
                }
                Node::Block(block) => {
                    let value = unbraced(block);
                    let kind = match open.last() {
                        Some(last) if nesting::holds_text_only(last) => quote_spanned!(value.span()=> text),
                        _ => quote_spanned!(value.span()=> child),
                    };
                    self.hole(quote!(::frontend::template::#kind(#value)));
                }
                Node::RawText(words) => self.refused(words, "a text is quoted: \"…\", and a value is braced: {…}"),
                Node::Comment(comment) => self.refused(comment, "a comment is one of Rust: nobody downloads it"),
                Node::Doctype(doctype) => self.refused(doctype, "a view is a part of a document"),
                Node::Custom(_) => {}
            }
        }
    }

    fn text(&mut self, text: &str, at: Span) {
        if text.contains(HOLE) {
            self.refused.push(Error::new(at, "this control character stands for a hole"));
        }
        for letter in text.chars() {
            match letter {
                '&' => self.template.push_str("&amp;"),
                '<' => self.template.push_str("&lt;"),
                '>' => self.template.push_str("&gt;"),
                '"' => self.template.push_str("&quot;"),
                other => self.template.push(other),
            }
        }
    }

    fn element(&mut self, element: &NodeElement<rstml::Infallible>, open: &mut Vec<Open>) {
        let tag = element.open_tag.name.to_string();
        if tag.starts_with(|letter: char| letter.is_uppercase()) || tag.contains("::") {
            return self.refused(&element.open_tag.name, "a component is a function: call it in braces");
        }
        if !nesting::is_known(&tag) {
            self.refused(&element.open_tag.name, format!("HTML has no `{tag}`, or no screen needs it"));
        }
        if let Some(why) = nesting::refuses(open, &tag) {
            self.refused(&element.open_tag.name, why);
        }
        self.template.push('<');
        self.template.push_str(&tag);
        let html = self.attributes(element.attributes());
        self.template.push('>');
        let is_void = nesting::is_void(&tag);
        if is_void {
            if element.close_tag.is_some() {
                self.refused(&element.open_tag.name, format!("`{tag}` holds nothing: <{tag} …/>"));
            }
            return;
        }
        if let Some(html) = html {
            if !element.children.is_empty() {
                self.refused(&element.open_tag.name, "`inner_html` is all that an element holds");
            }
            self.hole(html);
        }
        open.push(tag.clone());
        self.nodes(&element.children, open);
        open.pop();
        self.template.push_str("</");
        self.template.push_str(&tag);
        self.template.push('>');
    }

    /// Writes the attributes, and hands back what stands inside the element when one of them is `inner_html`.
    fn attributes(&mut self, attributes: &[NodeAttribute]) -> Option<TokenStream> {
        let mut html = None;
        let mut names: Vec<String> = Vec::new();
        for attribute in attributes {
            let attribute = match attribute {
                NodeAttribute::Attribute(attribute) => attribute,
                NodeAttribute::Block(block) => {
                    self.refused(block, "a child stands between tags; an attribute has a name: name={…}");
                    continue;
                }
            };
            let name = attribute.key.to_string();
            if names.contains(&name) {
                self.refused(&attribute.key, format!("`{name}` stands here twice, and the second would be lost"));
            }
            if name == "inner_html" {
                html = self.value(attribute).map(|value| quote!(::frontend::template::inner_html(#value)));
            } else {
                self.attribute(&name, attribute);
            }
            names.push(name);
        }
        html
    }

    fn attribute(&mut self, name: &str, attribute: &KeyedAttribute) {
        let hole = match name.split_once(':') {
            Some(("on", _)) => {
                let Some(event) = event(&attribute.key) else {
                    return self.refused(&attribute.key, "the name of an event is one word");
                };
                self.value(attribute).map(|value| {
                    let on = quote_spanned!(value.span()=> on);
                    quote!(::frontend::template::#on(::frontend::template::ev::#event, #value))
                })
            }
            Some(("prop", _)) => self.value(attribute).map(|value| {
                let property = quote_spanned!(value.span()=> property);
                quote!(::frontend::template::#property(#value))
            }),
            Some((kind, _)) => {
                let why =
                    "is not known here: `on:` hears an event, `prop:` sets a property, and `class` is one attribute";
                return self.refused(&attribute.key, format!("`{kind}:` {why}"));
            }
            None if name == "style" => {
                return self
                    .refused(&attribute.key, "the policy of the page forbids styles in markup: give it a class");
            }
            None if name.starts_with("on") => {
                return self.refused(&attribute.key, format!("an event is heard by `on:{}`", &name[2..]));
            }
            None => match literal(attribute) {
                Some((text, at)) => {
                    self.template.push(' ');
                    self.template.push_str(name);
                    if let Some(text) = text {
                        self.template.push_str("=\"");
                        self.text(&text, at);
                        self.template.push('"');
                    }
                    return;
                }
                None => self.value(attribute).map(|value| {
                    let kind = quote_spanned!(value.span()=> attribute);
                    quote!(::frontend::template::#kind(#value))
                }),
            },
        };
        if let Some(hole) = hole {
            self.template.push(' ');
            self.template.push_str(name);
            self.hole(hole);
        }
    }

    /// The expression behind the name of an attribute, which must have one.
    fn value(&mut self, attribute: &KeyedAttribute) -> Option<TokenStream> {
        match &attribute.possible_value {
            KeyedAttributeValue::Value(value) => Some(match &value.value {
                KVAttributeValue::Expr(Expr::Block(block)) if block.label.is_none() => {
                    unbraced(&NodeBlock::ValidBlock(block.block.clone()))
                }
                KVAttributeValue::Expr(value) => value.to_token_stream(),
                KVAttributeValue::InvalidBraced(value) => value.to_token_stream(),
            }),
            KeyedAttributeValue::None | KeyedAttributeValue::Binding(_) => {
                self.refused(&attribute.key, "its value is missing: name={…}");
                None
            }
        }
    }
}

/// A block without braces that say nothing: rustc would call them unused.
fn unbraced(block: &NodeBlock) -> TokenStream {
    match block.try_block().map(|block| block.stmts.as_slice()) {
        Some([Stmt::Expr(value, None)]) => value.to_token_stream(),
        _ => block.to_token_stream(),
    }
}

/// The text of an attribute when it is known already; no text when the attribute is a word alone.
fn literal(attribute: &KeyedAttribute) -> Option<(Option<String>, Span)> {
    match &attribute.possible_value {
        KeyedAttributeValue::None => Some((None, attribute.key.span())),
        KeyedAttributeValue::Value(value) => match &value.value {
            KVAttributeValue::Expr(Expr::Lit(literal)) => match &literal.lit {
                Lit::Str(text) => Some((Some(text.value()), text.span())),
                Lit::Int(number) => Some((Some(number.base10_digits().to_owned()), number.span())),
                _ => None,
            },
            _ => None,
        },
        KeyedAttributeValue::Binding(_) => None,
    }
}

/// The word behind `on:`.
fn event(key: &NodeName) -> Option<&Ident> {
    let NodeName::Punctuated(fragments) = key else { return None };
    let mut fragments = fragments.iter().skip(1);
    match (fragments.next(), fragments.next()) {
        (Some(NodeNameFragment::Ident(event)), None) => Some(event),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
