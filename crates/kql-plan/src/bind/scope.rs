//! The names that statements give: values, tables and functions.

use std::collections::HashMap;
use std::sync::Arc;

use whotalks_kql_syntax::tree::Function;

use super::Bound;
use super::pattern::Pattern;
use crate::relation::Relation;

/// What a name stands for.
#[derive(Debug, Clone)]
pub(crate) enum Meaning {
    /// A value that is known before the query runs.
    Value(Bound),
    /// A table.
    Table(Arc<Relation>),
    /// A function.
    Function(Arc<Callable>),
    /// A pattern: queries chosen by constant values.
    Pattern(Arc<Pattern>),
    /// A database: in a case all of them have the same tables.
    Database,
}

/// A function that a statement made, with the names it was made under.
#[derive(Debug, Clone)]
pub(crate) struct Callable {
    /// Its parameters and body.
    pub(crate) function: Function,
    /// The names that its body can use.
    pub(crate) scope: Scope,
}

/// Names and what they stand for. Copies share what they hold, so that a function can keep the names it was made under.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    names: HashMap<String, Meaning>,
}

impl Scope {
    /// What a name stands for.
    pub(crate) fn get(&self, name: &str) -> Option<&Meaning> {
        self.names.get(name)
    }

    /// Gives a name a meaning; an earlier one is hidden.
    pub(crate) fn set(&mut self, name: impl Into<String>, meaning: Meaning) {
        self.names.insert(name.into(), meaning);
    }

    /// The names, in no order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }
}
