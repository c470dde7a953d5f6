//! The tables of Defender as Microsoft Sentinel has them.

use whotalks_kql_values::KustoType;

use crate::TableDescription;

/// The product whose names and types a query expects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flavour {
    /// Defender XDR: `Timestamp`, and `AdditionalFields` as text.
    #[default]
    Xdr,
    /// Microsoft Sentinel: `TimeGenerated`, and `AdditionalFields` as `dynamic`.
    Sentinel,
}

/// What makes a table of one flavour from the rows as they are kept; an engine applies it while it reads.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The table as queries see it.
    pub description: TableDescription,
    /// For each of its columns the name of the column that is kept, and whether its JSON text is read as `dynamic`.
    pub columns: Vec<Reading>,
}

/// How one column of a view is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The column as queries name it.
    pub name: &'static str,
    /// The column as it is kept.
    pub kept_as: &'static str,
    /// Whether its text is JSON that queries see as `dynamic`, although it is kept under the type `string`.
    pub parses_json: bool,
}

impl Flavour {
    /// A table as this flavour has it. Only tables of Microsoft differ.
    pub fn view(self, kept: &TableDescription) -> View {
        let differs = self == Self::Sentinel && super::is_microsoft(kept.name);
        let mut description = kept.clone();
        let readings = description.columns.iter_mut().map(|column| {
            let kept_as = column.name;
            let parses_json = differs && kept_as == "AdditionalFields";
            if differs && kept_as == "Timestamp" {
                column.name = "TimeGenerated";
            }
            if parses_json {
                column.kusto = KustoType::Dynamic;
            }
            Reading {
                name: column.name,
                kept_as,
                parses_json,
            }
        });
        let columns = readings.collect();
        View { description, columns }
    }
}
