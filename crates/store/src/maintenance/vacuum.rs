//! Taking files away that hold no rows of the case any more.

use crate::StoreError;
use crate::case::Shared;
use crate::log::RemovedPart;

/// How long a file stays that holds no rows of the case any more: a reader that opened the case before may still read it.
const KEPT_MILLISECONDS: i64 = 3_600_000;

/// What was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Vacuumed {
    /// How many files.
    pub(super) files: u64,
    /// How many bytes they had.
    pub(super) bytes: u64,
}

/// Takes away what has been needless for long enough.
pub(super) fn vacuum(shared: &Shared) -> Result<Vacuumed, StoreError> {
    let before = shared.at_milliseconds().saturating_sub(KEPT_MILLISECONDS);
    let mut vacuumed = Vacuumed::default();
    let due: Vec<RemovedPart> = shared.with_state(|state| {
        let (due, kept) = state
            .removed
            .drain(..)
            .partition(|part| part.since_milliseconds < before);
        state.removed = kept;
        due
    });
    for RemovedPart { name, .. } in due {
        if let Some(bytes) = shared.place.remove(&name.name())? {
            vacuumed.files = vacuumed.files.saturating_add(1);
            vacuumed.bytes = vacuumed.bytes.saturating_add(bytes);
        }
    }
    Ok(vacuumed)
}
