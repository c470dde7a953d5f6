//! Rows that published queries look for: out of the conditions of each query, rows of its tables that fulfil them as far as their
//! form tells. A condition on a column that was worked out is led back to the column it was worked out of; tables that are joined
//! get a value in common; what is counted is there often enough.

mod cell;
mod demand;
mod draft;
mod external;
mod nested;
mod pattern;
mod solve;
mod source;
mod step;
pub(super) mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A row: the table, and the text of each cell that a condition speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Witness {
    /// The table.
    pub(super) table: String,
    /// Cells by column.
    pub(super) cells: BTreeMap<String, String>,
    /// Columns of times, in nanoseconds since 1970.
    pub(super) times: BTreeMap<String, i64>,
    /// Names in the query, which may be members of the details of an event.
    pub(super) names: Rc<BTreeSet<String>>,
}

impl Witness {
    /// Details of an event, as JSON, with every name that the query speaks of.
    pub(super) fn details(&self, is_column: &dyn Fn(&str) -> bool) -> String {
        let members = self
            .names
            .iter()
            .filter(|name| !is_column(name))
            .map(|name| (name.clone(), serde_json::Value::from(format!("{name} of it"))));
        serde_json::Value::Object(members.collect()).to_string()
    }
}

/// What a query looks for: rows of tables, and files elsewhere with their contents.
#[derive(Debug, Clone, Default)]
pub(super) struct Sought {
    /// The rows.
    pub(super) witnesses: Vec<Witness>,
    /// The locations that `externaldata` names, with what stands there.
    pub(super) files: Vec<(String, String)>,
    /// What a database of places knows: the address, which part of its place, and what that is.
    pub(super) places: Vec<(String, String, String)>,
}

/// What a query looks for; `number` tells its made-up values from those of other queries.
pub(super) fn of(number: usize, text: &str) -> Sought {
    let words = text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
    let names = words.filter(|word| word.len() > 1 && word.starts_with(|sign: char| sign.is_ascii_alphabetic()));
    let names = Rc::new(names.map(str::to_owned).collect());
    let mut solver = solve::Solver::new(number);
    solver.script(&whotalks_kql_syntax::parse(text).tree);
    Sought {
        witnesses: solver.witnesses(&names),
        files: solver.files(&names),
        places: solver.places(),
    }
}
