//! Microsoft-Windows-Winsock-AFD: sockets of programs. The event that creates one names its process, the ones after it only the
//! socket.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use whotalks_record::{Endpoint, IpProtocol, Pid};

use crate::statement::{Connection, ConnectionKind};
use crate::template::{Templates, Value};
use crate::{Event, Guid, Statement};

pub(super) const PROVIDER: Guid = Guid::new(
    0xe53c_6823,
    0x7bb8,
    0x44bb,
    [0x90, 0xdc, 0x3f, 0x86, 0x09, 0x0d, 0x48, 0xa6],
);

/// Sockets open at once that are remembered: more than a busy server has, and 4 MiB.
const MOST_SOCKETS: usize = 65_536;

/// What is known of the sockets that are open, by the address of their record in the kernel.
#[derive(Debug, Default)]
pub(super) struct Sockets(HashMap<u64, Socket, RandomState>);

#[derive(Clone, Copy, Debug, Default)]
struct Socket {
    pid: Option<Pid>,
    protocol: Option<IpProtocol>,
    /// The local end that it was bound to, where that is an end of its own.
    local: Option<Endpoint>,
}

const CREATED: u16 = 1000;
const CLOSED: u16 = 1001;
const ABORTED: u16 = 1032;

/// What an event of that number says. Receiving from an address and sending to one come with it.
const fn meaning(id: u16) -> Option<ConnectionKind> {
    Some(match id {
        1018 | 1021 => ConnectionKind::Requested,
        1024 | 1027 => ConnectionKind::Accepted,
        1030 => ConnectionKind::Bound,
        1007 | 1013 => ConnectionKind::Sent,
        _ => return None,
    })
}

pub(super) fn read(event: &Event<'_>, templates: &mut Templates, sockets: &mut Sockets) -> Option<Statement> {
    let kind = meaning(event.id);
    if kind.is_none() && !matches!(event.id, CREATED | CLOSED | ABORTED) {
        return None;
    }
    let names = ["Endpoint", "ProcessId", "Protocol", "Address", "Status"];
    let [endpoint, pid, protocol, address, status] = templates.of(event)?.values(event, names);
    let endpoint = endpoint?.number()?;
    match event.id {
        CREATED => sockets.create(endpoint, pid, protocol),
        CLOSED | ABORTED => {
            sockets.0.remove(&endpoint);
        }
        _ => {}
    }
    let kind = kind?;
    let address = address.and_then(Value::socket_address)?;
    let is_local = kind == ConnectionKind::Bound;
    let status = status.and_then(Value::number_32);
    if is_local && status == Some(0) {
        sockets.bind(endpoint, address);
    }
    let socket = sockets.0.get(&endpoint).copied().unwrap_or_default();
    Some(Statement::Connection(Connection {
        span: event.span,
        time: event.time?,
        kind,
        protocol: socket.protocol,
        local: if is_local { Some(address) } else { socket.local },
        remote: (!is_local).then_some(address),
        pid: socket.pid,
        process_start_key: event.extended.process_start_key(),
        status,
        name: None,
    }))
}

impl Sockets {
    fn create(&mut self, endpoint: u64, pid: Option<Value<'_>>, protocol: Option<Value<'_>>) {
        if self.0.len() >= MOST_SOCKETS && !self.0.contains_key(&endpoint) {
            return;
        }
        let number = protocol.and_then(|protocol| u8::try_from(protocol.number()?).ok());
        let socket = Socket {
            pid: pid.and_then(Value::number_32).map(Pid),
            protocol: number.filter(|number| *number != 0).map(IpProtocol),
            local: None,
        };
        self.0.insert(endpoint, socket);
    }

    /// A socket bound to every address of the host has no end of its own until it calls.
    fn bind(&mut self, endpoint: u64, local: Endpoint) {
        if let Some(socket) = self.0.get_mut(&endpoint) {
            socket.local = (local.port != 0 && !local.is_unspecified()).then_some(local);
        }
    }
}
