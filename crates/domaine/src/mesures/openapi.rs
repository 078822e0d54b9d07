//! In the description of the interface, a measure is the text that travels: what it is made of, as its own `Display`
//! writes it.

use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Day, Days, Euros, Hours, HoursVariation, WorkDuration, Year};

/// A text, with an example that the type itself writes.
fn text(example: &impl ToString) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).examples([example.to_string()])
}

/// A text of that form.
pub(crate) fn measured(example: &impl ToString, pattern: &str) -> RefOr<Schema> {
    text(example).pattern(Some(pattern)).into()
}

macro_rules! travels {
    ($($type:ty: $example:expr, $pattern:literal;)*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                measured(&$example, $pattern)
            }
        }

        impl ToSchema for $type {}
    )*};
}

travels! {
    Euros: Self::whole(1_310), r"^-?[0-9]+\.[0-9]{2}$";
    Hours: Self::new(87), "^[0-9]+$";
    HoursVariation: Self::new(-54), "^-?[0-9]+$";
    WorkDuration: Self::from_hundredths(160_700), r"^[0-9]+\.[0-9]{2}$";
    Days: Self::whole(218), r"^[0-9]+\.[0-9]{2}$";
    Year: Self::FIRST, "^(19|20|21)[0-9]{2}$";
}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        text(&Self::date(2026, 11, 23)).format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))).into()
    }
}

impl ToSchema for Day {}
