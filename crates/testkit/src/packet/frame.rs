//! Ethernet II frames with an IP datagram that holds one TCP segment or one UDP datagram.

use super::checksum::{internet_checksum, pseudo_header_sum, sum_words};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

const PROTOCOL_TCP: u8 = 6;
const PROTOCOL_UDP: u8 = 17;
/// The shortest frame on a wire without its checksum (IEEE 802.3 3.2.8); shorter ones are padded by the sender's card.
const MINIMUM_FRAME: usize = 60;

/// A frame and the length of the IP datagram in it (header included, Ethernet padding not).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The bytes from the destination MAC on.
    pub(crate) bytes: Vec<u8>,
    /// IPv4 total length, or IPv6 payload length + 40.
    pub(crate) ip_bytes: u32,
}

/// The two MAC addresses of a frame and whether the card's padding is visible (it is on received frames only, because
/// a capture on the sending host is taken before its card pads).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link {
    /// Sender.
    pub(crate) source: [u8; 6],
    /// Receiver.
    pub(crate) destination: [u8; 6],
    /// Pad to the minimum frame.
    pub(crate) padded: bool,
}

/// The control bits of a TCP header (RFC 9293 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TcpFlags(pub(crate) u8);

impl TcpFlags {
    pub(crate) const SYN: Self = Self(0x02);
    pub(crate) const SYN_ACK: Self = Self(0x12);
    pub(crate) const ACK: Self = Self(0x10);
    pub(crate) const PUSH_ACK: Self = Self(0x18);
    pub(crate) const FIN_ACK: Self = Self(0x11);
    pub(crate) const RST: Self = Self(0x04);
    pub(crate) const RST_ACK: Self = Self(0x14);
}

/// What varies between two TCP segments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Segment<'a> {
    pub(crate) source: SocketAddr,
    pub(crate) destination: SocketAddr,
    pub(crate) sequence: u32,
    pub(crate) acknowledgement: u32,
    pub(crate) flags: TcpFlags,
    pub(crate) payload: &'a [u8],
}

/// Options that current stacks send with SYN: MSS 1460, window scale 8, SACK permitted (RFC 9293 3.2, RFC 7323, RFC 2018).
const SYN_OPTIONS: [u8; 12] = [2, 4, 0x05, 0xb4, 1, 3, 3, 8, 1, 1, 4, 2];

/// The window that stacks begin with here.
const USUAL_WINDOW: u16 = 0x0402;

/// What most segments have alike.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extras<'a> {
    pub(crate) window: u16,
    /// A whole number of 32-bit words, at most ten (RFC 9293 3.1).
    pub(crate) options: &'a [u8],
}

/// A TCP segment with its checksum in IP in Ethernet, as usual stacks send it.
pub(crate) fn tcp_frame(link: Link, segment: &Segment<'_>, identification: u16) -> Frame {
    let options: &[u8] = if segment.flags.0 & TcpFlags::SYN.0 == 0 {
        &[]
    } else {
        &SYN_OPTIONS
    };
    let window = USUAL_WINDOW;
    tcp_frame_with(link, segment, &Extras { window, options }, identification)
}

/// A TCP segment with its checksum in IP in Ethernet.
pub(crate) fn tcp_frame_with(link: Link, segment: &Segment<'_>, extras: &Extras<'_>, identification: u16) -> Frame {
    let options = extras.options;
    let header_words = 5 + options.len() / 4;
    let mut bytes = Vec::with_capacity(header_words * 4 + segment.payload.len());
    bytes.extend(segment.source.port().to_be_bytes());
    bytes.extend(segment.destination.port().to_be_bytes());
    bytes.extend(segment.sequence.to_be_bytes());
    bytes.extend(segment.acknowledgement.to_be_bytes());
    bytes.extend([u8::try_from(header_words << 4).unwrap_or(0x50), segment.flags.0]);
    bytes.extend(extras.window.to_be_bytes());
    bytes.extend([0, 0, 0, 0]);
    bytes.extend(options);
    bytes.extend(segment.payload);
    let sum = transport_sum(segment.source, segment.destination, PROTOCOL_TCP, &bytes);
    put_u16(&mut bytes, 16, internet_checksum(sum));
    ip_frame(
        link,
        segment.source.ip(),
        segment.destination.ip(),
        PROTOCOL_TCP,
        identification,
        &bytes,
    )
}

/// A UDP datagram with its checksum in IP in Ethernet (RFC 768).
pub(crate) fn udp_frame(
    link: Link,
    source: SocketAddr,
    destination: SocketAddr,
    identification: u16,
    payload: &[u8],
) -> Frame {
    let length = u16::try_from(payload.len() + 8).unwrap_or(u16::MAX);
    let mut bytes = Vec::with_capacity(payload.len() + 8);
    bytes.extend(source.port().to_be_bytes());
    bytes.extend(destination.port().to_be_bytes());
    bytes.extend(length.to_be_bytes());
    bytes.extend([0, 0]);
    bytes.extend(payload);
    let checksum = match internet_checksum(transport_sum(source, destination, PROTOCOL_UDP, &bytes)) {
        // Zero means "no checksum" (RFC 768), so a computed zero is sent as all ones.
        0 => 0xffff,
        checksum => checksum,
    };
    put_u16(&mut bytes, 6, checksum);
    ip_frame(
        link,
        source.ip(),
        destination.ip(),
        PROTOCOL_UDP,
        identification,
        &bytes,
    )
}

fn transport_sum(source: SocketAddr, destination: SocketAddr, protocol: u8, bytes: &[u8]) -> u64 {
    pseudo_header_sum(source.ip(), destination.ip(), protocol, bytes.len()) + sum_words(bytes)
}

fn ip_frame(
    link: Link,
    source: IpAddr,
    destination: IpAddr,
    protocol: u8,
    identification: u16,
    payload: &[u8],
) -> Frame {
    let (ether_type, datagram) = match (source, destination) {
        (IpAddr::V4(source), IpAddr::V4(destination)) => {
            (0x0800_u16, ipv4(source, destination, protocol, identification, payload))
        }
        (source, destination) => (
            0x86dd_u16,
            ipv6(as_ipv6(source), as_ipv6(destination), protocol, payload),
        ),
    };
    let mut bytes = Vec::with_capacity(datagram.len() + 14);
    bytes.extend(link.destination);
    bytes.extend(link.source);
    bytes.extend(ether_type.to_be_bytes());
    bytes.extend(&datagram);
    if link.padded && bytes.len() < MINIMUM_FRAME {
        bytes.resize(MINIMUM_FRAME, 0);
    }
    Frame {
        bytes,
        ip_bytes: u32::try_from(datagram.len()).unwrap_or(u32::MAX),
    }
}

fn as_ipv6(address: IpAddr) -> Ipv6Addr {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    }
}

/// An IPv4 datagram that must not be fragmented (RFC 791).
fn ipv4(source: Ipv4Addr, destination: Ipv4Addr, protocol: u8, identification: u16, payload: &[u8]) -> Vec<u8> {
    let total = u16::try_from(payload.len() + 20).unwrap_or(u16::MAX);
    let mut bytes = Vec::with_capacity(payload.len() + 20);
    bytes.extend([0x45, 0]);
    bytes.extend(total.to_be_bytes());
    bytes.extend(identification.to_be_bytes());
    bytes.extend([0x40, 0, 128, protocol, 0, 0]);
    bytes.extend(source.octets());
    bytes.extend(destination.octets());
    let checksum = internet_checksum(sum_words(&bytes));
    put_u16(&mut bytes, 10, checksum);
    bytes.extend(payload);
    bytes
}

/// An IPv6 datagram without extension headers (RFC 8200 3).
fn ipv6(source: Ipv6Addr, destination: Ipv6Addr, protocol: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap_or(u16::MAX);
    let mut bytes = Vec::with_capacity(payload.len() + 40);
    bytes.extend([0x60, 0, 0, 0]);
    bytes.extend(length.to_be_bytes());
    bytes.extend([protocol, 128]);
    bytes.extend(source.octets());
    bytes.extend(destination.octets());
    bytes.extend(payload);
    bytes
}

fn put_u16(bytes: &mut [u8], offset: usize, value: u16) {
    for (slot, byte) in bytes.iter_mut().skip(offset).zip(value.to_be_bytes()) {
        *slot = byte;
    }
}

#[cfg(test)]
mod tests {
    use super::{Link, Segment, TcpFlags, internet_checksum, pseudo_header_sum, sum_words, tcp_frame, udp_frame};

    const LINK: Link = Link {
        source: [2; 6],
        destination: [4; 6],
        padded: true,
    };

    #[test]
    fn a_syn_is_padded_and_its_checksums_verify() {
        let segment = Segment {
            source: "192.0.2.1:1025".parse().expect("address"),
            destination: "192.0.2.2:80".parse().expect("address"),
            sequence: 1,
            acknowledgement: 0,
            flags: TcpFlags::SYN,
            payload: &[],
        };
        let frame = tcp_frame(LINK, &segment, 7);
        assert_eq!((frame.ip_bytes, frame.bytes.len()), (52, 66));
        assert_eq!(internet_checksum(sum_words(&frame.bytes[14..34])), 0);
        let pseudo = pseudo_header_sum(segment.source.ip(), segment.destination.ip(), 6, 32);
        assert_eq!(internet_checksum(pseudo + sum_words(&frame.bytes[34..])), 0);
    }

    #[test]
    fn a_short_ipv6_datagram_verifies() {
        let (from, to) = (
            "[2001:db8::1]:5353".parse().expect("address"),
            "[2001:db8::2]:53".parse().expect("address"),
        );
        let frame = udp_frame(LINK, from, to, 0, b"odd");
        assert_eq!((frame.ip_bytes, frame.bytes.len()), (51, 65));
        let pseudo = pseudo_header_sum(from.ip(), to.ip(), 17, 11);
        assert_eq!(internet_checksum(pseudo + sum_words(&frame.bytes[54..])), 0);
    }
}
