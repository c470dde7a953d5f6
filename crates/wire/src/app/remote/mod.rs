//! Working on another machine.

pub mod rdp;
pub(crate) mod rdp_udp;
pub mod ssh;
pub(crate) mod telnet;
