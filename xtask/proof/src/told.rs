//! What whotalks says about some files.

use std::path::PathBuf;

use whotalks_case::{Case, CaseError, NoProgress};
use whotalks_correlate::Conversation;
use whotalks_record::Timestamp;
use xtask::error::{Error, Result};

/// What whotalks says.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) conversations: Vec<Conversation>,
}

/// Opens a case in memory, ingests the files and takes every conversation.
pub(crate) fn tell(paths: &[PathBuf]) -> Result<Told> {
    ask(paths).map_err(|error| Error::Product {
        message: error.to_string(),
    })
}

fn ask(paths: &[PathBuf]) -> std::result::Result<Told, CaseError> {
    let mut case = Case::in_memory();
    case.ingest(paths, &mut NoProgress, Timestamp::MIN)?;
    let mut told = Told::default();
    case.conversations(&mut |conversation| told.conversations.push(conversation))?;
    Ok(told)
}
