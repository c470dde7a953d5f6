//! Reading whole texts and writing what was read, one line per record.

use std::fmt::Write as _;

use whotalks_record::{
    CachedName, ConnectionEvent, Counter, DeviceFact, EvidenceId, Issue, Packet, ProcessEvent, Reader, Record, Sink,
    Snapshot, Socket, Source, SourceRange, Span, Timestamp,
};
use whotalks_text::{FirewallLogReader, TextReader};

/// Everything a reader said.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Read {
    pub(crate) records: Vec<Record>,
    pub(crate) issues: Vec<Issue>,
}

impl Sink for Read {
    fn record(&mut self, record: Record) {
        self.records.push(record);
    }

    fn packet(&mut self, _: &Packet<'_>) {
        panic!("a text has no packets");
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

pub(crate) fn read(bytes: &[u8]) -> Read {
    read_at(bytes, None)
}

pub(crate) fn read_at(bytes: &[u8], modified: Option<Timestamp>) -> Read {
    run(&TextReader, bytes, modified)
}

/// What the text log of the Windows Firewall says.
pub(crate) fn read_firewall(bytes: &[u8]) -> Read {
    run(&FirewallLogReader, bytes, None)
}

fn run(reader: &dyn Reader, mut bytes: &[u8], modified: Option<Timestamp>) -> Read {
    let mut read = Read::default();
    let source = Source {
        evidence: EvidenceId(1),
        length: Some(bytes.len() as u64),
        bytes: &mut bytes,
        modified,
    };
    reader.read(source, &mut read);
    read
}

impl Read {
    pub(crate) fn sockets(&self) -> Vec<&Socket> {
        self.records
            .iter()
            .filter_map(|record| match record {
                Record::Socket(socket) => Some(socket),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn rows(&self) -> usize {
        self.records
            .iter()
            .filter(|record| !matches!(record, Record::Snapshot(_) | Record::Range(_)))
            .count()
    }

    /// One line per record and issue.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for record in &self.records {
            write_record(&mut text, record);
        }
        for issue in &self.issues {
            writeln!(text, "issue {} {:?}", issue.span, issue.kind).unwrap();
        }
        text
    }
}

fn write_record(text: &mut String, record: &Record) {
    match record {
        Record::Snapshot(snapshot) => write_snapshot(text, snapshot),
        Record::Socket(socket) => write_socket(text, socket),
        Record::Process(process) => write_process(text, process),
        Record::Counter(counter) => write_counter(text, counter),
        Record::CachedName(name) => write_name(text, name),
        Record::Device(fact) => write_fact(text, fact),
        Record::Connection(event) => write_event(text, event),
        Record::Range(range) => write_range(text, range),
        other => panic!("no record of a text: {other:?}"),
    }
}

fn place(span: Span) -> String {
    format!("{} {}+{}", span, span.offset, span.length)
}

fn write_snapshot(text: &mut String, snapshot: &Snapshot) {
    let time = snapshot.time.map(Timestamp::nanoseconds);
    writeln!(
        text,
        "snapshot {} {} {:?} time {:?} {:?} ±{} s host {:?} owners {}",
        place(snapshot.span),
        snapshot.number,
        snapshot.tool,
        time,
        snapshot.time_source,
        snapshot.uncertainty.0 / 1_000_000_000,
        snapshot.host,
        snapshot.has_owners
    )
    .unwrap();
}

fn write_socket(text: &mut String, socket: &Socket) {
    let remote = socket.remote.map_or("-".to_owned(), |remote| remote.to_string());
    let state = socket.state.map_or("-".to_owned(), |state| format!("{state:?}"));
    write!(
        text,
        "  socket {} {} {} {} {remote} {state}",
        place(socket.span),
        socket.snapshot,
        socket.protocol,
        socket.local
    )
    .unwrap();
    for (name, value) in [
        ("pid", socket.pid.map(|pid| pid.to_string())),
        ("image", socket.image.as_deref().map(str::to_owned)),
        ("component", socket.component.as_deref().map(str::to_owned)),
        (
            "modules",
            Some(socket.modules.join(" < ")).filter(|modules| !modules.is_empty()),
        ),
    ] {
        if let Some(value) = value {
            write!(text, " {name}={value}").unwrap();
        }
    }
    text.push('\n');
}

fn write_process(text: &mut String, process: &ProcessEvent) {
    let image = process.image.as_deref().unwrap_or("-");
    write!(
        text,
        "  process {} {} {image} {:?}",
        place(process.span),
        process.pid,
        process.kind
    )
    .unwrap();
    if let Some(user) = &process.user {
        write!(text, " user={user}").unwrap();
    }
    if !process.services.is_empty() {
        write!(text, " services={}", process.services.join("+")).unwrap();
    }
    text.push('\n');
}

fn write_counter(text: &mut String, counter: &Counter) {
    writeln!(
        text,
        "  counter {} {} {} {} {}",
        place(counter.span),
        counter.snapshot,
        counter.section,
        counter.name,
        counter.value
    )
    .unwrap();
}

fn write_name(text: &mut String, name: &CachedName) {
    writeln!(
        text,
        "  name {} {} {} < {} type {:?} ttl {:?} {:?} {:?}",
        place(name.span),
        name.snapshot,
        name.owner,
        name.name,
        name.record_type,
        name.ttl_seconds,
        name.address,
        name.target
    )
    .unwrap();
}

fn write_fact(text: &mut String, fact: &DeviceFact) {
    let about = fact.about.as_deref().unwrap_or("-");
    writeln!(
        text,
        "  fact {} {} {} [{about}] {}",
        place(fact.span),
        fact.snapshot,
        fact.kind.word(),
        fact.value
    )
    .unwrap();
}

fn write_event(text: &mut String, event: &ConnectionEvent) {
    let end = |end: Option<whotalks_record::Endpoint>| end.map_or("-".to_owned(), |end| end.to_string());
    writeln!(
        text,
        "  event {} {} {:?} {:?} {} local {} remote {} pid {:?}",
        place(event.span),
        event.time.nanoseconds(),
        event.kind,
        event.direction,
        event.protocol.map_or("-".to_owned(), |protocol| protocol.to_string()),
        end(event.local),
        end(event.remote),
        event.pid.map(|pid| pid.0)
    )
    .unwrap();
}

fn write_range(text: &mut String, range: &SourceRange) {
    writeln!(
        text,
        "range {:?} units {} host {:?}",
        range.source, range.units, range.host
    )
    .unwrap();
    if let Some(clock) = range.clock {
        let (first, last) = (range.first, range.last);
        let time = |time: Option<Timestamp>| time.map(Timestamp::nanoseconds);
        let (first, last, lost) = (time(first), time(last), range.lost);
        writeln!(
            text,
            "  from {first:?} until {last:?} lost {lost:?} clock {:?}",
            clock.basis
        )
        .unwrap();
    }
}
