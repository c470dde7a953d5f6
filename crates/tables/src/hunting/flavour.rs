//! The tables of Defender as Microsoft Sentinel has them.
//!
//! Source: the reference of Azure Monitor, one page for each table (`learn.microsoft.com/azure/azure-monitor/reference/tables/…`).

use whotalks_kql_values::KustoType;

use crate::TableDescription;
use crate::column::{Column, Origin};

/// The product whose names and types a query expects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flavour {
    /// Defender XDR: `Timestamp`, and details as texts.
    #[default]
    Xdr,
    /// Microsoft Sentinel: `TimeGenerated`, details as `dynamic`, and the columns that a workspace adds to every table.
    Sentinel,
}

/// What makes a table of one flavour from the rows as they are kept; an engine applies it while it reads.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The table as queries see it: the columns that are kept, in their order, and behind them those that are not.
    pub description: TableDescription,
    /// For each of its columns where its values come from.
    pub columns: Vec<Reading>,
}

/// How one column of a view is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The column as queries name it.
    pub name: &'static str,
    /// Where its values come from.
    pub kept: Kept,
    /// Whether its text is JSON that queries see as `dynamic`, although it is kept under the type `string`.
    pub parses_json: bool,
}

/// Where the values of a column of a view come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A column that is kept, by its name there.
    As(&'static str),
    /// Nowhere: it is the name of the table in every row.
    NameOfTable,
    /// Nowhere: it says something that no case knows.
    Nowhere,
}

/// The columns that hold JSON as text in Defender, and are `dynamic` in Sentinel.
const DYNAMIC_IN_SENTINEL: [&str; 6] = [
    "AdditionalFields",
    "ConnectedNetworks",
    "DefaultGateways",
    "DnsAddresses",
    "IPAddresses",
    "LoggedOnUsers",
];

impl Flavour {
    /// A table as this flavour has it. Only tables of Microsoft differ.
    pub fn view(self, kept: &TableDescription) -> View {
        let differs = self == Self::Sentinel && super::is_microsoft(kept.name);
        let mut description = kept.clone();
        let readings = description.columns.iter_mut().map(|column| {
            let kept_as = column.name;
            let parses_json = differs && DYNAMIC_IN_SENTINEL.contains(&kept_as);
            if differs && kept_as == "Timestamp" {
                column.name = "TimeGenerated";
            }
            if parses_json {
                column.kusto = KustoType::Dynamic;
            }
            Reading {
                name: column.name,
                kept: Kept::As(kept_as),
                parses_json,
            }
        });
        let mut columns: Vec<Reading> = readings.collect();
        if differs {
            for (column, kept) in of_workspace(kept) {
                columns.push(Reading {
                    name: column.name,
                    kept,
                    parses_json: false,
                });
                description.columns.push(column);
            }
        }
        View { description, columns }
    }
}

/// What a workspace of Sentinel adds to a table. `Timestamp` stays as another name of the time: published queries use both.
fn of_workspace(table: &TableDescription) -> Vec<(Column, Kept)> {
    let known = |name: &str| table.columns.iter().find(|column| column.name == name);
    let mut added = Vec::new();
    if let Some(time) = known("Timestamp") {
        added.push((time.clone(), Kept::As("Timestamp")));
    }
    if table.name.starts_with("Device") && known("MachineGroup").is_none() {
        let says = "The group of the device. Empty: only Microsoft's service knows it.";
        added.push((column("MachineGroup", KustoType::String, says), Kept::Nowhere));
    }
    let text = |name, says| column(name, KustoType::String, says);
    added.push((
        text("TenantId", "The workspace. Empty: a case has none."),
        Kept::Nowhere,
    ));
    added.push((text("Type", "The name of the table."), Kept::NameOfTable));
    added.push((
        text("SourceSystem", "The kind of agent. Empty: no evidence states it."),
        Kept::Nowhere,
    ));
    added.push((
        column(
            "_IsBillable",
            KustoType::Bool,
            "Whether the row is billed. Empty: a case bills nothing.",
        ),
        Kept::Nowhere,
    ));
    added.push((
        column(
            "_BilledSize",
            KustoType::Real,
            "The bytes that are billed. Empty: a case bills nothing.",
        ),
        Kept::Nowhere,
    ));
    added
}

fn column(name: &'static str, kusto: KustoType, says: &str) -> Column {
    Column::declared(name, says, Origin::Reader).of_type(kusto)
}
