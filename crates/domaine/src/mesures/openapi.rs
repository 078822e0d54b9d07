//! In the description of the interface, a measure is the text that travels.

use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{DureeTravaillee, Euros, Heures, Jours};

impl PartialSchema for Euros {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for Euros {}

impl PartialSchema for Heures {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for Heures {}

impl PartialSchema for DureeTravaillee {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for DureeTravaillee {}

impl PartialSchema for Jours {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for Jours {}
