//! The program cell of a row, folded over conversations.

use whotalks_correlate::{Attribution, Conflict, Conversation, ProcessIdentity, ProcessRule, UnknownReason};
use whotalks_record::{Grade, Pid, Text};

use crate::{ProgramCell, RelayedProgram};

/// The most process identifiers that one cell lists.
const MOST_PIDS: usize = 8;
/// The most programs that other evidence names instead.
const MOST_CONFLICTS: usize = 4;
/// The most programs that one relay is said to call for.
const MOST_RELAYED: usize = 4;

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
        relayed_for: Vec::new(),
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

/// Adds the programs that a conversation was made for; the surest word on each counts.
pub(crate) fn fold_relayed(cell: &mut ProgramCell, conversation: &Conversation) {
    let known = &mut cell.relayed_for;
    for relayed in relayed_for(conversation) {
        match known.iter().position(|one| one.program == relayed.program) {
            Some(place) => known
                .iter_mut()
                .skip(place)
                .take(1)
                .for_each(|one| one.grade = one.grade.max(relayed.grade)),
            None if known.len() < MOST_RELAYED => known.push(relayed),
            None => {}
        }
    }
}

/// The program that a conversation was made for, or all that come into question.
pub(crate) fn relayed_for(conversation: &Conversation) -> Vec<RelayedProgram> {
    let Some(attribution) = &conversation.relayed_for else {
        return Vec::new();
    };
    let grade = attribution.grade;
    let one_of = |image: &Text| RelayedProgram {
        program: file_name(image).into(),
        grade,
    };
    match (&attribution.process, &attribution.unknown) {
        (Some(process), _) => vec![RelayedProgram {
            program: label(process),
            grade,
        }],
        (None, Some(UnknownReason::Ambiguous(images))) => images.iter().map(one_of).collect(),
        (None, _) => Vec::new(),
    }
}

/// Whether two programs are those of different packets of one flow, which disagree about nothing: a socket that is handed on has several.
pub(crate) fn is_handed_on(attribution: &Attribution, conflict: &Conflict) -> bool {
    let of_packets = ProcessRule::PacketOwner;
    attribution.rule == Some(of_packets) && conflict.rule == of_packets
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
