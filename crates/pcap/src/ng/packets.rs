//! The three blocks that hold a packet.

use whotalks_bytes::fixed::{U16, U32};
use whotalks_record::{IssueKind, Packet, Position, Span, Timestamp};

use super::interface::{Interface, time_halves};
use super::options::Options;
use super::{Block, Blocks, lying_block, texts};
use crate::MOST_PACKET_BYTES;
use crate::framer::FrameSink;

/// Enhanced Packet Block.
mod enhanced_field {
    use super::U32;
    pub(super) const INTERFACE: U32<0> = U32;
    pub(super) const TIME_HIGH: U32<4> = U32;
    pub(super) const TIME_LOW: U32<8> = U32;
    pub(super) const CAPTURED_LENGTH: U32<12> = U32;
    pub(super) const ORIGINAL_LENGTH: U32<16> = U32;
}

/// Packet Block, as written until 2004.
mod obsolete_field {
    use super::{U16, U32};
    pub(super) const INTERFACE: U16<0> = U16;
    pub(super) const DROPS: U16<2> = U16;
    pub(super) const CAPTURED_LENGTH: U32<12> = U32;
    pub(super) const ORIGINAL_LENGTH: U32<16> = U32;
}

/// Bytes before the packet in an Enhanced Packet Block and in a Packet Block.
const HEADER_BYTES: usize = 20;
/// The option of an Enhanced Packet Block that counts packets lost since the one before.
const OPTION_DROPS: u16 = 4;
/// The Packet Block's way to say that it does not know.
const DROPS_UNKNOWN: u16 = 0xffff;

/// A packet inside a block.
struct Captured<'a> {
    /// Its interface within the section.
    interface: u32,
    /// None in Simple Packet Blocks, which have no time.
    time: Option<(u32, u32)>,
    data: &'a [u8],
    /// Offset of the data in the file.
    offset: u64,
    original_length: u32,
    /// Packets lost before this one.
    lost: Option<u64>,
}

impl Blocks {
    #[inline]
    pub(super) fn enhanced_packet<'a>(
        &mut self,
        block: Block<'a>,
        sink: &mut impl FrameSink<'a>,
    ) -> Result<Option<Packet<'a>>, IssueKind> {
        let mut cursor = block.cursor();
        let header: &[u8; HEADER_BYTES] = cursor.array("pcapng.enhanced_packet").map_err(lying_block)?;
        let length = believable(enhanced_field::CAPTURED_LENGTH.by(self.order, header))?;
        let offset = cursor.offset();
        let data = cursor.slice("pcapng.packet_data", length).map_err(lying_block)?;
        let padding = (length.next_multiple_of(4) - length).min(cursor.rest().len());
        cursor.skip("pcapng.packet_padding", padding).map_err(lying_block)?;
        let options = Options::new(cursor, self.order);
        let captured = Captured {
            interface: enhanced_field::INTERFACE.by(self.order, header),
            time: Some((
                enhanced_field::TIME_HIGH.by(self.order, header),
                enhanced_field::TIME_LOW.by(self.order, header),
            )),
            data,
            offset,
            original_length: enhanced_field::ORIGINAL_LENGTH.by(self.order, header),
            lost: options.find_u64(OPTION_DROPS),
        };
        let packet = self.packet(&captured)?;
        if packet.is_some() {
            let mut comments = options.filter(|option| option.code == texts::COMMENT);
            comments
                .by_ref()
                .take(texts::MOST_COMMENTS)
                .for_each(|comment| sink.comment(texts::until_zero(comment.value)));
            self.skipped_comments += comments.count() as u64;
            self.tell_processes(options, sink);
        }
        Ok(packet)
    }

    pub(super) fn obsolete_packet<'a>(&mut self, block: Block<'a>) -> Result<Option<Packet<'a>>, IssueKind> {
        let mut cursor = block.cursor();
        let header: &[u8; HEADER_BYTES] = cursor.array("pcapng.packet").map_err(lying_block)?;
        let mut times = block.cursor();
        times.skip("pcapng.interface", 4).map_err(lying_block)?;
        let length = believable(obsolete_field::CAPTURED_LENGTH.by(self.order, header))?;
        let drops = obsolete_field::DROPS.by(self.order, header);
        let captured = Captured {
            interface: obsolete_field::INTERFACE.by(self.order, header).into(),
            time: Some(time_halves(&mut times, self.order)?),
            offset: cursor.offset(),
            data: cursor.slice("pcapng.packet_data", length).map_err(lying_block)?,
            original_length: obsolete_field::ORIGINAL_LENGTH.by(self.order, header),
            lost: (drops != DROPS_UNKNOWN).then_some(drops.into()),
        };
        self.packet(&captured)
    }

    /// The captured length of a Simple Packet Block is not stated: it is what the interface keeps of a packet.
    pub(super) fn simple_packet<'a>(&mut self, block: Block<'a>) -> Result<Option<Packet<'a>>, IssueKind> {
        let mut cursor = block.cursor();
        let original_length = cursor
            .u32_by("pcapng.original_length", self.order)
            .map_err(lying_block)?;
        let kept = match self.interfaces.first().map(|interface| interface.snapshot_length) {
            None | Some(0) => original_length,
            Some(snapshot_length) => original_length.min(snapshot_length),
        };
        let length = cursor.rest().len().min(kept as usize);
        let captured = Captured {
            interface: 0,
            time: None,
            offset: cursor.offset(),
            data: cursor.slice("pcapng.packet_data", length).map_err(lying_block)?,
            original_length,
            lost: None,
        };
        self.packet(&captured)
    }

    #[inline]
    fn packet<'a>(&mut self, captured: &Captured<'a>) -> Result<Option<Packet<'a>>, IssueKind> {
        let Some(interface) = self.interfaces.get(captured.interface as usize).copied() else {
            let found = format!("interface {} was not described", captured.interface).into();
            return Err(IssueKind::Malformed {
                field: "pcapng.interface",
                found,
            });
        };
        let Some(id) = interface.id else { return Ok(None) };
        self.packets += 1;
        let length = captured.data.len().try_into().unwrap_or(u32::MAX);
        let position = Position::Packet(self.packets);
        let timestamp = timestamp(interface, captured);
        if let Some(coverage) = self.ledger.get_mut(id) {
            coverage.packet(timestamp);
            if let Some(lost) = captured.lost {
                coverage.lost_before_packets = Some(coverage.lost_before_packets.unwrap_or(0).saturating_add(lost));
            }
        }
        Ok(Some(Packet {
            span: Span {
                evidence: self.evidence,
                position,
                offset: captured.offset,
                length,
            },
            timestamp,
            interface: id,
            link_type: interface.link_type,
            data: captured.data,
            original_length: captured.original_length.max(length),
        }))
    }
}

#[inline]
fn timestamp(interface: Interface, captured: &Captured<'_>) -> Option<Timestamp> {
    captured.time.map(|(high, low)| interface.timestamp(high, low))
}

#[inline]
fn believable(captured_length: u32) -> Result<usize, IssueKind> {
    if captured_length > MOST_PACKET_BYTES {
        let found = format!("captured length {captured_length}").into();
        return Err(IssueKind::Malformed {
            field: "pcapng.captured_length",
            found,
        });
    }
    Ok(captured_length as usize)
}
