//! The reader: packets, sockets, names, processes and coverage of a trace, for everything above.

use std::collections::BTreeMap;

use whotalks_record::{
    EvidenceId, InterfaceDescription, InterfaceId, Issue, IssueKind, Packet, Position, Reader, Record, Sink, Source,
    SourceKind, SourceRange, Span, Text, TimeUnit,
};

use crate::providers::{CapturedPacket, Medium, Packets, Statements};
use crate::records::{Coverage, Records, Sources};
use crate::{Event, EventSink, Totals, TraceHeader, read_events};

/// Interfaces told apart; a capture of every component of every adapter has some hundreds.
const MOST_INTERFACES: usize = 4_096;

/// Reads event traces: packets of NDIS-PacketCapture and PktMon, sockets of Winsock-AFD, TCPIP, Kernel-Network and the kernel
/// logger, names of DNS-Client, processes of Kernel-Process and the kernel logger, requests of WinINet, WebIO, WinHttp and the
/// transfer service. Other events are counted.
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
            records: Records::new(source.evidence),
            sources: Sources::default(),
            header: None,
        };
        let totals = read_events(source.bytes, source.evidence, &mut reading);
        reading.finish(&totals);
    }
}

struct Reading<'s> {
    evidence: EvidenceId,
    sink: &'s mut dyn Sink,
    statements: Statements,
    packets: Packets,
    interfaces: Interfaces,
    records: Records,
    sources: Sources,
    header: Option<TraceHeader>,
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
    fn packet(&mut self, packet: &CapturedPacket<'_>, sink: &mut dyn Sink) {
        let Some(interface) = self.find(packet, sink) else {
            self.refused += 1;
            return;
        };
        self.packets += 1;
        if let Some(coverage) = self.coverage.get_mut(interface.0 as usize) {
            coverage.count(packet.time);
        }
        if let Some(comment) = &packet.comment {
            sink.comment(comment.as_bytes());
        }
        sink.packet(&Packet {
            span: Span {
                position: Position::Packet(self.packets),
                ..packet.place
            },
            timestamp: packet.time,
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
}

impl EventSink for Reading<'_> {
    fn header(&mut self, header: &TraceHeader) {
        if header.is_one_of_several {
            self.records.is_one_of_several();
        }
        self.header = Some(header.clone());
    }

    fn event(&mut self, event: &Event<'_>) {
        let (interfaces, sink) = (&mut self.interfaces, &mut *self.sink);
        let holds_packets = self.packets.read(event, &mut |packet| interfaces.packet(packet, sink));
        if holds_packets {
            return;
        }
        let statement = self.statements.of(event);
        let source = Statements::source(event.provider, statement.as_ref());
        self.sources
            .count(source.unwrap_or(SourceKind::OtherEvents), event.time);
        if let Some(statement) = statement {
            self.records.take(statement, self.sink);
        }
        if let Some(request) = self.statements.request_of(event) {
            self.sink.record(Record::Request(request));
        }
    }

    fn issue(&mut self, issue: Issue) {
        self.sink.issue(issue);
    }
}

impl Reading<'_> {
    /// Says what could not be read and what was covered.
    fn finish(mut self, totals: &Totals) {
        let (interfaces, sink) = (&mut self.interfaces, &mut *self.sink);
        self.packets.finish(&mut |packet| interfaces.packet(packet, sink));
        let whole = Span::whole(self.evidence);
        for (unit, count) in [
            ("packet event", self.packets.undecodable()),
            ("drop of an earlier packet", self.packets.unnoted_drops()),
            ("packet of one interface too many", self.interfaces.refused),
        ] {
            if count > 0 {
                let kind = IssueKind::Skipped { unit, count };
                self.sink.issue(Issue { span: whole, kind });
            }
        }
        self.records.finish(self.statements.open_sockets(), &mut *self.sink);
        let session = self.header.as_ref().and_then(TraceHeader::shared_session);
        let captures = self.interfaces.coverage.into_iter();
        let lost = Some(totals.lost(self.header.as_ref()));
        let captures = captures.map(|coverage| SourceRange {
            lost,
            ..coverage.range(self.evidence, SourceKind::Packets)
        });
        let others = self.sources.ranges(self.evidence, self.header.as_ref(), totals);
        for range in captures.chain(others) {
            let session = session.clone();
            self.sink.record(Record::Range(SourceRange { session, ..range }));
        }
    }
}
