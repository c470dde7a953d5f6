//! Comments, interfaces and names that a capture holds.

use std::path::{Path, PathBuf};

use insta::assert_snapshot;

use crate::support::{json, run, text};

/// A block of pcapng, least significant byte first.
fn block(kind: u32, body: &[u8]) -> Vec<u8> {
    let length = (12 + body.len() as u32).to_le_bytes();
    [&kind.to_le_bytes(), &length, body, &length].concat()
}

fn option(code: u16, value: &[u8]) -> Vec<u8> {
    let mut bytes = [code.to_le_bytes(), (value.len() as u16).to_le_bytes()].concat();
    bytes.extend_from_slice(value);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

/// An ARP request with these options.
fn packet(options: &[u8]) -> Vec<u8> {
    let ethernet = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 8, 6];
    let arp = [
        0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2,
    ];
    let mut data = [&ethernet[..], &arp].concat();
    let length = (data.len() as u32).to_le_bytes();
    data.resize(data.len().next_multiple_of(4), 0);
    block(6, &[&[0; 12], &length[..], &length, &data, options].concat())
}

/// A capture with everything that can be said in one. The texts try to take over a terminal.
fn example(folder: &Path) -> PathBuf {
    let section = [&[0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0][..], &[0xff; 8]].concat();
    let section = [
        &section[..],
        &option(4, b"dumper 1.0"),
        &option(3, b"Linux"),
        &option(1, b"second floor"),
    ]
    .concat();
    let interface = [
        &[1, 0, 0, 0, 0, 0, 4, 0][..],
        &option(2, b"eth0\x1b[31m"),
        &option(3, b"uplink"),
        &option(11, b"\0arp or icmp"),
    ]
    .concat();
    let comments = [option(1, b"first, \xe2\x80\xae look"), option(1, b"second\x1b]0;x\x07")].concat();
    let names = [&option(1, b"\x0a\0\0\x02router.example\0")[..], &[0; 4]].concat();
    let blocks = [
        block(0x0a0d_0d0a, &section),
        block(1, &interface),
        packet(&[]),
        packet(&comments),
        block(4, &names),
    ];
    let path = folder.join("texts.pcapng");
    std::fs::write(&path, blocks.concat()).unwrap();
    path
}

fn has_active(text: &str) -> bool {
    text.chars()
        .any(|character| character.is_control() && character != '\n')
        || text.contains('\u{202e}')
}

#[test]
fn explain_shows_what_a_capture_says_of_a_packet_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let path = example(folder.path());
    let said = |language| {
        let ran = run(&["explain", "E1#2", text(&path), "--lang", language]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(!has_active(&ran.out), "{}", ran.out);
        ran.out.replace(text(&path), "texts.pcapng")
    };
    assert_snapshot!("texts_of_a_capture_in_english", said("en"));
    assert_snapshot!("texts_of_a_capture_in_japanese", said("ja"));
    let packet = &json(&run(&["explain", "E1#2", text(&path), "--json"]))["packet"];
    assert_eq!(packet["comments"][1], "second\u{1b}]0;x\u{7}");
    assert_eq!(packet["captured_on"]["filter"], "arp or icmp");
    assert_eq!(packet["section"]["application"], "dumper 1.0");
}

#[test]
fn comments_and_interfaces_are_fields_as_in_wireshark() {
    let folder = tempfile::tempdir().unwrap();
    let path = example(folder.path());
    let fields = [
        "frame.comment",
        "frame.interface_id",
        "frame.interface_description",
        "frame.section_number",
    ];
    let arguments: Vec<&str> = fields.iter().flat_map(|field| ["-e", *field]).collect();
    let ran = run(&[&["packets", text(&path), "-T", "json"], &arguments[..]].concat());
    let packets: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(packets[0]["frame.comment"].as_array().map(Vec::len), Some(0));
    assert_eq!(packets[1]["frame.comment"].as_array().map(Vec::len), Some(2));
    assert_eq!(packets[1]["frame.interface_description"][0], "uplink");
    assert_eq!(packets[1]["frame.section_number"][0], "1");
    let passing = run(&[
        "packets",
        text(&path),
        "-Y",
        "frame.comment contains \"look\"",
        "-e",
        "frame.number",
    ]);
    assert_eq!(passing.out, "2\n");
    let listed = run(&["packets", text(&path)]).out;
    assert!(listed.contains("# first, ") && !has_active(&listed), "{listed}");
}

#[test]
fn what_a_capture_says_is_carried_into_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = example(folder.path());
    let written = folder.path().join("out.pcapng");
    assert_eq!(
        run(&["packets", text(&path), "-Y", "frame.comment", "-w", text(&written)]).code,
        0
    );
    let packet = |path: &Path, reference: &str| {
        let document = json(&run(&["explain", reference, text(path), "--json"]));
        let packet = &document["packet"];
        (
            packet["comments"].clone(),
            packet["captured_on"].clone(),
            packet["hex"].clone(),
        )
    };
    assert_eq!(packet(&written, "E1#1"), packet(&path, "E1#2"));
    let bytes = std::fs::read(&written).unwrap();
    assert!(bytes.windows(14).any(|window| window == b"router.example"));
}
