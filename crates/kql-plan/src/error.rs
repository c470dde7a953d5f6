//! Why a query is refused or failed.

use whotalks_kql_functions::{FunctionError, Refusal};
use whotalks_kql_syntax::{Diagnostic, Span};

use crate::phrase::Phrase;

/// Why a query has no answer, and where in its text.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{problem}")]
pub struct PlanError {
    /// What is wrong.
    pub problem: PlanProblem,
    /// The part of the text that is wrong; none where it is no single part.
    pub span: Option<Span>,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanProblem {
    /// The text is not well formed.
    #[error("{0}")]
    Syntax(Diagnostic),
    /// A table, a variable or a function without parameters is not there.
    #[error("no table or variable is called `{name}`{}", suggestion(.similar))]
    UnknownName {
        /// What was asked for.
        name: String,
        /// A name that is like it.
        similar: Option<String>,
    },
    /// A column is not there.
    #[error("no column is called `{name}`{}", suggestion(.similar))]
    UnknownColumn {
        /// What was asked for.
        name: String,
        /// A name that is like it.
        similar: Option<String>,
    },
    /// A function is not there.
    #[error("no function is called `{name}`{}", suggestion(.similar))]
    UnknownFunction {
        /// What was asked for.
        name: String,
        /// A name that is like it.
        similar: Option<String>,
    },
    /// A column would have the name of another.
    #[error("two columns are called `{0}`")]
    DuplicateColumn(String),
    /// A function was given what it does not take.
    #[error("{0}")]
    Function(FunctionError),
    /// An aggregation or an operator was given what it does not take.
    #[error("`{function}`: {reason}")]
    Argument {
        /// The function or operator.
        function: String,
        /// What is wrong with what it was given.
        reason: Phrase,
    },
    /// A value of another type is needed.
    #[error("{what} must be {expected}, but is {found}")]
    WrongType {
        /// What has the type.
        what: Phrase,
        /// What it must be.
        expected: Phrase,
        /// What it is.
        found: Phrase,
    },
    /// A value that is known before the query runs is needed.
    #[error("{0} must be a constant")]
    NotConstant(Phrase),
    /// A table stands where a value is needed.
    #[error("a table stands where a value is needed")]
    NotAValue,
    /// A value stands where a table is needed.
    #[error("a value stands where a table is needed")]
    NotATable,
    /// There are statements, and no query behind them.
    #[error("no query stands behind the statements")]
    NoQuery,
    /// An aggregation stands where rows are looked at one by one, or the other way round.
    #[error("`{0}` can be used only where rows are summarized")]
    MisplacedAggregation(String),
    /// A function that asks for other rows needs rows in an order.
    #[error("`{0}` needs rows in an order: put `sort` or `serialize` before it")]
    NotSerialized(String),
    /// A construct that whotalks does not support.
    #[error("{construct} is not supported{}", instead.as_ref().map(|way| format!("; {way}")).unwrap_or_default())]
    Unsupported {
        /// What it is.
        construct: Phrase,
        /// A way round, where there is one.
        instead: Option<Phrase>,
    },
    /// The query is nested or expanded too deeply.
    #[error("the query is nested more than {0} levels deep")]
    TooDeep(usize),
    /// The engine failed while it planned or ran the query.
    #[error("the query failed: {0}")]
    Engine(String),
    /// The query took longer than it may.
    #[error("the query took longer than {} s", .0.as_secs())]
    Time(std::time::Duration),
    /// Whoever asked wants no answer any more.
    #[error("the query was stopped")]
    Cancelled,
    /// The query needs more memory than it may use.
    #[error("the query needs more memory than it may use: {0}")]
    Memory(String),
}

fn suggestion(similar: &Option<String>) -> String {
    similar
        .as_deref()
        .map(|name| format!("; did you mean `{name}`?"))
        .unwrap_or_default()
}

/// A function that is refused on purpose is not supported; everything else is a wrong call.
impl From<FunctionError> for PlanProblem {
    fn from(error: FunctionError) -> Self {
        match error {
            FunctionError::Refused { function, reason } => {
                let function = function.to_owned();
                match reason {
                    Refusal::DigestsNotDocumented => {
                        Self::unsupported(Phrase::DigestsNotDocumented(function), Some(Phrase::UseHashOfText))
                    }
                    Refusal::FactorNotKnown => Self::unsupported(Phrase::FactorNotKnown(function), None),
                    Refusal::RestsOnTable => {
                        Self::unsupported(Phrase::RestsOnTable(function), Some(Phrase::UseExtract))
                    }
                }
            }
            other => Self::Function(other),
        }
    }
}

/// A result whose error is one of a query.
pub(crate) type Result<T> = std::result::Result<T, PlanError>;

impl PlanProblem {
    /// The problem at a place of the text.
    pub(crate) fn at(self, span: Span) -> PlanError {
        PlanError {
            problem: self,
            span: Some(span),
        }
    }

    /// The construct as one that is not supported, with a way round where there is one.
    pub(crate) const fn unsupported(construct: Phrase, instead: Option<Phrase>) -> Self {
        Self::Unsupported { construct, instead }
    }
}

impl PlanError {
    /// The same error at a place, where it has none yet.
    pub(crate) fn or_at(self, span: Span) -> Self {
        Self {
            span: self.span.or(Some(span)),
            ..self
        }
    }
}

/// What the engine says about memory is told apart, since the user can do something about it.
impl From<datafusion::error::DataFusionError> for PlanError {
    fn from(error: datafusion::error::DataFusionError) -> Self {
        let problem = match error.find_root() {
            datafusion::error::DataFusionError::ResourcesExhausted(message) => PlanProblem::Memory(message.clone()),
            other => PlanProblem::Engine(other.strip_backtrace()),
        };
        Self { problem, span: None }
    }
}

impl From<PlanProblem> for PlanError {
    fn from(problem: PlanProblem) -> Self {
        Self { problem, span: None }
    }
}
