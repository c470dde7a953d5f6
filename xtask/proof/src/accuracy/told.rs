//! What whotalks says about some files.

use std::path::PathBuf;

use whotalks_case::{Case, NoProgress};
use whotalks_correlate::Conversation;

/// What whotalks says.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) conversations: Vec<Conversation>,
}

/// Opens a case in memory, ingests the files and takes every conversation.
pub(super) fn tell(paths: &[PathBuf]) -> Told {
    let mut case = Case::in_memory();
    case.ingest(paths, &mut NoProgress);
    let mut told = Told::default();
    case.conversations(&mut |conversation| told.conversations.push(conversation));
    told
}
