//! Builds frames: Ethernet, IPv4 or IPv6, TCP or UDP, and what applications say inside.

pub(crate) mod app;
mod checksum;
mod frame;

pub(crate) use frame::{Frame, Link, Segment, TcpFlags, tcp_frame, udp_frame};
