//! Typed values of binary events in the neutral form.

use std::borrow::Cow;

use whotalks_record::Timestamp;

use crate::raw::{Form, Value};

/// The event is not in the plain shape; the `evtx` crate says what it holds.
#[derive(Debug)]
pub(super) struct NotPlain;

/// A value of a record: its type and its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct TypedBytes<'c> {
    /// A value type of MS-EVEN6 2.2.19.
    pub(super) kind: u8,
    /// Its bytes.
    pub(super) bytes: &'c [u8],
}

/// The type of a text in UTF-16LE.
pub(super) const STRING: u8 = 0x01;
/// The type of a nested token stream.
pub(super) const BIN_XML: u8 = 0x21;

impl<'c> TypedBytes<'c> {
    /// The value; `None` where the record has none (a value of type null deletes its element).
    pub(super) fn neutral(self) -> Result<Option<Value<'c>>, NotPlain> {
        let bytes = self.bytes;
        Ok(Some(match self.kind {
            0x00 => return Ok(None),
            STRING => Value::Bytes(Form::Utf16, bytes),
            0x03 | 0x05 | 0x07 | 0x09 => signed(bytes)?,
            0x04 | 0x06 | 0x08 | 0x0a => Value::Unsigned(little_endian(bytes)?),
            0x0d => boolean(bytes)?,
            0x0e => Value::Bytes(Form::Opaque, bytes),
            0x0f if bytes.len() == 16 => Value::Bytes(Form::Guid, bytes),
            0x10 | 0x14 | 0x15 => Value::Hexadecimal(little_endian(bytes)?),
            0x11 => Value::Time(Timestamp::from_filetime(little_endian(bytes)?)),
            0x13 if bytes.len() >= 8 && bytes.len().is_multiple_of(4) => Value::Bytes(Form::Sid, bytes),
            _ => return Err(NotPlain),
        }))
    }
}

fn little_endian(bytes: &[u8]) -> Result<u64, NotPlain> {
    match *bytes {
        [a] => Ok(u64::from(a)),
        [a, b] => Ok(u64::from(u16::from_le_bytes([a, b]))),
        [a, b, c, d] => Ok(u64::from(u32::from_le_bytes([a, b, c, d]))),
        _ => bytes.try_into().map(u64::from_le_bytes).map_err(|_| NotPlain),
    }
}

fn signed(bytes: &[u8]) -> Result<Value<'static>, NotPlain> {
    let number = match *bytes {
        [a] => i64::from(a.cast_signed()),
        [a, b] => i64::from(i16::from_le_bytes([a, b])),
        [a, b, c, d] => i64::from(i32::from_le_bytes([a, b, c, d])),
        _ => bytes.try_into().map(i64::from_le_bytes).map_err(|_| NotPlain)?,
    };
    Ok(match u64::try_from(number) {
        Ok(number) => Value::Unsigned(number),
        Err(_) => Value::Text(Cow::Owned(number.to_string())),
    })
}

fn boolean(bytes: &[u8]) -> Result<Value<'static>, NotPlain> {
    match *bytes {
        [0, 0, 0, 0] => Ok(Value::Text(Cow::Borrowed("false"))),
        [1, 0, 0, 0] => Ok(Value::Text(Cow::Borrowed("true"))),
        _ => Err(NotPlain),
    }
}
