//! Writes an event log in the binary form of Windows Vista and later.
//!
//! Layout after libyal/libevtx, "Windows XML Event Log (EVTX)": a file header of 4096 bytes, then chunks of 65536.

mod binxml;
mod chunk;

use crate::events::LogEvent;
use chunk::ChunkBytes;

const HEADER_BLOCK: usize = 4_096;

/// The file that holds these events in this order.
pub(crate) fn evtx_file(events: &[LogEvent]) -> Vec<u8> {
    let chunks = chunks(events);
    let next_record = events.last().map_or(1, |event| event.record_id + 1);
    let mut file = header(chunks.len(), next_record);
    for chunk in chunks {
        file.extend(chunk);
    }
    file
}

fn chunks(events: &[LogEvent]) -> Vec<Vec<u8>> {
    let mut done = Vec::new();
    let mut current = ChunkBytes::new();
    for event in events {
        if !current.push(event) {
            done.push(std::mem::replace(&mut current, ChunkBytes::new()).finish());
            // Values are cut so that any event fits into a chunk of its own.
            current.push(event);
        }
    }
    if !current.is_empty() || done.is_empty() {
        done.push(current.finish());
    }
    done
}

fn header(chunks: usize, next_record: u64) -> Vec<u8> {
    let count = u16::try_from(chunks).unwrap_or(u16::MAX);
    let mut bytes = b"ElfFile\0".to_vec();
    bytes.extend(0_u64.to_le_bytes());
    bytes.extend(u64::from(count.saturating_sub(1)).to_le_bytes());
    bytes.extend(next_record.to_le_bytes());
    bytes.extend(128_u32.to_le_bytes());
    // Version 3.1, as Windows 10 writes it.
    bytes.extend([1, 0, 3, 0]);
    bytes.extend([0x00, 0x10]);
    bytes.extend(count.to_le_bytes());
    bytes.resize(120, 0);
    let checksum = crc32fast::hash(&bytes);
    bytes.extend(0_u32.to_le_bytes());
    bytes.extend(checksum.to_le_bytes());
    bytes.resize(HEADER_BLOCK, 0);
    bytes
}
