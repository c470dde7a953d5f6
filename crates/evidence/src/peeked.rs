//! Bytes whose beginning was looked at.

use std::io::{self, ErrorKind, Read};

/// A stream, some of whose first bytes are held in memory. Reading gives those first, then the rest.
pub(crate) struct Peeked<'a> {
    head: Vec<u8>,
    given: usize,
    state: State,
    rest: &'a mut (dyn Read + Send),
}

enum State {
    Open,
    Ended,
    Failed(io::Error),
}

/// How many bytes are asked of the stream at once while its head is filled.
const STEP_BYTES: usize = 64 << 10;

impl<'a> Peeked<'a> {
    pub(crate) fn new(rest: &'a mut (dyn Read + Send)) -> Self {
        Self {
            head: Vec::new(),
            given: 0,
            state: State::Open,
            rest,
        }
    }

    /// Reads ahead until `bytes` are held or nothing more can be had.
    pub(crate) fn fill(&mut self, bytes: usize) {
        while self.head.len() < bytes && matches!(self.state, State::Open) {
            let held = self.head.len();
            self.head.resize(held.saturating_add(STEP_BYTES), 0);
            let free = self.head.get_mut(held..).unwrap_or_default();
            let length = match read_retrying(&mut *self.rest, free) {
                Ok(0) => {
                    self.state = State::Ended;
                    0
                }
                Ok(length) => length,
                Err(error) => {
                    self.state = State::Failed(error);
                    0
                }
            };
            self.head.truncate(held.saturating_add(length));
        }
    }

    /// What is held.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether all there is to have is held.
    pub(crate) const fn is_whole(&self) -> bool {
        !matches!(self.state, State::Open)
    }

    /// Whether the end was reached without an error.
    pub(crate) const fn has_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// Why nothing more can be had, where it is not the end.
    pub(crate) const fn error(&self) -> Option<&io::Error> {
        match &self.state {
            State::Failed(error) => Some(error),
            State::Open | State::Ended => None,
        }
    }
}

impl Read for Peeked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut held = self.head.get(self.given..).unwrap_or_default();
        if !held.is_empty() {
            let length = held.read(buffer)?;
            self.given = self.given.saturating_add(length);
            return Ok(length);
        }
        match &self.state {
            State::Open => self.rest.read(buffer),
            State::Ended => Ok(0),
            State::Failed(error) => Err(repeated(error)),
        }
    }
}

/// An error cannot be cloned; its kind, its words and a cap behind it are what others need.
pub(crate) fn repeated(error: &io::Error) -> io::Error {
    match whotalks_bytes::CapExceeded::of(error) {
        Some(cap) => io::Error::other(cap),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

pub(crate) fn read_retrying(input: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes, then an error.
    struct Breaking<'a>(&'a [u8]);

    impl Read for Breaking<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::new(ErrorKind::ConnectionReset, "the disk is gone")),
                length => Ok(length),
            }
        }
    }

    #[test]
    fn what_was_looked_at_is_read_again_before_the_rest() {
        let data: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        let mut input = &data[..];
        let mut peeked = Peeked::new(&mut input);
        peeked.fill(10);
        assert!(peeked.head().len() >= 10 && !peeked.is_whole());
        let mut all = Vec::new();
        peeked.read_to_end(&mut all).unwrap();
        assert_eq!(all, data);
    }

    #[test]
    fn an_error_comes_after_the_bytes_before_it() {
        let mut input = Breaking(b"whole");
        let mut peeked = Peeked::new(&mut input);
        peeked.fill(10);
        assert!(peeked.is_whole() && !peeked.has_ended());
        let mut all = Vec::new();
        let error = peeked.read_to_end(&mut all).unwrap_err();
        assert_eq!(
            (all.as_slice(), error.kind()),
            (&b"whole"[..], ErrorKind::ConnectionReset)
        );
    }
}
