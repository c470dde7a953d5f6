//! Which stream is meant.

use whotalks_record::{Endpoint, FlowKey, IpProtocol};
use whotalks_session::community_id;
use whotalks_session::streams::{Ends, StreamNumber};

/// The stream to be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Wireshark's `tcp.stream`.
    Tcp(StreamNumber),
    /// Wireshark's `udp.stream`.
    Udp(StreamNumber),
    /// A Community ID, version 1. Connections one after the other on the same ports have the same.
    CommunityId(String),
}

impl Target {
    /// The TCP stream of that number.
    #[must_use]
    pub const fn tcp(number: u32) -> Self {
        Self::Tcp(StreamNumber(number))
    }

    /// The UDP stream of that number.
    #[must_use]
    pub const fn udp(number: u32) -> Self {
        Self::Udp(StreamNumber(number))
    }

    /// Whether a stream between `ends` with that number is the one.
    pub(super) fn is(&self, protocol: IpProtocol, number: StreamNumber, ends: &Ends) -> bool {
        match self {
            Self::Tcp(wanted) => protocol == IpProtocol::TCP && *wanted == number,
            Self::Udp(wanted) => protocol == IpProtocol::UDP && *wanted == number,
            Self::CommunityId(wanted) => identifier(protocol, ends).as_ref() == Some(wanted),
        }
    }
}

fn identifier(protocol: IpProtocol, ends: &Ends) -> Option<String> {
    community_id(&FlowKey {
        protocol,
        client: Endpoint::new(ends.source, ends.ports.source),
        server: Endpoint::new(ends.destination, ends.ports.destination),
    })
}
