//! 4688 and 4689: processes that start and end. Their ids are pointers there, so they are rendered in hexadecimal.

use super::accounts::{logon_id, mandatory_label, names, sid};
use super::{About, LogEvent, SECURITY, Value};
use crate::scenario::model::{Account, Host, Process, ProcessIndex};

const KEYWORDS_SUCCESS: u64 = 0x8020_0000_0000_0000;
const TASK_PROCESS_CREATION: u16 = 13_312;
const TASK_PROCESS_TERMINATION: u16 = 13_313;

/// 4688 v2.
pub(crate) fn created(
    host: &Host,
    index: ProcessIndex,
    process: &Process,
    command_lines: bool,
    time_ns: i64,
) -> LogEvent {
    let mut data = subject(host, process.account);
    let command_line = if command_lines {
        process.command_line.clone()
    } else {
        String::new()
    };
    let elevation = if process.account == Account::Person {
        "%%1938"
    } else {
        "%%1936"
    };
    data.extend([
        ("NewProcessId", Value::Hex64(process.pid.into())),
        ("NewProcessName", Value::text(&process.image)),
        ("TokenElevationType", Value::text(elevation)),
        ("ProcessId", Value::Hex64(process.parent_pid.into())),
        ("CommandLine", Value::Text(command_line)),
        ("TargetUserSid", Value::Sid("S-1-0-0".to_owned())),
        ("TargetUserName", Value::text("-")),
        ("TargetDomainName", Value::text("-")),
        ("TargetLogonId", Value::Hex64(0)),
        ("ParentProcessName", Value::text(&process.parent_image)),
        (
            "MandatoryLabel",
            Value::Sid(mandatory_label(process.account).to_owned()),
        ),
    ]);
    event(
        host,
        time_ns,
        4_688,
        2,
        TASK_PROCESS_CREATION,
        data,
        About::Start(index),
    )
}

/// 4689 v0.
pub(crate) fn exited(host: &Host, index: ProcessIndex, process: &Process, time_ns: i64) -> LogEvent {
    let mut data = subject(host, process.account);
    data.extend([
        ("Status", Value::text("0x0")),
        ("ProcessId", Value::Hex64(process.pid.into())),
        ("ProcessName", Value::text(&process.image)),
    ]);
    event(
        host,
        time_ns,
        4_689,
        0,
        TASK_PROCESS_TERMINATION,
        data,
        About::End(index),
    )
}

fn subject(host: &Host, account: Account) -> Vec<(&'static str, Value)> {
    let (domain, name) = match account {
        Account::Person => names(host, account),
        // The machine account stands for the services of the system.
        _ => (host.domain.clone(), format!("{}$", host.name)),
    };
    vec![
        ("SubjectUserSid", Value::Sid(sid(account).to_owned())),
        ("SubjectUserName", Value::Text(name)),
        ("SubjectDomainName", Value::Text(domain)),
        ("SubjectLogonId", Value::Hex64(logon_id(account))),
    ]
}

fn event(
    host: &Host,
    time_ns: i64,
    id: u16,
    version: u8,
    task: u16,
    data: Vec<(&'static str, Value)>,
    about: About,
) -> LogEvent {
    let computer = host.name.clone();
    LogEvent {
        record_id: 0,
        time_ns,
        source: &SECURITY,
        writer: SECURITY.execution_pid,
        id,
        version,
        task,
        keywords: KEYWORDS_SUCCESS,
        computer,
        data,
        about,
    }
}
