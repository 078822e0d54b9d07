//! Writes the JSON of the bodies that the page sends: objects of texts and boxes, by their own `Serialize`.
//!
//! Nothing else: a body that holds another kind of value is not written, and its test says so before a person does.
//! The writer of `serde_json` knows them all, and was a second library of JSON in the page (docs/decisions/0008).

use std::fmt;

use serde::Serialize;
use serde::ser::{Error, Impossible, SerializeStruct, Serializer};

/// This value is not one that the page sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unwritable JSON")
    }
}

impl std::error::Error for Unwritable {}

impl Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// The text of this body.
///
/// # Errors
/// [`Unwritable`], whatever it holds that is neither text nor box.
pub fn write(body: &(impl Serialize + ?Sized)) -> Result<String, Unwritable> {
    let mut text = String::new();
    body.serialize(Writer(&mut text))?;
    Ok(text)
}

fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\0'..' ' => {
                out.push_str("\\u00");
                let digit = |n: u32| char::from_digit(u32::from(c) >> n & 15, 16).unwrap_or('0');
                out.extend([digit(4), digit(0)]);
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

struct Writer<'a>(&'a mut String);

type No = Impossible<(), Unwritable>;

macro_rules! unwritable {
    ($($method:ident($($argument:ty),*) $ok:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$ok, Unwritable> {
            Err(Unwritable)
        })*
    };
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = No;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = No;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = No;

    fn serialize_bool(self, ticked: bool) -> Result<(), Unwritable> {
        self.0.push_str(if ticked { "true" } else { "false" });
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), Unwritable> {
        push_quoted(self.0, text);
        Ok(())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'a>, Unwritable> {
        Ok(Object { out: self.0, before: '{' })
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Unwritable> {
        Err(Unwritable)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<(), Unwritable> {
        Err(Unwritable)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unwritable> {
        Err(Unwritable)
    }

    unwritable! {
        serialize_i8(i8) ();
        serialize_i16(i16) ();
        serialize_i32(i32) ();
        serialize_i64(i64) ();
        serialize_u8(u8) ();
        serialize_u16(u16) ();
        serialize_u32(u32) ();
        serialize_u64(u64) ();
        serialize_f32(f32) ();
        serialize_f64(f64) ();
        serialize_char(char) ();
        serialize_bytes(&[u8]) ();
        serialize_none() ();
        serialize_unit() ();
        serialize_unit_struct(&'static str) ();
        serialize_unit_variant(&'static str, u32, &'static str) ();
        serialize_seq(Option<usize>) No;
        serialize_tuple(usize) No;
        serialize_tuple_struct(&'static str, usize) No;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) No;
        serialize_map(Option<usize>) No;
        serialize_struct_variant(&'static str, u32, &'static str, usize) No;
    }
}

/// The fields of a body, one after the other.
struct Object<'a> {
    out: &'a mut String,
    before: char,
}

impl SerializeStruct for Object<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
        self.out.push(std::mem::replace(&mut self.before, ','));
        push_quoted(self.out, name);
        self.out.push(':');
        value.serialize(Writer(&mut *self.out))
    }

    fn end(self) -> Result<(), Unwritable> {
        // A body without fields is none.
        if self.before == '{' {
            return Err(Unwritable);
        }
        self.out.push('}');
        Ok(())
    }
}
