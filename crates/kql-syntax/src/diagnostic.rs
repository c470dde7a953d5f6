//! What can be wrong with a text.

use std::fmt;

use crate::{Lines, Span};

/// Something that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct Diagnostic {
    /// The part of the text that is wrong; empty at the place where something is missing.
    pub span: Span,
    /// What is wrong with it.
    pub problem: Problem,
}

impl Diagnostic {
    /// One sentence with the place in front: `2:7: expected 'by', found 'on'`.
    pub fn located(&self, lines: &Lines<'_>) -> String {
        let position = lines.position(self.span.start);
        format!("{}:{}: {}", position.line, position.column, self.problem)
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Something must stand here and does not.
    #[error("expected {expected}, found {found}{}", did_you_mean(suggestion.as_deref()))]
    Expected {
        /// What must stand here.
        expected: Expected,
        /// What stands here.
        found: Found,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// Something stands where the query could have ended.
    #[error("{found} is unexpected here{}", did_you_mean(suggestion.as_deref()))]
    Unexpected {
        /// What stands here.
        found: Found,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// A word after `|` that is no operator.
    #[error("there is no operator '{found}'{}", did_you_mean(suggestion.as_deref()))]
    UnknownOperator {
        /// The word.
        found: String,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// A word that is no type where one must stand.
    #[error("there is no type '{found}'{}", did_you_mean(suggestion.as_deref()))]
    UnknownType {
        /// The word.
        found: String,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// A word of the language that is used as a name.
    #[error("'{name}' is a word of the language; as a name it must be written ['{name}']")]
    ReservedName {
        /// The word.
        name: String,
    },
    /// A character that begins nothing.
    #[error("a query cannot hold '{found}' here{}", did_you_mean(*suggestion))]
    Character {
        /// The character, or two that belong together in other languages.
        found: String,
        /// How the language says it.
        suggestion: Option<&'static str>,
    },
    /// A bracket without its end.
    #[error("'{opening}' is not closed")]
    UnclosedBracket {
        /// The bracket.
        opening: &'static str,
    },
    /// A string without an end.
    #[error("the string is not closed by {quote}")]
    UnclosedString {
        /// What must end it.
        quote: &'static str,
    },
    /// A backslash and what follows it, which together stand for nothing.
    #[error("'{escape}' is not an escape sequence; write \\\\ for a backslash, or the string as @\"…\"")]
    Escape {
        /// The backslash and what follows it.
        escape: String,
    },
    /// A literal such as `datetime(` without its parenthesis in the same line.
    #[error("the literal is not closed by ')'")]
    UnclosedLiteral,
    /// A GUID that does not stand in `guid(…)`.
    #[error("a GUID must be written guid(…)")]
    RawGuid,
    /// A management command.
    #[error("management commands, which begin with a dot, are not queries")]
    ManagementCommand,
    /// The text is longer than a query may be.
    #[error("the text is longer than {limit} bytes")]
    TooLong {
        /// The most bytes.
        limit: usize,
    },
    /// Brackets and functions are nested deeper than they may be.
    #[error("nested deeper than {limit} levels")]
    TooDeep {
        /// The most levels.
        limit: usize,
    },
}

impl Problem {
    /// This problem, there.
    pub(crate) fn at(self, span: Span) -> Diagnostic {
        Diagnostic { span, problem: self }
    }
}

/// What must stand somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A word of the language or a sign.
    Word(&'static str),
    /// One of several words.
    OneOf(&'static [&'static str]),
    /// An expression.
    Expression,
    /// A name.
    Name,
    /// An operator, as after `|`.
    Operator,
    /// The name of a type.
    Type,
    /// A list of columns with types in parentheses.
    Schema,
    /// A value.
    Value,
    /// A string.
    String,
    /// A number.
    Number,
    /// A value of JSON.
    Json,
    /// A name and a value of JSON.
    JsonPair,
    /// `name=value`.
    Property,
    /// `name: type`.
    Parameter,
    /// The call of a function.
    Call,
    /// `typeof(…)`.
    TypeOf,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "'{word}'"),
            Self::OneOf(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
                f.write_str(&quoted.join(" or "))
            }
            Self::Expression => f.write_str("an expression"),
            Self::Name => f.write_str("a name"),
            Self::Operator => f.write_str("an operator"),
            Self::Type => f.write_str("a type"),
            Self::Schema => f.write_str("columns with types in parentheses"),
            Self::Value => f.write_str("a value"),
            Self::String => f.write_str("a string"),
            Self::Number => f.write_str("a number"),
            Self::Json => f.write_str("a JSON value"),
            Self::JsonPair => f.write_str("a name and a JSON value"),
            Self::Property => f.write_str("name=value"),
            Self::Parameter => f.write_str("name:type"),
            Self::Call => f.write_str("a function call"),
            Self::TypeOf => f.write_str("typeof(…)"),
        }
    }
}

/// What stands where something else must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The end of the text.
    End,
    /// A word or a sign, shortened where it is long.
    Text(String),
}

/// The most characters of a found word that a message repeats.
const MAX_FOUND_CHARS: usize = 40;

impl Found {
    /// What a token's text shows as.
    pub(crate) fn text(text: &str) -> Self {
        let mut short: String = text.chars().take(MAX_FOUND_CHARS).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        Self::Text(short)
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End => f.write_str("the end"),
            Self::Text(text) => write!(f, "'{text}'"),
        }
    }
}

fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(String::new, |suggestion| format!("; did you mean '{suggestion}'?"))
}
