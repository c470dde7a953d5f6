//! The neutral form of one event, whichever container it came in.

mod digits;
mod fields;
mod time;
mod value;

pub(crate) use fields::{Field, FieldSource};
pub(crate) use time::parse_time;
pub(crate) use value::{Form, Value, decode_utf16, with_utf16};

use std::borrow::Cow;
use std::net::IpAddr;

use whotalks_record::{ClockBasis, Endpoint, Timestamp};

/// The placeholder Windows writes where a string is empty.
const NOTHING: &str = "-";

/// One event before it is understood. Names and values borrow from the container where they can.
#[derive(Debug, Default)]
pub(crate) struct RawEvent<'a> {
    /// `Provider Name`.
    pub(crate) provider: Cow<'a, str>,
    /// `EventID`.
    pub(crate) event_id: u32,
    /// `Channel`.
    pub(crate) channel: Cow<'a, str>,
    /// `Computer`.
    pub(crate) computer: Cow<'a, str>,
    /// `EventRecordID`; exports may leave it out.
    pub(crate) record_id: Option<u64>,
    /// The process that wrote it: `Execution ProcessID`, which is as a rule not the one that it is about.
    pub(crate) writer: Option<u32>,
    /// When, and by whose clock.
    pub(crate) time: Option<EventTime>,
    /// The fields of `EventData` or `UserData` in the order of the event.
    pub(crate) fields: Vec<Field<'a>>,
    /// Further fields, left where they lie.
    pub(crate) unread: Option<&'a dyn FieldSource>,
}

/// The time of an event and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EventTime {
    /// The instant.
    pub(crate) time: Timestamp,
    /// Whose clock and zone.
    pub(crate) basis: ClockBasis,
    /// Whether an exporter wrote it in a column of its own, so that its zone may be false.
    pub(crate) exported: bool,
}

impl RawEvent<'_> {
    /// The value of the field called exactly `name`: `ProcessID` and `ProcessId` are different fields.
    pub(crate) fn value(&self, name: &str) -> Option<Value<'_>> {
        let read = self.fields.iter().find(|field| field.name == name);
        read.map(|field| field.value.borrowed())
            .or_else(|| self.unread?.find(name))
    }

    /// Calls `visit` with each field in the order of the event.
    pub(crate) fn visit(&self, visit: &mut dyn FnMut(&str, &Value<'_>)) {
        for field in &self.fields {
            visit(&field.name, &field.value);
        }
        if let Some(unread) = self.unread {
            unread.visit(visit);
        }
    }

    /// A field as text; `None` where it is absent, empty or `-`.
    pub(crate) fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        let text = self.value(name)?.into_text();
        is_meaningful(&text).then_some(text)
    }

    /// What `read` makes of a field's text; `None` where [`Self::text`] is.
    pub(crate) fn read<R>(&self, name: &str, read: impl FnOnce(&str) -> Option<R>) -> Option<R> {
        self.value(name)?
            .with_text(|text| if is_meaningful(text) { read(text) } else { None })
    }

    /// A field as an unsigned number: decimal, or hexadecimal where it begins with `0x`.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.value(name)?.number()
    }

    /// A field as a narrower number; `None` where it does not fit.
    pub(crate) fn narrow<T: TryFrom<u64>>(&self, name: &str) -> Option<T> {
        T::try_from(self.number(name)?).ok()
    }

    /// A field as an IP address, without a zone index (`fe80::1%4`).
    pub(crate) fn address(&self, name: &str) -> Option<IpAddr> {
        let value = self.value(name)?;
        let dotted = match value {
            Value::Bytes(Form::Utf16, bytes) => digits::ipv4(bytes).map(IpAddr::V4),
            _ => None,
        };
        dotted.or_else(|| value.with_text(|text| if is_meaningful(text) { parse_address(text) } else { None }))
    }

    /// Two fields as an endpoint; a missing port (ICMP) is 0.
    pub(crate) fn endpoint(&self, address: &str, port: &str) -> Option<Endpoint> {
        Some(Endpoint::new(self.address(address)?, self.narrow(port).unwrap_or(0)))
    }
}

/// Whether a text says something: it is neither blank nor `-`.
pub(crate) fn is_meaningful(text: &str) -> bool {
    let core = text.trim();
    !core.is_empty() && core != NOTHING
}

/// Times before this (1980) are unset: exporters leave FILETIME 0 or the Unix epoch in record headers.
const EARLIEST_BELIEVABLE: Timestamp = Timestamp::from_seconds(315_532_800, 0);

/// The event's own time, or that of its record in the log where the event's is unset.
pub(crate) fn believable(stated: Option<EventTime>, written: Timestamp) -> Option<EventTime> {
    let written = EventTime {
        time: written,
        basis: ClockBasis::Event,
        exported: false,
    };
    [stated, Some(written)]
        .into_iter()
        .flatten()
        .find(|time| time.time >= EARLIEST_BELIEVABLE)
}

/// Reads an address as Windows prints it.
pub(crate) fn parse_address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let bare = text.split_once('%').map_or(text, |(bare, _)| bare);
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event<'a>(name: &'a str, value: Value<'a>) -> RawEvent<'a> {
        RawEvent {
            fields: vec![Field {
                name: name.into(),
                value,
            }],
            ..RawEvent::default()
        }
    }

    #[test]
    fn a_dash_and_blanks_are_no_text() {
        for text in ["-", "", "  "] {
            assert_eq!(event("A", Value::Text(text.into())).text("A"), None, "{text:?}");
        }
    }

    #[test]
    fn names_are_matched_exactly() {
        let event = event("ProcessID", Value::Unsigned(4));
        assert_eq!(event.number("ProcessID"), Some(4));
        assert_eq!(event.number("ProcessId"), None);
    }

    #[test]
    fn zone_indexes_and_mapped_addresses_are_plain_addresses() {
        assert_eq!(parse_address("fe80::1%12"), "fe80::1".parse().ok());
        assert_eq!(parse_address("::ffff:192.0.2.1"), "192.0.2.1".parse().ok());
        assert_eq!(parse_address("workstation"), None);
    }
}
