//! What a commit does.

use serde::{Deserialize, Serialize};

/// What a commit does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Adds one batch of observed rows.
    Observed {
        /// The batch.
        batch: String,
        /// The SHA-256 of the evidence that it was read from; none for several pieces, and for those without a digest.
        sha256: Option<String>,
    },
    /// Replaces a derived table as a whole.
    Derived {
        /// The table.
        table: String,
        /// The last change of what is observed that it was computed from.
        of: u64,
    },
    /// Replaces the hunting tables as a whole.
    Hunting {
        /// The last change of what is observed that they were computed from.
        of: u64,
        /// What the tables hold, as the version that wrote them counts it.
        edition: u32,
    },
    /// Replaces small parts by larger ones with the same rows.
    Compacted,
    /// Takes batches away for good.
    Retired {
        /// The batches.
        batches: Vec<String>,
    },
    /// Takes writers for dead: what they brought and did not commit is none of the case, and they commit nothing any more.
    Swept {
        /// Their names.
        writers: Vec<String>,
    },
    /// Replaces everything that was observed.
    Rebuilt {
        /// The batches that there are now, in their order, with their digests.
        batches: Vec<BatchEntry>,
    },
}

/// A batch as the log lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BatchEntry {
    /// The batch.
    pub(crate) batch: String,
    /// The SHA-256 of its evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sha256: Option<String>,
    /// The latest time in it, in nanoseconds since 1970; none where it holds no times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last: Option<i64>,
    /// How many bytes its parts had when it was committed.
    #[serde(default)]
    pub(crate) bytes: u64,
}

impl Change {
    /// Whether what is known of the world changes, so that what was derived is out of date.
    pub(crate) const fn is_of_evidence(&self) -> bool {
        matches!(
            self,
            Self::Observed { .. } | Self::Retired { .. } | Self::Rebuilt { .. }
        )
    }

    /// The word for it in the logs of single tables.
    pub(crate) const fn operation(&self) -> &'static str {
        match self {
            Self::Observed { .. } => "WRITE",
            Self::Derived { .. } | Self::Hunting { .. } | Self::Rebuilt { .. } => "REPLACE",
            // No file of a table comes or goes with the second one.
            Self::Compacted | Self::Swept { .. } => "OPTIMIZE",
            Self::Retired { .. } => "DELETE",
        }
    }
}
