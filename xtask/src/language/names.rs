//! The names that a source file gives: items, fields, variants, parameters, `let`. What it only uses is another's to name.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// A name, and the line that gives it.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) line: usize,
}

/// Every name that this file gives.
pub(super) fn defined(source: &str) -> syn::Result<Vec<Name>> {
    let mut names = Names(Vec::new());
    names.visit_file(&syn::parse_file(source)?);
    Ok(names.0)
}

/// The words of `snake_case`, `CamelCase` and `UPPER_CASE`, in lower case: « NirInvalide » is « nir » and « invalide ».
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let letters: Vec<char> = super::dictionary::fold(name).chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let (before, after) = (index.checked_sub(1).map(|index| letters[index]), letters.get(index + 1));
        // A capital opens a word after a small letter, and before one: « HTTPServer » is « http » and « server ».
        let opens = letter.is_uppercase()
            && (before.is_some_and(char::is_lowercase) || after.is_some_and(|after| after.is_lowercase()));
        if !letter.is_alphabetic() || opens {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphabetic()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

struct Names(Vec<Name>);

impl Names {
    fn give(&mut self, ident: &Ident) {
        let text = ident.to_string();
        self.0.push(Name { text: text.trim_start_matches("r#").to_owned(), line: ident.span().start().line });
    }

    /// A macro is not parsed: what follows a word that defines is a name all the same.
    fn tokens(&mut self, tokens: TokenStream) {
        const DEFINES: [&str; 10] = ["const", "enum", "fn", "for", "let", "mod", "mut", "static", "struct", "type"];
        let mut after = false;
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(ident) => {
                    let defines = DEFINES.iter().any(|word| ident == word);
                    if after && !defines {
                        self.give(&ident);
                    }
                    after = defines;
                    continue;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            after = false;
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_signature(&mut self, node: &'ast syn::Signature) {
        self.give(&node.ident);
        visit::visit_signature(self, node);
    }

    fn visit_item_struct(&mut self, node: &'ast syn::ItemStruct) {
        self.give(&node.ident);
        visit::visit_item_struct(self, node);
    }

    fn visit_item_enum(&mut self, node: &'ast syn::ItemEnum) {
        self.give(&node.ident);
        visit::visit_item_enum(self, node);
    }

    fn visit_item_union(&mut self, node: &'ast syn::ItemUnion) {
        self.give(&node.ident);
        visit::visit_item_union(self, node);
    }

    fn visit_item_trait(&mut self, node: &'ast syn::ItemTrait) {
        self.give(&node.ident);
        visit::visit_item_trait(self, node);
    }

    fn visit_item_type(&mut self, node: &'ast syn::ItemType) {
        self.give(&node.ident);
        visit::visit_item_type(self, node);
    }

    fn visit_item_const(&mut self, node: &'ast syn::ItemConst) {
        self.give(&node.ident);
        visit::visit_item_const(self, node);
    }

    fn visit_item_static(&mut self, node: &'ast syn::ItemStatic) {
        self.give(&node.ident);
        visit::visit_item_static(self, node);
    }

    fn visit_item_mod(&mut self, node: &'ast syn::ItemMod) {
        self.give(&node.ident);
        visit::visit_item_mod(self, node);
    }

    fn visit_item_macro(&mut self, node: &'ast syn::ItemMacro) {
        if let Some(ident) = &node.ident {
            self.give(ident);
        }
        visit::visit_item_macro(self, node);
    }

    fn visit_use_rename(&mut self, node: &'ast syn::UseRename) {
        self.give(&node.rename);
    }

    fn visit_field(&mut self, node: &'ast syn::Field) {
        if let Some(ident) = &node.ident {
            self.give(ident);
        }
        visit::visit_field(self, node);
    }

    fn visit_variant(&mut self, node: &'ast syn::Variant) {
        self.give(&node.ident);
        visit::visit_variant(self, node);
    }

    fn visit_impl_item_const(&mut self, node: &'ast syn::ImplItemConst) {
        self.give(&node.ident);
        visit::visit_impl_item_const(self, node);
    }

    fn visit_trait_item_const(&mut self, node: &'ast syn::TraitItemConst) {
        self.give(&node.ident);
        visit::visit_trait_item_const(self, node);
    }

    fn visit_trait_item_type(&mut self, node: &'ast syn::TraitItemType) {
        self.give(&node.ident);
        visit::visit_trait_item_type(self, node);
    }

    fn visit_type_param(&mut self, node: &'ast syn::TypeParam) {
        self.give(&node.ident);
        visit::visit_type_param(self, node);
    }

    fn visit_const_param(&mut self, node: &'ast syn::ConstParam) {
        self.give(&node.ident);
        visit::visit_const_param(self, node);
    }

    fn visit_lifetime_param(&mut self, node: &'ast syn::LifetimeParam) {
        self.give(&node.lifetime.ident);
    }

    fn visit_label(&mut self, node: &'ast syn::Label) {
        self.give(&node.name.ident);
    }

    /// A capital in a pattern is a constant or a variant: used, not given.
    fn visit_pat_ident(&mut self, node: &'ast syn::PatIdent) {
        if !node.ident.to_string().starts_with(char::is_uppercase) {
            self.give(&node.ident);
        }
        visit::visit_pat_ident(self, node);
    }

    fn visit_macro(&mut self, node: &'ast syn::Macro) {
        self.tokens(node.tokens.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_into_its_words() {
        assert_eq!(words("NirInvalide"), ["nir", "invalide"]);
        assert_eq!(words("HTTPServer"), ["http", "server"]);
        assert_eq!(words("PREMIER_CPF_2"), ["premier", "cpf"]);
        assert_eq!(words("relevé"), ["releve"]);
        assert_eq!(words("_x"), ["x"]);
    }

    #[test]
    fn every_kind_of_name_is_seen() {
        let source = "
            mod a {} use b::c as d; struct E<F> { g: u8 } enum H { I { j: u8 }, K(u8) } trait L { const M: u8; type N; }
            const O: u8 = 0; static P: u8 = 0; type Q = u8;
            fn r<'s>(t: u8, (u, v): (u8, u8)) { let w = |x| x; 'y: loop { break 'y; } }
            impl E<u8> { const Z: u8 = 0; fn aa(self) { if let Some(ab) = self.ac() {} for ad in 0..1 {} } }
            macro_rules! ae { () => {}; } proptest! { #[test] fn af(ag in 0..1) { let mut ah = 1; } }";
        let mut given: Vec<_> = defined(source).expect("Rust").into_iter().map(|name| name.text).collect();
        given.retain(|name| name != "self");
        let all = "a d E F g H I j K L M N O P Q r s t u v w x y Z aa ab ad ae af ah";
        assert_eq!(given, all.split(' ').collect::<Vec<_>>());
    }
}
