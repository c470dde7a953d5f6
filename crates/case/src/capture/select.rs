//! Packets that pass a display filter.

use std::path::PathBuf;

use whotalks_evidence::Progress;
use whotalks_fields::FrameFields;
use whotalks_packets::pass::Batch;
use whotalks_packets::select::{Annotate, Keep, Select, Selection};
use whotalks_record::{Packet, Sink as _};

use super::{CapturesRead, over};

/// Shows every packet of all captures that passes to `each`; says how many passed and what was read. `case` fills the fields
/// that only a case can fill.
pub fn select(
    paths: &[PathBuf],
    selection: &Selection,
    case: Option<&dyn Annotate>,
    progress: &mut (dyn Progress + Send),
    each: impl FnMut(&Packet<'_>, &FrameFields<'_>) -> Keep,
) -> (u64, CapturesRead) {
    over(paths, progress, |batches, _| {
        let mut select = Select::new(selection, case, each);
        let mut batch = Batch::default();
        while !select.has_stopped() && batches.next(&mut batch) {
            // Once it has stopped, it lets the rest of the batch pass by.
            batch.packets().for_each(|packet| select.packet(&packet));
        }
        select.finish().0
    })
}
