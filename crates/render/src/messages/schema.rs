//! The tables that hunting queries see.

use crate::messages::macros::messages;

messages! {
    /// The tables that hunting queries see.
    SchemaMessage {
        OfMicrosoft = "schema-of-microsoft",
        OfWhotalks = "schema-of-whotalks",
        Table = "schema-table",
        Columns = "schema-columns",
        Column = "schema-column",
        Type = "schema-type",
        Unit = "schema-unit",
        Says = "schema-says",
        Added = "schema-added",
        Bytes = "schema-bytes",
        Packets = "schema-packets",
        Nanoseconds = "schema-nanoseconds",
        Seconds = "schema-seconds",
    }
}
