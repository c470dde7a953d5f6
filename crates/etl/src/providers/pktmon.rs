//! Microsoft-Windows-PktMon: packets as they pass the components of the network stack, and where they are dropped.
//!
//! Each component that a packet passes writes it anew; one appearance is kept, the first. A packet is held back for a moment, so that
//! a drop which a later component tells of is noted at it. Source of the fields: the manifest, and "PKTMON_EVT_STREAM_METADATA" of
//! the driver documentation.

use std::collections::{BTreeMap, HashSet, VecDeque};

use foldhash::fast::RandomState;
use whotalks_bytes::{Cursor, ReadError};
use whotalks_record::{LinkType, Nanoseconds, Span, Timestamp};

use super::packet::{CapturedPacket, ETHERNET, IEEE802_11, Medium, RAW, place};
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

/// How long a packet is held back: its way through the stack takes microseconds.
const LONGEST_HELD: Nanoseconds = Nanoseconds::from_milliseconds(20);

/// Packets held back at once; at the largest size that is 32 MiB.
const MOST_HELD: usize = 512;

/// Components whose names are kept; a computer has some hundreds.
const MOST_COMPONENTS: usize = 4_096;

/// Keeps one appearance of each packet.
#[derive(Debug, Default)]
pub(crate) struct PktMon {
    seen: HashSet<Number, RandomState>,
    order: VecDeque<Number>,
    held: VecDeque<Held>,
    /// Emptied room of packets that were let go.
    spare: Vec<Vec<u8>>,
    names: BTreeMap<u32, String>,
    /// Further appearances of packets.
    pub(crate) folded: u64,
    /// Events that could not be read, and packets that begin with no known header.
    pub(crate) undecodable: u64,
    /// Packets that were dropped.
    pub(crate) dropped: u64,
    /// Drops told when their packet had been let go.
    pub(crate) unnoted_drops: u64,
}

/// Its group and its number in it: one packet, whichever component writes it.
type Number = (u64, u16);

/// A packet that is held back.
#[derive(Debug)]
struct Held {
    packet: Number,
    medium: Medium,
    data: Vec<u8>,
    original_length: u32,
    time: Option<Timestamp>,
    place: Span,
    comment: Option<String>,
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
        let packet = (fields.group, fields.number);
        let drop = (event.id == DROPPED).then(|| self.drop_comment(&fields));
        self.dropped += u64::from(drop.is_some());
        if !self.is_new(packet) {
            self.folded += 1;
            drop.into_iter().for_each(|drop| self.note(packet, &drop));
            return;
        }
        self.let_go(event.time, each);
        let Some(link_type) = link_type(fields.packet_type) else {
            self.undecodable += 1;
            return;
        };
        let kept = u32::try_from(fields.payload.len()).unwrap_or(u32::MAX);
        let mut data = self.spare.pop().unwrap_or_default();
        data.clear();
        data.extend_from_slice(fields.payload);
        self.held.push_back(Held {
            packet,
            medium: Medium {
                number: fields.component.into(),
                link_type,
                is_component: true,
            },
            original_length: u32::from(fields.original_length).max(kept),
            time: event.time,
            place: place(event, Some(fields.at), data.len()),
            data,
            comment: drop,
        });
    }

    /// Gives `each` every packet that is still held back.
    pub(crate) fn finish(&mut self, each: &mut dyn FnMut(&CapturedPacket<'_>)) {
        while let Some(held) = self.held.pop_front() {
            self.give(held, each);
        }
    }

    /// Gives `each` what has been held back for long enough.
    fn let_go(&mut self, now: Option<Timestamp>, each: &mut dyn FnMut(&CapturedPacket<'_>)) {
        let is_due = |held: &Held, count: usize| match (now, held.time) {
            (Some(now), Some(time)) => count >= MOST_HELD || now - time > LONGEST_HELD,
            _ => true,
        };
        while self.held.front().is_some_and(|held| is_due(held, self.held.len()))
            && let Some(held) = self.held.pop_front()
        {
            self.give(held, each);
        }
    }

    fn give(&mut self, held: Held, each: &mut dyn FnMut(&CapturedPacket<'_>)) {
        each(&CapturedPacket {
            medium: held.medium,
            data: &held.data,
            original_length: held.original_length,
            time: held.time,
            place: held.place,
            name: self.names.get(&held.medium.number).map(String::as_str),
            comment: held.comment,
        });
        self.spare.push(held.data);
    }

    /// Notes a drop at its packet.
    fn note(&mut self, packet: Number, drop: &str) {
        let Some(held) = self.held.iter_mut().rev().find(|held| held.packet == packet) else {
            self.unnoted_drops += 1;
            return;
        };
        held.comment = Some(match held.comment.take() {
            Some(before) => format!("{before}; {drop}"),
            None => drop.to_owned(),
        });
    }

    fn drop_comment(&self, fields: &Fields<'_>) -> String {
        let name = self.names.get(&fields.component.into());
        let name = name.map(|name| format!(" ({name})")).unwrap_or_default();
        format!(
            "PktMon drop: reason {}, location {:#x}, component {}{name}",
            fields.drop_reason, fields.drop_location, fields.component
        )
    }

    fn is_new(&mut self, packet: Number) -> bool {
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
