//! The chain of records of an undamaged chunk.

use whotalks_record::Timestamp;

use super::value::NotPlain;

/// Size of a chunk's header. Source: libyal EVTX 3.1.
const CHUNK_HEADER_BYTES: usize = 512;
/// Size of a record's header: magic, size, number, FILETIME. Source: libyal EVTX 3.2.
pub(super) const RECORD_HEADER_BYTES: usize = 24;
/// Size of the copy of the record's size at its end.
pub(super) const RECORD_TRAILER_BYTES: usize = 4;
const RECORD_MAGIC: u32 = 0x0000_2a2a;
/// Offsets in the chunk header of the last record's number and of the free space.
const LAST_RECORD_OFFSET: usize = 32;
const FREE_SPACE_OFFSET: usize = 48;

/// One record.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawRecord {
    /// Where it begins in the chunk.
    pub(super) start: usize,
    /// Where its token stream ends in the chunk.
    pub(super) end: usize,
    /// Its number.
    pub(super) number: u64,
    /// When the log service wrote it.
    pub(super) written: Timestamp,
}

/// Walks from record to record.
pub(super) struct Walk<'c> {
    chunk: &'c [u8],
    next: usize,
    end: usize,
    last_number: u64,
}

impl<'c> Walk<'c> {
    pub(super) fn new(chunk: &'c [u8]) -> Result<Self, NotPlain> {
        let end = usize::try_from(u32_at(chunk, FREE_SPACE_OFFSET)?).map_err(|_| NotPlain)?;
        if end > chunk.len() {
            return Err(NotPlain);
        }
        Ok(Self {
            chunk,
            next: CHUNK_HEADER_BYTES,
            end,
            last_number: u64_at(chunk, LAST_RECORD_OFFSET)?,
        })
    }

    /// Where the walk stands in the chunk.
    pub(super) fn position(&self) -> usize {
        self.next
    }

    /// The next record; `None` behind the last one.
    pub(super) fn next_record(&mut self) -> Result<Option<RawRecord>, NotPlain> {
        let start = self.next;
        if start >= self.end {
            return Ok(None);
        }
        if u32_at(self.chunk, start)? != RECORD_MAGIC {
            return Err(NotPlain);
        }
        let size = u32_at(self.chunk, start + 4)?;
        let length = usize::try_from(size).map_err(|_| NotPlain)?;
        let next = start.checked_add(length).ok_or(NotPlain)?;
        let trailer = next.checked_sub(RECORD_TRAILER_BYTES).ok_or(NotPlain)?;
        if next > self.end || trailer < start + RECORD_HEADER_BYTES || u32_at(self.chunk, trailer)? != size {
            return Err(NotPlain);
        }
        let number = u64_at(self.chunk, start + 8)?;
        // The chunk's header says which record is the last; what follows it is left from an earlier use of the chunk.
        self.next = if number == self.last_number { self.end } else { next };
        Ok(Some(RawRecord {
            start,
            end: trailer,
            number,
            written: Timestamp::from_filetime(u64_at(self.chunk, start + 16)?),
        }))
    }
}

fn u32_at(data: &[u8], at: usize) -> Result<u32, NotPlain> {
    let bytes = data.get(at..).and_then(<[u8]>::first_chunk).ok_or(NotPlain)?;
    Ok(u32::from_le_bytes(*bytes))
}

fn u64_at(data: &[u8], at: usize) -> Result<u64, NotPlain> {
    let bytes = data.get(at..).and_then(<[u8]>::first_chunk).ok_or(NotPlain)?;
    Ok(u64::from_le_bytes(*bytes))
}
