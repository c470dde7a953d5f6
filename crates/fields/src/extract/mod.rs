//! From a frame to the values of its fields.
//!
//! | file | what it holds |
//! |---|---|
//! | `extractor` | the way of a frame |
//! | `content` | from the first header of a frame to what it carries, fragments put together |
//! | `pieces` | what is told of fragments |
//! | `headers` | what is told of each header |
//! | `conversations` | streams, and what their reassembled messages tell |
//! | `datagrams` | which protocol a datagram is given to |
//! | `services` | which protocol a conversation speaks |
//! | `messages` | the bytes of a stream, cut into messages |
//! | `talk` | what is kept between the messages of a conversation |
//! | `out` | where values go, wanted ones only |
//! | `place`, `bytes`, `asn1`, `lines`, `checksum` | reading |

pub(crate) mod asn1;
mod bytes;
pub(crate) mod checksum;
mod content;
mod conversations;
mod datagrams;
mod extractor;
mod frame;
mod headers;
pub(crate) mod lines;
mod messages;
mod out;
mod pieces;
mod place;
pub(crate) mod services;
mod talk;

pub(crate) use bytes::Bytes;
pub(crate) use extractor::Clock;
pub use extractor::Extractor;
pub use frame::{Frame, Interface};
pub(crate) use messages::Length;
pub(crate) use out::Out;
pub(crate) use pieces::PieceFields;
pub(crate) use place::Place;
pub(crate) use talk::{Context, Talk};
