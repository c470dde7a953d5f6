//! The reader: packets, processes and coverage of a trace, for everything above.

use std::collections::BTreeMap;

use whotalks_record::{
    EvidenceId, InterfaceDescription, InterfaceId, Issue, IssueKind, Packet, Position, Reader, Record, Sink, Source,
    SourceKind, SourceRange, Span, Text, TimeUnit, Timestamp,
};

use crate::providers::{CapturedPacket, Medium, Packets, Statements};
use crate::{Event, EventSink, Statement, read_events};

/// Interfaces told apart; a capture of every component of every adapter has some hundreds.
const MOST_INTERFACES: usize = 4_096;

/// Reads event traces: packets of NDIS-PacketCapture and PktMon, processes of Kernel-Process and the kernel logger. Other events
/// are counted.
#[derive(Debug, Clone, Copy, Default)]
pub struct EtlReader;

impl Reader for EtlReader {
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink) {
        let mut reading = Reading {
            evidence: source.evidence,
            sink,
            statements: Statements::default(),
            packets: Packets::default(),
            interfaces: Interfaces::default(),
            others: Coverage::default(),
        };
        read_events(source.bytes, source.evidence, &mut reading);
        reading.finish();
    }
}

struct Reading<'s> {
    evidence: EvidenceId,
    sink: &'s mut dyn Sink,
    statements: Statements,
    packets: Packets,
    interfaces: Interfaces,
    others: Coverage,
}

/// What is known of a source.
#[derive(Clone, Debug, Default)]
struct Coverage {
    name: Option<Text>,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    units: u64,
}

impl Coverage {
    fn count(&mut self, time: Option<Timestamp>) {
        self.units += 1;
        self.first = match (self.first, time) {
            (Some(first), Some(time)) => Some(first.min(time)),
            (first, time) => first.or(time),
        };
        self.last = self.last.max(time);
    }
}

#[derive(Default)]
struct Interfaces {
    by_medium: BTreeMap<Medium, InterfaceId>,
    coverage: Vec<Coverage>,
    packets: u64,
    /// Packets of more interfaces than are told apart.
    refused: u64,
}

impl Interfaces {
    /// Hands on a packet; its interface first, where it is a new one.
    fn packet(&mut self, event: &Event<'_>, packet: &CapturedPacket<'_>, sink: &mut dyn Sink) {
        let Some(interface) = self.find(packet, sink) else {
            self.refused += 1;
            return;
        };
        self.packets += 1;
        if let Some(coverage) = self.coverage.get_mut(interface.0 as usize) {
            coverage.count(event.time);
        }
        if let Some(comment) = &packet.comment {
            sink.comment(comment.as_bytes());
        }
        sink.packet(&Packet {
            span: self.span(event, packet),
            timestamp: event.time,
            interface,
            link_type: packet.medium.link_type,
            data: packet.data,
            original_length: packet.original_length,
        });
    }

    fn find(&mut self, packet: &CapturedPacket<'_>, sink: &mut dyn Sink) -> Option<InterfaceId> {
        if let Some(known) = self.by_medium.get(&packet.medium) {
            return Some(*known);
        }
        if self.coverage.len() >= MOST_INTERFACES {
            return None;
        }
        let id = InterfaceId(self.coverage.len().try_into().ok()?);
        let Medium { number, link_type, .. } = packet.medium;
        let name: Option<Text> = packet.name.filter(|name| !name.is_empty()).map(Text::from);
        let description = InterfaceDescription {
            number: Some(number),
            name: name.clone(),
            ..InterfaceDescription::plain(link_type, TimeUnit::Nanoseconds)
        };
        sink.interface(id, &description);
        self.by_medium.insert(packet.medium, id);
        self.coverage.push(Coverage {
            name,
            ..Coverage::default()
        });
        Some(id)
    }

    /// The bytes of the packet where they lie in the trace as they are; else those of the event that completes it.
    fn span(&self, event: &Event<'_>, packet: &CapturedPacket<'_>) -> Span {
        let position = Position::Packet(self.packets);
        let is_plain = event.span.length > 0;
        match packet.at.filter(|_| is_plain) {
            Some(at) => {
                let payload_at = u64::from(event.span.length).saturating_sub(event.payload.len() as u64);
                Span {
                    position,
                    offset: event.span.offset + payload_at + at as u64,
                    length: packet.data.len().try_into().unwrap_or(u32::MAX),
                    ..event.span
                }
            }
            None => Span { position, ..event.span },
        }
    }
}

impl EventSink for Reading<'_> {
    fn event(&mut self, event: &Event<'_>) {
        let (interfaces, sink) = (&mut self.interfaces, &mut *self.sink);
        let holds_packets = self
            .packets
            .read(event, &mut |packet| interfaces.packet(event, packet, sink));
        if holds_packets {
            return;
        }
        self.others.count(event.time);
        if let Some(Statement::Process(process)) = self.statements.of(event) {
            self.sink.record(Record::Process(process));
        }
    }

    fn issue(&mut self, issue: Issue) {
        self.sink.issue(issue);
    }
}

impl Reading<'_> {
    /// Says what could not be read and what was covered.
    fn finish(self) {
        let whole = Span::whole(self.evidence);
        for (unit, count) in [
            ("packet event", self.packets.undecodable()),
            ("packet of one interface too many", self.interfaces.refused),
        ] {
            if count > 0 {
                let kind = IssueKind::Skipped { unit, count };
                self.sink.issue(Issue { span: whole, kind });
            }
        }
        let captures = self.interfaces.coverage.into_iter();
        let sources = captures.map(|coverage| (SourceKind::Packets, coverage));
        let others = [(SourceKind::OtherEvents, self.others)];
        for (source, coverage) in sources.chain(others).filter(|(_, coverage)| coverage.units > 0) {
            self.sink.record(Record::Range(SourceRange {
                evidence: self.evidence,
                source,
                host: None,
                interface: coverage.name,
                first: coverage.first,
                last: coverage.last,
                units: coverage.units,
                lost: None,
                clock: None,
            }));
        }
    }
}
