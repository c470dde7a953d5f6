//! Microsoft-Windows-NDIS-PacketCapture: packets as the network drivers pass them.
//!
//! An event holds a packet, or before Windows 8.1 a part of one; keywords say what the medium is and where a packet ends. A packet
//! that passes several filter drivers of one adapter is written once for each. The layouts are those of the manifest; that of
//! the destinations of a virtual switch is checked by the lengths behind it, as no public manifest shows it.

use whotalks_bytes::{Cursor, ReadError};
use whotalks_record::{LinkType, Nanoseconds, Timestamp};

use super::packet::{CapturedPacket, ETHERNET, IEEE802_11, Medium, RAW, original_length, place};
use crate::{Event, Guid};

pub(super) const PROVIDER: Guid = Guid::new(
    0x2ed6_006e,
    0x4729,
    0x4609,
    [0xb4, 0x23, 0x3e, 0xe7, 0xbc, 0xd6, 0x78, 0xef],
);

mod keyword {
    pub(super) const WIRELESS_WAN: u64 = 0x200;
    pub(super) const NATIVE_802_11: u64 = 0x1_0000;
    pub(super) const PACKET_START: u64 = 0x4000_0000;
    pub(super) const PACKET_END: u64 = 0x8000_0000;
    pub(super) const SEND: u64 = 0x1_0000_0000;
}

const FRAGMENT: u16 = 1001;
const SWITCH_FRAGMENT: u16 = 1003;

/// A packet put together from parts is no longer than this: the largest that offloading makes, and then some.
const MOST_PACKET_BYTES: usize = 256 << 10;

/// Destinations of one packet in a virtual switch, at most.
const MOST_DESTINATIONS: u32 = 4_096;

/// Set in the second byte of an 802.11 frame that was encrypted on the air. What the driver passes on is not.
const PROTECTED: u8 = 0x40;

/// How many packets are remembered to know one again, and for how long. Filter drivers of one adapter see a packet within
/// microseconds of one another.
const REMEMBERED: usize = 64;
const SAME_PACKET: Nanoseconds = Nanoseconds::from_milliseconds(1);

/// Puts packets together.
#[derive(Debug, Default)]
pub(crate) struct PacketCapture {
    parts: Vec<u8>,
    recent: Vec<Recent>,
    next: usize,
    /// Packets that were the same one seen by another filter driver.
    pub(crate) folded: u64,
    /// Events that could not be read.
    pub(crate) undecodable: u64,
}

#[derive(Clone, Copy, Debug)]
struct Recent {
    hash: u64,
    miniport: u32,
    lower: u32,
    is_sent: bool,
    time: Timestamp,
}

/// One event of a packet.
struct Part<'a> {
    miniport: u32,
    lower: u32,
    fragment: &'a [u8],
    /// Where it begins in the payload.
    at: usize,
}

impl PacketCapture {
    /// Gives `each` the packet that `event` completes.
    pub(crate) fn read(&mut self, event: &Event<'_>, each: &mut dyn FnMut(&CapturedPacket<'_>)) {
        if !matches!(event.id, FRAGMENT | SWITCH_FRAGMENT) {
            return;
        }
        let Some(part) = Part::read(event) else {
            self.undecodable += 1;
            return;
        };
        let has = |keyword| event.keywords & keyword != 0;
        if has(keyword::PACKET_START) {
            self.parts.clear();
        }
        let is_whole = self.parts.is_empty() && has(keyword::PACKET_END);
        if self.parts.len() + part.fragment.len() > MOST_PACKET_BYTES {
            self.parts.clear();
            self.undecodable += 1;
            return;
        }
        let link_type = link_type(event.keywords);
        if is_whole && !is_protected(link_type, part.fragment) {
            self.deliver(event, &part, link_type, part.fragment, Some(part.at), each);
            return;
        }
        self.parts.extend_from_slice(part.fragment);
        if has(keyword::PACKET_END) {
            let mut packet = std::mem::take(&mut self.parts);
            if let (IEEE802_11, Some(flags)) = (link_type, packet.get_mut(1)) {
                *flags &= !PROTECTED;
            }
            let at = is_whole.then_some(part.at);
            self.deliver(event, &part, link_type, &packet, at, each);
            packet.clear();
            self.parts = packet;
        }
    }

    fn deliver(
        &mut self,
        event: &Event<'_>,
        part: &Part<'_>,
        link_type: LinkType,
        data: &[u8],
        at: Option<usize>,
        each: &mut dyn FnMut(&CapturedPacket<'_>),
    ) {
        if self.was_seen_above(event, part, data) {
            self.folded += 1;
            return;
        }
        each(&CapturedPacket {
            medium: Medium {
                number: part.lower,
                link_type,
                is_component: false,
            },
            data,
            original_length: original_length(link_type, data),
            time: event.time,
            place: place(event, at, data.len()),
            name: None,
            comment: None,
        });
    }

    /// Whether another filter driver of the same adapter has just passed the same bytes in the same direction.
    fn was_seen_above(&mut self, event: &Event<'_>, part: &Part<'_>, data: &[u8]) -> bool {
        let Some(time) = event.time else { return false };
        let this = Recent {
            hash: hash(data),
            miniport: part.miniport,
            lower: part.lower,
            is_sent: event.keywords & keyword::SEND != 0,
            time,
        };
        if self.recent.iter().any(|other| this.is_copy_of(other)) {
            return true;
        }
        match self.recent.get_mut(self.next) {
            Some(place) => *place = this,
            None => self.recent.push(this),
        }
        self.next = (self.next + 1) % REMEMBERED;
        false
    }
}

impl Recent {
    fn is_copy_of(&self, other: &Self) -> bool {
        self.hash == other.hash
            && self.miniport == other.miniport
            && self.lower != other.lower
            && self.is_sent == other.is_sent
            && self.time.distance(other.time) <= SAME_PACKET
    }
}

impl<'a> Part<'a> {
    fn read(event: &Event<'a>) -> Option<Self> {
        let mut cursor = Cursor::new(event.payload);
        let miniport = cursor.u32_le("packet.miniport").ok()?;
        let lower = cursor.u32_le("packet.lower").ok()?;
        let is_switch = event.id == SWITCH_FRAGMENT;
        if is_switch {
            switch_fields(&mut cursor).ok()?;
        }
        let length = cursor.u32_le("packet.fragment_size").ok()?;
        let at = usize::try_from(cursor.offset()).ok()?;
        let fragment = cursor.slice("packet.fragment", length.try_into().ok()?).ok()?;
        if is_switch {
            let length = cursor.u32_le("packet.oob_size").ok()?;
            cursor.skip("packet.oob", length.try_into().ok()?).ok()?;
        }
        // Lengths that do not come out even show that the layout of the switch's fields was another one.
        let is_sound = !is_switch || cursor.is_empty();
        is_sound.then_some(Self {
            miniport,
            lower,
            fragment,
            at,
        })
    }
}

/// The port and adapter that a packet came from in a virtual switch, and those it goes to: a number and three texts for each.
fn switch_fields(cursor: &mut Cursor<'_>) -> Result<(), ReadError> {
    switch_end(cursor)?;
    let destinations = cursor.u32_le("packet.destinations")?.min(MOST_DESTINATIONS);
    (0..destinations).try_for_each(|_| switch_end(cursor))
}

fn switch_end(cursor: &mut Cursor<'_>) -> Result<(), ReadError> {
    cursor.skip("packet.port", 4)?;
    for _ in 0..3 {
        let characters = cursor.rest().chunks_exact(2).take_while(|pair| *pair != [0, 0]).count();
        cursor.skip("packet.port_name", characters * 2 + 2)?;
    }
    Ok(())
}

const fn link_type(keywords: u64) -> LinkType {
    if keywords & keyword::NATIVE_802_11 != 0 {
        IEEE802_11
    } else if keywords & keyword::WIRELESS_WAN != 0 {
        RAW
    } else {
        ETHERNET
    }
}

fn is_protected(link_type: LinkType, frame: &[u8]) -> bool {
    link_type == IEEE802_11 && frame.get(1).is_some_and(|flags| flags & PROTECTED != 0)
}

/// FNV-1a over words: two packets of one millisecond and adapter are told apart by checksums and identifications anyway.
fn hash(data: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ data.len() as u64;
    let (words, rest) = data.as_chunks::<8>();
    for word in words {
        hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(0x0100_0000_01b3);
        hash ^= hash >> 32;
    }
    for byte in rest {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}
