use whotalks_etl::{EtlReader, Event, EventSink, Statement, Statements, Totals, TraceHeader, read_events};
use whotalks_record::{
    EvidenceId, InterfaceDescription, InterfaceId, Issue, Packet, Reader as _, Record, Sink, Source, Timestamp,
};

pub(crate) const EVIDENCE: EvidenceId = EvidenceId(1);

/// What is remembered of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) provider: String,
    pub(crate) id: u16,
    pub(crate) time: Option<Timestamp>,
    pub(crate) process_id: Option<u32>,
    pub(crate) process_start_key: Option<u64>,
    pub(crate) payload: Vec<u8>,
}

/// Remembers everything.
#[derive(Default)]
pub(crate) struct All {
    pub(crate) header: Option<TraceHeader>,
    pub(crate) events: Vec<Seen>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) issues: Vec<Issue>,
    reading: Statements,
}

impl EventSink for All {
    fn header(&mut self, header: &TraceHeader) {
        self.header = Some(header.clone());
    }

    fn event(&mut self, event: &Event<'_>) {
        self.statements.extend(self.reading.of(event));
        self.events.push(Seen {
            provider: event.provider.to_string(),
            id: event.id,
            time: event.time,
            process_id: event.process_id,
            process_start_key: event.extended.process_start_key(),
            payload: event.payload.to_vec(),
        });
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

pub(crate) fn read(bytes: &[u8]) -> (All, Totals) {
    let mut all = All::default();
    let totals = read_events(&mut &*bytes, EVIDENCE, &mut all);
    (all, totals)
}

/// What the reader hands on.
#[derive(Default)]
pub(crate) struct Handed {
    pub(crate) records: Vec<Record>,
    pub(crate) packets: Vec<(u32, u16, Option<Timestamp>, Vec<u8>)>,
    pub(crate) comments: Vec<String>,
    pub(crate) issues: Vec<Issue>,
    pub(crate) interfaces: Vec<InterfaceDescription>,
    pub(crate) places: Vec<(u64, u32)>,
}

impl Sink for Handed {
    fn record(&mut self, record: Record) {
        self.records.push(record);
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        let seen = (
            packet.interface.0,
            packet.link_type.0,
            packet.timestamp,
            packet.data.to_vec(),
        );
        self.packets.push(seen);
        self.places.push((packet.span.offset, packet.span.length));
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    fn interface(&mut self, _: InterfaceId, description: &InterfaceDescription) {
        self.interfaces.push(description.clone());
    }

    fn comment(&mut self, comment: &[u8]) {
        self.comments.push(String::from_utf8_lossy(comment).into_owned());
    }
}

pub(crate) fn hand(bytes: &[u8]) -> Handed {
    let mut handed = Handed::default();
    let source = Source {
        evidence: EVIDENCE,
        bytes: &mut &*bytes,
        length: None,
        modified: None,
    };
    EtlReader.read(source, &mut handed);
    handed
}
