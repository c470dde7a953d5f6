//! One conversation.

use std::path::PathBuf;

use whotalks_evidence::Progress;
use whotalks_packets::follow::{Chunk, Follow, Target};
use whotalks_packets::pass::Batch;
use whotalks_packets::select::Keep;

use super::{CapturesRead, over};

/// Gives what both sides of a conversation said to `each`, in order; says what was read.
pub fn follow(
    paths: &[PathBuf],
    target: Target,
    progress: &mut (dyn Progress + Send),
    each: &mut dyn FnMut(Chunk) -> Keep,
) -> CapturesRead {
    let ((), read) = over(paths, progress, |batches, _| {
        let mut follow = Follow::new(target);
        let mut batch = Batch::default();
        while batches.next(&mut batch) {
            for packet in batch.packets() {
                if follow.packet(&packet).any(|chunk| each(chunk) == Keep::Stop) {
                    return;
                }
            }
        }
        // Nothing comes after the end, so what `each` says of it is of no matter.
        let _ = follow.finish().any(|chunk| each(chunk) == Keep::Stop);
    });
    read
}
