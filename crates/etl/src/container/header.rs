//! The header of a trace, `TRACE_LOGFILE_HEADER`: the payload of its first event.

use std::num::NonZeroU64;

use whotalks_bytes::{Cursor, ReadError};
use whotalks_record::{Nanoseconds, Text, Timestamp, TraceSession};

use super::clock::{Clock, ClockKind};

/// Bytes of `TIME_ZONE_INFORMATION` between the bias and the end, with its padding.
const TIME_ZONE_REST_BYTES: usize = 0xac;

/// Characters of the name of a session or file that are kept; Windows allows 1,024.
const MOST_NAME_CHARACTERS: usize = 1_024;

/// `EVENT_TRACE_FILE_MODE_CIRCULAR`.
const MODE_CIRCULAR: u32 = 0x0000_0002;
/// `EVENT_TRACE_FILE_MODE_NEWFILE`.
const MODE_NEW_FILE: u32 = 0x0000_0008;

/// What a trace says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceHeader {
    /// The version of the operating system: major and minor.
    pub system_version: (u8, u8),
    /// Its build.
    pub build: u32,
    /// How many processors wrote.
    pub processors: u32,
    /// When the session started.
    pub start: Timestamp,
    /// When the last event was written; none in a trace that was not closed.
    pub end: Option<Timestamp>,
    /// When the computer was started.
    pub boot: Option<Timestamp>,
    /// How far its local time is ahead of UTC, without daylight saving.
    pub utc_offset: Nanoseconds,
    /// What its ticks count.
    pub clock: ClockKind,
    /// Bytes of a buffer.
    pub buffer_bytes: u32,
    /// Buffers written to this file or, where it wraps around, over one another.
    pub buffers_written: u32,
    /// Bytes of a pointer on the computer: 4 or 8.
    pub pointer_bytes: u8,
    /// Events that found no room in a buffer.
    pub events_lost: u32,
    /// Buffers that could not be written.
    pub buffers_lost: u32,
    /// The file wraps around at this size, in bytes; none where it does not.
    pub wraps_at_bytes: Option<u64>,
    /// Whether it is one of several files of its session.
    pub is_one_of_several: bool,
    /// The session.
    pub session: Option<Text>,
    /// The file as it was named where it was written.
    pub file: Option<Text>,
    pub(super) ticks: Option<Clock>,
}

impl TraceHeader {
    /// The session, where it writes several files and says enough of itself to know them again.
    pub(crate) fn shared_session(&self) -> Option<TraceSession> {
        let name = self.session.clone().filter(|_| self.is_one_of_several)?;
        Some(TraceSession {
            name,
            boot: self.boot?,
            start: self.start,
            file: self.file_number()?,
        })
    }

    /// The number that Windows puts at the end of the names of several files of one session, from 1.
    pub(crate) fn file_number(&self) -> Option<u32> {
        let file = self.file.as_ref().filter(|_| self.is_one_of_several)?;
        let name = file.rsplit(['\\', '/']).next()?;
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let digits = stem.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        stem.get(digits..)?.parse().ok()
    }
}

impl TraceHeader {
    /// Reads the payload of the first event, which was written at `first_ticks`.
    pub(super) fn read(payload: &[u8], first_ticks: u64, is_64_bit: bool) -> Result<Self, ReadError> {
        let mut cursor = Cursor::new(payload);
        let fixed = Fixed::read(&mut cursor, is_64_bit)?;
        let clock = ClockKind::of(fixed.clock).unwrap_or(ClockKind::PerformanceCounter);
        let start = Timestamp::from_filetime(fixed.start);
        let is_circular = fixed.mode & MODE_CIRCULAR != 0 && fixed.most_megabytes > 0;
        Ok(Self {
            system_version: fixed.system_version,
            build: fixed.build,
            processors: fixed.processors,
            start,
            end: stated(fixed.end),
            boot: stated(fixed.boot),
            utc_offset: Nanoseconds::from_seconds(i64::from(fixed.bias_minutes).saturating_mul(-60)),
            clock,
            buffer_bytes: fixed.buffer_bytes,
            buffers_written: fixed.buffers_written,
            pointer_bytes: if fixed.pointer_bytes == 4 { 4 } else { 8 },
            events_lost: fixed.events_lost,
            buffers_lost: fixed.buffers_lost,
            wraps_at_bytes: is_circular.then(|| u64::from(fixed.most_megabytes) << 20),
            is_one_of_several: fixed.mode & MODE_NEW_FILE != 0,
            session: name(&mut cursor),
            file: name(&mut cursor),
            ticks: fixed.clock(first_ticks, start),
        })
    }
}

/// A time, unless it is zero.
fn stated(filetime: u64) -> Option<Timestamp> {
    (filetime != 0).then(|| Timestamp::from_filetime(filetime))
}

/// The fields in the order of the structure.
struct Fixed {
    buffer_bytes: u32,
    system_version: (u8, u8),
    build: u32,
    processors: u32,
    end: u64,
    most_megabytes: u32,
    mode: u32,
    buffers_written: u32,
    pointer_bytes: u32,
    events_lost: u32,
    processor_megahertz: u32,
    bias_minutes: i32,
    boot: u64,
    ticks_per_second: u64,
    start: u64,
    clock: u32,
    buffers_lost: u32,
}

impl Fixed {
    fn read(cursor: &mut Cursor<'_>, is_64_bit: bool) -> Result<Self, ReadError> {
        let name_pointers = if is_64_bit { 16 } else { 8 };
        let buffer_bytes = cursor.u32_le("trace.buffer_size")?;
        let [major, minor, _, _] = *cursor.array("trace.version")?;
        let build = cursor.u32_le("trace.provider_version")?;
        let processors = cursor.u32_le("trace.number_of_processors")?;
        let end = cursor.u64_le("trace.end_time")?;
        cursor.skip("trace.timer_resolution", 4)?;
        let most_megabytes = cursor.u32_le("trace.maximum_file_size")?;
        let mode = cursor.u32_le("trace.log_file_mode")?;
        let buffers_written = cursor.u32_le("trace.buffers_written")?;
        cursor.skip("trace.start_buffers", 4)?;
        let pointer_bytes = cursor.u32_le("trace.pointer_size")?;
        let events_lost = cursor.u32_le("trace.events_lost")?;
        let processor_megahertz = cursor.u32_le("trace.cpu_speed")?;
        cursor.skip("trace.name_pointers", name_pointers)?;
        let bias_minutes = cursor.u32_le("trace.time_zone")?.cast_signed();
        cursor.skip("trace.time_zone", TIME_ZONE_REST_BYTES)?;
        Ok(Self {
            buffer_bytes,
            system_version: (major, minor),
            build,
            processors,
            end,
            most_megabytes,
            mode,
            buffers_written,
            pointer_bytes,
            events_lost,
            processor_megahertz,
            bias_minutes,
            boot: cursor.u64_le("trace.boot_time")?,
            ticks_per_second: cursor.u64_le("trace.perf_freq")?,
            start: cursor.u64_le("trace.start_time")?,
            clock: cursor.u32_le("trace.reserved_flags")?,
            buffers_lost: cursor.u32_le("trace.buffers_lost")?,
        })
    }

    /// How ticks become time; none where the header does not say how fast they go.
    fn clock(&self, first: u64, start: Timestamp) -> Option<Clock> {
        let per_second = match ClockKind::of(self.clock)? {
            ClockKind::SystemTime => return Some(Clock::SystemTime),
            ClockKind::PerformanceCounter => self.ticks_per_second,
            ClockKind::ProcessorCycles => u64::from(self.processor_megahertz).saturating_mul(1_000_000),
        };
        NonZeroU64::new(per_second).map(|per_second| Clock::Ticks {
            first,
            start,
            per_second: per_second.get(),
        })
    }
}

/// A name that ends with a zero character; none where it is empty.
fn name(cursor: &mut Cursor<'_>) -> Option<Text> {
    let mut units = Vec::new();
    while let Ok(unit) = cursor.u16_le("trace.name") {
        if unit == 0 {
            break;
        }
        if units.len() < MOST_NAME_CHARACTERS {
            units.push(unit);
        }
    }
    (!units.is_empty()).then(|| String::from_utf16_lossy(&units).into())
}
