//! Filters and what they say of frames, against what tshark 4.0 said of such frames.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files fails")]

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use whotalks_fields::{FieldKind, FrameFields, Value, find, info};
use whotalks_filter::Filter;
use whotalks_record::{Nanoseconds, Timestamp};

/// The frame that a file describes: a field and its value per line.
fn frame(text: &str) -> FrameFields<'_> {
    let mut frame = FrameFields::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.split_once(' ').unwrap_or((line, ""));
        let id = find(name).unwrap_or_else(|| panic!("the list has no field {name}"));
        frame.push(id, read(info(id).unwrap().kind, value));
    }
    frame
}

fn read(kind: FieldKind, text: &str) -> Value<'_> {
    match kind {
        FieldKind::Unsigned | FieldKind::FrameNumber => Value::Unsigned(text.parse().unwrap()),
        FieldKind::Signed => Value::Signed(text.parse().unwrap()),
        FieldKind::Boolean => Value::Boolean(text.parse().unwrap()),
        FieldKind::Text => Value::Text(Cow::Borrowed(text)),
        FieldKind::Ipv4 => Value::Ipv4(text.parse().unwrap()),
        FieldKind::Ipv6 => Value::Ipv6(text.parse().unwrap()),
        FieldKind::Ethernet => Value::Ethernet(bytes(&text.replace(':', "")).try_into().unwrap()),
        FieldKind::Protocol => Value::Protocol(Cow::Owned(bytes(text))),
        FieldKind::RelativeTime => {
            Value::RelativeTime(Nanoseconds((text.parse::<f64>().unwrap() * 1e9).round() as i64))
        }
        FieldKind::AbsoluteTime => {
            let time: jiff::Timestamp = text.parse().unwrap();
            Value::AbsoluteTime(Timestamp::from_nanoseconds(time.as_nanosecond().try_into().unwrap()))
        }
        _ => Value::Bytes(Cow::Owned(bytes(text))),
    }
}

fn bytes(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// What the filter says: `yes`, `no` or `error`.
fn said(filter: &str, frame: &FrameFields<'_>) -> &'static str {
    match Filter::compile(filter) {
        Err(_) => "error",
        Ok(filter) if filter.matches(frame) => "yes",
        Ok(_) => "no",
    }
}

fn assert_case(case: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/matches");
    let values = std::fs::read_to_string(folder.join(case).with_extension("in")).unwrap();
    let expected = std::fs::read_to_string(folder.join(case).with_extension("out")).unwrap();
    let frame = frame(&values);
    let mut differing = String::new();
    for line in expected.lines().filter(|line| !line.starts_with('#')) {
        let (expected, filter) = line.split_once(' ').unwrap();
        let said = said(filter, &frame);
        if said != expected {
            let why = Filter::compile(filter).err().map(|error| error.to_string());
            writeln!(differing, "{filter}: expected {expected}, got {said} {why:?}").unwrap();
        }
    }
    assert_eq!(differing, "", "\n{differing}");
}

#[test]
fn a_tcp_frame_is_judged_as_tshark_judges_it() {
    assert_case("ssh");
}

#[test]
fn a_frame_with_texts_is_judged_as_tshark_judges_it() {
    assert_case("http");
}

#[test]
fn a_tunnelled_frame_has_layers() {
    assert_case("tunnel");
}

#[test]
fn an_empty_filter_passes_every_frame() {
    assert!(Filter::compile("").unwrap().matches(&FrameFields::default()));
    assert!(Filter::compile(" \t ").unwrap().matches(&FrameFields::default()));
}
