//! The network stack's own lists of connections, written when tracing starts and ends, or when somebody asks for one.

use whotalks_record::{
    EvidenceId, IpProtocol, ListingTool, Nanoseconds, Record, Sink, Snapshot, Socket, SocketState, Span, TimeSource,
    Timestamp,
};

use crate::statement::Connection;

/// A row that comes this long after the one before it belongs to another list.
const LONGEST_PAUSE: Nanoseconds = Nanoseconds::from_seconds(5);

/// A list is written within this time.
const UNCERTAINTY: Nanoseconds = Nanoseconds::from_seconds(1);

/// The lists of a trace.
#[derive(Debug)]
pub(super) struct Rundown {
    evidence: EvidenceId,
    lists: u32,
    last: Option<Timestamp>,
}

impl Rundown {
    pub(super) const fn new(evidence: EvidenceId) -> Self {
        Self {
            evidence,
            lists: 0,
            last: None,
        }
    }

    /// Hands on a row, and its list before the first one.
    pub(super) fn take(&mut self, row: &Connection, state: Option<SocketState>, sink: &mut dyn Sink) {
        let Some(local) = row.local else { return };
        if self.last.is_none_or(|last| row.time - last > LONGEST_PAUSE) {
            sink.record(Record::Snapshot(self.list(row.span, row.time)));
            self.lists = self.lists.saturating_add(1);
        }
        self.last = Some(row.time);
        sink.record(Record::Socket(Socket {
            span: row.span,
            snapshot: self.lists.saturating_sub(1),
            protocol: row.protocol.unwrap_or(IpProtocol::TCP),
            local,
            remote: row.remote.filter(|_| state != Some(SocketState::Listen)),
            state,
            pid: row.pid,
            image: None,
            component: None,
            modules: Vec::new(),
        }));
    }

    fn list(&self, span: Span, time: Timestamp) -> Snapshot {
        Snapshot {
            span: Span {
                evidence: self.evidence,
                ..span
            },
            number: self.lists,
            tool: ListingTool::TraceRundown,
            time: Some(time),
            time_source: TimeSource::Stated,
            uncertainty: UNCERTAINTY,
            host: None,
            has_owners: true,
        }
    }
}
