//! Readers of Windows event logs.
//!
//! | container | reader |
//! |---|---|
//! | EVTX | [`EvtxReader`] |

mod collect;
mod events;
mod evtx;
mod raw;
mod text;
mod xml;

#[cfg(test)]
mod testing;

pub use crate::evtx::EvtxReader;
pub use crate::xml::EventXmlReader;
