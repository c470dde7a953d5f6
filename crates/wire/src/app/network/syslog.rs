//! Syslog (RFC 5424, RFC 3164), in datagrams and in streams (RFC 6587).

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{decimal, is_text, u8_at};
use crate::app::{Direction, First, Probe, Protocol, pdu};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Syslog, probe_datagram)
    .beginning(First::Of(b"<"))
    .on(&[514]);

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Syslog, probe_stream)
    .beginning(First::Of(b"<123456789"))
    .framed(frame)
    .on(&[514, 601]);

const HIGHEST_PRIORITY: u32 = 191;
const MONTHS: [&[u8]; 12] = [
    b"Jan ", b"Feb ", b"Mar ", b"Apr ", b"May ", b"Jun ", b"Jul ", b"Aug ", b"Sep ", b"Oct ", b"Nov ", b"Dec ",
];
/// What precedes the text that decides, with room for the longest priority.
const HEAD_BYTES: usize = 32;

/// Facility and severity, as one number 0 to 191, and the text behind it.
#[must_use]
pub fn priority(message: &[u8]) -> Option<(u32, &[u8])> {
    let digits = message.strip_prefix(b"<")?;
    let (priority, length) = decimal(digits).filter(|(value, length)| *value <= HIGHEST_PRIORITY && *length <= 3)?;
    Some((priority, digits.get(length..)?.strip_prefix(b">")?))
}

fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    match priority(datagram) {
        Some((_, text)) if has_time(text) => Probe::Certain,
        Some((_, text)) if is_text(text.get(..HEAD_BYTES).unwrap_or(text)) => Probe::Unsure,
        _ => Probe::NotMine,
    }
}

/// The month of RFC 3164, or the version and the year of RFC 5424.
fn has_time(text: &[u8]) -> bool {
    let year = |rest: &[u8]| {
        rest.starts_with(b"- ")
            || (decimal(rest).is_some_and(|(_, digits)| digits == 4) && u8_at(rest, 4) == Some(b'-'))
    };
    MONTHS.iter().any(|month| text.starts_with(month)) || text.strip_prefix(b"1 ").is_some_and(year)
}

/// The message may be preceded by its length.
fn probe_stream(prefix: &[u8], direction: Direction) -> Probe {
    let counted = decimal(prefix).and_then(|(_, digits)| prefix.get(digits..)?.strip_prefix(b" "));
    let message = match u8_at(prefix, 0) {
        Some(b'<') => prefix,
        Some(b'1'..=b'9') => counted.unwrap_or_default(),
        None => return Probe::Unsure,
        _ => return Probe::NotMine,
    };
    if probe_datagram(message, direction) == Probe::Certain {
        return Probe::Certain;
    }
    if prefix.len() < HEAD_BYTES && is_text(prefix) {
        Probe::Unsure
    } else {
        Probe::NotMine
    }
}

fn frame(prefix: &[u8], direction: Direction) -> PduLength {
    match decimal(prefix) {
        Some((length, digits)) if u8_at(prefix, digits) == Some(b' ') => PduLength::Known(length as usize + digits + 1),
        Some(_) => PduLength::NeedMore,
        None => pdu::lines(prefix, direction),
    }
}
