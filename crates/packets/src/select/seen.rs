//! A packet with what its capture says about it, and the fields that are read from it.

use whotalks_fields::{Extractor, FieldSet, Frame, FrameFields, Interface};
use whotalks_record::{InterfaceDescription, IpProtocol, Packet, Timestamp};
use whotalks_session::streams::Ends;
use whotalks_wire::dissect;

use super::annotate::{Annotate, CaseFields, Subject};
use crate::pass::{Batch, Secrets};

/// What Wireshark calls an interface of which a capture says nothing.
const UNKNOWN_INTERFACE: &str = "unknown";

/// A packet with what its capture says about it.
#[derive(Debug, Clone)]
pub struct Seen<'b> {
    /// The packet.
    pub packet: Packet<'b>,
    /// Its number, from 1; over several captures it counts on.
    pub number: u64,
    /// The comments on it.
    pub comments: Vec<&'b str>,
    /// Where it was captured, as far as the capture says it.
    pub interface: Option<&'b InterfaceDescription>,
    /// Keys that the capture has before this packet, or near it, and that came with no packet before.
    pub secrets: Vec<Secrets>,
}

impl<'b> Seen<'b> {
    /// The packet at `index`.
    pub(crate) fn of(batch: &'b Batch, index: usize) -> Option<Self> {
        let packet = batch.packet(index)?;
        Some(Self {
            packet,
            number: batch.number(index),
            comments: batch.comments(index).collect(),
            interface: batch.interface(packet.interface),
            secrets: Vec::new(),
        })
    }

    fn frame<'s>(&'s self) -> Frame<'s> {
        Frame {
            number: self.number.try_into().unwrap_or(u32::MAX),
            time: self.packet.timestamp,
            link_type: self.packet.link_type,
            data: self.packet.data,
            original_length: self.packet.original_length,
            interface: self.interface.and_then(described),
            comments: &self.comments,
        }
    }

    /// The packet as a case knows it again; none without IP.
    fn subject(&self) -> Option<Subject> {
        let packet = &self.packet;
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
}

/// An interface as the fields have it, by Wireshark's rules: what has no name is called by its description, then by its
/// hardware.
fn described(interface: &InterfaceDescription) -> Option<Interface<'_>> {
    let known = [&interface.name, &interface.description, &interface.hardware];
    let name = known.into_iter().find_map(|text| text.as_deref());
    Some(Interface {
        number: interface.number?,
        name: Some(name.unwrap_or(UNKNOWN_INTERFACE)),
        description: interface.description.as_deref(),
        section: interface.section.number,
    })
}

/// Reads fields from packet after packet.
pub(crate) struct Fields<'c> {
    extractor: Extractor,
    case: Option<&'c dyn Annotate>,
    case_fields: CaseFields,
}

impl<'c> Fields<'c> {
    /// For these fields. `case` fills those that only a case can fill.
    pub(crate) fn new(wanted: FieldSet, case: Option<&'c dyn Annotate>) -> Self {
        Self {
            case,
            case_fields: CaseFields::of(&wanted),
            extractor: Extractor::new(wanted),
        }
    }

    /// The wanted fields of the next packet.
    pub(crate) fn of<'s>(&mut self, seen: &'s Seen<'_>) -> FrameFields<'s>
    where
        'c: 's,
    {
        let mut fields = self.extractor.frame(&seen.frame());
        let case = self.case.filter(|_| self.case_fields.any());
        if let Some(annotation) = case.and_then(|case| case.annotation(&seen.subject()?)) {
            self.case_fields.fill(annotation, &mut fields);
        }
        fields
    }

    /// Says that the packet of that time was shown.
    pub(super) const fn displayed(&mut self, time: Option<Timestamp>) {
        self.extractor.displayed(time);
    }
}
