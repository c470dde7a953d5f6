//! Expressions: values, names, operators, calls, paths, and tables as operands.

use super::{Literal, Name, OperatorParameters, Pipeline, Property, RowSchema};
use crate::Span;

/// An expression and where it stands. Whether it is a value or a table is told by what its names mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it stands.
    pub span: Span,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// Nothing, where an expression must stand; said in the diagnostics.
    Missing,
    /// A value that is written out.
    Literal(Literal),
    /// The name of a column, a table, a variable.
    Name(Name),
    /// A name with `*` for any letters: `Device*`.
    Wildcard(Wildcard),
    /// `*`.
    Star,
    /// `@`, the row of an internal function.
    At,
    /// `(…)`.
    Parenthesized(Box<Expression>),
    /// `[…]` with an expression in it, where it is no index.
    Bracketed(Box<Expression>),
    /// `a.b`, `a[0]`, `database("x").T`.
    Path(Box<Path>),
    /// `f(…)`.
    Call(Call),
    /// `-a`, `+a`.
    Sign(Box<Sign>),
    /// `a + b - c`, `a * b`: one level of precedence, to be done from the left.
    Arithmetic(Box<Arithmetic>),
    /// `a == b`, `a has b`.
    Comparison(Box<Comparison>),
    /// `a and b and c`.
    Logical(Logical),
    /// `a in (…)`, `a has_any (…)`.
    Membership(Box<Membership>),
    /// `a between (b .. c)`.
    Between(Box<Between>),
    /// `name = a`, `(x, y) = a`.
    Named(Box<Named>),
    /// `toscalar(…)`.
    ToScalar(Box<SubQuery>),
    /// `totable(…)`.
    ToTable(Box<SubQuery>),
    /// `materialize(…)` after `let name =`.
    Materialize(Box<Expression>),
    /// `datatable(…)[…]`.
    DataTable(Box<DataTable>),
    /// `externaldata(…)[…]`.
    ExternalData(Box<ExternalData>),
    /// `entity_group […]`.
    EntityGroup(Vec<Expression>),
    /// `T datascope=hotcache`.
    DataScope(Box<DataScope>),
    /// `T | where …`.
    Pipeline(Box<Pipeline>),
    /// Something that only the vendor's engine knows; its name, so that it can be refused.
    Refused(String),
}

/// A name with `*` for any letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wildcard {
    /// The pattern.
    pub pattern: String,
    /// Whether it stands in brackets.
    pub bracketed: bool,
}

/// A base and the steps that lead from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Where it begins.
    pub base: Expression,
    /// The steps in their order; at least one.
    pub steps: Vec<Step>,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What it is.
    pub kind: StepKind,
    /// Where it stands, with its dot or brackets.
    pub span: Span,
}

/// What a step of a path is.
#[derive(Debug, Clone, PartialEq)]
pub enum StepKind {
    /// `[index]`.
    Index(Expression),
    /// `.member`: a name, a wildcard, a call, a bracketed expression, or missing.
    Member(Expression),
}

/// The call of a function.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The function.
    pub name: Name,
    /// What it is given; `Named` and `Star` can be among them.
    pub arguments: Vec<Expression>,
}

/// An operand with a sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    /// Whether it is `-`.
    pub minus: bool,
    /// The operand.
    pub operand: Expression,
}

/// Operands and the operators between them, all of one precedence: either `+` and `-`, or `*`, `/` and `%`.
#[derive(Debug, Clone, PartialEq)]
pub struct Arithmetic {
    /// The leftmost operand.
    pub first: Expression,
    /// What is done to it, from left to right; at least one.
    pub rest: Vec<(ArithmeticOperator, Expression)>,
}

/// An operator that calculates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArithmeticOperator {
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
    /// `%`.
    Modulo,
}

/// Two operands that are compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The left operand; `Star` stands for every column.
    pub left: Expression,
    /// How they are compared.
    pub operator: ComparisonOperator,
    /// Where the operator stands.
    pub operator_span: Span,
    /// The right operand.
    pub right: Expression,
}

/// How two operands are compared: what is asked, whether the answer is turned round, and whether case matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ComparisonOperator {
    /// `==`.
    Equal,
    /// `!=`, `<>`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
    /// `=~`.
    EqualCaseless,
    /// `!~`.
    NotEqualCaseless,
    /// `:` of `search`.
    Search,
    /// `matches regex`.
    MatchesRegex,
    /// A comparison of texts that is written as a word.
    Text(TextOperator),
}

/// A comparison of texts that is written as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextOperator {
    /// What is asked.
    pub test: TextTest,
    /// Whether the answer is turned round, as in `!has`.
    pub negated: bool,
    /// Whether case matters, as in `has_cs`.
    pub case_sensitive: bool,
}

/// What is asked of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextTest {
    /// Whether it has a term.
    Has,
    /// Whether a term of it begins so.
    HasPrefix,
    /// Whether a term of it ends so.
    HasSuffix,
    /// Whether it has a part.
    Contains,
    /// Whether it begins so.
    StartsWith,
    /// Whether it ends so.
    EndsWith,
    /// Whether it is like a pattern of the obsolete `like`.
    Like,
}

/// Operands joined by `and`, or by `or`.
#[derive(Debug, Clone, PartialEq)]
pub struct Logical {
    /// What joins them.
    pub operator: LogicalOperator,
    /// The operands in their order; at least two.
    pub operands: Vec<Expression>,
}

/// What joins truth values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogicalOperator {
    /// `and`.
    And,
    /// `or`.
    Or,
}

/// Whether an operand is among others.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// The operand.
    pub operand: Expression,
    /// What is asked.
    pub operator: MembershipOperator,
    /// Where the operator stands.
    pub operator_span: Span,
    /// What it is looked for in: values, or one table or array.
    pub items: Vec<Expression>,
}

/// How an operand is looked for among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MembershipOperator {
    /// `in`.
    In,
    /// `!in`.
    NotIn,
    /// `in~`.
    InCaseless,
    /// `!in~`.
    NotInCaseless,
    /// `has_any`.
    HasAny,
    /// `has_all`.
    HasAll,
}

/// Whether an operand is between two others, both included.
#[derive(Debug, Clone, PartialEq)]
pub struct Between {
    /// The operand.
    pub operand: Expression,
    /// Whether it is `!between`.
    pub negated: bool,
    /// The lower border.
    pub low: Expression,
    /// The upper border, or a time span that is added to the lower one.
    pub high: Expression,
}

/// An expression with a name for its value, or with several for its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The names.
    pub names: Names,
    /// What they name.
    pub value: Expression,
}

/// What stands before `=`.
#[derive(Debug, Clone, PartialEq)]
pub enum Names {
    /// One name.
    One(Name),
    /// Several in parentheses.
    Several(Vec<Name>),
}

/// A query that stands for its first value, or for its table.
#[derive(Debug, Clone, PartialEq)]
pub struct SubQuery {
    /// The value of `kind=`.
    pub kind: Option<Expression>,
    /// The query.
    pub query: Expression,
}

/// A table that is written out.
#[derive(Debug, Clone, PartialEq)]
pub struct DataTable {
    /// What stands before the columns.
    pub parameters: OperatorParameters,
    /// The columns.
    pub schema: RowSchema,
    /// The values, row by row.
    pub values: Vec<Expression>,
}

/// A table that is read from elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct ExternalData {
    /// What stands before the columns.
    pub parameters: OperatorParameters,
    /// The columns.
    pub schema: RowSchema,
    /// Where it is read from.
    pub locations: Vec<Expression>,
    /// How it is read.
    pub properties: Vec<Property>,
}

/// A table of which only a part is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct DataScope {
    /// The table.
    pub operand: Expression,
    /// `all` or `hotcache`.
    pub scope: Name,
}
