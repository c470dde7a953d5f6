//! Packets that pass a display filter.

use std::path::PathBuf;

use whotalks_evidence::Progress;
use whotalks_fields::FrameFields;
use whotalks_packets::pass::Batch;
use whotalks_packets::select::{Annotate, Keep, Seen, Select, Selection};

use super::{CapturesRead, over};

/// Shows every packet of all captures that passes to `each`; says how many passed and what was read. `case` fills the fields
/// that only a case can fill.
pub fn select(
    paths: &[PathBuf],
    selection: &Selection,
    case: Option<&dyn Annotate>,
    progress: &mut (dyn Progress + Send),
    each: impl FnMut(&Seen<'_>, &FrameFields<'_>) -> Keep,
) -> (u64, CapturesRead) {
    over(paths, progress, |batches, _| {
        let mut select = Select::new(selection, case, each);
        let mut batch = Batch::default();
        while !select.has_stopped() && batches.next(&mut batch) {
            select.batch(&batch);
        }
        select.passed()
    })
}
