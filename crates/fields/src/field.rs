//! What a field is.

/// A field of the list, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u16);

/// What a field holds; Wireshark's `ftypes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// A number without sign.
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

/// A field: its name, its type and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Wireshark's name, as in `tcp.srcport`.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// How it is written, if it is a number.
    pub notation: Notation,
    /// What it is, in English; the page of fields and the completions show it.
    pub title: &'static str,
}

/// Every field, in the order of the list.
#[must_use]
pub fn all() -> &'static [Field] {
    &[]
}

/// The field of that name.
#[must_use]
pub fn find(name: &str) -> Option<FieldId> {
    let place = all().iter().position(|field| field.name == name)?;
    place.try_into().ok().map(FieldId)
}

/// What a field is.
#[must_use]
pub fn info(id: FieldId) -> Option<&'static Field> {
    all().get(usize::from(id.0))
}
