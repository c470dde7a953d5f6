//! Reads event logs and counts what they hold: how long the reader alone takes, without digests and tables.

use std::fs::File;
use std::io::{self, Write};

use whotalks_evtx::EvtxReader;
use whotalks_record::{EvidenceId, Issue, Packet, Reader, Record, Sink, Source};

/// Counts and forgets.
#[derive(Default)]
struct Counter {
    records: u64,
    issues: u64,
}

impl Sink for Counter {
    fn record(&mut self, _record: Record) {
        self.records += 1;
    }

    fn packet(&mut self, _packet: &Packet<'_>) {}

    fn issue(&mut self, _issue: Issue) {
        self.issues += 1;
    }
}

fn main() -> io::Result<()> {
    for path in std::env::args_os().skip(1) {
        let mut counter = Counter::default();
        let mut file = File::open(&path)?;
        let source = Source {
            evidence: EvidenceId(1),
            bytes: &mut file,
            length: None,
            modified: None,
        };
        EvtxReader.read(source, &mut counter);
        let (records, issues) = (counter.records, counter.issues);
        writeln!(io::stdout(), "{}: {records} records, {issues} issues", path.display())?;
    }
    Ok(())
}
