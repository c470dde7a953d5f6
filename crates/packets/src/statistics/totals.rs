//! How much there is, and how long it took.

use whotalks_record::{Nanoseconds, Packet, Timestamp};

/// Packets and bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Volume {
    /// Packets.
    pub packets: u64,
    /// Bytes that they had on the wire.
    pub bytes: u64,
}

impl Volume {
    /// Counts one packet.
    #[inline]
    pub fn add(&mut self, bytes: u32) {
        self.packets += 1;
        self.bytes += u64::from(bytes);
    }

    /// Both together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self {
            packets: self.packets + other.packets,
            bytes: self.bytes + other.bytes,
        }
    }
}

/// What is known of the capture as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Everything.
    pub volume: Volume,
    /// The time of the first packet that has one; times are shown relative to it.
    pub start: Option<Timestamp>,
    /// The latest time of any packet.
    pub end: Option<Timestamp>,
}

impl Totals {
    #[inline]
    pub(super) fn add(&mut self, packet: &Packet<'_>) {
        self.volume.add(packet.original_length);
        self.end = self.end.max(packet.timestamp);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.volume = self.volume.with(other.volume);
        self.start = self.start.or(other.start);
        self.end = self.end.max(other.end);
    }

    /// From the first packet to the latest.
    #[must_use]
    pub fn duration(&self) -> Nanoseconds {
        match (self.start, self.end) {
            (Some(start), Some(end)) => end - start,
            _ => Nanoseconds::default(),
        }
    }
}
