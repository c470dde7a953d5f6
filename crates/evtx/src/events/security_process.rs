//! Security 4688 and 4689: processes that start and end. Identifiers are hexadecimal text here (`0x11cc`).

use whotalks_record::{ProcessEvent, ProcessEventKind, Record, Text};

use super::Context;
use crate::raw::RawEvent;

/// Reads one event; `None` without a process identifier.
pub(super) fn decode(kind: ProcessEventKind, event: &RawEvent<'_>, context: &mut Context<'_>) -> Option<Record> {
    let starts = kind == ProcessEventKind::Start;
    // In 4688 `ProcessId` is the creator and `NewProcessId` the child; in 4689 `ProcessId` is the process itself.
    let (own_pid, own_image) = if starts {
        ("NewProcessId", "NewProcessName")
    } else {
        ("ProcessId", "ProcessName")
    };
    Some(Record::Process(ProcessEvent {
        span: context.span,
        time: Some(context.time),
        host: Some(context.host.clone()),
        kind,
        pid: Context::pid(event, own_pid)?,
        image: context.text(event, own_image),
        command_line: context.text(event, "CommandLine"),
        parent_pid: if starts { Context::pid(event, "ProcessId") } else { None },
        parent_image: context.text(event, "ParentProcessName"),
        user: user(event, context),
        services: Vec::new(),
        unique_id: None,
        sha256: None,
    }))
}

/// The account of the process: the target of 4688 version 2 where it differs from the creator, else the subject.
fn user(event: &RawEvent<'_>, context: &mut Context<'_>) -> Option<Text> {
    account(event, context, "TargetDomainName", "TargetUserName")
        .or_else(|| account(event, context, "SubjectDomainName", "SubjectUserName"))
}

fn account(event: &RawEvent<'_>, context: &mut Context<'_>, domain: &str, name: &str) -> Option<Text> {
    let name = event.text(name)?;
    Some(match event.text(domain) {
        Some(domain) => context.texts.share(&format!("{domain}\\{name}")),
        None => context.texts.share(&name),
    })
}
