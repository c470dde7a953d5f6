//! The classic pcap format (draft-ietf-opsawg-pcap).
//!
//! ```text
//! file   | magic 4 | major 2 | minor 2 | zone 4 | accuracy 4 | snapshot length 4 | link type 4 |
//! packet | seconds 4 | fraction 4 | captured length 4 | original length 4 | 8 more, if modified | data ... |
//! ```
//!
//! The magic number tells the byte order, the unit of the fraction, and Kuznetzov's "modified" variant, whose packet headers
//! are longer.

use whotalks_bytes::ByteOrder;
use whotalks_record::{
    EvidenceId, InterfaceId, Issue, IssueKind, LinkType, Packet, Position, Reader, Sink, Source, Span, Timestamp,
};

use crate::MOST_PACKET_BYTES;
use crate::ledger::Ledger;
use crate::window::Window;

mod file_field {
    use whotalks_bytes::fixed::{U16, U32};
    pub(super) const MINOR: U16<6> = U16;
    pub(super) const LINK_TYPE: U32<20> = U32;
}

mod packet_field {
    use whotalks_bytes::fixed::U32;
    pub(super) const SECONDS: U32<0> = U32;
    pub(super) const FRACTION: U32<4> = U32;
    pub(super) const CAPTURED_LENGTH: U32<8> = U32;
    pub(super) const ORIGINAL_LENGTH: U32<12> = U32;
}

const FILE_HEADER_BYTES: usize = 24;
const PACKET_HEADER_BYTES: usize = 16;
/// What a modified packet header adds: interface index 4, protocol 2, packet type 1, padding 1.
const MODIFIED_HEADER_BYTES: usize = 8;

/// Up to this minor version of version 2 some programs wrote the two lengths in the other order.
const LAST_MINOR_WITH_SWAPPED_LENGTHS: u16 = 3;
/// The upper bits of the link type say whether frames end in a checksum; the lower ones are the type.
const LINK_TYPE_MASK: u32 = 0xffff;

/// What the magic number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Variant {
    order: ByteOrder,
    fraction_nanoseconds: u32,
    packet_header_bytes: usize,
}

impl Variant {
    pub(crate) fn of(prefix: &[u8]) -> Option<Self> {
        let magic = prefix.first_chunk::<4>()?;
        let (order, magic) = match u32::from_be_bytes(*magic) {
            magic if magic >> 24 == 0xa1 => (ByteOrder::Big, magic),
            magic => (ByteOrder::Little, magic.swap_bytes()),
        };
        let (fraction_nanoseconds, packet_header_bytes) = match magic {
            0xa1b2_c3d4 => (1_000, PACKET_HEADER_BYTES),
            0xa1b2_3c4d => (1, PACKET_HEADER_BYTES),
            0xa1b2_cd34 => (1_000, PACKET_HEADER_BYTES + MODIFIED_HEADER_BYTES),
            _ => return None,
        };
        Some(Self {
            order,
            fraction_nanoseconds,
            packet_header_bytes,
        })
    }
}

/// Reads pcap: microseconds and nanoseconds, both byte orders, and the modified variant.
#[derive(Debug, Clone, Copy, Default)]
pub struct PcapReader;

impl Reader for PcapReader {
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink) {
        let mut run = Run {
            evidence: source.evidence,
            window: Window::new(source.bytes),
            number: 0,
            ledger: Ledger::default(),
        };
        if let Err(kind) = run.file(sink) {
            sink.issue(Issue {
                span: run.span(0),
                kind,
            });
        }
        run.ledger.report(run.evidence, sink);
    }
}

struct Run<'a> {
    evidence: EvidenceId,
    window: Window<'a>,
    /// Packets read so far.
    number: u64,
    ledger: Ledger,
}

/// What the file header says.
#[derive(Debug, Clone, Copy)]
struct FileHeader {
    variant: Variant,
    link_type: LinkType,
    lengths_may_be_swapped: bool,
}

/// What a packet header says.
#[derive(Debug, Clone, Copy)]
struct PacketHeader {
    timestamp: Timestamp,
    captured_length: u32,
    original_length: u32,
}

impl Run<'_> {
    fn file(&mut self, sink: &mut dyn Sink) -> Result<(), IssueKind> {
        let header = self.file_header()?;
        let interface = self.ledger.add(None);
        while let Some(packet) = self.packet_header(header)? {
            self.packet(header, interface, packet, sink)?;
        }
        Ok(())
    }

    fn file_header(&mut self) -> Result<FileHeader, IssueKind> {
        let Some(bytes) = self.window.peek_array::<FILE_HEADER_BYTES>() else {
            return Err(self.truncated("pcap.file_header", FILE_HEADER_BYTES));
        };
        let Some(variant) = Variant::of(bytes) else {
            let found = format!("magic number {:02x?}", bytes.first_chunk::<4>()).into();
            return Err(IssueKind::Malformed {
                field: "pcap.magic_number",
                found,
            });
        };
        let link_type = file_field::LINK_TYPE.by(variant.order, bytes) & LINK_TYPE_MASK;
        let minor = file_field::MINOR.by(variant.order, bytes);
        self.window.consume(FILE_HEADER_BYTES);
        Ok(FileHeader {
            variant,
            link_type: LinkType(link_type.try_into().unwrap_or(u16::MAX)),
            lengths_may_be_swapped: minor <= LAST_MINOR_WITH_SWAPPED_LENGTHS,
        })
    }

    /// The next packet header, none at the end of the file.
    #[inline]
    fn packet_header(&mut self, header: FileHeader) -> Result<Option<PacketHeader>, IssueKind> {
        let FileHeader {
            variant,
            lengths_may_be_swapped,
            ..
        } = header;
        if self.window.peek(variant.packet_header_bytes).is_none() {
            let at_end = self.window.bytes().is_empty() && self.window.failure().is_none();
            return if at_end {
                Ok(None)
            } else {
                Err(self.truncated("pcap.packet_header", variant.packet_header_bytes))
            };
        }
        let Some(bytes) = self.window.peek_array::<PACKET_HEADER_BYTES>() else {
            return Ok(None);
        };
        let packet = read_packet_header(variant, lengths_may_be_swapped, bytes);
        if packet.captured_length > MOST_PACKET_BYTES {
            let found = format!("captured length {}", packet.captured_length).into();
            return Err(IssueKind::Malformed {
                field: "pcap.captured_length",
                found,
            });
        }
        Ok(Some(packet))
    }

    #[inline]
    fn packet(
        &mut self,
        header: FileHeader,
        interface: InterfaceId,
        packet: PacketHeader,
        sink: &mut dyn Sink,
    ) -> Result<(), IssueKind> {
        let header_bytes = header.variant.packet_header_bytes;
        let record_bytes = header_bytes.saturating_add(packet.captured_length as usize);
        let offset = self.window.offset().saturating_add(header_bytes as u64);
        let Some(record) = self.window.peek(record_bytes) else {
            return Err(self.truncated("pcap.packet_data", record_bytes));
        };
        let data = record.get(header_bytes..).unwrap_or_default();
        self.number += 1;
        let position = Position::Packet(self.number);
        sink.packet(&Packet {
            span: Span {
                evidence: self.evidence,
                position,
                offset,
                length: packet.captured_length,
            },
            timestamp: Some(packet.timestamp),
            interface,
            link_type: header.link_type,
            data,
            original_length: packet.original_length.max(packet.captured_length),
        });
        if let Some(coverage) = self.ledger.get_mut(interface) {
            coverage.packet(Some(packet.timestamp));
        }
        self.window.consume(record_bytes);
        Ok(())
    }

    fn truncated(&self, field: &'static str, needed: usize) -> IssueKind {
        if let Some(failure) = self.window.failure() {
            return IssueKind::Io {
                message: failure.to_string().into(),
            };
        }
        IssueKind::Truncated {
            field,
            needed: needed as u64,
            available: self.window.bytes().len() as u64,
        }
    }

    /// Where reading stands, in words of the packet that would come next.
    fn span(&self, length: u32) -> Span {
        let position = Position::Packet(self.number + 1);
        Span {
            evidence: self.evidence,
            position,
            offset: self.window.offset(),
            length,
        }
    }
}

#[inline]
fn read_packet_header(variant: Variant, swap: bool, bytes: &[u8; PACKET_HEADER_BYTES]) -> PacketHeader {
    let order = variant.order;
    let seconds = packet_field::SECONDS.by(order, bytes);
    let fraction = packet_field::FRACTION.by(order, bytes);
    let captured = packet_field::CAPTURED_LENGTH.by(order, bytes);
    let original = packet_field::ORIGINAL_LENGTH.by(order, bytes);
    // Only a length that is too large for what was on the wire shows that the two are swapped.
    let swapped = swap && captured > original;
    let (captured_length, original_length) = if swapped {
        (original, captured)
    } else {
        (captured, original)
    };
    let timestamp = Timestamp::from_seconds(seconds.into(), fraction.saturating_mul(variant.fraction_nanoseconds));
    PacketHeader {
        timestamp,
        captured_length,
        original_length,
    }
}

#[cfg(test)]
mod tests;
