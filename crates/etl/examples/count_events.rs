//! Reads event traces and counts what they hold, one line per kind of event, and says how fast, also as records. With `--events`,
//! writes every event instead, for other readers to compare with.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use whotalks_etl::{EtlReader, Event, EventSink, read_events, summarise};
use whotalks_record::{EvidenceId, Issue, Packet, Reader as _, Record, Sink, Source};

/// Writes every event.
struct Lines<W>(W, io::Result<()>);

impl<W: Write> EventSink for Lines<W> {
    fn event(&mut self, event: &Event<'_>) {
        if self.1.is_ok() {
            let time = event.time.map_or(0, |time| time.nanoseconds());
            let (provider, id, version, opcode) = (event.provider, event.id, event.version, event.opcode);
            let (pid, tid) = (
                event.process_id.unwrap_or_default(),
                event.thread_id.unwrap_or_default(),
            );
            let bytes = event.payload.len();
            self.1 = writeln!(
                self.0,
                "{provider}\t{id}\t{version}\t{opcode}\t{time}\t{pid}\t{tid}\t{bytes}"
            );
        }
    }

    fn issue(&mut self, _issue: Issue) {}
}

/// Counts what the reader hands on.
#[derive(Default)]
struct Handed {
    records: u64,
    packets: u64,
}

impl Sink for Handed {
    fn record(&mut self, _record: Record) {
        self.records += 1;
    }

    fn packet(&mut self, _packet: &Packet<'_>) {
        self.packets += 1;
    }

    fn issue(&mut self, _issue: Issue) {}
}

/// Reads a trace into records and packets, and says how many and how fast.
fn hand(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let (mut handed, began) = (Handed::default(), Instant::now());
    let source = Source {
        evidence: EvidenceId(1),
        bytes: &mut file,
        length: None,
        modified: None,
    };
    EtlReader.read(source, &mut handed);
    let rate = path.metadata()?.len() as f64 / 1e6 / began.elapsed().as_secs_f64();
    let Handed { records, packets } = handed;
    Ok(format!("{records} records, {packets} packets, {rate:.0} MB/s"))
}

fn main() -> io::Result<()> {
    let mut paths: Vec<_> = std::env::args_os().skip(1).collect();
    let writes_events = paths.first().is_some_and(|first| first == "--events");
    if writes_events {
        paths.remove(0);
    }
    for path in paths {
        let mut file = File::open(&path)?;
        if writes_events {
            let mut lines = Lines(BufWriter::new(io::stdout()), Ok(()));
            read_events(&mut file, EvidenceId(1), &mut lines);
            lines.1?;
            continue;
        }
        let began = Instant::now();
        let summary = summarise(&mut file, EvidenceId(1));
        let seconds = began.elapsed().as_secs_f64();
        let megabytes = file.metadata()?.len() as f64 / 1e6;
        let mut out = io::stdout();
        let (events, rate) = (summary.totals.events, megabytes / seconds);
        writeln!(out, "{}: {events} events, {rate:.0} MB/s", path.display())?;
        writeln!(out, "  {}", hand(path.as_ref())?)?;
        for provider in &summary.providers {
            writeln!(
                out,
                "  {} {} {}",
                provider.provider,
                provider.name.as_deref().unwrap_or("?"),
                provider.count()
            )?;
        }
    }
    Ok(())
}
