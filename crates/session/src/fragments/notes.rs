//! Which frames brought the fragments of a datagram, and what is wrong with them.

use super::whole::Piece;

/// Fragments of one datagram that are noted: those of the largest datagram in the smallest pieces, eight bytes each. Whoever
/// sends more repeats them.
const MOST_NOTES: usize = 8_192;

/// The fragments of one datagram in the order of their arrival.
#[derive(Debug, Default)]
pub(super) struct Notes {
    list: Vec<Note>,
}

#[derive(Debug)]
struct Note {
    from: u32,
    end: u32,
    frame: u32,
    conflicts: bool,
    is_other_end: bool,
}

impl Notes {
    pub(super) const fn are_full(&self) -> bool {
        self.list.len() >= MOST_NOTES
    }

    /// What they take of the bound of bytes.
    pub(super) const fn bytes(&self) -> usize {
        self.list.len() * size_of::<Note>()
    }

    pub(super) fn add(&mut self, (from, end): (u32, u32), frame: u32, is_other_end: bool) {
        self.list.push(Note {
            from,
            end,
            frame,
            conflicts: false,
            is_other_end,
        });
    }

    /// The last fragment, which has this data, says something else than was `held` before it. Of two that contradict each
    /// other the one that lies further on conflicts, whichever came first.
    pub(super) fn compare_last(&mut self, data: &[u8], held: &[u8]) {
        let Some((last, earlier)) = self.list.split_last_mut() else {
            return;
        };
        for note in earlier {
            if !last.differs_from(note, data, held) {
                continue;
            }
            if note.from > last.from {
                note.conflicts = true;
            } else {
                last.conflicts = true;
            }
        }
    }

    /// The fragments of a datagram of so many bytes, in the order of their places. Nothing is noted afterwards.
    pub(super) fn take(&mut self, length: u32) -> Vec<Piece> {
        let mut notes = std::mem::take(&mut self.list);
        notes.sort_by_key(|note| note.from);
        let mut end = 0;
        let piece = |note: Note| {
            let overlaps = note.from < length && note.end > note.from && note.from < end;
            end = end.max(note.end.min(length));
            Piece {
                frame: note.frame,
                overlaps,
                conflicts: note.conflicts,
                is_other_end: note.is_other_end,
                is_too_long: note.end > length,
            }
        };
        notes.into_iter().map(piece).collect()
    }
}

impl Note {
    /// Whether both have bytes in common that are held in another form than `data`, which are this one's.
    fn differs_from(&self, other: &Self, data: &[u8], held: &[u8]) -> bool {
        let (from, end) = (self.from.max(other.from), self.end.min(other.end));
        let own = from.saturating_sub(self.from) as usize..end.saturating_sub(self.from) as usize;
        from < end && data.get(own) != held.get(from as usize..end as usize)
    }
}
