//! What the analysis of one segment found, as a small set.

use std::fmt;

/// Findings about one TCP segment, named as Wireshark names them (`tcp.analysis.*`).
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Findings(pub u16);

impl Findings {
    /// Data that was sent before and, as far as the capture tells, not yet acknowledged.
    pub const RETRANSMISSION: Self = Self(0x0001);
    /// A gap before this segment: something was not captured, or comes later.
    pub const LOST_SEGMENT: Self = Self(0x0002);
    /// It acknowledges what was not captured.
    pub const ACK_LOST_SEGMENT: Self = Self(0x0004);
    /// A keep-alive (RFC 9293 3.8.4).
    pub const KEEP_ALIVE: Self = Self(0x0008);
    /// The same acknowledgment again, with the same window and no data.
    pub const DUPLICATE_ACK: Self = Self(0x0010);
    /// The receiver takes no more.
    pub const ZERO_WINDOW: Self = Self(0x0020);
    /// One byte into a window of zero.
    pub const ZERO_WINDOW_PROBE: Self = Self(0x0040);
    /// The answer to it.
    pub const ZERO_WINDOW_PROBE_ACK: Self = Self(0x0080);
    /// The answer to a keep-alive.
    pub const KEEP_ALIVE_ACK: Self = Self(0x0100);
    /// It came later than what follows it, so soon that it was hardly sent again.
    pub const OUT_OF_ORDER: Self = Self(0x0200);
    /// Sent again at once after duplicate acknowledgments.
    pub const FAST_RETRANSMISSION: Self = Self(0x0400);
    /// Nothing but another window.
    pub const WINDOW_UPDATE: Self = Self(0x0800);
    /// It fills the receiver's window to the edge.
    pub const WINDOW_FULL: Self = Self(0x1000);
    /// A SYN on ports that another connection, or the same attempt, used before.
    pub const REUSED_PORTS: Self = Self(0x2000);
    /// Data that was acknowledged already.
    pub const SPURIOUS_RETRANSMISSION: Self = Self(0x4000);

    /// All names that Wireshark's filter language has for them, below `tcp.analysis.`.
    pub const NAMES: [(Self, &'static str); 15] = [
        (Self::RETRANSMISSION, "retransmission"),
        (Self::LOST_SEGMENT, "lost_segment"),
        (Self::ACK_LOST_SEGMENT, "ack_lost_segment"),
        (Self::KEEP_ALIVE, "keep_alive"),
        (Self::DUPLICATE_ACK, "duplicate_ack"),
        (Self::ZERO_WINDOW, "zero_window"),
        (Self::ZERO_WINDOW_PROBE, "zero_window_probe"),
        (Self::ZERO_WINDOW_PROBE_ACK, "zero_window_probe_ack"),
        (Self::KEEP_ALIVE_ACK, "keep_alive_ack"),
        (Self::OUT_OF_ORDER, "out_of_order"),
        (Self::FAST_RETRANSMISSION, "fast_retransmission"),
        (Self::WINDOW_UPDATE, "window_update"),
        (Self::WINDOW_FULL, "window_full"),
        (Self::REUSED_PORTS, "reused_ports"),
        (Self::SPURIOUS_RETRANSMISSION, "spurious_retransmission"),
    ];

    /// Nothing was found.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether one of these was found.
    #[inline]
    #[must_use]
    pub const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Both together.
    #[inline]
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `tcp.analysis.retransmission` is true of it: Wireshark counts every kind of retransmission there.
    #[inline]
    #[must_use]
    pub const fn is_any_retransmission(self) -> bool {
        self.any(
            Self::RETRANSMISSION
                .with(Self::FAST_RETRANSMISSION)
                .with(Self::SPURIOUS_RETRANSMISSION),
        )
    }

    #[inline]
    pub(crate) const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// `other` where `condition` holds, else nothing.
    #[inline]
    pub(crate) const fn when(self, condition: bool) -> Self {
        if condition { self } else { Self(0) }
    }
}

impl fmt::Debug for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Self::NAMES.iter().filter(|(finding, _)| self.any(*finding));
        f.debug_set().entries(names.map(|(_, name)| name)).finish()
    }
}
