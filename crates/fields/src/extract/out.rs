//! Where the values of a frame go: only those that are wanted.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use whotalks_record::{Nanoseconds, Timestamp};

use super::bytes::Bytes;
use super::place::Place;
use crate::{Field, FieldId, FieldKind, FieldSet, FrameFields, Value, info};

/// Takes the values of one frame. Every method drops what is not wanted, and `None`.
pub(crate) struct Out<'w, 'f, 'a> {
    wanted: &'w FieldSet,
    fields: &'f mut FrameFields<'a>,
    /// The protocols of the frame so far, for `frame.protocols`.
    pub(crate) stack: Vec<&'static str>,
    renaming: Renaming,
}

/// Fields that stand for those of another protocol with the same parts: `count` fields from `first` become those from `to`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Renaming {
    pub(crate) first: u16,
    pub(crate) count: u16,
    pub(crate) to: u16,
}

impl Renaming {
    #[inline]
    const fn apply(self, id: FieldId) -> FieldId {
        let place = id.0.wrapping_sub(self.first);
        if place < self.count {
            FieldId(self.to.wrapping_add(place))
        } else {
            id
        }
    }
}

impl<'w, 'f, 'a> Out<'w, 'f, 'a> {
    pub(crate) fn new(wanted: &'w FieldSet, fields: &'f mut FrameFields<'a>) -> Self {
        Self {
            wanted,
            fields,
            stack: Vec::new(),
            renaming: Renaming::default(),
        }
    }

    /// Reads with other names for some fields.
    pub(crate) fn renamed(&mut self, renaming: Renaming, read: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.renaming, renaming);
        read(self);
        self.renaming = before;
    }

    /// Reads bytes that the frame does not hold, such as reassembled ones.
    pub(crate) fn owned<'p>(&mut self, read: impl FnOnce(&mut Out<'w, '_, 'p>)) {
        let mut fields = FrameFields::default();
        let mut out = Out::new(self.wanted, &mut fields);
        out.renaming = self.renaming;
        read(&mut out);
        let stack = std::mem::take(&mut out.stack);
        self.stack.extend(stack);
        for (id, value) in fields.iter() {
            self.fields.push(id, value.to_owned_value());
        }
    }

    /// Whether a field is wanted.
    #[inline]
    pub(crate) fn wants(&self, id: FieldId) -> bool {
        self.wanted.contains(self.renaming.apply(id))
    }

    /// Whether any field of a protocol is wanted.
    #[inline]
    pub(crate) fn wants_any(&self, own: &[Field], first: FieldId) -> bool {
        let last = first.0.saturating_add(own.len().saturating_sub(1) as u16);
        self.wanted.contains_any(first, FieldId(last))
    }

    /// Adds a value if it is wanted and there.
    #[inline]
    pub(crate) fn put(&mut self, id: FieldId, value: Option<Value<'a>>) {
        let id = self.renaming.apply(id);
        if let (true, Some(value)) = (self.wanted.contains(id), value) {
            self.fields.push(id, value);
        }
    }

    /// A protocol is there, with the bytes it covers.
    #[inline]
    pub(crate) fn protocol(&mut self, id: FieldId, bytes: &'a [u8]) {
        if let Some(field) = info(id) {
            self.layer(field.name);
        }
        self.put(id, Some(Value::Protocol(Cow::Borrowed(bytes))));
    }

    /// A part of a protocol that Wireshark counts as a protocol of its own, as TCP options.
    #[inline]
    pub(crate) fn part(&mut self, id: FieldId, bytes: &'a [u8]) {
        self.put(id, Some(Value::Protocol(Cow::Borrowed(bytes))));
    }

    /// A name in `frame.protocols`.
    #[inline]
    pub(crate) fn layer(&mut self, name: &'static str) {
        if self.wants(crate::protocols::frame::PROTOCOLS) {
            self.stack.push(name);
        }
    }

    /// A number without sign.
    #[inline]
    pub(crate) fn number(&mut self, id: FieldId, number: Option<impl Into<u64>>) {
        if self.wants(id) {
            self.put(id, number.map(|number| Value::Unsigned(number.into())));
        }
    }

    /// A number with sign.
    #[inline]
    pub(crate) fn signed(&mut self, id: FieldId, number: Option<i64>) {
        self.put(id, number.map(Value::Signed));
    }

    /// A count of bytes or items.
    #[inline]
    pub(crate) fn count(&mut self, id: FieldId, count: usize) {
        self.put(id, Some(Value::Unsigned(count as u64)));
    }

    /// A truth value.
    #[inline]
    pub(crate) fn flag(&mut self, id: FieldId, flag: Option<bool>) {
        self.put(id, flag.map(Value::Boolean));
    }

    /// The presence of something without value.
    #[inline]
    pub(crate) fn present(&mut self, id: FieldId) {
        self.put(id, Some(Value::None));
    }

    /// Bytes.
    #[inline]
    pub(crate) fn bytes(&mut self, id: FieldId, bytes: Option<&'a [u8]>) {
        self.put(id, bytes.map(|bytes| Value::Bytes(Cow::Borrowed(bytes))));
    }

    /// Text in UTF-8 or ASCII.
    #[inline]
    pub(crate) fn text(&mut self, id: FieldId, text: Option<&'a [u8]>) {
        if self.wants(id) {
            self.put(id, text.map(|text| Value::Text(String::from_utf8_lossy(text))));
        }
    }

    /// Text that was made.
    #[inline]
    pub(crate) fn made_text(&mut self, id: FieldId, text: impl FnOnce() -> Option<String>) {
        if self.wants(id) {
            self.put(id, text().map(|text| Value::Text(Cow::Owned(text))));
        }
    }

    /// A point in time.
    #[inline]
    pub(crate) fn time(&mut self, id: FieldId, time: Option<Timestamp>) {
        self.put(id, time.map(Value::AbsoluteTime));
    }

    /// A span of time.
    #[inline]
    pub(crate) fn span(&mut self, id: FieldId, span: Option<Nanoseconds>) {
        self.put(id, span.map(Value::RelativeTime));
    }

    /// An IPv4 address.
    #[inline]
    pub(crate) fn ipv4(&mut self, id: FieldId, bytes: Option<&[u8]>) {
        self.put(id, bytes.and_then(ipv4));
    }

    /// All fields of a header of fixed layout.
    #[inline]
    pub(crate) fn layout(&mut self, header: Bytes<'a>, places: &[Place]) {
        for place in places {
            if self.wants(place.id) {
                self.put(place.id, read(header, place));
            }
        }
    }
}

fn read<'a>(header: Bytes<'a>, place: &Place) -> Option<Value<'a>> {
    let bytes = header.slice(place.at, place.length)?;
    let kind = info(place.id)?.kind;
    match kind {
        FieldKind::Ipv4 => ipv4(bytes),
        FieldKind::Ipv6 => ipv6(bytes),
        FieldKind::Ethernet => bytes.try_into().ok().map(Value::Ethernet),
        FieldKind::Guid if place.is_little_endian => Some(Value::Bytes(Cow::Owned(guid(bytes)))),
        FieldKind::Bytes | FieldKind::ObjectIdentifier | FieldKind::Guid => Some(Value::Bytes(Cow::Borrowed(bytes))),
        FieldKind::Text => Some(Value::Text(String::from_utf8_lossy(bytes))),
        FieldKind::None => Some(Value::None),
        _ => number(header, place, kind),
    }
}

fn number<'a>(header: Bytes<'a>, place: &Place, kind: FieldKind) -> Option<Value<'a>> {
    let word = if place.is_little_endian {
        header.le(place.at, place.length)?
    } else {
        header.be(place.at, place.length)?
    };
    let number = (word & place.mask) >> place.mask.trailing_zeros();
    Some(match kind {
        FieldKind::Boolean => Value::Boolean(number != 0),
        FieldKind::Signed => Value::Signed(sign_extended(number, place.length)),
        _ => Value::Unsigned(number),
    })
}

/// A GUID as it is written, from Windows' form, whose first three parts begin with the least significant byte.
fn guid(bytes: &[u8]) -> Vec<u8> {
    match bytes {
        [a, b, c, d, e, f, g, h, rest @ ..] => [&[*d, *c, *b, *a, *f, *e, *h, *g], rest].concat(),
        other => other.to_vec(),
    }
}

/// The two's complement number of that many bytes.
pub(crate) const fn sign_extended(number: u64, bytes: usize) -> i64 {
    let unused = 64_u32.saturating_sub(bytes as u32 * 8);
    if unused >= 64 {
        return 0;
    }
    ((number << unused) as i64) >> unused
}

fn ipv4<'a>(bytes: &[u8]) -> Option<Value<'a>> {
    let bytes: [u8; 4] = bytes.try_into().ok()?;
    Some(Value::Ipv4(Ipv4Addr::from(bytes)))
}

fn ipv6<'a>(bytes: &[u8]) -> Option<Value<'a>> {
    let bytes: [u8; 16] = bytes.try_into().ok()?;
    Some(Value::Ipv6(Ipv6Addr::from(bytes)))
}
