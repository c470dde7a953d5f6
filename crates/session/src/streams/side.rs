//! What is remembered of one direction of a TCP connection, and the rules that judge its next segment.
//!
//! The rules are those of Wireshark 4.0 ("TCP Analysis" in its User's Guide, chapter 7.5), so that the same frames are
//! marked. Numbers compare by their signed distance (RFC 9293 3.4). Like Wireshark, a number of 0 counts as not yet known.

use whotalks_record::Timestamp;
use whotalks_wire::transport::tcp::Flags;

use super::findings::Findings;
use crate::reassembly::distance;

/// A segment sooner than this after the newest one is out of order and not sent again, where no round trip is known.
const OUT_OF_ORDER_NANOSECONDS: i64 = 3_000_000;
/// A segment sooner than this after duplicate acknowledgments is a fast retransmission.
const FAST_RETRANSMISSION_NANOSECONDS: i64 = 20_000_000;
/// Duplicate acknowledgments before a fast retransmission; one may be missing from the capture.
const FAST_RETRANSMISSION_DUPLICATES: i16 = 2;

/// Instead of a number of duplicates: the other side acknowledged what was not captured, which was said.
const UNSEEN_ACKNOWLEDGED: i16 = -1;

/// The header of a segment, as far as the analysis needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SegmentHeader {
    pub(crate) sequence: u32,
    pub(crate) acknowledgment: u32,
    /// Bytes of data on the wire.
    pub(crate) data_bytes: u32,
    pub(crate) window: u16,
    pub(crate) flags: Flags,
}

impl SegmentHeader {
    #[inline]
    pub(crate) const fn has_any(&self, flags: Flags) -> bool {
        self.flags.0 & flags.0 != 0
    }

    /// Whether it takes room in the sequence.
    #[inline]
    pub(crate) const fn advances(&self) -> bool {
        self.data_bytes > 0 || self.has_any(SYN_OR_FIN)
    }

    /// The number after it: SYN and FIN take one each, but both together, which is an attack, count once.
    #[inline]
    pub(crate) const fn end(&self) -> u32 {
        let end = self.sequence.wrapping_add(self.data_bytes);
        if self.has_any(SYN_OR_FIN) {
            end.wrapping_add(1)
        } else {
            end
        }
    }
}

pub(crate) const SYN_OR_FIN: Flags = Flags::SYN.with(Flags::FIN);
const CONTROL: Flags = SYN_OR_FIN.with(Flags::RST);

/// Bits of [`Side::bits`].
mod bit {
    pub(super) const BASE: u8 = 0x01;
    pub(super) const WINDOW: u8 = 0x02;
    pub(super) const BEFORE_FIRST_ACK: u8 = 0x04;
    pub(super) const KEEP_ALIVE: u8 = 0x08;
    pub(super) const PROBE: u8 = 0x10;
    pub(super) const OPENED: u8 = 0x20;
    pub(super) const ACCEPTED: u8 = 0x40;
}

/// One direction. It is packed, so that times need not lie at multiples of eight bytes.
#[derive(Debug, Clone, Copy)]
#[repr(Rust, packed(4))]
pub(crate) struct Side {
    /// The number that relative ones count from.
    base: u32,
    /// The highest number after a segment.
    pub(super) next: u32,
    /// The highest number without a gap before it.
    pub(super) acknowledgeable: u32,
    pub(super) last_acknowledgment: u32,
    /// When `next` was moved.
    pub(super) next_time: Timestamp,
    pub(super) last_time: Timestamp,
    window: u16,
    /// Duplicate acknowledgments in a row, or [`UNSEEN_ACKNOWLEDGED`].
    duplicates: i16,
    scale: Scale,
    bits: u8,
}

/// The window scale of a direction (RFC 7323).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scale {
    /// The handshake was not captured.
    #[default]
    Unknown,
    /// The two sides did not agree on scaling.
    NotUsed,
    /// The window is to be shifted by that many bits, at most 14.
    Shift(u8),
}

impl Scale {
    /// The shift that is known.
    #[inline]
    #[must_use]
    pub const fn shift(self) -> u8 {
        match self {
            Self::Shift(bits) => bits,
            Self::Unknown | Self::NotUsed => 0,
        }
    }

    /// The number of `tcp.window_size_scalefactor`: the factor, -1 for unknown, -2 for not used.
    #[must_use]
    pub const fn factor(self) -> i32 {
        match self {
            Self::Unknown => -1,
            Self::NotUsed => -2,
            Self::Shift(bits) => 1 << bits,
        }
    }
}

impl Default for Side {
    fn default() -> Self {
        Self {
            base: 0,
            next: 0,
            acknowledgeable: 0,
            last_acknowledgment: 0,
            next_time: Timestamp::default(),
            last_time: Timestamp::default(),
            window: 0,
            duplicates: 0,
            scale: Scale::Unknown,
            bits: 0,
        }
    }
}

impl Side {
    #[inline]
    const fn has(&self, bits: u8) -> bool {
        self.bits & bits != 0
    }

    #[inline]
    const fn set(&mut self, bits: u8, value: bool) {
        if value {
            self.bits |= bits;
        } else {
            self.bits &= !bits;
        }
    }

    /// The number that relative ones count from, once known.
    #[inline]
    pub(super) const fn base(&self) -> Option<u32> {
        if self.has(bit::BASE) { Some(self.base) } else { None }
    }

    #[inline]
    pub(super) const fn set_base(&mut self, base: u32) {
        self.base = base;
        self.set(bit::BASE, true);
    }

    /// A number as the reader sees it.
    #[inline]
    pub(super) const fn relative(&self, number: u32) -> u32 {
        number.wrapping_sub(self.base)
    }

    #[inline]
    pub(super) const fn scale(&self) -> Scale {
        self.scale
    }

    pub(super) const fn set_scale(&mut self, scale: Scale) {
        self.scale = scale;
    }

    /// A SYN, or SYN and ACK, went by: the next window may still be unscaled.
    #[inline]
    pub(super) const fn begins(&mut self, accepts: bool) {
        self.set(bit::BEFORE_FIRST_ACK, true);
        self.set(if accepts { bit::ACCEPTED } else { bit::OPENED }, true);
    }

    /// Whether this side opened the connection (true) or accepted it (false).
    pub(super) fn opened(&self) -> Option<bool> {
        match (self.has(bit::OPENED), self.has(bit::ACCEPTED)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    #[inline]
    pub(super) const fn acknowledged_once(&mut self) {
        self.set(bit::BEFORE_FIRST_ACK, false);
    }

    #[inline]
    fn window(&self) -> Option<u16> {
        self.has(bit::WINDOW).then_some(self.window)
    }

    /// Where the window of the receiver `self` ends; none while nobody knows.
    #[inline]
    fn window_edge(&self) -> Option<u32> {
        if self.scale == Scale::Unknown {
            return None;
        }
        let shift = if self.has(bit::BEFORE_FIRST_ACK) {
            0
        } else {
            self.scale.shift()
        };
        let window = u32::from(self.window()?) << shift;
        Some(self.last_acknowledgment.wrapping_add(window))
    }
}

/// What the windows and the acknowledgment number say about a segment of `forth`. `back` is the other direction.
#[inline]
pub(super) fn judge_window(forth: &Side, back: &Side, segment: &SegmentHeader) -> Findings {
    let as_expected = segment.sequence == forth.next;
    if segment.data_bytes == 1 && as_expected && back.window() == Some(0) {
        return Findings::ZERO_WINDOW_PROBE;
    }
    let is_gap = forth.next != 0 && distance(segment.sequence, forth.next) > 0 && !segment.has_any(Flags::RST);
    let found = Findings::LOST_SEGMENT.when(is_gap);
    if segment.has_any(CONTROL) {
        return found;
    }
    let keeps_alive = segment.data_bytes <= 1 && segment.sequence == forth.next.wrapping_sub(1);
    let fills = segment.data_bytes > 0 && back.window_edge() == Some(segment.end());
    let repeats = segment.data_bytes == 0 && as_expected && segment.acknowledgment == forth.last_acknowledgment;
    let found = found
        .with(Findings::ZERO_WINDOW.when(segment.window == 0))
        .with(Findings::KEEP_ALIVE.when(keeps_alive))
        .with(Findings::WINDOW_FULL.when(fills));
    if repeats {
        found.with(judge_repetition(forth, back, segment.window))
    } else {
        found
    }
}

/// A segment without data whose numbers were seen before.
fn judge_repetition(forth: &Side, back: &Side, window: u16) -> Findings {
    if forth.window() != Some(window) {
        return Findings::WINDOW_UPDATE.when(window != 0);
    }
    match window {
        0 => Findings::ZERO_WINDOW_PROBE_ACK.when(back.has(bit::PROBE)),
        _ if back.has(bit::KEEP_ALIVE) => Findings::KEEP_ALIVE_ACK,
        _ => Findings::DUPLICATE_ACK,
    }
}

/// Counts duplicate acknowledgments; gives which one in a row this is.
#[inline]
pub(super) fn count_duplicate(forth: &mut Side, segment: &SegmentHeader, found: Findings) -> Option<u16> {
    let number = found.any(Findings::DUPLICATE_ACK).then(|| {
        forth.duplicates = forth.duplicates.max(0).saturating_add(1);
        forth.duplicates.unsigned_abs()
    });
    if segment.acknowledgment != forth.last_acknowledgment {
        forth.duplicates = 0;
    }
    number
}

/// Whether a segment acknowledges what was not captured, and whether to say so: once per gap and acknowledgment.
#[inline]
pub(super) fn judge_acknowledgment(back: &mut Side, segment: &SegmentHeader) -> (Findings, bool) {
    let is_past = back.acknowledgeable != 0
        && segment.has_any(Flags::ACK)
        && distance(segment.acknowledgment, back.acknowledgeable) > 0;
    if !is_past {
        return (Findings::default(), false);
    }
    if distance(back.acknowledgeable, back.next) < 0 {
        // The gap is known now; what was seen after it may be acknowledged.
        back.acknowledgeable = back.next;
        return (Findings::ACK_LOST_SEGMENT, true);
    }
    let is_first = back.duplicates == 0;
    back.duplicates = UNSEEN_ACKNOWLEDGED;
    (Findings::ACK_LOST_SEGMENT.when(is_first), true)
}

/// Whether a segment was sent before, or overtaken.
#[inline]
pub(super) fn judge_order(
    forth: &Side,
    back: &Side,
    segment: &SegmentHeader,
    time: Timestamp,
    round_trip: Option<i64>,
) -> Findings {
    let acknowledged = segment.data_bytes > 0
        && back.last_acknowledgment != 0
        && distance(
            segment.sequence.wrapping_add(segment.data_bytes),
            back.last_acknowledgment,
        ) <= 0;
    if acknowledged {
        return Findings::SPURIOUS_RETRANSMISSION;
    }
    // One byte before the expected number with more behind it follows a probe of the window.
    let follows_probe = segment.data_bytes > 1 && forth.next.wrapping_sub(1) == segment.sequence;
    if forth.next == 0 || distance(segment.sequence, forth.next) >= 0 || follows_probe {
        return Findings::default();
    }
    if is_fast(back, segment, time) {
        return Findings::FAST_RETRANSMISSION;
    }
    let since_newest = (time - forth.next_time).0;
    // A clock that ran back during the handshake measured nothing.
    let round_trip = round_trip.filter(|round_trip| *round_trip > 0);
    let is_soon = (0..round_trip.unwrap_or(OUT_OF_ORDER_NANOSECONDS)).contains(&since_newest);
    let fills_a_gap = forth.next != segment.end();
    if is_soon && fills_a_gap {
        Findings::OUT_OF_ORDER
    } else {
        Findings::RETRANSMISSION
    }
}

#[inline]
fn is_fast(back: &Side, segment: &SegmentHeader, time: Timestamp) -> bool {
    let since_acknowledgment = (time - back.last_time).0;
    let is_asked_for = back.duplicates >= FAST_RETRANSMISSION_DUPLICATES || back.duplicates == UNSEEN_ACKNOWLEDGED;
    is_asked_for
        && back.last_acknowledgment == segment.sequence
        && (0..FAST_RETRANSMISSION_NANOSECONDS).contains(&since_acknowledgment)
}

/// Remembers a segment.
#[inline]
pub(super) fn remember(forth: &mut Side, segment: &SegmentHeader, time: Timestamp, found: Findings) {
    let end = segment.end();
    let ahead = distance(end, forth.next);
    let is_probe = found.any(Findings::ZERO_WINDOW_PROBE);
    if (forth.next == 0 || ahead > 0) && !is_probe {
        forth.next = end;
        forth.next_time = time;
    }
    if (forth.acknowledgeable == 0 || segment.sequence == forth.acknowledgeable) && !is_probe {
        forth.acknowledgeable = forth.next;
    }
    forth.window = segment.window;
    forth.set(bit::WINDOW, true);
    forth.last_acknowledgment = segment.acknowledgment;
    forth.last_time = time;
    forth.set(bit::KEEP_ALIVE, found.any(Findings::KEEP_ALIVE));
    forth.set(bit::PROBE, is_probe);
}
