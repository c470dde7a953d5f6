//! The program cell of a row, folded over conversations.

use whotalks_correlate::{Attribution, ProcessIdentity};
use whotalks_record::{Grade, Pid, Text};

use crate::ProgramCell;

/// The most process identifiers that one cell lists.
const MOST_PIDS: usize = 8;
/// The most programs that other evidence names instead.
const MOST_CONFLICTS: usize = 4;

/// What tells programs apart in a table: image and service, or the bare pid where no image is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ProgramKey {
    /// Nothing is known.
    Nobody,
    /// Only the identifier.
    Pid(Pid),
    /// The image in lower case, and the service where exactly one is known.
    Image(String, Option<Text>),
}

impl ProgramKey {
    pub(crate) fn of(attribution: &Attribution) -> Self {
        let Some(process) = &attribution.process else {
            return Self::Nobody;
        };
        match (&process.image, process.pid) {
            (Some(image), _) => Self::Image(image.to_lowercase(), only_service(process)),
            (None, Some(pid)) => Self::Pid(pid),
            (None, None) => Self::Nobody,
        }
    }
}

fn only_service(process: &ProcessIdentity) -> Option<Text> {
    match process.service.services.as_slice() {
        [only] => Some(Text::clone(only)),
        _ => None,
    }
}

/// The cell of a first conversation.
pub(crate) fn cell(attribution: &Attribution) -> ProgramCell {
    let Some(process) = &attribution.process else {
        return ProgramCell::default();
    };
    let name = process.image.as_deref().map(|image| Text::from(file_name(image)));
    let system = (process.pid == Some(Pid::SYSTEM) && name.is_none()).then(|| Text::from("System"));
    let mut cell = ProgramCell {
        name: name.or(system),
        image: process.image.clone(),
        pids: Vec::new(),
        service: process.service.clone(),
        grade: attribution.grade,
        rule: attribution.rule,
        conflicts: Vec::new(),
    };
    fold(&mut cell, attribution);
    cell
}

/// Adds another conversation of the same program: the cell's grade is its weakest, so that it never claims too much.
pub(crate) fn fold(cell: &mut ProgramCell, attribution: &Attribution) {
    if attribution.grade < cell.grade {
        (cell.grade, cell.rule) = (attribution.grade, attribution.rule);
    }
    if let Some(pid) = attribution.process.as_ref().and_then(|process| process.pid)
        && cell.pids.len() < MOST_PIDS
        && let Err(place) = cell.pids.binary_search(&pid)
    {
        cell.pids.insert(place, pid);
    }
    for conflict in &attribution.conflicts {
        let label = label(&conflict.process);
        if cell.conflicts.len() < MOST_CONFLICTS && !cell.conflicts.contains(&label) {
            cell.conflicts.push(label);
        }
    }
}

/// A program in one phrase: `name (pid)`, `pid`.
pub(crate) fn label(process: &ProcessIdentity) -> Text {
    match (process.image.as_deref().map(file_name), process.pid) {
        (Some(name), Some(pid)) => format!("{name} ({pid})").into(),
        (Some(name), None) => name.into(),
        (None, Some(pid)) => format!("pid {pid}").into(),
        (None, None) => Grade::Unknown.word().into(),
    }
}

/// The last component of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['\\', '/']).next().unwrap_or(path)
}
