//! Comparisons of small captures.

use std::net::IpAddr;

use whotalks_record::{Nanoseconds, Timestamp};

use super::{Subject, Verdict, compare};
use crate::statistics::{Exchange, HierarchyRow, Pair, Statistics, Volume};

const HOME: &str = "192.168.0.1";

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn volume(bytes: u64) -> Volume {
    Volume { packets: 10, bytes }
}

/// A capture of so many seconds in which somebody exchanged so many bytes with others.
fn capture(seconds: i64, others: &[(&str, u64)]) -> Statistics {
    let mut statistics = Statistics::default();
    statistics.totals.start = Some(Timestamp::from_seconds(1_000, 0));
    statistics.totals.end = Some(Timestamp::from_seconds(1_000 + seconds, 0));
    let pair = |(other, bytes): &(&str, u64)| Pair {
        a: address(HOME),
        b: address(other),
        exchange: Exchange {
            forth: volume(*bytes),
            back: Volume::default(),
            first: Nanoseconds::ZERO,
            last: Nanoseconds::ZERO,
        },
    };
    statistics.internet = others.iter().map(pair).collect();
    statistics
}

fn verdict(before: &Statistics, after: &Statistics, of: &str) -> Option<Verdict> {
    let comparison = compare(before, after, None);
    let subject = Subject::Address(address(of));
    comparison
        .changes
        .iter()
        .find(|change| change.subject == subject)
        .map(|change| change.verdict)
}

#[test]
fn what_is_new_and_what_is_gone_is_told_however_little_it_is() {
    let (before, after) = (capture(60, &[("10.0.0.1", 50)]), capture(60, &[("10.0.0.2", 50)]));
    assert_eq!(verdict(&before, &after, "10.0.0.2"), Some(Verdict::New));
    assert_eq!(verdict(&before, &after, "10.0.0.1"), Some(Verdict::Gone));
    assert_eq!(verdict(&before, &after, HOME), None);
}

#[test]
fn captures_of_different_length_are_compared_by_rate() {
    let before = capture(60, &[("10.0.0.1", 1_000_000)]);
    assert_eq!(
        verdict(&before, &capture(600, &[("10.0.0.1", 10_000_000)]), "10.0.0.1"),
        None
    );
    assert_eq!(
        verdict(&before, &capture(600, &[("10.0.0.1", 30_000_000)]), "10.0.0.1"),
        Some(Verdict::Grew)
    );
    assert_eq!(
        verdict(&before, &capture(600, &[("10.0.0.1", 1_000_000)]), "10.0.0.1"),
        Some(Verdict::Shrank)
    );
}

#[test]
fn a_trickle_that_doubled_is_no_news() {
    let (before, after) = (capture(60, &[("10.0.0.1", 100)]), capture(60, &[("10.0.0.1", 900)]));
    assert_eq!(verdict(&before, &after, "10.0.0.1"), None);
}

#[test]
fn a_protocol_inside_itself_counts_once() {
    let rows = |bytes| {
        ["ip", "gre", "ip"]
            .iter()
            .enumerate()
            .map(move |(depth, protocol)| HierarchyRow {
                depth,
                protocol,
                volume: volume(bytes),
            })
    };
    let (mut before, mut after) = (capture(60, &[]), capture(60, &[]));
    before.hierarchy = rows(100_000).collect();
    after.hierarchy = rows(900_000).collect();
    let comparison = compare(&before, &after, None);
    let ip = comparison
        .changes
        .iter()
        .find(|change| change.subject == Subject::Protocol("ip"))
        .unwrap();
    assert_eq!((ip.verdict, ip.after.volume.bytes), (Verdict::Grew, 900_000));
    assert_eq!(ip.factor(), Some(9.0));
}

#[test]
fn nothing_changed_between_a_capture_and_itself() {
    let capture = capture(60, &[("10.0.0.1", 1_000_000), ("10.0.0.2", 7)]);
    let comparison = compare(&capture, &capture, None);
    assert!(comparison.changes.is_empty());
    assert_eq!(comparison.unchanged, 5);
}

#[test]
fn the_largest_difference_comes_first_within_its_kind() {
    let before = capture(60, &[]);
    let after = capture(60, &[("10.0.0.1", 1_000), ("10.0.0.2", 9_000)]);
    let subjects: Vec<Subject> = compare(&before, &after, None)
        .changes
        .into_iter()
        .map(|change| change.subject)
        .collect();
    assert_eq!(
        subjects[..3],
        [HOME, "10.0.0.2", "10.0.0.1"].map(|text| Subject::Address(address(text)))
    );
}
