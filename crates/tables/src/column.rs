//! What is said about a column.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field};
use whotalks_kql_values::KustoType;

/// One column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name, in the style of Microsoft's tables (`RemoteAddress`).
    pub name: &'static str,
    /// Its Arrow type.
    pub data_type: DataType,
    /// Its type in queries. A `dynamic` value lies as JSON text in hunting tables, as a list elsewhere.
    pub kusto: KustoType,
    /// Whether it may have no value; a missing value means "not stated", never zero.
    pub nullable: bool,
    /// What its numbers count.
    pub unit: Unit,
    /// Where its values come from.
    pub origin: Origin,
    /// What it says, as Markdown.
    pub doc: String,
    /// The words it may hold, where the list is closed; empty otherwise.
    pub words: &'static [&'static str],
    /// Whether people look for single values of it, so that files carry a Bloom filter on it.
    pub lookup: bool,
    /// Whether whotalks adds it to a table of someone else.
    pub added: bool,
}

/// What the numbers of a column count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Nothing: a text, a number of something, a flag.
    #[default]
    None,
    /// Bytes.
    Bytes,
    /// Packets.
    Packets,
    /// Nanoseconds.
    Nanoseconds,
    /// Seconds.
    Seconds,
}

/// Where the values of a column come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A source states it.
    Evidence,
    /// Reading assigns it: numbers, places, what was made of bytes.
    Reader,
    /// whotalks concludes it from several sources.
    Correlation,
}

impl Unit {
    /// The word in the metadata of a schema.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Bytes => "bytes",
            Self::Packets => "packets",
            Self::Nanoseconds => "nanoseconds",
            Self::Seconds => "seconds",
        }
    }
}

impl Origin {
    /// The word in the metadata of a schema.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Reader => "reader",
            Self::Correlation => "correlation",
        }
    }
}

impl Column {
    /// A column as its declaration begins; its type fills in the rest.
    pub(crate) fn declared(name: &'static str, doc: &str, origin: Origin) -> Self {
        let lines: Vec<&str> = doc.lines().map(str::trim).collect();
        Self {
            name,
            data_type: DataType::Null,
            kusto: KustoType::String,
            nullable: false,
            unit: Unit::None,
            origin,
            doc: lines.join(" "),
            words: &[],
            lookup: false,
            added: false,
        }
    }

    pub(crate) fn bytes(self) -> Self {
        self.counting(Unit::Bytes)
    }

    pub(crate) fn packets(self) -> Self {
        self.counting(Unit::Packets)
    }

    pub(crate) fn seconds(self) -> Self {
        self.counting(Unit::Seconds)
    }

    pub(crate) fn counting(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    pub(crate) fn lookup(self) -> Self {
        Self { lookup: true, ..self }
    }

    pub(crate) fn nanoseconds(self) -> Self {
        self.counting(Unit::Nanoseconds)
    }

    pub(crate) fn added(self) -> Self {
        Self { added: true, ..self }
    }

    /// Its field in an Arrow schema, with unit, origin and text as metadata.
    pub fn field(&self) -> Arc<Field> {
        let mut metadata = HashMap::from([
            ("doc".to_owned(), self.doc.clone()),
            ("origin".to_owned(), self.origin.word().to_owned()),
        ]);
        if self.unit != Unit::None {
            metadata.insert("unit".to_owned(), self.unit.word().to_owned());
        }
        Arc::new(Field::new(self.name, self.data_type.clone(), self.nullable).with_metadata(metadata))
    }
}
