//! The flows of a case: of one in memory spilled to a temporary file beyond a bound, of one on disk in its tables.

use std::path::PathBuf;

use whotalks_correlate::FlowStream;
use whotalks_record::{Flow, NameObservation};
use whotalks_store::{CaseFlows, FlowSpill, StoreError};

/// Where the flows are.
pub(crate) enum Flows {
    /// In memory and, beyond a bound, in a temporary file.
    Spilled(FlowSpill),
    /// In the tables of a case on disk.
    Stored(CaseFlows),
}

impl Flows {
    /// No flows yet; what does not fit into memory will go to the system's folder for temporary files.
    pub(crate) fn none() -> Self {
        Self::Spilled(FlowSpill::new(&temporary_folder(), FlowSpill::MOST_IN_MEMORY))
    }

    /// Why the last pass ended early, if it did.
    pub(crate) fn take_failure(&self) -> Option<StoreError> {
        match self {
            Self::Spilled(spill) => spill.take_failure(),
            Self::Stored(stored) => stored.take_failure(),
        }
    }
}

/// Where temporary files of a case in memory go.
pub(crate) fn temporary_folder() -> PathBuf {
    std::env::temp_dir()
}

impl FlowStream for Flows {
    fn visit(&self, visit: &mut dyn FnMut(&Flow, &[NameObservation])) {
        match self {
            Self::Spilled(spill) => spill.visit(visit),
            Self::Stored(stored) => stored.visit(visit),
        }
    }
}
