//! The packets that pass.

use whotalks_fields::{Extractor, FieldId, FieldSet, Frame, FrameFields};
use whotalks_filter::Filter;
use whotalks_record::{IpProtocol, Issue, Packet, Position, Record, Sink};
use whotalks_session::streams::Ends;
use whotalks_wire::dissect;

use super::annotate::{Annotate, CaseFields, Subject};

/// What is selected.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Which packets; all of them without a filter.
    pub filter: Option<Filter>,
    /// Which fields of each.
    pub columns: Vec<FieldId>,
    /// No more packets than that.
    pub most: Option<u64>,
}

impl Selection {
    /// The fields that have to be read.
    #[must_use]
    pub fn fields(&self) -> FieldSet {
        let mut fields = self
            .filter
            .as_ref()
            .map(|filter| filter.fields().clone())
            .unwrap_or_default();
        self.columns.iter().for_each(|column| fields.insert(*column));
        fields
    }
}

/// Whether more packets are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Go on.
    Going,
    /// That was enough.
    Stop,
}

/// Shows the packets that pass to `each`; a sink that a reader fills.
pub struct Select<'c, F> {
    selection: &'c Selection,
    extractor: Extractor,
    case: Option<&'c dyn Annotate>,
    case_fields: CaseFields,
    each: F,
    /// Packets that passed.
    passed: u64,
    has_stopped: bool,
    issues: Vec<Issue>,
}

impl<'c, F> Select<'c, F>
where
    F: FnMut(&Packet<'_>, &FrameFields<'_>) -> Keep,
{
    /// A sink for one capture. `case` fills the fields that only a case can fill.
    pub fn new(selection: &'c Selection, case: Option<&'c dyn Annotate>, each: F) -> Self {
        let wanted = selection.fields();
        Self {
            selection,
            case,
            case_fields: CaseFields::of(&wanted),
            extractor: Extractor::new(wanted),
            each,
            passed: 0,
            has_stopped: selection.most == Some(0),
            issues: Vec::new(),
        }
    }

    /// How many packets passed, and what the reader could not read.
    pub fn finish(self) -> (u64, Vec<Issue>) {
        (self.passed, self.issues)
    }

    /// Whether no further packet is wanted, so that reading can end.
    pub const fn has_stopped(&self) -> bool {
        self.has_stopped
    }

    fn select(&mut self, packet: &Packet<'_>) {
        let Position::Packet(number) = packet.span.position else {
            return;
        };
        let frame = Frame {
            number: number.try_into().unwrap_or(u32::MAX),
            time: packet.timestamp,
            link_type: packet.link_type,
            data: packet.data,
            original_length: packet.original_length,
            interface: None,
            comments: &[],
        };
        let mut fields = self.extractor.frame(&frame);
        let annotation = self.subject(packet).and_then(|subject| self.case?.annotation(&subject));
        if let Some(annotation) = annotation {
            self.case_fields.fill(annotation, &mut fields);
        }
        if self
            .selection
            .filter
            .as_ref()
            .is_none_or(|filter| filter.matches(&fields))
        {
            self.extractor.displayed(packet.timestamp);
            self.show(packet, &fields);
        }
    }

    fn show(&mut self, packet: &Packet<'_>, fields: &FrameFields<'_>) {
        self.passed += 1;
        let keep = (self.each)(packet, fields);
        self.has_stopped = keep == Keep::Stop || self.selection.most == Some(self.passed);
    }

    /// The packet as a case knows it again, if a case is asked at all.
    fn subject(&self, packet: &Packet<'_>) -> Option<Subject> {
        if self.case.is_none() || !self.case_fields.any() {
            return None;
        }
        subject(packet)
    }
}

/// A packet as a case knows it again; none without IP.
pub(super) fn subject(packet: &Packet<'_>) -> Option<Subject> {
    let dissected = dissect::packet(packet.link_type, packet.data, packet.original_length);
    let ip = dissected.ip()?;
    let has_ports = matches!(ip.protocol, IpProtocol::TCP | IpProtocol::UDP);
    Some(Subject {
        ends: Ends {
            source: ip.source,
            destination: ip.destination,
            ports: dissected.ports().filter(|_| has_ports).unwrap_or_default(),
        },
        protocol: ip.protocol,
        time: packet.timestamp,
    })
}

impl<F> Sink for Select<'_, F>
where
    F: FnMut(&Packet<'_>, &FrameFields<'_>) -> Keep,
{
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        if !self.has_stopped {
            self.select(packet);
        }
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}
