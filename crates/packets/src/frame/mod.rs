//! What a packet is, in few bytes: computed once for each packet and seen by every worker.

mod quick;
mod summary;

pub use summary::{Carried, PayloadRange, Summary};
