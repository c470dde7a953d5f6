//! Which end of an inbound connection event is the host's own.
//!
//! Microsoft documents `SourceAddress` of 5156 and 5157 as the initiator. Windows 8 and later do so; Windows 7 and Server 2008 R2
//! logged their own end as the source in both directions, and no field of the event tells the two apart (both log version 1).
//! Sysmon 3 repeats the difference for TCP. So each host's convention is found from events that can only be read one way, and
//! events before the first such one wait for it. Without any, the documented reading holds.

use std::collections::{HashMap, HashSet, VecDeque};

use foldhash::fast::RandomState;
use whotalks_record::{
    ConnectionEvent, ConnectionEventKind, Direction, Endpoint, IpProtocol, Record, Text, is_multicast_or_broadcast,
};

/// The most records that wait for a host's convention: some tens of seconds of a busy log, about 4 MiB.
const MOST_WAITING: usize = 8_192;

/// The most hosts whose convention is remembered; a collector's log holds some thousand.
const MOST_HOSTS: usize = 16_384;

/// The most own addresses and own connections remembered for one host while its convention is open.
const MOST_PER_HOST: usize = 512;

/// Ports above the system range on which Windows itself listens: RDP, WSDAPI, WinRM.
const LISTENING_PORTS: [u16; 5] = [3_389, 5_357, 5_985, 5_986, 47_001];

/// Who is named as the source of an inbound connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Convention {
    /// The initiator, as documented.
    SourceIsRemote,
    /// The logging host (Windows 7).
    SourceIsLocal,
}

/// What is known of one host.
#[derive(Default)]
struct Host {
    convention: Option<Convention>,
    own_addresses: HashSet<std::net::IpAddr>,
    /// Connections of the host to itself as it opened them: initiator, listener.
    own_connections: HashSet<(Endpoint, Endpoint)>,
}

/// Delivers records in their order, with inbound connection events turned the right way round.
#[derive(Default)]
pub(crate) struct Orientation {
    hosts: HashMap<Text, Host, RandomState>,
    waiting: VecDeque<Record>,
}

impl Orientation {
    /// Takes the next record and delivers all that can be delivered.
    pub(crate) fn push(&mut self, record: Record, deliver: &mut dyn FnMut(Record)) {
        if let Record::Connection(event) = &record {
            self.learn(event);
        }
        if self.waiting.is_empty() && self.is_settled(&record) {
            deliver(self.oriented(record));
            return;
        }
        self.waiting.push_back(record);
        while let Some(front) = self.waiting.front() {
            if !self.is_settled(front) && self.waiting.len() <= MOST_WAITING {
                break;
            }
            self.deliver_front(deliver);
        }
    }

    /// Delivers what still waits.
    pub(crate) fn finish(&mut self, deliver: &mut dyn FnMut(Record)) {
        while !self.waiting.is_empty() {
            self.deliver_front(deliver);
        }
    }

    fn deliver_front(&mut self, deliver: &mut dyn FnMut(Record)) {
        if let Some(record) = self.waiting.pop_front() {
            deliver(self.oriented(record));
        }
    }

    fn oriented(&self, mut record: Record) -> Record {
        if let Record::Connection(event) = &mut record
            && is_open(event)
            && self.convention(event.host.as_ref()) == Some(Convention::SourceIsLocal)
        {
            std::mem::swap(&mut event.local, &mut event.remote);
        }
        record
    }

    fn convention(&self, host: Option<&Text>) -> Option<Convention> {
        self.hosts.get(host?)?.convention
    }

    fn is_settled(&self, record: &Record) -> bool {
        match record {
            Record::Connection(event) => !is_open(event) || self.convention(event.host.as_ref()).is_some(),
            _ => true,
        }
    }

    fn learn(&mut self, event: &ConnectionEvent) {
        let Some(name) = &event.host else { return };
        if !self.hosts.contains_key(name) {
            if self.hosts.len() >= MOST_HOSTS {
                return;
            }
            self.hosts.insert(name.clone(), Host::default());
        }
        let Some(host) = self.hosts.get_mut(name) else {
            return;
        };
        if host.convention.is_some() {
            return;
        }
        if is_open(event) {
            host.convention = host.conclude(event);
        } else if event.direction == Some(Direction::Outbound) {
            host.remember(event);
        }
    }
}

/// Whether the event can be read both ways. UDP in Sysmon names the host's own end as source everywhere; packet events follow
/// the packet everywhere.
fn is_open(event: &ConnectionEvent) -> bool {
    let kind = match event.kind {
        ConnectionEventKind::ConnectionPermitted | ConnectionEventKind::ConnectionBlocked => true,
        ConnectionEventKind::SysmonConnection => event.protocol != Some(IpProtocol::UDP),
        _ => false,
    };
    kind && event.direction == Some(Direction::Inbound)
}

impl Host {
    fn remember(&mut self, event: &ConnectionEvent) {
        let Some(local) = event.local else {
            return;
        };
        if !local.is_unspecified() && !local.address.is_loopback() && self.own_addresses.len() < MOST_PER_HOST {
            self.own_addresses.insert(local.address);
        }
        if let Some(remote) = event.remote
            && (remote.address.is_loopback() || remote.address == local.address)
            && self.own_connections.len() < MOST_PER_HOST
        {
            self.own_connections.insert((local, remote));
        }
    }

    /// The convention, where this inbound event leaves no choice. The event arrives read as documented: remote is its source.
    fn conclude(&self, event: &ConnectionEvent) -> Option<Convention> {
        let (source, destination) = (event.remote?, event.local?);
        let votes = [
            (
                is_multicast_or_broadcast(destination.address),
                is_multicast_or_broadcast(source.address),
            ),
            (
                self.own_connections.contains(&(source, destination)),
                self.own_connections.contains(&(destination, source)),
            ),
            self.vote_by_own_address(event.protocol, source, destination),
            (
                is_tcp(event.protocol) && is_listening_port(destination.port),
                is_tcp(event.protocol) && is_listening_port(source.port),
            ),
        ];
        votes.into_iter().find_map(|vote| match vote {
            (true, false) => Some(Convention::SourceIsRemote),
            (false, true) => Some(Convention::SourceIsLocal),
            _ => None,
        })
    }

    /// Only for TCP: a host hears its own broadcasts, with its own address as the initiator's.
    fn vote_by_own_address(
        &self,
        protocol: Option<IpProtocol>,
        source: Endpoint,
        destination: Endpoint,
    ) -> (bool, bool) {
        if !is_tcp(protocol) {
            return (false, false);
        }
        (
            self.own_addresses.contains(&destination.address),
            self.own_addresses.contains(&source.address),
        )
    }
}

fn is_tcp(protocol: Option<IpProtocol>) -> bool {
    protocol == Some(IpProtocol::TCP)
}

/// Ports on which hosts listen and from which no client calls.
fn is_listening_port(port: u16) -> bool {
    (1..1_024).contains(&port) || LISTENING_PORTS.contains(&port)
}

#[cfg(test)]
mod tests {
    use whotalks_record::{EvidenceId, Span, Timestamp};

    use super::*;

    /// A TCP event that names `source` as its source, read as documented.
    fn event(direction: Direction, source: &str, destination: &str) -> Record {
        let [source, destination] = [source, destination].map(|end| {
            let (address, port) = end.rsplit_once(' ').unwrap();
            Some(Endpoint::new(address.parse().unwrap(), port.parse().unwrap()))
        });
        let (local, remote) = match direction {
            Direction::Outbound => (source, destination),
            Direction::Inbound => (destination, source),
        };
        Record::Connection(ConnectionEvent {
            span: Span::whole(EvidenceId(1)),
            time: Timestamp::default(),
            host: Some("pc".into()),
            kind: ConnectionEventKind::ConnectionPermitted,
            pid: None,
            image: None,
            direction: Some(direction),
            protocol: Some(IpProtocol::TCP),
            local,
            remote,
            filter: None,
            filter_origin: None,
            layer_name: None,
            layer_id: None,
            user: None,
            remote_name: None,
        })
    }

    /// The local ends of inbound events, in the order of delivery.
    fn local_ends(records: Vec<Record>) -> Vec<String> {
        let mut orientation = Orientation::default();
        let mut delivered = Vec::new();
        for record in records {
            orientation.push(record, &mut |record| delivered.push(record));
        }
        orientation.finish(&mut |record| delivered.push(record));
        delivered
            .iter()
            .filter_map(|record| match record {
                Record::Connection(event) if event.direction == Some(Direction::Inbound) => event.local,
                _ => None,
            })
            .map(|end| end.to_string())
            .collect()
    }

    #[test]
    fn without_a_telling_event_the_source_is_the_far_end() {
        let open = event(Direction::Inbound, "192.0.2.9 50000", "192.0.2.1 50100");
        assert_eq!(local_ends(vec![open]), ["192.0.2.1:50100"]);
    }

    #[test]
    fn an_event_before_the_telling_one_is_turned_with_it() {
        let open = event(Direction::Inbound, "192.0.2.1 50100", "192.0.2.9 50000");
        let telling = event(Direction::Inbound, "192.0.2.1 445", "192.0.2.9 50001");
        assert_eq!(local_ends(vec![open, telling]), ["192.0.2.1:50100", "192.0.2.1:445"]);
    }

    #[test]
    fn the_hosts_own_address_tells() {
        let own = event(Direction::Outbound, "192.0.2.1 51000", "203.0.113.7 443");
        let documented = event(Direction::Inbound, "192.0.2.9 50000", "192.0.2.1 50100");
        let windows_7 = event(Direction::Inbound, "192.0.2.1 50100", "192.0.2.9 50000");
        assert_eq!(local_ends(vec![own.clone(), documented]), ["192.0.2.1:50100"]);
        assert_eq!(local_ends(vec![own, windows_7]), ["192.0.2.1:50100"]);
    }

    #[test]
    fn a_connection_of_the_host_to_itself_tells() {
        let call = event(Direction::Outbound, "127.0.0.1 49271", "127.0.0.2 40000");
        let accept = event(Direction::Inbound, "127.0.0.2 40000", "127.0.0.1 49271");
        assert_eq!(local_ends(vec![call, accept]), ["127.0.0.2:40000"]);
    }
}
