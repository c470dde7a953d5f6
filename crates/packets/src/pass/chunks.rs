//! Batches straight from a file: a batch is a chunk of it, in which the packets are found where they lie.

use std::io::Read;

use whotalks_pcap::{Framer, Progress};
use whotalks_record::{EvidenceId, Issue};

use super::about::Interfaces;
use super::buffer::Buffer;
use super::{Batch, Batches};

/// Bytes of a chunk. With what is computed for its packets it fits into a second-level cache.
const CHUNK_BYTES: usize = 1 << 19;

/// Reads a pcap or pcapng file in chunks.
pub struct ChunkBatches<R> {
    input: R,
    evidence: EvidenceId,
    /// None once the file has ended.
    framer: Option<Framer>,
    /// What the chunk before left over, which the next one begins with.
    rest: Vec<u8>,
    /// The place of `rest` in the file.
    offset: u64,
    /// Bytes that the framer needs to come further.
    needed: usize,
    packets: u64,
    /// The interfaces that were described so far.
    interfaces: Interfaces,
    failure: Option<String>,
    issues: Vec<Issue>,
}

impl<R: Read + Send> ChunkBatches<R> {
    /// Reads from the beginning of a file.
    pub fn new(input: R, evidence: EvidenceId) -> Self {
        Self {
            input,
            evidence,
            framer: Some(Framer::new(evidence)),
            rest: Vec::new(),
            offset: 0,
            needed: 1,
            packets: 0,
            interfaces: Interfaces::default(),
            failure: None,
            issues: Vec::new(),
        }
    }

    /// What could not be read.
    pub fn into_issues(self) -> Vec<Issue> {
        self.issues
    }

    /// Fills `buffer` with what was left over and what comes next; false when nothing comes.
    fn read(&mut self, buffer: &mut Buffer) -> bool {
        buffer.clear();
        buffer.push(&self.rest);
        self.rest.clear();
        let known = buffer.len();
        if let Err(error) = buffer.read(&mut self.input, CHUNK_BYTES.max(self.needed)) {
            self.failure = Some(error.to_string());
        }
        buffer.len() > known
    }

    fn keep_rest(&mut self, batch: &Batch, progress: Progress) {
        let bytes = batch.bytes().get(progress.consumed..);
        self.rest.extend_from_slice(bytes.unwrap_or_default());
        self.offset += progress.consumed as u64;
        self.needed = progress.needed;
    }
}

impl<R: Read + Send> Batches for ChunkBatches<R> {
    fn next(&mut self, batch: &mut Batch) -> bool {
        batch.begin_with(self.evidence, self.packets, &self.interfaces);
        while batch.is_empty() && !batch.about().is_full() {
            let Some(mut framer) = self.framer.take() else {
                // Names may stand behind the last packet.
                return !batch.about().is_empty();
            };
            if self.read(batch.buffer_mut()) && !framer.has_ended() {
                let progress = batch.frame(&mut framer, self.offset, &mut self.issues);
                self.keep_rest(batch, progress);
                self.framer = Some(framer);
            } else {
                batch.finish(framer, self.offset, self.failure.as_deref(), &mut self.issues);
            }
        }
        self.packets += batch.len() as u64;
        self.interfaces = Interfaces::clone(batch.about().interfaces());
        true
    }
}
