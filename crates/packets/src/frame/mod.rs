//! What a packet is, in few bytes: computed once for each packet and seen by every worker.

mod layers;
mod quick;
mod summary;
#[cfg(test)]
mod tests;

pub(crate) use layers::{Layers, Other, datagram_layers, layers};
pub(crate) use quick::{Shape, summary as quick_summary};
pub(crate) use summary::range_of;
pub use summary::{Carried, PayloadRange, Summary};
