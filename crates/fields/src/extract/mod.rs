//! From a frame to the values of its fields.
//!
//! | file | what it holds |
//! |---|---|
//! | `extractor` | the way of a frame |
//! | `headers` | what is told of each header |
//! | `applications` | which protocol a payload is given to |
//! | `out` | where values go, wanted ones only |
//! | `place`, `bytes`, `checksum` | reading |

mod applications;
mod bytes;
pub(crate) mod checksum;
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
