//! What one segment turned out to be.

use whotalks_record::Nanoseconds;

use super::findings::Findings;
pub use super::flight::Flight;
pub use super::side::Scale;

/// What one TCP segment turned out to be within its connection, by the rules of Wireshark 4.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Analysis {
    /// What is remarkable about it.
    pub findings: Findings,
    /// Sequence number relative to the connection's first (`tcp.seq`).
    pub sequence: u32,
    /// Acknowledgment number (`tcp.ack`): relative where the segment acknowledges, else as it stands.
    pub acknowledgment: u32,
    /// Bytes of data on the wire (`tcp.len`); none where the datagram is shorter than the TCP header says.
    pub data_bytes: Option<u32>,
    /// The relative number after it (`tcp.nxtseq`).
    pub next_sequence: u32,
    /// The window in bytes, scaled (`tcp.window_size`).
    pub window_bytes: u32,
    /// How it was scaled; none for a SYN, whose window is never scaled (RFC 7323 2.2).
    pub scale: Option<Scale>,
    /// What of the connection was seen before this segment (`tcp.completeness`).
    pub completeness: Completeness,
    /// From the SYN to the first segment that acknowledges the answer, once known (`tcp.analysis.initial_rtt`).
    pub initial_round_trip: Option<Nanoseconds>,
    /// Which duplicate in a row it is (`tcp.analysis.duplicate_ack_num`).
    pub duplicate: Option<u16>,
    /// What it acknowledges and what is on its way; none unless [`Settings::flight`](super::Settings::flight) is set.
    pub flight: Option<Flight>,
    /// It acknowledges what was not captured, which was said of an earlier one.
    pub(super) is_noted: bool,
}

impl Analysis {
    /// Whether Wireshark shows its "SEQ/ACK analysis", within which alone `tcp.analysis.initial_rtt` can be filtered for.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        !self.findings.is_empty() || self.is_noted || self.flight.is_some_and(|flight| flight.is_shown())
    }
}

/// What was seen of a connection: the bits of `tcp.completeness`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Completeness(pub u8);

impl Completeness {
    /// The SYN was the first segment.
    pub const SYN: Self = Self(0x01);
    /// SYN and ACK.
    pub const SYN_ACK: Self = Self(0x02);
    /// An ACK without data.
    pub const ACK: Self = Self(0x04);
    /// Data.
    pub const DATA: Self = Self(0x08);
    /// A FIN.
    pub const FIN: Self = Self(0x10);
    /// A RST.
    pub const RST: Self = Self(0x20);

    /// Whether one of these was seen.
    #[inline]
    #[must_use]
    pub const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    #[inline]
    pub(crate) const fn add_when(&mut self, bits: Self, condition: bool) {
        if condition {
            self.0 |= bits.0;
        }
    }
}

/// The initial round trip of a connection as the handshake shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Handshake {
    /// From the last SYN to the SYN/ACK: the way between the capture and the server; none where it was not captured.
    pub syn_to_syn_ack: Option<Nanoseconds>,
    /// From the SYN/ACK to the ACK: the way between the capture and the client.
    pub syn_ack_to_ack: Option<Nanoseconds>,
    /// From the last SYN to the ACK.
    pub total: Nanoseconds,
}
