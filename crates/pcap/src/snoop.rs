//! The snoop format of Solaris (RFC 1761).
//!
//! ```text
//! file   | "snoop" and three zeros 8 | version 4 | data link 4 |
//! packet | original length 4 | included length 4 | record length 4 | drops 4 | seconds 4 | microseconds 4 | data ... | padding |
//! ```
//!
//! All numbers have the most significant byte first.

use whotalks_record::{
    EvidenceId, InterfaceDescription, InterfaceId, Issue, IssueKind, LinkType, Packet, Position, Span, TimeUnit,
    Timestamp,
};

use crate::MOST_PACKET_BYTES;
use crate::framer::{FrameSink, Lacks, Progress, Step};
use crate::ledger::Ledger;

mod file_field {
    use whotalks_bytes::fixed::U32;
    pub(super) const VERSION: U32<8> = U32;
    pub(super) const DATA_LINK: U32<12> = U32;
}

mod packet_field {
    use whotalks_bytes::fixed::U32;
    pub(super) const ORIGINAL_LENGTH: U32<0> = U32;
    pub(super) const INCLUDED_LENGTH: U32<4> = U32;
    pub(super) const RECORD_LENGTH: U32<8> = U32;
    pub(super) const DROPS: U32<12> = U32;
    pub(super) const SECONDS: U32<16> = U32;
    pub(super) const MICROSECONDS: U32<20> = U32;
}

const MAGIC: &[u8; 8] = b"snoop\0\0\0";
const FILE_HEADER_BYTES: usize = 16;
const PACKET_HEADER_BYTES: usize = 24;
/// The only version that RFC 1761 describes.
const VERSION: u32 = 2;
/// The most padding believed; writers pad to a few bytes.
const MOST_PADDING_BYTES: u32 = 64 << 10;

/// Whether a file that begins so is a snoop file.
pub(crate) fn is_snoop(prefix: &[u8]) -> bool {
    prefix.starts_with(MAGIC)
}

/// What is known while reading.
#[derive(Debug)]
pub(crate) struct Snoop {
    evidence: EvidenceId,
    link_type: Option<LinkType>,
    /// Packets read so far.
    number: u64,
    ledger: Ledger,
    has_ended: bool,
}

impl Snoop {
    pub(crate) fn new(evidence: EvidenceId) -> Self {
        Self {
            evidence,
            link_type: None,
            number: 0,
            ledger: Ledger::default(),
            has_ended: false,
        }
    }

    pub(crate) const fn has_ended(&self) -> bool {
        self.has_ended
    }

    pub(crate) fn frame<'a>(&mut self, chunk: &'a [u8], offset: u64, sink: &mut impl FrameSink<'a>) -> Progress {
        let mut rest = chunk;
        while !self.has_ended {
            let consumed = chunk.len() - rest.len();
            let at = offset.saturating_add(consumed as u64);
            let bytes = match self.step(rest, at, false, sink) {
                Ok(Step::Packet(packet, bytes)) => {
                    sink.packet(packet);
                    bytes
                }
                Ok(Step::Other(bytes)) => bytes,
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

    pub(crate) fn finish<'a>(
        mut self,
        rest: &'a [u8],
        offset: u64,
        failure: Option<&str>,
        sink: &mut impl FrameSink<'a>,
    ) {
        let ends_well = rest.is_empty() && failure.is_none() && self.link_type.is_some();
        if !self.has_ended && !ends_well {
            match self.step(rest, offset, true, sink) {
                Ok(Step::Packet(packet, _)) => sink.packet(packet),
                Ok(Step::Lacks(lacks)) => self.end(lacks.at_end(rest, failure), offset, sink),
                Ok(Step::Other(_)) => {}
                Err(kind) => self.end(kind, offset, sink),
            }
        }
        self.ledger.report(self.evidence, sink);
    }

    fn end<'a>(&mut self, kind: IssueKind, offset: u64, sink: &mut impl FrameSink<'a>) {
        self.has_ended = true;
        sink.issue(Issue {
            span: Span {
                evidence: self.evidence,
                position: Position::Packet(self.number + 1),
                offset,
                length: 0,
            },
            kind,
        });
    }

    /// Reads what comes next. The padding of the last packet may be missing.
    fn step<'a>(
        &mut self,
        rest: &'a [u8],
        offset: u64,
        is_end: bool,
        sink: &mut impl FrameSink<'a>,
    ) -> Result<Step<'a>, IssueKind> {
        match self.link_type {
            Some(link_type) => self.packet(link_type, rest, offset, is_end),
            None => self.file_header(rest, sink),
        }
    }

    fn file_header<'a>(&mut self, rest: &'a [u8], sink: &mut impl FrameSink<'a>) -> Result<Step<'a>, IssueKind> {
        let Some(bytes) = rest.first_chunk::<FILE_HEADER_BYTES>() else {
            return Ok(lacks("snoop.file_header", FILE_HEADER_BYTES));
        };
        let version = file_field::VERSION.be(bytes);
        if version != VERSION {
            let found = format!("version {version}").into();
            return Err(IssueKind::Unsupported {
                field: "snoop.version",
                found,
            });
        }
        let link_type = link_type(file_field::DATA_LINK.be(bytes))?;
        self.link_type = Some(link_type);
        let description = InterfaceDescription::plain(link_type, TimeUnit::Microseconds);
        sink.interface(self.ledger.add(None), &description);
        Ok(Step::Other(FILE_HEADER_BYTES))
    }

    fn packet<'a>(
        &mut self,
        link_type: LinkType,
        rest: &'a [u8],
        offset: u64,
        is_end: bool,
    ) -> Result<Step<'a>, IssueKind> {
        let Some(header) = rest.first_chunk::<PACKET_HEADER_BYTES>() else {
            return Ok(lacks("snoop.packet_header", PACKET_HEADER_BYTES));
        };
        let included = packet_field::INCLUDED_LENGTH.be(header);
        let record = believable(included, packet_field::RECORD_LENGTH.be(header))?;
        let data_end = PACKET_HEADER_BYTES + included as usize;
        let data = rest.get(PACKET_HEADER_BYTES..data_end);
        let Some(data) = data.filter(|_| is_end || rest.len() >= record) else {
            return Ok(lacks("snoop.packet_data", if is_end { data_end } else { record }));
        };
        self.number += 1;
        let microseconds = packet_field::MICROSECONDS.be(header);
        let seconds = packet_field::SECONDS.be(header);
        let timestamp = Timestamp::from_seconds(seconds.into(), microseconds.saturating_mul(1_000));
        if let Some(coverage) = self.ledger.get_mut(InterfaceId(0)) {
            coverage.packet(Some(timestamp));
            coverage.lost_by_statistics = Some(packet_field::DROPS.be(header).into());
        }
        let packet = Packet {
            span: Span {
                evidence: self.evidence,
                position: Position::Packet(self.number),
                offset: offset.saturating_add(PACKET_HEADER_BYTES as u64),
                length: included,
            },
            timestamp: Some(timestamp),
            interface: InterfaceId(0),
            link_type,
            data,
            original_length: packet_field::ORIGINAL_LENGTH.be(header).max(included),
        };
        Ok(Step::Packet(packet, record))
    }
}

/// The length of a record that holds as much as it says.
fn believable(included: u32, record: u32) -> Result<usize, IssueKind> {
    let least = included.saturating_add(PACKET_HEADER_BYTES as u32);
    if included > MOST_PACKET_BYTES || record < least || record - least > MOST_PADDING_BYTES {
        let found = format!("included length {included}, record length {record}").into();
        return Err(IssueKind::Malformed {
            field: "snoop.record_length",
            found,
        });
    }
    Ok(record as usize)
}

/// The link type of a data link of RFC 1761 and Solaris.
fn link_type(data_link: u32) -> Result<LinkType, IssueKind> {
    match data_link {
        // IEEE 802.3 and Ethernet.
        0 | 4 => Ok(LinkType(1)),
        // IEEE 802.5, token ring.
        2 => Ok(LinkType(6)),
        // FDDI.
        8 => Ok(LinkType(10)),
        // IP between zones.
        26 => Ok(LinkType(226)),
        other => Err(IssueKind::Unsupported {
            field: "snoop.data_link",
            found: format!("data link {other}").into(),
        }),
    }
}

const fn lacks(field: &'static str, bytes: usize) -> Step<'static> {
    Step::Lacks(Lacks {
        bytes,
        field,
        field_bytes: bytes as u64,
    })
}

#[cfg(test)]
pub(crate) mod tests;
