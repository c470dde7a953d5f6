//! What is wrong with a hunting query.

use whotalks_case::kql::syntax::{Diagnostic, Lines, Problem};
use whotalks_case::kql::{PlanError, PlanProblem};

use super::Words;
use crate::format::display_width;
use crate::messages::QueryMessage as M;
use crate::sanitize;

impl Words {
    /// What is wrong with a query, with the place in its text.
    pub fn query_error(&self, text: &str, error: &PlanError) -> String {
        let problem = self.text(&self.of_plan(&error.problem));
        let Some(span) = error.span else {
            return problem;
        };
        let position = Lines::new(text).position(span.start);
        let [line, column] = [position.line, position.column].map(|number| number as u64);
        self.text(&M::At { line, column, problem })
    }

    /// What to do about it.
    pub fn query_hint(&self, problem: &PlanProblem) -> String {
        let suggestion = match problem {
            PlanProblem::UnknownName { similar, .. }
            | PlanProblem::UnknownColumn { similar, .. }
            | PlanProblem::UnknownFunction { similar, .. } => similar.as_deref(),
            PlanProblem::Syntax(diagnostic) => suggestion(&diagnostic.problem),
            _ => None,
        };
        let hint = match (suggestion, problem) {
            (Some(name), _) => M::Suggestion { names: name.to_owned() },
            (None, PlanProblem::Unsupported { instead: Some(way), .. }) => M::Instead { way: self.phrase(way) },
            (None, PlanProblem::Time(_)) => M::HintTime,
            (None, PlanProblem::Memory(_)) => M::HintMemory,
            _ => M::Documentation,
        };
        self.text(&hint)
    }

    fn of_plan(&self, problem: &PlanProblem) -> M {
        match problem {
            PlanProblem::Syntax(diagnostic) => of_syntax(diagnostic),
            PlanProblem::UnknownName { name, .. } => M::UnknownName { name: name.clone() },
            PlanProblem::UnknownColumn { name, .. } => M::UnknownColumn { name: name.clone() },
            PlanProblem::UnknownFunction { name, .. } => M::UnknownFunction { name: name.clone() },
            PlanProblem::DuplicateColumn(name) => M::DuplicateColumn { name: name.clone() },
            PlanProblem::Function(error) => M::Function {
                reason: self.function_error(error),
            },
            PlanProblem::Argument { function, reason } => M::Argument {
                function: function.clone(),
                reason: self.phrase(reason),
            },
            PlanProblem::WrongType { what, expected, found } => M::WrongType {
                what: self.phrase(what),
                expected: self.phrase(expected),
                found: self.phrase(found),
            },
            PlanProblem::NotConstant(what) => M::NotConstant {
                what: self.phrase(what),
            },
            PlanProblem::NotAValue => M::NotAValue,
            PlanProblem::NotATable => M::NotATable,
            PlanProblem::NoQuery => M::NoQuery,
            PlanProblem::MisplacedAggregation(name) => M::MisplacedAggregation { name: name.clone() },
            PlanProblem::NotSerialized(name) => M::NotSerialized { name: name.clone() },
            PlanProblem::Unsupported { construct, .. } => M::Unsupported {
                construct: self.phrase(construct),
            },
            other => of_run(other),
        }
    }
}

/// The line of a query that is wrong and, below it, marks under the part. Both are harmless on a terminal.
pub fn query_excerpt(text: &str, error: &PlanError) -> Option<[String; 2]> {
    let span = error.span?;
    let lines = Lines::new(text);
    let position = lines.position(span.start);
    let line = lines.line(position.line);
    let before: String = line.chars().take(position.column.saturating_sub(1)).collect();
    let marked: String = line.chars().skip(position.column.saturating_sub(1)).collect();
    let length = span.end.saturating_sub(span.start).min(marked.len());
    let blanks = display_width(&sanitize::terminal(&before));
    let marks = display_width(&sanitize::terminal(marked.get(..length).unwrap_or(&marked))).max(1);
    Some([
        sanitize::terminal(line),
        format!("{}{}", " ".repeat(blanks), "^".repeat(marks)),
    ])
}

/// Problems that show while a query runs.
fn of_run(problem: &PlanProblem) -> M {
    match problem {
        PlanProblem::TooDeep(levels) => M::TooDeep { levels: *levels as u64 },
        PlanProblem::Time(time) => M::Time {
            seconds: time.as_secs(),
        },
        PlanProblem::Memory(_) => M::Memory,
        PlanProblem::Cancelled => M::Cancelled,
        PlanProblem::Engine(reason) => M::Engine { reason: reason.clone() },
        other => M::Engine {
            reason: other.to_string(),
        },
    }
}

fn of_syntax(diagnostic: &Diagnostic) -> M {
    match &diagnostic.problem {
        Problem::Expected { expected, found, .. } => M::Expected {
            expected: expected.to_string(),
            found: found.to_string(),
        },
        Problem::Unexpected { found, .. } => M::Unexpected {
            found: found.to_string(),
        },
        Problem::UnknownOperator { found, .. } => M::UnknownOperator { name: found.clone() },
        Problem::UnknownType { found, .. } => M::UnknownType { name: found.clone() },
        Problem::UnclosedBracket { opening } => M::Unclosed {
            opening: (*opening).to_owned(),
        },
        Problem::UnclosedString { quote } => M::Unclosed {
            opening: (*quote).to_owned(),
        },
        Problem::TooDeep { limit } => M::TooDeep { levels: *limit as u64 },
        other => M::Syntax {
            reason: other.to_string(),
        },
    }
}

fn suggestion(problem: &Problem) -> Option<&str> {
    match problem {
        Problem::Expected { suggestion, .. }
        | Problem::Unexpected { suggestion, .. }
        | Problem::UnknownOperator { suggestion, .. }
        | Problem::UnknownType { suggestion, .. } => suggestion.as_deref(),
        _ => None,
    }
}
