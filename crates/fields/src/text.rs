//! Values as `tshark -T fields` writes them.

use std::fmt::Write as _;

use jiff::tz::TimeZone;
use whotalks_record::{Nanoseconds, Timestamp};

use crate::{Field, FieldKind, Notation, Value};

/// The value of a field as `tshark -T fields` and `-T json` of Wireshark 4.0 write it, with times in UTC.
#[must_use]
pub fn text(field: &Field, value: &Value<'_>) -> String {
    match value {
        Value::Unsigned(number) => number_text(field, *number),
        Value::Signed(number) => number.to_string(),
        Value::Boolean(flag) => u8::from(*flag).to_string(),
        Value::Float(number) => number.to_string(),
        Value::Text(text) => escaped(text),
        Value::Bytes(bytes) => bytes_text(field.name, field.kind, bytes),
        Value::Ipv4(address) => address.to_string(),
        Value::Ipv6(address) => address.to_string(),
        Value::Ethernet(address) => colons(address),
        Value::AbsoluteTime(time) => absolute(*time),
        Value::RelativeTime(span) => relative(*span),
        Value::None => "1".to_owned(),
        // Parts of a protocol, such as TCP options, are written as their bytes.
        Value::Protocol(bytes) if field.name.contains('.') => hexadecimal(bytes),
        Value::Protocol(_) => field.name.to_owned(),
    }
}

fn number_text(field: &Field, number: u64) -> String {
    match field.notation {
        Notation::Decimal => number.to_string(),
        Notation::Hexadecimal(digits) => format!("0x{number:0width$x}", width = usize::from(digits)),
    }
}

fn bytes_text(name: &str, kind: FieldKind, bytes: &[u8]) -> String {
    match kind {
        _ if name.ends_with("linkaddr") => colons(bytes),
        _ if bytes.is_empty() => "<MISSING>".to_owned(),
        FieldKind::Guid => guid(bytes),
        FieldKind::ObjectIdentifier => object_identifier(bytes),
        _ => hexadecimal(bytes),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        _ = write!(text, "{byte:02x}");
    }
    text
}

fn colons(bytes: &[u8]) -> String {
    let pairs: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.join(":")
}

fn guid(bytes: &[u8]) -> String {
    let digits = hexadecimal(bytes);
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| digits.get(range).unwrap_or_default());
    parts.join("-")
}

/// The dotted form of a BER object identifier (X.690 8.19).
pub(crate) fn object_identifier(bytes: &[u8]) -> String {
    let mut arcs: Vec<u64> = Vec::new();
    let mut arc = 0_u64;
    for byte in bytes {
        arc = arc << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            match arcs.is_empty() {
                true => arcs.extend([(arc / 40).min(2), arc - (arc / 40).min(2) * 40]),
                false => arcs.push(arc),
            }
            arc = 0;
        }
    }
    let arcs: Vec<_> = arcs.iter().map(u64::to_string).collect();
    arcs.join(".")
}

/// `Nov  8, 2023 12:00:00.000000000 UTC`.
fn absolute(time: Timestamp) -> String {
    let Ok(moment) = jiff::Timestamp::from_nanosecond(time.nanoseconds().into()) else {
        return String::new();
    };
    moment
        .to_zoned(TimeZone::UTC)
        .strftime("%b %e, %Y %H:%M:%S.%9f UTC")
        .to_string()
}

/// `-0.000123000`.
fn relative(span: Nanoseconds) -> String {
    let sign = if span.0 < 0 { "-" } else { "" };
    let nanoseconds = span.0.unsigned_abs();
    format!(
        "{sign}{}.{:09}",
        nanoseconds / 1_000_000_000,
        nanoseconds % 1_000_000_000
    )
}

/// Text with what would break a line or a column escaped as in C.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '\u{7}' => escaped.push_str("\\a"),
            '\u{8}' => escaped.push_str("\\b"),
            '\u{b}' => escaped.push_str("\\v"),
            '\u{c}' => escaped.push_str("\\f"),
            control if control.is_control() => _ = write!(escaped, "\\x{:02x}", u32::from(control)),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{find, info};

    fn field(name: &str) -> &'static Field {
        find(name).and_then(info).expect("a field")
    }

    #[test]
    fn numbers_have_the_notation_and_width_of_their_field() {
        assert_eq!(text(field("tcp.srcport"), &Value::Unsigned(80)), "80");
        assert_eq!(text(field("tcp.flags"), &Value::Unsigned(0x12)), "0x0012");
        assert_eq!(text(field("ip.dsfield"), &Value::Unsigned(0)), "0x00");
        assert_eq!(text(field("tcp.flags.syn"), &Value::Boolean(true)), "1");
    }

    #[test]
    fn times_are_written_as_in_tshark() {
        let time = Timestamp::from_seconds(1_699_444_800, 0);
        assert_eq!(
            text(field("frame.time"), &Value::AbsoluteTime(time)),
            "Nov  8, 2023 12:00:00.000000000 UTC"
        );
        assert_eq!(
            text(field("frame.time_delta"), &Value::RelativeTime(Nanoseconds(-1500))),
            "-0.000001500"
        );
    }

    #[test]
    fn line_ends_are_escaped_and_backslashes_are_not() {
        assert_eq!(text(field("http.host"), &Value::Text("a\\b\r\n".into())), "a\\b\\r\\n");
    }

    #[test]
    fn object_identifiers_are_dotted() {
        assert_eq!(
            object_identifier(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d]),
            "1.2.840.113549"
        );
    }
}
