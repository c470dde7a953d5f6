//! The list of fields against Wireshark's own list.

#![expect(clippy::expect_used, reason = "tests may stop, and say what they skip")]

use std::collections::{HashMap, HashSet};
use std::process::Command;

use whotalks_fields::{Field, FieldKind, Notation, all, find, info};

/// Names of ours that Wireshark does not know.
const OURS: [&str; 4] = ["process.name", "process.pid", "endpoint.name", "verdict"];

/// Fields that tshark lists as hexadecimal and writes in decimal, because they have names for ranges of numbers or two forms.
const WRITTEN_IN_DECIMAL: [&str; 2] = ["quic.frame_type", "dns.rr.udp_payload_size"];

/// Name, type and display base of every field of the list, as `tshark -G fields` of 4.0.17 gives them.
const RECORDED: &str = include_str!("../testdata/tshark-4.0.tsv");

fn kind_of(ftype: &str) -> (FieldKind, u8) {
    match ftype {
        "PROTO" => (FieldKind::Protocol, 0),
        "FT_NONE" => (FieldKind::None, 0),
        "FT_BOOLEAN" => (FieldKind::Boolean, 0),
        "FT_STRING" | "FT_STRINGZ" | "FT_UINT_STRING" => (FieldKind::Text, 0),
        "FT_BYTES" => (FieldKind::Bytes, 0),
        "FT_IPv4" => (FieldKind::Ipv4, 0),
        "FT_IPv6" => (FieldKind::Ipv6, 0),
        "FT_ETHER" => (FieldKind::Ethernet, 0),
        "FT_ABSOLUTE_TIME" => (FieldKind::AbsoluteTime, 0),
        "FT_RELATIVE_TIME" => (FieldKind::RelativeTime, 0),
        "FT_GUID" => (FieldKind::Guid, 0),
        "FT_OID" => (FieldKind::ObjectIdentifier, 0),
        "FT_FRAMENUM" => (FieldKind::FrameNumber, 32),
        "FT_FLOAT" | "FT_DOUBLE" => (FieldKind::Float, 0),
        other => number(other),
    }
}

fn number(ftype: &str) -> (FieldKind, u8) {
    let (kind, bits) = match (ftype.strip_prefix("FT_UINT"), ftype.strip_prefix("FT_INT")) {
        (Some(bits), _) => (FieldKind::Unsigned, bits),
        (None, Some(bits)) => (FieldKind::Signed, bits),
        (None, None) => panic!("no kind for {ftype}"),
    };
    (kind, bits.parse().expect("bits"))
}

fn is_as_recorded(field: &Field, ftype: &str, base: &str) -> bool {
    let is_excepted = WRITTEN_IN_DECIMAL.contains(&field.name);
    let hexadecimal = field.kind == FieldKind::Unsigned && base.starts_with("BASE_HEX") && !is_excepted;
    let notation = if hexadecimal {
        Notation::Hexadecimal(field.bits / 4)
    } else {
        Notation::Decimal
    };
    (field.kind, field.bits) == kind_of(ftype) && field.notation == notation
}

#[test]
fn every_field_has_wiresharks_type_and_notation() {
    // Some names stand for several fields of Wireshark.
    let mut recorded: HashMap<_, Vec<_>> = HashMap::new();
    for line in RECORDED.lines() {
        let columns: Vec<_> = line.split('\t').collect();
        let [name, ftype, base] = columns.as_slice() else {
            panic!("{line}")
        };
        recorded.entry(*name).or_default().push((*ftype, *base));
    }
    for field in all().iter().filter(|field| !OURS.contains(&field.name)) {
        let known = recorded
            .get(field.name)
            .unwrap_or_else(|| panic!("{} is not recorded", field.name));
        let is_same = known.iter().any(|(ftype, base)| is_as_recorded(field, ftype, base));
        assert!(is_same, "{field:?} is {known:?}");
    }
}

#[test]
fn the_recorded_extract_is_what_tshark_says() {
    let Ok(output) = Command::new("tshark").args(["-G", "fields"]).output() else {
        eprintln!("skipped: tshark is not installed");
        return;
    };
    let listed = String::from_utf8_lossy(&output.stdout);
    let mut types: HashMap<&str, HashSet<(&str, &str)>> = HashMap::new();
    for line in listed.lines() {
        let columns: Vec<_> = line.split('\t').collect();
        match columns.as_slice() {
            ["P", _, name, ..] => _ = types.entry(name).or_default().insert(("PROTO", "")),
            ["F", _, name, ftype, _, base, ..] => _ = types.entry(name).or_default().insert((ftype, base)),
            _ => {}
        }
    }
    for line in RECORDED.lines() {
        let columns: Vec<_> = line.split('\t').collect();
        let [name, ftype, base] = columns.as_slice() else {
            panic!("{line}")
        };
        let known = types.get(name).is_some_and(|known| known.contains(&(*ftype, *base)));
        assert!(known, "{line}: tshark says {:?}", types.get(name));
    }
}

#[test]
fn names_are_unique_and_found_by_name() {
    let names: HashSet<_> = all().iter().map(|field| field.name).collect();
    assert_eq!(names.len(), all().len());
    assert!(all().len() >= 250, "{} fields", all().len());
    for field in all() {
        assert_eq!(find(field.name).and_then(info), Some(field));
    }
    assert_eq!(find("tcp.sport"), None);
}
