//! IEEE 802.11, of which the headers are read and unencrypted data is followed.
//!
//! ```text
//! | frame control 2 | duration 2 | address 1 6 | address 2 6 | address 3 6 | sequence 2 | address 4 6, between two
//! access points | QoS 2, in QoS data | HT control 4, if "order" | ...
//! ```

use whotalks_bytes::Cursor;

use super::MacAddress;
use crate::Stop;

/// A flag of the second byte of frame control (IEEE 802.11 9.2.4.1).
mod flag {
    pub(super) const TO_DISTRIBUTION: u8 = 0x01;
    pub(super) const FROM_DISTRIBUTION: u8 = 0x02;
    pub(super) const MORE_FRAGMENTS: u8 = 0x04;
    pub(super) const RETRY: u8 = 0x08;
    pub(super) const PROTECTED: u8 = 0x40;
    pub(super) const ORDER: u8 = 0x80;
}

/// Bytes of a header with three addresses and a sequence number.
const THREE_ADDRESSES_BYTES: usize = 24;
/// Bytes of an address.
const ADDRESS_BYTES: usize = 6;
/// Bytes of the QoS field.
const QOS_BYTES: usize = 2;
/// Bytes of the HT control field.
const HT_CONTROL_BYTES: usize = 4;
/// The subtype bit of data frames with a QoS field.
const SUBTYPE_QOS: u8 = 0x08;
/// The subtype bit of data frames that carry no data.
const SUBTYPE_NO_DATA: u8 = 0x04;
/// The QoS bit of frames that carry several packets, each with a header of its own.
const AGGREGATED: u8 = 0x80;
/// Where the first address lies.
const FIRST_ADDRESS: usize = 4;
/// Where the fourth address lies.
const FOURTH_ADDRESS: usize = 24;
/// Where the sequence number lies.
const SEQUENCE: usize = 22;

/// The type of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Beacons, probes, association.
    Management,
    /// Acknowledgments and the like.
    Control,
    /// Data, or a null frame.
    Data,
    /// An extension, not read.
    Extension,
}

/// A header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    control: [u8; 2],
    bytes: &'a [u8],
}

impl<'a> Header<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let mut ahead = *cursor;
        let control = *ahead.array("wlan.frame_control")?;
        let empty = Self { control, bytes: &[] };
        let bytes = cursor.slice("wlan.header", empty.stated_bytes())?;
        Ok(Self { control, bytes })
    }

    fn stated_bytes(&self) -> usize {
        let four_addresses = self.has(flag::TO_DISTRIBUTION | flag::FROM_DISTRIBUTION);
        let ht_control = if self.has(flag::ORDER) { HT_CONTROL_BYTES } else { 0 };
        match self.kind() {
            Kind::Management => THREE_ADDRESSES_BYTES + ht_control,
            Kind::Data => {
                let base = THREE_ADDRESSES_BYTES + if four_addresses { ADDRESS_BYTES } else { 0 };
                base + if self.has_qos() { QOS_BYTES + ht_control } else { 0 }
            }
            // Acknowledgment and clear-to-send have one address, the others two.
            Kind::Control if matches!(self.subtype(), 12 | 13) => FIRST_ADDRESS + ADDRESS_BYTES,
            Kind::Control => FIRST_ADDRESS + 2 * ADDRESS_BYTES,
            Kind::Extension => FIRST_ADDRESS,
        }
    }

    /// The type of the frame.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        let [first, _] = self.control;
        match (first >> 2) & 0x03 {
            0 => Kind::Management,
            1 => Kind::Control,
            2 => Kind::Data,
            _ => Kind::Extension,
        }
    }

    /// The subtype, 0 to 15; its meaning depends on the type.
    #[must_use]
    pub const fn subtype(&self) -> u8 {
        let [first, _] = self.control;
        first >> 4
    }

    /// The flags.
    #[must_use]
    pub const fn flags(&self) -> u8 {
        let [_, flags] = self.control;
        flags
    }

    const fn has(&self, flags: u8) -> bool {
        self.flags() & flags == flags
    }

    const fn has_qos(&self) -> bool {
        matches!(self.kind(), Kind::Data) && self.subtype() & SUBTYPE_QOS != 0
    }

    /// Whether a station sent it to the distribution system.
    #[must_use]
    pub const fn to_distribution(&self) -> bool {
        self.has(flag::TO_DISTRIBUTION)
    }

    /// Whether the distribution system sent it to a station.
    #[must_use]
    pub const fn from_distribution(&self) -> bool {
        self.has(flag::FROM_DISTRIBUTION)
    }

    /// Whether it was sent before.
    #[must_use]
    pub const fn is_retry(&self) -> bool {
        self.has(flag::RETRY)
    }

    /// Whether its body is encrypted.
    #[must_use]
    pub const fn is_protected(&self) -> bool {
        self.has(flag::PROTECTED)
    }

    /// Whether more fragments of it follow.
    #[must_use]
    pub const fn more_fragments(&self) -> bool {
        self.has(flag::MORE_FRAGMENTS)
    }

    /// The number of its fragment, where there is a sequence number.
    #[must_use]
    pub fn fragment(&self) -> Option<u8> {
        self.sequence_control().map(|word| (word & 0x0f) as u8)
    }

    /// The sequence number, where there is one.
    #[must_use]
    pub fn sequence(&self) -> Option<u16> {
        self.sequence_control().map(|word| word >> 4)
    }

    fn sequence_control(&self) -> Option<u16> {
        let word = self.bytes.get(SEQUENCE..)?.first_chunk()?;
        (self.kind() != Kind::Control).then(|| u16::from_le_bytes(*word))
    }

    /// Whether a packet follows that can be read: data, unencrypted, and the first of its fragments.
    #[must_use]
    pub fn carries_packet(&self) -> bool {
        self.kind() == Kind::Data
            && self.subtype() & SUBTYPE_NO_DATA == 0
            && !self.is_protected()
            && self.fragment() == Some(0)
    }

    /// Whether what follows is several packets, each with a header of addresses and length.
    #[must_use]
    pub fn is_aggregated(&self) -> bool {
        let after_addresses = if self.has(flag::TO_DISTRIBUTION | flag::FROM_DISTRIBUTION) {
            FOURTH_ADDRESS + ADDRESS_BYTES
        } else {
            FOURTH_ADDRESS
        };
        self.has_qos()
            && self
                .bytes
                .get(after_addresses)
                .is_some_and(|byte| byte & AGGREGATED != 0)
    }

    /// One of the addresses, counted from 1, as many as there are.
    #[must_use]
    pub fn address(&self, number: u8) -> Option<MacAddress> {
        let at = match number {
            1..=3 => FIRST_ADDRESS + usize::from(number - 1) * ADDRESS_BYTES,
            4 if self.has(flag::TO_DISTRIBUTION | flag::FROM_DISTRIBUTION) => FOURTH_ADDRESS,
            _ => return None,
        };
        self.bytes.get(at..)?.first_chunk().copied().map(MacAddress)
    }

    /// Who it is for on the air.
    #[must_use]
    pub fn receiver(&self) -> Option<MacAddress> {
        self.address(1)
    }

    /// Who sent it on the air.
    #[must_use]
    pub fn transmitter(&self) -> Option<MacAddress> {
        self.address(2)
    }

    /// Who it is for in the end, in data and management frames.
    #[must_use]
    pub fn destination(&self) -> Option<MacAddress> {
        match self.kind() {
            Kind::Management | Kind::Data if self.to_distribution() => self.address(3),
            Kind::Management | Kind::Data => self.address(1),
            Kind::Control | Kind::Extension => None,
        }
    }

    /// Who sent it in the first place, in data and management frames.
    #[must_use]
    pub fn source(&self) -> Option<MacAddress> {
        match (self.kind(), self.to_distribution(), self.from_distribution()) {
            (Kind::Control | Kind::Extension, ..) => None,
            (_, true, true) => self.address(4),
            (_, false, true) => self.address(3),
            _ => self.address(2),
        }
    }

    /// The access point's address, where it is stated.
    #[must_use]
    pub fn access_point(&self) -> Option<MacAddress> {
        match (self.kind(), self.to_distribution(), self.from_distribution()) {
            (Kind::Control | Kind::Extension, ..) | (_, true, true) => None,
            (_, true, false) => self.address(1),
            (_, false, true) => self.address(2),
            (_, false, false) => self.address(3),
        }
    }
}

/// The header of one of several packets in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subframe<'a>(&'a [u8; 14]);

impl<'a> Subframe<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("wlan.subframe")?))
    }

    /// Bytes of IEEE 802.2 that follow.
    #[must_use]
    pub const fn length(&self) -> u16 {
        let [.., high, low] = *self.0;
        u16::from_be_bytes([high, low])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header of zeros with these control bytes, addresses that end in their number, and `more` behind.
    fn header(control: [u8; 2], more: &[u8]) -> Vec<u8> {
        let mut bytes = vec![control[0], control[1], 0, 0];
        for number in 1..=3 {
            bytes.extend([0, 0, 0, 0, 0, number]);
        }
        bytes.extend([0x10, 0x00]);
        bytes.extend(more);
        bytes
    }

    fn read(bytes: &[u8]) -> (Header<'_>, usize) {
        let mut cursor = Cursor::new(bytes);
        (Header::parse(&mut cursor).unwrap(), cursor.rest().len())
    }

    fn last(address: Option<MacAddress>) -> Option<u8> {
        address.map(|address| address.0[5])
    }

    #[test]
    fn addresses_change_places_with_the_direction() {
        let from_station = header([0x08, 0x01], &[]);
        let (header_of, _) = read(&from_station);
        assert_eq!(
            (
                last(header_of.destination()),
                last(header_of.source()),
                last(header_of.access_point())
            ),
            (Some(3), Some(2), Some(1))
        );
        let to_station = header([0x08, 0x02], &[]);
        let (header_of, _) = read(&to_station);
        assert_eq!(
            (
                last(header_of.destination()),
                last(header_of.source()),
                last(header_of.access_point())
            ),
            (Some(1), Some(3), Some(2))
        );
        assert_eq!((header_of.sequence(), header_of.fragment()), (Some(1), Some(0)));
    }

    #[test]
    fn four_addresses_quality_and_control_make_the_header_longer() {
        let bytes = header([0x88, 0x83], &[0, 0, 0, 0, 0, 4, 0x80, 0, 1, 2, 3, 4, 0xaa]);
        let (header, rest) = read(&bytes);
        assert_eq!(
            (last(header.source()), header.is_aggregated(), rest),
            (Some(4), true, 1)
        );
    }

    #[test]
    fn only_plain_data_carries_a_packet() {
        let carries = |control| read(&header(control, &[0; 2])).0.carries_packet();
        assert!(carries([0x08, 0x00]) && carries([0x88, 0x00]));
        assert!(!carries([0x48, 0x00]), "null");
        assert!(!carries([0x08, 0x40]), "protected");
        assert!(!carries([0x80, 0x00]), "beacon");
    }

    #[test]
    fn control_frames_are_short() {
        let (header, rest) = read(&[0xd4, 0, 0, 0, 0, 0, 0, 0, 0, 1, 9]);
        assert_eq!(
            (header.kind(), last(header.receiver()), rest),
            (Kind::Control, Some(1), 1)
        );
        assert_eq!(
            (header.transmitter(), header.source(), header.sequence()),
            (None, None, None)
        );
    }
}
