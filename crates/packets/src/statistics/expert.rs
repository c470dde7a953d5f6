//! What is remarkable (Wireshark's "expert information").

use std::collections::BTreeMap;

use whotalks_session::streams::Findings;

/// Something remarkable about a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Remark {
    /// A header that cannot be what it says.
    Malformed,
    /// The capture kept only the beginning of the packet, and a header is cut off.
    CutShort,
    /// Data sent again.
    Retransmission,
    /// Data sent again at once after duplicate acknowledgments.
    FastRetransmission,
    /// Data sent again that was acknowledged already.
    SpuriousRetransmission,
    /// A segment that came after later ones.
    OutOfOrder,
    /// A segment before this one was not captured.
    LostSegment,
    /// An acknowledged segment was not captured.
    AckLostSegment,
    /// The same acknowledgment again.
    DuplicateAck,
    /// The receiver takes no more.
    ZeroWindow,
    /// One byte into a window of zero.
    ZeroWindowProbe,
    /// The answer to it.
    ZeroWindowProbeAck,
    /// The sender fills the receiver's window.
    WindowFull,
    /// Nothing but another window.
    WindowUpdate,
    /// A keep-alive.
    KeepAlive,
    /// The answer to it.
    KeepAliveAck,
    /// Ports used again by another connection.
    ReusedPorts,
    /// A connection was reset.
    Reset,
}

/// How bad it is, as Wireshark grades it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Cannot be read.
    Error,
    /// Hurts.
    Warning,
    /// Worth knowing.
    Note,
    /// Part of a healthy conversation.
    Chat,
}

/// The findings of the TCP analysis and what they are called here.
const OF_FINDINGS: [(Findings, Remark); 15] = [
    (Findings::RETRANSMISSION, Remark::Retransmission),
    (Findings::FAST_RETRANSMISSION, Remark::FastRetransmission),
    (Findings::SPURIOUS_RETRANSMISSION, Remark::SpuriousRetransmission),
    (Findings::OUT_OF_ORDER, Remark::OutOfOrder),
    (Findings::LOST_SEGMENT, Remark::LostSegment),
    (Findings::ACK_LOST_SEGMENT, Remark::AckLostSegment),
    (Findings::DUPLICATE_ACK, Remark::DuplicateAck),
    (Findings::ZERO_WINDOW, Remark::ZeroWindow),
    (Findings::ZERO_WINDOW_PROBE, Remark::ZeroWindowProbe),
    (Findings::ZERO_WINDOW_PROBE_ACK, Remark::ZeroWindowProbeAck),
    (Findings::WINDOW_FULL, Remark::WindowFull),
    (Findings::WINDOW_UPDATE, Remark::WindowUpdate),
    (Findings::KEEP_ALIVE, Remark::KeepAlive),
    (Findings::KEEP_ALIVE_ACK, Remark::KeepAliveAck),
    (Findings::REUSED_PORTS, Remark::ReusedPorts),
];

impl Remark {
    /// How bad it is.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Malformed => Severity::Error,
            Self::CutShort | Self::OutOfOrder | Self::LostSegment | Self::AckLostSegment | Self::ZeroWindow => {
                Severity::Warning
            }
            Self::WindowFull | Self::Reset => Severity::Warning,
            Self::WindowUpdate => Severity::Chat,
            _ => Severity::Note,
        }
    }
}

/// How often something was remarked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpertRow {
    /// What.
    pub remark: Remark,
    /// In how many packets.
    pub packets: u64,
    /// The first of them.
    pub first_packet: u64,
}

/// Remarks by kind.
#[derive(Debug, Default)]
pub(super) struct Expert {
    seen: BTreeMap<Remark, (u64, u64)>,
}

impl Expert {
    pub(super) fn add(&mut self, remark: Remark, packet: u64) {
        self.add_many(remark, 1, packet);
    }

    #[inline]
    pub(super) fn add_findings(&mut self, findings: Findings, packet: u64) {
        if findings.is_empty() {
            return;
        }
        for (_, remark) in OF_FINDINGS.iter().filter(|(finding, _)| findings.any(*finding)) {
            self.add(*remark, packet);
        }
    }

    fn add_many(&mut self, remark: Remark, packets: u64, first: u64) {
        let seen = self.seen.entry(remark).or_insert((0, first));
        *seen = (seen.0 + packets, seen.1.min(first));
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (remark, (packets, first)) in other.seen {
            self.add_many(remark, packets, first);
        }
    }

    /// The worst first.
    pub(super) fn rows(self) -> Vec<ExpertRow> {
        let rows = self.seen.into_iter();
        let mut rows: Vec<ExpertRow> = rows
            .map(|(remark, (packets, first_packet))| ExpertRow {
                remark,
                packets,
                first_packet,
            })
            .collect();
        rows.sort_by_key(|row| (row.remark.severity(), std::cmp::Reverse(row.packets)));
        rows
    }
}
