//! The bytes behind a citation: reopens a piece of evidence and cuts out the packet, record, lines or item.

mod cut;
mod find;
mod reach;

use std::io;

use whotalks_evtx::Kind;
use whotalks_record::{InterfaceDescription, InterfaceId, LinkType, PacketProcess, Position, Span, Text, Timestamp};

use crate::format::Format;
use crate::readers::event_kind;

/// The most bytes of one citation that are shown; the longest real ones are event records of some 64 KiB.
pub(crate) const MOST_BYTES: u64 = 1 << 20;

/// How many bytes are shown of a piece that is cited as a whole.
pub(crate) const HEAD_BYTES: u64 = 512;

/// What a citation points to.
#[derive(Clone, Debug, PartialEq)]
pub struct RawEvidence {
    /// The place, with its offset and length.
    pub span: Span,
    /// What is there. It is hostile until a face has escaped it.
    pub content: RawContent,
}

/// What is at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum RawContent {
    /// A packet.
    Packet(Box<RawPacket>),
    /// An event or a filter as its source has it: XML, or one line of JSON.
    Text(String),
    /// Lines of a text.
    Lines(Vec<RawLine>),
    /// Bytes that are no text: the beginning of a piece that is cited as a whole.
    Bytes(Vec<u8>),
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawLine {
    /// Its number, from 1.
    pub number: u64,
    /// Its text, without the line end.
    pub text: String,
}

/// A packet with what its capture says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawPacket {
    /// When it was captured.
    pub timestamp: Option<Timestamp>,
    /// The interface.
    pub interface: InterfaceId,
    /// How to read the bytes.
    pub link_type: LinkType,
    /// The bytes that were kept.
    pub data: Vec<u8>,
    /// Its length on the wire.
    pub original_length: u32,
    /// The comments on it.
    pub comments: Vec<String>,
    /// The processes that the capture names beside the packet, or in a header in front of it.
    pub process: Option<PacketProcess>,
    /// What the capture says of the interface and of itself; none where it says nothing.
    pub described: Option<InterfaceDescription>,
}

/// Why a citation cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum RawError {
    /// The evidence is no longer where it was.
    #[error("{path} is not there any more; put the evidence back where it was read, then ask again")]
    Gone {
        /// The path, as in the manifest.
        path: Text,
    },
    /// The evidence came from standard input, which cannot be read twice.
    #[error("standard input was not kept; save the stream to a file to cite from it")]
    StandardInput,
    /// The evidence cannot be read.
    #[error("cannot read {path}")]
    Io {
        /// The path, as in the manifest.
        path: Text,
        /// The system's or the decoder's message.
        source: io::Error,
    },
    /// There is nothing at this place.
    #[error("{path} has no {position:?}; was the file changed since it was read?")]
    NoSuchPlace {
        /// The path, as in the manifest.
        path: Text,
        /// The place.
        position: Position,
    },
}

/// Shows what is at `span` in the piece at `path`, which is written as in the manifest ([`crate::Piece::path`]) and has the
/// format that the manifest says. A span without offset and length, as a user types it, is looked for from the start.
///
/// # Errors
/// [`RawError`] when the piece cannot be reached or holds nothing at that place.
pub fn raw(path: &str, format: Format, span: Span) -> Result<RawEvidence, RawError> {
    let found = match (span.position, format) {
        (Position::Item(_), Format::WfpFilters | Format::WfpState | Format::WfpNetworkEvents) => {
            item(path, format, span)
        }
        _ => reach::with_piece(path, &mut |bytes| show(bytes, format, span)),
    }?;
    found.ok_or_else(|| RawError::NoSuchPlace {
        path: Text::from(path),
        position: span.position,
    })
}

fn show(bytes: &mut dyn io::Read, format: Format, span: Span) -> io::Result<Option<RawEvidence>> {
    match (span.position, event_kind(format)) {
        (Position::Whole, _) => cut::head(bytes, span),
        (Position::Packet(_), _) => Ok(find::packet(bytes, format, span)),
        (_, _) if format == Format::Etl => Ok(trace_event(bytes, span)),
        (_, Some(kind)) => Ok(event(kind, bytes, span)),
        _ => cut::lines(bytes, span),
    }
}

fn trace_event(bytes: &mut dyn io::Read, span: Span) -> Option<RawEvidence> {
    let text = whotalks_etl::explain(bytes, span.position)?;
    let content = RawContent::Text(text);
    Some(RawEvidence { span, content })
}

fn event(kind: Kind, bytes: &mut dyn io::Read, span: Span) -> Option<RawEvidence> {
    let text = whotalks_evtx::explain(kind, bytes, span.position)?;
    let content = RawContent::Text(text);
    Some(RawEvidence { span, content })
}

/// An item is cut out by its bytes, which are found first where only its number is known.
fn item(path: &str, format: Format, span: Span) -> Result<Option<RawEvidence>, RawError> {
    let place = if span.length > 0 {
        Some(span)
    } else {
        reach::with_piece(path, &mut |bytes| Ok(find::item(bytes, format, span)))?
    };
    match place {
        Some(place) => reach::with_piece(path, &mut |bytes| cut::item(bytes, place)),
        None => Ok(None),
    }
}
