//! ISO transport and what runs machines.

pub mod cotp;
pub(crate) mod s7comm;
