//! The summary of one packet.

use whotalks_record::IpProtocol;
use whotalks_session::streams::Ends;
use whotalks_wire::dissect::{Dissected, Transport};

/// What every question needs to know of a packet with addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// From whom to whom; the ports are 0 where the protocol has none.
    pub ends: Ends,
    /// What IP carries.
    pub protocol: IpProtocol,
    /// What could be read of it.
    pub carried: Carried,
    /// The transport's payload.
    pub payload: PayloadRange,
}

/// What lies above IP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// TCP, whose header begins there in the frame.
    Tcp(u32),
    /// UDP.
    Udp,
    /// A piece of a larger datagram.
    Fragment,
    /// Anything else, or a header that was cut off.
    Other,
}

/// Where a payload lies in its frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PayloadRange {
    /// Where it begins.
    pub start: u32,
    /// How many of its bytes were kept.
    pub captured_bytes: u32,
    /// How many bytes it had on the wire.
    pub wire_bytes: u32,
}

impl PayloadRange {
    /// The bytes that were kept.
    #[inline]
    #[must_use]
    pub fn of<'a>(&self, frame: &'a [u8]) -> &'a [u8] {
        let start = self.start as usize;
        frame
            .get(start..start + self.captured_bytes as usize)
            .unwrap_or_default()
    }
}

impl Summary {
    /// Whether it belongs to a TCP or UDP stream.
    #[must_use]
    pub const fn is_in_stream(&self) -> bool {
        matches!(self.carried, Carried::Tcp(_) | Carried::Udp)
    }

    /// Summarises a dissected packet.
    #[must_use]
    pub fn of_dissected(frame: &[u8], dissected: &Dissected<'_>) -> Option<Self> {
        let ip = dissected.ip()?;
        let is_fragment = ip.fragment.is_some_and(|fragment| !fragment.is_atomic());
        let ports = if is_fragment { None } else { dissected.ports() };
        let carried = match &dissected.transport {
            _ if is_fragment => Carried::Fragment,
            Some(Transport::Tcp(header)) => Carried::Tcp(place(frame, header.fixed_bytes())),
            Some(Transport::Udp(_)) => Carried::Udp,
            _ => Carried::Other,
        };
        let ends = Ends {
            source: ip.source,
            destination: ip.destination,
            ports: ports.unwrap_or_default(),
        };
        Some(Self {
            ends,
            protocol: ip.protocol,
            carried,
            payload: PayloadRange {
                start: place(frame, dissected.payload),
                captured_bytes: dissected.payload.len().try_into().unwrap_or(u32::MAX),
                wire_bytes: dissected.payload_wire_bytes,
            },
        })
    }
}

/// Where `part`, which is a slice of `frame`, lies in it.
pub(crate) fn range_of(frame: &[u8], part: &[u8]) -> PayloadRange {
    let bytes = part.len().try_into().unwrap_or(u32::MAX);
    PayloadRange {
        start: place(frame, part),
        captured_bytes: bytes,
        wire_bytes: bytes,
    }
}

/// Where `part`, which is a slice of `frame`, begins in it; 0 for an empty part.
fn place(frame: &[u8], part: &[u8]) -> u32 {
    let distance = part.as_ptr().addr().wrapping_sub(frame.as_ptr().addr());
    if part.is_empty() || distance > frame.len() {
        0
    } else {
        distance.try_into().unwrap_or(u32::MAX)
    }
}
