//! What keeps a network running: addresses, time, management, discovery.

pub(crate) mod bgp;
pub mod dhcp;
pub(crate) mod dhcpv6;
pub(crate) mod nat_pmp;
pub(crate) mod netflow;
pub mod ntp;
pub mod radius;
pub(crate) mod rip;
pub(crate) mod slp;
pub mod snmp;
pub(crate) mod ssdp;
pub mod syslog;
pub(crate) mod tacacs;
pub(crate) mod wsd;
