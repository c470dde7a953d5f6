//! IEEE 802.11 and what receivers put before it.

use super::{Next, Walk};
use crate::Stop;
use crate::dissect::{Layer, Visitor};
use crate::link::{ieee80211, radio};

/// Bytes of the checksum that a frame may end in.
const CHECKSUM_BYTES: u32 = 4;
/// To a multiple of how many bytes some receivers pad the header of 802.11.
const PADDING_BYTES: u64 = 4;

impl<'a, V: Visitor<'a>> Walk<'a, '_, V> {
    pub(super) fn radiotap(&mut self) -> Result<Next, Stop> {
        let header = self.header(radio::Radiotap::parse, Layer::Radiotap)?;
        self.wlan(
            if header.has_checksum() { CHECKSUM_BYTES } else { 0 },
            header.is_padded(),
        )
    }

    pub(super) fn prism(&mut self) -> Result<Next, Stop> {
        self.header(radio::Prism::parse, Layer::Prism)?;
        self.wlan(0, false)
    }

    /// PPI may hold any link layer; another PPI counts as one more header, so that the walk ends.
    pub(super) fn ppi(&mut self) -> Result<Next, Stop> {
        let header = self.header(radio::Ppi::parse, Layer::Ppi)?;
        Ok(Next::Link(header.link_type()))
    }

    /// A frame that ends in a checksum of that many bytes.
    pub(super) fn wlan(&mut self, checksum_bytes: u32, is_padded: bool) -> Result<Next, Stop> {
        self.narrow(self.wire_bytes.saturating_sub(checksum_bytes));
        let start = self.cursor;
        let header = self.header(ieee80211::Header::parse, Layer::Wlan)?;
        if !header.carries_packet() {
            return Err(Stop::Unknown {
                field: "wlan.frame_control",
                number: header.subtype().into(),
                offset: start.offset(),
            });
        }
        if is_padded {
            let bytes = self.cursor.offset().saturating_sub(start.offset());
            let padding = bytes.next_multiple_of(PADDING_BYTES) - bytes;
            self.read(|cursor| Ok(cursor.skip("wlan.padding", padding as usize)?))?;
        }
        if header.is_aggregated() {
            let subframe = self.header(ieee80211::Subframe::parse, Layer::WlanSubframe)?;
            self.narrow(self.wire_bytes.min(subframe.length().into()));
        }
        Ok(Next::Llc)
    }
}
