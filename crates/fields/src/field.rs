//! What a field is.

use crate::Labels;
use crate::protocols::ALL;

/// A field of the list, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u16);

/// What a field holds; Wireshark's `ftypes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// A number without sign, of [`Field::bits`] bits.
    Unsigned,
    /// A number with sign.
    Signed,
    /// True or false.
    Boolean,
    /// A floating-point number.
    Float,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// An Ethernet address.
    Ethernet,
    /// A point in time.
    AbsoluteTime,
    /// A span of time.
    RelativeTime,
    /// The number of another frame; an unsigned number.
    FrameNumber,
    /// 16 bytes, written as a GUID in the byte order of the value.
    Guid,
    /// An object identifier, as its BER bytes.
    ObjectIdentifier,
    /// Present or not, without a value (`FT_NONE`).
    None,
    /// A protocol: present or not, and the bytes it covers.
    Protocol,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notation {
    /// In base ten.
    Decimal,
    /// As `0x` and that many digits.
    Hexadecimal(u8),
}

/// What must be known to fill a field; each level costs more than the one before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The frame alone: headers, and protocols that fill one datagram.
    #[default]
    Headers,
    /// The conversation: stream numbers, relative sequence numbers, TCP analysis.
    Streams,
    /// The reassembled messages of application protocols.
    Applications,
}

/// A field: its name, its type and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Wireshark's name, as in `tcp.srcport`.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// How many bits the number has; 0 where it is none.
    pub bits: u8,
    /// How it is written, if it is a number.
    pub notation: Notation,
    /// What it is, in English; the page of fields and the completions show it.
    pub title: &'static str,
    /// What must be known to fill it.
    pub level: Level,
    /// The names of its numbers, where they have some.
    pub labels: Labels,
}

/// Every field, in the order of the list.
#[must_use]
pub fn all() -> &'static [Field] {
    &ALL
}

/// The field of that name.
#[must_use]
pub fn find(name: &str) -> Option<FieldId> {
    let place = all().iter().position(|field| field.name == name)?;
    place.try_into().ok().map(FieldId)
}

/// What a field is.
#[inline]
#[must_use]
pub fn info(id: FieldId) -> Option<&'static Field> {
    all().get(usize::from(id.0))
}
