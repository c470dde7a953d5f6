//! The answer.

use serde_json::{Value, json};
use whotalks_report::{Answer, Statement, StatementKind, Subject};

use super::attribution::{filter, known, name, reason, service};
use super::finding::finding;
use super::value::{citations, endpoint, list, maybe, maybe_time, pid, remedy, span_ns, text, texts};
use super::vocabulary::{aspect, direction, verdict};

pub(super) fn answer(answer: &Answer) -> Value {
    json!({
        "subject": subject(&answer.subject),
        "statements": list(&answer.statements, statement),
    })
}

fn subject(subject: &Subject) -> Value {
    match subject {
        Subject::Address(address, port) => json!({ "kind": "address", "address": address.to_string(), "port": port }),
        Subject::Pid(pid) => json!({ "kind": "pid", "pid": pid.0 }),
        Subject::Name(name) => json!({ "kind": "name", "name": name.as_ref() }),
    }
}

fn statement(statement: &Statement) -> Value {
    json!({
        "grade": statement.grade.word(),
        "statement": kind(&statement.kind),
        "citations": citations(&statement.citations),
        "remedy": maybe(statement.remedy.as_ref(), remedy),
    })
}

/// An object with `kind` and the fields of that kind.
fn kind(kind: &StatementKind) -> Value {
    match kind {
        StatementKind::Talks { .. } => talks(kind),
        StatementKind::ProcessLife {
            image,
            command_line,
            started,
            ended,
        } => json!({
            "kind": "process_life",
            "image": text(image.as_ref()),
            "command_line": text(command_line.as_ref()),
            "started": maybe_time(*started),
            "ended": maybe_time(*ended),
        }),
        StatementKind::Volume {
            sent_bytes,
            received_bytes,
            first,
            last,
        } => json!({
            "kind": "volume",
            "sent_bytes": sent_bytes,
            "received_bytes": received_bytes,
            "first": maybe_time(*first),
            "last": maybe_time(*last),
        }),
        StatementKind::NameIs(it) => json!({ "kind": "name_is", "name": name(it) }),
        StatementKind::OtherNames(names) => json!({ "kind": "other_names", "names": list(names, name) }),
        StatementKind::Decision {
            verdict: decided,
            filter: by,
            events,
        } => json!({
            "kind": "decision",
            "decision": verdict(*decided),
            "filter": maybe(by.as_ref(), filter),
            "events": events,
        }),
        StatementKind::Known(it) => json!({ "kind": "known", "known": known(it) }),
        StatementKind::NotInCatalogue { version } => {
            json!({ "kind": "not_in_catalogue", "catalogue_version": version.as_ref() })
        }
        StatementKind::Unknown {
            aspect: what,
            reason: why,
        } => {
            json!({ "kind": "unknown", "aspect": aspect(*what), "reason": reason(why) })
        }
        StatementKind::Finding(it) => json!({ "kind": "finding", "finding": finding(it) }),
        StatementKind::Conflict { program, pid: other } => {
            json!({ "kind": "conflict", "program": program.as_ref(), "pid": pid(*other) })
        }
        StatementKind::AlsoNamed { program } => json!({ "kind": "also_named", "program": program.as_ref() }),
        StatementKind::RelaysFor { programs } => json!({ "kind": "relays_for", "programs": texts(programs) }),
        StatementKind::ActsFor { programs } => json!({ "kind": "acts_for", "programs": texts(programs) }),
        StatementKind::NoOtherHost { hosts, duration } => {
            json!({ "kind": "no_other_host", "hosts": hosts, "duration_ns": span_ns(*duration) })
        }
        StatementKind::NothingFound { hosts, first, last } => json!({
            "kind": "nothing_found",
            "hosts": hosts,
            "first": maybe_time(*first),
            "last": maybe_time(*last),
        }),
    }
}

fn talks(kind: &StatementKind) -> Value {
    let StatementKind::Talks {
        program,
        pid: process,
        user,
        parent,
        service: hosted,
        host,
        remote,
        protocol,
        direction: opened,
        conversations,
    } = kind
    else {
        return Value::Null;
    };
    json!({
        "kind": "talks",
        "program": text(program.as_ref()),
        "pid": pid(*process),
        "user": text(user.as_ref()),
        "parent": text(parent.as_ref()),
        "service": service(hosted),
        "host": text(host.as_ref()),
        "remote": endpoint(remote),
        "protocol": protocol.0,
        "direction": opened.map(direction),
        "conversations": conversations,
    })
}
