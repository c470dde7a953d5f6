//! The buffer that slides over the input.

use std::io::{self, Read};

/// Bytes asked for at once. A mebibyte keeps the number of system calls low and stays in the processor's cache.
const BUFFER_BYTES: usize = 1 << 20;

/// The part of the input that is in memory.
pub(crate) struct Window<'a> {
    input: &'a mut dyn Read,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Offset of `start` in the input.
    offset: u64,
    failure: Option<io::Error>,
    at_end: bool,
}

impl<'a> Window<'a> {
    pub(crate) fn new(input: &'a mut dyn Read) -> Self {
        Self {
            input,
            buffer: vec![0; BUFFER_BYTES],
            start: 0,
            end: 0,
            offset: 0,
            failure: None,
            at_end: false,
        }
    }

    /// Offset in the input of the next byte.
    pub(crate) const fn offset(&self) -> u64 {
        self.offset
    }

    /// What is in memory and not consumed.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// The next `length` bytes, if the input has that many. Callers bound `length`; the buffer grows to it.
    #[inline]
    pub(crate) fn peek(&mut self, length: usize) -> Option<&[u8]> {
        if self.end - self.start < length {
            self.fill(length);
        }
        self.bytes().get(..length)
    }

    /// Passes over bytes that were peeked at.
    #[inline]
    pub(crate) fn consume(&mut self, length: usize) {
        let length = length.min(self.end - self.start);
        self.start += length;
        self.offset += length as u64;
    }

    /// Why the input could not be read further, if it was not its end.
    pub(crate) const fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// Reads until `length` bytes are there or the input ends.
    #[cold]
    fn fill(&mut self, length: usize) {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.buffer.len() < length {
            self.buffer.resize(length, 0);
        }
        while self.end < length && !self.at_end {
            self.read_once();
        }
    }

    fn read_once(&mut self) {
        let free = self.buffer.get_mut(self.end..).unwrap_or_default();
        match self.input.read(free) {
            Ok(0) => self.at_end = true,
            Ok(length) => self.end = self.end.saturating_add(length).min(self.buffer.len()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                self.failure = Some(error);
                self.at_end = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte per call, then fails.
    struct Trickle(u8, u8);

    impl Read for Trickle {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0 == self.1 {
                return Err(io::Error::other("unplugged"));
            }
            buffer[0] = self.0;
            self.0 += 1;
            Ok(1)
        }
    }

    #[test]
    fn small_reads_are_gathered_and_offsets_count_on() {
        let mut input = Trickle(0, 9);
        let mut window = Window::new(&mut input);
        assert_eq!(window.peek(4), Some(&[0, 1, 2, 3][..]));
        window.consume(3);
        assert_eq!((window.offset(), window.peek(2)), (3, Some(&[3, 4][..])));
        window.consume(2);
        assert!(window.peek(2).is_some());
        window.consume(2);
        assert_eq!(window.peek(3), None);
        assert_eq!(window.bytes(), [7, 8]);
        assert_eq!(window.failure().unwrap().to_string(), "unplugged");
        assert_eq!(window.offset(), 7);
    }

    #[test]
    fn the_buffer_grows_to_what_is_asked_for() {
        let data = vec![7; 3 * BUFFER_BYTES];
        let mut input = &data[..];
        let mut window = Window::new(&mut input);
        assert!(window.peek(10).is_some());
        window.consume(10);
        assert_eq!(window.peek(2 * BUFFER_BYTES).map(<[u8]>::len), Some(2 * BUFFER_BYTES));
    }
}
