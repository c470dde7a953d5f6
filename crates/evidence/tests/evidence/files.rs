//! Files and folders, without archives.

use std::path::PathBuf;

use crate::support::{Folder, Remembering, capture, entry};
use whotalks_evidence::{Limits, NoProgress, Progress, Sha256Digest, Status, open};
use whotalks_record::{EvidenceId, IssueKind};

#[test]
fn a_folder_is_walked_in_the_order_of_its_names() {
    let folder = Folder::new()
        .with("b/notes.pcap", b"not a capture at all")
        .with("b/a.txt", &capture(2, 60))
        .with("a.pdf", b"%PDF-1.7 and so on")
        .with("c.bin", b"\x00\x01\x02\x03");
    let (manifest, sink) = folder.read();
    assert_eq!(
        folder.lines(&manifest),
        [
            "E1 pdf named a.pdf",
            "E2 pcap read b/a.txt",
            "E3 text named b/notes.pcap",
            "E4 binary named c.bin"
        ]
    );
    assert_eq!(
        entry(&manifest, "a.pdf").sha256,
        Some(Sha256Digest::of(b"%PDF-1.7 and so on"))
    );
    assert!(entry(&manifest, "a.txt").piece.modified.is_some());
    assert_eq!(sink.ended, (1..=4).map(EvidenceId).collect::<Vec<_>>());
    assert!(manifest.anything_read());
}

#[test]
fn nothing_is_passed_over_in_silence() {
    let folder = Folder::new().with("empty.pcap", b"").with("full/blank.txt", b" \r\n");
    std::fs::create_dir(folder.path().join("hollow")).unwrap();
    let (manifest, _) = folder.read();
    assert_eq!(
        folder.lines(&manifest),
        [
            "E1 empty named empty.pcap",
            "E2 empty named full/blank.txt",
            "E3 folder named hollow"
        ]
    );
    assert!(!manifest.anything_read());
}

#[cfg(unix)]
#[test]
fn pipes_and_links_are_named_and_not_opened() {
    let folder = Folder::new().with("real.pcap", &capture(1, 60));
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("pipe"))
        .status()
        .unwrap();
    assert!(made.success());
    std::os::unix::fs::symlink("/etc", folder.path().join("out")).unwrap();
    let (manifest, _) = folder.read();
    assert_eq!(
        folder.lines(&manifest),
        [
            "E1 symlink named out",
            "E2 special-file named pipe",
            "E3 pcap read real.pcap"
        ]
    );
    let IssueKind::Unsupported {
        field: "file.type",
        found,
    } = &manifest.entries[1].issues[0].kind
    else {
        panic!("{manifest:?}");
    };
    assert_eq!(&**found, "named pipe");
}

#[cfg(unix)]
#[test]
fn a_link_that_the_user_names_is_followed() {
    let folder = Folder::new().with("real.pcap", &capture(1, 60));
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("real.pcap", &link).unwrap();
    let mut sink = Remembering::default();
    let manifest = open(&[link], Limits::default()).read_all(EvidenceId(7), &mut sink, &mut NoProgress);
    assert_eq!(manifest.entries[0].status, Status::Read);
    assert_eq!(manifest.entries[0].piece.id, EvidenceId(7));
}

#[test]
fn a_path_that_does_not_exist_has_a_line_that_says_so() {
    let paths = [PathBuf::from("/no/such/evidence")];
    let mut sink = Remembering::default();
    let manifest = open(&paths, Limits::default()).read_all(EvidenceId(1), &mut sink, &mut NoProgress);
    let [entry] = &manifest.entries[..] else {
        panic!("{manifest:?}")
    };
    assert_eq!(entry.status, Status::Failed);
    assert!(matches!(&entry.issues[0].kind, IssueKind::Io { message } if message.contains("No such file")));
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_fails_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new()
        .with("locked.pcap", &capture(1, 60))
        .with("open.pcap", &capture(2, 60));
    let locked = folder.path().join("locked.pcap");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(&locked).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let (manifest, _) = folder.read();
    assert_eq!(
        folder.lines(&manifest),
        ["E1 unreadable failed locked.pcap", "E2 pcap read open.pcap"]
    );
}

#[test]
fn a_folder_with_too_many_files_says_how_many_were_left() {
    let mut folder = Folder::new();
    for number in 0..8 {
        folder = folder.with(&format!("{number}"), b"text");
    }
    let (manifest, _) = folder.read_within(Limits {
        pieces: 5,
        ..Limits::default()
    });
    assert_eq!(manifest.entries.len(), 6);
    assert!(matches!(
        manifest.entries[5].issues[0].kind,
        IssueKind::BoundReached {
            bound: "evidence.files",
            limit: 5,
            count: 3
        }
    ));
}

/// Larger than what is held in memory.
fn large_capture(salt: u32) -> Vec<u8> {
    let mut bytes = capture(6_000, 1_000);
    bytes[100..104].copy_from_slice(&salt.to_le_bytes());
    bytes
}

#[test]
fn a_large_file_is_hashed_while_it_is_read_and_read_once() {
    let (one, two) = (large_capture(1), large_capture(2));
    let folder = Folder::new()
        .with("1.pcap", &one)
        .with("2.pcap", &two)
        .with("3.pcap", &one);
    let (manifest, sink) = folder.read();
    assert_eq!(
        folder.lines(&manifest),
        ["E1 pcap read 1.pcap", "E2 pcap read 2.pcap", "E3 pcap =E1 3.pcap"]
    );
    assert_eq!(manifest.entries[0].sha256, Some(Sha256Digest::of(&one)));
    assert_eq!(manifest.entries[1].sha256, Some(Sha256Digest::of(&two)));
    assert_eq!(sink.begun.len(), 2);
}

#[test]
fn a_large_stream_that_doubles_another_is_known_at_its_end() {
    let one = large_capture(1);
    let folder = Folder::new()
        .with("1.pcap", &one)
        .with("2.gz", &crate::support::gzip(&one));
    let (manifest, sink) = folder.read();
    assert_eq!(
        folder.lines(&manifest),
        ["E1 pcap read 1.pcap", "E2 gzip container 2.gz", "E3 pcap =E1 2.gz!2"]
    );
    assert_eq!(sink.begun.len(), 2, "it had to be begun, and is to be thrown away");
}

#[test]
fn what_an_earlier_run_holds_is_not_read_again() {
    for bytes in [capture(2, 60), large_capture(1)] {
        let folder = Folder::new().with("a.pcap", &bytes);
        let mut sink = Remembering::default();
        sink.earlier
            .push((bytes.len() as u64, Sha256Digest::of(&bytes), EvidenceId(4)));
        let manifest = open(&[folder.path()], Limits::default()).read_all(EvidenceId(9), &mut sink, &mut NoProgress);
        assert_eq!(manifest.entries[0].status, Status::Duplicate(EvidenceId(4)));
        assert!(sink.begun.is_empty());
    }
}

/// Checks that progress only rises and ends at the total.
#[derive(Default)]
struct Rising {
    last: u64,
    total: u64,
    calls: u64,
}

impl Progress for Rising {
    fn update(&mut self, done: u64, total: u64, _path: &str) {
        assert!(
            done >= self.last && done <= total,
            "{done} after {} of {total}",
            self.last
        );
        (self.last, self.total) = (done, total);
        self.calls += 1;
    }
}

#[test]
fn progress_rises_to_the_size_of_the_files() {
    let bundle = crate::support::zip(&[("a", &large_capture(3)), ("b", b"text")]);
    let folder = Folder::new()
        .with("1.pcap", &large_capture(1))
        .with("2.zip", &bundle)
        .with("3.txt", b"text");
    let opened = open(&[folder.path()], Limits::default());
    let mut progress = Rising::default();
    opened.read_all(EvidenceId(1), &mut Remembering::default(), &mut progress);
    assert_eq!(progress.total, opened.total_bytes());
    assert_eq!(progress.last, progress.total);
    assert!(progress.calls > 6);
}

proptest::proptest! {
    #[test]
    fn arbitrary_bytes_make_one_line_or_more_and_no_panic(
        magic in proptest::sample::select(vec![
            &b""[..], b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"{\"", b"<?xml", b"GMBU",
        ]),
        rest in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400),
    ) {
        let folder = Folder::new().with("file", &[magic, &rest].concat());
        let (manifest, sink) = folder.read();
        assert!(!manifest.entries.is_empty());
        assert_eq!(sink.ended.len(), manifest.entries.len());
    }
}
