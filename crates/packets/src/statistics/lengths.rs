//! How long packets are (Wireshark's `plen,tree`).

use super::totals::Volume;

/// Where the first range ends; each range after it ends at twice the length, up to the last.
const FIRST_END: u32 = 20;
/// The first length past each range.
const ENDS: [u32; 9] = [20, 40, 80, 160, 320, 640, 1280, 2560, 5120];

/// Packets of a range of lengths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LengthRange {
    /// The shortest length of the range, in bytes on the wire.
    pub from: u32,
    /// The longest length of the range; none for the last.
    pub to: Option<u32>,
    /// What was seen.
    pub volume: Volume,
    /// The shortest packet seen.
    pub shortest: Option<u32>,
    /// The longest packet seen.
    pub longest: Option<u32>,
}

/// Packets by length.
#[derive(Debug, Clone, Default)]
pub(super) struct Lengths {
    ranges: [Seen; ENDS.len() + 1],
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    volume: Volume,
    shortest: u32,
    longest: u32,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            volume: Volume::default(),
            shortest: u32::MAX,
            longest: 0,
        }
    }
}

impl Seen {
    fn merge(&mut self, other: &Self) {
        self.volume = self.volume.with(other.volume);
        self.shortest = self.shortest.min(other.shortest);
        self.longest = self.longest.max(other.longest);
    }

    /// A length of it, once there is any.
    fn known(&self, length: u32) -> Option<u32> {
        (self.volume.packets > 0).then_some(length)
    }
}

impl Lengths {
    #[inline]
    pub(super) fn add(&mut self, bytes: u32) {
        let place = (bytes / FIRST_END)
            .checked_ilog2()
            .map_or(0, |doublings| doublings as usize + 1);
        let Some(seen) = self.ranges.get_mut(place.min(ENDS.len())) else {
            return;
        };
        seen.volume.add(bytes);
        seen.shortest = seen.shortest.min(bytes);
        seen.longest = seen.longest.max(bytes);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (own, others) in self.ranges.iter_mut().zip(&other.ranges) {
            own.merge(others);
        }
    }

    pub(super) fn rows(&self) -> Vec<LengthRange> {
        let starts = std::iter::once(0).chain(ENDS);
        let ends = ENDS.into_iter().map(Some).chain([None]);
        let rows = self.ranges.iter().zip(starts.zip(ends));
        rows.map(|(seen, (from, end))| LengthRange {
            from,
            to: end.map(|end| end - 1),
            volume: seen.volume,
            shortest: seen.known(seen.shortest),
            longest: seen.known(seen.longest),
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_falls_into_the_range_that_names_it() {
        let mut lengths = Lengths::default();
        [0, 19, 20, 79, 80, 5119, 5120, 9000]
            .into_iter()
            .for_each(|bytes| lengths.add(bytes));
        let rows = lengths.rows();
        let counts: Vec<u64> = rows.iter().map(|row| row.volume.packets).collect();
        assert_eq!(counts, [2, 1, 1, 1, 0, 0, 0, 0, 1, 2]);
        assert_eq!((rows[9].from, rows[9].to, rows[9].longest), (5120, None, Some(9000)));
        assert_eq!((rows[0].from, rows[0].to, rows[0].shortest), (0, Some(19), Some(0)));
    }
}
