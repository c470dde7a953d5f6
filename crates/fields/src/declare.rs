//! How a protocol declares its fields: one line each, once.

use crate::{Field, FieldId, FieldKind, Level, Notation};

/// Declares the fields of a protocol: a constant per field that holds its [`FieldId`], and the table `FIELDS`.
///
/// The types are Wireshark's, written shortly: `u16` is a number of 16 bits in decimal, `x16` the same in hexadecimal.
macro_rules! fields {
    (
        level $level:ident;
        $($constant:ident: $name:expr, $kind:ident, $title:literal $(at $own:ident)? $(labels $labels:literal)?;)*
    ) => {
        /// The fields of this protocol, in the order of the list.
        pub(crate) const FIELDS: &[$crate::Field] = &[$(
            $crate::declare::field(
                $name,
                $crate::declare::kind(stringify!($kind)),
                $title,
                $crate::declare::fields!(@level $level $($own)?),
                $crate::declare::fields!(@labels $($labels)?),
            ),
        )*];
        $(
            #[doc = concat!("`", $name, "`: ", $title)]
            pub(crate) const $constant: $crate::FieldId = $crate::declare::id(FIELDS, $name);
        )*
    };
    (@level $level:ident) => { $crate::Level::$level };
    (@level $level:ident $own:ident) => { $crate::Level::$own };
    (@labels) => { "" };
    (@labels $labels:literal) => { include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/labels/", $labels, ".txt")) };
}
pub(crate) use fields;

/// What a short type stands for: kind, bits and notation.
pub(crate) type Kind = (FieldKind, u8, Notation);

/// The type that `name` stands for in a declaration.
pub(crate) const fn kind(name: &str) -> Kind {
    match name.as_bytes() {
        b"u8" => unsigned(8),
        b"u16" => unsigned(16),
        b"u24" => unsigned(24),
        b"u32" => unsigned(32),
        b"u64" => unsigned(64),
        b"x8" => hexadecimal(8),
        b"x16" => hexadecimal(16),
        b"x24" => hexadecimal(24),
        b"x32" => hexadecimal(32),
        b"x64" => hexadecimal(64),
        b"i8" => (FieldKind::Signed, 8, Notation::Decimal),
        b"i24" => (FieldKind::Signed, 24, Notation::Decimal),
        b"i16" => (FieldKind::Signed, 16, Notation::Decimal),
        b"i32" => (FieldKind::Signed, 32, Notation::Decimal),
        other => wordy(other),
    }
}

const fn wordy(name: &[u8]) -> Kind {
    let kind = match name {
        b"protocol" => FieldKind::Protocol,
        b"none" => FieldKind::None,
        b"boolean" => FieldKind::Boolean,
        b"text" => FieldKind::Text,
        b"bytes" => FieldKind::Bytes,
        b"ipv4" => FieldKind::Ipv4,
        b"ipv6" => FieldKind::Ipv6,
        b"ethernet" => FieldKind::Ethernet,
        b"time" => FieldKind::AbsoluteTime,
        b"span" => FieldKind::RelativeTime,
        b"guid" => FieldKind::Guid,
        b"oid" => FieldKind::ObjectIdentifier,
        b"float" => FieldKind::Float,
        b"frame_number" => return (FieldKind::FrameNumber, 32, Notation::Decimal),
        _ => panic!("no such type of a field"),
    };
    (kind, 0, Notation::Decimal)
}

const fn unsigned(bits: u8) -> Kind {
    (FieldKind::Unsigned, bits, Notation::Decimal)
}

const fn hexadecimal(bits: u8) -> Kind {
    (FieldKind::Unsigned, bits, Notation::Hexadecimal(bits / 4))
}

/// A field from what its declaration says.
pub(crate) const fn field(
    name: &'static str,
    (kind, bits, notation): Kind,
    title: &'static str,
    level: Level,
    labels: &'static str,
) -> Field {
    Field {
        name,
        kind,
        bits,
        notation,
        title,
        level,
        labels: crate::Labels(labels),
    }
}

/// The number of the field `name` of the protocol that declares `own`.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated while compiling, where a wrong index fails the build"
)]
pub(crate) const fn id(own: &[Field], name: &str) -> FieldId {
    let mut place = 0;
    while place < own.len() {
        if is_same(own[place].name, name) {
            return FieldId(crate::protocols::first_id(own[0].name) + place as u16);
        }
        place += 1;
    }
    panic!("a constant names a field that its protocol does not declare")
}

/// Whether two texts are equal; `==` is not const.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated while compiling, where a wrong index fails the build"
)]
pub(crate) const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut place = 0;
    while place < left.len() {
        if left[place] != right[place] {
            return false;
        }
        place += 1;
    }
    true
}
