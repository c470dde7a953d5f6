//! Builds frames: Ethernet, IPv4 or IPv6, TCP or UDP, and what applications say inside.

pub(crate) mod app;
mod checksum;
mod frame;

pub(crate) use frame::{Extras, Frame, Link, Segment, TcpFlags, tcp_frame, tcp_frame_with, udp_frame};
