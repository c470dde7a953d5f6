//! Microsoft-Windows-Winsock-AFD: sockets of programs. The event that creates one names its process, the ones after it only the
//! socket.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use whotalks_record::{Endpoint, IpProtocol, KernelSocket, Pid, SocketCall, SocketCallKind, Span, Timestamp};

use crate::statement::{Connection, ConnectionKind};
use crate::template::{Templates, Value};
use crate::{Event, Guid, Statement};

pub(super) const PROVIDER: Guid = Guid::new(
    0xe53c_6823,
    0x7bb8,
    0x44bb,
    [0x90, 0xdc, 0x3f, 0x86, 0x09, 0x0d, 0x48, 0xa6],
);

/// Sockets open at once that are remembered: more than a busy server has, and 10 MiB.
const MOST_SOCKETS: usize = 65_536;

/// What is known of the sockets that are open. The driver gives the place of a socket to another one when it is gone; where the
/// event of that is lost, the place of the process in the kernel tells the two apart.
#[derive(Debug, Default)]
pub(super) struct Sockets(HashMap<KernelSocket, Socket, RandomState>);

#[derive(Clone, Copy, Debug)]
struct Socket {
    span: Span,
    created: Option<Timestamp>,
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
        CLOSED | ABORTED => ConnectionKind::Closed,
        1018 | 1021 => ConnectionKind::Requested,
        1024 | 1027 => ConnectionKind::Accepted,
        1030 => ConnectionKind::Bound,
        1007 | 1013 => ConnectionKind::Sent,
        _ => return None,
    })
}

pub(super) fn read(event: &Event<'_>, templates: &mut Templates, sockets: &mut Sockets) -> Option<Statement> {
    let kind = meaning(event.id);
    if kind.is_none() && event.id != CREATED {
        return None;
    }
    let names = ["Endpoint", "Process", "ProcessId", "Protocol", "Address", "Status"];
    let [endpoint, process, pid, protocol, address, status] = templates.of(event)?.values(event, names);
    let socket = KernelSocket {
        endpoint: endpoint?.number()?,
        process: process?.number()?,
    };
    let Some(kind) = kind else {
        sockets.create(event, socket, pid, protocol);
        return None;
    };
    let address = address.and_then(Value::socket_address);
    let is_end = kind == ConnectionKind::Closed;
    if address.is_none() && !is_end {
        return None;
    }
    let is_local = kind == ConnectionKind::Bound;
    let status = status.and_then(Value::number_32);
    if let (true, Some(0), Some(address)) = (is_local, status, address) {
        sockets.bind(socket, address);
    }
    let known = sockets.0.get(&socket).copied();
    if is_end && sockets.0.remove(&socket).is_some() {
        return None;
    }
    Some(Statement::Connection(Connection {
        span: event.span,
        time: event.time?,
        kind,
        protocol: known.and_then(|known| known.protocol),
        local: if is_local {
            address
        } else {
            known.and_then(|known| known.local)
        },
        remote: address.filter(|_| !is_local),
        pid: known.and_then(|known| known.pid),
        process_start_key: event.extended.process_start_key(),
        status,
        name: None,
        socket: Some(socket),
    }))
}

impl Sockets {
    fn create(&mut self, event: &Event<'_>, socket: KernelSocket, pid: Option<Value<'_>>, protocol: Option<Value<'_>>) {
        if self.0.len() >= MOST_SOCKETS && !self.0.contains_key(&socket) {
            return;
        }
        let number = protocol.and_then(|protocol| u8::try_from(protocol.number()?).ok());
        let known = Socket {
            span: event.span,
            created: event.time,
            pid: pid.and_then(Value::number_32).map(Pid),
            protocol: number.filter(|number| *number != 0).map(IpProtocol),
            local: None,
        };
        self.0.insert(socket, known);
    }

    /// A socket bound to every address of the host has no end of its own until it calls.
    fn bind(&mut self, socket: KernelSocket, local: Endpoint) {
        if let Some(known) = self.0.get_mut(&socket) {
            known.local = (local.port != 0 && !local.is_unspecified()).then_some(local);
        }
    }

    /// The sockets that are open, in the order in which they were created.
    pub(super) fn open(&self) -> Vec<SocketCall> {
        let call = |(socket, known): (&KernelSocket, &Socket)| {
            Some(SocketCall {
                span: known.span,
                time: known.created?,
                socket: *socket,
                kind: SocketCallKind::Open,
                pid: known.pid,
                protocol: known.protocol,
                local: known.local,
                remote: None,
            })
        };
        let mut open: Vec<SocketCall> = self.0.iter().filter_map(call).collect();
        open.sort_by_key(|call| (call.time, call.span));
        open
    }
}
