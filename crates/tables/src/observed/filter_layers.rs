//! Table `FilterLayers`.

use whotalks_record::{FilterLayer, Span, Text};

use crate::declare::{columns, table};

table! {
    /// Layers of the Windows Filtering Platform: run-time identifiers beside lasting keys, as `wfpstate.xml` lists them.
    pub struct FilterLayers(Observed);
    FilterLayer as layer {
        /// The `layer` element.
        Item: Span [Reader] = layer.span;
        /// The number of the snapshot within its evidence, from 0.
        Snapshot: u32 [Reader] = layer.snapshot;
        /// The run-time identifier.
        LayerId: u16 [Evidence] = layer.id;
        /// The lasting key: a symbolic name or a GUID.
        Key: Text [Evidence] = layer.key;
        /// The display name, in the language of that Windows.
        Name: Option<Text> [Evidence] = layer.name;
    } => FilterLayer {
        span: Item,
        snapshot: Snapshot,
        id: LayerId,
        key: Key,
        name: Name,
    }
}
