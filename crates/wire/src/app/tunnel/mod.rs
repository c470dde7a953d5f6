//! Tunnels and what hides traffic. What they carry is not read.

pub(crate) mod esp_in_udp;
pub(crate) mod gtp;
pub mod isakmp;
pub(crate) mod l2tp;
pub(crate) mod openvpn;
pub(crate) mod pptp;
pub(crate) mod tor;
pub(crate) mod wireguard;
