//! Every file of the shared corpus is told for what it is.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{corpus, format_of};

/// Files outside `pcap/` whose folder and ending do not say what they are.
const LISTED: &[(&str, &str)] = &[
    ("csv/elastic__nsg-flow-v2.jsonl", "azure-flow-log"),
    ("csv/graph2otel__DeviceNetworkEvents.json", "defender-json"),
    ("csv/store4028576564__nsg-flow-v2.json", "azure-flow-log"),
    ("csv/store54958658306__audit-baseline.csv", "auditpol"),
    ("text/ebpfwin__docs_TroubleshootingGuide.md", "markdown"),
    ("text/elastic__squid-access.part1.log", "squid-log"),
    ("text/jc__centos-7.7_ss-sudo-a.out", "ss"),
    ("text/jc__generic_ss-wide.out", "ss"),
    ("text/jc__ubuntu-18.04_ss-sudo-a.out", "ss"),
    ("text/jc__ubuntu-18.04_lsof-sudo.out", "lsof"),
    ("text/jc__windows_windows-10_route.out", "route-table"),
    ("text/jc__windows_windows-10_systeminfo.out", "systeminfo"),
    ("text/jc__windows_windows-2016_ipconfig.out", "ipconfig"),
    ("text/plaso__apache_access.log", "web-log"),
    ("text/plaso__aws_elb_access.log", "load-balancer-log"),
    ("text/plaso__iis_iis10.log", "iis-log"),
    ("text/plaso__windows_firewall.log", "firewall-log"),
    ("text/portmaster__wfpstate.xml", "wfp-state"),
];

/// What a file outside `pcap/` is, by the folder that its collector put it in.
fn expected(name: &str) -> Option<&'static str> {
    if let Some((_, word)) = LISTED.iter().find(|(listed, _)| *listed == name) {
        return Some(word);
    }
    match name.split_once('/')? {
        ("etl", _) => Some("etl"),
        ("zeek", _) => Some("zeek-log"),
        ("evtx", file) if file.ends_with(".evtx") => Some("evtx"),
        ("evtx", _) => Some("event-json"),
        ("text", file) if file.contains("netstat") => Some("netstat"),
        _ => None,
    }
}

/// The type that `capinfos` states for a capture, in our words.
fn stated_by_capinfos(corpus: &Path, file: &str) -> Option<&'static str> {
    let stats = std::fs::read_to_string(corpus.join(format!("truth/{file}.stats.txt"))).ok()?;
    match stats.lines().nth(3)?.split('\t').nth(1)? {
        "pcap" | "nsecpcap" | "modpcap" => Some("pcap"),
        "pcapng" => Some("pcapng"),
        "netmon2" => Some("netmon"),
        "snoop" => Some("snoop"),
        _ => None,
    }
}

fn disagreements(
    folder: &str,
    truth: impl Fn(&Path, &str) -> Option<&'static str>,
) -> Option<(usize, BTreeMap<String, String>)> {
    let corpus = corpus()?;
    let mut checked = 0;
    let mut wrong = BTreeMap::new();
    for entry in std::fs::read_dir(corpus.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let file = entry.file_name().into_string().unwrap();
        let word = format_of(&entry.path()).word();
        let Some(truth) = truth(&corpus, &file) else { continue };
        checked += 1;
        // The truth of a compressed capture is that of the capture inside.
        if word != truth && word != "zstd" {
            wrong.insert(file, format!("{word}, not {truth}"));
        }
    }
    Some((checked, wrong))
}

#[test]
fn every_capture_is_what_capinfos_says() {
    if let Some((checked, wrong)) = disagreements("pcap", stated_by_capinfos) {
        assert!(checked > 200, "{checked}");
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[test]
fn every_other_file_is_what_its_collector_says() {
    for (folder, least) in [("csv", 4), ("etl", 6), ("evtx", 45), ("text", 20), ("zeek", 20)] {
        let truth = |_: &Path, file: &str| expected(&format!("{folder}/{file}"));
        if let Some((checked, wrong)) = disagreements(folder, truth) {
            assert!(checked >= least, "{folder}: {checked}");
            assert!(wrong.is_empty(), "{folder}: {wrong:#?}");
        }
    }
}
