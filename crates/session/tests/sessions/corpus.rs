//! Agreement with what tshark says about the captures of the corpus, where it is there.
//!
//! The corpus is no part of the project. Its truth was made by tshark 4.0, which is evidence and not truth itself; what is
//! known to differ for a reason is listed in `docs/differences.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use whotalks_pcap::format_of;
use whotalks_record::{
    DnsTransaction, EvidenceId, Flow, IpProtocol, Issue, NameObservation, NameSource, Packet, Record, Sink, Source,
};
use whotalks_session::{IdleLimits, Limits, Sessions};

/// The least share of statements that agree.
const TARGET: f64 = 0.99;

#[derive(Default)]
struct Heard {
    packets: u64,
    flows: Vec<Flow>,
    names: Vec<NameObservation>,
    dns: Vec<DnsTransaction>,
}

impl Sink for Heard {
    fn record(&mut self, record: Record) {
        match record {
            Record::Flow(flow) => self.flows.push(flow),
            Record::Name(name) => self.names.push(name),
            Record::Dns(transaction) => self.dns.push(transaction),
            Record::Range(range) => self.packets += range.units,
            _ => {}
        }
    }

    fn packet(&mut self, _: &Packet<'_>) {}

    fn issue(&mut self, _: Issue) {}
}

fn read(bytes: &[u8]) -> Option<Heard> {
    let mut heard = Heard::default();
    let mut sessions = Sessions::new(
        &mut heard,
        Limits {
            idle: IdleLimits::NEVER,
            ..Limits::default()
        },
    );
    let mut input = bytes;
    let source = Source {
        evidence: EvidenceId(1),
        bytes: &mut input,
        length: None,
        modified: None,
    };
    format_of(bytes)?.reader().read(source, &mut sessions);
    sessions.finish(EvidenceId(1));
    heard.flows.sort_by_key(|flow| flow.id);
    Some(heard)
}

pub(crate) fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    println!("skipped: {} is not there", corpus.display());
    None
}

/// Captures that were read, with the truth about them.
fn captures(corpus: &Path) -> Vec<(String, Heard, Value)> {
    let mut paths: Vec<_> = fs::read_dir(corpus.join("pcap"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let read_one = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let truth = fs::read(corpus.join("truth").join(format!("{name}.json"))).ok()?;
        let heard = read(&fs::read(path).unwrap())?;
        Some((name, heard, serde_json::from_slice(&truth).unwrap()))
    };
    paths.iter().filter_map(read_one).collect()
}

/// Statements compared and those that differ.
#[derive(Default)]
struct Score {
    total: usize,
    differences: Vec<String>,
}

impl Score {
    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, ours: &T, theirs: &T) {
        self.total += 1;
        if ours != theirs {
            self.differences.push(format!("{what}: {ours:?}, tshark {theirs:?}"));
        }
    }

    fn compare_sets(&mut self, what: &str, ours: &BTreeSet<String>, theirs: &BTreeSet<String>) {
        self.total += 1;
        let (more, fewer): (Vec<_>, Vec<_>) = (ours.difference(theirs).collect(), theirs.difference(ours).collect());
        if !more.is_empty() || !fewer.is_empty() {
            self.differences
                .push(format!("{what}: only here {more:?}, only tshark {fewer:?}"));
        }
    }
}

fn texts(list: &Value) -> BTreeSet<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_lowercase)
        .collect()
}

fn of_protocol(heard: &Heard, protocol: IpProtocol) -> Vec<&Flow> {
    heard
        .flows
        .iter()
        .filter(|flow| flow.key.protocol == protocol && flow.key.client.port != 0)
        .collect()
}

fn compare(name: &str, heard: &Heard, truth: &Value, score: &mut Score) {
    score.compare(
        &format!("{name} packets"),
        &heard.packets,
        &truth["packets"].as_u64().unwrap(),
    );
    let (tcp, udp) = (of_protocol(heard, IpProtocol::TCP), of_protocol(heard, IpProtocol::UDP));
    score.compare(
        &format!("{name} tcp streams"),
        &(tcp.len() as u64),
        &truth["tcp_streams"].as_u64().unwrap(),
    );
    score.compare(
        &format!("{name} udp streams"),
        &(udp.len() as u64),
        &truth["udp_streams"].as_u64().unwrap(),
    );
    if tcp.len() as u64 == truth["tcp_streams"].as_u64().unwrap() {
        compare_round_trips(name, &tcp, &truth["tcp"], score);
    }
    compare_names(name, heard, truth, score);
}

/// Initial round trips, to the nanosecond.
fn compare_round_trips(name: &str, tcp: &[&Flow], truth: &Value, score: &mut Score) {
    for (flow, stream) in tcp.iter().zip(truth.as_array().into_iter().flatten()) {
        let theirs = stream["irtt"]
            .as_str()
            .map(|text| text.replace('.', "").parse::<i64>().unwrap());
        let ours = flow.tcp.and_then(|tcp| tcp.initial_rtt()).map(|span| span.0);
        score.compare(&format!("{name} round trip of {}", flow.key), &ours, &theirs);
    }
}

fn compare_names(name: &str, heard: &Heard, truth: &Value, score: &mut Score) {
    let named = |wanted: fn(NameSource) -> bool| -> BTreeSet<String> {
        let of_source = heard.names.iter().filter(|name| wanted(name.source));
        of_source.map(|name| name.name.to_string()).collect()
    };
    let sni = named(|source| matches!(source, NameSource::TlsSni(_) | NameSource::QuicSni(_)));
    score.compare_sets(&format!("{name} SNI"), &sni, &texts(&truth["sni_list"]));
    // A CONNECT request need not carry a Host header, and tshark's list is of headers.
    let theirs = hosts_of(&truth["http_hosts"]);
    let tunnels = named(|source| source == NameSource::HttpConnect);
    let hosts = named(|source| matches!(source, NameSource::HttpHost | NameSource::HttpAbsolute));
    let hosts = &hosts | &(&tunnels & &theirs);
    score.compare_sets(&format!("{name} HTTP hosts"), &hosts, &theirs);
    let dns = heard
        .dns
        .iter()
        .map(|transaction| transaction.name.to_string())
        .collect();
    score.compare_sets(&format!("{name} DNS names"), &dns, &texts(&truth["dns_names"]));
}

/// Without ports and addresses.
fn hosts_of(list: &Value) -> BTreeSet<String> {
    let host = |text: String| text.rsplit_once(':').map_or(text.clone(), |(host, _)| host.to_owned());
    let is_name = |host: &String| host.parse::<std::net::IpAddr>().is_err() && !host.starts_with('[');
    texts(list).into_iter().map(host).filter(is_name).collect()
}

#[test]
fn flows_round_trips_and_names_agree_with_tshark() {
    let Some(corpus) = corpus() else { return };
    let mut score = Score::default();
    for (name, heard, truth) in captures(&corpus) {
        compare(&name, &heard, &truth, &mut score);
    }
    for difference in &score.differences {
        println!("{difference}");
    }
    let agreeing = score.total - score.differences.len();
    let share = agreeing as f64 / score.total as f64;
    println!("{agreeing} of {} statements agree: {:.2} %", score.total, share * 100.0);
    assert!(share >= TARGET, "{share}");
}
