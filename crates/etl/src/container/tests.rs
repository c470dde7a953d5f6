use proptest::prelude::*;
use whotalks_record::{EvidenceId, Issue, IssueKind, Nanoseconds, Timestamp};

use super::{EventSink, Totals, TraceHeader, read_events};
use crate::{Event, Guid, Origin};

const EVIDENCE: EvidenceId = EvidenceId(1);
const BUFFER_BYTES: usize = 0x400;
const PROVIDER: Guid = Guid::new(1, 2, 3, [4; 8]);

#[derive(Default)]
struct Seen {
    header: Option<TraceHeader>,
    events: Vec<(Origin, Option<Timestamp>, u16, Vec<u8>)>,
    issues: Vec<Issue>,
}

impl EventSink for Seen {
    fn header(&mut self, header: &TraceHeader) {
        self.header = Some(header.clone());
    }

    fn event(&mut self, event: &Event<'_>) {
        self.events
            .push((event.origin, event.time, event.id, event.payload.to_vec()));
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

fn read(bytes: &[u8]) -> (Seen, Totals) {
    let mut seen = Seen::default();
    let mut input = bytes;
    let totals = read_events(&mut input, EVIDENCE, &mut seen);
    (seen, totals)
}

/// A buffer of `BUFFER_BYTES` around records, whose ends are padded.
fn buffer(sequence: u64, flags: u16, records: &[Vec<u8>]) -> Vec<u8> {
    let mut body = Vec::new();
    for record in records {
        body.extend_from_slice(record);
        body.resize(body.len().next_multiple_of(8), 0);
    }
    let mut bytes = vec![0; 0x48];
    bytes[..4].copy_from_slice(&(BUFFER_BYTES as u32).to_le_bytes());
    bytes[0x18..0x20].copy_from_slice(&sequence.to_le_bytes());
    bytes[0x30..0x34].copy_from_slice(&(0x48 + body.len() as u32).to_le_bytes());
    bytes[0x34..0x36].copy_from_slice(&flags.to_le_bytes());
    bytes.extend(body);
    bytes.resize(BUFFER_BYTES, 0xff);
    bytes
}

/// The first record: 64-bit, started at 2023-11-14 22:13:20 UTC when the counter of 10 MHz stood at 1,000.
fn trace_header(mode: u32, megabytes: u32, lost: u32) -> Vec<u8> {
    let mut payload = vec![0; 0x118];
    let mut put = |at: usize, bytes: &[u8]| payload[at..at + bytes.len()].copy_from_slice(bytes);
    put(0x00, &(BUFFER_BYTES as u32).to_le_bytes());
    put(0x04, &[10, 0, 1, 5]);
    put(0x08, &19041_u32.to_le_bytes());
    put(0x1c, &megabytes.to_le_bytes());
    put(0x20, &mode.to_le_bytes());
    put(0x2c, &8_u32.to_le_bytes());
    put(0x30, &lost.to_le_bytes());
    put(0x48, &(-540_i32).to_le_bytes());
    put(0x100, &10_000_000_u64.to_le_bytes());
    put(0x108, &133_444_736_000_000_000_u64.to_le_bytes());
    put(0x110, &1_u32.to_le_bytes());
    payload.extend("s\0f\0".encode_utf16().flat_map(u16::to_le_bytes));
    let mut record = vec![2, 0, 2, 0xc0];
    record.extend((0x20 + payload.len() as u16).to_le_bytes());
    record.resize(0x10, 0);
    record.extend(1_000_u64.to_le_bytes());
    record.resize(0x20, 0);
    record.extend(payload);
    record
}

fn event(id: u16, ticks: u64, payload: &[u8]) -> Vec<u8> {
    let mut record = vec![0; 0x50];
    record[..2].copy_from_slice(&(0x50 + payload.len() as u16).to_le_bytes());
    record[2..4].copy_from_slice(&[0x13, 0xc0]);
    record[0x10..0x18].copy_from_slice(&ticks.to_le_bytes());
    record[0x18..0x28].copy_from_slice(&PROVIDER.0);
    record[0x28..0x2a].copy_from_slice(&id.to_le_bytes());
    record.extend_from_slice(payload);
    record
}

fn trace() -> Vec<u8> {
    [
        buffer(0, 0, &[trace_header(1, 0, 0)]),
        buffer(2, 0, &[event(1, 1_010, b"one"), event(3, 1_030, b"three")]),
        buffer(1, 0, &[event(2, 1_020, b"two")]),
    ]
    .concat()
}

fn ids(seen: &Seen) -> Vec<u16> {
    seen.events.iter().map(|(_, _, id, _)| *id).collect()
}

#[test]
fn a_trace_gives_its_header_and_its_events_in_order() {
    let (seen, totals) = read(&trace());
    let header = seen.header.as_ref().unwrap();
    assert_eq!(header.session.as_deref(), Some("s"));
    assert_eq!(header.file.as_deref(), Some("f"));
    assert_eq!(header.utc_offset, Nanoseconds::from_seconds(9 * 3_600));
    assert_eq!(ids(&seen), [0, 1, 2, 3]);
    assert_eq!(seen.events[2].3, b"two");
    let start = Timestamp::from_seconds(1_700_000_000, 0);
    assert_eq!(seen.events[1].1, Some(start + Nanoseconds(1_000)));
    assert_eq!((totals.first, totals.events, totals.out_of_order), (Some(start), 4, 0));
    assert!(seen.issues.is_empty());
}

#[test]
fn every_truncation_gives_a_prefix_and_an_issue() {
    let whole = trace();
    for length in 1..whole.len() {
        let (seen, _) = read(&whole[..length]);
        let is_whole_buffers = length % BUFFER_BYTES == 0;
        assert_eq!(
            seen.issues.is_empty(),
            is_whole_buffers,
            "cut at {length}: {:?}",
            seen.issues
        );
        assert!(
            seen.events.iter().all(|event| read(&whole).0.events.contains(event)),
            "cut at {length}"
        );
    }
}

#[test]
fn losses_stated_in_the_header_or_marked_in_buffers_are_issues() {
    let lost = |bytes: &[u8]| -> Vec<_> {
        let kinds = read(bytes).0.issues.into_iter().map(|issue| issue.kind);
        kinds
            .filter_map(|kind| match kind {
                IssueKind::Lost { unit, count } => Some((unit, count)),
                _ => None,
            })
            .collect()
    };
    assert_eq!(lost(&buffer(0, 0, &[trace_header(1, 0, 7)])), [("event", 7)]);
    let marked = [
        buffer(0, 0, &[trace_header(1, 0, 0)]),
        buffer(1, 6, &[event(1, 1, b"")]),
    ]
    .concat();
    assert_eq!(lost(&marked), [("event", 1), ("trace buffer", 1)]);
}

#[test]
fn a_file_that_wrapped_around_begins_with_its_newest_buffers_and_is_put_in_order() {
    let places = (1 << 20) / BUFFER_BYTES as u64;
    let bytes = [
        buffer(0, 0, &[trace_header(2, 1, 0)]),
        buffer(places + 1, 0, &[event(9, 9_000, b"")]),
        buffer(2, 0, &[event(2, 2_000, b"")]),
        buffer(3, 0, &[event(3, 3_000, b"")]),
    ]
    .concat();
    let (seen, totals) = read(&bytes);
    assert!(totals.wrapped);
    assert_eq!(ids(&seen), [0, 2, 3, 9]);
}

#[test]
fn places_that_were_never_used_and_damaged_ones_are_passed_over() {
    let mut damaged = buffer(2, 0, &[event(2, 2_000, b"")]);
    damaged[..4].copy_from_slice(&3_u32.to_le_bytes());
    let bytes = [
        buffer(0, 0, &[trace_header(1, 0, 0)]),
        vec![0; BUFFER_BYTES],
        damaged,
        buffer(3, 0, &[event(3, 3_000, b"")]),
    ]
    .concat();
    let (seen, _) = read(&bytes);
    assert_eq!(ids(&seen), [0, 3]);
    assert_eq!(seen.issues.len(), 1);
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..4_000)) {
        read(&bytes);
    }

    #[test]
    fn altered_traces_never_panic(at in 0_usize..3 * BUFFER_BYTES, value in any::<u8>(), length in 0_usize..3 * BUFFER_BYTES) {
        let mut bytes = trace();
        bytes[at] = value;
        read(&bytes[..length]);
    }
}
