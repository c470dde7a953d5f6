//! Files that `externaldata` reads, with rows that a query looks for.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use whotalks_kql_syntax::tree::{ExpressionKind, ExternalData, Literal};

use super::Witness;
use super::draft::Draft;
use super::nested::nested;

/// A file elsewhere.
#[derive(Debug, Clone)]
pub(super) struct External {
    location: String,
    columns: Vec<String>,
    format: String,
    skip_first: bool,
    /// The paths at which columns are found in an object, where a mapping names them.
    paths: BTreeMap<String, Vec<String>>,
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
                ExpressionKind::Literal(Literal::String(text)) => Some(text.text.clone()),
                ExpressionKind::Literal(Literal::Bool(value)) => value.value().map(bool::to_string),
                ExpressionKind::Name(name) => Some(name.text.clone()),
                _ => None,
            }
        };
        let location = location.text.split(';').next().unwrap_or_default().to_owned();
        let end = location.rsplit('.').next().unwrap_or_default().to_lowercase();
        Some(Self {
            format: property("format").unwrap_or(end).to_lowercase(),
            skip_first: property("ignoreFirstRecord").is_some_and(|value| value.eq_ignore_ascii_case("true")),
            paths: property("ingestionMapping")
                .map(|mapping| paths(&mapping))
                .unwrap_or_default(),
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
                "json" | "multijson" => self.object(&row, cell),
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

    /// A row as an object; a column that is the whole object is all of it.
    fn object(&self, row: &Witness, cell: impl Fn(&String) -> String) -> String {
        let path = |column: &String| self.paths.get(column).cloned().unwrap_or_else(|| vec![column.clone()]);
        let whole = self.columns.iter().find(|column| path(column).is_empty());
        if let Some(whole) = whole.and_then(|whole| row.cells.get(whole)) {
            return whole.clone();
        }
        let members: Vec<_> = self.columns.iter().map(|column| (path(column), cell(column))).collect();
        nested(&members)
    }
}

/// The paths of a mapping by their columns; members only.
fn paths(mapping: &str) -> BTreeMap<String, Vec<String>> {
    let columns: Vec<serde_json::Value> = serde_json::from_str(mapping).unwrap_or_default();
    let path = |column: &serde_json::Value| {
        let path = column
            .pointer("/Properties/Path")
            .or_else(|| column.get("path"))?
            .as_str()?;
        let name = column.get("Column").or_else(|| column.get("column"))?.as_str()?;
        let steps = path.strip_prefix('$')?.split('.').filter(|step| !step.is_empty());
        Some((name.to_owned(), steps.map(str::to_owned).collect()))
    };
    columns.iter().filter_map(path).collect()
}

/// A field of a line with commas.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
