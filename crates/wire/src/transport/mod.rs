//! Transport layers: which conversation between two hosts.

pub mod sctp;
pub mod tcp;
pub mod udp;

/// The ports of a packet. They stand in the first four bytes in TCP, UDP, UDP-Lite, SCTP and DCCP alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Ports {
    /// The sender's port.
    pub source: u16,
    /// The receiver's port.
    pub destination: u16,
}

impl Ports {
    /// The ports at the beginning of a transport header, if that much of it was kept.
    #[inline]
    #[must_use]
    pub fn peek(header: &[u8]) -> Option<Self> {
        let [a, b, c, d] = *header.first_chunk()?;
        Some(Self {
            source: u16::from_be_bytes([a, b]),
            destination: u16::from_be_bytes([c, d]),
        })
    }
}
