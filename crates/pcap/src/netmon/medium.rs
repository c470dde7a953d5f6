//! What a frame was captured on.

use whotalks_record::LinkType;

/// What a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A packet.
    Packets(LinkType),
    /// Something else that Wireshark numbers as a frame: events, the capture filter, a medium that is not read.
    NoPacket,
    /// Something else that Wireshark does not number: names, adapters, what was put together from other frames.
    NotCounted,
}

/// IEEE 802.11, with a header of the radio's.
const WIRELESS: u16 = 6;
/// The version of that header.
const RADIO_VERSION: u8 = 2;

/// What frames of a medium are. Captures made over a tunnel may have medium 0 and hold Ethernet all the same.
pub(super) const fn content(medium: u16) -> Content {
    match medium {
        0 | 1 => Content::Packets(LinkType(1)),
        2 => Content::Packets(LinkType(6)),
        3 => Content::Packets(LinkType(10)),
        WIRELESS | 0xe080 => Content::Packets(LinkType(105)),
        // Tunnel interfaces, wireless wide area networks, and raw IP.
        7..=9 => Content::Packets(LinkType(101)),
        // Network Monitor's successor has these for its own messages.
        0xe081..=0xe08a => Content::NoPacket,
        // Converted captures have the link type of pcap in the lower bits.
        0xe000..=0xefff => Content::Packets(LinkType(medium & 0x0fff)),
        0xfffc..=0xfffe => Content::NotCounted,
        _ => Content::NoPacket,
    }
}

/// A frame of 802.11 without the header of the radio's, and how long that was.
pub(super) fn without_radio(medium: u16, data: &[u8]) -> (&[u8], usize) {
    match data {
        [RADIO_VERSION, low, high, ..] if medium == WIRELESS => {
            let bytes = usize::from(u16::from_le_bytes([*low, *high]));
            data.get(bytes..).map_or((data, 0), |frame| (frame, bytes))
        }
        _ => (data, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_of_all_kinds_are_told_apart() {
        assert_eq!(content(1), Content::Packets(LinkType(1)));
        assert_eq!(content(0xe071), Content::Packets(LinkType(113)));
        assert_eq!(content(0xe083), Content::NoPacket);
        assert_eq!(
            (content(0xfffc), content(0xffff)),
            (Content::NotCounted, Content::NoPacket)
        );
    }

    #[test]
    fn the_radio_header_is_left_out() {
        assert_eq!(without_radio(6, &[2, 4, 0, 9, 8]), (&[8][..], 4));
        assert_eq!(without_radio(6, &[2, 9, 0, 9, 8]), (&[2, 9, 0, 9, 8][..], 0));
        assert_eq!(without_radio(1, &[2, 4, 0, 9, 8]).1, 0);
    }
}
