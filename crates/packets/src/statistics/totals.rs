//! How much there is, and how long it took.

use whotalks_record::{Nanoseconds, Timestamp};

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

    /// That of one packet.
    pub(super) fn of_packet(bytes: u32) -> Self {
        Self {
            packets: 1,
            bytes: bytes.into(),
        }
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
    /// The latest time of any packet that counts.
    pub end: Option<Timestamp>,
    /// Where a filter selects packets, the number and the time of the first one that has a time.
    selected: Option<Option<(u64, Timestamp)>>,
}

impl Totals {
    #[inline]
    pub(super) fn add(&mut self, bytes: u32, time: Option<Timestamp>, number: u64) {
        self.volume.add(bytes);
        if let Some(first) = &mut self.selected {
            *first = earlier(*first, time.map(|time| (number, time)));
        }
        self.end = self.end.max(time);
    }

    /// Notes that a filter selects packets.
    pub(super) fn set_filtered(&mut self) {
        self.selected.get_or_insert_default();
    }

    pub(super) fn merge(&mut self, other: &Self) {
        if let Some(first) = other.selected {
            let own = self.selected.get_or_insert_default();
            *own = earlier(*own, first);
        }
        self.volume = self.volume.with(other.volume);
        self.start = self.start.or(other.start);
        self.end = self.end.max(other.end);
    }

    /// The time of the first packet that counts and has a time.
    #[must_use]
    pub fn began(&self) -> Option<Timestamp> {
        match self.selected {
            Some(first) => first.map(|(_, time)| time),
            None => self.start,
        }
    }

    /// From the first packet that counts to the latest.
    #[must_use]
    pub fn duration(&self) -> Nanoseconds {
        match (self.began(), self.end) {
            (Some(start), Some(end)) => end - start,
            _ => Nanoseconds::default(),
        }
    }
}

fn earlier(one: Option<(u64, Timestamp)>, other: Option<(u64, Timestamp)>) -> Option<(u64, Timestamp)> {
    [one, other].into_iter().flatten().min()
}
