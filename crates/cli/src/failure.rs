//! What went wrong, as a message with a hint and an exit code.

use std::any::Any;
use std::io;
use std::path::{Path, PathBuf};

use whotalks_case::filter::FilterError;
use whotalks_case::hunt::PlacesError;
use whotalks_case::kql::{PlanError, PlanProblem};
use whotalks_case::policy::PolicyError;
use whotalks_case::{CaseError, RawError, StoreError};
use whotalks_queries::{ArgumentError, FolderError, FrontMatterError};
use whotalks_record::Span;
use whotalks_render::CliMessage;
use whotalks_render::messages::HuntMessage;
use whotalks_render::words::{filter_excerpt, filter_problem, query_excerpt};

use crate::face::Face;
use crate::outcome::Outcome;

/// Why a command could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// No evidence was named.
    #[error("no evidence was given")]
    NoPath,
    /// Nothing that was named exists.
    #[error("{} does not exist", path.display())]
    NotFound {
        /// The first of them.
        path: PathBuf,
    },
    /// None of the evidence could be read.
    #[error("none of {pieces} pieces of evidence could be read")]
    NothingReadable {
        /// How many there were.
        pieces: usize,
    },
    /// A reference cannot be shown.
    #[error("{reference} cannot be shown")]
    Reference {
        /// The reference.
        reference: Span,
        /// Why.
        source: CaseError,
    },
    /// The case cannot be kept or read.
    #[error("the case {} cannot be used", path.display())]
    Case {
        /// Its folder, or that of temporary files.
        path: PathBuf,
        /// Why.
        source: CaseError,
    },
    /// A file of the user's own cannot be read.
    #[error("cannot read {}", path.display())]
    CannotRead {
        /// The file.
        path: PathBuf,
        /// The system's message.
        source: io::Error,
    },
    /// A file is no policy.
    #[error("{} is no policy", path.display())]
    Policy {
        /// The file.
        path: PathBuf,
        /// Why, and where.
        source: PolicyError,
    },
    /// A text is no display filter.
    #[error("{text:?} is no display filter")]
    Filter {
        /// The text.
        text: String,
        /// Why, and where.
        source: FilterError,
    },
    /// No query was given.
    #[error("no query was given")]
    NoQuery,
    /// A query is wrong, or went beyond its limits.
    #[error("the query has no answer")]
    Query {
        /// The query.
        text: String,
        /// Why, and where.
        source: Box<PlanError>,
    },
    /// Evidence was named beside several cases.
    #[error("evidence can be added to one case only")]
    SeveralCases,
    /// Parquet was asked for without a file.
    #[error("Parquet is written to a file only")]
    ParquetNeedsFile,
    /// The rows cannot be written as Parquet.
    #[error("the rows cannot be written as Parquet: {reason}")]
    Parquet {
        /// Why.
        reason: String,
    },
    /// A folder of saved queries or a query in it cannot be used.
    #[error("a saved query cannot be used")]
    SavedQuery {
        /// Why.
        source: FolderError,
    },
    /// The first lines of a query are wrong.
    #[error("the front matter of the query is wrong")]
    FrontMatter {
        /// Why.
        source: FrontMatterError,
    },
    /// There is no such saved query.
    #[error("there is no saved query {name}")]
    NoSuchQuery {
        /// What was asked for.
        name: String,
        /// One whose name is like it.
        similar: Option<String>,
    },
    /// A parameter is not written `name=value`.
    #[error("{text:?} is no parameter")]
    ParameterForm {
        /// What was given.
        text: String,
    },
    /// A parameter is missing, unknown or of another type.
    #[error("a parameter is wrong")]
    Parameter {
        /// Why.
        source: ArgumentError,
    },
    /// There is no such table.
    #[error("there is no table {name}")]
    NoSuchTable {
        /// What was asked for.
        name: String,
    },
    /// A file is no database of places.
    #[error("{} holds no places", path.display())]
    Places {
        /// The file.
        path: PathBuf,
        /// Why.
        source: PlacesError,
    },
    /// A file cannot be written.
    #[error("cannot write {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's message.
        source: io::Error,
    },
    /// Standard output cannot be written.
    #[error("cannot write to standard output")]
    Output {
        /// The system's message.
        source: io::Error,
    },
    /// A defect of whotalks.
    #[error("an internal error")]
    Internal {
        /// What the code said about it.
        message: String,
    },
}

impl Failure {
    /// What a panic carried.
    pub(crate) fn of_panic(cause: &(dyn Any + Send)) -> Self {
        let text = cause.downcast_ref::<&str>().map(ToString::to_string);
        let message = text
            .or_else(|| cause.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        Self::Internal { message }
    }

    /// A case that cannot be used; without a folder it is one in memory, which keeps a temporary file.
    pub(crate) fn case(folder: Option<&Path>) -> impl FnOnce(CaseError) -> Self {
        let path = folder.map_or_else(std::env::temp_dir, Path::to_owned);
        |source| Self::Case { path, source }
    }

    /// Says what failed, why, and what to do.
    pub(crate) fn tell(&self, face: &Face) -> Outcome {
        if let Self::Filter { text, source } = self {
            return tell_filter(text, source, face);
        }
        if let Self::Query { text, source } = self {
            return tell_query(text, source, face);
        }
        if let Self::Policy { path, source } = self {
            return tell_policy(path, source, face);
        }
        if let Some((error, hint)) = self.of_hunting() {
            let message = face.words.text(&error);
            face.say(&CliMessage::Error { message });
            let message = face.words.text(&hint);
            face.say(&CliMessage::Hint { message });
            return self.outcome();
        }
        if let Some((message, hint)) = self.of_bucket(face) {
            face.say(&CliMessage::Error { message });
            face.say(&CliMessage::Hint { message: hint });
            return self.outcome();
        }
        let (error, hint) = self.messages();
        let message = face.words.text(&error);
        face.say(&CliMessage::Error { message });
        if let Some(hint) = hint {
            let message = face.words.text(&hint);
            face.say(&CliMessage::Hint { message });
        }
        self.outcome()
    }

    const fn outcome(&self) -> Outcome {
        match self {
            Self::NoPath
            | Self::NoQuery
            | Self::SeveralCases
            | Self::ParquetNeedsFile
            | Self::SavedQuery { .. }
            | Self::FrontMatter { .. }
            | Self::NoSuchQuery { .. }
            | Self::ParameterForm { .. }
            | Self::Parameter { .. }
            | Self::NoSuchTable { .. }
            | Self::Places { .. }
            | Self::Query { .. }
            | Self::NotFound { .. }
            | Self::NothingReadable { .. }
            | Self::Filter { .. }
            | Self::Policy { .. }
            | Self::CannotRead { .. }
            | Self::Case { .. } => Outcome::Unusable,
            Self::Reference { source, .. } => match source {
                CaseError::NoSuchEvidence { .. } | CaseError::Raw(RawError::NoSuchPlace { .. }) => {
                    Outcome::NothingFound
                }
                _ => Outcome::Unusable,
            },
            Self::File { .. } | Self::Parquet { .. } | Self::Output { .. } | Self::Internal { .. } => Outcome::Failed,
        }
    }

    fn messages(&self) -> (CliMessage, Option<CliMessage>) {
        match self {
            Self::NoPath => (CliMessage::ErrorNoPath, Some(CliMessage::HintNoPath)),
            Self::NoQuery => (CliMessage::ErrorNoQuery, Some(CliMessage::HintNoQuery)),
            Self::NoSuchTable { name } => {
                let name = name.clone();
                (CliMessage::ErrorNoSuchTable { name }, Some(CliMessage::HintNoSuchTable))
            }
            Self::NotFound { path } => {
                let path = path.display().to_string();
                (CliMessage::ErrorNotFound { path }, Some(CliMessage::HintNotFound))
            }
            Self::NothingReadable { pieces } => {
                let count = u64::try_from(*pieces).unwrap_or(u64::MAX);
                let hint = CliMessage::HintNothingReadable;
                (CliMessage::ErrorNothingReadable { count }, Some(hint))
            }
            Self::Reference { reference, source } => of_reference(*reference, source),
            Self::Case { path, source } => of_case(path.display().to_string(), source),
            Self::CannotRead { path, source } => cannot_open(&path.display().to_string(), source),
            // These are told in words of their own.
            Self::Filter { source, .. } => usage(source),
            Self::Policy { source, .. } => usage(source),
            Self::Query { source, .. } => usage(source),
            other @ (Self::SeveralCases
            | Self::ParquetNeedsFile
            | Self::Parquet { .. }
            | Self::SavedQuery { .. }
            | Self::FrontMatter { .. }
            | Self::NoSuchQuery { .. }
            | Self::ParameterForm { .. }
            | Self::Places { .. }
            | Self::Parameter { .. }) => usage(other),
            Self::File { path, source } => cannot_write(path.display().to_string(), source),
            Self::Output { source } => cannot_write("stdout".to_owned(), source),
            Self::Internal { message } => {
                let message = message.clone();
                (CliMessage::ErrorInternal { message }, Some(CliMessage::HintInternal))
            }
        }
    }
}

impl Failure {
    /// What is wrong with a case in a bucket, and what to do.
    fn of_bucket(&self, face: &Face) -> Option<(String, String)> {
        match self {
            Self::Case { source, .. } | Self::Reference { source, .. } => match source {
                CaseError::Store(error) => face.words.object_error(error),
                _ => None,
            },
            _ => None,
        }
    }

    /// What is wrong with what a hunt was given, and what to do.
    fn of_hunting(&self) -> Option<(HuntMessage, HuntMessage)> {
        use HuntMessage as M;
        Some(match self {
            Self::SeveralCases => (M::SeveralCasesRead, M::SeveralCasesReadHint),
            Self::ParquetNeedsFile => (M::ParquetNeedsFile, M::ParquetNeedsFileHint),
            Self::Parquet { reason } => (M::ParquetFailed { reason: reason.clone() }, M::ParquetFailedHint),
            Self::SavedQuery { source } => {
                let (path, reason) = (source.path().display().to_string(), source.to_string());
                (M::SavedUnreadable { path, reason }, M::SavedUnreadableHint)
            }
            Self::FrontMatter { source } => {
                let (path, reason) = ("-".to_owned(), source.to_string());
                (M::SavedUnreadable { path, reason }, M::SavedUnreadableHint)
            }
            Self::NoSuchQuery { name, similar } => {
                let hint = match similar {
                    Some(names) => M::SavedUnknownHint { names: names.clone() },
                    None => M::SavedUnknownHintList,
                };
                (M::SavedUnknown { name: name.clone() }, hint)
            }
            Self::ParameterForm { text } => {
                let name = "NAME".to_owned();
                (M::ParameterForm { text: text.clone() }, M::ParameterHint { name })
            }
            Self::Parameter { source } => of_parameter(source),
            Self::Places { path, source } => {
                let (path, reason) = (path.display().to_string(), source.to_string());
                (M::PlacesUnusable { path, reason }, M::PlacesUnusableHint)
            }
            _ => return None,
        })
    }
}

fn of_parameter(error: &ArgumentError) -> (HuntMessage, HuntMessage) {
    use HuntMessage as M;
    match error.clone() {
        ArgumentError::Missing { name, kusto_type } => {
            let kind = kusto_type.name().to_owned();
            let hint = M::ParameterHint { name: name.clone() };
            (M::ParameterMissing { name, kind }, hint)
        }
        ArgumentError::Unknown { name, known } if known.is_empty() => {
            (M::ParameterUnknown { name }, M::ParameterNoneHint)
        }
        ArgumentError::Unknown { name, known } => {
            let names = known.join(", ");
            (M::ParameterUnknown { name }, M::ParameterUnknownHint { names })
        }
        ArgumentError::Wrong {
            name,
            value,
            kusto_type,
        } => {
            let kind = kusto_type.name().to_owned();
            let hint = M::ParameterHint { name: name.clone() };
            (M::ParameterWrong { name, value, kind }, hint)
        }
    }
}

fn usage(error: &dyn std::fmt::Display) -> (CliMessage, Option<CliMessage>) {
    let message = error.to_string();
    (CliMessage::ErrorUsage { message }, None)
}

fn tell_policy(path: &Path, error: &PolicyError, face: &Face) -> Outcome {
    let message = face.words.policy_error(&path.display().to_string(), error);
    face.say(&CliMessage::Error { message });
    let message = face.words.policy_hint(error);
    face.say(&CliMessage::Hint { message });
    Outcome::Unusable
}

/// Shows the line of the query with the part that is wrong.
fn tell_query(text: &str, error: &PlanError, face: &Face) -> Outcome {
    let message = face.words.query_error(text, error);
    face.say(&CliMessage::Error { message });
    for line in query_excerpt(text, error).into_iter().flatten() {
        face.say(&CliMessage::ErrorUsage {
            message: format!("  {line}"),
        });
    }
    let message = face.words.query_hint(&error.problem);
    face.say(&CliMessage::Hint { message });
    match error.problem {
        PlanProblem::Engine(_) => Outcome::Failed,
        _ => Outcome::Unusable,
    }
}

/// Shows the filter with the part that is wrong.
fn tell_filter(text: &str, error: &FilterError, face: &Face) -> Outcome {
    let message = face.words.text(&filter_problem(&error.problem));
    face.say(&CliMessage::Error { message });
    for line in filter_excerpt(text, error) {
        face.say(&CliMessage::ErrorUsage {
            message: format!("  {line}"),
        });
    }
    let message = face.words.filter_hint(&error.problem);
    face.say(&CliMessage::Hint { message });
    Outcome::Unusable
}

fn cannot_write(path: String, source: &io::Error) -> (CliMessage, Option<CliMessage>) {
    let reason = source.to_string();
    (
        CliMessage::ErrorCannotWrite { path, reason },
        Some(CliMessage::HintCannotWrite),
    )
}

fn of_case(path: String, error: &CaseError) -> (CliMessage, Option<CliMessage>) {
    match error {
        CaseError::Store(StoreError::NotACase { .. }) => {
            (CliMessage::ErrorNotACase { path }, Some(CliMessage::HintNotACase))
        }
        CaseError::Store(StoreError::NotEmpty { .. }) => {
            (CliMessage::ErrorCaseExists { path }, Some(CliMessage::HintNotACase))
        }
        CaseError::Store(StoreError::BeingWritten { writer, .. }) => {
            let writer = writer.as_ref().map(ToString::to_string).unwrap_or_default();
            (
                CliMessage::ErrorCaseBusy { path, writer },
                Some(CliMessage::HintCaseBusy),
            )
        }
        CaseError::EvidenceMoved { paths } => moved(paths),
        other => {
            let reason = other.to_string();
            (
                CliMessage::ErrorCaseDamaged { path, reason },
                Some(CliMessage::HintCaseDamaged),
            )
        }
    }
}

fn moved(paths: &[PathBuf]) -> (CliMessage, Option<CliMessage>) {
    let path = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    (
        CliMessage::ErrorEvidenceMoved { path },
        Some(CliMessage::HintEvidenceMoved),
    )
}

fn of_reference(reference: Span, error: &CaseError) -> (CliMessage, Option<CliMessage>) {
    let reference = reference.to_string();
    match error {
        CaseError::NoSuchEvidence { .. } => (
            CliMessage::ErrorNoSuchEvidence { reference },
            Some(CliMessage::HintNothingReadable),
        ),
        CaseError::Raw(RawError::NoSuchPlace { .. }) => (CliMessage::ErrorNoSuchPlace { reference }, None),
        CaseError::Raw(RawError::Gone { path }) => (
            CliMessage::ErrorEvidenceMoved { path: path.to_string() },
            Some(CliMessage::HintEvidenceMoved),
        ),
        CaseError::Raw(error @ RawError::StandardInput) => cannot_open("-", &error),
        CaseError::Raw(RawError::Io { path, source }) => cannot_open(path, source),
        CaseError::EvidenceMoved { paths } => moved(paths),
        CaseError::Store(error) => cannot_open(&reference, error),
    }
}

fn cannot_open(path: &str, reason: &dyn std::fmt::Display) -> (CliMessage, Option<CliMessage>) {
    let (path, reason) = (path.to_owned(), reason.to_string());
    (CliMessage::ErrorCannotOpen { path, reason }, None)
}
