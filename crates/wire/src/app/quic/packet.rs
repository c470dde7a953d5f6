//! Packets of a datagram (RFC 9000 17, RFC 8999).
//!
//! ```text
//! long  | 1 1 type 2 .. | version 4 | destination: length 1, .. | source: length 1, .. |
//!       Initial   | token: length varint, .. | length varint | packet number 1-4, payload |
//!       0-RTT     | length varint | ... |                    Handshake: the same
//!       Retry     | token ... | tag 16 |
//! short | 0 1 .. | destination | packet number, payload to the end of the datagram |
//! ```

use whotalks_bytes::{Cursor, ReadError};

use super::Version;

/// The longest connection identifier of the versions that are read (RFC 9000 17.2).
const MOST_IDENTIFIER_BYTES: usize = 20;

const IS_LONG: u8 = 0x80;
/// Set in all packets but those of version negotiation, and in those whose sender hides it (RFC 9287).
const IS_FIXED: u8 = 0x40;

const INITIAL: u8 = 0;
const ZERO_RTT: u8 = 1;
const HANDSHAKE: u8 = 2;
const RETRY_TAG_BYTES: usize = 16;

/// What all long headers begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongHeader<'a> {
    /// The first byte, whose lower half is protected.
    pub first: u8,
    /// The version.
    pub version: Version,
    /// How the receiver knows the connection.
    pub destination: &'a [u8],
    /// How the sender knows it.
    pub source: &'a [u8],
}

/// A packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packet<'a> {
    /// The beginning of the handshake, which can be opened.
    Initial(Initial<'a>),
    /// Data of a client that knows the server already.
    ZeroRtt(Protected<'a>),
    /// The rest of the handshake.
    Handshake(Protected<'a>),
    /// The server asks the client to prove its address.
    Retry(Retry<'a>),
    /// The server does not speak the client's version.
    VersionNegotiation {
        /// The header, whose version is 0.
        header: LongHeader<'a>,
        /// Versions that it speaks, four bytes each.
        versions: &'a [u8],
    },
    /// A packet of a version that is not read.
    OtherVersion(LongHeader<'a>),
    /// Data, or what looks like it: everything to the end of the datagram.
    Short(&'a [u8]),
}

/// An Initial packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Initial<'a> {
    /// Its header.
    pub header: LongHeader<'a>,
    /// What the server gave the client to prove its address with; empty in the first one.
    pub token: &'a [u8],
    /// The whole packet as far as it is there, header included, which its protection covers.
    pub(super) bytes: &'a [u8],
    /// Where the protected packet number stands in it.
    pub(super) number_offset: usize,
    /// How long packet number and payload are said to be.
    pub(super) length: usize,
}

/// A packet whose keys only the two ends have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protected<'a> {
    /// Its header.
    pub header: LongHeader<'a>,
    /// Packet number and payload, encrypted.
    pub payload: &'a [u8],
}

/// A Retry packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry<'a> {
    /// Its header. The client's next Initial goes to its `source`, from which new keys follow.
    pub header: LongHeader<'a>,
    /// What the client must send back.
    pub token: &'a [u8],
}

impl Initial<'_> {
    /// Whether all of the packet is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.bytes.len() >= self.number_offset.saturating_add(self.length)
    }
}

/// The packets of a datagram, in order. A packet that is cut off is the last; what cannot be a packet ends the list.
#[derive(Debug, Clone, Copy)]
pub struct Packets<'a> {
    rest: &'a [u8],
}

/// The packets that a datagram holds (RFC 9000 12.2).
#[must_use]
pub const fn packets(datagram: &[u8]) -> Packets<'_> {
    Packets { rest: datagram }
}

impl<'a> Iterator for Packets<'a> {
    type Item = Packet<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = std::mem::take(&mut self.rest);
        let first = *bytes.first()?;
        if first & IS_LONG == 0 {
            // Zeros behind a packet are padding of the datagram, not a packet.
            return (first & IS_FIXED != 0).then_some(Packet::Short(bytes));
        }
        let (packet, length) = long(bytes).ok()??;
        self.rest = bytes.get(length..).unwrap_or_default();
        Some(packet)
    }
}

/// Reads a packet with a long header and gives its length.
fn long(bytes: &[u8]) -> Result<Option<(Packet<'_>, usize)>, ReadError> {
    let mut cursor = Cursor::new(bytes);
    let header = LongHeader {
        first: cursor.u8("quic.first")?,
        version: Version(cursor.u32_be("quic.version")?),
        destination: cursor.slice_u8("quic.destination")?,
        source: cursor.slice_u8("quic.source")?,
    };
    let too_long = header.destination.len().max(header.source.len()) > MOST_IDENTIFIER_BYTES;
    if header.version == Version::NEGOTIATION {
        let versions = cursor.rest();
        return Ok(Some((Packet::VersionNegotiation { header, versions }, bytes.len())));
    }
    if !header.version.is_known() {
        return Ok(Some((Packet::OtherVersion(header), bytes.len())));
    }
    // The fixed bit says nothing where the version is known: an end that may do so draws it by lot (RFC 9287).
    if too_long {
        return Ok(None);
    }
    match header.version.packet_type(header.first) {
        INITIAL => initial(header, cursor, bytes).map(Some),
        kind @ (ZERO_RTT | HANDSHAKE) => protected(kind, header, cursor).map(Some),
        _ => retry(header, cursor.rest(), bytes.len()),
    }
}

fn initial<'a>(
    header: LongHeader<'a>,
    mut cursor: Cursor<'a>,
    bytes: &'a [u8],
) -> Result<(Packet<'a>, usize), ReadError> {
    let token_length = variable(&mut cursor, "quic.token_length")?;
    let token = cursor.slice("quic.token", token_length)?;
    let length = variable(&mut cursor, "quic.length")?;
    let number_offset = bytes.len() - cursor.rest().len();
    let end = number_offset.saturating_add(length);
    let packet = Initial {
        header,
        token,
        bytes: bytes.get(..end).unwrap_or(bytes),
        number_offset,
        length,
    };
    Ok((Packet::Initial(packet), end))
}

fn protected<'a>(kind: u8, header: LongHeader<'a>, mut cursor: Cursor<'a>) -> Result<(Packet<'a>, usize), ReadError> {
    let length = variable(&mut cursor, "quic.length")?;
    let start = usize::try_from(cursor.offset()).unwrap_or(usize::MAX);
    let payload = cursor.rest().get(..length).unwrap_or(cursor.rest());
    let packet = Protected { header, payload };
    let packet = if kind == ZERO_RTT {
        Packet::ZeroRtt(packet)
    } else {
        Packet::Handshake(packet)
    };
    Ok((packet, start.saturating_add(length)))
}

#[expect(clippy::unnecessary_wraps, reason = "the other kinds of packets can be cut off")]
fn retry<'a>(header: LongHeader<'a>, rest: &'a [u8], length: usize) -> Result<Option<(Packet<'a>, usize)>, ReadError> {
    let token = rest.len().checked_sub(RETRY_TAG_BYTES).and_then(|end| rest.get(..end));
    Ok(token.map(|token| (Packet::Retry(Retry { header, token }), length)))
}

/// A number of one, two, four or eight bytes; the first two bits tell (RFC 9000 16). Numbers too large for this machine are
/// the largest one.
pub(super) fn variable(cursor: &mut Cursor<'_>, field: &'static str) -> Result<usize, ReadError> {
    let first = cursor.u8(field)?;
    let mut number = u64::from(first & 0x3f);
    for _ in 1..1_u8 << (first >> 6) {
        number = number << 8 | u64::from(cursor.u8(field)?);
    }
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}
