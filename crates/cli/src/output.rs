//! Answers that are written as they come.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write as _};

use whotalks_case::packets::select::Keep;

use crate::failure::Failure;

/// Standard output, for many small pieces.
pub(crate) struct Output {
    writer: BufWriter<StdoutLock<'static>>,
    /// Why nothing more can be written.
    failure: Option<io::Error>,
}

impl Output {
    pub(crate) fn new() -> Self {
        Self {
            writer: BufWriter::new(io::stdout().lock()),
            failure: None,
        }
    }

    /// Writes a piece; says whether more can be written.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Keep {
        if self.failure.is_none() {
            self.failure = self.writer.write_all(bytes).err();
        }
        if self.failure.is_none() {
            Keep::Going
        } else {
            Keep::Stop
        }
    }

    /// Ends the answer. A reader that has seen enough, `head` for example, is no failure.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let flushed = self.writer.flush().err();
        match self.failure.take().or(flushed) {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Output { source: error }),
            _ => Ok(()),
        }
    }
}
