//! Operators over arrays and over sequences of rows.

use crate::tree::{Expression, Name, OperatorParameters, Ordered, ParameterDeclaration, TypeOf};

/// `mv-expand a to typeof(long), b limit 10`.
#[derive(Debug, Clone, PartialEq)]
pub struct MvExpand {
    /// `kind=…`, `bagexpansion=…`, `with_itemindex=…`.
    pub parameters: OperatorParameters,
    /// The arrays, which are taken apart side by side.
    pub columns: Vec<Expanded>,
    /// The most rows that one row becomes.
    pub limit: Option<Expression>,
}

/// An array that is taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Expanded {
    /// The array.
    pub array: Expression,
    /// The type of its values.
    pub kind: Option<TypeOf>,
}

/// `mv-apply a on (…)`.
#[derive(Debug, Clone, PartialEq)]
pub struct MvApply {
    /// `with_itemindex=…`.
    pub parameters: OperatorParameters,
    /// The arrays, which are taken apart side by side.
    pub columns: Vec<Expanded>,
    /// The most rows that one row becomes.
    pub limit: Option<Expression>,
    /// The internal `id`.
    pub id: Option<Expression>,
    /// What is done to the rows that one row becomes.
    pub query: Expression,
}

/// `scan with (step s: … => …;)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// `kind=…`, `with_match_id=…`.
    pub parameters: OperatorParameters,
    /// `order by …`.
    pub order: Vec<Ordered>,
    /// `partition by …`.
    pub partition: Vec<Expression>,
    /// `declare (…)`.
    pub declarations: Vec<ParameterDeclaration>,
    /// The steps.
    pub steps: Vec<ScanStep>,
}

/// One step of `scan`.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanStep {
    /// Its name.
    pub name: Name,
    /// Whether it can be skipped.
    pub optional: bool,
    /// Which of its rows come out.
    pub output: Option<ScanOutput>,
    /// What must be true of a row.
    pub condition: Expression,
    /// What is remembered.
    pub assignments: Vec<ScanAssignment>,
}

/// Which rows of a step come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScanOutput {
    /// `all`.
    All,
    /// `last`.
    Last,
    /// `none`.
    None,
}

/// A value that a step remembers.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanAssignment {
    /// Under which name.
    pub name: Name,
    /// The value.
    pub value: Expression,
}
