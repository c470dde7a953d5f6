//! Names and types: what a tree means over the tables that are there.

mod arithmetic;
mod call;
mod comparison;
mod expression;
mod library;
mod literal;
mod logical;
mod membership;
mod naming;
mod path;
mod pattern;
mod row;
mod scope;
mod statement;
mod table;
mod window;

pub(crate) use call::{common, convert};
pub(crate) use comparison::{bare, compare};
pub(crate) use expression::{Expressions, simple_name};
pub(crate) use literal::kusto_type;
pub(crate) use logical::{and, not, or};
pub(crate) use naming::{NamedExpression, Naming, implied, similar, unique};
pub(crate) use row::{Row, column, reference};
pub(crate) use scope::{Callable, Meaning, Scope};
pub(crate) use table::same;
pub(crate) use window::{Windows, with_window};

use std::collections::BTreeSet;

use datafusion::logical_expr::Expr;
use whotalks_kql_values::{DateTime, KustoType, Value};

use crate::answer::Notice;
use crate::engine::Engine;
use crate::error::{PlanError, PlanProblem, Result};
use crate::source::Tables;

/// How deeply functions and subqueries may be nested in each other; deeper ones would exhaust the stack.
const MAX_DEPTH: usize = 64;

/// An expression whose meaning and type are known.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    /// What the engine evaluates.
    pub(crate) expression: Expr,
    /// The type of its value.
    pub(crate) kusto_type: KustoType,
    /// Its value, where that is known before the query runs.
    pub(crate) constant: Option<Value<'static>>,
    /// Whether it is `typeof(…)` and stands for its type.
    pub(crate) names_type: bool,
}

impl Bound {
    /// An expression whose value depends on rows.
    pub(crate) fn computed(expression: Expr, kusto_type: KustoType) -> Self {
        Self {
            expression,
            kusto_type,
            constant: None,
            names_type: false,
        }
    }
}

/// What a query is bound with: the tables, the engine for what must be known beforehand, and the names in force.
pub(crate) struct Binder<'e> {
    /// The engine; runs what must be known before the rest can be planned, such as `toscalar(…)`.
    pub(crate) engine: &'e dyn Engine,
    /// The tables.
    pub(crate) tables: &'e dyn Tables,
    /// The time that `now()` gives, one for the whole query.
    pub(crate) now: DateTime,
    /// The names that statements gave.
    pub(crate) scope: Scope,
    /// What is not as the query asks.
    pub(crate) notices: BTreeSet<Notice>,
    depth: usize,
}

impl<'e> Binder<'e> {
    /// A binder in which only the tables have names.
    pub(crate) fn new(engine: &'e dyn Engine, tables: &'e dyn Tables, now: DateTime) -> Self {
        Self {
            engine,
            tables,
            now,
            scope: Scope::default(),
            notices: BTreeSet::new(),
            depth: 0,
        }
    }

    /// Binds something a level deeper; an error where that is too deep.
    pub(crate) fn deeper<T>(&mut self, bind: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth >= MAX_DEPTH {
            return Err(PlanError::from(PlanProblem::TooDeep(MAX_DEPTH)));
        }
        self.depth += 1;
        let bound = bind(self);
        self.depth -= 1;
        bound
    }
}
