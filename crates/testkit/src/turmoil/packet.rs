//! One segment, and its bytes.

use crate::packet::{Extras, Link, Segment, TcpFlags, tcp_frame_with};
use std::net::{Ipv4Addr, SocketAddr};

/// Ethernet, IPv4 and TCP without options.
const HEADER_BYTES: usize = 54;

/// A segment and when it is captured.
#[derive(Debug, Clone)]
pub(super) struct Packet {
    pub(super) time_ns: u64,
    /// Which conversation.
    pub(super) number: u16,
    /// From the end that opens the conversation.
    pub(super) from_client: bool,
    pub(super) sequence: u32,
    pub(super) acknowledgement: u32,
    pub(super) flags: TcpFlags,
    pub(super) window: u16,
    pub(super) options: Vec<u8>,
    pub(super) data_bytes: u16,
    /// Only the headers were kept.
    pub(super) is_cut: bool,
}

impl Packet {
    /// Writes it as a record of a pcap file.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let (client, server) = ends(self.number);
        let (source, destination) = if self.from_client {
            (client, server)
        } else {
            (server, client)
        };
        let payload = vec![0; self.data_bytes.into()];
        let segment = Segment {
            source,
            destination,
            sequence: self.sequence,
            acknowledgement: self.acknowledgement,
            flags: self.flags,
            payload: &payload,
        };
        let extras = Extras {
            window: self.window,
            options: &self.options,
        };
        let frame = tcp_frame_with(link(self.from_client), &segment, &extras, self.number).bytes;
        let kept = if self.is_cut {
            frame.len().min(HEADER_BYTES + self.options.len())
        } else {
            frame.len()
        };
        let (seconds, nanoseconds) = (self.time_ns / 1_000_000_000, self.time_ns % 1_000_000_000);
        for number in [seconds, nanoseconds, kept as u64, frame.len() as u64] {
            bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
        }
        bytes.extend(frame.iter().take(kept));
    }
}

/// Each conversation has a client port of its own; no program listens on the server's.
fn ends(number: u16) -> (SocketAddr, SocketAddr) {
    const SERVER_PORT: u16 = 60_001;
    let client = Ipv4Addr::new(10, 0, 0, 1);
    let server = Ipv4Addr::new(198, 18, 0, 1);
    (
        SocketAddr::from((client, 20_000 + number % 40_000)),
        SocketAddr::from((server, SERVER_PORT)),
    )
}

fn link(from_client: bool) -> Link {
    let (client, server) = ([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2]);
    let (source, destination) = if from_client {
        (client, server)
    } else {
        (server, client)
    };
    Link {
        source,
        destination,
        padded: false,
    }
}
