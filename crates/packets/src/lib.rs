//! One pass over a capture: statistics, selection of packets, following a conversation, comparing two captures.
//!
//! *Brief overview*
//! - `pass` brings the packets of a capture to several workers: each batch is read and summarised once, by any worker, and
//!   then seen by all of them in the order of the file, so that each conversation has one owner and needs no lock.
//! - `frame` is what a summary holds: the conversation a packet belongs to and the numbers every question needs.
//! - `follow` tells what both sides of one conversation said, in order.
//! - `select` shows the packets that pass a display filter, and their fields.
//! - `compare` tells what changed from one capture to another.
//! - `policy` finds what a policy forbids.
//! - `statistics` answers the questions, one per file.

pub mod compare;
pub mod follow;
pub mod frame;
pub mod pass;
pub mod policy;
pub mod select;
pub mod statistics;
