//! From the bytes of a record to an event.

use whotalks_bytes::fixed::{Octets, U8, U16, U32};
use whotalks_record::{IssueKind, Span, Timestamp};

use super::buffer::malformed;
use super::groups;
use super::record::{Frame, Header, Message};
use crate::{Event, Extended, Guid, Origin};

/// `EVENT_HEADER_FLAG_*`.
mod flag {
    pub(super) const EXTENDED: u16 = 0x01;
    pub(super) const POINTER_32: u16 = 0x20;
    pub(super) const POINTER_64: u16 = 0x40;
}

/// In the version of a system header: eight more bytes stand before the payload.
const MORE_BYTES: u16 = 0x8000;
/// In the same: how many performance counters, of eight bytes each, stand before the payload.
const COUNTERS: u16 = 0x0700;

/// `EVENT_HEADER`.
mod modern {
    use super::{Octets, U8, U16, U32};
    pub(super) const FLAGS: U16<0x04> = U16;
    pub(super) const THREAD: U32<0x08> = U32;
    pub(super) const PROCESS: U32<0x0c> = U32;
    pub(super) const PROVIDER: Octets<0x18, 16> = Octets;
    pub(super) const ID: U16<0x28> = U16;
    pub(super) const VERSION: U8<0x2a> = U8;
    pub(super) const LEVEL: U8<0x2c> = U8;
    pub(super) const OPCODE: U8<0x2d> = U8;
    pub(super) const KEYWORDS: Octets<0x30, 8> = Octets;
    pub(super) const ACTIVITY: Octets<0x40, 16> = Octets;
}

/// `SYSTEM_TRACE_HEADER` and its shorter relatives.
mod system {
    use super::{U8, U16, U32};
    pub(super) const VERSION: U16<0x00> = U16;
    pub(super) const TYPE: U8<0x06> = U8;
    pub(super) const GROUP: U8<0x07> = U8;
    pub(super) const THREAD: U32<0x08> = U32;
    pub(super) const PROCESS: U32<0x0c> = U32;
}

/// `EVENT_TRACE_HEADER` and `EVENT_INSTANCE_GUID_HEADER`.
mod classic {
    use super::{Octets, U8, U16, U32};
    pub(super) const TYPE: U8<0x04> = U8;
    pub(super) const LEVEL: U8<0x05> = U8;
    pub(super) const VERSION: U16<0x06> = U16;
    pub(super) const THREAD: U32<0x08> = U32;
    pub(super) const PROCESS: U32<0x0c> = U32;
    pub(super) const PROVIDER: Octets<0x18, 16> = Octets;
}

/// What an event has from outside of its record.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    pub(super) span: Span,
    pub(super) time: Option<Timestamp>,
    pub(super) processor: u16,
    /// Bytes of a pointer on the computer.
    pub(super) pointer_bytes: u8,
}

/// The event in `record`, which is as long as its frame says.
pub(super) fn event<'a>(frame: &Frame, record: &'a [u8], setting: Setting) -> Result<Event<'a>, IssueKind> {
    let blank = blank(frame, setting);
    let built = match frame.header {
        Header::Event => return modern(record, blank),
        Header::System { compact: false } => kernel::<0x20>(record, blank, true),
        Header::System { compact: true } => kernel::<0x18>(record, blank, true),
        Header::Performance => kernel::<0x10>(record, blank, false),
        Header::Classic => classic::<0x30>(record, blank, Origin::Classic),
        Header::Instance => classic::<0x48>(record, blank, Origin::Instance),
        Header::Message => Some(message(record, blank)),
        Header::Timed | Header::Opaque => Some(blank),
    };
    built.ok_or_else(|| malformed("trace.record", format!("{} bytes for {:?}", record.len(), frame.header)))
}

fn blank<'a>(frame: &Frame, setting: Setting) -> Event<'a> {
    Event {
        span: setting.span,
        origin: Origin::Opaque,
        time: setting.time,
        provider: Guid::NIL,
        id: 0,
        version: 0,
        opcode: 0,
        level: 0,
        keywords: 0,
        process_id: None,
        thread_id: None,
        activity: Guid::NIL,
        processor: setting.processor,
        pointer_bytes: if frame.is_64_bit { setting.pointer_bytes } else { 4 },
        extended: Extended::default(),
        payload: &[],
    }
}

fn modern<'a>(record: &'a [u8], blank: Event<'a>) -> Result<Event<'a>, IssueKind> {
    let Some((header, behind)) = record.split_first_chunk::<0x50>() else {
        return Err(malformed("trace.event_header", format!("{} bytes", record.len())));
    };
    let flags = modern::FLAGS.le(header);
    let (extended, payload) = if flags & flag::EXTENDED == 0 {
        (Extended::default(), behind)
    } else {
        Extended::split(behind).ok_or_else(|| malformed("trace.extended_data", format!("in {} bytes", behind.len())))?
    };
    Ok(Event {
        origin: Origin::Manifest,
        provider: Guid(modern::PROVIDER.of(header)),
        id: modern::ID.le(header),
        version: modern::VERSION.of(header),
        opcode: modern::OPCODE.of(header),
        level: modern::LEVEL.of(header),
        keywords: u64::from_le_bytes(modern::KEYWORDS.of(header)),
        process_id: known(modern::PROCESS.le(header)),
        thread_id: known(modern::THREAD.le(header)),
        activity: Guid(modern::ACTIVITY.of(header)),
        pointer_bytes: match flags & (flag::POINTER_32 | flag::POINTER_64) {
            flag::POINTER_32 => 4,
            flag::POINTER_64 => 8,
            _ => blank.pointer_bytes,
        },
        extended,
        payload,
        ..blank
    })
}

fn kernel<'a, const HEADER: usize>(record: &'a [u8], blank: Event<'a>, has_thread: bool) -> Option<Event<'a>> {
    let (_, behind) = record.split_at_checked(HEADER)?;
    let header = record.first_chunk::<0x10>()?;
    let version = system::VERSION.le(header);
    let more = if version & MORE_BYTES != 0 { 8 } else { 0 };
    let counters = 8 * usize::from((version & COUNTERS) >> 8);
    let group = system::GROUP.of(header);
    let [version, _] = version.to_le_bytes();
    Some(Event {
        origin: Origin::Kernel,
        provider: groups::guid(group, system::TYPE.of(header)),
        id: group.into(),
        version,
        opcode: system::TYPE.of(header),
        thread_id: known(system::THREAD.le(header)).filter(|_| has_thread),
        process_id: known(system::PROCESS.le(header)).filter(|_| has_thread),
        payload: behind.get(more + counters..)?,
        ..blank
    })
}

fn classic<'a, const HEADER: usize>(record: &'a [u8], blank: Event<'a>, origin: Origin) -> Option<Event<'a>> {
    let (_, payload) = record.split_at_checked(HEADER)?;
    let header = record.first_chunk::<0x30>()?;
    let [version, _] = classic::VERSION.le(header).to_le_bytes();
    Some(Event {
        origin,
        provider: Guid(classic::PROVIDER.of(header)),
        version,
        opcode: classic::TYPE.of(header),
        level: classic::LEVEL.of(header),
        thread_id: known(classic::THREAD.le(header)),
        process_id: known(classic::PROCESS.le(header)),
        payload,
        ..blank
    })
}

fn message<'a>(record: &'a [u8], blank: Event<'a>) -> Event<'a> {
    let message = Message::read(record);
    Event {
        origin: Origin::Message,
        provider: message.provider.map_or(Guid::NIL, |bytes| Guid(*bytes)),
        id: message.number,
        thread_id: message.thread_id,
        process_id: message.process_id,
        pointer_bytes: if message.has_32_bit_pointers {
            4
        } else {
            blank.pointer_bytes
        },
        payload: message.arguments,
        ..blank
    }
}

/// An identifier, unless all its bits say that there is none.
const fn known(id: u32) -> Option<u32> {
    if id == u32::MAX { None } else { Some(id) }
}
