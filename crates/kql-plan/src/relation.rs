//! A table on its way through a query: the plan that makes it, and the columns as Kusto knows them.

use datafusion::logical_expr::{Expr, LogicalPlan};
use serde::{Deserialize, Serialize};
use whotalks_kql_values::KustoType;

use crate::bind::reference;

/// The name of tables whose rows are held in memory; no query can write it.
pub(crate) const HELD_ROWS: &str = "$rows";

/// A column of a table or of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name; names are case-sensitive and unique in a table.
    pub name: String,
    /// The type of its values.
    pub kusto_type: KustoType,
}

impl Column {
    /// A column of a name and a type.
    pub fn new(name: impl Into<String>, kusto_type: KustoType) -> Self {
        Self {
            name: name.into(),
            kusto_type,
        }
    }
}

/// What rows are ordered by, as far as an operator said so.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OrderKey {
    /// The column.
    pub(crate) column: String,
    /// Whether small values come first.
    pub(crate) ascending: bool,
    /// Whether nulls come first.
    pub(crate) nulls_first: bool,
}

/// A column that rows carry along without showing it: operators inside of `partition` and `mv-apply` work for each combination
/// of such values by itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Carried {
    /// What the plan calls it; no query can write that name.
    pub(crate) hidden: String,
    /// The name under which expressions find it, and its type.
    pub(crate) column: Column,
}

/// A plan and its columns, in the same order and under the same names; what is carried stands behind them.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    /// The plan; its fields have no qualifier.
    pub(crate) plan: LogicalPlan,
    /// The columns.
    pub(crate) columns: Vec<Column>,
    /// What the rows are ordered by; empty where nothing is known.
    pub(crate) order: Vec<OrderKey>,
    /// Whether the order of rows counts, so that `prev`, `next` and their like may be asked.
    pub(crate) serialized: bool,
    /// What the table is called, where it has a name.
    pub(crate) name: Option<String>,
    /// What keeps rows apart.
    pub(crate) carried: Vec<Carried>,
    /// Whether there could be columns of any name, had there been a row: then every name is a column.
    pub(crate) open: bool,
}

impl Relation {
    /// A table without an order.
    pub(crate) fn new(plan: LogicalPlan, columns: Vec<Column>) -> Self {
        Self {
            plan,
            columns,
            order: Vec::new(),
            serialized: false,
            name: None,
            carried: Vec::new(),
            open: false,
        }
    }

    /// The same columns of other rows, which are kept apart as these are.
    pub(crate) fn like(&self, plan: LogicalPlan, columns: Vec<Column>) -> Self {
        Self {
            carried: self.carried.clone(),
            ..Self::new(plan, columns)
        }
    }

    /// The columns that keep rows apart, as they are in the plan.
    pub(crate) fn carried_expressions(&self) -> impl Iterator<Item = Expr> {
        self.carried.iter().map(|carried| reference(&carried.hidden))
    }

    /// The carried column that expressions find under a name; the innermost one.
    pub(crate) fn carried_column(&self, name: &str) -> Option<&Carried> {
        self.carried.iter().rev().find(|carried| carried.column.name == name)
    }

    /// The column of a name.
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The same rows in the same order behind another plan with other columns; the order is forgotten from the first
    /// column on that is no longer there.
    pub(crate) fn with_plan(self, plan: LogicalPlan, columns: Vec<Column>) -> Self {
        let kept = |key: &OrderKey| columns.iter().any(|column| column.name == key.column);
        let order = self.order.into_iter().take_while(kept).collect();
        Self {
            plan,
            order,
            columns,
            ..self
        }
    }
}
