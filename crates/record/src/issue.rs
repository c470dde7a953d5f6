//! What could not be read, and where.

use crate::{Span, Text};

/// One thing that could not be read or was lost. Reading goes on wherever it can; issues end up in the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Where it happened.
    pub span: Span,
    /// What happened.
    pub kind: IssueKind,
}

/// The kinds of issue; a closed list, since each has its message in two languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssueKind {
    /// The evidence ends inside a structure; everything before was kept.
    Truncated {
        /// The structure or field, in the words of its specification: `packet.data`, `chunk.header`.
        field: &'static str,
        /// Bytes the structure needs.
        needed: u64,
        /// Bytes that were there.
        available: u64,
    },
    /// A structure contradicts its specification; it was skipped.
    Malformed {
        /// The structure or field.
        field: &'static str,
        /// What was found, as plain technical text (it may quote hostile bytes; faces escape it).
        found: Text,
    },
    /// A valid structure that whotalks does not read.
    Unsupported {
        /// The structure or field.
        field: &'static str,
        /// What was found.
        found: Text,
    },
    /// A stated number of units was skipped as damaged.
    Skipped {
        /// What was skipped: `chunk`, `record`, `line`.
        unit: &'static str,
        /// How many.
        count: u64,
    },
    /// The source itself says that it lost something before we saw it.
    Lost {
        /// What was lost: `packet`, `event`.
        unit: &'static str,
        /// How many.
        count: u64,
    },
    /// A bound that keeps memory finite was reached; what went over it was dropped and counted.
    BoundReached {
        /// The name of the bound.
        bound: &'static str,
        /// Its value.
        limit: u64,
        /// How many units were dropped or evicted.
        count: u64,
    },
    /// The operating system could not deliver the bytes.
    Io {
        /// The system's message.
        message: Text,
    },
}
