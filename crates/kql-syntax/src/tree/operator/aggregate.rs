//! Operators that group, order and limit rows.

use crate::tree::{Expression, OperatorParameters, Ordered};

/// `distinct a, b`, `serialize a = …`.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// Hints.
    pub parameters: OperatorParameters,
    /// The columns; `Star` for all of them.
    pub columns: Vec<Expression>,
}

/// `count`, `count as name`.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// The name of the column.
    pub name: Option<crate::tree::Name>,
}

/// `make-series a = count() default = 0 on t from … to … step … by …`.
#[derive(Debug, Clone, PartialEq)]
pub struct MakeSeries {
    /// Hints and `kind=nonempty`.
    pub parameters: OperatorParameters,
    /// What is aggregated.
    pub series: Vec<Series>,
    /// What it goes along.
    pub on: Expression,
    /// From where to where in which steps.
    pub range: SeriesRange,
    /// What it is grouped by.
    pub by: Vec<Expression>,
}

/// One series of `make-series`.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The aggregation.
    pub aggregation: Expression,
    /// The value where there is nothing.
    pub default: Option<Expression>,
}

/// From where to where a series goes in which steps.
#[derive(Debug, Clone, PartialEq)]
pub enum SeriesRange {
    /// `from a to b step c`.
    Steps(Box<SeriesSteps>),
    /// `in range(a, b, c)`, the older form, whose end is included.
    InRange(Vec<Expression>),
}

/// `from a to b step c`.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesSteps {
    /// Where it begins.
    pub from: Option<Expression>,
    /// Before where it ends.
    pub to: Option<Expression>,
    /// In which steps.
    pub step: Expression,
}

/// `reduce by a with threshold=0.1`.
#[derive(Debug, Clone, PartialEq)]
pub struct Reduce {
    /// What stands before `by`.
    pub parameters: OperatorParameters,
    /// What is reduced.
    pub by: Expression,
    /// How.
    pub with: OperatorParameters,
}

/// `sample-distinct 10 of a`.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleDistinct {
    /// Hints.
    pub parameters: OperatorParameters,
    /// How many.
    pub count: Expression,
    /// Of what.
    pub of: Expression,
}

/// `sort by a asc`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sort {
    /// Hints.
    pub parameters: OperatorParameters,
    /// What rows are ordered by.
    pub by: Vec<Ordered>,
}

/// `summarize a = count() by b`.
#[derive(Debug, Clone, PartialEq)]
pub struct Summarize {
    /// Hints.
    pub parameters: OperatorParameters,
    /// The aggregations.
    pub aggregations: Vec<Expression>,
    /// What rows are grouped by; none without `by`.
    pub by: Vec<Expression>,
    /// The value of the obsolete `bin = …` after the groups.
    pub bin: Option<Expression>,
}

/// `take 10`, `sample 10`.
#[derive(Debug, Clone, PartialEq)]
pub struct Take {
    /// Hints.
    pub parameters: OperatorParameters,
    /// How many.
    pub count: Expression,
}

/// `top 10 by a`.
#[derive(Debug, Clone, PartialEq)]
pub struct Top {
    /// Hints.
    pub parameters: OperatorParameters,
    /// How many.
    pub count: Expression,
    /// What rows are ordered by.
    pub by: Ordered,
}

/// `top-hitters 10 of a by b`.
#[derive(Debug, Clone, PartialEq)]
pub struct TopHitters {
    /// How many.
    pub count: Expression,
    /// Of what.
    pub of: Expression,
    /// What is summed up; rows are counted without it.
    pub by: Option<Expression>,
}

/// `top-nested 3 of a with others = "x" by count()`.
#[derive(Debug, Clone, PartialEq)]
pub struct TopNestedLevel {
    /// How many; all without it.
    pub count: Option<Expression>,
    /// Of what.
    pub of: Expression,
    /// The value that stands for all others.
    pub others: Option<Expression>,
    /// What they are ordered by.
    pub by: Ordered,
}
