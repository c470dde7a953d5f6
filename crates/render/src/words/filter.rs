//! What is wrong with a display filter.

use whotalks_fields::FieldKind;
use whotalks_filter::{FilterError, Problem};

use super::Words;
use crate::format::display_width;
use crate::messages::FilterMessage as M;
use crate::sanitize;

/// The most names that are suggested.
const MOST_SUGGESTIONS: usize = 5;

/// The message of a problem.
pub fn filter_problem(problem: &Problem) -> M {
    match problem {
        Problem::TooLong { limit } => M::TooLong { limit: *limit as u64 },
        Problem::TooDeep { limit } => M::TooDeep { limit: *limit as u64 },
        Problem::Character { found } => M::Character {
            found: found.to_string(),
        },
        Problem::Unclosed { opening } => M::Unclosed {
            opening: opening.to_string(),
        },
        Problem::Escape { escape } => M::Escape { escape: escape.clone() },
        Problem::CharacterConstant => M::CharacterConstant,
        Problem::Unexpected { found } => M::Unexpected { found: found.clone() },
        Problem::UnexpectedEnd => M::UnexpectedEnd,
        Problem::Range { range } => M::Range { range: range.clone() },
        Problem::UnknownField { name, .. } => M::UnknownField { name: name.clone() },
        Problem::UnknownFunction { name } => M::UnknownFunction { name: name.clone() },
        Problem::NoField => M::NoField,
        Problem::Unquoted => M::Unquoted,
        Problem::Expression { reason } => M::Expression { reason: reason.clone() },
        Problem::Arguments { .. }
        | Problem::Value { .. }
        | Problem::Incompatible { .. }
        | Problem::Operation { .. } => of_types(problem),
    }
}

/// Problems with the types of what is compared.
fn of_types(problem: &Problem) -> M {
    match problem {
        Problem::Arguments { function, many } => {
            let function = (*function).to_owned();
            if *many {
                M::OneArgumentOrMore { function }
            } else {
                M::OneArgument { function }
            }
        }
        Problem::Value { text, wanted } => M::Value {
            text: text.clone(),
            wanted: kind(*wanted),
        },
        Problem::Incompatible { left, right } => M::Incompatible {
            left: kind(*left),
            right: kind(*right),
        },
        Problem::Operation { operation, kind: of } => M::Operation {
            operation: (*operation).to_owned(),
            kind: kind(*of),
        },
        _ => M::NoField,
    }
}

/// The type as documented in `docs/fields.md`.
fn kind(kind: FieldKind) -> String {
    format!("{kind:?}").to_lowercase()
}

/// The filter and, below it, marks under the part that is wrong. Both lines are harmless on a terminal.
pub fn filter_excerpt(text: &str, error: &FilterError) -> [String; 2] {
    let part = |from: usize, to: usize| sanitize::terminal(text.get(from..to).unwrap_or_default());
    let start = error.span.start.min(text.len());
    let end = error.span.end.clamp(start, text.len());
    let blanks = display_width(&part(0, start));
    let marks = display_width(&part(start, end)).max(1);
    [
        sanitize::terminal(text),
        format!("{}{}", " ".repeat(blanks), "^".repeat(marks)),
    ]
}

impl Words {
    /// What to do about a problem.
    pub fn filter_hint(&self, problem: &Problem) -> String {
        match problem {
            Problem::UnknownField { suggestions, .. } if !suggestions.is_empty() => {
                let names: Vec<&str> = suggestions.iter().copied().take(MOST_SUGGESTIONS).collect();
                let names = self.alternatives(&names);
                self.text(&M::Suggestions { names })
            }
            _ => self.text(&M::Documentation),
        }
    }
}
