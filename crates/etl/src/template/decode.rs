//! A payload by its template.

use whotalks_bytes::{Cursor, ReadError};
use whotalks_record::Timestamp;

use super::Template;
use super::parse::{Field, Kind, Length};
use super::value::Value;
use crate::Guid;

/// Fields whose numbers are remembered, as lengths and counts of later ones; no manifest has more fields in one event.
const MOST_FIELDS: usize = 64;

/// Values of one array that are given out; more are not of use to anyone, and the count comes from the payload.
const MOST_ITEMS: u64 = 1_024;

/// Sub-authorities of a SID, at most (MS-DTYP 2.4.2.2).
const MOST_SUB_AUTHORITIES: u8 = 15;

/// Why decoding stopped before the end of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// The payload ends before a field does: it is cut, or the template is not its own.
    TooShort(ReadError),
    /// The size of the field with that place is not known.
    UnknownSize(usize),
}

/// The fields of one payload. What follows the last one that could be decoded is in [`Fields::rest`].
#[derive(Clone, Debug)]
pub struct Fields<'t, 'a> {
    template: &'t Template,
    cursor: Cursor<'a>,
    pointer_bytes: u8,
    place: usize,
    /// Items of an array still to come.
    items: u64,
    numbers: [u64; MOST_FIELDS],
    has_ended: bool,
}

impl<'t, 'a> Fields<'t, 'a> {
    pub(super) const fn new(template: &'t Template, payload: &'a [u8], pointer_bytes: u8) -> Self {
        Self {
            template,
            cursor: Cursor::new(payload),
            pointer_bytes,
            place: 0,
            items: 0,
            numbers: [0; MOST_FIELDS],
            has_ended: false,
        }
    }

    /// What was not decoded so far.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.cursor.rest()
    }

    fn number(&self, place: usize) -> u64 {
        self.numbers.get(place).copied().unwrap_or_default()
    }

    /// The next field to read, by its place; arrays give one for each of their items.
    fn advance(&mut self) -> Option<(usize, Field)> {
        if self.items > 0 {
            self.items -= 1;
            let place = self.place.checked_sub(1)?;
            return Some((place, *self.template.fields.get(place)?));
        }
        loop {
            let place = self.place;
            let field = *self.template.fields.get(place)?;
            self.place += 1;
            let Some(counter) = field.count else {
                return Some((place, field));
            };
            let count = self.number(counter).min(MOST_ITEMS);
            if count > 0 {
                self.items = count - 1;
                return Some((place, field));
            }
        }
    }

    fn value(&mut self, field: Field) -> Result<Value<'a>, ReadError> {
        let cursor = &mut self.cursor;
        Ok(match field.kind {
            Kind::Unsigned(bytes) => Value::Unsigned(unsigned(cursor, bytes)?),
            Kind::Signed(bytes) => Value::Signed(signed(cursor, bytes)?),
            Kind::Real => Value::Real(f64::from_bits(cursor.u64_le(FIELD)?)),
            Kind::Boolean => Value::Boolean(cursor.u32_le(FIELD)? != 0),
            Kind::Pointer => Value::Unsigned(unsigned(cursor, self.pointer_bytes)?),
            Kind::Guid => Value::Guid(Guid(*cursor.array(FIELD)?)),
            Kind::Sid => Value::Sid(sid(cursor)?),
            Kind::UserSid => user_sid(cursor, self.pointer_bytes)?,
            Kind::FileTime => Value::Time(Timestamp::from_filetime(cursor.u64_le(FIELD)?)),
            Kind::Utf16 => Value::Utf16(utf16(cursor)),
            Kind::Ansi => Value::Ansi(ansi(cursor)),
            Kind::Port => Value::Unsigned(cursor.u16_be(FIELD)?.into()),
            Kind::Bytes(length) => Value::Bytes(self.bytes(length)?),
            Kind::CountedUtf16(place) => {
                let characters = self.number(place).saturating_mul(2);
                Value::Utf16(counted(&mut self.cursor, characters, &[0, 0])?)
            }
            Kind::CountedAnsi(place) => {
                let length = self.number(place);
                Value::Ansi(counted(&mut self.cursor, length, &[0])?)
            }
        })
    }

    fn bytes(&mut self, length: Length) -> Result<&'a [u8], ReadError> {
        let length = match length {
            Length::Fixed(bytes) => bytes,
            Length::Field(place) => usize::try_from(self.number(place)).unwrap_or(usize::MAX),
        };
        self.cursor.slice(FIELD, length)
    }
}

impl<'t, 'a> Iterator for Fields<'t, 'a> {
    type Item = Result<(&'t str, Value<'a>), Undecodable>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let Some((place, field)) = self.advance() else {
            self.has_ended = true;
            let is_open = self.template.is_open && !self.cursor.is_empty();
            return is_open.then_some(Err(Undecodable::UnknownSize(self.place)));
        };
        match self.value(field) {
            Ok(value) => {
                if let (Some(number), Some(slot)) = (value.number(), self.numbers.get_mut(place)) {
                    *slot = number;
                }
                Some(Ok((field.name, value)))
            }
            Err(error) => {
                self.has_ended = true;
                Some(Err(Undecodable::TooShort(error)))
            }
        }
    }
}

/// What a damaged field is called; its name in the manifest stands in the template.
const FIELD: &str = "event.field";

fn unsigned(cursor: &mut Cursor<'_>, bytes: u8) -> Result<u64, ReadError> {
    match bytes {
        1 => cursor.u8(FIELD).map(u64::from),
        2 => cursor.u16_le(FIELD).map(u64::from),
        4 => cursor.u32_le(FIELD).map(u64::from),
        _ => cursor.u64_le(FIELD),
    }
}

fn signed(cursor: &mut Cursor<'_>, bytes: u8) -> Result<i64, ReadError> {
    match bytes {
        1 => cursor.u8(FIELD).map(|byte| byte.cast_signed().into()),
        2 => cursor.u16_le(FIELD).map(|word| word.cast_signed().into()),
        4 => cursor.u32_le(FIELD).map(|word| word.cast_signed().into()),
        _ => cursor.u64_le(FIELD).map(u64::cast_signed),
    }
}

/// A SID: revision, number of sub-authorities, 6 bytes of authority, 4 bytes for each sub-authority.
fn sid<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], ReadError> {
    let count = match cursor.rest() {
        [_, count, ..] => usize::from((*count).min(MOST_SUB_AUTHORITIES)),
        _ => 0,
    };
    cursor.slice(FIELD, 8 + 4 * count)
}

/// A SID as events of the kernel carry it. Source: the extension `SID` of MOF properties in the event tracing documentation.
fn user_sid<'a>(cursor: &mut Cursor<'a>, pointer_bytes: u8) -> Result<Value<'a>, ReadError> {
    if cursor.rest().starts_with(&[0; 4]) {
        cursor.skip(FIELD, 4)?;
        return Ok(Value::Sid(&[]));
    }
    cursor.skip(FIELD, 2 * usize::from(pointer_bytes))?;
    Ok(Value::Sid(sid(cursor)?))
}

/// A text up to a zero character, or to the end of the payload, as the last field of some events is written.
fn utf16<'a>(cursor: &mut Cursor<'a>) -> &'a [u8] {
    let rest = cursor.rest();
    let characters = rest.chunks_exact(2).take_while(|pair| *pair != [0, 0]).count();
    taken(cursor, characters * 2, 2)
}

/// The same in bytes.
fn ansi<'a>(cursor: &mut Cursor<'a>) -> &'a [u8] {
    let length = cursor.rest().iter().take_while(|byte| **byte != 0).count();
    taken(cursor, length, 1)
}

/// A text of a known length, without the zero characters that some writers count among it.
fn counted<'a>(cursor: &mut Cursor<'a>, length: u64, end: &[u8]) -> Result<&'a [u8], ReadError> {
    let mut text = cursor.slice(FIELD, usize::try_from(length).unwrap_or(usize::MAX))?;
    while let Some(rest) = text.strip_suffix(end) {
        text = rest;
    }
    Ok(text)
}

fn taken<'a>(cursor: &mut Cursor<'a>, length: usize, end_bytes: usize) -> &'a [u8] {
    let text = cursor.slice(FIELD, length).unwrap_or_default();
    // A text that reaches to the end of the payload has no end of its own.
    let _ = cursor.skip(FIELD, end_bytes);
    text
}
