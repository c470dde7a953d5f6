//! The stream of the handshake, put together from CRYPTO frames that come in any order (RFC 9000 19.6). Browsers cut their hello
//! into many pieces on purpose.

/// Where a stream ends at the latest. Hellos with post-quantum keys take 2 KiB; the largest of TLS are never sent in Initial
/// packets.
const MOST_STREAM_BYTES: usize = 1 << 15;
/// Pieces with gaps between them. Chrome sends about a dozen.
const MOST_PIECES: usize = 64;

/// A handshake that is being put together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CryptoStream {
    bytes: Vec<u8>,
    /// What is there: begin and end, in order, with a gap between any two.
    pieces: Vec<(usize, usize)>,
}

impl CryptoStream {
    /// How many bytes more it would hold with a piece of so many bytes at `offset`; none when that goes over its bounds.
    #[must_use]
    pub fn growth(&self, offset: usize, length: usize) -> Option<usize> {
        let end = offset.checked_add(length).filter(|end| *end <= MOST_STREAM_BYTES)?;
        (self.pieces.len() < MOST_PIECES).then_some(end.saturating_sub(self.bytes.len()))
    }

    /// Takes in a piece; one that goes over the bounds is left out. What is there already stays as it is.
    pub fn insert(&mut self, offset: usize, data: &[u8]) {
        if data.is_empty() || self.growth(offset, data.len()).is_none() {
            return;
        }
        let end = offset.saturating_add(data.len());
        self.bytes.resize(self.bytes.len().max(end), 0);
        let there = std::mem::take(&mut self.pieces);
        for (at, (byte, new)) in (offset..).zip(self.bytes.iter_mut().skip(offset).zip(data)) {
            if !there.iter().any(|(from, to)| (*from..*to).contains(&at)) {
                *byte = *new;
            }
        }
        self.pieces = merged(there, (offset, end));
    }

    /// The bytes from the beginning to the first gap. Feed them to [`crate::app::tls::messages`].
    #[must_use]
    pub fn contiguous(&self) -> &[u8] {
        match self.pieces.first() {
            Some((0, end)) => self.bytes.get(..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Bytes held, gaps included.
    #[must_use]
    pub const fn held_bytes(&self) -> usize {
        self.bytes.len()
    }
}

/// The pieces with one more, those that touch joined.
fn merged(pieces: Vec<(usize, usize)>, (mut from, mut to): (usize, usize)) -> Vec<(usize, usize)> {
    let mut apart = Vec::with_capacity(pieces.len() + 1);
    for piece in pieces {
        if piece.1 < from || to < piece.0 {
            apart.push(piece);
        } else {
            (from, to) = (from.min(piece.0), to.max(piece.1));
        }
    }
    apart.push((from, to));
    apart.sort_unstable();
    apart
}
