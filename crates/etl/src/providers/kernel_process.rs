//! Microsoft-Windows-Kernel-Process: processes that start, end, or were alive when tracing began.

use whotalks_record::{Pid, ProcessEvent, ProcessEventKind, Text};

use crate::template::{Templates, Value};
use crate::{Event, Guid, Statement};

pub(super) const PROVIDER: Guid = Guid::new(
    0x22fb_2cd6,
    0x0e7b,
    0x422b,
    [0xa0, 0xc7, 0x2f, 0xad, 0x1f, 0xd0, 0xe7, 0x16],
);

pub(super) fn read(event: &Event<'_>, templates: &mut Templates) -> Option<Statement> {
    let kind = match event.id {
        1 => ProcessEventKind::Start,
        2 => ProcessEventKind::End,
        15 => ProcessEventKind::Alive,
        _ => return None,
    };
    let names = ["ProcessID", "ParentProcessID", "ImageName", "CreateTime", "ExitTime"];
    let [pid, parent, file, created, exited] = templates.of(event)?.values(event, names);
    // The event of an end carries the file name as 14 characters of the kernel's own record; only a start names the path.
    let file = file.filter(|_| kind != ProcessEventKind::End);
    let stated = match kind {
        ProcessEventKind::Start => created,
        ProcessEventKind::End => exited,
        ProcessEventKind::Alive => None,
    };
    let stated = match stated {
        Some(Value::Time(time)) => Some(time),
        _ => None,
    };
    Some(Statement::Process(ProcessEvent {
        span: event.span,
        time: Some(stated.or(event.time)?),
        host: None,
        kind,
        pid: Pid(pid?.number_32()?),
        image: image(file),
        command_line: None,
        parent_pid: parent.and_then(|parent| parent.number_32()).map(Pid),
        parent_image: None,
        user: None,
        services: Vec::new(),
        unique_id: None,
        sha256: None,
    }))
}

/// A text that says something.
pub(super) fn image(value: Option<Value<'_>>) -> Option<Text> {
    value?.text().filter(|text| !text.is_empty()).map(Text::from)
}
