//! Microsoft-Windows-Kernel-Network: connections and data, with the process they belong to.

use std::collections::HashSet;
use std::net::IpAddr;

use foldhash::fast::RandomState;
use whotalks_record::{Endpoint, IpProtocol, Pid, is_multicast_or_broadcast};

use crate::statement::{Connection, ConnectionKind};
use crate::template::{Template, Templates, Value};
use crate::{Event, Guid, Statement};

pub(super) const PROVIDER: Guid = Guid::new(
    0x7dd4_2a49,
    0x5329,
    0x4832,
    [0x8d, 0xfd, 0x43, 0xd9, 0x79, 0x15, 0x3a, 0x88],
);

/// What an event of that number says. IPv6 adds 16 to the numbers of IPv4.
const fn meaning(id: u16) -> Option<(ConnectionKind, IpProtocol)> {
    let (kind, protocol) = match id {
        10 | 14 | 26 | 30 => (ConnectionKind::Sent, IpProtocol::TCP),
        11 | 18 | 27 | 34 => (ConnectionKind::Received, IpProtocol::TCP),
        // "Connection attempted", as the manifest has it.
        12 | 16 | 28 | 32 => (ConnectionKind::Requested, IpProtocol::TCP),
        13 | 29 => (ConnectionKind::Closed, IpProtocol::TCP),
        15 | 31 => (ConnectionKind::Accepted, IpProtocol::TCP),
        42 | 58 => (ConnectionKind::Sent, IpProtocol::UDP),
        43 | 59 => (ConnectionKind::Received, IpProtocol::UDP),
        _ => return None,
    };
    Some((kind, protocol))
}

/// Addresses of the host itself that are remembered; a server has some dozens.
const MOST_ADDRESSES: usize = 4_096;

/// Addresses that events have shown to be the host's own.
#[derive(Debug, Default)]
pub(super) struct OwnAddresses(HashSet<IpAddr, RandomState>);

pub(super) fn read(event: &Event<'_>, templates: &mut Templates, own: &mut OwnAddresses) -> Option<Statement> {
    let (kind, protocol) = meaning(event.id)?;
    connection(event, templates.of(event)?, kind, protocol, own)
}

/// A statement of the fields that the kernel's events have, old and new.
pub(super) fn connection(
    event: &Event<'_>,
    template: &Template,
    kind: ConnectionKind,
    protocol: IpProtocol,
    own: &mut OwnAddresses,
) -> Option<Statement> {
    let names = ["PID", "saddr", "sport", "daddr", "dport"];
    let [pid, source, source_port, destination, destination_port] = template.values(event, names);
    let end = |address: Option<Value<'_>>, port: Option<Value<'_>>| {
        let port = u16::try_from(port?.number()?).ok()?;
        Some(Endpoint::new(address?.address()?, port))
    };
    let ends = (end(source, source_port), end(destination, destination_port));
    let (local, remote) = own.turned(kind, protocol, ends);
    Some(Statement::Connection(Connection {
        span: event.span,
        time: event.time?,
        kind,
        protocol: Some(protocol),
        local,
        remote,
        pid: pid.and_then(Value::number_32).filter(|pid| *pid != u32::MAX).map(Pid),
        process_start_key: event.extended.process_start_key(),
        status: None,
        name: None,
        socket: None,
    }))
}

type Ends = (Option<Endpoint>, Option<Endpoint>);

impl OwnAddresses {
    /// The host's own end and the far one. `saddr` is the host's own end, whoever sent; but where a datagram came in, real traces
    /// have it both ways, so that only an address known from elsewhere tells the ends apart.
    fn turned(&mut self, kind: ConnectionKind, protocol: IpProtocol, (source, destination): Ends) -> Ends {
        if kind != ConnectionKind::Received || protocol != IpProtocol::UDP {
            if let Some(source) = source.filter(|_| self.0.len() < MOST_ADDRESSES) {
                self.0.insert(source.address);
            }
            return (source, destination);
        }
        let is_own = |end: Option<Endpoint>| end.is_some_and(|end| self.0.contains(&end.address));
        let is_group = destination.is_some_and(|end| is_multicast_or_broadcast(end.address));
        if is_own(source) {
            (source, destination)
        } else if is_own(destination) || is_group {
            (destination, source)
        } else {
            (None, None)
        }
    }
}
