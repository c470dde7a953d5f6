//! Table `Endpoints`.

use whotalks_record::Text;

use crate::cell::Json;
use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// Known endpoints, what they are for and how to turn off what talks to them: the catalogue of whotalks.
    pub struct Endpoints without a time;
    /// One known endpoint.
    pub struct EndpointRow {
        /// The host name, with `*` for labels in front.
        pub pattern as Pattern: Text [Reader lookup],
        /// The path of the request, where it matters.
        pub path as Path: Text [Reader lookup],
        /// The feature that talks to it.
        pub feature as Feature: Text [Reader],
        /// Whose endpoint it is.
        pub owner as Owner: Text [Reader],
        /// The product that talks to it.
        pub product as Product: Text [Reader],
        /// What it is for, in English.
        pub purpose as Purpose: Text [Reader],
        /// What it is for, in Japanese.
        pub purpose_japanese as PurposeJapanese: Text [Reader],
        /// What stops working without it, in English.
        pub breaks as Breaks: Text [Reader],
        /// The ways to turn it off, as an array of identifiers of the catalogue.
        pub turn_offs as TurnOffs: Json [Reader],
        /// The programs that are expected to call it, as an array.
        pub processes as Processes: Json [Reader],
        /// The services that are expected to call it, as an array.
        pub services as Services: Json [Reader],
        /// Whether anyone can publish content there.
        pub anyone_can_publish as AnyoneCanPublish: bool [Reader],
        /// The publication that says so.
        pub source as Source: Text [Reader],
    }
}
