//! The pcapng format (draft-ietf-opsawg-pcapng).
//!
//! ```text
//! block | type 4 | total length 4 | body ... | total length 4 |
//! file  = sections; section = SECTION HEADER, { INTERFACE | PACKET | NAMES | STATISTICS | SECRETS | others }
//! ```
//!
//! Each section has its own byte order and its own interfaces, which count from 0. In records they count on over the whole
//! file, so that a number names one interface. Blocks of unknown types are passed over by their length, as the format
//! intends.

mod interface;
mod names;
mod options;
mod packets;
mod processes;
mod texts;

use std::sync::Arc;

use whotalks_bytes::{ByteOrder, Cursor, ReadError};
use whotalks_record::{EvidenceId, Issue, IssueKind, Packet, Position, Reader, Section, Sink, Source, Span};

use crate::Format;
use crate::framer::{FrameSink, Framer, Lacks, Progress, Step};
use crate::ledger::Ledger;
use interface::Interface;
use processes::Processes;
use texts::Texts;

mod field {
    use whotalks_bytes::fixed::{Octets, U16, U32};
    pub(super) const TYPE: U32<0> = U32;
    pub(super) const TOTAL_LENGTH: U32<4> = U32;
    pub(super) const BYTE_ORDER_MAGIC: Octets<8, 4> = Octets;
    pub(super) const MAJOR_VERSION: U16<12> = U16;
}

/// The type of a block (IANA "PCAPNG Block Types").
mod block_type {
    pub(super) const INTERFACE: u32 = 1;
    pub(super) const OBSOLETE_PACKET: u32 = 2;
    pub(super) const SIMPLE_PACKET: u32 = 3;
    pub(super) const NAMES: u32 = 4;
    pub(super) const STATISTICS: u32 = 5;
    pub(super) const ENHANCED_PACKET: u32 = 6;
    pub(super) const JOURNAL: u32 = 9;
    pub(super) const SECRETS: u32 = 10;
    pub(super) const CUSTOM: u32 = 0x0000_0bad;
    /// Process information, by Apple's `tcpdump`; a number that is not registered, since it is for local use.
    pub(super) const PROCESS: u32 = 0x8000_0001;
    pub(super) const CUSTOM_NOT_COPIED: u32 = 0x4000_0bad;
    /// Reads the same in both byte orders.
    pub(super) const SECTION: u32 = 0x0a0d_0d0a;
}

const MAGIC_LITTLE: [u8; 4] = [0x4d, 0x3c, 0x2b, 0x1a];
const MAGIC_BIG: [u8; 4] = [0x1a, 0x2b, 0x3c, 0x4d];
/// Type and total length.
const HEAD_BYTES: usize = 8;
/// Type, and the total length twice.
const FRAME_BYTES: u32 = 12;
/// The fixed part of a section header, up to its section length.
const SECTION_BYTES: usize = 24;
/// The only major version there is.
const MAJOR_VERSION: u16 = 1;
/// The longest block believed: the longest packet and 64 KiB of options.
const MOST_BLOCK_BYTES: u32 = crate::MOST_PACKET_BYTES + (64 << 10);
/// The longest block of process information that is looked into; those of `tcpdump` have less than a hundred bytes, and another
/// writer may use the number for something else.
const MOST_PROCESS_BLOCK_BYTES: u32 = 16 << 10;
/// How many interfaces of a file are kept. Captures of containers have hundreds.
const MOST_INTERFACES: usize = 65_536;

/// Whether a file that begins so is a pcapng file.
pub(crate) fn is_section_header(prefix: &[u8]) -> bool {
    prefix.first_chunk::<12>().is_some_and(|head| {
        field::TYPE.be(head) == block_type::SECTION
            && matches!(field::BYTE_ORDER_MAGIC.of(head), MAGIC_LITTLE | MAGIC_BIG)
    })
}

/// Reads pcapng: several sections and interfaces, both byte orders, all three packet blocks, name resolution, statistics.
#[derive(Debug, Clone, Copy, Default)]
pub struct PcapngReader;

impl Reader for PcapngReader {
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink) {
        crate::pull::read(Framer::of(Format::Pcapng, source.evidence), source, sink);
    }
}

/// What is known while reading.
#[derive(Debug)]
pub(crate) struct Blocks {
    evidence: EvidenceId,
    /// The number of the last packet, as Wireshark counts frames.
    packets: u64,
    order: ByteOrder,
    /// The major version of the current section.
    version: u16,
    /// The interfaces of the current section.
    interfaces: Vec<Interface>,
    /// The processes of the current section.
    processes: Processes,
    ledger: Ledger,
    /// Sections that began so far, the last of which is the current one.
    sections: u32,
    section: Arc<Section>,
    texts: Texts,
    /// Interfaces that were not kept.
    skipped_interfaces: u64,
    /// Comments on packets that were not read.
    skipped_comments: u64,
    /// The block that is being passed over: its length, and how much of it is left.
    passing: Option<(u32, u64)>,
    has_ended: bool,
}

/// The beginning of a block.
#[derive(Clone, Copy)]
struct Head {
    kind: u32,
    /// Bytes of the whole block with its padding.
    total_length: u32,
}

/// A whole block in memory.
#[derive(Clone, Copy)]
struct Block<'a> {
    kind: u32,
    /// What lies between the two lengths.
    body: &'a [u8],
    /// Offset of the body in the file.
    offset: u64,
}

impl<'a> Block<'a> {
    fn cursor(&self) -> Cursor<'a> {
        Cursor::at(self.body, self.offset)
    }
}

impl Blocks {
    pub(crate) fn new(evidence: EvidenceId) -> Self {
        Self {
            evidence,
            packets: 0,
            order: ByteOrder::Little,
            version: MAJOR_VERSION,
            interfaces: Vec::new(),
            processes: Processes::default(),
            ledger: Ledger::default(),
            sections: 0,
            section: Arc::default(),
            texts: Texts::default(),
            skipped_interfaces: 0,
            skipped_comments: 0,
            passing: None,
            has_ended: false,
        }
    }

    pub(crate) const fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Reads block after block. A block that contradicts itself inside is an issue and is passed over; one without a
    /// believable length ends the file, since nothing tells where the next one begins.
    #[inline]
    pub(crate) fn frame<'a>(&mut self, chunk: &'a [u8], offset: u64, sink: &mut impl FrameSink<'a>) -> Progress {
        let mut rest = chunk;
        while !self.has_ended {
            let consumed = chunk.len() - rest.len();
            let at = offset.saturating_add(consumed as u64);
            match self.step(rest, at, sink) {
                Ok(Step::Packet(packet, bytes)) => {
                    sink.packet(packet);
                    rest = rest.get(bytes..).unwrap_or_default();
                }
                Ok(Step::Other(bytes)) => rest = rest.get(bytes..).unwrap_or_default(),
                Ok(Step::Lacks(lacks)) => {
                    let needed = lacks.bytes;
                    return Progress { consumed, needed };
                }
                Err(kind) => self.end(kind, at, sink),
            }
        }
        Progress::all_of(chunk)
    }

    pub(crate) fn finish<'a>(
        mut self,
        rest: &'a [u8],
        offset: u64,
        failure: Option<&str>,
        sink: &mut impl FrameSink<'a>,
    ) {
        let ends_well = rest.is_empty() && failure.is_none() && self.passing.is_none();
        if !self.has_ended && !ends_well {
            let kind = match self.step(rest, offset, sink) {
                Ok(Step::Lacks(lacks)) => Some(lacks.at_end(rest, failure)),
                Ok(_) => None,
                Err(kind) => Some(kind),
            };
            kind.into_iter().for_each(|kind| self.end(kind, offset, sink));
        }
        self.report_bounds(sink);
        self.ledger.report(self.evidence, sink);
    }

    #[cold]
    fn end<'a>(&mut self, kind: IssueKind, offset: u64, sink: &mut impl FrameSink<'a>) {
        self.has_ended = true;
        let span = Span {
            position: self.next_packet(),
            ..self.span(offset, 0)
        };
        sink.issue(Issue { span, kind });
    }

    /// Reads one block, or passes over a part of it.
    #[inline]
    fn step<'a>(&mut self, rest: &'a [u8], offset: u64, sink: &mut impl FrameSink<'a>) -> Result<Step<'a>, IssueKind> {
        if let Some((total_length, left)) = self.passing {
            return Ok(self.pass(rest, total_length, left));
        }
        let head = match self.block_head(rest)? {
            Ok(head) => head,
            Err(lacks) => return Ok(Step::Lacks(lacks)),
        };
        let total_bytes = head.total_length as usize;
        if !is_read(head) {
            if is_numbered(head.kind) {
                self.packets += 1;
            }
            self.passing = Some((head.total_length, head.total_length.into()));
            return Ok(Step::Other(0));
        }
        let Some(block) = rest.get(..total_bytes) else {
            return Ok(Step::Lacks(lacks(total_bytes, head.total_length)));
        };
        let block = Block {
            kind: head.kind,
            body: block.get(HEAD_BYTES..total_bytes - 4).unwrap_or_default(),
            offset: offset.saturating_add(HEAD_BYTES as u64),
        };
        Ok(match self.block(block, sink) {
            Some(packet) => Step::Packet(packet, total_bytes),
            None => Step::Other(total_bytes),
        })
    }

    /// Passes over what is there of a block that is not read.
    fn pass<'a>(&mut self, rest: &'a [u8], total_length: u32, left: u64) -> Step<'a> {
        let here = usize::try_from(left).unwrap_or(usize::MAX).min(rest.len());
        if here == 0 {
            return Step::Lacks(lacks(1, total_length));
        }
        let left = left.saturating_sub(here as u64);
        self.passing = (left > 0).then_some((total_length, left));
        Step::Other(here)
    }

    /// Type and length of the next block. A section header sets the byte order first.
    #[inline]
    fn block_head(&mut self, rest: &[u8]) -> Result<Result<Head, Lacks>, IssueKind> {
        let Some(bytes) = rest.first_chunk::<HEAD_BYTES>() else {
            return Ok(Err(lacks(HEAD_BYTES, FRAME_BYTES)));
        };
        if field::TYPE.be(bytes) == block_type::SECTION {
            let Some(bytes) = rest.first_chunk::<SECTION_BYTES>() else {
                return Ok(Err(lacks(SECTION_BYTES, SECTION_BYTES as u32 + 4)));
            };
            self.begin_section(bytes)?;
        }
        let kind = field::TYPE.by(self.order, bytes);
        // Writers that forget to pad still place the next block on a multiple of four.
        let total_length = field::TOTAL_LENGTH
            .by(self.order, bytes)
            .checked_next_multiple_of(4)
            .unwrap_or(u32::MAX);
        let head = Head { kind, total_length };
        if total_length < FRAME_BYTES || (is_read(head) && total_length > MOST_BLOCK_BYTES) {
            return Err(impossible_length(kind, total_length));
        }
        Ok(Ok(head))
    }

    fn begin_section(&mut self, bytes: &[u8; SECTION_BYTES]) -> Result<(), IssueKind> {
        self.order = match field::BYTE_ORDER_MAGIC.of(bytes) {
            MAGIC_LITTLE => ByteOrder::Little,
            MAGIC_BIG => ByteOrder::Big,
            other => {
                let found = format!("{other:02x?}").into();
                return Err(IssueKind::Malformed {
                    field: "pcapng.byte_order_magic",
                    found,
                });
            }
        };
        self.interfaces.clear();
        self.processes.clear();
        self.version = field::MAJOR_VERSION.by(self.order, bytes);
        Ok(())
    }

    /// Reads one block and says what is wrong with it.
    #[inline]
    fn block<'a>(&mut self, block: Block<'a>, sink: &mut impl FrameSink<'a>) -> Option<Packet<'a>> {
        match self.read_block(block, sink) {
            Ok(packet) => packet,
            Err(kind) => {
                let span = self.span(block.offset, block.body.len());
                sink.issue(Issue {
                    span: Span {
                        position: self.next_packet(),
                        ..span
                    },
                    kind,
                });
                None
            }
        }
    }

    #[inline]
    fn read_block<'a>(
        &mut self,
        block: Block<'a>,
        sink: &mut impl FrameSink<'a>,
    ) -> Result<Option<Packet<'a>>, IssueKind> {
        if self.version == MAJOR_VERSION && block.kind == block_type::ENHANCED_PACKET {
            return self.enhanced_packet(block, sink);
        }
        match block.kind {
            block_type::SECTION => {
                self.check_version()?;
                self.section(block)?;
            }
            _ if self.version != MAJOR_VERSION => {}
            block_type::SIMPLE_PACKET => return self.simple_packet(block),
            block_type::OBSOLETE_PACKET => return self.obsolete_packet(block),
            block_type::INTERFACE => self.interface(block, sink)?,
            block_type::STATISTICS => self.statistics(block)?,
            block_type::NAMES => self.names(block, sink),
            block_type::SECRETS => self.secrets(block, sink)?,
            block_type::PROCESS => self.process(block),
            _ => {}
        }
        Ok(None)
    }

    fn check_version(&self) -> Result<(), IssueKind> {
        if self.version == MAJOR_VERSION {
            return Ok(());
        }
        let found = format!("version {}", self.version).into();
        Err(IssueKind::Unsupported {
            field: "pcapng.section_header",
            found,
        })
    }

    /// Keys that would open encrypted traffic are handed on; where nobody takes them, that is said.
    fn secrets<'a>(&self, block: Block<'a>, sink: &mut impl FrameSink<'a>) -> Result<(), IssueKind> {
        let mut cursor = block.cursor();
        let kind = cursor.u32_by("pcapng.secrets_type", self.order).map_err(lying_block)?;
        // A block whose length lies still says what kind of keys there were.
        let length = cursor.u32_by("pcapng.secrets_length", self.order).unwrap_or(0) as usize;
        let secrets = cursor.rest().get(..length).unwrap_or(cursor.rest());
        if sink.secrets(kind, secrets) {
            return Ok(());
        }
        let found = format!("secrets of type {kind:#x}").into();
        Err(IssueKind::Unsupported {
            field: "pcapng.decryption_secrets",
            found,
        })
    }

    /// The position that the next packet will have, by which people find a place in a capture.
    const fn next_packet(&self) -> Position {
        Position::Packet(self.packets + 1)
    }

    fn span(&self, offset: u64, length: usize) -> Span {
        let length = length.try_into().unwrap_or(u32::MAX);
        Span {
            evidence: self.evidence,
            position: Position::Whole,
            offset,
            length,
        }
    }
}

/// Whether a block is looked into; others may have any length.
const fn is_read(head: Head) -> bool {
    match head.kind {
        block_type::INTERFACE..=block_type::ENHANCED_PACKET | block_type::SECRETS | block_type::SECTION => true,
        block_type::PROCESS => head.total_length <= MOST_PROCESS_BLOCK_BYTES,
        _ => false,
    }
}

/// Whether Wireshark counts such a block as a frame although it holds no packet; then packet numbers must step over it.
const fn is_numbered(kind: u32) -> bool {
    matches!(
        kind,
        block_type::JOURNAL | block_type::CUSTOM | block_type::CUSTOM_NOT_COPIED
    )
}

/// A block of `total_length` bytes of which the next `bytes` must be there.
const fn lacks(bytes: usize, total_length: u32) -> Lacks {
    Lacks {
        bytes,
        field: "pcapng.block",
        field_bytes: total_length as u64,
    }
}

#[cold]
fn impossible_length(kind: u32, total_length: u32) -> IssueKind {
    IssueKind::Malformed {
        field: "pcapng.block_total_length",
        found: format!("length {total_length} of a block of type {kind:#x}").into(),
    }
}

/// The block is there as a whole, so a read past its end means that a length inside it lies.
fn lying_block(error: ReadError) -> IssueKind {
    let found = format!("{} bytes needed, {} available", error.needed, error.available).into();
    IssueKind::Malformed {
        field: error.field,
        found,
    }
}

#[cfg(test)]
pub(crate) mod tests;
