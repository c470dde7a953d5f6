//! From a frame to the values of its fields.
//!
//! | file | what it holds |
//! |---|---|
//! | `extractor` | the way of a frame |
//! | `headers` | what is told of each header |
//! | `conversations` | streams, and what their reassembled messages tell |
//! | `datagrams` | which protocol a datagram is given to |
//! | `out` | where values go, wanted ones only |
//! | `place`, `bytes`, `checksum` | reading |

mod bytes;
pub(crate) mod checksum;
mod conversations;
mod datagrams;
mod extractor;
mod frame;
mod headers;
mod out;
mod place;

pub(crate) use bytes::Bytes;
pub(crate) use extractor::Clock;
pub use extractor::Extractor;
pub use frame::{Frame, Interface};
pub(crate) use out::Out;
pub(crate) use place::Place;
