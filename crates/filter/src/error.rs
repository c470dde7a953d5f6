//! What can be wrong with a filter.

use whotalks_fields::FieldKind;

use crate::Span;

/// Why a text is no filter, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}, at byte {} of the filter", span.start)]
pub struct FilterError {
    /// The part of the text that is wrong.
    pub span: Span,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The text is longer than a filter may be.
    #[error("the filter is longer than {limit} bytes")]
    TooLong {
        /// The most bytes a filter may have.
        limit: usize,
    },
    /// Parentheses, functions and operators are nested deeper than a filter may be.
    #[error("the filter is nested deeper than {limit} levels")]
    TooDeep {
        /// The most levels.
        limit: usize,
    },
    /// A character that begins nothing.
    #[error("a filter cannot hold '{found}' here")]
    Character {
        /// The character.
        found: char,
    },
    /// A quote, a slice or a character that is opened and not closed.
    #[error("'{opening}' is not closed")]
    Unclosed {
        /// What opens it.
        opening: char,
    },
    /// A backslash and what follows it, which together stand for nothing.
    #[error("'{escape}' is not an escape sequence")]
    Escape {
        /// The backslash and what follows it.
        escape: String,
    },
    /// Between single quotes must be exactly one character.
    #[error("one character must stand between single quotes")]
    CharacterConstant,
    /// Something that cannot stand in that place.
    #[error("'{found}' is unexpected here")]
    Unexpected {
        /// What stands there.
        found: String,
    },
    /// The text ends where more must come.
    #[error("the filter ends where a value or a field must follow")]
    UnexpectedEnd,
    /// A slice or a layer range that selects nothing or is not written as one.
    #[error("'{range}' is not a range")]
    Range {
        /// What stands in the brackets.
        range: String,
    },
    /// No field or protocol has that name.
    #[error("'{name}' is neither a field nor a protocol")]
    UnknownField {
        /// The name.
        name: String,
        /// Fields with a name like it, the likest first.
        suggestions: Vec<&'static str>,
    },
    /// No function has that name.
    #[error("there is no function '{name}'")]
    UnknownFunction {
        /// The name.
        name: String,
    },
    /// A function with too few or too many arguments.
    #[error("{function}() takes {}", if *.many { "one argument or more" } else { "one argument" })]
    Arguments {
        /// The function.
        function: &'static str,
        /// Whether it takes more than one.
        many: bool,
    },
    /// A value that the field cannot hold.
    #[error("'{text}' is not a value of the type {wanted:?}")]
    Value {
        /// What stands there.
        text: String,
        /// What is wanted.
        wanted: FieldKind,
    },
    /// Two sides that cannot be compared or calculated with.
    #[error("{left:?} and {right:?} cannot be compared")]
    Incompatible {
        /// The type of the left side.
        left: FieldKind,
        /// The type of the right side.
        right: FieldKind,
    },
    /// An operation that the type does not know.
    #[error("{operation} cannot be used with the type {kind:?}")]
    Operation {
        /// The operator or the function, as it is written.
        operation: &'static str,
        /// The type.
        kind: FieldKind,
    },
    /// Neither side has a field, or what stands alone is no field.
    #[error("a field must stand here")]
    NoField,
    /// Only a quoted string can be a regular expression.
    #[error("a regular expression must stand in double quotes")]
    Unquoted,
    /// A regular expression that cannot be used; look-around and back references never can.
    #[error("the regular expression cannot be used: {reason}")]
    Expression {
        /// What the compiler of expressions says.
        reason: String,
    },
}

impl Problem {
    /// This problem, there.
    pub(crate) fn at(self, span: Span) -> FilterError {
        FilterError { span, problem: self }
    }
}

/// The outcome of reading a part of a filter.
pub(crate) type Result<T> = std::result::Result<T, FilterError>;
