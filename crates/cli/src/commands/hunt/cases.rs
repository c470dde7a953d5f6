//! The cases that are asked: one with the evidence that is named, or several that are kept.

use std::path::{Path, PathBuf};

use whotalks_case::hunt::{HuntError, Hunted, Hunter, RowReference, case_names};
use whotalks_case::kql::{Answer, Watch};
use whotalks_case::{Case, CaseError, RawEvidence};

use super::outside;
use crate::arguments::{Hunt, Source};
use crate::face::Face;
use crate::failure::Failure;
use crate::{limits, source};

/// Cases, and the folders in which they are kept.
pub(super) struct Cases {
    pub(super) hunter: Hunter,
    folders: Vec<PathBuf>,
}

/// Opens the cases; evidence can be read into one only.
pub(super) fn opened(arguments: &Hunt, paths: &[PathBuf], face: &Face) -> Result<Cases, Failure> {
    let folders = arguments.cases.clone();
    let cases = match folders.as_slice() {
        [] | [_] => {
            let source = Source {
                paths: paths.to_vec(),
                case: folders.first().cloned(),
            };
            vec![(String::new(), source::case(&source, face)?)]
        }
        _ if !paths.is_empty() => return Err(Failure::SeveralCases),
        several => kept(several)?,
    };
    let outside = outside::of(arguments)?;
    let limits = limits::of_query(arguments.memory, arguments.time_limit);
    let hunter = Hunter::new(cases, outside, limits).map_err(|error| failure(error, "", &folders))?;
    Ok(Cases { hunter, folders })
}

fn kept(folders: &[PathBuf]) -> Result<Vec<(String, Case)>, Failure> {
    let names = case_names(folders);
    let opened = names.into_iter().zip(folders).map(|(name, folder)| {
        let case = Case::open(folder).map_err(Failure::case(Some(folder)))?;
        Ok((name, case))
    });
    opened.collect()
}

impl Cases {
    /// The answer to a query.
    pub(super) fn ask(&mut self, hunted: &Hunted<'_>, watch: &mut dyn Watch) -> Result<Answer, Failure> {
        let answer = self.hunter.ask(hunted, watch);
        answer.map_err(|error| failure(error, hunted.text, &self.folders))
    }

    /// What the evidence says behind a reference, and the path of the piece.
    pub(super) fn explain(&self, reference: &RowReference) -> Result<(RawEvidence, String), Failure> {
        let span = reference.span;
        let case = self.hunter.case_of(reference).ok_or(Failure::Reference {
            reference: span,
            source: CaseError::NoSuchEvidence {
                evidence: span.evidence,
            },
        })?;
        let found = case.explain(span).map_err(|source| Failure::Reference {
            reference: span,
            source,
        })?;
        let mut lines = case.evidence().into_iter();
        let line = lines.find(|line| line.id == span.evidence);
        Ok((found, line.map(|line| line.path.to_string()).unwrap_or_default()))
    }
}

fn failure(error: HuntError, text: &str, folders: &[PathBuf]) -> Failure {
    match error {
        HuntError::Case { place, source } => {
            Failure::case(folders.get(place).map(|folder: &PathBuf| Path::new(folder)))(source)
        }
        HuntError::Query(error) => Failure::Query {
            text: text.to_owned(),
            source: Box::new(error),
        },
    }
}
