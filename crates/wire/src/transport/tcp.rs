//! TCP (RFC 9293).
//!
//! ```text
//! | source port 2 | destination port 2 | sequence 4 | acknowledgment 4 | header length 4 bit | flags 12 bit |
//! | window 2 | checksum 2 | urgent 2 | options 0 to 40 |
//! ```

use whotalks_bytes::Cursor;

use super::Ports;
use crate::Stop;

mod field {
    use whotalks_bytes::fixed::{U8, U16, U32};
    pub(super) const SOURCE: U16<0> = U16;
    pub(super) const DESTINATION: U16<2> = U16;
    pub(super) const SEQUENCE: U32<4> = U32;
    pub(super) const ACKNOWLEDGMENT: U32<8> = U32;
    pub(super) const HEADER_LENGTH: U8<12> = U8;
    pub(super) const FLAGS: U8<13> = U8;
    pub(super) const LENGTH_AND_FLAGS: U16<12> = U16;
    pub(super) const WINDOW: U16<14> = U16;
    pub(super) const CHECKSUM: U16<16> = U16;
    pub(super) const URGENT: U16<18> = U16;
}

/// Bytes of the header without options.
pub const HEADER_BYTES: usize = 20;

/// The control bits of a segment (IANA "TCP Header Flags").
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flags(pub u8);

impl Flags {
    /// No more data from the sender.
    pub const FIN: Self = Self(0x01);
    /// Synchronise sequence numbers: opens a connection.
    pub const SYN: Self = Self(0x02);
    /// Reset: the connection does not, or no longer, exist.
    pub const RST: Self = Self(0x04);
    /// Push.
    pub const PSH: Self = Self(0x08);
    /// The acknowledgment number counts.
    pub const ACK: Self = Self(0x10);
    /// The urgent pointer counts.
    pub const URG: Self = Self(0x20);
    /// Explicit congestion notification echo, RFC 3168.
    pub const ECE: Self = Self(0x40);
    /// Congestion window reduced, RFC 3168.
    pub const CWR: Self = Self(0x80);

    /// The letters of the bits from lowest to highest, as tcpdump and Wireshark use them.
    const LETTERS: [(Self, char); 8] = [
        (Self::FIN, 'F'),
        (Self::SYN, 'S'),
        (Self::RST, 'R'),
        (Self::PSH, 'P'),
        (Self::ACK, 'A'),
        (Self::URG, 'U'),
        (Self::ECE, 'E'),
        (Self::CWR, 'C'),
    ];

    /// True when every bit of `other` is set.
    #[inline]
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The bits of both.
    #[inline]
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// SYN without ACK: the first segment of a connection.
    #[inline]
    #[must_use]
    pub const fn opens(self) -> bool {
        self.has(Self::SYN) && !self.has(Self::ACK)
    }

    /// SYN with ACK: the server's answer.
    #[inline]
    #[must_use]
    pub const fn accepts(self) -> bool {
        self.has(Self::SYN) && self.has(Self::ACK)
    }
}

impl std::fmt::Display for Flags {
    /// The letters of the bits that are set, lowest first: `FSRPAUEC`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Self::LETTERS
            .iter()
            .filter(|(flag, _)| self.has(*flag))
            .try_for_each(|(_, letter)| write!(f, "{letter}"))
    }
}

impl std::fmt::Debug for Flags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Flags({self})")
    }
}

/// A TCP header. Options may be cut off by a snapped capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    fixed: &'a [u8; HEADER_BYTES],
    options: &'a [u8],
}

impl<'a> Header<'a> {
    /// Reads the fixed part and as many options as were kept. Whether they are complete tells
    /// [`Header::check_options`].
    ///
    /// # Errors
    /// [`Stop::Short`] when the fixed part is cut.
    #[inline]
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        let fixed = cursor.array("tcp.header")?;
        let stated = header_bytes(fixed).saturating_sub(HEADER_BYTES as u32) as usize;
        let options = cursor.slice("tcp.options", stated.min(cursor.rest().len()))?;
        Ok(Self { fixed, options })
    }

    /// Whether the header is as long as it says.
    ///
    /// # Errors
    /// [`Stop::Malformed`] when it says less than five words; [`Stop::Short`] when options are cut off.
    #[inline]
    pub fn check_options(&self, cursor: &Cursor<'_>) -> Result<(), Stop> {
        let Some(stated) = self.header_bytes().checked_sub(HEADER_BYTES as u32) else {
            let words = self.header_bytes() / 4;
            return Err(Stop::Malformed {
                field: "tcp.header_length",
                number: words,
                offset: cursor.offset(),
            });
        };
        let missing = (stated as usize).saturating_sub(self.options.len());
        if missing > 0 {
            Cursor::at(&[], cursor.offset()).skip("tcp.options", missing)?;
        }
        Ok(())
    }

    /// The header without its options, as it stands in the frame.
    #[inline]
    #[must_use]
    pub const fn fixed_bytes(&self) -> &'a [u8; HEADER_BYTES] {
        self.fixed
    }

    /// Both ports.
    #[inline]
    #[must_use]
    pub const fn ports(&self) -> Ports {
        Ports {
            source: field::SOURCE.be(self.fixed),
            destination: field::DESTINATION.be(self.fixed),
        }
    }

    /// The number of the first byte of data, or of the SYN.
    #[inline]
    #[must_use]
    pub const fn sequence(&self) -> u32 {
        field::SEQUENCE.be(self.fixed)
    }

    /// The number of the next byte expected from the other side, if [`Flags::ACK`] is set.
    #[inline]
    #[must_use]
    pub const fn acknowledgment(&self) -> u32 {
        field::ACKNOWLEDGMENT.be(self.fixed)
    }

    /// Bytes of header and options as stated, 0 to 60.
    #[inline]
    #[must_use]
    pub const fn header_bytes(&self) -> u32 {
        header_bytes(self.fixed)
    }

    /// The control bits.
    #[inline]
    #[must_use]
    pub const fn flags(&self) -> Flags {
        Flags(field::FLAGS.of(self.fixed))
    }

    /// The twelve bits after the header length: four reserved ones, the first of which in a row was once used (accurate
    /// ECN), and the eight control bits.
    #[must_use]
    pub const fn flag_bits(&self) -> u16 {
        field::LENGTH_AND_FLAGS.be(self.fixed) & 0x0fff
    }

    /// The checksum.
    #[must_use]
    pub const fn checksum(&self) -> u16 {
        field::CHECKSUM.be(self.fixed)
    }

    /// Where urgent data ends, from the sequence number on, if [`Flags::URG`] is set.
    #[must_use]
    pub const fn urgent_pointer(&self) -> u16 {
        field::URGENT.be(self.fixed)
    }

    /// The options as they lie in the header, with padding.
    #[must_use]
    pub const fn options_bytes(&self) -> &'a [u8] {
        self.options
    }

    /// Bytes the sender is ready to take, unscaled.
    #[inline]
    #[must_use]
    pub const fn window(&self) -> u16 {
        field::WINDOW.be(self.fixed)
    }

    /// The options in order; a malformed one ends them.
    #[must_use]
    pub const fn options(&self) -> Options<'a> {
        Options(self.options)
    }
}

#[inline]
const fn header_bytes(fixed: &[u8; HEADER_BYTES]) -> u32 {
    // Four bits count words of four bytes.
    (field::HEADER_LENGTH.of(fixed) >> 4) as u32 * 4
}

/// One option (IANA "TCP Option Kind Numbers").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TcpOption<'a> {
    /// Its kind.
    pub kind: OptionKind,
    /// What follows kind and length.
    pub data: &'a [u8],
}

impl<'a> TcpOption<'a> {
    /// Bytes of the whole option, kind and length included.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.data.len().saturating_add(2)
    }

    /// The largest segment its sender takes, if this option says so.
    #[must_use]
    pub fn maximum_segment_size(&self) -> Option<u16> {
        self.data_of(OptionKind::MAXIMUM_SEGMENT_SIZE)
            .copied()
            .map(u16::from_be_bytes)
    }

    /// How many bits the sender's window is shifted by, if this option says so.
    #[must_use]
    pub fn window_scale(&self) -> Option<u8> {
        self.data_of(OptionKind::WINDOW_SCALE).map(|[shift]| *shift)
    }

    /// The sender's clock and the echo of the receiver's, if this option says so.
    #[must_use]
    pub fn timestamps(&self) -> Option<(u32, u32)> {
        let [a, b, c, d, e, f, g, h] = *self.data_of(OptionKind::TIMESTAMPS)?;
        Some((u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h])))
    }

    /// The edges of the blocks received out of order: each one's first sequence number and the one after its last; none
    /// for other options.
    pub fn sack_blocks(&self) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let data = if self.kind == OptionKind::SACK { self.data } else { &[] };
        let (blocks, _) = data.as_chunks::<8>();
        blocks
            .iter()
            .map(|&[a, b, c, d, e, f, g, h]| (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h])))
    }

    fn data_of<const N: usize>(&self, kind: OptionKind) -> Option<&'a [u8; N]> {
        let is_it = self.kind == kind && self.data.len() == N;
        is_it.then(|| self.data.first_chunk()).flatten()
    }
}

/// The kind of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OptionKind(pub u8);

impl OptionKind {
    /// End of the list.
    pub const END: Self = Self(0);
    /// Padding.
    pub const NO_OPERATION: Self = Self(1);
    /// Maximum segment size, 2 bytes.
    pub const MAXIMUM_SEGMENT_SIZE: Self = Self(2);
    /// Window scale, 1 byte, RFC 7323.
    pub const WINDOW_SCALE: Self = Self(3);
    /// Selective acknowledgment permitted, RFC 2018.
    pub const SACK_PERMITTED: Self = Self(4);
    /// Selective acknowledgments, 8 bytes each, RFC 2018.
    pub const SACK: Self = Self(5);
    /// Timestamps, 4 + 4 bytes, RFC 7323.
    pub const TIMESTAMPS: Self = Self(8);
}

/// The options of a header, padding left out.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a>(&'a [u8]);

impl<'a> Iterator for Options<'a> {
    type Item = TcpOption<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (&kind, after_kind) = self.0.split_first()?;
            match OptionKind(kind) {
                OptionKind::END => return None,
                OptionKind::NO_OPERATION => self.0 = after_kind,
                kind => {
                    let (&length, after_length) = after_kind.split_first()?;
                    let (data, rest) = after_length.split_at_checked(usize::from(length).checked_sub(2)?)?;
                    self.0 = rest;
                    return Some(TcpOption { kind, data });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYN: [u8; 32] = [
        0xc0, 0x01, 0x01, 0xbb, 0, 0, 0, 9, 0, 0, 0, 0, 0x80, 0xc2, 0xfa, 0xf0, 0, 0, 0, 0, // header
        2, 4, 0x05, 0xb4, 1, 3, 3, 8, 4, 2, 0, 0xff, // options
    ];

    fn syn(bytes: &[u8]) -> (Header<'_>, Result<(), Stop>) {
        let mut cursor = Cursor::new(bytes);
        let header = Header::parse(&mut cursor).unwrap();
        (header, header.check_options(&cursor))
    }

    #[test]
    fn every_field_is_read() {
        let (header, complete) = syn(&SYN);
        assert_eq!(
            header.ports(),
            Ports {
                source: 0xc001,
                destination: 443
            }
        );
        assert_eq!(
            (header.sequence(), header.acknowledgment(), header.window()),
            (9, 0, 0xfaf0)
        );
        assert_eq!(header.flags().to_string(), "SEC");
        assert!(header.flags().opens() && !header.flags().accepts());
        assert_eq!(header.header_bytes(), 32);
        assert_eq!(complete, Ok(()));
    }

    #[test]
    fn options_come_without_padding_and_end_at_the_end_mark() {
        let options: Vec<_> = syn(&SYN)
            .0
            .options()
            .map(|option| (option.kind, option.data.to_vec()))
            .collect();
        let expected = [
            (OptionKind::MAXIMUM_SEGMENT_SIZE, vec![0x05, 0xb4]),
            (OptionKind::WINDOW_SCALE, vec![8]),
            (OptionKind::SACK_PERMITTED, vec![]),
        ];
        assert_eq!(options, expected);
    }

    #[test]
    fn cut_options_keep_the_header_and_say_what_is_missing() {
        let (header, complete) = syn(&SYN[..25]);
        assert_eq!(header.options().count(), 1);
        assert!(matches!(complete, Err(Stop::Short(error)) if error.field == "tcp.options" && error.needed == 7));
    }

    #[test]
    fn a_header_of_less_than_five_words_is_malformed_but_its_fields_are_there() {
        let mut bytes = SYN;
        bytes[12] = 0x40;
        let (header, complete) = syn(&bytes);
        assert_eq!(header.ports().destination, 443);
        assert!(matches!(
            complete,
            Err(Stop::Malformed {
                field: "tcp.header_length",
                number: 4,
                ..
            })
        ));
    }

    #[test]
    fn an_option_of_impossible_length_ends_the_list() {
        assert_eq!(Options(&[8, 1, 2]).count(), 0);
        assert_eq!(Options(&[3, 3, 7, 8, 99]).count(), 1);
    }
}
