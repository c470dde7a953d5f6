//! Values as they are written, and what they mean for the type they are compared with.

mod address;
mod bytes;
mod number;
mod time;

use std::borrow::Cow;

use whotalks_fields::{FieldKind, Labels};

use crate::item::Item;
pub(crate) use number::signed;

/// A value as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Written<'t> {
    /// Without quotes.
    Plain(&'t str),
    /// In double quotes.
    Quoted(&'t [u8]),
    /// In single quotes.
    Character(u8),
}

/// The type that a value must have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Type {
    /// What it holds.
    pub(crate) kind: FieldKind,
    /// How many bits a number may have; 0 where that is not known.
    pub(crate) bits: u8,
    /// The names of its numbers.
    pub(crate) labels: Labels,
}

impl Type {
    /// A type of any size and without names.
    pub(crate) fn plain(kind: FieldKind) -> Self {
        Self {
            kind,
            bits: 0,
            labels: Labels::default(),
        }
    }
}

/// What the written value means for the type; none where it means nothing.
pub(crate) fn convert(written: Written<'_>, wanted: Type) -> Option<Item<'static>> {
    match wanted.kind {
        FieldKind::Unsigned | FieldKind::FrameNumber => number::unsigned_item(written, wanted),
        FieldKind::Signed => number::signed_item(written, wanted),
        FieldKind::Boolean => number::boolean_item(written, wanted),
        FieldKind::Float => plain(written)?.parse().ok().map(Item::Float),
        FieldKind::Text => Some(Item::Text(Cow::Owned(text(written)))),
        FieldKind::Bytes | FieldKind::Protocol => byte_item(written, bytes::bytes),
        FieldKind::Ethernet => Some(Item::Bytes(Cow::Owned(bytes::ethernet(words(written)?)?))),
        FieldKind::Guid => byte_item(written, bytes::guid),
        FieldKind::ObjectIdentifier => byte_item(written, bytes::object_identifier),
        FieldKind::Ipv4 => address::ipv4(words(written)?),
        FieldKind::Ipv6 => address::ipv6(words(written)?),
        FieldKind::AbsoluteTime => time::instant(words(written)?).map(Item::Instant),
        FieldKind::RelativeTime => time::span(plain(written)?).map(Item::Span),
        FieldKind::None => None,
    }
}

fn plain(written: Written<'_>) -> Option<&str> {
    match written {
        Written::Plain(text) => Some(text),
        Written::Quoted(_) | Written::Character(_) => None,
    }
}

/// What is written, with quotes or without.
fn words(written: Written<'_>) -> Option<&str> {
    match written {
        Written::Plain(text) => Some(text),
        Written::Quoted(text) => std::str::from_utf8(text).ok(),
        Written::Character(_) => None,
    }
}

fn text(written: Written<'_>) -> Vec<u8> {
    match written {
        Written::Plain(text) => text.as_bytes().to_vec(),
        Written::Quoted(text) => text.to_vec(),
        Written::Character(byte) => vec![byte],
    }
}

/// A quoted text stands for its own bytes.
fn byte_item(written: Written<'_>, read: fn(&str) -> Option<Vec<u8>>) -> Option<Item<'static>> {
    let bytes = match written {
        Written::Plain(text) => read(text)?,
        Written::Quoted(_) | Written::Character(_) => text(written),
    };
    Some(Item::Bytes(Cow::Owned(bytes)))
}
