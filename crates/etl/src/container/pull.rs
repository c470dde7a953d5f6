//! Buffers one after the other, out of a stream.

use std::io::{self, Read};

use whotalks_record::IssueKind;

use super::buffer::{BufferHeader, HEADER_BYTES, malformed};

/// One buffer as far as it is there.
pub(super) struct Pulled {
    pub(super) header: BufferHeader,
    /// Where its header lies.
    pub(super) offset: u64,
    /// What was wrong with it; what could be read is there all the same.
    pub(super) issue: Option<IssueKind>,
}

/// What comes next in a stream.
pub(super) enum Next {
    Buffer(Pulled),
    /// A place for a buffer that holds none, or a false one; reading goes on behind it.
    Gap {
        offset: u64,
        issue: Option<IssueKind>,
    },
    End {
        offset: u64,
        issue: Option<IssueKind>,
    },
}

/// Reads a stream buffer by buffer.
pub(super) struct Buffers<'r> {
    input: &'r mut dyn Read,
    offset: u64,
    /// Bytes of the buffers of this trace, as its first one states; compressed ones differ.
    usual_bytes: Option<usize>,
    stored: Vec<u8>,
}

impl<'r> Buffers<'r> {
    pub(super) fn new(input: &'r mut dyn Read) -> Self {
        Self {
            input,
            offset: 0,
            usual_bytes: None,
            stored: Vec::new(),
        }
    }

    /// The next buffer, whose records are put into `records`.
    pub(super) fn next(&mut self, records: &mut Vec<u8>) -> Next {
        let offset = self.offset;
        let mut bytes = [0; HEADER_BYTES];
        match read_full(self.input, &mut bytes) {
            Ok(0) => return Next::End { offset, issue: None },
            Ok(HEADER_BYTES) => {}
            Ok(length) => return end(offset, "trace.buffer_header", HEADER_BYTES, length),
            Err(error) => return failed(offset, &error),
        }
        self.offset += HEADER_BYTES as u64;
        let header = BufferHeader::of(&bytes);
        if !header.is_plausible() {
            return self.pass_over(offset, bytes == [0; HEADER_BYTES], header);
        }
        self.usual_bytes.get_or_insert(header.stored_bytes as usize);
        self.buffer(offset, header, records)
    }

    fn buffer(&mut self, offset: u64, header: BufferHeader, records: &mut Vec<u8>) -> Next {
        let needed = (header.stored_bytes as usize).saturating_sub(HEADER_BYTES);
        let (available, failure) = self.take(needed);
        let stored = self.stored.get(..available).unwrap_or_default();
        let damage = header.unpack(stored, records).err();
        let cut_short = || IssueKind::Truncated {
            field: "trace.buffer",
            needed: header.stored_bytes.into(),
            available: (available + HEADER_BYTES) as u64,
        };
        // Damage at the end of a part of a buffer is the cut.
        let issue = match failure {
            Some(error) => Some(io_issue(&error)),
            None if available < needed => Some(cut_short()),
            None => damage,
        };
        Next::Buffer(Pulled { header, offset, issue })
    }

    /// Goes on behind a header that is none. Places that were reserved and never used are zero.
    fn pass_over(&mut self, offset: u64, is_unused: bool, header: BufferHeader) -> Next {
        let issue = (!is_unused).then(|| {
            let (stored, filled) = (header.stored_bytes, header.filled_bytes);
            malformed(
                "trace.buffer_header",
                format!("buffer of {stored} bytes, {filled} of them filled"),
            )
        });
        let Some(usual_bytes) = self.usual_bytes else {
            return Next::End { offset, issue };
        };
        match self.take(usual_bytes.saturating_sub(HEADER_BYTES)) {
            (_, Some(error)) => failed(offset, &error),
            _ => Next::Gap { offset, issue },
        }
    }

    /// Reads up to `needed` bytes into `stored`, and says how many came.
    fn take(&mut self, needed: usize) -> (usize, Option<io::Error>) {
        if self.stored.len() < needed {
            self.stored.resize(needed, 0);
        }
        let target = self.stored.get_mut(..needed).unwrap_or_default();
        match read_full(self.input, target) {
            Ok(length) => {
                self.offset += length as u64;
                (length, None)
            }
            Err(error) => (0, Some(error)),
        }
    }
}

fn end(offset: u64, field: &'static str, needed: usize, available: usize) -> Next {
    let issue = IssueKind::Truncated {
        field,
        needed: needed as u64,
        available: available as u64,
    };
    Next::End {
        offset,
        issue: Some(issue),
    }
}

fn failed(offset: u64, error: &io::Error) -> Next {
    Next::End {
        offset,
        issue: Some(io_issue(error)),
    }
}

fn io_issue(error: &io::Error) -> IssueKind {
    IssueKind::Io {
        message: error.to_string().into(),
    }
}

/// Fills `buffer` as far as the input goes.
fn read_full(input: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(free) = buffer.get_mut(filled..).filter(|free| !free.is_empty()) {
        match input.read(free) {
            Ok(0) => break,
            Ok(length) => filled += length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
