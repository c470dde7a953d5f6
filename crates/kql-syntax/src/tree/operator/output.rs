//! Operators that make a table, name it, hand it to a function or show it.

use crate::tree::{Call, Expression, Name, OperatorParameters, RowSchema};

/// `as hint.materialized=true name`.
#[derive(Debug, Clone, PartialEq)]
pub struct As {
    /// Hints.
    pub parameters: OperatorParameters,
    /// The name.
    pub name: Name,
}

/// `evaluate plugin(…) : (…)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluate {
    /// Hints.
    pub parameters: OperatorParameters,
    /// The plugin and what it is given.
    pub call: Call,
    /// The columns that come out.
    pub schema: Option<EvaluateSchema>,
}

/// The columns that a plugin gives.
#[derive(Debug, Clone, PartialEq)]
pub struct EvaluateSchema {
    /// Whether the columns of the input come first.
    pub star: bool,
    /// The columns.
    pub schema: RowSchema,
}

/// `range x from 1 to 10 step 1`.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The column.
    pub name: Name,
    /// The first value.
    pub from: Expression,
    /// The value that none is behind.
    pub to: Expression,
    /// In which steps.
    pub step: Expression,
}

/// `render timechart with (title="x")`.
#[derive(Debug, Clone, PartialEq)]
pub struct Render {
    /// The kind of chart.
    pub chart: Name,
    /// Parameters in the older form, without parentheses.
    pub parameters: OperatorParameters,
    /// Parameters in parentheses.
    pub properties: OperatorParameters,
}
