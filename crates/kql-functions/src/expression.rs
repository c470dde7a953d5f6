//! Regular expressions: compiled once where they are constant.

use std::borrow::Cow;

use regex::{Regex, RegexBuilder};

use crate::argument::Argument;
use crate::error::{FunctionError, Invalid};

/// How large a compiled expression may become, in bytes; larger ones are refused, so that a query cannot take all
/// memory.
const LARGEST_EXPRESSION: usize = 10 << 20;

/// A regular expression, known beforehand or not.
pub(crate) enum Expression {
    Known(Box<Regex>),
    Differing,
}

impl Expression {
    /// The expression that an argument gives, counted from 0.
    pub(crate) fn of_argument(
        function: &'static str,
        arguments: &[Argument],
        index: usize,
    ) -> Result<Self, FunctionError> {
        let Some(text) = arguments.get(index).and_then(Argument::text) else {
            return Ok(Self::Differing);
        };
        let regex = compile(text).map_err(|error| FunctionError::InvalidConstant {
            function,
            position: index + 1,
            reason: Invalid::Expression(error.to_string()),
        })?;
        Ok(Self::Known(Box::new(regex)))
    }

    /// The compiled expression; none where the text of this row is no expression.
    pub(crate) fn get(&self, text: &str) -> Option<Cow<'_, Regex>> {
        match self {
            Self::Known(regex) => Some(Cow::Borrowed(regex)),
            Self::Differing => compile(text).ok().map(Cow::Owned),
        }
    }
}

pub(crate) fn compile(text: &str) -> Result<Regex, regex::Error> {
    // RE2 reads `\0` as the character zero; elsewhere a digit behind a backslash is a mistake, as it is there.
    RegexBuilder::new(text)
        .octal(text.contains("\\0"))
        .size_limit(LARGEST_EXPRESSION)
        .build()
}
