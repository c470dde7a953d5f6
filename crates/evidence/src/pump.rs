//! Reads, unpacks and hashes on a second thread, so that the reader of the format only waits for bytes.

use std::io::{self, Read};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::thread;

use sha2::{Digest as _, Sha256};

use crate::digest::Sha256Digest;
use crate::peeked::{read_retrying, repeated};

/// The size of a chunk: large enough that handing it over costs nothing, small enough to stay in the second-level cache.
const CHUNK_BYTES: usize = 1 << 20;

/// How many chunks are on their way at once.
const CHUNKS: usize = 4;

/// What is known of the bytes once they all went by.
pub(crate) struct Passed {
    /// How many there were.
    pub(crate) bytes: u64,
    /// Their digest; none where an error cut them short.
    pub(crate) sha256: Option<Sha256Digest>,
    /// The error.
    pub(crate) error: Option<io::Error>,
}

struct Chunk {
    buffer: Vec<u8>,
    length: usize,
}

/// Gives all bytes of `input` to `read`, hashing them meanwhile; `tick` is called on the caller's thread after each chunk. Bytes
/// that `read` leaves are still hashed.
pub(crate) fn pump(input: &mut (dyn Read + Send), tick: &mut dyn FnMut(), read: impl FnOnce(&mut dyn Read)) -> Passed {
    let (full, chunks) = mpsc::sync_channel(CHUNKS);
    let (used, empty) = mpsc::channel();
    for _ in 0..CHUNKS {
        let sent = used.send(vec![0; CHUNK_BYTES]);
        debug_assert!(sent.is_ok(), "the receiver lives in this function");
    }
    thread::scope(|scope| {
        let pumping = scope.spawn(move || fill(input, &full, &empty));
        let mut reader = ChunkReader {
            chunks: Some(chunks),
            used,
            current: None,
            given: 0,
            tick,
        };
        read(&mut reader);
        drop(reader);
        pumping.join().unwrap_or_else(|_| Passed {
            bytes: 0,
            sha256: None,
            error: Some(io::Error::other("the decoder stopped unexpectedly")),
        })
    })
}

/// The second thread: fills empty buffers until the input ends.
fn fill(input: &mut (dyn Read + Send), full: &SyncSender<io::Result<Chunk>>, empty: &Receiver<Vec<u8>>) -> Passed {
    let mut hasher = Sha256::new();
    let mut bytes = 0_u64;
    let mut spare = Vec::new();
    loop {
        // Once the reader has left, one buffer goes round for the hash alone.
        let mut buffer = empty.recv().unwrap_or_else(|_| std::mem::take(&mut spare));
        buffer.resize(CHUNK_BYTES, 0);
        let length = match read_retrying(&mut *input, &mut buffer) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) => {
                let told = full.send(Err(repeated(&error)));
                drop(told);
                return Passed {
                    bytes,
                    sha256: None,
                    error: Some(error),
                };
            }
        };
        hasher.update(buffer.get(..length).unwrap_or_default());
        bytes = bytes.saturating_add(length as u64);
        if let Err(mpsc::SendError(Ok(chunk))) = full.send(Ok(Chunk { buffer, length })) {
            spare = chunk.buffer;
        }
    }
    Passed {
        bytes,
        sha256: Some(Sha256Digest::finish(hasher)),
        error: None,
    }
}

/// The caller's end: a plain stream of bytes.
struct ChunkReader<'a> {
    /// None once the stream ended or failed.
    chunks: Option<Receiver<io::Result<Chunk>>>,
    used: Sender<Vec<u8>>,
    current: Option<Chunk>,
    given: usize,
    tick: &'a mut dyn FnMut(),
}

impl ChunkReader<'_> {
    /// Gives the used chunk back and waits for the next; false at the end.
    fn advance(&mut self) -> io::Result<bool> {
        if let Some(used) = self.current.take() {
            // The other thread may be done and gone.
            drop(self.used.send(used.buffer));
            (self.tick)();
        }
        self.given = 0;
        let next = self.chunks.as_ref().and_then(|chunks| chunks.recv().ok()).transpose();
        if !matches!(next, Ok(Some(_))) {
            self.chunks = None;
        }
        self.current = next?;
        Ok(self.current.is_some())
    }

    fn held(&self) -> &[u8] {
        self.current
            .as_ref()
            .and_then(|chunk| chunk.buffer.get(self.given..chunk.length))
            .unwrap_or_default()
    }
}

impl Read for ChunkReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.held().is_empty() && !self.advance()? {
            return Ok(0);
        }
        let length = self.held().read(buffer)?;
        self.given = self.given.saturating_add(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> Vec<u8> {
        (0..3_000_000_u32)
            .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
            .collect()
    }

    #[test]
    fn the_reader_gets_every_byte_and_the_digest_is_of_all_of_them() {
        let data = data();
        let (mut got, mut ticks) = (Vec::new(), 0);
        let mut input = &data[..];
        let passed = pump(&mut input, &mut || ticks += 1, |bytes| {
            bytes.read_to_end(&mut got).unwrap();
        });
        assert_eq!(got, data);
        assert_eq!(passed.bytes, data.len() as u64);
        assert_eq!(passed.sha256, Some(Sha256Digest::of(&data)));
        assert_eq!(ticks, data.len().div_ceil(CHUNK_BYTES));
    }

    #[test]
    fn a_reader_that_leaves_early_does_not_stop_the_hash() {
        let data = data();
        let mut input = &data[..];
        let passed = pump(&mut input, &mut || {}, |bytes| {
            bytes.read_exact(&mut [0; 24]).unwrap();
        });
        assert_eq!(passed.sha256, Some(Sha256Digest::of(&data)));
    }

    #[test]
    fn an_error_reaches_the_reader_after_the_bytes_before_it_and_leaves_no_digest() {
        struct Breaking<'a>(&'a [u8]);
        impl Read for Breaking<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                match self.0.read(buffer)? {
                    0 => Err(io::Error::other("cut")),
                    length => Ok(length),
                }
            }
        }
        let data = data();
        let mut got = Vec::new();
        let passed = pump(&mut Breaking(&data), &mut || {}, |bytes| {
            assert_eq!(bytes.read_to_end(&mut got).unwrap_err().to_string(), "cut");
            assert_eq!(bytes.read(&mut [0; 8]).unwrap(), 0);
        });
        assert_eq!((got.len(), passed.sha256), (data.len(), None));
        assert_eq!(passed.error.unwrap().to_string(), "cut");
    }
}
