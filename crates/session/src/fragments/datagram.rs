//! One datagram that is put together.

use whotalks_wire::net::Fragment;
use whotalks_wire::transport::Ports;

use super::notes::Notes;
use super::whole::Whole;

/// The largest datagram: the total length of IPv4 and the payload length of IPv6 have 16 bits.
const MOST_DATAGRAM_BYTES: u32 = 65_535;
/// Parts with gaps between them that are held; fragments come nearly in order.
const MOST_PARTS: usize = 128;

/// What is known of a datagram.
#[derive(Debug, Default)]
pub(super) struct Datagram {
    pub(super) ports: Ports,
    data: Vec<u8>,
    /// The parts of `data` that are there, from and to, in order, apart from each other.
    parts: Vec<(u32, u32)>,
    /// Bytes of the whole, once the last fragment was seen.
    length: Option<u32>,
    notes: Notes,
}

/// What a fragment added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Added {
    /// Something new, or what was there already.
    Fits,
    /// Something that contradicts what was there; the new parts were taken.
    Overlaps,
    /// Nothing: it lies where no datagram ends, or there are too many gaps.
    Refused,
}

impl Datagram {
    pub(super) const fn held_bytes(&self) -> usize {
        self.data.len() + self.notes.bytes()
    }

    /// Adds a fragment; `frame` is the frame that brought it, where that is to be noted.
    pub(super) fn add(&mut self, fragment: Fragment, data: &[u8], frame: Option<u32>) -> Added {
        let from = fragment.offset;
        let end = from.saturating_add(data.len().try_into().unwrap_or(u32::MAX));
        if end > MOST_DATAGRAM_BYTES || self.parts.len() >= MOST_PARTS || self.notes.are_full() {
            return Added::Refused;
        }
        let mut contradicts = self
            .length
            .is_some_and(|length| end > length || (!fragment.more && end != length));
        if !fragment.more && self.length.is_none() {
            contradicts |= self.data.len() > end as usize;
            self.length = Some(end);
        }
        let differs = self.put(from, data);
        contradicts |= differs;
        if let Some(frame) = frame {
            let is_other_end = !fragment.more && self.length != Some(end);
            self.notes.add((from, end), frame, is_other_end);
            if differs {
                self.notes.compare_last(data, &self.data);
            }
        }
        if contradicts { Added::Overlaps } else { Added::Fits }
    }

    /// Puts data where nothing is yet; true if it lies over something else than it says.
    fn put(&mut self, from: u32, data: &[u8]) -> bool {
        let start = from as usize;
        let end = start.saturating_add(data.len());
        if self.data.len() < end {
            self.data.resize(end, 0);
        }
        let mut kept = data.to_vec();
        let mut contradicts = false;
        for (part_from, part_end) in &self.parts {
            let (part_from, part_end) = ((*part_from as usize).max(start), (*part_end as usize).min(end));
            let held = self.data.get(part_from..part_end);
            let new = part_from
                .checked_sub(start)
                .and_then(|at| kept.get_mut(at..part_end.checked_sub(start)?));
            if let (Some(held), Some(new)) = (held, new) {
                contradicts |= held != &*new;
                new.copy_from_slice(held);
            }
        }
        if let Some(place) = self.data.get_mut(start..end) {
            place.copy_from_slice(&kept);
        }
        self.cover(from, from.saturating_add(data.len().try_into().unwrap_or(u32::MAX)));
        contradicts
    }

    /// Notes that a part is there, together with the parts that it touches.
    fn cover(&mut self, mut from: u32, mut end: u32) {
        self.parts.retain(|(part_from, part_end)| {
            let apart = *part_end < from || *part_from > end;
            if !apart {
                from = from.min(*part_from);
                end = end.max(*part_end);
            }
            apart
        });
        let place = self.parts.partition_point(|(part_from, _)| *part_from < from);
        self.parts.insert(place, (from, end));
    }

    /// The data, if nothing is missing; what comes later under its number begins another datagram.
    pub(super) fn take_whole(&mut self) -> Option<Whole> {
        let length = self.length?;
        let is_whole = matches!(self.parts.first(), Some((0, end)) if *end >= length);
        if !is_whole {
            return None;
        }
        let mut data = std::mem::take(&mut self.data);
        data.truncate(length as usize);
        self.parts = Vec::new();
        self.length = None;
        Some(Whole {
            data,
            pieces: self.notes.take(length),
        })
    }
}
