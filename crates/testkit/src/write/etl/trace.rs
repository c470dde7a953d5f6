//! The container: buffers, their headers, the header of the trace, and event headers.

use super::compress::compress;

const HEADER_BYTES: usize = 0x48;
const EVENT_HEADER_BYTES: usize = 0x50;
const FILETIME_OF_UNIX_EPOCH: i64 = 116_444_736_000_000_000;

/// How a trace is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Bytes of a buffer.
    pub buffer_bytes: usize,
    /// How many processors write, each into buffers of its own.
    pub processors: u16,
    /// Whether buffers are compressed.
    pub compressed: bool,
    /// The file wraps around at this many mebibytes; zero where it does not.
    pub wraps_at_mebibytes: u32,
    /// When the computer was started, in nanoseconds since 1970.
    pub boot_ns: i64,
    /// When tracing starts, in nanoseconds since 1970.
    pub start_ns: i64,
    /// When tracing ends; a later event ends it later.
    pub end_ns: i64,
    /// Ticks of the performance counter in a second.
    pub ticks_per_second: u64,
    /// Events that found no room.
    pub events_lost: u32,
    /// Buffers that could not be written.
    pub buffers_lost: u32,
    /// Every how manieth buffer is not written although it was filled; zero for none.
    pub drops_every: usize,
    /// Its number among the files of its session, from 1; zero where it is the only one.
    pub file_number: u32,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            buffer_bytes: 0x1000,
            processors: 2,
            compressed: false,
            wraps_at_mebibytes: 0,
            boot_ns: 1_699_996_400_000_000_000,
            start_ns: 1_700_000_000_000_000_000,
            end_ns: 0,
            ticks_per_second: 10_000_000,
            events_lost: 0,
            buffers_lost: 0,
            drops_every: 0,
            file_number: 0,
        }
    }
}

/// An event to write.
#[derive(Clone, Debug, Default)]
pub struct TraceEvent {
    /// Who writes it, in the usual text form.
    pub provider: &'static str,
    /// Its number.
    pub id: u16,
    /// The version of its payload.
    pub version: u8,
    /// Its keywords.
    pub keywords: u64,
    /// The process on whose thread it is written.
    pub process_id: u32,
    /// When, in nanoseconds since 1970.
    pub time_ns: i64,
    /// The key of the process that is never given twice in one boot, as an extended item.
    pub process_start_key: Option<u64>,
    /// What it says.
    pub payload: Vec<u8>,
}

#[derive(Clone, Debug, Default)]
struct Open {
    records: Vec<u8>,
    /// The numbers of its events.
    numbers: Vec<usize>,
    sequence: u64,
}

/// A trace that is done.
#[derive(Clone, Debug)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// The numbers of the events that are in it, from 0 in the order in which they were given.
    pub kept: Vec<usize>,
    /// Whether it wrapped around.
    pub wrapped: bool,
    /// Buffers that were filled and not written.
    pub buffers_dropped: u64,
}

/// Writes a trace.
#[derive(Debug)]
pub struct TraceWriter {
    layout: Layout,
    open: Vec<Open>,
    written: Vec<(Vec<u8>, Vec<usize>)>,
    events: usize,
    dropped: u64,
    sequence: u64,
    lost_before: bool,
    last_ns: i64,
}

impl TraceWriter {
    /// A trace without events.
    #[must_use]
    pub fn new(layout: Layout) -> Self {
        Self {
            layout,
            open: vec![Open::default(); layout.processors.into()],
            written: Vec::new(),
            events: 0,
            dropped: 0,
            sequence: 0,
            lost_before: false,
            last_ns: layout.start_ns,
        }
    }

    /// Writes an event on a processor. Those of one processor have to come in order.
    pub fn event(&mut self, processor: u16, event: &TraceEvent) {
        let record = self.record(event);
        self.last_ns = self.last_ns.max(event.time_ns);
        let room = self.layout.buffer_bytes - HEADER_BYTES;
        let is_full = self
            .open
            .get(usize::from(processor))
            .is_some_and(|open| open.records.len() + record.len() > room);
        if is_full {
            self.flush(processor);
        }
        if let Some(open) = self.open.get_mut(usize::from(processor)) {
            open.records.extend(record);
            open.numbers.push(self.events);
        }
        self.events += 1;
    }

    /// The file. A wrapped one keeps as many buffers as it has room for, each in the place of the one before it.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.finish_and_tell().bytes
    }

    /// The file, and which events are in it.
    #[must_use]
    pub fn finish_and_tell(mut self) -> Written {
        for processor in 0..self.layout.processors {
            self.flush(processor);
        }
        let first = self.first_buffer();
        let mebibytes = self.layout.wraps_at_mebibytes as usize;
        let places = (mebibytes << 20) / self.layout.buffer_bytes;
        let wrapped = places >= 2 && self.written.len() >= places;
        let mut slots = self.written;
        if wrapped {
            let all = std::mem::replace(&mut slots, vec![(Vec::new(), Vec::new()); places - 1]);
            for (number, buffer) in all.into_iter().enumerate() {
                if let Some(slot) = slots.get_mut(number % (places - 1)) {
                    *slot = buffer;
                }
            }
        }
        let mut written = Written {
            bytes: first,
            kept: Vec::new(),
            wrapped,
            buffers_dropped: self.dropped,
        };
        for (buffer, numbers) in slots {
            written.bytes.extend(buffer);
            written.kept.extend(numbers);
        }
        written.kept.sort_unstable();
        written
    }

    fn ticks(&self, time_ns: i64) -> u64 {
        let since = i128::from(time_ns - self.layout.start_ns);
        // The counter does not begin with the trace.
        let ticks = since * i128::from(self.layout.ticks_per_second) / 1_000_000_000 + 1_000_000_000;
        u64::try_from(ticks).unwrap_or_default()
    }

    fn record(&self, event: &TraceEvent) -> Vec<u8> {
        let extended = event.process_start_key.map(|key| {
            let head = [16_u16, 13, 0, 8].map(u16::to_le_bytes).concat();
            [head, key.to_le_bytes().to_vec()].concat()
        });
        let extended = extended.unwrap_or_default();
        let length = EVENT_HEADER_BYTES + extended.len() + event.payload.len();
        let mut record = Vec::with_capacity(length);
        record.extend((length as u16).to_le_bytes());
        record.extend([0x13, 0xc0]);
        let has_extended = u16::from(!extended.is_empty());
        record.extend((0x40 | has_extended).to_le_bytes());
        record.extend([0; 2]);
        record.extend(1_u32.to_le_bytes());
        record.extend(event.process_id.to_le_bytes());
        record.extend(self.ticks(event.time_ns).to_le_bytes());
        record.extend(guid(event.provider));
        record.extend(event.id.to_le_bytes());
        record.extend([event.version, 0, 4, 0]);
        record.extend([0; 2]);
        record.extend(event.keywords.to_le_bytes());
        record.extend([0; 8 + 16]);
        record.extend(extended);
        record.extend(&event.payload);
        record.resize(record.len().next_multiple_of(8), 0);
        record
    }

    fn flush(&mut self, processor: u16) {
        let Some(open) = self.open.get_mut(usize::from(processor)) else {
            return;
        };
        let records = std::mem::take(&mut open.records);
        let numbers = std::mem::take(&mut open.numbers);
        if records.is_empty() {
            return;
        }
        self.sequence += 1;
        open.sequence = self.sequence;
        let every = self.layout.drops_every;
        if every > 0 && self.sequence.is_multiple_of(every as u64) {
            self.lost_before = true;
            self.dropped += 1;
            return;
        }
        let flags = 0x20 | if std::mem::take(&mut self.lost_before) { 0x04 } else { 0 };
        let buffer = self.buffer(&records, self.sequence, processor, flags);
        self.written.push((buffer, numbers));
    }

    fn buffer(&self, records: &[u8], sequence: u64, processor: u16, flags: u16) -> Vec<u8> {
        let filled = HEADER_BYTES + records.len();
        let is_compressed = self.layout.compressed && sequence > 0;
        let body = if is_compressed {
            compress(records)
        } else {
            records.to_vec()
        };
        let stored = if is_compressed {
            HEADER_BYTES + body.len()
        } else {
            self.layout.buffer_bytes
        };
        let flags = flags | if is_compressed { 0x40 } else { 0 };
        let mut buffer = Vec::with_capacity(stored);
        buffer.extend((stored as u32).to_le_bytes());
        buffer.extend([0; 0x14]);
        buffer.extend(sequence.to_le_bytes());
        buffer.extend([0; 8]);
        buffer.extend(processor.to_le_bytes());
        buffer.extend([0; 6]);
        buffer.extend((filled as u32).to_le_bytes());
        buffer.extend(flags.to_le_bytes());
        buffer.extend([0; 2 + 16]);
        buffer.extend(body);
        buffer.resize(stored, 0xff);
        buffer
    }

    fn first_buffer(&self) -> Vec<u8> {
        let mut record = Vec::new();
        record.extend([2, 0, 2, 0xc0]);
        let payload = self.trace_header();
        record.extend((0x20 + payload.len() as u16).to_le_bytes());
        record.extend([0; 2]);
        record.extend(1_u32.to_le_bytes());
        record.extend(4_u32.to_le_bytes());
        record.extend(self.ticks(self.layout.start_ns).to_le_bytes());
        record.extend([0; 8]);
        record.extend(payload);
        record.resize(record.len().next_multiple_of(8), 0);
        self.buffer(&record, 0, 0, 0x21)
    }

    fn trace_header(&self) -> Vec<u8> {
        let layout = &self.layout;
        let mut header = Vec::new();
        header.extend((layout.buffer_bytes as u32).to_le_bytes());
        header.extend([10, 0, 1, 5]);
        header.extend(19_045_u32.to_le_bytes());
        header.extend(u32::from(layout.processors).to_le_bytes());
        header.extend(filetime(self.last_ns.max(layout.end_ns)).to_le_bytes());
        header.extend(156_250_u32.to_le_bytes());
        header.extend(layout.wraps_at_mebibytes.to_le_bytes());
        let mode = match (layout.wraps_at_mebibytes, layout.file_number) {
            (0, 0) => 1_u32,
            (0, _) => 8,
            _ => 2,
        };
        header.extend(mode.to_le_bytes());
        header.extend((self.written.len() as u32 + 1).to_le_bytes());
        header.extend(1_u32.to_le_bytes());
        header.extend(8_u32.to_le_bytes());
        header.extend(layout.events_lost.to_le_bytes());
        header.extend(2_000_u32.to_le_bytes());
        header.extend([0; 16]);
        // Japan: 540 minutes ahead.
        header.extend((-540_i32).to_le_bytes());
        header.extend([0; 0xac]);
        header.extend(filetime(layout.boot_ns).to_le_bytes());
        header.extend(layout.ticks_per_second.to_le_bytes());
        header.extend(filetime(layout.start_ns).to_le_bytes());
        header.extend(1_u32.to_le_bytes());
        header.extend(layout.buffers_lost.to_le_bytes());
        let file = match layout.file_number {
            0 => "trace.etl".to_owned(),
            number => format!("trace_{number:06}.etl"),
        };
        let names = format!("trace\0C:\\MS_DATA\\{file}\0");
        header.extend(names.encode_utf16().flat_map(u16::to_le_bytes));
        header
    }
}

fn filetime(time_ns: i64) -> u64 {
    u64::try_from(time_ns / 100 + FILETIME_OF_UNIX_EPOCH).unwrap_or_default()
}

/// The bytes of an identifier in the usual text form: the first three parts are numbers, least significant byte first.
pub(super) fn guid(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (place, part) in text.split('-').enumerate() {
        let number = u64::from_str_radix(part, 16).unwrap_or_default().to_be_bytes();
        let mut part = number.get(8 - part.len() / 2..).unwrap_or_default().to_vec();
        if place < 3 {
            part.reverse();
        }
        bytes.extend(part);
    }
    bytes
}
