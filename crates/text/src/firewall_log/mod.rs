//! `pfirewall.log`, the text log of the Windows Firewall: what it dropped and what it let through.
//!
//! Columns are those that the `#Fields` line names, in its order; the header may come again in the middle, and runs of zero
//! bytes stand where Windows had reserved room. Times are local unless `#Time Format` says otherwise: then they are read as if
//! they were UTC, and the range says that they have no zone. It cannot see which filter or rule decided.
//! Source: Microsoft, "Configure Windows Firewall logging", "Interpreting the Windows Firewall log".

mod columns;
mod row;

use whotalks_record::{
    ClockBasis, ConnectionEvent, EventClock, EvidenceId, Issue, IssueKind, Reader, Record, Sink, Source, SourceKind,
    SourceRange, Span, Timestamp,
};

use crate::lines::{LONGEST_LINE_BYTES, Line, Lines};
use columns::Columns;
use row::Row;

pub(crate) use row::is_row;

/// Issues about single lines; more are only counted, since a log that is something else has thousands.
const MOST_LINE_ISSUES: u64 = 10;

/// How much of a line an issue quotes, in characters.
const QUOTED_CHARACTERS: usize = 120;

/// Reads the text log of the Windows Firewall.
#[derive(Clone, Copy, Debug, Default)]
pub struct FirewallLogReader;

impl Reader for FirewallLogReader {
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink) {
        let mut log = Log::new(source.evidence, sink);
        match Lines::new(source.evidence, source.bytes) {
            Ok(mut lines) => log.read(&mut lines),
            Err(error) => log.io(Span::whole(source.evidence), &error),
        }
        log.finish();
    }
}

/// One run over one log.
struct Log<'a> {
    sink: &'a mut dyn Sink,
    evidence: EvidenceId,
    columns: Option<Columns>,
    /// Whether a line named the columns, or their usual order was assumed.
    headed: bool,
    /// Whether the header says that times are UTC.
    utc: bool,
    /// Whether any row had a time without a zone.
    zoneless: bool,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    counts: Counts,
    /// The first line that tells of lost events.
    loss: Option<Span>,
}

#[derive(Default)]
struct Counts {
    rows: u64,
    lost: u64,
    unreadable: u64,
    without_direction: u64,
}

impl<'a> Log<'a> {
    fn new(evidence: EvidenceId, sink: &'a mut dyn Sink) -> Self {
        Self {
            sink,
            evidence,
            columns: None,
            headed: false,
            utc: false,
            zoneless: false,
            first: None,
            last: None,
            counts: Counts::default(),
            loss: None,
        }
    }

    fn read(&mut self, lines: &mut Lines<'_>) {
        loop {
            match lines.next_line() {
                Ok(Some(line)) => self.line(&line),
                Ok(None) => return,
                Err(error) => return self.io(lines.here(), &error),
            }
        }
    }

    fn line(&mut self, line: &Line) {
        let text = line.text.trim_matches(|c: char| c == '\0' || c.is_whitespace());
        if text.is_empty() {
            return;
        }
        if let Some(header) = text.strip_prefix('#') {
            return self.header(header, line.span);
        }
        if line.dropped_bytes > 0 {
            return self.issue(line.span, too_long(line));
        }
        if !line.terminated {
            // Windows ends every row; the last number of this one may have been cut.
            return self.issue(line.span, cut());
        }
        self.row(text, line.span);
    }

    fn header(&mut self, header: &str, span: Span) {
        let Some((name, value)) = header.split_once(':') else {
            return;
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "fields" => {
                self.headed = true;
                self.columns = Columns::named(value);
                if self.columns.is_none() {
                    self.malformed("firewall.fields", value, span);
                }
            }
            "time format" => self.utc = ["utc", "gmt"].contains(&value.trim().to_ascii_lowercase().as_str()),
            _ => {}
        }
    }

    fn row(&mut self, text: &str, span: Span) {
        if !self.headed {
            self.headed = true;
            self.columns = Some(Columns::usual());
            self.malformed(
                "firewall.fields",
                "none; the columns that Windows writes are assumed",
                span,
            );
        }
        let row = self.columns.as_ref().and_then(|columns| Row::parse(text, columns));
        match row {
            Some(row) => self.take(&row, span),
            None => self.unreadable(text, span),
        }
    }

    fn take(&mut self, row: &Row, span: Span) {
        self.counts.rows += 1;
        self.zoneless |= !self.utc;
        self.first = Some(self.first.map_or(row.time, |first| first.min(row.time)));
        self.last = Some(self.last.map_or(row.time, |last| last.max(row.time)));
        if let Some(lost) = row.lost {
            self.counts.lost = self.counts.lost.saturating_add(lost);
            self.loss.get_or_insert(span);
            return;
        }
        let Some(kind) = row.kind() else { return };
        let Some((direction, local, remote)) = row.ends() else {
            self.counts.without_direction += 1;
            return;
        };
        self.sink.record(Record::Connection(ConnectionEvent {
            span,
            time: row.time,
            host: None,
            kind,
            pid: row.pid,
            image: None,
            direction: Some(direction),
            protocol: Some(row.protocol),
            local: Some(local),
            remote: Some(remote),
            filter: None,
            filter_origin: None,
            layer_name: None,
            layer_id: None,
            user: None,
            remote_name: None,
        }));
    }

    fn unreadable(&mut self, text: &str, span: Span) {
        self.counts.unreadable += 1;
        if self.counts.unreadable <= MOST_LINE_ISSUES {
            self.malformed("firewall.row", text, span);
        }
    }

    fn finish(mut self) {
        let whole = Span::whole(self.evidence);
        if self.counts.unreadable > MOST_LINE_ISSUES {
            let count = self.counts.unreadable - MOST_LINE_ISSUES;
            self.issue(whole, IssueKind::Skipped { unit: "line", count });
        }
        if self.counts.without_direction > 0 {
            let found = format!("{} rows do not say in which direction", self.counts.without_direction);
            let kind = IssueKind::Unsupported {
                field: "firewall.path",
                found: found.into(),
            };
            self.issue(whole, kind);
        }
        if let Some(span) = self.loss {
            let count = self.counts.lost;
            self.issue(span, IssueKind::Lost { unit: "event", count });
        }
        self.state_range();
    }

    fn state_range(&mut self) {
        let basis = if self.zoneless {
            ClockBasis::EventWithoutZone
        } else {
            ClockBasis::Event
        };
        self.sink.record(Record::Range(SourceRange {
            evidence: self.evidence,
            source: SourceKind::FirewallTextLog,
            host: None,
            interface: None,
            first: self.first,
            last: self.last,
            units: self.counts.rows,
            lost: Some(self.counts.lost),
            clock: Some(EventClock {
                basis,
                exporter_offset: None,
            }),
            session: None,
        }));
    }

    fn malformed(&mut self, field: &'static str, found: &str, span: Span) {
        let found: String = found.trim().chars().take(QUOTED_CHARACTERS).collect();
        let found = found.into();
        self.issue(span, IssueKind::Malformed { field, found });
    }

    fn io(&mut self, span: Span, error: &std::io::Error) {
        let message = error.to_string().into();
        self.issue(span, IssueKind::Io { message });
    }

    fn issue(&mut self, span: Span, kind: IssueKind) {
        self.sink.issue(Issue { span, kind });
    }
}

fn too_long(line: &Line) -> IssueKind {
    IssueKind::BoundReached {
        bound: "longest line in bytes",
        limit: LONGEST_LINE_BYTES as u64,
        count: line.dropped_bytes,
    }
}

const fn cut() -> IssueKind {
    IssueKind::Truncated {
        field: "line.end",
        needed: 1,
        available: 0,
    }
}
