//! The bounds that keep memory finite.

use whotalks_record::Nanoseconds;

/// Flows held at once. A flow takes about 400 bytes, so all of them take about 100 MiB.
const MOST_FLOWS: usize = 262_144;

/// Bytes of streams held for the application parsers, over all flows.
const MOST_REASSEMBLY_BYTES: usize = 64 << 20;

/// An established TCP connection may be silent this long: RFC 5382 REQ-5, two hours and four minutes, since hosts probe idle
/// connections after two hours.
const TCP_ESTABLISHED: Nanoseconds = Nanoseconds::from_seconds(2 * 3600 + 240);

/// A TCP connection that is opening or has ended: RFC 5382 REQ-5, four minutes, which outlives retransmissions.
const TCP_TRANSITORY: Nanoseconds = Nanoseconds::from_seconds(240);

/// UDP: RFC 4787 REQ-5 recommends five minutes.
const UDP: Nanoseconds = Nanoseconds::from_seconds(300);

/// ICMP and others: RFC 5508 REQ-2, one minute.
const OTHER: Nanoseconds = Nanoseconds::from_seconds(60);

/// What a flow table may hold, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Flows held at once; past it the longest silent one is emitted as evicted: ended ones first, then those that never
    /// opened, established ones last.
    pub flows: usize,
    /// Bytes of streams held for the application parsers, over all flows; past it streams are no longer followed.
    pub reassembly_bytes: usize,
    /// How long a flow may be silent before the next packet begins a new one.
    pub idle: IdleLimits,
}

/// How long a flow may be silent, by capture time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdleLimits {
    /// TCP with data or a complete handshake.
    pub tcp_established: Nanoseconds,
    /// TCP that is opening or has ended.
    pub tcp_transitory: Nanoseconds,
    /// UDP.
    pub udp: Nanoseconds,
    /// Every other protocol.
    pub other: Nanoseconds,
}

impl IdleLimits {
    /// Flows never end by silence: one conversation per 5-tuple, as Wireshark counts them.
    pub const NEVER: Self = Self {
        tcp_established: Nanoseconds::MAX,
        tcp_transitory: Nanoseconds::MAX,
        udp: Nanoseconds::MAX,
        other: Nanoseconds::MAX,
    };
}

impl Default for IdleLimits {
    fn default() -> Self {
        Self {
            tcp_established: TCP_ESTABLISHED,
            tcp_transitory: TCP_TRANSITORY,
            udp: UDP,
            other: OTHER,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            flows: MOST_FLOWS,
            reassembly_bytes: MOST_REASSEMBLY_BYTES,
            idle: IdleLimits::default(),
        }
    }
}
