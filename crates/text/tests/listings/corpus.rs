//! The real listings of the corpus, counted here by other means than the reader's.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::shared::{Read, read};
use whotalks_record::{IssueKind, Record};
use whotalks_text::{Certainty, TextKind, describe, sniff};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/text");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no corpus at {}", folder.display());
    None
}

fn file(name: &str) -> Option<Vec<u8>> {
    Some(std::fs::read(folder()?.join(name)).unwrap())
}

/// Lines that begin with one of `words`, blanks aside.
fn lines_beginning(bytes: &[u8], words: &[&str]) -> usize {
    let text = String::from_utf8_lossy(bytes).into_owned();
    text.lines()
        .filter(|line| words.iter().any(|word| line.trim_start().starts_with(word)))
        .count()
}

fn read_whole(name: &str) -> Option<(Vec<u8>, Read)> {
    let bytes = file(name)?;
    let read = read(&bytes);
    Some((bytes, read))
}

#[test]
fn every_row_of_the_english_windows_listings_is_read() {
    for name in ["an", "aon", "aonb"] {
        let Some((bytes, read)) = read_whole(&format!("jc__windows_windows-10_netstat-{name}.out")) else {
            return;
        };
        // One row of `-an` was made anonymous into something that is no address: `fe80::asda:4124:…`.
        let spoiled = usize::from(name == "an");
        let rows = lines_beginning(&bytes, &["TCP ", "UDP "]);
        assert_eq!(
            (read.sockets().len() + spoiled, read.issues.len()),
            (rows, spoiled),
            "{name}"
        );
        let pids = read.sockets().iter().filter(|socket| socket.pid.is_some()).count();
        assert_eq!(pids, if name == "an" { 0 } else { read.sockets().len() }, "{name}");
    }
}

#[test]
fn every_image_of_the_listing_with_owners_belongs_to_a_row() {
    let Some((bytes, read)) = read_whole("jc__windows_windows-10_netstat-aonb.out") else {
        return;
    };
    let images = read.sockets().iter().filter(|socket| socket.image.is_some()).count();
    assert_eq!(images, lines_beginning(&bytes, &["["]));
    let text = String::from_utf8(bytes).unwrap();
    let components = text
        .lines()
        .filter(|line| line.starts_with("  ") && line.split_whitespace().count() == 1)
        .count();
    let read_components = read
        .sockets()
        .iter()
        .filter(|socket| socket.component.is_some())
        .count();
    assert_eq!(read_components, components);
}

#[test]
fn the_japanese_listing_is_the_same_in_both_encodings() {
    let names = ["utf8", "cp932"].map(|encoding| format!("store20856139230__netstat-ano-ja.{encoding}.txt"));
    let reads: Vec<Read> = names.iter().filter_map(|name| Some(read_whole(name)?.1)).collect();
    let [one, two] = reads.as_slice() else {
        return;
    };
    assert_eq!(one.sockets().len(), 16);
    let ends = |read: &Read| -> Vec<_> {
        read.sockets()
            .iter()
            .map(|s| (s.local, s.remote, s.state, s.pid))
            .collect()
    };
    assert_eq!(ends(one), ends(two));
}

#[test]
fn linux_rows_with_numbers_are_read_and_rows_with_names_are_reported() {
    for (name, rows, named) in [
        ("jc__centos-7.7_netstat-p.out", 0, 1),
        ("jc__centos-7.7_netstat-sudo-aeep.out", 3, 6),
        ("jc__generic_netstat-no-state.out", 4, 0),
        ("jc__ubuntu-18.04_netstat-p.out", 0, 2),
        ("jc__ubuntu-18.04_netstat-sudo-lnp.out", 6, 0),
        ("jc__centos-7.7_ss-sudo-a.out", 9, 0),
        ("jc__ubuntu-18.04_ss-sudo-a.out", 6, 0),
    ] {
        let Some((bytes, read)) = read_whole(name) else {
            return;
        };
        assert_eq!(
            (read.sockets().len(), read.issues.len()),
            (rows, named),
            "{name}:\n{}",
            read.text()
        );
        assert_eq!(lines_beginning(&bytes, &["tcp", "udp"]), rows + named, "{name}");
    }
}

#[test]
fn a_wide_ss_listing_gives_one_row_per_process() {
    let Some((bytes, read)) = read_whole("jc__generic_ss-wide.out") else {
        return;
    };
    let text = String::from_utf8(bytes).unwrap();
    let pids = |line: &str| -> BTreeSet<String> {
        let parts = line.split("pid=").skip(1);
        parts
            .map(|part| part.chars().take_while(char::is_ascii_digit).collect())
            .collect()
    };
    let rows = text
        .lines()
        .filter(|line| line.starts_with("tcp") || line.starts_with("udp"));
    let expected: usize = rows.map(|line| pids(line).len().max(1)).sum();
    assert_eq!(read.sockets().len(), expected);
    assert!(expected > 300, "{expected}");
}

#[test]
fn listings_and_other_texts_are_told_apart() {
    let Some(folder) = folder() else {
        return;
    };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let prefix = &bytes[..bytes.len().min(65_536)];
        let kinds = ["netstat-", "_ss-", "_route.out", "_systeminfo.out", "_ipconfig.out"];
        let listing = kinds.iter().any(|kind| name.contains(kind));
        let found = sniff(prefix);
        assert_eq!(found.is_some(), listing, "{name}: {found:?}");
        // Two of them have one or two rows, and those with names in place of addresses.
        let excerpt = name.ends_with("netstat-p.out");
        let certain = found.is_some_and(|found| found.certainty == Certainty::Certain);
        assert_eq!(certain, listing && !excerpt, "{name}");
    }
}

#[test]
fn other_texts_are_named() {
    for (name, kind) in [
        ("ebpfwin__docs_TroubleshootingGuide.md", TextKind::Markdown),
        ("elastic__squid-access.part1.log", TextKind::SquidLog),
        ("jc__ubuntu-18.04_lsof-sudo.out", TextKind::Lsof),
        ("jc__windows_windows-10_route.out", TextKind::RouteTable),
        ("jc__windows_windows-10_systeminfo.out", TextKind::Systeminfo),
        ("jc__windows_windows-2016_ipconfig.out", TextKind::Ipconfig),
        ("plaso__apache_access.log", TextKind::WebLog),
        ("plaso__aws_elb_access.log", TextKind::LoadBalancerLog),
        ("plaso__iis_iis10.log", TextKind::IisLog),
        ("plaso__windows_firewall.log", TextKind::FirewallLog),
        ("portmaster__wfpstate.xml", TextKind::Xml),
    ] {
        let Some(bytes) = file(name) else {
            return;
        };
        assert_eq!(describe(&bytes), kind, "{name}");
    }
}

#[test]
fn every_row_of_the_firewall_log_is_read_and_its_loss_told() {
    let Some(bytes) = file("plaso__windows_firewall.log") else {
        return;
    };
    let read = crate::shared::read_firewall(&bytes);
    let range = read.records.iter().find_map(|record| match record {
        Record::Range(range) => Some((range.units, range.lost)),
        _ => None,
    });
    assert_eq!(range, Some((15, Some(59))));
    let events = read
        .records
        .iter()
        .filter(|record| matches!(record, Record::Connection(_)));
    // Three rows close a connection, and one tells of the loss.
    assert_eq!(events.count(), 11);
    assert!(
        !read
            .issues
            .iter()
            .any(|issue| matches!(issue.kind, IssueKind::Malformed { .. }))
    );
}
