//! The bytes of one way of a stream, cut into messages.
//!
//! It does what Wireshark does unless it is told otherwise: segments are taken in the order of the capture, what was sent
//! again or came out of order tells nothing, and after a gap a message begins anew.

use whotalks_session::reassembly::Order;

/// Bytes of one message that are waited for; larger ones are dropped. Wireshark waits for ever.
const MOST_PENDING_BYTES: usize = 16 << 20;

/// One way of a stream.
#[derive(Debug, Default)]
pub(crate) struct Side {
    order: Order,
    /// The beginning of a message that is not complete yet.
    pending: Vec<u8>,
    /// The frames that its bytes came in.
    frames: Vec<u32>,
    /// How many bytes it needs, where it says so.
    needed: Option<usize>,
}

/// How long the message is that some bytes begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// So many bytes; at least 1.
    Known(usize),
    /// The next segment may tell.
    OneMoreSegment,
    /// Everything until the stream ends.
    UntilEnd,
    /// Whatever is there.
    Unframed,
}

/// What became of a segment.
#[derive(Debug, Default)]
pub(crate) struct Cut<'a> {
    /// A message that began in earlier segments, with the frames it came in.
    pub(crate) reassembled: Option<(Vec<u8>, Vec<u32>)>,
    /// How many bytes of this segment completed it.
    pub(crate) completing_bytes: usize,
    /// Complete messages within this segment.
    pub(crate) messages: Vec<&'a [u8]>,
    /// All of them together.
    pub(crate) joined: &'a [u8],
    /// Bytes at the end that wait for more.
    pub(crate) left: &'a [u8],
}

impl Cut<'_> {
    /// Whether no message is complete.
    pub(crate) const fn is_empty(&self) -> bool {
        self.reassembled.is_none() && self.messages.is_empty()
    }
}

impl Side {
    /// Forgets what waits when the segment does not follow, and says where the next one begins.
    pub(crate) fn follow(&mut self, sequence: u32, bytes: usize) {
        if !self.order.follows(sequence) {
            self.forget();
        }
        self.order.go_after(sequence, bytes);
    }

    /// Forgets what waits.
    pub(crate) fn forget(&mut self) {
        self.pending.clear();
        self.frames.clear();
        self.needed = None;
    }

    /// Whether something waits for its end.
    pub(crate) const fn is_waiting(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Takes in a segment; `length` says how long a message is, `is_last` that none follows.
    pub(crate) fn cut<'a>(
        &mut self,
        segment: &'a [u8],
        frame: u32,
        is_last: bool,
        mut length: impl FnMut(&[u8]) -> Length,
    ) -> Cut<'a> {
        let mut cut = Cut::default();
        let mut rest = segment;
        if self.is_waiting() {
            let Some(after) = self.complete(segment, frame, is_last, &mut length, &mut cut) else {
                cut.left = segment;
                return cut;
            };
            rest = after;
        }
        let begin = rest;
        while !rest.is_empty() {
            let bytes = match length(rest) {
                Length::Known(bytes) if bytes <= rest.len() => bytes.max(1),
                Length::Unframed => rest.len(),
                _ if is_last => rest.len(),
                unknown => {
                    self.wait(rest, frame, unknown);
                    cut.left = rest;
                    return cut;
                }
            };
            let (message, after) = rest.split_at_checked(bytes).unwrap_or((rest, &[]));
            cut.messages.push(message);
            rest = after;
            cut.joined = begin.get(..begin.len() - rest.len()).unwrap_or_default();
        }
        cut
    }

    fn wait(&mut self, bytes: &[u8], frame: u32, length: Length) {
        self.needed = match length {
            Length::Known(bytes) => Some(bytes),
            _ => None,
        };
        if bytes.len() <= MOST_PENDING_BYTES && self.needed.is_none_or(|needed| needed <= MOST_PENDING_BYTES) {
            self.pending = bytes.to_vec();
            self.frames = vec![frame];
        }
    }

    /// Goes on with the message that waits. What is left of the segment once it is complete.
    fn complete<'a>(
        &mut self,
        segment: &'a [u8],
        frame: u32,
        is_last: bool,
        length: &mut impl FnMut(&[u8]) -> Length,
        cut: &mut Cut<'a>,
    ) -> Option<&'a [u8]> {
        let missing = self
            .needed
            .map_or(segment.len(), |needed| needed.saturating_sub(self.pending.len()));
        let (taken, after) = segment.split_at_checked(missing).unwrap_or((segment, &[]));
        if self.pending.len().saturating_add(taken.len()) > MOST_PENDING_BYTES {
            self.forget();
            return None;
        }
        self.pending.extend_from_slice(taken);
        self.frames.push(frame);
        let is_complete = match self.needed {
            Some(needed) => self.pending.len() >= needed,
            None => self.is_complete(length),
        };
        if !is_complete && !is_last {
            return None;
        }
        cut.completing_bytes = taken.len();
        cut.reassembled = Some((std::mem::take(&mut self.pending), std::mem::take(&mut self.frames)));
        self.needed = None;
        Some(after)
    }

    fn is_complete(&mut self, length: &mut impl FnMut(&[u8]) -> Length) -> bool {
        match length(&self.pending) {
            Length::Known(bytes) if bytes <= self.pending.len() => true,
            Length::Known(bytes) => {
                self.needed = Some(bytes);
                false
            }
            Length::Unframed => true,
            Length::OneMoreSegment | Length::UntilEnd => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first byte is the length.
    fn length(bytes: &[u8]) -> Length {
        bytes
            .first()
            .map_or(Length::OneMoreSegment, |first| Length::Known((*first).into()))
    }

    #[test]
    fn messages_are_cut_within_and_across_segments() {
        let mut side = Side::default();
        side.follow(100, 6);
        let cut = side.cut(&[2, 9, 3, 8, 8, 4], 1, false, length);
        assert_eq!((cut.messages, cut.left), (vec![&[2, 9][..], &[3, 8, 8]], &[4][..]));
        side.follow(106, 5);
        let cut = side.cut(&[7, 7, 7, 1, 1], 2, false, length);
        assert_eq!(cut.reassembled, Some((vec![4, 7, 7, 7], vec![1, 2])));
        assert_eq!((cut.completing_bytes, cut.messages.len()), (3, 2));
    }

    #[test]
    fn after_a_gap_a_message_begins_anew() {
        let mut side = Side::default();
        side.follow(0, 1);
        side.cut(&[3], 1, false, length);
        side.follow(7, 2);
        let cut = side.cut(&[2, 0], 2, false, length);
        assert_eq!((cut.reassembled, cut.messages.len()), (None, 1));
    }

    #[test]
    fn what_waits_for_the_end_comes_with_the_last_segment() {
        let mut side = Side::default();
        let until_end = |_: &[u8]| Length::UntilEnd;
        assert!(side.cut(b"ab", 1, false, until_end).messages.is_empty());
        let cut = side.cut(b"c", 2, true, until_end);
        assert_eq!(cut.reassembled, Some((b"abc".to_vec(), vec![1, 2])));
    }
}
