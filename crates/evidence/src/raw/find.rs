//! Places that only a reader can find.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, Read};

use whotalks_record::{InterfaceDescription, InterfaceId, Issue, Packet, PacketProcess, Record, Sink, Source, Span};

use super::{MOST_BYTES, RawContent, RawEvidence, RawPacket};
use crate::format::Format;
use crate::readers::read_with;

/// Looks at every packet until the wanted one.
pub(super) fn packet(bytes: &mut dyn Read, format: Format, span: Span) -> Option<RawEvidence> {
    let done = Cell::new(false);
    let mut finder = Finder::new(span, &done);
    run(bytes, format, &mut finder);
    finder.packet
}

/// The bytes of a filter in a dump, which only its number is known of.
pub(super) fn item(bytes: &mut dyn Read, format: Format, span: Span) -> Option<Span> {
    let done = Cell::new(false);
    let mut finder = Finder::new(span, &done);
    run(bytes, format, &mut finder);
    finder.item
}

fn run(bytes: &mut dyn Read, format: Format, finder: &mut Finder<'_>) {
    let done = finder.done;
    let source = Source {
        evidence: finder.wanted.evidence,
        bytes: &mut Until { bytes, done },
        length: None,
        modified: None,
    };
    read_with(format, source, finder);
}

/// Ends the input once the place is found, so that the reader does not go through the rest.
struct Until<'a> {
    bytes: &'a mut dyn Read,
    done: &'a Cell<bool>,
}

impl Read for Until<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.done.get() {
            Ok(0)
        } else {
            self.bytes.read(buffer)
        }
    }
}

/// Takes the packet, or the place of the filter, with the wanted number.
struct Finder<'a> {
    wanted: Span,
    packet: Option<RawEvidence>,
    item: Option<Span>,
    /// The comments on the next packet.
    comments: Vec<String>,
    /// The processes of the next packet.
    process: Option<PacketProcess>,
    /// As many as a reader of captures describes.
    interfaces: HashMap<InterfaceId, InterfaceDescription>,
    done: &'a Cell<bool>,
}

impl<'a> Finder<'a> {
    fn new(wanted: Span, done: &'a Cell<bool>) -> Self {
        Self {
            wanted,
            packet: None,
            item: None,
            comments: Vec::new(),
            process: None,
            interfaces: HashMap::new(),
            done,
        }
    }

    /// Whether this is the first place with the wanted number; ends the reading if so.
    fn is_wanted(&self, span: Span) -> bool {
        span.position == self.wanted.position && !self.done.replace(true)
    }
}

impl Sink for Finder<'_> {
    fn record(&mut self, record: Record) {
        if let Record::Filter(filter) = record
            && self.is_wanted(filter.span)
        {
            self.item = Some(filter.span);
        }
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        let about = (std::mem::take(&mut self.comments), self.process.take());
        if self.is_wanted(packet.span) {
            let described = self.interfaces.remove(&packet.interface);
            self.packet = Some(shown(packet, about, described));
        }
    }

    fn issue(&mut self, _: Issue) {}

    fn interface(&mut self, id: InterfaceId, description: &InterfaceDescription) {
        self.interfaces.insert(id, description.clone());
    }

    fn comment(&mut self, comment: &[u8]) {
        self.comments.push(String::from_utf8_lossy(comment).into_owned());
    }

    fn process(&mut self, process: &PacketProcess) {
        self.process = Some(process.clone());
    }
}

/// What a capture says of a packet: comments and processes.
type About = (Vec<String>, Option<PacketProcess>);

fn shown(packet: &Packet<'_>, (comments, process): About, described: Option<InterfaceDescription>) -> RawEvidence {
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    RawEvidence {
        span: packet.span,
        content: RawContent::Packet(Box::new(RawPacket {
            timestamp: packet.timestamp,
            interface: packet.interface,
            link_type: packet.link_type,
            data: packet.data.get(..most).unwrap_or(packet.data).to_vec(),
            original_length: packet.original_length,
            comments,
            process,
            described: described.filter(|description| description.number.is_some()),
        })),
    }
}
