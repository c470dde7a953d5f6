//! Statements: what stands between semicolons.

use super::{Expression, Name, ParameterDeclaration, Property};
use crate::Span;

/// Everything that a text says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Script {
    /// Lines for tools, which begin with `#`, as they are written.
    pub directives: Vec<String>,
    /// The statements in their order.
    pub statements: Vec<Statement>,
}

/// One statement and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What it is.
    pub kind: StatementKind,
    /// Where it stands.
    pub span: Span,
}

/// What a statement is.
#[derive(Debug, Clone, PartialEq)]
pub enum StatementKind {
    /// `let name = …`.
    Let(LetStatement),
    /// `set option = value`.
    Set(SetStatement),
    /// `declare query_parameters (…)`.
    QueryParameters(Vec<ParameterDeclaration>),
    /// `declare pattern …`.
    Pattern(PatternStatement),
    /// `restrict access to (…)`.
    Restrict(RestrictStatement),
    /// `alias database name = …`.
    Alias {
        /// The new name.
        name: Name,
        /// What it names.
        value: Expression,
    },
    /// A query.
    Query(Expression),
}

/// `let name = …`.
#[derive(Debug, Clone, PartialEq)]
pub struct LetStatement {
    /// The name.
    pub name: Name,
    /// What it names.
    pub value: LetValue,
}

/// What a `let` names.
#[derive(Debug, Clone, PartialEq)]
pub enum LetValue {
    /// A value or a table.
    Expression(Expression),
    /// A function.
    Function(Function),
}

/// A function with its parameters and what it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Whether it is a view, which `union *` finds.
    pub view: bool,
    /// What it takes.
    pub parameters: Vec<ParameterDeclaration>,
    /// What it does.
    pub body: FunctionBody,
    /// Where it stands.
    pub span: Span,
}

/// Statements and a result in braces.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunctionBody {
    /// What is declared first.
    pub statements: Vec<Statement>,
    /// The result.
    pub result: Option<Expression>,
}

/// `set option = value`.
#[derive(Debug, Clone, PartialEq)]
pub struct SetStatement {
    /// The option.
    pub name: Name,
    /// Its value.
    pub value: Option<Expression>,
}

/// `declare pattern name = (…)[…] {…}`.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternStatement {
    /// The name.
    pub name: Name,
    /// What it takes.
    pub parameters: Vec<ParameterDeclaration>,
    /// The parameter in brackets.
    pub path: Option<ParameterDeclaration>,
    /// What it gives for which values; none where the pattern is only announced.
    pub matches: Vec<PatternMatch>,
}

/// What a pattern gives for some values.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternMatch {
    /// The values.
    pub values: Vec<Expression>,
    /// The value in brackets.
    pub path: Option<Expression>,
    /// What it gives.
    pub body: FunctionBody,
}

/// `restrict access to (…)`.
#[derive(Debug, Clone, PartialEq)]
pub struct RestrictStatement {
    /// What may be read.
    pub entities: Vec<Expression>,
    /// How.
    pub properties: Vec<Property>,
}
