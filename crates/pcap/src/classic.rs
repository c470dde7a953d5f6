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
    EvidenceId, InterfaceDescription, InterfaceId, Issue, IssueKind, LinkType, Packet, Position, Reader, Sink, Source,
    Span, TimeUnit, Timestamp,
};

use crate::framer::{FrameSink, Framer, Lacks, Progress, Step};
use crate::ledger::Ledger;
use crate::{Format, MOST_PACKET_BYTES};

mod file_field {
    use whotalks_bytes::fixed::{U16, U32};
    pub(super) const MINOR: U16<6> = U16;
    pub(super) const SNAPSHOT_LENGTH: U32<16> = U32;
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
    const fn unit(self) -> TimeUnit {
        match self.fraction_nanoseconds {
            1 => TimeUnit::Nanoseconds,
            _ => TimeUnit::Microseconds,
        }
    }

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
        crate::pull::read(Framer::of(Format::Pcap, source.evidence), source, sink);
    }
}

/// What is known while reading.
#[derive(Debug)]
pub(crate) struct Classic {
    evidence: EvidenceId,
    header: Option<FileHeader>,
    /// Packets read so far.
    number: u64,
    interface: InterfaceId,
    ledger: Ledger,
    has_ended: bool,
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

impl Classic {
    pub(crate) fn new(evidence: EvidenceId) -> Self {
        Self {
            evidence,
            header: None,
            number: 0,
            interface: InterfaceId(0),
            ledger: Ledger::default(),
            has_ended: false,
        }
    }

    pub(crate) const fn has_ended(&self) -> bool {
        self.has_ended
    }

    #[inline]
    pub(crate) fn frame<'a>(&mut self, chunk: &'a [u8], offset: u64, sink: &mut impl FrameSink<'a>) -> Progress {
        let mut rest = chunk;
        while !self.has_ended {
            if let Some(header) = self.header {
                let at = offset.saturating_add((chunk.len() - rest.len()) as u64);
                let passed = self.whole_packets(header, rest, at, sink);
                rest = rest.get(passed..).unwrap_or_default();
            }
            let consumed = chunk.len() - rest.len();
            let at = offset.saturating_add(consumed as u64);
            let bytes = match self.step(rest, sink) {
                Ok(Step::Packet(_, bytes) | Step::Other(bytes)) => bytes,
                Ok(Step::Lacks(lacks)) => {
                    let needed = lacks.bytes;
                    return Progress { consumed, needed };
                }
                Err(kind) => {
                    self.end(kind, at, sink);
                    break;
                }
            };
            rest = rest.get(bytes..).unwrap_or_default();
        }
        Progress::all_of(chunk)
    }

    /// Tells the packets that are whole, up to one that is not, and gives the bytes of their records. Nearly all packets go this
    /// way; what stops it is for [`stopped`] to explain.
    #[inline]
    fn whole_packets<'a>(
        &mut self,
        header: FileHeader,
        bytes: &'a [u8],
        offset: u64,
        sink: &mut impl FrameSink<'a>,
    ) -> usize {
        let (mut rest, first) = (bytes, self.number);
        let mut times: Option<(Timestamp, Timestamp)> = None;
        while let Some((packet, data, after)) = whole_packet(header, rest) {
            let passed = bytes.len() - after.len() - data.len();
            rest = after;
            self.number += 1;
            let (earliest, latest) = times.unwrap_or((packet.timestamp, packet.timestamp));
            times = Some((earliest.min(packet.timestamp), latest.max(packet.timestamp)));
            sink.packet(Packet {
                span: Span {
                    evidence: self.evidence,
                    position: Position::Packet(self.number),
                    offset: offset.saturating_add(passed as u64),
                    length: packet.captured_length,
                },
                timestamp: Some(packet.timestamp),
                interface: self.interface,
                link_type: header.link_type,
                data,
                original_length: packet.original_length.max(packet.captured_length),
            });
        }
        if let (Some(times), Some(coverage)) = (times, self.ledger.get_mut(self.interface)) {
            coverage.packets(self.number - first, times);
        }
        bytes.len() - rest.len()
    }

    pub(crate) fn finish<'a>(
        mut self,
        rest: &'a [u8],
        offset: u64,
        failure: Option<&str>,
        sink: &mut impl FrameSink<'a>,
    ) {
        let ends_well = rest.is_empty() && failure.is_none() && self.header.is_some();
        if !self.has_ended && !ends_well {
            let kind = match self.step(rest, sink) {
                Ok(Step::Lacks(lacks)) => Some(lacks.at_end(rest, failure)),
                Ok(_) => None,
                Err(kind) => Some(kind),
            };
            kind.into_iter().for_each(|kind| self.end(kind, offset, sink));
        }
        self.ledger.report(self.evidence, sink);
    }

    #[cold]
    fn end<'a>(&mut self, kind: IssueKind, offset: u64, sink: &mut impl FrameSink<'a>) {
        self.has_ended = true;
        sink.issue(Issue {
            span: Span {
                evidence: self.evidence,
                // In words of the packet that would come next.
                position: Position::Packet(self.number + 1),
                offset,
                length: 0,
            },
            kind,
        });
    }

    /// What comes next besides packets that are whole.
    fn step<'a>(&mut self, rest: &'a [u8], sink: &mut impl FrameSink<'a>) -> Result<Step<'a>, IssueKind> {
        match self.header {
            Some(header) => stopped(header, rest),
            None => self.file_header(rest, sink),
        }
    }

    fn file_header<'a>(&mut self, rest: &'a [u8], sink: &mut impl FrameSink<'a>) -> Result<Step<'a>, IssueKind> {
        let Some(bytes) = rest.first_chunk::<FILE_HEADER_BYTES>() else {
            return Ok(lacks("pcap.file_header", FILE_HEADER_BYTES));
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
        let link_type = LinkType(link_type.try_into().unwrap_or(u16::MAX));
        self.interface = self.ledger.add(None);
        let description = InterfaceDescription {
            snapshot_length: file_field::SNAPSHOT_LENGTH.by(variant.order, bytes),
            ..InterfaceDescription::plain(link_type, variant.unit())
        };
        sink.interface(self.interface, &description);
        self.header = Some(FileHeader {
            variant,
            link_type,
            lengths_may_be_swapped: minor <= LAST_MINOR_WITH_SWAPPED_LENGTHS,
        });
        Ok(Step::Other(FILE_HEADER_BYTES))
    }
}

/// Why the bytes do not begin with a packet that is whole.
fn stopped(header: FileHeader, bytes: &[u8]) -> Result<Step<'static>, IssueKind> {
    let header_bytes = header.variant.packet_header_bytes;
    let (Some(fixed), true) = (bytes.first_chunk(), bytes.len() >= header_bytes) else {
        return Ok(lacks("pcap.packet_header", header_bytes));
    };
    let packet = read_packet_header(header.variant, header.lengths_may_be_swapped, fixed);
    if packet.captured_length > MOST_PACKET_BYTES {
        return Err(unbelievable(packet.captured_length));
    }
    let record_bytes = header_bytes.saturating_add(packet.captured_length as usize);
    Ok(lacks("pcap.packet_data", record_bytes))
}

/// The packet that the bytes begin with if all of it is there: its header, its data and what comes after it.
#[inline]
fn whole_packet(header: FileHeader, bytes: &[u8]) -> Option<(PacketHeader, &[u8], &[u8])> {
    let packet = read_packet_header(header.variant, header.lengths_may_be_swapped, bytes.first_chunk()?);
    let data = bytes.get(header.variant.packet_header_bytes..)?;
    let (data, after) = data.split_at_checked(packet.captured_length as usize)?;
    (packet.captured_length <= MOST_PACKET_BYTES).then_some((packet, data, after))
}

const fn lacks(field: &'static str, bytes: usize) -> Step<'static> {
    Step::Lacks(Lacks {
        bytes,
        field,
        field_bytes: bytes as u64,
    })
}

#[cold]
fn unbelievable(captured_length: u32) -> IssueKind {
    IssueKind::Malformed {
        field: "pcap.captured_length",
        found: format!("captured length {captured_length}").into(),
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
pub(crate) mod tests;
