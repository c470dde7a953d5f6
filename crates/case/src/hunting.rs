//! The case as the tables that hunting queries see.

use whotalks_record::Timestamp;
use whotalks_store::{HuntingRows, HuntingTable};
use whotalks_tables::hunting;

use crate::{Case, CaseError};

impl Case {
    /// All tables that hunting queries see, in the order of documentation. `now` names the writer of a case on disk, which
    /// keeps what was computed until its evidence changes.
    ///
    /// # Errors
    /// [`CaseError::Store`] where flows cannot be read back, or the rows cannot be written.
    pub fn hunting_tables(&mut self, _now: Timestamp) -> Result<Vec<HuntingTable>, CaseError> {
        let without_rows = |description| HuntingTable {
            description,
            rows: HuntingRows::Batches(Vec::new()),
        };
        Ok(hunting::all().into_iter().map(without_rows).collect())
    }
}
