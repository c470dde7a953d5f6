//! Working on another machine.

pub(crate) mod anydesk;
pub(crate) mod radmin;
pub mod rdp;
pub(crate) mod rdp_udp;
pub(crate) mod rmcp;
pub mod ssh;
pub(crate) mod teamviewer;
pub(crate) mod telnet;
pub mod vnc;
pub(crate) mod x11;
