//! Places that only a reader can find.

use std::cell::Cell;
use std::io::{self, Read};

use whotalks_record::{Issue, Packet, Record, Sink, Source, Span};

use super::{MOST_BYTES, RawContent, RawEvidence, RawPacket};
use crate::format::Format;
use crate::readers::read_with;

/// Looks at every packet until the wanted one.
pub(super) fn packet(bytes: &mut dyn Read, format: Format, span: Span) -> io::Result<Option<RawEvidence>> {
    let done = Cell::new(false);
    let mut input = Until { bytes, done: &done };
    let mut finder = PacketFinder {
        wanted: span,
        found: None,
        done: &done,
    };
    read_with(
        format,
        Source {
            evidence: span.evidence,
            bytes: &mut input,
            length: None,
            modified: None,
        },
        &mut finder,
    );
    Ok(finder.found)
}

/// Ends the input once the packet is found, so that the reader does not go through the rest of the capture.
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

struct PacketFinder<'a> {
    wanted: Span,
    found: Option<RawEvidence>,
    done: &'a Cell<bool>,
}

impl Sink for PacketFinder<'_> {
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        if packet.span.position != self.wanted.position || self.done.replace(true) {
            return;
        }
        let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
        let data = packet.data.get(..most).unwrap_or(packet.data).to_vec();
        self.found = Some(RawEvidence {
            span: packet.span,
            content: RawContent::Packet(RawPacket {
                timestamp: packet.timestamp,
                interface: packet.interface,
                link_type: packet.link_type,
                data,
                original_length: packet.original_length,
            }),
        });
    }

    fn issue(&mut self, _: Issue) {}
}
