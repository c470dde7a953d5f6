//! What fields hold in one frame.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use whotalks_record::{Nanoseconds, Timestamp};

use crate::FieldId;

/// What a field holds in one place of a frame.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A number without sign.
    Unsigned(u64),
    /// A number with sign.
    Signed(i64),
    /// True or false.
    Boolean(bool),
    /// A floating-point number.
    Float(f64),
    /// Text, with every byte that is no UTF-8 replaced.
    Text(Cow<'a, str>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
    /// An IPv4 address.
    Ipv4(Ipv4Addr),
    /// An IPv6 address.
    Ipv6(Ipv6Addr),
    /// An Ethernet address.
    Ethernet([u8; 6]),
    /// A point in time.
    AbsoluteTime(Timestamp),
    /// A span of time.
    RelativeTime(Nanoseconds),
    /// Nothing but presence.
    None,
    /// The bytes of a protocol that is present.
    Protocol(Cow<'a, [u8]>),
}

impl Value<'_> {
    /// The same value, with bytes of its own.
    #[must_use]
    pub fn to_owned_value(&self) -> Value<'static> {
        match self {
            Self::Unsigned(number) => Value::Unsigned(*number),
            Self::Signed(number) => Value::Signed(*number),
            Self::Boolean(flag) => Value::Boolean(*flag),
            Self::Float(number) => Value::Float(*number),
            Self::Text(text) => Value::Text(Cow::Owned(text.clone().into_owned())),
            Self::Bytes(bytes) => Value::Bytes(Cow::Owned(bytes.clone().into_owned())),
            Self::Ipv4(address) => Value::Ipv4(*address),
            Self::Ipv6(address) => Value::Ipv6(*address),
            Self::Ethernet(address) => Value::Ethernet(*address),
            Self::AbsoluteTime(time) => Value::AbsoluteTime(*time),
            Self::RelativeTime(span) => Value::RelativeTime(*span),
            Self::None => Value::None,
            Self::Protocol(bytes) => Value::Protocol(Cow::Owned(bytes.clone().into_owned())),
        }
    }
}

/// The values of one frame, in the order in which they lie in it. A field that occurs twice is there twice.
#[derive(Debug, Default)]
pub struct FrameFields<'a> {
    values: Vec<(FieldId, Value<'a>)>,
}

impl<'a> FrameFields<'a> {
    /// Adds a value.
    #[inline]
    pub fn push(&mut self, id: FieldId, value: Value<'a>) {
        self.values.push((id, value));
    }

    /// The values of one field.
    #[inline]
    pub fn of(&self, id: FieldId) -> impl Iterator<Item = &Value<'a>> {
        self.values
            .iter()
            .filter(move |(held, _)| *held == id)
            .map(|(_, value)| value)
    }

    /// All values.
    pub fn iter(&self) -> impl Iterator<Item = (FieldId, &Value<'a>)> {
        self.values.iter().map(|(id, value)| (*id, value))
    }
}
