//! Operators that take texts apart.

use crate::tree::{Expression, Name, OperatorParameters, RowSchema, StringLiteral, TypeName};

/// `parse kind=regex a with "x" b: long *`.
#[derive(Debug, Clone, PartialEq)]
pub struct Parse {
    /// Whether rows that do not match are left out, as by `parse-where`.
    pub only_matching: bool,
    /// `kind=…`, `flags=…`.
    pub parameters: OperatorParameters,
    /// The text.
    pub subject: Expression,
    /// What it is made of.
    pub pattern: Vec<ParsePart>,
}

/// A part of the pattern of `parse`.
#[derive(Debug, Clone, PartialEq)]
pub enum ParsePart {
    /// `*`: anything.
    Skip,
    /// A text, or an expression with `kind=regex`.
    Text(StringLiteral),
    /// A column that takes what stands there.
    Column {
        /// Its name.
        name: Name,
        /// Its type; `string` without it.
        kind: Option<TypeName>,
    },
}

/// `parse-kv a as (x: long) with (pair_delimiter=";")`.
#[derive(Debug, Clone, PartialEq)]
pub struct ParseKv {
    /// The text.
    pub subject: Expression,
    /// The keys and their types.
    pub keys: RowSchema,
    /// How the text is written.
    pub properties: OperatorParameters,
}
