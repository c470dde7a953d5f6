//! The scenario generator: a seeded description of hosts, processes, services, proxies, connections, blocks and noise,
//! written out as consistent evidence of several kinds, together with the truth.
//!
//! It shares no code with the readers: packets, pcapng, EVTX and the text tools are built here from their own
//! descriptions, so that a mistake of a reader cannot hide behind the same mistake of the writer.

pub mod answerable;
pub mod bundle;
pub(crate) mod clock;
pub(crate) mod events;
pub(crate) mod packet;
pub mod places;
pub mod random;
pub mod scenario;
pub(crate) mod sockets;
pub mod sources;
pub mod stream;
pub mod truth;
pub mod turmoil;
pub mod write;
