//! A transport header on its way to the worker that owns its stream.

use whotalks_bytes::Cursor;
use whotalks_record::{Nanoseconds, Timestamp};
use whotalks_session::streams::{Ends, TcpSegment};
use whotalks_wire::transport::tcp::Header;

use crate::frame::{Carried, Layers, Other, PayloadRange, Summary};

/// Which packet of a batch, and what is to be known of it besides its headers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Its place in the batch.
    pub(super) index: u32,
    /// Its number in the capture.
    pub(super) number: u64,
    /// Since the start of the capture.
    pub(super) at: Nanoseconds,
    pub(super) time: Timestamp,
    /// Bytes that it had on the wire.
    pub(super) original_bytes: u32,
    /// Where its bytes begin among those that are lent with it.
    pub(super) start: u32,
}

/// A transport header in a packet. Its owner finds here what it needs and does not look the packet up again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) ends: Ends,
    pub(super) is_tcp: bool,
    pub(super) role: Role,
    /// How many headers of the same transport lie before it in the packet.
    pub(super) layer: u8,
    /// Bytes of the TCP header that were kept.
    header_bytes: u8,
    /// Where the TCP header begins among all bytes.
    header: u32,
    /// Where the payload lies among all bytes.
    pub(super) payload: PayloadRange,
    /// The place of its packet in the batch.
    pub(super) packet: u32,
    /// Which stack of protocols the packet has.
    pub(super) stack: u32,
    /// Bytes that the packet had on the wire.
    pub(super) original_bytes: u32,
    pub(super) time: Timestamp,
}

/// What a transport header is to its packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What the packet is about.
    Own,
    /// It carries a tunnel.
    Outer,
    /// An ICMP error quotes it.
    Quoted,
}

impl Item {
    /// The header that a packet is about, which `frame` holds.
    #[inline(always)] // Otherwise it is put together in memory and copied to where it belongs, for every packet.
    pub(super) fn own(summary: &Summary, frame: &[u8], place: Place, stack: u32, layer: u8) -> Self {
        let (is_tcp, header) = match summary.carried {
            Carried::Tcp(start) => (true, start),
            Carried::Udp | Carried::Fragment | Carried::Other => (false, 0),
        };
        Self {
            ends: summary.ends,
            is_tcp,
            role: Role::Own,
            layer,
            header_bytes: if is_tcp { tcp_header_bytes(frame, header) } else { 0 },
            header: place.start.saturating_add(header),
            payload: PayloadRange {
                start: place.start.saturating_add(summary.payload.start),
                ..summary.payload
            },
            packet: place.index,
            stack,
            original_bytes: place.original_bytes,
            time: place.time,
        }
    }

    /// A header that is not the packet's own: what it carries counts elsewhere.
    fn other(other: &Other, place: Place, stack: u32, layer: u8) -> Self {
        Self {
            ends: other.ends,
            is_tcp: other.is_tcp,
            role: if other.is_quoted { Role::Quoted } else { Role::Outer },
            layer,
            header_bytes: 0,
            header: 0,
            payload: PayloadRange::default(),
            packet: place.index,
            stack,
            original_bytes: place.original_bytes,
            time: place.time,
        }
    }

    /// All transport headers of a packet, from the outside in; `own` is the one it is about, if that belongs to a stream.
    pub(super) fn all<'s>(
        seen: &'s Layers,
        own: Option<&'s Summary>,
        frame: &'s [u8],
        place: Place,
        stack: u32,
    ) -> impl Iterator<Item = Self> + 's {
        let is_tcp = |own: &Summary| matches!(own.carried, Carried::Tcp(_));
        let others = |quoted: bool| seen.others.iter().filter(move |other| other.is_quoted == quoted);
        let before = move |quoted: bool, most: usize, is_tcp: bool| -> u8 {
            let same = others(quoted).take(most).filter(|other| other.is_tcp == is_tcp);
            same.count().try_into().unwrap_or(u8::MAX)
        };
        let sent = others(false).enumerate();
        let sent =
            sent.map(move |(ordinal, other)| Self::other(other, place, stack, before(false, ordinal, other.is_tcp)));
        let itself = own.map(|own| {
            let layer = before(false, usize::MAX, is_tcp(own));
            Self::own(own, frame, place, stack, layer)
        });
        let quoted = others(true).enumerate().map(move |(ordinal, other)| {
            let own = own.is_some_and(|own| is_tcp(own) == other.is_tcp);
            let sent = before(false, usize::MAX, other.is_tcp);
            let layer = sent + u8::from(own) + before(true, ordinal, other.is_tcp);
            Self::other(other, place, stack, layer)
        });
        sent.chain(itself).chain(quoted)
    }

    /// The segment, for TCP; `bytes` are those that its places count in.
    #[inline]
    pub(super) fn segment<'b>(&self, bytes: &'b [u8]) -> Option<TcpSegment<'b>> {
        let start = self.header as usize;
        let header = bytes.get(start..start + usize::from(self.header_bytes))?;
        let header = Header::parse(&mut Cursor::new(header)).ok()?;
        Some(TcpSegment {
            header,
            wire_bytes: header.header_bytes().saturating_add(self.payload.wire_bytes),
            payload: self.payload.of(bytes),
        })
    }
}

/// How many bytes of the TCP header that begins at `start` were kept.
#[inline]
fn tcp_header_bytes(frame: &[u8], start: u32) -> u8 {
    /// The byte whose upper four bits count words of four bytes.
    const LENGTH: usize = 12;
    let kept = frame.get(start as usize..).unwrap_or_default();
    let stated = kept.get(LENGTH).map_or(0, |byte| usize::from(byte >> 4) * 4);
    // The fixed part is there whatever length is stated.
    let stated = stated.max(whotalks_wire::transport::tcp::HEADER_BYTES);
    stated.min(kept.len()).try_into().unwrap_or(u8::MAX)
}
