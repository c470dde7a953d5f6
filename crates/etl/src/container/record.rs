//! Records: where the next event of a buffer lies and which header it has.
//!
//! A double word at the beginning of each tells: its highest byte is `0xC0` for events and `0x90` for messages of WPP, the byte
//! below it the type of header (`TRACE_HEADER_TYPE_*`). Records begin at multiples of 8 bytes. A zero or `0xFFFFFFFF` ends a buffer.

use whotalks_bytes::Cursor;
use whotalks_record::IssueKind;

use super::buffer::malformed;

/// What the highest four bits of an event's first double word are.
const EVENT_MARK: u8 = 0xc0;
/// The same of a message.
const MESSAGE_MARK: u8 = 0x90;

/// The type of header of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Header {
    /// `EVENT_HEADER`.
    Event,
    /// `SYSTEM_TRACE_HEADER`, with processor times or, `compact`, without.
    System { compact: bool },
    /// `PERFINFO_TRACE_HEADER`.
    Performance,
    /// `EVENT_TRACE_HEADER`.
    Classic,
    /// `EVENT_INSTANCE_GUID_HEADER`.
    Instance,
    /// `TIMED_TRACE_HEADER`.
    Timed,
    /// `MESSAGE_TRACE_HEADER`.
    Message,
    /// One without a documented layout.
    Opaque,
}

/// Where a record lies in its buffer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) header: Header,
    pub(super) is_64_bit: bool,
    /// Bytes of the record, without padding.
    pub(super) bytes: usize,
    /// When it was written, in ticks.
    pub(super) ticks: Option<u64>,
}

/// The type of header of that number, and whether its computer has 64 bits.
const fn header_of(number: u8) -> Option<(Header, bool)> {
    Some(match number {
        0x01 => (Header::System { compact: false }, false),
        0x02 => (Header::System { compact: false }, true),
        0x03 => (Header::System { compact: true }, false),
        0x04 => (Header::System { compact: true }, true),
        0x0a => (Header::Classic, false),
        0x14 => (Header::Classic, true),
        0x0b => (Header::Instance, false),
        0x15 => (Header::Instance, true),
        0x0c => (Header::Timed, true),
        0x0d..=0x0f => (Header::Opaque, true),
        0x10 => (Header::Performance, false),
        0x11 => (Header::Performance, true),
        0x12 => (Header::Event, false),
        0x13 => (Header::Event, true),
        _ => return None,
    })
}

impl Header {
    /// Bytes of the header, at least.
    pub(super) const fn bytes(self) -> usize {
        match self {
            Self::Event => 0x50,
            Self::System { compact: false } => 0x20,
            Self::System { compact: true } => 0x18,
            Self::Performance | Self::Timed => 0x10,
            Self::Classic => 0x30,
            Self::Instance => 0x48,
            Self::Message | Self::Opaque => 0x08,
        }
    }

    /// Where the length of the record stands.
    const fn length_at(self) -> usize {
        match self {
            Self::System { .. } | Self::Performance => 4,
            _ => 0,
        }
    }

    /// Where the ticks stand; in messages their place varies, and elsewhere there are none.
    const fn ticks_at(self) -> Option<usize> {
        match self {
            Self::Performance | Self::Timed => Some(0x08),
            Self::Message | Self::Opaque => None,
            _ => Some(0x10),
        }
    }
}

/// The record at the beginning of `rest`; none at the end of a buffer.
pub(super) fn frame(rest: &[u8]) -> Result<Option<Frame>, IssueKind> {
    let Some(mark) = rest.first_chunk::<4>() else {
        return Ok(None);
    };
    if matches!(u32::from_le_bytes(*mark), 0 | u32::MAX) {
        return Ok(None);
    }
    let [_, _, kind, high] = *mark;
    let found = match high & 0xf0 {
        EVENT_MARK => header_of(kind),
        MESSAGE_MARK => Some((Header::Message, true)),
        _ => None,
    };
    let Some((header, is_64_bit)) = found else {
        return Err(malformed(
            "trace.record",
            format!("marker {:#010x}", u32::from_le_bytes(*mark)),
        ));
    };
    let bytes = u16_at(rest, header.length_at()).map(usize::from).unwrap_or_default();
    if bytes < header.bytes() {
        return Err(malformed("trace.record_size", format!("{bytes} bytes for {header:?}")));
    }
    let Some(record) = rest.get(..bytes) else {
        return Err(IssueKind::Truncated {
            field: "trace.record",
            needed: bytes as u64,
            available: rest.len() as u64,
        });
    };
    let ticks = match header {
        Header::Message => Message::read(record).ticks,
        _ => header.ticks_at().and_then(|at| u64_at(record, at)),
    };
    Ok(Some(Frame {
        header,
        is_64_bit,
        bytes,
        ticks,
    }))
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// `TRACE_MESSAGE_*`: which fields stand before the arguments of a message.
mod message_flag {
    pub(super) const SEQUENCE: u16 = 0x01;
    pub(super) const GUID: u16 = 0x02;
    pub(super) const COMPONENT: u16 = 0x04;
    pub(super) const TIME: u16 = 0x08;
    pub(super) const SYSTEM_INFORMATION: u16 = 0x20;
    pub(super) const POINTER_32: u16 = 0x40;
}

/// The fields of a message of WPP. What does not fit is not there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Message<'a> {
    pub(super) number: u16,
    pub(super) provider: Option<&'a [u8; 16]>,
    pub(super) ticks: Option<u64>,
    pub(super) thread_id: Option<u32>,
    pub(super) process_id: Option<u32>,
    pub(super) has_32_bit_pointers: bool,
    pub(super) arguments: &'a [u8],
}

impl<'a> Message<'a> {
    pub(super) fn read(record: &'a [u8]) -> Self {
        let mut message = Self::default();
        let mut cursor = Cursor::new(record);
        let _ = message.fill(&mut cursor);
        message.arguments = cursor.rest();
        message
    }

    fn fill(&mut self, cursor: &mut Cursor<'a>) -> Result<(), whotalks_bytes::ReadError> {
        cursor.skip("message.size", 4)?;
        self.number = cursor.u16_le("message.number")?;
        let flags = cursor.u16_le("message.flags")?;
        let has = |flag| flags & flag != 0;
        self.has_32_bit_pointers = has(message_flag::POINTER_32);
        if has(message_flag::SEQUENCE) {
            cursor.skip("message.sequence", 4)?;
        }
        if has(message_flag::GUID) {
            self.provider = Some(cursor.array("message.guid")?);
        } else if has(message_flag::COMPONENT) {
            cursor.skip("message.component", 4)?;
        }
        if has(message_flag::TIME) {
            self.ticks = Some(cursor.u64_le("message.time")?);
        }
        if has(message_flag::SYSTEM_INFORMATION) {
            self.thread_id = Some(cursor.u32_le("message.thread")?);
            self.process_id = Some(cursor.u32_le("message.process")?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_and_ones_end_a_buffer_and_other_markers_do_not() {
        assert!(frame(&[0; 8]).unwrap().is_none());
        assert!(frame(&[0xff; 8]).unwrap().is_none());
        assert!(frame(&[1, 2, 3]).unwrap().is_none());
        assert!(frame(&[1, 2, 3, 0x40]).is_err());
        assert!(frame(&[8, 0, 0x7f, 0xc0]).is_err());
    }

    #[test]
    fn the_fields_of_a_message_stand_where_its_flags_say() {
        let mut bytes = vec![0, 0, 0, 0x90, 17, 0, 0x2b, 0];
        bytes.extend([1, 0, 0, 0]);
        bytes.extend([7; 16]);
        bytes.extend(99_u64.to_le_bytes());
        bytes.extend([5, 0, 0, 0, 6, 0, 0, 0, 42]);
        bytes[0] = bytes.len() as u8;
        assert_eq!(frame(&bytes).unwrap().unwrap().ticks, Some(99));
        let message = Message::read(&bytes);
        assert_eq!((message.number, message.provider), (17, Some(&[7; 16])));
        assert_eq!((message.thread_id, message.process_id), (Some(5), Some(6)));
        assert_eq!(message.arguments, [42]);
    }
}
