//! In the description of the interface, a measure is the text that travels.

use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Days, Euros, Hours, WorkDuration};

impl PartialSchema for Euros {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for Euros {}

impl PartialSchema for Hours {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for Hours {}

impl PartialSchema for WorkDuration {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for WorkDuration {}

impl PartialSchema for Days {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for Days {}
