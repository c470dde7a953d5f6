//! Microsoft-Windows-PktMon: packets as they pass the components of the network stack, and where they are dropped.
//!
//! Each component that a packet passes writes it anew; one appearance is kept, the first. Source of the fields: the manifest, and
//! "PKTMON_EVT_STREAM_METADATA" of the driver documentation.

use std::collections::{BTreeMap, HashSet, VecDeque};

use foldhash::fast::RandomState;
use whotalks_bytes::{Cursor, ReadError};
use whotalks_record::LinkType;

use super::packet::{CapturedPacket, ETHERNET, IEEE802_11, Medium, RAW};
use crate::{Event, Guid};

pub(super) const PROVIDER: Guid = Guid::new(
    0x4d4f_80d9,
    0xc8bd,
    0x4d73,
    [0xbb, 0x5b, 0x19, 0xc9, 0x04, 0x02, 0xc5, 0xac],
);

const COMPONENT: u16 = 20;
const PACKET: u16 = 160;
const DROPPED: u16 = 170;

/// Packets remembered to know their later appearances again; these follow within milliseconds.
const MOST_REMEMBERED: usize = 65_536;

/// Components whose names are kept; a computer has some hundreds.
const MOST_COMPONENTS: usize = 4_096;

/// Keeps one appearance of each packet.
#[derive(Debug, Default)]
pub(crate) struct PktMon {
    seen: HashSet<(u64, u16), RandomState>,
    order: VecDeque<(u64, u16)>,
    names: BTreeMap<u32, String>,
    /// Further appearances of packets.
    pub(crate) folded: u64,
    /// Events that could not be read, and packets that begin with no known header.
    pub(crate) undecodable: u64,
    /// Packets that were dropped.
    pub(crate) dropped: u64,
}

struct Fields<'a> {
    group: u64,
    number: u16,
    packet_type: u16,
    component: u16,
    drop_reason: u32,
    drop_location: u32,
    original_length: u16,
    payload: &'a [u8],
    at: usize,
}

impl PktMon {
    /// Gives `each` the packet of `event`, if it is its first appearance.
    pub(crate) fn read(&mut self, event: &Event<'_>, each: &mut dyn FnMut(&CapturedPacket<'_>)) {
        match event.id {
            COMPONENT => self.component(event.payload),
            PACKET | DROPPED => self.packet(event, each),
            _ => {}
        }
    }

    fn component(&mut self, payload: &[u8]) {
        let mut cursor = Cursor::new(payload);
        let Ok(number) = cursor.u16_le("pktmon.component") else {
            return;
        };
        if cursor.skip("pktmon.type", 2).is_err() || self.names.len() >= MOST_COMPONENTS {
            return;
        }
        let units = cursor
            .rest()
            .chunks_exact(2)
            .filter_map(|pair| Some(u16::from_le_bytes(*pair.first_chunk()?)));
        let units = units.take_while(|unit| *unit != 0);
        let name: String = char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        self.names.insert(number.into(), name);
    }

    fn packet(&mut self, event: &Event<'_>, each: &mut dyn FnMut(&CapturedPacket<'_>)) {
        let Ok(fields) = Fields::read(event.payload) else {
            self.undecodable += 1;
            return;
        };
        self.dropped += u64::from(event.id == DROPPED);
        if !self.is_new((fields.group, fields.number)) {
            self.folded += 1;
            return;
        }
        let Some(link_type) = link_type(fields.packet_type) else {
            self.undecodable += 1;
            return;
        };
        let kept = u32::try_from(fields.payload.len()).unwrap_or(u32::MAX);
        each(&CapturedPacket {
            medium: Medium {
                number: fields.component.into(),
                link_type,
                is_component: true,
            },
            data: fields.payload,
            original_length: u32::from(fields.original_length).max(kept),
            at: Some(fields.at),
            name: self.names.get(&fields.component.into()).map(String::as_str),
            comment: (event.id == DROPPED).then(|| fields.drop_comment()),
        });
    }

    fn is_new(&mut self, packet: (u64, u16)) -> bool {
        if !self.seen.insert(packet) {
            return false;
        }
        self.order.push_back(packet);
        if self.order.len() > MOST_REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
        }
        true
    }
}

impl<'a> Fields<'a> {
    fn read(payload: &'a [u8]) -> Result<Self, ReadError> {
        let mut cursor = Cursor::new(payload);
        let group = cursor.u64_le("pktmon.group")?;
        let number = cursor.u16_le("pktmon.number")?;
        // The count of appearances and the direction.
        cursor.skip("pktmon.appearance", 4)?;
        let packet_type = cursor.u16_le("pktmon.packet_type")?;
        let component = cursor.u16_le("pktmon.component")?;
        // The edge and the filter.
        cursor.skip("pktmon.edge", 4)?;
        let drop_reason = cursor.u32_le("pktmon.drop_reason")?;
        let drop_location = cursor.u32_le("pktmon.drop_location")?;
        let original_length = cursor.u16_le("pktmon.original_size")?;
        let length = cursor.u16_le("pktmon.logged_size")?;
        let at = payload.len() - cursor.rest().len();
        Ok(Self {
            group,
            number,
            packet_type,
            component,
            drop_reason,
            drop_location,
            original_length,
            payload: cursor.slice("pktmon.payload", length.into())?,
            at,
        })
    }

    fn drop_comment(&self) -> String {
        format!(
            "PktMon drop: reason {}, location {:#x}, component {}",
            self.drop_reason, self.drop_location, self.component
        )
    }
}

/// How a packet of that type begins; none for those that begin above IP.
const fn link_type(packet_type: u16) -> Option<LinkType> {
    match packet_type {
        1 => Some(ETHERNET),
        2 => Some(IEEE802_11),
        3 => Some(RAW),
        _ => None,
    }
}
