//! Libraries that work inside of the program that uses them: Winsock's look-ups, WinINet, WebIO. Their events are written in the
//! process that they are about, so that here, and nowhere else, the process in the header is the one meant.

use std::net::IpAddr;

use whotalks_record::{IpProtocol, NameAnswer, Pid, ResolverSource, addresses_answered};

use crate::statement::{Connection, ConnectionKind};
use crate::template::{Templates, Value};
use crate::{Event, Guid, Statement};

pub(super) const WINSOCK: Guid = Guid::new(
    0x5540_4e71,
    0x4db9,
    0x4deb,
    [0xa5, 0xf5, 0x8f, 0x86, 0xe4, 0x6d, 0xde, 0x56],
);
pub(super) const WININET: Guid = Guid::new(
    0x43d1_a55c,
    0x76d6,
    0x4f7e,
    [0x99, 0x5c, 0x64, 0xc7, 0x11, 0xe5, 0xca, 0xfe],
);
pub(super) const WEB_IO: Guid = Guid::new(
    0x50b3_e73c,
    0x9370,
    0x461d,
    [0xbb, 0x9f, 0x26, 0xf3, 0x2d, 0x68, 0x88, 0x7d],
);

pub(super) fn read(event: &Event<'_>, templates: &mut Templates) -> Option<Statement> {
    match (event.provider, event.id) {
        // What was looked up, how it went, what came of it.
        (WINSOCK, 1001) => name(event, templates, ["NodeName", "Status", "Result"]),
        (WININET, 305 | 307) => name(event, templates, ["HostName", "Error", "AddressList"]),
        (WEB_IO, 206) => name(event, templates, ["FQDN", "Error", "SockAddr"]),
        (WININET, 1046) => connected(event, templates),
        _ => None,
    }
}

fn name(event: &Event<'_>, templates: &mut Templates, fields: [&str; 3]) -> Option<Statement> {
    let [name, status, results] = templates.of(event)?.values(event, fields);
    let name = name?.text().filter(|name| !name.is_empty())?;
    // An address that is looked up as if it were a name has no name.
    if name.parse::<IpAddr>().is_ok() {
        return None;
    }
    let found = results.map(found).unwrap_or_default();
    let answered = (!found.is_empty()).then_some(0);
    Some(Statement::Name(NameAnswer {
        span: event.span,
        time: event.time?,
        host: None,
        source: ResolverSource::Trace,
        pid: event.process_id.map(Pid),
        service: None,
        name: name.trim_end_matches('.').to_lowercase().into(),
        record_type: None,
        status: status.and_then(Value::number_32).or(answered),
        addresses: found,
        server: None,
        is_final: false,
    }))
}

/// The addresses of a list as a text, or of the one end that WebIO keeps.
fn found(results: Value<'_>) -> Vec<IpAddr> {
    match results.socket_address() {
        Some(end) => vec![end.address.to_canonical()],
        None => results
            .text()
            .map(|results| addresses_answered(&results))
            .unwrap_or_default(),
    }
}

/// The end of a call of WinINet, which does not say how it went; before version 1 the event does not name its ends.
fn connected(event: &Event<'_>, templates: &mut Templates) -> Option<Statement> {
    let names = ["Protocol", "LocalAddress", "RemoteAddress"];
    let [protocol, local, remote] = templates.of(event)?.values(event, names);
    let protocol = protocol.and_then(|protocol| u8::try_from(protocol.number()?).ok());
    Some(Statement::Connection(Connection {
        span: event.span,
        time: event.time?,
        kind: ConnectionKind::Requested,
        // 0 is the default of the call, which is TCP.
        protocol: Some(
            protocol
                .filter(|number| *number != 0)
                .map_or(IpProtocol::TCP, IpProtocol),
        ),
        local: local?.socket_address(),
        remote: remote?.socket_address(),
        pid: event.process_id.map(Pid),
        process_start_key: event.extended.process_start_key(),
        status: None,
        name: None,
        socket: None,
    }))
}
