//! The columns that an expression can name.

use datafusion::common::Column as EngineColumn;
use datafusion::logical_expr::Expr;

use whotalks_kql_values::{KustoType, Value};

use super::Bound;
use crate::physical::literal;
use crate::relation::{Column, Relation};

/// The row that an expression is evaluated for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Row<'r> {
    /// No row: a value that is known before the query runs.
    None,
    /// A row of a table.
    Of(&'r Relation),
    /// A row of each side of a join, under `$left` and `$right`; the engine has the right columns under other names.
    Join {
        /// The left table.
        left: &'r Relation,
        /// The right table.
        right: &'r Relation,
        /// The names of the right columns in the plan, in their order.
        right_names: &'r [String],
    },
}

impl Row<'_> {
    /// The column of a name; of the left table in a join.
    pub(crate) fn column(&self, name: &str) -> Option<Bound> {
        match self {
            Self::None => None,
            Self::Of(relation) | Self::Join { left: relation, .. } => {
                relation.column(name).map(column).or_else(|| carried(relation, name))
            }
        }
    }

    /// Whether every name is a column.
    pub(crate) fn is_open(&self) -> bool {
        match self {
            Self::None => false,
            Self::Of(relation) | Self::Join { left: relation, .. } => relation.open,
        }
    }

    /// A column of the side called `$left` or `$right`.
    pub(crate) fn side_column(&self, side: &str, name: &str) -> Option<Bound> {
        let Self::Join {
            left,
            right,
            right_names,
        } = self
        else {
            return None;
        };
        match side {
            "$left" => left.column(name).map(column),
            "$right" => {
                let index = right.columns.iter().position(|column| column.name == name)?;
                let kusto_type = right.columns.get(index)?.kusto_type;
                Some(Bound::computed(reference(right_names.get(index)?), kusto_type))
            }
            _ => None,
        }
    }

    /// The columns that can be named, for suggestions.
    pub(crate) fn columns(&self) -> &[Column] {
        match self {
            Self::None => &[],
            Self::Of(relation) | Self::Join { left: relation, .. } => &relation.columns,
        }
    }
}

fn carried(relation: &Relation, name: &str) -> Option<Bound> {
    let carried = relation.carried_column(name);
    let carried = carried.map(|carried| Bound::computed(reference(&carried.hidden), carried.column.kusto_type));
    carried.or_else(|| relation.open.then(nothing))
}

/// The value of a column that no row has.
fn nothing() -> Bound {
    Bound::computed(literal(&Value::String("".into()), KustoType::String), KustoType::String)
}

/// A column as an expression.
pub(crate) fn column(column: &Column) -> Bound {
    Bound::computed(reference(&column.name), column.kusto_type)
}

/// A column of the plan under its exact name, whatever characters that has.
pub(crate) fn reference(name: &str) -> Expr {
    Expr::Column(EngineColumn::new_unqualified(name))
}
