//! Calls, conferences and streams.

pub(crate) mod rtcp;
pub(crate) mod rtmp;
pub mod rtp;
pub mod rtsp;
pub mod sip;
pub mod stun;
