//! What whotalks concludes; computed again whenever evidence is added.

mod conversations;
mod flatten;

pub use conversations::{ConversationRow, Conversations, NameCandidateItem, ProcessConflictItem};

use crate::{Table, TableDescription};

/// All derived tables, in the order of documentation.
pub(crate) fn all() -> Vec<TableDescription> {
    vec![Conversations::describe()]
}
