//! From a citation back to what it cites.

use whotalks_evidence::{Format, RawContent, RawError, RawEvidence, raw};
use whotalks_record::{Position, Span};

use crate::support::{Folder, capture, gzip, zip};

fn span(reference: &str) -> Span {
    reference.parse().unwrap()
}

fn packet(found: RawEvidence) -> (u64, Vec<u8>) {
    match found.content {
        RawContent::Packet(packet) => (found.span.offset, packet.data),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_packet_is_found_by_its_number_through_two_archives() {
    let capture = capture(5, 60);
    let inner = zip(&[("b.txt", b"x"), ("a!b.pcap.gz", &gzip(&capture))]);
    let folder = Folder::new()
        .with("top.zip", &zip(&[("inner", &inner)]))
        .with("plain!.pcap", &capture);
    let root = folder.path().display().to_string();
    for path in [
        format!("{root}/top.zip!inner!a!b.pcap.gz!b.pcap"),
        format!("{root}/plain!.pcap"),
    ] {
        let (offset, data) = packet(raw(&path, Format::Pcap, span("E1#3")).unwrap());
        let at = 24 + 2 * (16 + 60) + 16;
        assert_eq!(
            (offset, &data[..]),
            (at, &capture[at as usize..at as usize + 60]),
            "{path}"
        );
    }
}

#[test]
fn every_path_of_a_manifest_can_be_opened_again() {
    let capture = capture(2, 60);
    let inner = zip(&[("x/y.pcap", &capture), ("z.gz", &gzip(b"some text\n"))]);
    let folder = Folder::new()
        .with("a.zip", &zip(&[("in.zip", &inner)]))
        .with("dns.pcap.zst", &gzip(&capture));
    let (manifest, _) = folder.read();
    assert!(manifest.entries.len() > 6);
    for entry in &manifest.entries {
        let found = raw(&entry.piece.path, entry.piece.format, span("E1"));
        assert!(found.is_ok(), "{}: {found:?}", entry.piece.path);
    }
}

#[test]
fn a_line_is_found_by_its_number_and_lines_by_their_bytes() {
    let text = "first\r\nアクティブな接続\r\nthird\r\n";
    let cp932 = encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
    let folder = Folder::new().with("netstat.txt", &cp932);
    let path = folder.path().join("netstat.txt").display().to_string();
    let lines = |span: Span| match raw(&path, Format::Netstat, span).unwrap().content {
        RawContent::Lines(lines) => lines
            .into_iter()
            .map(|line| (line.number, line.text))
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(lines(span("E1:2")), [(2, "アクティブな接続".to_owned())]);
    let cited = Span {
        offset: 7,
        length: 20,
        ..span("E1:2")
    };
    assert_eq!(
        lines(cited),
        [(2, "アクティブな接続".to_owned()), (3, "third".to_owned())]
    );
}

#[test]
fn what_is_not_there_is_said_to_be_missing() {
    let folder = Folder::new()
        .with("a.pcap", &capture(2, 60))
        .with("a.zip", &zip(&[("b", b"b")]));
    let root = folder.path().display().to_string();
    let missing = raw(&format!("{root}/a.pcap"), Format::Pcap, span("E1#9"));
    assert!(matches!(
        missing,
        Err(RawError::NoSuchPlace {
            position: Position::Packet(9),
            ..
        })
    ));
    for path in [
        format!("{root}/b.pcap"),
        format!("{root}/a.zip!c"),
        format!("{root}/a.zip!b!c"),
    ] {
        let error = raw(&path, Format::Pcap, span("E1#1")).unwrap_err();
        assert!(
            matches!(error, RawError::Gone { .. } | RawError::Io { .. }),
            "{path}: {error}"
        );
    }
    assert!(matches!(
        raw("-", Format::Pcap, span("E1#1")),
        Err(RawError::StandardInput)
    ));
}
