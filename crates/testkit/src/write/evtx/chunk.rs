//! One chunk of 64 KiB: header, records, the table of names and the table of templates.

use super::binxml::append_event;
use crate::clock::{MILLISECOND, filetime};
use crate::events::LogEvent;
use std::collections::BTreeMap;

/// Size of a chunk in the file.
pub(super) const CHUNK: usize = 65_536;
const RECORDS_BEGIN: usize = 512;
const HEADER_CHECKED: usize = 120;
const STRING_BUCKETS: usize = 64;
const TEMPLATE_BUCKETS: usize = 32;
const RECORD_MAGIC: [u8; 4] = [0x2a, 0x2a, 0, 0];

/// The bytes of a chunk while it grows, with what has been defined in it so far.
pub(super) struct ChunkBytes {
    bytes: Vec<u8>,
    names: BTreeMap<String, u32>,
    templates: BTreeMap<u32, u32>,
    /// Per bucket of names the offsets in the order of definition; each name links to the one before it.
    name_chains: Vec<Vec<u32>>,
    template_chains: Vec<Vec<u32>>,
    first_record: u64,
    last_record: u64,
    last_record_at: u32,
}

impl ChunkBytes {
    pub(super) fn new() -> Self {
        Self {
            bytes: vec![0; RECORDS_BEGIN],
            names: BTreeMap::new(),
            templates: BTreeMap::new(),
            name_chains: vec![Vec::new(); STRING_BUCKETS],
            template_chains: vec![Vec::new(); TEMPLATE_BUCKETS],
            first_record: 0,
            last_record: 0,
            last_record_at: 0,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.last_record_at == 0
    }

    /// Appends the event as a record; false, and nothing changed, when it does not fit any more.
    pub(super) fn push(&mut self, event: &LogEvent) -> bool {
        let begins = self.bytes.len();
        self.extend(&RECORD_MAGIC);
        let size_at = self.reserve_u32();
        self.extend(&event.record_id.to_le_bytes());
        self.extend(&filetime(written_ns(event)).to_le_bytes());
        append_event(self, event);
        // Records end on a multiple of eight, with their size repeated in the last four bytes.
        let padding = (4_usize.wrapping_sub(self.bytes.len())) % 8;
        self.bytes.resize(self.bytes.len() + padding, 0);
        let size = u32::try_from(self.bytes.len() + 4 - begins).unwrap_or(0);
        self.extend_u32(size);
        self.put_u32(size_at, size);
        if self.bytes.len() > CHUNK {
            self.bytes.truncate(begins);
            return false;
        }
        if self.is_empty() {
            self.first_record = event.record_id;
        }
        self.last_record = event.record_id;
        self.last_record_at = u32::try_from(begins).unwrap_or(0);
        true
    }

    /// The whole chunk with its header and checksums.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let free = self.position();
        let records_checksum = crc32fast::hash(self.bytes.get(RECORDS_BEGIN..).unwrap_or_default());
        let mut header = Vec::with_capacity(RECORDS_BEGIN);
        header.extend(b"ElfChnk\0");
        for number in [self.first_record, self.last_record, self.first_record, self.last_record] {
            header.extend(number.to_le_bytes());
        }
        header.extend(128_u32.to_le_bytes());
        header.extend(self.last_record_at.to_le_bytes());
        header.extend(free.to_le_bytes());
        header.extend(records_checksum.to_le_bytes());
        header.resize(HEADER_CHECKED, 0);
        let tables: Vec<u8> = heads(&self.name_chains, free)
            .chain(heads(&self.template_chains, free))
            .flat_map(u32::to_le_bytes)
            .collect();
        let mut checked = crc32fast::Hasher::new();
        checked.update(&header);
        checked.update(&tables);
        header.extend(1_u32.to_le_bytes());
        header.extend(checked.finalize().to_le_bytes());
        header.extend(tables);
        for (slot, byte) in self.bytes.iter_mut().zip(header) {
            *slot = byte;
        }
        self.bytes.resize(CHUNK, 0);
        self.bytes
    }

    pub(super) fn position(&self) -> u32 {
        u32::try_from(self.bytes.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn extend(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn extend_u16(&mut self, number: u16) {
        self.extend(&number.to_le_bytes());
    }

    pub(super) fn extend_u32(&mut self, number: u32) {
        self.extend(&number.to_le_bytes());
    }

    /// Leaves room for a number that is not known yet and says where.
    pub(super) fn reserve_u32(&mut self) -> u32 {
        let at = self.position();
        self.extend_u32(0);
        at
    }

    pub(super) fn put_u32(&mut self, at: u32, number: u32) {
        self.put(at, &number.to_le_bytes());
    }

    pub(super) fn put_u16(&mut self, at: u32, number: u32) {
        self.put(at, &u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes());
    }

    fn put(&mut self, at: u32, bytes: &[u8]) {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        for (slot, byte) in self.bytes.iter_mut().skip(at).zip(bytes) {
            *slot = *byte;
        }
    }

    /// Appends a reference to a name, and the name itself where it is used for the first time.
    pub(super) fn name(&mut self, name: &str) {
        if let Some(offset) = self.names.get(name).copied() {
            self.extend_u32(offset);
            return;
        }
        let offset = self.position() + 4;
        self.extend_u32(offset);
        let hash = name_hash(name);
        let next = remember(&mut self.name_chains, usize::from(hash) % STRING_BUCKETS, offset);
        self.extend_u32(next);
        self.extend_u16(hash);
        self.extend_u16(u16::try_from(name.encode_utf16().count()).unwrap_or(0));
        let units: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        self.extend(&units);
        self.names.insert(name.to_owned(), offset);
    }

    pub(super) fn template(&self, id: u32) -> Option<u32> {
        self.templates.get(&id).copied()
    }

    /// Notes where a template is defined; gives the offset of the one before it in its chain.
    pub(super) fn remember_template(&mut self, id: u32, offset: u32) -> u32 {
        self.templates.insert(id, offset);
        let bucket = usize::try_from(id).unwrap_or(0) % TEMPLATE_BUCKETS;
        remember(&mut self.template_chains, bucket, offset)
    }
}

/// When the record reached the log: up to a second after the event, and not always in the order of events.
fn written_ns(event: &LogEvent) -> i64 {
    event.time_ns + i64::try_from(event.record_id * 37 % 1_000).unwrap_or(0) * MILLISECOND
}

fn remember(chains: &mut [Vec<u32>], bucket: usize, offset: u32) -> u32 {
    let Some(chain) = chains.get_mut(bucket) else { return 0 };
    let before = chain.last().copied().unwrap_or(0);
    chain.push(offset);
    before
}

/// The newest entry of each chain that is part of the chunk; a record that did not fit leaves entries behind its end.
fn heads(chains: &[Vec<u32>], free: u32) -> impl Iterator<Item = u32> {
    chains
        .iter()
        .map(move |chain| chain.iter().rev().copied().find(|offset| *offset < free).unwrap_or(0))
}

/// The hash of a name: 65599 times the hash before plus the character, of which 16 bits are kept.
fn name_hash(name: &str) -> u16 {
    let hash = name
        .encode_utf16()
        .fold(0_u32, |hash, unit| hash.wrapping_mul(65_599).wrapping_add(unit.into()));
    u16::try_from(hash & 0xffff).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::name_hash;

    #[test]
    fn names_have_the_hashes_that_windows_writes() {
        assert_eq!(name_hash("Event"), 0x0cba);
        assert_eq!(name_hash("System"), 0x546f);
        assert_eq!(name_hash("Provider"), 0x7bf1);
    }
}
