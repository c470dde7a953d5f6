//! What holds for every text log of the Windows Firewall.

use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use whotalks_record::{IssueKind, Record};

use crate::shared::{Read, read_firewall};

fn golden(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("testdata/firewall_log/{name}.in"))).unwrap()
}

/// The events, without the range that closes them.
fn events(read: &Read) -> Vec<&Record> {
    let is_event = |record: &&Record| matches!(record, Record::Connection(_));
    read.records.iter().filter(is_event).collect()
}

fn lost(read: &Read) -> Option<u64> {
    read.records.iter().find_map(|record| match record {
        Record::Range(range) => range.lost,
        _ => None,
    })
}

#[test]
fn a_log_cut_at_any_byte_gives_the_whole_rows_before_the_cut() {
    for name in ["current", "columns_by_header", "events_lost", "windows_xp"] {
        let bytes = golden(name);
        let whole = read_firewall(&bytes);
        for cut in 0..bytes.len() {
            let part = read_firewall(&bytes[..cut]);
            let (part, whole) = (events(&part), events(&whole));
            assert_eq!(part[..], whole[..part.len()], "{name} cut at {cut}");
        }
    }
}

#[test]
fn what_the_log_says_it_lost_is_loss() {
    let read = read_firewall(&golden("events_lost"));
    assert_eq!(lost(&read), Some(15));
    let told = read.issues.iter().filter(|issue| {
        matches!(
            issue.kind,
            IssueKind::Lost {
                unit: "event",
                count: 15
            }
        )
    });
    assert_eq!(told.count(), 1);
    assert_eq!(lost(&read_firewall(&golden("current"))), Some(0));
}

#[test]
fn a_header_that_names_no_use_of_columns_leaves_the_rows_unread() {
    let text = "#Fields: date time s-ip cs-method\r\n\
                2026-11-21 10:00:00 DROP TCP 10.0.0.5 192.0.2.1 1 2 0 S 0 0 0 - - - SEND 8\r\n";
    let read = read_firewall(text.as_bytes());
    assert!(events(&read).is_empty());
    assert_eq!(read.issues.len(), 2, "{:?}", read.issues);
}

/// Words of the log, so that random texts reach its inner parts.
fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "#Fields: date time action protocol src-ip dst-ip src-port dst-port path pid",
        "#Time Format: UTC",
        "#Time Format: Local",
        "2026-11-21",
        "10:00:00",
        "DROP",
        "ALLOW",
        "CLOSE",
        "INFO-EVENTS-LOST",
        "TCP",
        "UDP",
        "300",
        "10.0.0.5",
        "fe80::1%4",
        "443",
        "65536",
        "-",
        "S",
        "SEND",
        "RECEIVE",
        "18446744073709551615",
        "\0\0\0\0",
    ]);
    prop_oneof![6 => known.prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

fn structured() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(vec![" ", " ", " ", " ", " ", " ", "\t", "\r\n"]);
    vec((word(), gap), 0..120).prop_map(|parts| parts.into_iter().map(|(word, gap)| word + gap).collect())
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..2_000)) {
        prop_assert!(read_firewall(&bytes).records.len() <= bytes.len() + 1);
    }

    #[test]
    fn texts_made_of_known_words_never_panic_and_close_with_one_range(text in structured()) {
        let read = read_firewall(text.as_bytes());
        let ranges = read.records.iter().filter(|record| matches!(record, Record::Range(_))).count();
        prop_assert_eq!(ranges, 1);
        for record in events(&read) {
            let span = record.span().unwrap();
            prop_assert!(span.offset + u64::from(span.length) <= text.len() as u64);
        }
    }
}
