//! Typed values of binary events in the neutral form.

use std::borrow::Cow;
use std::fmt::Write;

use evtx::binxml::value_variant::BinXmlValue;
use whotalks_record::Timestamp;

use crate::raw::Value;

/// A value could not be taken over as it is; the event's XML says it.
pub(super) struct NeedsRendering;

/// Takes a value over. `None` where the event has no value there (a substitution of type null deletes its element).
pub(super) fn neutral<'a>(value: &BinXmlValue<'a>) -> Result<Option<Value<'a>>, NeedsRendering> {
    Ok(Some(match value {
        BinXmlValue::NullType => return Ok(None),
        BinXmlValue::StringType(text) => Value::Utf16(text.as_bytes()),
        BinXmlValue::AnsiStringType(text) => Value::Text(Cow::Borrowed(text)),
        BinXmlValue::UInt8Type(number) => Value::Unsigned(u64::from(*number)),
        BinXmlValue::UInt16Type(number) => Value::Unsigned(u64::from(*number)),
        BinXmlValue::UInt32Type(number) => Value::Unsigned(u64::from(*number)),
        BinXmlValue::UInt64Type(number) => Value::Unsigned(*number),
        BinXmlValue::Int8Type(number) => signed(i64::from(*number)),
        BinXmlValue::Int16Type(number) => signed(i64::from(*number)),
        BinXmlValue::Int32Type(number) => signed(i64::from(*number)),
        BinXmlValue::Int64Type(number) => signed(*number),
        BinXmlValue::HexInt32Type(number) => Value::Hexadecimal(u64::from(*number)),
        BinXmlValue::HexInt64Type(number) => Value::Hexadecimal(*number),
        BinXmlValue::BoolType(flag) => Value::Text(Cow::Borrowed(if *flag { "true" } else { "false" })),
        BinXmlValue::GuidType(bytes) => Value::Text(Cow::Owned(guid(bytes))),
        BinXmlValue::SidType(sid) => Value::Text(Cow::Owned(sid.to_string())),
        BinXmlValue::FileTimeType(time) => Value::Time(Timestamp::from_filetime(time.0)),
        _ => return Err(NeedsRendering),
    }))
}

fn signed(number: i64) -> Value<'static> {
    match u64::try_from(number) {
        Ok(number) => Value::Unsigned(number),
        Err(_) => Value::Text(Cow::Owned(number.to_string())),
    }
}

/// A GUID in lower case with braces; its first three groups lie little-endian. Source: MS-DTYP 2.3.4.
fn guid(bytes: &[u8; 16]) -> String {
    const ORDER: [usize; 16] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
    let mut text = String::with_capacity(38);
    text.push('{');
    for (place, index) in ORDER.iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let byte = bytes.get(*index).copied().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.push('}');
    text
}
