//! TraceLogging: events that carry the description of their own payload.
//!
//! Source: `TraceLoggingProvider.h` of the Windows Driver Kit, "event metadata": the length, tags, the name, then for each field its
//! name and its type; after the type stand, where its bits say so, the way to show it, tags and a count.

use whotalks_bytes::{Cursor, ReadError};
use whotalks_record::Timestamp;

use crate::template::Value;
use crate::{Event, ExtendedItem, Guid};

/// Structures inside of structures, at most. The header file allows more; nothing is known to use them.
const MOST_DEPTH: u8 = 8;

/// Values of one event, at most; counts come from the payload.
const MOST_VALUES: u32 = 4_096;

/// In a type: more about it follows.
const CHAIN: u8 = 0x80;
/// In a type: how many there are stands in the description.
const CONSTANT_COUNT: u8 = 0x20;
/// In a type: how many there are stands in the payload.
const VARIABLE_COUNT: u8 = 0x40;
const TYPE_MASK: u8 = 0x1f;
const STRUCTURE: u8 = 24;

const FIELD: &str = "tracelogging.field";
const SCHEMA: &str = "tracelogging.schema";

/// The description that an event carries of itself.
#[derive(Clone, Debug)]
pub struct SelfDescription<'a> {
    /// The name of the event.
    pub name: &'a [u8],
    fields: Cursor<'a>,
}

/// Why the rest of an event could not be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The description or the payload ends too early.
    TooShort(ReadError),
    /// A type that is not known.
    UnknownType(u8),
    /// More structures inside of one another, or more values, than are read.
    TooMuch,
}

impl From<ReadError> for Unreadable {
    fn from(error: ReadError) -> Self {
        Self::TooShort(error)
    }
}

impl<'a> SelfDescription<'a> {
    /// The description of `event`, if it carries a sound one.
    #[must_use]
    pub fn of(event: &Event<'a>) -> Option<Self> {
        let bytes = event.extended.data(ExtendedItem::TraceLoggingSchema)?;
        let length = usize::from(Cursor::new(bytes).u16_le(SCHEMA).ok()?);
        let mut fields = Cursor::new(bytes.get(..length)?);
        fields.skip(SCHEMA, 2).ok()?;
        tags(&mut fields).ok()?;
        let name = text(&mut fields).ok()?;
        Some(Self { name, fields })
    }

    /// Gives `each` the name and the value of every field of `event`, the fields of structures in their place.
    ///
    /// # Errors
    /// [`Unreadable`] where decoding stopped; what was given before is right.
    pub fn values(&self, event: &Event<'a>, each: &mut dyn FnMut(&'a [u8], Value<'a>)) -> Result<(), Unreadable> {
        let mut decoder = Decoder {
            payload: Cursor::new(event.payload),
            values: 0,
            each,
        };
        let mut fields = self.fields;
        while !fields.is_empty() {
            decoder.field(&mut fields, 0)?;
        }
        Ok(())
    }
}

struct Decoder<'f, 'a> {
    payload: Cursor<'a>,
    values: u32,
    each: &'f mut dyn FnMut(&'a [u8], Value<'a>),
}

/// One field of a description.
struct Described<'a> {
    name: &'a [u8],
    kind: u8,
    /// For a structure the number of its fields.
    shown: u8,
    count: Count,
}

enum Count {
    One,
    Constant(u16),
    InPayload,
}

impl<'a> Decoder<'_, 'a> {
    fn field(&mut self, fields: &mut Cursor<'a>, depth: u8) -> Result<(), Unreadable> {
        let described = Described::read(fields)?;
        let count = match described.count {
            Count::One => 1,
            Count::Constant(count) => count,
            Count::InPayload => self.payload.u16_le(FIELD)?,
        };
        if described.kind == STRUCTURE {
            return self.structures(described.shown, count, fields, depth);
        }
        for _ in 0..count {
            let value = self.value(described.kind)?;
            self.count()?;
            (self.each)(described.name, value);
        }
        Ok(())
    }

    fn structures(&mut self, members: u8, count: u16, fields: &mut Cursor<'a>, depth: u8) -> Result<(), Unreadable> {
        if depth >= MOST_DEPTH {
            return Err(Unreadable::TooMuch);
        }
        let first = *fields;
        for _ in 0..count {
            self.count()?;
            *fields = first;
            for _ in 0..members {
                self.field(fields, depth + 1)?;
            }
        }
        if count == 0 {
            for _ in 0..members {
                pass_over(fields, depth + 1)?;
            }
        }
        Ok(())
    }

    fn count(&mut self) -> Result<(), Unreadable> {
        self.values += 1;
        if self.values > MOST_VALUES {
            Err(Unreadable::TooMuch)
        } else {
            Ok(())
        }
    }

    fn value(&mut self, kind: u8) -> Result<Value<'a>, Unreadable> {
        let payload = &mut self.payload;
        Ok(match kind {
            0 => Value::Bytes(&[]),
            1 => Value::Utf16(wide_text(payload)?),
            2 => Value::Ansi(text(payload)?),
            3 => Value::Signed(payload.u8(FIELD)?.cast_signed().into()),
            4 => Value::Unsigned(payload.u8(FIELD)?.into()),
            5 => Value::Signed(payload.u16_le(FIELD)?.cast_signed().into()),
            6 => Value::Unsigned(payload.u16_le(FIELD)?.into()),
            7 => Value::Signed(payload.u32_le(FIELD)?.cast_signed().into()),
            8 | 20 => Value::Unsigned(payload.u32_le(FIELD)?.into()),
            9 => Value::Signed(payload.u64_le(FIELD)?.cast_signed()),
            10 | 21 => Value::Unsigned(payload.u64_le(FIELD)?),
            11 => Value::Real(f32::from_bits(payload.u32_le(FIELD)?).into()),
            12 => Value::Real(f64::from_bits(payload.u64_le(FIELD)?)),
            13 => Value::Boolean(payload.u32_le(FIELD)? != 0),
            14 | 25 => Value::Bytes(counted(payload)?),
            15 => Value::Guid(Guid(*payload.array(FIELD)?)),
            17 => Value::Time(Timestamp::from_filetime(payload.u64_le(FIELD)?)),
            18 => system_time(payload.array(FIELD)?),
            19 => Value::Sid(sid(payload)?),
            22 => Value::Utf16(counted(payload)?),
            23 => Value::Ansi(counted(payload)?),
            other => return Err(Unreadable::UnknownType(other)),
        })
    }
}

impl<'a> Described<'a> {
    fn read(fields: &mut Cursor<'a>) -> Result<Self, Unreadable> {
        let name = text(fields)?;
        let kind = fields.u8(SCHEMA)?;
        let mut shown = 0;
        if kind & CHAIN != 0 {
            shown = fields.u8(SCHEMA)?;
            if shown & CHAIN != 0 {
                tags(fields)?;
            }
        }
        let count = match kind & (CONSTANT_COUNT | VARIABLE_COUNT) {
            0 => Count::One,
            CONSTANT_COUNT => Count::Constant(fields.u16_le(SCHEMA)?),
            VARIABLE_COUNT => Count::InPayload,
            // Both: a serializer of the provider's own.
            _ => return Err(Unreadable::UnknownType(kind)),
        };
        Ok(Self {
            name,
            kind: kind & TYPE_MASK,
            shown: shown & !CHAIN,
            count,
        })
    }
}

/// Passes over a field of a structure of which there is none in the payload.
fn pass_over(fields: &mut Cursor<'_>, depth: u8) -> Result<(), Unreadable> {
    let described = Described::read(fields)?;
    if described.kind != STRUCTURE {
        return Ok(());
    }
    if depth >= MOST_DEPTH {
        return Err(Unreadable::TooMuch);
    }
    for _ in 0..described.shown {
        pass_over(fields, depth + 1)?;
    }
    Ok(())
}

/// Tags: bytes as long as their highest bit is set.
fn tags(cursor: &mut Cursor<'_>) -> Result<(), ReadError> {
    while cursor.u8(SCHEMA)? & CHAIN != 0 {}
    Ok(())
}

fn text<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], ReadError> {
    let length = cursor.rest().iter().take_while(|byte| **byte != 0).count();
    let text = cursor.slice(FIELD, length)?;
    cursor.skip(FIELD, 1)?;
    Ok(text)
}

fn wide_text<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], ReadError> {
    let characters = cursor.rest().chunks_exact(2).take_while(|pair| *pair != [0, 0]).count();
    let text = cursor.slice(FIELD, characters * 2)?;
    cursor.skip(FIELD, 2)?;
    Ok(text)
}

fn counted<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], ReadError> {
    let length = cursor.u16_le(FIELD)?;
    cursor.slice(FIELD, length.into())
}

fn sid<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], ReadError> {
    let count = cursor.rest().get(1).copied().unwrap_or_default();
    cursor.slice(FIELD, 8 + 4 * usize::from(count))
}

/// `SYSTEMTIME` (MS-DTYP 2.3.13), read as UTC; its bytes where they are no date.
fn system_time(bytes: &[u8; 16]) -> Value<'_> {
    let mut cursor = Cursor::new(bytes);
    let mut next = || cursor.u16_le(FIELD).map(i64::from).unwrap_or_default();
    let (year, month, _, day) = (next(), next(), next(), next());
    let (hour, minute, second, millisecond) = (next(), next(), next(), next());
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1_601..=2_200).contains(&year) {
        return Value::Bytes(bytes);
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    let nanoseconds = u32::try_from(millisecond * 1_000_000).unwrap_or_default();
    Value::Time(Timestamp::from_seconds(seconds, nanoseconds))
}

/// Days from 1970-01-01 to a date, by the years that begin in March, whose leap day is their last.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Extended;
    use crate::template::tests::event;

    const PROVIDER: &str = "9ca335ed-c0a6-4b4d-b084-9c9b5143aff0";

    fn extended(schema: &[u8]) -> Vec<u8> {
        let length = schema.len() as u16 + 2;
        let whole = (8 + length).next_multiple_of(8);
        let mut bytes = [whole, 11, 0, length].map(u16::to_le_bytes).concat();
        bytes.extend(length.to_le_bytes());
        bytes.extend(schema);
        bytes.resize(whole.into(), 0);
        bytes
    }

    fn decoded(schema: &[u8], payload: &[u8]) -> (Vec<(String, String)>, Result<(), Unreadable>) {
        let extended = extended(schema);
        let mut event = event(PROVIDER, 0, 0, payload);
        event.extended = Extended::split(&extended).unwrap().0;
        let description = SelfDescription::of(&event).unwrap();
        assert_eq!(description.name, b"Query");
        let mut seen = Vec::new();
        let end = description.values(&event, &mut |name, value| {
            seen.push((String::from_utf8_lossy(name).into_owned(), format!("{value:?}")));
        });
        (seen, end)
    }

    #[test]
    fn numbers_texts_arrays_and_structures_are_decoded() {
        let schema = b"\0Query\0Type\0\x06Name\0\x16Servers\0\x44Pair\0\x98\x02A\0\x04B\0\x84\x01Last\0\x08";
        let payload = b"\x1c\0\x02\0a\0\x02\0\x01\x02\x05\x06\x2a\0\0\0";
        let (seen, end) = decoded(schema, payload);
        assert_eq!(end, Ok(()));
        let names: Vec<_> = seen.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Type", "Name", "Servers", "Servers", "A", "B", "Last"]);
        assert_eq!(seen[6].1, "Unsigned(42)");
        for length in 0..payload.len() {
            let (cut, end) = decoded(schema, &payload[..length]);
            assert!(end.is_err() && seen.starts_with(&cut), "cut at {length}");
        }
    }

    #[test]
    fn a_structure_within_itself_many_times_over_stops() {
        let schema = [&b"\0Query\0"[..], &b"S\0\xd8\x7f".repeat(20)].concat();
        let (_, end) = decoded(&schema, &[0xff; 200]);
        assert!(end.is_err());
    }

    #[test]
    fn a_date_becomes_a_time() {
        let bytes: Vec<u8> = [2024_u16, 2, 4, 29, 12, 30, 15, 250]
            .iter()
            .flat_map(|part| part.to_le_bytes())
            .collect();
        let expected = Value::Time(Timestamp::from_seconds(1_709_209_815, 250_000_000));
        assert_eq!(system_time(bytes.as_slice().try_into().unwrap()), expected);
    }
}
