//! Cuts an EVTX stream into chunks, past damage.

use std::io::Read;

use whotalks_record::{EvidenceId, IssueKind, Position, Span};

/// Size of the file header. Source: libyal EVTX 2.1.
const FILE_HEADER_BYTES: usize = 4_096;
/// Size of a chunk. Source: libyal EVTX 3.
pub(super) const CHUNK_BYTES: usize = 65_536;
const FILE_MAGIC: &[u8] = b"ElfFile\0";
const CHUNK_MAGIC: &[u8] = b"ElfChnk\0";
/// Offset of the CRC32 of the file header's first 120 bytes.
const FILE_CHECKSUM_OFFSET: usize = 124;
const FILE_CHECKSUMMED_BYTES: usize = 120;

/// The most issues about damaged places; neighbours are joined, so only a shredded file reaches it.
const MOST_ISSUES: usize = 1_000;

/// One chunk as it lies in the file.
pub(super) struct Block {
    /// Offset of its first byte in the file.
    pub(super) offset: u64,
    /// Its bytes; fewer than [`CHUNK_BYTES`] where the file is cut.
    pub(super) data: Vec<u8>,
}

/// A stretch of the file that is no chunk.
struct Damage {
    offset: u64,
    bytes: u64,
}

/// Reads chunk after chunk.
pub(super) struct Blocks<'r> {
    reader: &'r mut dyn Read,
    /// Bytes already read that come next.
    pushed_back: Vec<u8>,
    offset: u64,
    header_read: bool,
    issues: Vec<(u64, u64, IssueKind)>,
    damage: Option<Damage>,
    damaged_after_bound: u64,
}

impl<'r> Blocks<'r> {
    pub(super) fn new(reader: &'r mut dyn Read) -> Self {
        Self {
            reader,
            pushed_back: Vec::new(),
            offset: 0,
            header_read: false,
            issues: Vec::new(),
            damage: None,
            damaged_after_bound: 0,
        }
    }

    /// Up to `count` chunks; `None` at the end.
    pub(super) fn take_some(&mut self, count: usize) -> Option<Vec<Block>> {
        let mut batch = Vec::with_capacity(count);
        while batch.len() < count {
            match self.next_block() {
                Some(block) => batch.push(block),
                None => break,
            }
        }
        (!batch.is_empty()).then_some(batch)
    }

    /// What could not be read.
    pub(super) fn into_issues(mut self, evidence: EvidenceId) -> impl Iterator<Item = (Span, IssueKind)> {
        self.close_damage();
        if self.damaged_after_bound > 0 {
            let kind = IssueKind::BoundReached {
                bound: "evtx damage issues",
                limit: MOST_ISSUES as u64,
                count: self.damaged_after_bound,
            };
            self.issues.push((0, 0, kind));
        }
        self.issues.into_iter().map(move |(offset, length, kind)| {
            let span = Span {
                evidence,
                position: Position::Whole,
                offset,
                length: u32::try_from(length).unwrap_or(u32::MAX),
            };
            (span, kind)
        })
    }

    fn next_block(&mut self) -> Option<Block> {
        if !self.header_read {
            self.header_read = true;
            self.read_file_header();
        }
        loop {
            let offset = self.offset;
            let data = self.read_up_to(CHUNK_BYTES);
            if data.is_empty() {
                return None;
            }
            if data.starts_with(CHUNK_MAGIC) {
                self.close_damage();
                return Some(Block { offset, data });
            }
            self.skip_damage(offset, data);
        }
    }

    /// Skips bytes that begin no chunk, up to the next chunk within them (a file with bytes lost or inserted is out of step).
    fn skip_damage(&mut self, offset: u64, mut data: Vec<u8>) {
        let next = find(data.get(1..).unwrap_or_default(), CHUNK_MAGIC).map(|at| at + 1);
        let skipped = next.unwrap_or(data.len());
        // Windows allocates chunks ahead of use; blank ones are no damage.
        let blank = data
            .get(..skipped)
            .is_some_and(|bytes| bytes.iter().all(|byte| *byte == 0));
        if next.is_some() {
            let rest = data.split_off(skipped);
            self.push_back(rest);
        }
        if blank {
            self.close_damage();
            return;
        }
        let damage = self.damage.get_or_insert(Damage { offset, bytes: 0 });
        damage.bytes += skipped as u64;
    }

    fn close_damage(&mut self) {
        let Some(damage) = self.damage.take() else {
            return;
        };
        let count = damage.bytes.div_ceil(CHUNK_BYTES as u64);
        self.issue(damage.offset, damage.bytes, IssueKind::Skipped { unit: "chunk", count });
    }

    fn read_file_header(&mut self) {
        let header = self.read_up_to(FILE_HEADER_BYTES);
        if header.starts_with(CHUNK_MAGIC) {
            // Carved chunks without their file header.
            self.push_back(header);
        } else if header.len() < FILE_HEADER_BYTES {
            let kind = IssueKind::Truncated {
                field: "file.header",
                needed: FILE_HEADER_BYTES as u64,
                available: header.len() as u64,
            };
            self.issue(0, header.len() as u64, kind);
        } else if !header.starts_with(FILE_MAGIC) {
            self.malformed("file.header.magic", "not ElfFile");
            self.resume_within(header);
        } else if stored_checksum(&header) != Some(checksum(&header)) {
            self.malformed("file.header.checksum", "the header's CRC32 is another");
        }
    }

    /// Where part of the file header is lost, the first chunk begins within what was read for it.
    fn resume_within(&mut self, mut header: Vec<u8>) {
        if let Some(at) = find(&header, CHUNK_MAGIC) {
            self.push_back(header.split_off(at));
        }
    }

    fn malformed(&mut self, field: &'static str, found: &str) {
        let kind = IssueKind::Malformed {
            field,
            found: found.into(),
        };
        self.issue(0, FILE_HEADER_BYTES as u64, kind);
    }

    fn issue(&mut self, offset: u64, length: u64, kind: IssueKind) {
        if self.issues.len() < MOST_ISSUES {
            self.issues.push((offset, length, kind));
        } else {
            self.damaged_after_bound += 1;
        }
    }

    fn push_back(&mut self, bytes: Vec<u8>) {
        self.offset -= bytes.len() as u64;
        self.pushed_back = bytes;
    }

    /// The next `count` bytes, fewer at the end of the file.
    fn read_up_to(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = std::mem::take(&mut self.pushed_back);
        if bytes.len() > count {
            self.pushed_back = bytes.split_off(count);
        }
        let missing = count - bytes.len();
        bytes.reserve_exact(missing);
        if let Err(error) = (&mut *self.reader).take(missing as u64).read_to_end(&mut bytes) {
            let message = error.to_string().into();
            self.issue(self.offset, 0, IssueKind::Io { message });
        }
        self.offset += bytes.len() as u64;
        bytes
    }
}

fn stored_checksum(header: &[u8]) -> Option<u32> {
    let bytes = header.get(FILE_CHECKSUM_OFFSET..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*bytes))
}

fn checksum(header: &[u8]) -> u32 {
    evtx::checksum_ieee(header.get(..FILE_CHECKSUMMED_BYTES).unwrap_or_default())
}

fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window == pattern)
}
