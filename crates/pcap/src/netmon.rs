//! Captures of Microsoft Network Monitor, versions 1 and 2 (Network Monitor 3.4 help, "Capture File Format").
//!
//! ```text
//! file  | "RTSS" or "GMBU" 4 | minor 1 | major 1 | medium 2 | start 16 | frame table: offset 4, bytes 4 | others 32 | to 128 |
//! 1     | milliseconds 4 | original length 2 | captured length 2 | data ... |
//! 2     | microseconds 8 | original length 4 | captured length 4 | data ... | medium 2, from 2.1 | process 4, from 2.2 |
//!       | FILETIME 8, time zone 1, from 2.3 |
//! table | offset of each frame 4 | ...
//! ```
//!
//! All numbers have the least significant byte first. Frames lie where the table at the end says, with gaps, so the file has
//! to be in memory as a whole. Where the table is cut off, frames are read one behind the other.
//!
//! The start is a time of the clock on the wall and its time zone is not stated before 2.3: it is taken as UTC.

mod header;
mod medium;

use whotalks_record::{
    EvidenceId, InterfaceDescription, InterfaceId, Issue, IssueKind, LinkType, Packet, Position, Span, TimeUnit,
    Timestamp,
};

use crate::MOST_PACKET_BYTES;
use crate::framer::{FrameSink, Progress};
use crate::ledger::Ledger;
use header::{FileHeader, FrameHeader};
use medium::Content;

pub(crate) use header::is_netmon;

/// The largest file that is read, since it has to be in memory. Network Monitor itself wrote files of 20 MB by default and
/// 500 MB at most.
const MOST_FILE_BYTES: usize = 1 << 30;
/// Bytes waited for before the file is asked for in larger steps.
const FIRST_STEP_BYTES: usize = 1 << 20;
/// How many link types of a file are kept apart; adapters of one machine have two or three.
const MOST_LINK_TYPES: usize = 64;
/// Where the first frame lies unless the table says otherwise.
const FIRST_FRAME: usize = 128;

/// What is known while reading.
#[derive(Debug)]
pub(crate) struct NetMon {
    evidence: EvidenceId,
    number: u64,
    /// The link types so far; each is an interface.
    link_types: Vec<LinkType>,
    ledger: Ledger,
    has_ended: bool,
}

/// Where a frame ends and what it is.
struct Frame<'a> {
    packet: Option<Packet<'a>>,
    end: usize,
}

impl NetMon {
    pub(crate) fn new(evidence: EvidenceId) -> Self {
        Self {
            evidence,
            number: 0,
            link_types: Vec::new(),
            ledger: Ledger::default(),
            has_ended: false,
        }
    }

    pub(crate) const fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Waits for the whole file, which the frame table at its end describes.
    pub(crate) fn frame<'a>(&mut self, chunk: &'a [u8], sink: &mut impl FrameSink<'a>) -> Progress {
        if chunk.len() <= MOST_FILE_BYTES {
            let needed = chunk.len().saturating_mul(2).max(FIRST_STEP_BYTES);
            return Progress { consumed: 0, needed };
        }
        self.has_ended = true;
        let kind = IssueKind::BoundReached {
            bound: "netmon.file_bytes",
            limit: MOST_FILE_BYTES as u64,
            count: 1,
        };
        self.issue(kind, 0, sink);
        Progress::all_of(chunk)
    }

    pub(crate) fn finish<'a>(mut self, rest: &'a [u8], failure: Option<&str>, sink: &mut impl FrameSink<'a>) {
        if !self.has_ended {
            if let Err(kind) = self.file(rest, sink) {
                self.issue(kind, rest.len(), sink);
            }
            if let Some(message) = failure {
                let message = message.into();
                self.issue(IssueKind::Io { message }, rest.len(), sink);
            }
        }
        self.ledger.report(self.evidence, sink);
    }

    fn file<'a>(&mut self, bytes: &'a [u8], sink: &mut impl FrameSink<'a>) -> Result<(), IssueKind> {
        let header = FileHeader::parse(bytes)?;
        match header.frame_table(bytes) {
            Some(table) => {
                for offset in table {
                    self.frame_at(&header, bytes, offset, sink);
                }
                Ok(())
            }
            None => {
                self.frames_in_row(&header, bytes, sink);
                Err(header.cut_table(bytes))
            }
        }
    }

    /// Reads the frame that the table has at `offset`; one that is not there is an issue and the next one is read.
    fn frame_at<'a>(&mut self, header: &FileHeader, bytes: &'a [u8], offset: usize, sink: &mut impl FrameSink<'a>) {
        match self.read(header, bytes, offset, sink) {
            Ok(frame) => frame.packet.into_iter().for_each(|packet| sink.packet(packet)),
            Err(kind) => {
                self.number += 1;
                self.issue(kind, offset, sink);
            }
        }
    }

    /// Reads frames one behind the other up to the first one that is not whole.
    fn frames_in_row<'a>(&mut self, header: &FileHeader, bytes: &'a [u8], sink: &mut impl FrameSink<'a>) {
        let mut offset = FIRST_FRAME;
        let end = header.table_offset().min(bytes.len());
        while offset < end
            && let Ok(frame) = self.read(header, bytes, offset, sink)
        {
            frame.packet.into_iter().for_each(|packet| sink.packet(packet));
            offset = frame.end;
        }
    }

    fn read<'a>(
        &mut self,
        file: &FileHeader,
        bytes: &'a [u8],
        offset: usize,
        sink: &mut impl FrameSink<'a>,
    ) -> Result<Frame<'a>, IssueKind> {
        let rest = bytes.get(offset..).unwrap_or_default();
        let header = FrameHeader::parse(file, rest)?;
        if header.captured_length > MOST_PACKET_BYTES {
            let found = format!("captured length {}", header.captured_length).into();
            return Err(IssueKind::Malformed {
                field: "netmon.captured_length",
                found,
            });
        }
        let data_end = header.bytes.saturating_add(header.captured_length as usize);
        let Some(data) = rest.get(header.bytes..data_end) else {
            return Err(short("netmon.frame_data", data_end, rest));
        };
        let trailer_bytes = file.trailer_bytes();
        let trailer = rest.get(data_end..data_end.saturating_add(trailer_bytes));
        let Some(trailer) = trailer else {
            return Err(short(
                "netmon.frame_trailer",
                data_end.saturating_add(trailer_bytes),
                rest,
            ));
        };
        let end = offset.saturating_add(data_end).saturating_add(trailer_bytes);
        let content = medium::content(file.medium(trailer));
        if content != Content::NotCounted {
            self.number += 1;
        }
        let Content::Packets(link_type) = content else {
            return Ok(Frame { packet: None, end });
        };
        let (data, radio_bytes) = medium::without_radio(file.medium(trailer), data);
        let at = offset.saturating_add(header.bytes).saturating_add(radio_bytes);
        let timestamp = file.time(&header, trailer);
        let interface = self.interface(link_type, sink);
        let packet = self.packet((interface, link_type), data, at, timestamp);
        let original_length = header.original_length.saturating_sub(radio_bytes as u32);
        let packet = Packet {
            original_length: original_length.max(packet.original_length),
            ..packet
        };
        Ok(Frame {
            packet: Some(packet),
            end,
        })
    }

    fn packet<'a>(
        &mut self,
        (interface, link_type): (InterfaceId, LinkType),
        data: &'a [u8],
        offset: usize,
        timestamp: Timestamp,
    ) -> Packet<'a> {
        if let Some(coverage) = self.ledger.get_mut(interface) {
            coverage.packet(Some(timestamp));
        }
        let length = data.len().try_into().unwrap_or(u32::MAX);
        Packet {
            span: Span {
                evidence: self.evidence,
                position: Position::Packet(self.number),
                offset: offset as u64,
                length,
            },
            timestamp: Some(timestamp),
            interface,
            link_type,
            data,
            original_length: length,
        }
    }

    /// The interface that stands for a link type; the last one for all when there are too many.
    fn interface<'a>(&mut self, link_type: LinkType, sink: &mut impl FrameSink<'a>) -> InterfaceId {
        let known = self.link_types.iter().position(|known| *known == link_type);
        if known.is_none() && self.link_types.len() < MOST_LINK_TYPES {
            self.link_types.push(link_type);
            let id = self.ledger.add(None);
            sink.interface(id, &InterfaceDescription::plain(link_type, TimeUnit::Nanoseconds));
            return id;
        }
        InterfaceId(known.unwrap_or(MOST_LINK_TYPES - 1).try_into().unwrap_or(u32::MAX))
    }

    fn issue<'a>(&self, kind: IssueKind, offset: usize, sink: &mut impl FrameSink<'a>) {
        sink.issue(Issue {
            span: Span {
                evidence: self.evidence,
                position: Position::Packet(self.number + 1),
                offset: offset as u64,
                length: 0,
            },
            kind,
        });
    }
}

fn short(field: &'static str, needed: usize, rest: &[u8]) -> IssueKind {
    IssueKind::Truncated {
        field,
        needed: needed as u64,
        available: rest.len() as u64,
    }
}

#[cfg(test)]
pub(crate) mod tests;
