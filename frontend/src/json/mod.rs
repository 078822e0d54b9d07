//! Reads the JSON that the server writes, into the types of `api`, by their own `Deserialize`.
//!
//! `serde_json` reads whatever anybody writes and says precisely what is wrong with it: a struct from an array, a
//! number from a float, a message with its line. The page reads one server, and has one thing to say when it does not
//! understand. What it does not have to do was a tenth of its weight (docs/decisions/0008).
//!
//! No float: none travels (docs/decisions/0001).

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// This text is not what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Illisible;

impl fmt::Display for Illisible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unreadable JSON")
    }
}

impl std::error::Error for Illisible {}

impl Error for Illisible {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// The value that this text holds.
///
/// # Errors
/// [`Illisible`], whatever is wrong.
pub fn lire<T: DeserializeOwned>(texte: &str) -> Result<T, Illisible> {
    let mut lecteur = Lecteur { texte, profondeur: 0 };
    let valeur = T::deserialize(&mut lecteur)?;
    match lecteur.suivant() {
        None => Ok(valeur),
        Some(_) => Err(Illisible),
    }
}

struct Lecteur<'t> {
    /// What remains to be read.
    texte: &'t str,
    profondeur: u8,
}

/// Deeper than anything the server writes.
const PROFONDEUR: u8 = 32;

impl<'t> Lecteur<'t> {
    /// The next character that is not blank; not taken.
    fn suivant(&mut self) -> Option<u8> {
        self.texte = self.texte.trim_start_matches([' ', '\n', '\r', '\t']);
        self.texte.bytes().next()
    }

    /// Takes this character if it is next.
    fn prendre(&mut self, attendu: u8) -> bool {
        let trouve = self.suivant() == Some(attendu);
        if trouve {
            self.texte = &self.texte[1..];
        }
        trouve
    }

    fn exiger(&mut self, attendu: u8) -> Result<(), Illisible> {
        if self.prendre(attendu) { Ok(()) } else { Err(Illisible) }
    }

    fn mot(&mut self, mot: &str) -> bool {
        self.suivant();
        let reste = self.texte.strip_prefix(mot);
        if let Some(reste) = reste {
            self.texte = reste;
        }
        reste.is_some()
    }

    fn chaine(&mut self) -> Result<Cow<'t, str>, Illisible> {
        self.exiger(b'"')?;
        let fin = self.texte.find(['"', '\\']).ok_or(Illisible)?;
        let (debut, reste) = self.texte.split_at(fin);
        self.texte = reste;
        if self.prendre(b'"') {
            return Ok(Cow::Borrowed(debut));
        }
        let mut chaine = debut.to_owned();
        loop {
            let mut caracteres = self.texte.chars();
            let caractere = caracteres.next().ok_or(Illisible)?;
            self.texte = caracteres.as_str();
            match caractere {
                '"' => return Ok(Cow::Owned(chaine)),
                '\\' => chaine.push(self.echappe()?),
                autre => chaine.push(autre),
            }
        }
    }

    fn echappe(&mut self) -> Result<char, Illisible> {
        let mut caracteres = self.texte.chars();
        let caractere = caracteres.next().ok_or(Illisible)?;
        self.texte = caracteres.as_str();
        Ok(match caractere {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '"' | '\\' | '/' => caractere,
            'u' => {
                let haut = self.unite()?;
                let scalaire = match haut {
                    0xd800..0xdc00 if self.mot("\\u") => 0x1_0000 + ((haut - 0xd800) << 10) + self.unite_basse()?,
                    _ => haut,
                };
                char::from_u32(scalaire).ok_or(Illisible)?
            }
            _ => return Err(Illisible),
        })
    }

    fn unite(&mut self) -> Result<u32, Illisible> {
        let chiffres = self.texte.get(..4).filter(|c| c.bytes().all(|c| c.is_ascii_hexdigit())).ok_or(Illisible)?;
        self.texte = &self.texte[4..];
        u32::from_str_radix(chiffres, 16).map_err(|_| Illisible)
    }

    fn unite_basse(&mut self) -> Result<u32, Illisible> {
        match self.unite()? {
            basse @ 0xdc00..0xe000 => Ok(basse - 0xdc00),
            _ => Err(Illisible),
        }
    }

    fn entier(&mut self) -> Result<i64, Illisible> {
        self.suivant();
        let fin = self.texte.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(self.texte.len());
        let (chiffres, reste) = self.texte.split_at(fin);
        self.texte = reste;
        chiffres.parse().map_err(|_| Illisible)
    }

    fn descendre(&mut self) -> Result<(), Illisible> {
        self.profondeur += 1;
        if self.profondeur > PROFONDEUR { Err(Illisible) } else { Ok(()) }
    }
}

impl<'de> Deserializer<'de> for &mut Lecteur<'de> {
    type Error = Illisible;

    /// Only for what is not kept: everything else says what it expects.
    fn deserialize_any<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        match self.suivant().ok_or(Illisible)? {
            b'"' => self.deserialize_str(visiteur),
            b'{' => self.deserialize_map(visiteur),
            b'[' => self.deserialize_seq(visiteur),
            b't' | b'f' => self.deserialize_bool(visiteur),
            b'n' => self.deserialize_option(visiteur),
            _ => self.deserialize_i64(visiteur),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        match (self.mot("true"), self.mot("false")) {
            (true, _) => visiteur.visit_bool(true),
            (_, true) => visiteur.visit_bool(false),
            _ => Err(Illisible),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        visiteur.visit_i64(self.entier()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        visiteur.visit_str(&self.chaine()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        if self.mot("null") { visiteur.visit_none() } else { visiteur.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visiteur: V) -> Result<V::Value, Illisible> {
        visiteur.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        self.exiger(b'[')?;
        self.descendre()?;
        let valeur = visiteur.visit_seq(Suite { lecteur: &mut *self, debut: true })?;
        self.profondeur -= 1;
        self.exiger(b']')?;
        Ok(valeur)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visiteur: V) -> Result<V::Value, Illisible> {
        self.deserialize_seq(visiteur)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        self.exiger(b'{')?;
        self.descendre()?;
        let valeur = visiteur.visit_map(Suite { lecteur: &mut *self, debut: true })?;
        self.profondeur -= 1;
        self.exiger(b'}')?;
        Ok(valeur)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visiteur: V,
    ) -> Result<V::Value, Illisible> {
        self.deserialize_map(visiteur)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visiteur: V,
    ) -> Result<V::Value, Illisible> {
        if self.suivant() == Some(b'"') {
            let nom = self.chaine()?;
            return visiteur.visit_enum(Variante { nom, lecteur: None });
        }
        self.exiger(b'{')?;
        self.descendre()?;
        let nom = self.chaine()?;
        self.exiger(b':')?;
        let valeur = visiteur.visit_enum(Variante { nom, lecteur: Some(&mut *self) })?;
        self.profondeur -= 1;
        self.exiger(b'}')?;
        Ok(valeur)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        self.deserialize_str(visiteur)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        self.deserialize_str(visiteur)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        self.deserialize_str(visiteur)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        self.deserialize_i64(visiteur)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        self.deserialize_i64(visiteur)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        self.deserialize_i64(visiteur)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visiteur: V) -> Result<V::Value, Illisible> {
        self.deserialize_i64(visiteur)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u128 f32 f64 bytes byte_buf unit unit_struct tuple_struct ignored_any
    }
}

/// What stands between brackets, or braces.
struct Suite<'a, 't> {
    lecteur: &'a mut Lecteur<'t>,
    debut: bool,
}

impl Suite<'_, '_> {
    /// Whether there is one more.
    fn encore(&mut self, fin: u8) -> Result<bool, Illisible> {
        if self.lecteur.suivant() == Some(fin) {
            return Ok(false);
        }
        if !self.debut {
            self.lecteur.exiger(b',')?;
        }
        self.debut = false;
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Suite<'_, 'de> {
    type Error = Illisible;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, graine: T) -> Result<Option<T::Value>, Illisible> {
        if self.encore(b']')? { graine.deserialize(&mut *self.lecteur).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Suite<'_, 'de> {
    type Error = Illisible;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, graine: K) -> Result<Option<K::Value>, Illisible> {
        if self.encore(b'}')? { graine.deserialize(&mut *self.lecteur).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, graine: V) -> Result<V::Value, Illisible> {
        self.lecteur.exiger(b':')?;
        graine.deserialize(&mut *self.lecteur)
    }
}

/// A variant, with what it holds, if anything.
struct Variante<'a, 't> {
    nom: Cow<'t, str>,
    lecteur: Option<&'a mut Lecteur<'t>>,
}

struct Contenu<'a, 't>(Option<&'a mut Lecteur<'t>>);

impl<'a, 'de> EnumAccess<'de> for Variante<'a, 'de> {
    type Error = Illisible;
    type Variant = Contenu<'a, 'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, graine: V) -> Result<(V::Value, Self::Variant), Illisible> {
        let nom: serde::de::value::StrDeserializer<'_, Illisible> = self.nom.as_ref().into_deserializer();
        Ok((graine.deserialize(nom)?, Contenu(self.lecteur)))
    }
}

impl<'de> VariantAccess<'de> for Contenu<'_, 'de> {
    type Error = Illisible;

    fn unit_variant(self) -> Result<(), Illisible> {
        if self.0.is_none() { Ok(()) } else { Err(Illisible) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, graine: T) -> Result<T::Value, Illisible> {
        graine.deserialize(self.0.ok_or(Illisible)?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visiteur: V) -> Result<V::Value, Illisible> {
        self.0.ok_or(Illisible)?.deserialize_seq(visiteur)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visiteur: V) -> Result<V::Value, Illisible> {
        self.0.ok_or(Illisible)?.deserialize_map(visiteur)
    }
}

#[cfg(test)]
mod tests;
