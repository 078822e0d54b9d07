//! The JSON of the wire: reads what the server writes into the types of `api`, by their own `Deserialize`; what the page
//! sends is in [`mod@write`]. No request.
//!
//! `serde_json` reads whatever anybody writes and says precisely what is wrong with it: a struct from an array, a
//! number from a float, a message with its line. The page reads one server, and has one thing to say when it does not
//! understand. What it does not have to do was a tenth of its weight (docs/decisions/0008).
//!
//! No float: none travels (docs/decisions/0001).

use std::borrow::Cow;
use std::fmt;

use serde::de::value::U64Deserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

mod write;

pub use self::write::{Unwritable, write};

/// This text is not what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unreadable JSON")
    }
}

impl std::error::Error for Unreadable {}

impl Error for Unreadable {
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
/// [`Unreadable`], whatever is wrong.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    let mut reader = Reader { text, depth: 0 };
    let value = T::deserialize(&mut reader)?;
    match reader.next() {
        None => Ok(value),
        Some(_) => Err(Unreadable),
    }
}

struct Reader<'t> {
    /// What remains to be read.
    text: &'t str,
    depth: u8,
}

/// Deeper than anything the server writes.
const DEPTH: u8 = 32;

impl<'t> Reader<'t> {
    /// The next character that is not blank; not taken.
    fn next(&mut self) -> Option<u8> {
        self.text = self.text.trim_start_matches([' ', '\n', '\r', '\t']);
        self.text.bytes().next()
    }

    /// Takes this character if it is next.
    fn take(&mut self, expected: u8) -> bool {
        let found = self.next() == Some(expected);
        if found {
            self.text = &self.text[1..];
        }
        found
    }

    fn require(&mut self, expected: u8) -> Result<(), Unreadable> {
        if self.take(expected) { Ok(()) } else { Err(Unreadable) }
    }

    fn word(&mut self, word: &str) -> bool {
        self.next();
        let rest = self.text.strip_prefix(word);
        if let Some(rest) = rest {
            self.text = rest;
        }
        rest.is_some()
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Unreadable> {
        self.require(b'"')?;
        let end = self.text.find(['"', '\\']).ok_or(Unreadable)?;
        let (start, rest) = self.text.split_at(end);
        self.text = rest;
        if self.take(b'"') {
            return Ok(Cow::Borrowed(start));
        }
        let mut string = start.to_owned();
        loop {
            let mut characters = self.text.chars();
            let caractere = characters.next().ok_or(Unreadable)?;
            self.text = characters.as_str();
            match caractere {
                '"' => return Ok(Cow::Owned(string)),
                '\\' => string.push(self.escaped()?),
                other => string.push(other),
            }
        }
    }

    /// A name, as its place among those that a type knows; one that is none of them has none of their places.
    ///
    /// `Deserialize` takes either. Given the name itself, each type would bring code of its own to compare it with each.
    fn place(&mut self, names: &[&str]) -> Result<u64, Unreadable> {
        let name = self.string()?;
        Ok((0..).zip(names).find(|(_, known)| **known == name).map_or(u64::MAX, |(place, _)| place))
    }

    fn escaped(&mut self) -> Result<char, Unreadable> {
        let mut characters = self.text.chars();
        let caractere = characters.next().ok_or(Unreadable)?;
        self.text = characters.as_str();
        Ok(match caractere {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '"' | '\\' | '/' => caractere,
            'u' => {
                let top = self.unit()?;
                let scalar = match top {
                    0xd800..0xdc00 if self.word("\\u") => 0x1_0000 + ((top - 0xd800) << 10) + self.low_unit()?,
                    _ => top,
                };
                char::from_u32(scalar).ok_or(Unreadable)?
            }
            _ => return Err(Unreadable),
        })
    }

    fn unit(&mut self) -> Result<u32, Unreadable> {
        let digits = self.text.get(..4).filter(|c| c.bytes().all(|c| c.is_ascii_hexdigit())).ok_or(Unreadable)?;
        self.text = &self.text[4..];
        u32::from_str_radix(digits, 16).map_err(|_| Unreadable)
    }

    fn low_unit(&mut self) -> Result<u32, Unreadable> {
        match self.unit()? {
            low @ 0xdc00..0xe000 => Ok(low - 0xdc00),
            _ => Err(Unreadable),
        }
    }

    fn whole(&mut self) -> Result<i64, Unreadable> {
        self.next();
        let end = self.text.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(self.text.len());
        let (digits, rest) = self.text.split_at(end);
        self.text = rest;
        digits.parse().map_err(|_| Unreadable)
    }

    fn go_down(&mut self) -> Result<(), Unreadable> {
        self.depth += 1;
        if self.depth > DEPTH { Err(Unreadable) } else { Ok(()) }
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unreadable;

    /// Only for what is not kept: everything else says what it expects.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.next().ok_or(Unreadable)? {
            b'"' => self.deserialize_str(visitor),
            b'{' => self.deserialize_map(visitor),
            b'[' => self.deserialize_seq(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'n' => self.deserialize_option(visitor),
            _ => self.deserialize_i64(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match (self.word("true"), self.word("false")) {
            (true, _) => visitor.visit_bool(true),
            (_, true) => visitor.visit_bool(false),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_i64(self.whole()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_str(&self.string()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.word("null") { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.require(b'[')?;
        self.go_down()?;
        let value = visitor.visit_seq(Step { reader: &mut *self, start: true })?;
        self.depth -= 1;
        self.require(b']')?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.require(b'{')?;
        self.go_down()?;
        let value = visitor.visit_map(Step { reader: &mut *self, start: true })?;
        self.depth -= 1;
        self.require(b'}')?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.require(b'{')?;
        self.go_down()?;
        let value = visitor.visit_map(Fields { step: Step { reader: &mut *self, start: true }, names })?;
        self.depth -= 1;
        self.require(b'}')?;
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        if self.next() == Some(b'"') {
            let place = self.place(names)?;
            return visitor.visit_enum(Variant { place, reader: None });
        }
        self.require(b'{')?;
        self.go_down()?;
        let place = self.place(names)?;
        self.require(b':')?;
        let value = visitor.visit_enum(Variant { place, reader: Some(&mut *self) })?;
        self.depth -= 1;
        self.require(b'}')?;
        Ok(value)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u128 f32 f64 bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

/// What stands between brackets, or braces.
struct Step<'a, 't> {
    reader: &'a mut Reader<'t>,
    start: bool,
}

impl Step<'_, '_> {
    /// Whether there is one more.
    fn still(&mut self, end: u8) -> Result<bool, Unreadable> {
        if self.reader.next() == Some(end) {
            return Ok(false);
        }
        if !self.start {
            self.reader.require(b',')?;
        }
        self.start = false;
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Step<'_, 'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        if self.still(b']')? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Step<'_, 'de> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        if self.still(b'}')? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        self.reader.require(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// The fields of a struct.
struct Fields<'a, 't> {
    step: Step<'a, 't>,
    names: &'static [&'static str],
}

impl<'de> MapAccess<'de> for Fields<'_, 'de> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        if self.step.still(b'}')? { known(seed, self.step.reader.place(self.names)?).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        self.step.next_value_seed(seed)
    }
}

/// The field or the variant at this place.
fn known<'de, T: DeserializeSeed<'de>>(seed: T, place: u64) -> Result<T::Value, Unreadable> {
    seed.deserialize(U64Deserializer::new(place))
}

/// A variant, with what it holds, if anything.
struct Variant<'a, 't> {
    place: u64,
    reader: Option<&'a mut Reader<'t>>,
}

struct Content<'a, 't>(Option<&'a mut Reader<'t>>);

impl<'a, 'de> EnumAccess<'de> for Variant<'a, 'de> {
    type Error = Unreadable;
    type Variant = Content<'a, 'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self::Variant), Unreadable> {
        Ok((known(seed, self.place)?, Content(self.reader)))
    }
}

impl<'de> VariantAccess<'de> for Content<'_, 'de> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        if self.0.is_none() { Ok(()) } else { Err(Unreadable) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self.0.ok_or(Unreadable)?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.0.ok_or(Unreadable)?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.0.ok_or(Unreadable)?.deserialize_struct("", names, visitor)
    }
}

#[cfg(test)]
mod tests;
