//! The kernel's own groups of events, as the kernel logger has written them since Windows XP.

use whotalks_record::{IpProtocol, Pid, ProcessEvent, ProcessEventKind};

use super::kernel_network::{OwnAddresses, connection};
use super::kernel_process::image;
use crate::statement::ConnectionKind;
use crate::template::Templates;
use crate::{Event, Guid, Statement};

pub(super) const TCPIP: Guid = Guid::new(
    0x9a28_0ac0,
    0xc8e0,
    0x11d1,
    [0x84, 0xe2, 0, 0xc0, 0x4f, 0xb9, 0x98, 0xa2],
);
pub(super) const UDPIP: Guid = Guid::new(
    0xbf3a_50c5,
    0xa9c9,
    0x4988,
    [0xa0, 0x05, 0x2d, 0xf0, 0xb7, 0xc8, 0x0f, 0x80],
);
pub(super) const PROCESS: Guid = Guid::new(
    0x3d6f_a8d0,
    0xfe05,
    0x11d0,
    [0x9d, 0xda, 0, 0xc0, 0x4f, 0xd7, 0xba, 0x7c],
);

pub(super) fn read(event: &Event<'_>, templates: &mut Templates, own: &mut OwnAddresses) -> Option<Statement> {
    if event.provider == PROCESS {
        return process(event, templates);
    }
    let protocol = if event.provider == TCPIP {
        IpProtocol::TCP
    } else {
        IpProtocol::UDP
    };
    let kind = match event.opcode {
        10 | 14 | 26 | 30 => ConnectionKind::Sent,
        11 | 18 | 27 | 34 => ConnectionKind::Received,
        12 | 16 | 28 | 32 => ConnectionKind::Requested,
        13 | 29 => ConnectionKind::Closed,
        15 | 31 => ConnectionKind::Accepted,
        _ => return None,
    };
    connection(event, templates.of(event)?, kind, protocol, own)
}

/// 1 start, 2 end, 3 and 4: alive when tracing started and ended.
fn process(event: &Event<'_>, templates: &mut Templates) -> Option<Statement> {
    let kind = match event.opcode {
        1 => ProcessEventKind::Start,
        2 => ProcessEventKind::End,
        3 | 4 => ProcessEventKind::Alive,
        _ => return None,
    };
    let template = templates.of(event)?;
    let names = ["ProcessId", "ParentId", "ImageFileName", "CommandLine"];
    let [pid, parent, file, command_line] = template.values(event, names);
    Some(Statement::Process(ProcessEvent {
        span: event.span,
        time: Some(event.time?),
        host: None,
        kind,
        pid: Pid(pid?.number_32()?),
        image: image(file),
        command_line: image(command_line),
        parent_pid: parent.and_then(|parent| parent.number_32()).map(Pid),
        parent_image: None,
        user: None,
        services: Vec::new(),
        unique_id: None,
        sha256: None,
    }))
}
