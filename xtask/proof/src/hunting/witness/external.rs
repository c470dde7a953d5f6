//! Files that `externaldata` reads, with rows that a query looks for.

use std::collections::BTreeSet;
use std::rc::Rc;

use whotalks_kql_syntax::tree::{ExpressionKind, ExternalData, Literal};

use super::draft::Draft;

/// A file elsewhere.
#[derive(Debug, Clone)]
pub(super) struct External {
    location: String,
    columns: Vec<String>,
    format: String,
    skip_first: bool,
}

impl External {
    /// The file that a table names first.
    pub(super) fn of(table: &ExternalData) -> Option<Self> {
        let ExpressionKind::Literal(Literal::String(location)) = &table.locations.first()?.kind else {
            return None;
        };
        let property = |name: &str| {
            let found = table
                .properties
                .iter()
                .find(|property| property.name.text.eq_ignore_ascii_case(name))?;
            match &found.value.kind {
                ExpressionKind::Literal(Literal::String(text)) => Some(text.text.to_lowercase()),
                ExpressionKind::Literal(Literal::Bool(value)) => value.value().map(bool::to_string),
                ExpressionKind::Name(name) => Some(name.text.to_lowercase()),
                _ => None,
            }
        };
        let location = location.text.split(';').next().unwrap_or_default().to_owned();
        let end = location.rsplit('.').next().unwrap_or_default().to_lowercase();
        Some(Self {
            format: property("format").unwrap_or(end),
            skip_first: property("ignoreFirstRecord").is_some_and(|value| value == "true"),
            columns: table
                .schema
                .columns
                .iter()
                .map(|column| column.name.text.clone())
                .collect(),
            location,
        })
    }

    pub(super) fn location(&self) -> &str {
        &self.location
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(String::as_str)
    }

    /// The content with the rows of drafts.
    pub(super) fn content(&self, drafts: &[&Draft], names: &Rc<BTreeSet<String>>) -> String {
        let rows = drafts.iter().flat_map(|draft| draft.witnesses(names));
        let header = self.skip_first.then(|| "header".to_owned());
        let lines = rows.map(|row| {
            let cell = |column: &String| {
                row.cells
                    .get(column)
                    .cloned()
                    .unwrap_or_else(|| format!("{column} of it"))
            };
            match self.format.as_str() {
                "json" | "multijson" => {
                    let members = self.columns.iter().map(|column| (column.clone(), cell(column).into()));
                    serde_json::Value::Object(members.collect()).to_string()
                }
                "txt" | "raw" | "list" => self.columns.first().map(cell).unwrap_or_default(),
                "tsv" => self.columns.iter().map(cell).collect::<Vec<_>>().join("\t"),
                _ => self
                    .columns
                    .iter()
                    .map(|column| quoted(&cell(column)))
                    .collect::<Vec<_>>()
                    .join(","),
            }
        });
        header.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
    }
}

/// A field of a line with commas.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
