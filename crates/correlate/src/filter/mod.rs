//! Which filter decided: from a run-time identifier to a name, with all that can make an identifier stale.

mod conditions;
mod index;
mod layers;

pub(crate) use index::{FilterIndex, FilterQuestion};
