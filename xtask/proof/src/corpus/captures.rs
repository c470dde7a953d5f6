//! A capture as whotalks reads it, against what tshark said.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

use whotalks_record::{CloseReason, Endpoint, Flow, Initiator, IpProtocol, NameSource, Nanoseconds, Record};

use super::truth::{self, TcpStream};

/// Two round-trip times are the same when they differ by less than this: tshark shows what the capture's clock resolves,
/// and the truth is kept to the microsecond.
const SAME_RTT: Nanoseconds = Nanoseconds(1_000);

/// One figure that can agree or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comparison {
    /// What: `packets`, `initial-rtt tcp:3`, `dns www.example.net`.
    pub(super) figure: String,
    /// Nothing where both agree, else what differs.
    pub(super) difference: Option<String>,
}

/// What whotalks read from a capture.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) packets: u64,
    pub(super) flows: Vec<Flow>,
    pub(super) server_names: BTreeSet<String>,
    pub(super) http_hosts: BTreeSet<String>,
    pub(super) dns_names: BTreeSet<String>,
}

impl Reading {
    /// Keeps what is compared of a record.
    pub(super) fn add(&mut self, record: &Record) {
        match record {
            Record::Flow(flow) => self.flows.push(flow.clone()),
            Record::Dns(dns) => drop(self.dns_names.insert(dns.name.to_string())),
            Record::Name(name) => self.add_name(name.source, &name.name),
            _ => {}
        }
    }

    fn add_name(&mut self, source: NameSource, name: &str) {
        match source {
            NameSource::TlsSni(_) | NameSource::QuicSni(_) => drop(self.server_names.insert(name.to_lowercase())),
            NameSource::HttpHost | NameSource::HttpAbsolute | NameSource::HttpConnect => {
                self.http_hosts.extend(host_name(name));
            }
            NameSource::SocksTarget | NameSource::TlsCertificate => {}
        }
    }

    fn flows_of(&self, protocol: IpProtocol) -> impl Iterator<Item = &Flow> {
        self.flows.iter().filter(move |flow| flow.key.protocol == protocol)
    }

    /// whotalks ends a flow that is idle, tshark never: what goes on after silence without a SYN is one stream there.
    fn tcp_streams(&self) -> u64 {
        let mut idle = BTreeSet::new();
        let mut streams = 0;
        for flow in self.flows_of(IpProtocol::TCP) {
            let goes_on = idle.contains(&pair(flow)) && flow.initiator != Initiator::Syn;
            streams += u64::from(!goes_on);
            if flow
                .tcp
                .is_some_and(|tcp| matches!(tcp.close, CloseReason::Idle | CloseReason::Unanswered))
            {
                idle.insert(pair(flow));
            }
        }
        streams
    }

    /// UDP has no beginning and no end: whotalks ends a flow when it is idle, tshark never. So pairs of ends are compared.
    fn udp_pairs(&self) -> u64 {
        let pairs: BTreeSet<_> = self.flows_of(IpProtocol::UDP).map(pair).collect();
        pairs.len() as u64
    }
}

/// Compares every figure.
pub(super) fn compare(truth: &truth::Capture, reading: &Reading) -> Vec<Comparison> {
    let mut comparisons = vec![
        number("packets", truth.packets, reading.packets),
        number("tcp-streams", truth.tcp_streams, reading.tcp_streams()),
        number("udp-streams", truth.udp_streams, reading.udp_pairs()),
    ];
    comparisons.extend(round_trips(&truth.tcp, reading));
    comparisons.extend(names(
        "dns",
        &truth.dns_names.iter().filter_map(|name| dns_name(name)).collect(),
        &reading.dns_names,
    ));
    comparisons.extend(names("sni", &truth.server_names(), &reading.server_names));
    let hosts = truth.hosts().filter_map(host_name).collect();
    comparisons.extend(names("http-host", &hosts, &reading.http_hosts));
    comparisons
}

/// Compares two numbers.
pub(super) fn number(figure: &str, expected: u64, actual: u64) -> Comparison {
    let difference = (expected != actual).then(|| format!("expected {expected}, got {actual}"));
    Comparison {
        figure: figure.to_owned(),
        difference,
    }
}

fn names(kind: &str, expected: &BTreeSet<String>, actual: &BTreeSet<String>) -> Vec<Comparison> {
    let all = expected.union(actual);
    let compared = all.map(|name| {
        let difference = match (expected.contains(name), actual.contains(name)) {
            (true, false) => Some("expected, not read".to_owned()),
            (false, true) => Some("read, not expected".to_owned()),
            _ => None,
        };
        Comparison {
            figure: format!("{kind} {}", name.escape_debug()),
            difference,
        }
    });
    compared.collect()
}

fn round_trips(streams: &[TcpStream], reading: &Reading) -> Vec<Comparison> {
    let mut flows: BTreeMap<_, Vec<&Flow>> = BTreeMap::new();
    for flow in reading.flows_of(IpProtocol::TCP) {
        flows.entry(pair(flow)).or_default().push(flow);
    }
    let compared = streams.iter().filter_map(|stream| {
        let expected = nanoseconds(stream.irtt.as_deref()?)?;
        let actual = nearest(&flows, stream).and_then(|flow| flow.tcp?.initial_rtt());
        Some(Comparison {
            figure: format!("initial-rtt tcp:{}", stream.stream),
            difference: rtt_difference(expected, actual),
        })
    });
    compared.collect()
}

fn rtt_difference(expected: Nanoseconds, actual: Option<Nanoseconds>) -> Option<String> {
    let Some(actual) = actual else {
        return Some(format!("expected {} ns, got none", expected.0));
    };
    let off = Nanoseconds(expected.0 - actual.0).magnitude();
    (off >= SAME_RTT).then(|| format!("expected {} ns, got {} ns", expected.0, actual.0))
}

/// The flow between the same ends that began nearest to the stream's first packet.
fn nearest<'a>(flows: &BTreeMap<(SocketAddr, SocketAddr), Vec<&'a Flow>>, stream: &TcpStream) -> Option<&'a Flow> {
    let source = SocketAddr::new(stream.src.parse().ok()?, stream.sport.parse().ok()?);
    let destination = SocketAddr::new(stream.dst.parse().ok()?, stream.dport.parse().ok()?);
    let first = nanoseconds(&stream.first)?;
    let candidates = flows.get(&ordered(source, destination))?.iter();
    candidates
        .min_by_key(|flow| flow.first.map(|time| time.nanoseconds().abs_diff(first.0)))
        .copied()
}

fn pair(flow: &Flow) -> (SocketAddr, SocketAddr) {
    ordered(socket(flow.key.client), socket(flow.key.server))
}

fn socket(endpoint: Endpoint) -> SocketAddr {
    SocketAddr::new(endpoint.address, endpoint.port)
}

fn ordered(a: SocketAddr, b: SocketAddr) -> (SocketAddr, SocketAddr) {
    if a <= b { (a, b) } else { (b, a) }
}

/// Seconds with nine decimals.
fn nanoseconds(text: &str) -> Option<Nanoseconds> {
    let (seconds, fraction) = text.split_once('.')?;
    let seconds: i64 = seconds.parse().ok()?;
    let fraction: i64 = format!("{fraction:0<9}").parse().ok()?;
    // Like the product, times past the year 2262 stop there.
    Some(Nanoseconds(
        seconds.saturating_mul(1_000_000_000).saturating_add(fraction),
    ))
}

/// tshark keeps the case of a DNS name, and writes `<Root>` for the root and other words in angle brackets, such as `<Name
/// too long>`, where there is no name.
fn dns_name(name: &str) -> Option<String> {
    match name {
        "<Root>" => Some(String::new()),
        _ if name.starts_with('<') => None,
        _ => Some(name.to_lowercase()),
    }
}

/// The name in a Host header without its port; none for an address, which is no name.
fn host_name(host: &str) -> Option<String> {
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => host,
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_address = bare.parse::<IpAddr>().is_ok();
    (!is_address && !host.is_empty()).then(|| host.trim_end_matches('.').to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_header_loses_its_port_and_an_address_is_no_name() {
        assert_eq!(
            host_name("Secure.Example.com:443").as_deref(),
            Some("secure.example.com")
        );
        for address in ["192.168.0.1", "192.168.0.1:8080", "[::1]:8000", "[2001:db8::1]", ""] {
            assert_eq!(host_name(address), None, "{address}");
        }
    }

    #[test]
    fn a_name_on_one_side_only_is_a_difference() {
        let expected = BTreeSet::from(["a".to_owned(), "b".to_owned()]);
        let actual = BTreeSet::from(["b".to_owned(), "c".to_owned()]);
        let differing: Vec<_> = names("dns", &expected, &actual)
            .into_iter()
            .map(|comparison| (comparison.figure, comparison.difference.is_some()))
            .collect();
        let expected = [("dns a", true), ("dns b", false), ("dns c", true)];
        assert_eq!(
            differing,
            expected.map(|(figure, differs)| (figure.to_owned(), differs))
        );
    }

    #[test]
    fn round_trip_times_agree_to_the_microsecond() {
        let expected = nanoseconds("0.000745000").unwrap();
        assert_eq!(expected, Nanoseconds(745_000));
        assert_eq!(rtt_difference(expected, Some(Nanoseconds(745_999))), None);
        assert!(rtt_difference(expected, Some(Nanoseconds(746_000))).is_some());
        assert!(rtt_difference(expected, None).is_some());
    }
}
