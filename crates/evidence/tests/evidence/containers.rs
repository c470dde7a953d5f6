//! Archives: nested, damaged, hostile.

use crate::support::{Folder, capture, entry, gzip, zip, zstandard};
use whotalks_evidence::{Limits, Sha256Digest, Status};
use whotalks_record::{EvidenceId, IssueKind};

#[test]
fn a_capture_is_found_inside_gzip_inside_zip() {
    let capture = capture(3, 60);
    let folder = Folder::new().with(
        "bundle.bin",
        &zip(&[("host1/dns.pcap.gz", &gzip(&capture)), ("a.txt", b"hello")]),
    );
    let (manifest, sink) = folder.read();
    assert_eq!(
        folder.lines(&manifest),
        [
            "E1 zip container bundle.bin",
            "E2 gzip container bundle.bin!host1/dns.pcap.gz",
            "E3 pcap read bundle.bin!host1/dns.pcap.gz!dns.pcap",
            "E4 text named bundle.bin!a.txt",
        ]
    );
    let inner = entry(&manifest, "!dns.pcap");
    assert_eq!(inner.sha256, Some(Sha256Digest::of(&capture)));
    assert_eq!(inner.bytes, capture.len() as u64);
    assert_eq!(inner.piece.container, Some(EvidenceId(2)));
    assert_eq!(inner.piece.host_hint.as_deref(), Some("host1"));
    assert_eq!(sink.begun.len(), 1);
    assert!(sink.packets > 0);
    let mut ended = sink.ended.clone();
    ended.sort_unstable();
    assert_eq!(ended, (1..=4).map(EvidenceId).collect::<Vec<_>>());
}

#[test]
fn every_container_is_hashed_whole() {
    let packed = zstandard(&capture(3, 60));
    let folder = Folder::new().with("a", &packed);
    let (manifest, _) = folder.read();
    assert_eq!(folder.lines(&manifest), ["E1 zstd container a", "E2 pcap read a!a"]);
    assert_eq!(entry(&manifest, "/a").sha256, Some(Sha256Digest::of(&packed)));
}

#[test]
fn five_levels_are_opened_and_a_sixth_is_refused() {
    let mut bytes = capture(1, 60);
    for level in (1..=6).rev() {
        bytes = zip(&[(&format!("level{level}"), &bytes)]);
    }
    let folder = Folder::new().with("outer", &bytes);
    let (manifest, sink) = folder.read();
    let last = entry(&manifest, "!level5");
    assert_eq!(manifest.entries.len(), 6);
    assert_eq!(last.status, Status::Failed);
    assert!(matches!(
        last.issues[0].kind,
        IssueKind::BoundReached {
            bound: "archive.depth",
            limit: 5,
            ..
        }
    ));
    assert!(sink.begun.is_empty());

    let deeper = folder.read_within(Limits {
        depth: 6,
        ..Limits::default()
    });
    assert_eq!(entry(&deeper.0, "!level6").status, Status::Read);
}

fn stopped_by(bytes: &[u8]) -> (u64, &'static str) {
    let folder = Folder::new().with("bomb", bytes);
    let (manifest, _) = folder.read_within(Limits {
        ratio: 100,
        ..Limits::default()
    });
    let entry = manifest.entries.last().unwrap();
    let bound = entry.issues.iter().find_map(|issue| match issue.kind {
        IssueKind::BoundReached { bound, .. } => Some(bound),
        _ => None,
    });
    assert_eq!(entry.sha256, None, "what was not read whole has no digest");
    (entry.bytes, bound.unwrap_or("no bound"))
}

#[test]
fn a_bomb_is_stopped_by_its_ratio_in_every_container() {
    let mut zeros = capture(1, 60);
    zeros.resize(64 << 20, 0);
    for bomb in [gzip(&zeros), zstandard(&zeros), zip(&[("zeros", &zeros)])] {
        let (bytes, bound) = stopped_by(&bomb);
        assert_eq!(bound, "archive.ratio");
        assert!(bytes < 16 << 20, "stopped after {bytes} bytes");
    }
}

#[test]
fn the_output_of_a_run_is_bounded() {
    let folder = Folder::new().with("a.gz", &gzip(&capture(2_000, 1_000)));
    let (manifest, sink) = folder.read_within(Limits {
        output_bytes: 1 << 20,
        ..Limits::default()
    });
    let inner = entry(&manifest, "!a");
    assert!(matches!(
        inner.issues[0].kind,
        IssueKind::BoundReached {
            bound: "archive.output_bytes",
            limit: 0x10_0000,
            ..
        }
    ));
    assert_eq!(inner.status, Status::ReadInPart);
    assert!(sink.packets > 0, "what came before the bound is kept");
}

#[test]
fn members_past_the_bound_are_counted_and_not_opened() {
    let names: Vec<String> = (0..30).map(|number| format!("{number:02}")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"text"[..])).collect();
    let folder = Folder::new().with("many.zip", &zip(&members));
    let (manifest, _) = folder.read_within(Limits {
        pieces: 10,
        ..Limits::default()
    });
    assert_eq!(manifest.entries.len(), 11);
    assert!(matches!(
        entry(&manifest, "many.zip").issues[0].kind,
        IssueKind::BoundReached {
            bound: "archive.members",
            limit: 10,
            count: 20
        }
    ));
}

#[test]
fn a_truncated_gzip_keeps_what_came_before_the_cut() {
    let packed = gzip(&capture(500, 700));
    let folder = Folder::new().with("cut.gz", &packed[..packed.len() / 2]);
    let (manifest, sink) = folder.read();
    let inner = entry(&manifest, "!cut");
    assert_eq!(inner.status, Status::ReadInPart);
    assert!(sink.packets > 0 && inner.packets == sink.packets);
    assert_eq!(inner.sha256, None);
    assert!(inner.issues.iter().any(|issue| matches!(
        issue.kind,
        IssueKind::Truncated {
            field: "archive.data",
            ..
        }
    )));
    assert_eq!(
        entry(&manifest, "cut.gz").sha256,
        Some(Sha256Digest::of(&packed[..packed.len() / 2]))
    );
}

#[test]
fn a_truncated_zip_has_lost_its_directory_and_says_so() {
    let packed = zip(&[("a.pcap", &capture(50, 700))]);
    let folder = Folder::new().with("cut.zip", &packed[..packed.len() - 30]);
    let (manifest, _) = folder.read();
    assert_eq!(folder.lines(&manifest), ["E1 zip failed cut.zip"]);
    assert!(matches!(
        manifest.entries[0].issues[0].kind,
        IssueKind::Malformed {
            field: "archive.directory",
            ..
        }
    ));
}

#[test]
fn a_damaged_member_keeps_the_members_beside_it() {
    let mut packed = zip(&[("a.pcap", &capture(200, 700)), ("b.pcap", &capture(3, 60))]);
    packed[200..260].fill(0xff);
    let folder = Folder::new().with("bundle.zip", &packed);
    let (manifest, _) = folder.read();
    assert_eq!(entry(&manifest, "b.pcap").status, Status::Read);
    let damaged = entry(&manifest, "a.pcap");
    assert_eq!(damaged.sha256, None);
    assert!(!damaged.issues.is_empty());
}

#[test]
fn an_encrypted_member_is_reported() {
    let mut packed = zip(&[("secret.pcap", &capture(3, 60)), ("b.txt", b"plain")]);
    set_encrypted(&mut packed, b"PK\x03\x04", 6);
    set_encrypted(&mut packed, b"PK\x01\x02", 8);
    let folder = Folder::new().with("bundle.zip", &packed);
    let (manifest, sink) = folder.read();
    assert_eq!(
        folder.lines(&manifest),
        [
            "E1 zip container bundle.zip",
            "E2 encrypted named bundle.zip!secret.pcap",
            "E3 text named bundle.zip!b.txt"
        ]
    );
    assert!(sink.begun.is_empty());
}

/// Sets the encryption flag of the first header with this signature.
fn set_encrypted(bytes: &mut [u8], signature: &[u8], flags_offset: usize) {
    let at = bytes.windows(4).position(|window| window == signature).unwrap();
    bytes[at + flags_offset] |= 1;
}

#[test]
fn a_document_is_named_and_not_unpacked() {
    let parts: &[(&str, &[u8])] = &[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w:document/>"),
    ];
    let folder = Folder::new()
        .with("notes", &zip(parts))
        .with(
            "sheet",
            &zip(&[
                ("[Content_Types].xml", b"<Types/>"),
                ("xl/workbook.xml", b"<workbook/>"),
            ]),
        )
        .with(
            "text",
            &zip(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("a.xml", b"<a/>"),
            ]),
        );
    let (manifest, _) = folder.read();
    assert_eq!(
        folder.lines(&manifest),
        [
            "E1 docx named notes",
            "E2 xlsx named sheet",
            "E3 opendocument named text"
        ]
    );
}

#[test]
fn a_japanese_member_name_without_the_unicode_flag_is_read_as_cp932() {
    let mut packed = zip(&[("XXXXXX.txt", b"plain")]);
    let name = [0x92, 0xca, 0x90, 0x4d, 0x92, 0x86];
    while let Some(at) = packed.windows(6).position(|window| window == b"XXXXXX") {
        packed[at..at + 6].copy_from_slice(&name);
    }
    let folder = Folder::new().with("bundle.zip", &packed);
    let (manifest, _) = folder.read();
    assert!(manifest.entries[1].piece.path.ends_with("!通信中.txt"), "{manifest:?}");
}

#[test]
fn the_same_bytes_are_read_once_wherever_they_lie() {
    let capture = capture(3, 60);
    let bundle = zip(&[("copy.pcap", &capture), ("again.gz", &gzip(&capture))]);
    let folder = Folder::new()
        .with("a.pcap", &capture)
        .with("b.zip", &bundle)
        .with("c.zip", &bundle);
    let (manifest, sink) = folder.read();
    assert_eq!(
        folder.lines(&manifest),
        [
            "E1 pcap read a.pcap",
            "E2 zip container b.zip",
            "E3 pcap =E1 b.zip!copy.pcap",
            "E4 gzip container b.zip!again.gz",
            "E5 pcap =E1 b.zip!again.gz!again",
            "E6 zip =E2 c.zip",
        ]
    );
    assert_eq!(sink.begun.len(), 1);
}

#[test]
fn a_zip_that_holds_itself_in_name_only_ends() {
    let mut bytes = zip(&[("x", b"x")]);
    for _ in 0..4 {
        bytes = zip(&[("x", &bytes), ("y", &bytes)]);
    }
    let folder = Folder::new().with("bushy.zip", &bytes);
    let (manifest, _) = folder.read();
    assert_eq!(entry(&manifest, "!x!x!x!x!x").piece.format.word(), "text");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_truncation_of_a_compressed_capture_gives_a_prefix_and_says_what_stopped(share in 0.0..1.0_f64, wide in proptest::bool::ANY) {
        let whole = capture(40, 90);
        let packed = if wide { gzip(&whole) } else { zstandard(&whole) };
        let cut = (packed.len() as f64 * share) as usize;
        let folder = Folder::new().with("a", &packed[..cut]);
        let (manifest, sink) = folder.read();
        assert!(sink.packets <= 40);
        let last = manifest.entries.last().unwrap();
        let said = manifest.entries.iter().any(|entry| !entry.issues.is_empty());
        assert!(said || matches!(last.piece.format.word(), "empty" | "binary" | "text"), "{manifest:?}");
        assert!(last.piece.container.is_none() || last.sha256.is_none());
    }
}
