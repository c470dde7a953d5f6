//! Pipelines and what their operators share.

use super::operator as op;
use super::{Expression, ExpressionKind, Name, RowSchema};
use crate::Span;

/// A table and what is done to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pipeline {
    /// The table that goes in. None where the first operator makes one (`print`, `range`, `union`, `find`, …), and in the
    /// subqueries of `fork`, `facet`, `partition` and `mv-apply`, whose table is that of the operator.
    pub source: Option<Expression>,
    /// What is done to it, in this order.
    pub operators: Vec<Operator>,
}

/// One operator and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Operator {
    /// What it is.
    pub kind: OperatorKind,
    /// Where it stands, without the `|` before it.
    pub span: Span,
}

/// What an operator is.
#[derive(Debug, Clone, PartialEq)]
pub enum OperatorKind {
    /// Nothing, where an operator must stand, or a word that is none; said in the diagnostics.
    Missing,
    /// An operator that only the vendor's engine knows; its name, so that it can be refused.
    Refused(String),
    /// `as name`.
    As(op::As),
    /// `assert-schema (…)`.
    AssertSchema(RowSchema),
    /// `consume`.
    Consume(OperatorParameters),
    /// `count`.
    Count(op::Count),
    /// `distinct a, b`.
    Distinct(op::Columns),
    /// `evaluate plugin(…)`.
    Evaluate(op::Evaluate),
    /// `extend a = …`.
    Extend(Vec<Expression>),
    /// `facet by …`.
    Facet(op::Facet),
    /// `where …`, `filter …`.
    Where(op::Where),
    /// `find …`.
    Find(op::Find),
    /// `fork (…) (…)`.
    Fork(Vec<op::ForkBranch>),
    /// `getschema`.
    GetSchema(Option<OperatorParameter>),
    /// `invoke f(…)`.
    Invoke(Expression),
    /// `join …`.
    Join(op::Join),
    /// `lookup …`.
    Lookup(op::Lookup),
    /// `macro-expand …`.
    MacroExpand(op::MacroExpand),
    /// `make-series …`.
    MakeSeries(op::MakeSeries),
    /// `mv-apply …`.
    MvApply(op::MvApply),
    /// `mv-expand …`.
    MvExpand(op::MvExpand),
    /// `parse …`, `parse-where …`.
    Parse(op::Parse),
    /// `parse-kv …`.
    ParseKv(op::ParseKv),
    /// `partition …`.
    Partition(op::Partition),
    /// `print …`.
    Print(Vec<Expression>),
    /// `project …`.
    Project(Vec<Expression>),
    /// `project-away …`.
    ProjectAway(Vec<Expression>),
    /// `project-by-names …`.
    ProjectByNames(Vec<Expression>),
    /// `project-keep …`.
    ProjectKeep(Vec<Expression>),
    /// `project-rename …`.
    ProjectRename(Vec<Expression>),
    /// `project-reorder …`.
    ProjectReorder(Vec<Ordered>),
    /// `range …`.
    Range(op::Range),
    /// `reduce by …`.
    Reduce(op::Reduce),
    /// `render …`.
    Render(op::Render),
    /// `sample …`.
    Sample(op::Take),
    /// `sample-distinct …`.
    SampleDistinct(op::SampleDistinct),
    /// `scan …`.
    Scan(op::Scan),
    /// `search …`.
    Search(op::Search),
    /// `serialize …`.
    Serialize(op::Columns),
    /// `sort by …`, `order by …`.
    Sort(op::Sort),
    /// `summarize …`.
    Summarize(op::Summarize),
    /// `take …`, `limit …`.
    Take(op::Take),
    /// `top …`.
    Top(op::Top),
    /// `top-hitters …`.
    TopHitters(op::TopHitters),
    /// `top-nested …`.
    TopNested(Vec<op::TopNestedLevel>),
    /// `union …`.
    Union(op::Union),
}

/// What stands between the name of an operator and its operands: `kind=inner hint.strategy=shuffle`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OperatorParameters(pub Vec<OperatorParameter>);

impl OperatorParameters {
    /// The last parameter of that name.
    pub fn get(&self, name: &str) -> Option<&OperatorParameter> {
        self.0.iter().rev().find(|parameter| parameter.name.text == name)
    }

    /// The last parameter of that name as a word, as in `kind=inner`.
    pub fn word(&self, name: &str) -> Option<&Name> {
        self.get(name)?.word()
    }
}

/// One parameter of an operator.
#[derive(Debug, Clone, PartialEq)]
pub struct OperatorParameter {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: ParameterValue,
    /// Where it stands.
    pub span: Span,
}

impl OperatorParameter {
    /// The value as a word.
    pub fn word(&self) -> Option<&Name> {
        match &self.value {
            ParameterValue::One(Expression {
                kind: ExpressionKind::Name(name),
                ..
            }) => Some(name),
            _ => None,
        }
    }
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterValue {
    /// A word, a literal or a name.
    One(Expression),
    /// Several columns.
    Names(Vec<Name>),
}

/// `name=value` in the parentheses of `with (…)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Its name.
    pub name: Name,
    /// Its value: a literal or a word.
    pub value: Expression,
}

/// An expression that rows are ordered by.
#[derive(Debug, Clone, PartialEq)]
pub struct Ordered {
    /// The expression.
    pub expression: Expression,
    /// In which direction, where it is written; `desc` is the default of `sort` and `top`.
    pub direction: Option<Direction>,
    /// Where nulls go, where it is written.
    pub nulls: Option<Nulls>,
}

/// In which direction rows or columns are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `asc`.
    Ascending,
    /// `desc`.
    Descending,
    /// `granny-asc`: by the numbers in names.
    NumbersAscending,
    /// `granny-desc`.
    NumbersDescending,
}

/// Where nulls go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nulls {
    /// `nulls first`.
    First,
    /// `nulls last`.
    Last,
}
