//! What each flow was recognised as, against what nDPI said: `truth/upstream-ndpi/NAME.out`.
//!
//! Only what nDPI found in the content counts; where it went by a port or an address, it says nothing that could be compared.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;

use whotalks_record::{ApplicationProtocol, Endpoint, Flow, IpProtocol};
use xtask::error::{Error, Result};
use xtask::output::say;

use super::captures::Comparison;
use super::differences::Differences;
use super::page::Row;
use super::reading;
use crate::proof::Proof;

/// nDPI's names and the words of whotalks that mean the same.
const NAMES: &str = include_str!("../../data/ndpi-applications.txt");
/// The least share of flows that agree.
const LEAST_SHARE: f64 = 0.95;

/// A flow as nDPI saw it.
#[derive(Debug, PartialEq, Eq)]
struct Seen<'a> {
    protocol: IpProtocol,
    ends: [SocketAddr; 2],
    /// What carries it all.
    name: &'a str,
    /// What is inside of that, as far as nDPI has a name for it: a protocol or somebody who offers it.
    inside: Option<&'a str>,
}

/// What came of one flow.
struct Judged {
    row: Row,
    /// Whether whotalks named another protocol than nDPI.
    is_wrong: bool,
}

/// Compares every flow of every capture that nDPI was asked about.
pub(super) fn run(corpus: &Path, files: &[String], proof: &mut Proof) -> Result<Vec<Row>> {
    let differences = Differences::read()?;
    let names = names();
    let mut judged = Vec::new();
    for file in files {
        judged.extend(of_file(corpus, file, &names, &differences)?);
    }
    for flow in &judged {
        let outcome = flow.row.comparison.difference.clone().map_or(Ok(()), Err);
        proof.case(&format!("{} {}", flow.row.file, flow.row.comparison.figure), outcome);
    }
    judge(&judged, proof);
    Ok(judged.into_iter().map(|flow| flow.row).collect())
}

fn judge(judged: &[Judged], proof: &mut Proof) {
    let total = judged.len();
    let agree = judged.iter().filter(|flow| flow.row.agrees()).count();
    let unexplained = |flow: &&Judged| !flow.row.agrees() && flow.row.reason.is_none();
    let wrong = judged.iter().filter(unexplained).filter(|flow| flow.is_wrong).count();
    let share = if total == 0 { 1.0 } else { agree as f64 / total as f64 };
    say(&format!(
        "applications: {agree} of {total} flows agree with nDPI ({:.2} %)",
        share * 100.0
    ));
    proof.figure("application_flows", total as f64);
    proof.figure("application_agreement_share", share);
    proof.figure("application_wrong_unexplained", wrong as f64);
    proof.require(
        share >= LEAST_SHARE,
        format!("{:.2} % of the flows agree with nDPI, wanted 95 %", share * 100.0),
    );
    proof.require(
        wrong == 0,
        format!("{wrong} flows are given another protocol than nDPI's, without a reason in docs/differences.toml"),
    );
    let left = judged.iter().filter(unexplained).count();
    proof.require(
        left == 0,
        format!("{left} differences of applications have no reason in docs/differences.toml"),
    );
}

fn of_file(
    corpus: &Path,
    file: &str,
    names: &BTreeMap<&str, Vec<&str>>,
    differences: &Differences,
) -> Result<Vec<Judged>> {
    let Some(name) = file.strip_prefix("pcap/") else {
        return Ok(Vec::new());
    };
    let path = corpus.join("truth/upstream-ndpi").join(format!("{name}.out"));
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let text = std::fs::read(&path).map_err(Error::reading(&path))?;
    let text = String::from_utf8_lossy(&text);
    let flows = by_ends(&reading::read(&corpus.join(file)).capture.flows);
    let seen = text.lines().filter_map(parse);
    let compared = seen.filter_map(|seen| {
        let inside = seen.inside.and_then(|inside| names.get(inside)).into_iter().flatten();
        let wanted: Vec<&str> = names.get(seen.name)?.iter().chain(inside).copied().collect();
        compare(&seen, &wanted, &flows)
    });
    let explained = compared.map(|(comparison, is_wrong)| Judged {
        row: Row {
            file: file.to_owned(),
            reason: differences
                .explain(file, &comparison.figure)
                .map(|known| known.reason.clone()),
            comparison,
        },
        is_wrong,
    });
    Ok(explained.collect())
}

/// The protocols of all flows between two ends; those that carried nothing are left out.
fn by_ends(flows: &[Flow]) -> BTreeMap<(u8, [SocketAddr; 2]), BTreeSet<ApplicationProtocol>> {
    let mut by_ends: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for flow in flows {
        if flow.sent.payload_bytes + flow.received.payload_bytes > 0 {
            let ends = ordered([flow.key.client, flow.key.server].map(socket));
            by_ends
                .entry((flow.key.protocol.0, ends))
                .or_default()
                .insert(flow.application);
        }
    }
    by_ends
}

/// Whether one of the flows between the ends has one of the wanted words; nothing where they carried nothing.
fn compare(
    seen: &Seen<'_>,
    wanted: &[&str],
    flows: &BTreeMap<(u8, [SocketAddr; 2]), BTreeSet<ApplicationProtocol>>,
) -> Option<(Comparison, bool)> {
    let found = flows.get(&(seen.protocol.0, seen.ends))?;
    let agrees = found.iter().any(|protocol| wanted.contains(&protocol.word()));
    let words: Vec<&str> = found.iter().map(|protocol| protocol.word()).collect();
    let transport = if seen.protocol == IpProtocol::TCP { "tcp" } else { "udp" };
    let [one, other] = seen.ends;
    let comparison = Comparison {
        figure: format!("application {transport} {one} {other}"),
        difference: (!agrees).then(|| format!("nDPI says {}, whotalks {}", seen.name, words.join(", "))),
    };
    let is_named = found.iter().any(|protocol| *protocol != ApplicationProtocol::Unknown);
    Some((comparison, !agrees && is_named))
}

/// Reads the line of a flow: `1 TCP a:p <-> b:p [proto: 91.203/TLS.Github]…[Confidence: DPI]…`; none where nDPI did not go by
/// the content.
fn parse(line: &str) -> Option<Seen<'_>> {
    let mut words = line.split_whitespace().skip(1);
    let protocol = match words.next()? {
        "TCP" => IpProtocol::TCP,
        "UDP" => IpProtocol::UDP,
        _ => return None,
    };
    let one = words.next()?.parse().ok()?;
    words.next().filter(|arrow| matches!(*arrow, "->" | "<->"))?;
    let other = words.next()?.parse().ok()?;
    let confidence = field(line, "[Confidence: ")?;
    let name = field(line, "[proto: ")?.rsplit('/').next()?;
    // Inside a tunnel the tunnel's name stands before a colon, behind the number.
    let (master, inside) = match name.split_once('.') {
        Some((master, inside)) => (master, Some(inside)),
        None => (name, None),
    };
    confidence.starts_with("DPI").then(|| Seen {
        protocol,
        ends: ordered([one, other]),
        name: master,
        inside,
    })
}

/// What stands in the brackets that begin with `start`.
fn field<'a>(line: &'a str, start: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(start)?;
    rest.split(']').next()
}

fn names() -> BTreeMap<&'static str, Vec<&'static str>> {
    let lines = NAMES.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| {
        let mut words = line.split(' ');
        Some((words.next()?, words.collect()))
    });
    rows.collect()
}

fn socket(endpoint: Endpoint) -> SocketAddr {
    SocketAddr::new(endpoint.address, endpoint.port)
}

fn ordered([one, other]: [SocketAddr; 2]) -> [SocketAddr; 2] {
    if one <= other { [one, other] } else { [other, one] }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "\t1\tTCP [2001:db8::2]:64768 <-> [2001:db8::1]:443 [VLAN: 77][proto: 91.203/TLS.Github][IP: 0/Unknown]\
        [Encrypted][Confidence: DPI][cat: Web/5]";

    #[test]
    fn a_line_states_the_ends_the_master_and_what_is_inside() {
        let seen = parse(LINE).unwrap();
        assert_eq!(
            (seen.protocol, seen.name, seen.inside),
            (IpProtocol::TCP, "TLS", Some("Github"))
        );
        assert_eq!(
            seen.ends,
            ["[2001:db8::1]:443", "[2001:db8::2]:64768"].map(|end| end.parse().unwrap())
        );
    }

    #[test]
    fn what_ndpi_guesses_by_the_port_is_not_compared() {
        assert_eq!(parse(&LINE.replace("DPI", "Match by port")), None);
        assert_eq!(parse("Automa host:          1/0 (search/found)"), None);
    }

    #[test]
    fn every_word_that_is_wanted_exists() {
        for (name, words) in names() {
            for word in words {
                assert!(ApplicationProtocol::from_word(word).is_some(), "{name}: {word}");
            }
        }
    }
}
