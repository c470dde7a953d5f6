//! An endless-looking capture that is made while it is read: for proofs about memory and speed on more flows and bytes
//! than anybody wants to keep on a disk.

use crate::packet::app::tls::{ClientHello, client_hello};
use crate::packet::app::{dns, http};
use crate::packet::{Frame, Link, Segment, TcpFlags, tcp_frame, udp_frame};
use crate::random::Random;
use std::io::{self, Read};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// How large the capture is. The numbers of flows and of packets per flow are kept exactly, the bytes to a few percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Packets altogether; rounded down to the same number for every flow, at least [`LEAST_PACKETS`].
    pub packets: u64,
    /// Flows altogether.
    pub flows: u64,
    /// Bytes of the stream, headers of the capture format included.
    pub bytes: u64,
}

/// Every flow has this many packets at least: SYN, SYN/ACK, request, answer, FIN, FIN.
pub const LEAST_PACKETS: u64 = 6;
/// Flows that are open at the same time, so that a reader must keep them apart.
const OPEN_FLOWS: u64 = 8_192;
/// The stream is made in pieces of this size.
const PIECE: usize = 256 * 1_024;
/// Nanoseconds between two packets of the stream.
const STEP_NS: u64 = 20_000;
/// Longest payload of a segment.
const LONGEST_PAYLOAD: u64 = 1_460;
/// Bytes of a packet beside its payload: capture header 16, Ethernet 14, IPv4 20, TCP 20.
const OVERHEAD: u64 = 70;
/// Payload of the request, about: the ClientHello outweighs the others.
const REQUEST: u64 = 220;
/// Bytes of a DNS message, about.
const DATAGRAM: u64 = 40;
/// 2026-11-20T01:02:11Z in seconds.
const BEGINS_S: u64 = 1_795_136_531;
/// pcap with nanoseconds, little-endian (draft-ietf-opsawg-pcap).
const MAGIC_NANOSECONDS: u32 = 0xa1b2_3c4d;

/// The capture as a stream of pcap bytes; it needs the same memory whatever its size.
#[derive(Debug)]
pub struct BigCapture {
    flows: u64,
    packets_per_flow: u64,
    answer: Vec<u8>,
    batch: u64,
    step: u64,
    flow: u64,
    written_packets: u64,
    piece: Vec<u8>,
    read: usize,
}

impl BigCapture {
    /// A capture of about that size, always the same one for the same size.
    #[must_use]
    pub fn new(size: Size) -> Self {
        let flows = size.flows.max(1);
        let packets_per_flow = (size.packets / flows).max(LEAST_PACKETS);
        let payload = answer_length(packets_per_flow, size.bytes / flows);
        let answer = Random::new(1).bytes(usize::try_from(payload).unwrap_or(1));
        let piece = file_header();
        Self {
            flows,
            packets_per_flow,
            answer,
            batch: 0,
            step: 0,
            flow: 0,
            written_packets: 0,
            piece,
            read: 0,
        }
    }

    /// Packets handed out so far.
    #[must_use]
    pub fn packets(&self) -> u64 {
        self.written_packets
    }

    /// Makes the next piece; it stays empty at the end.
    fn refill(&mut self) {
        self.piece.clear();
        self.read = 0;
        while self.piece.len() < PIECE {
            let begins = self.batch * OPEN_FLOWS;
            if begins >= self.flows {
                return;
            }
            let frame = self.frame(begins + self.flow, self.step);
            self.push(&frame);
            self.advance((self.flows - begins).min(OPEN_FLOWS));
        }
    }

    /// The flows of a batch take turns packet by packet.
    fn advance(&mut self, in_batch: u64) {
        self.flow += 1;
        if self.flow == in_batch {
            self.flow = 0;
            self.step += 1;
        }
        if self.step == self.packets_per_flow {
            self.step = 0;
            self.batch += 1;
        }
    }

    fn push(&mut self, frame: &Frame) {
        let since_ns = self.written_packets * STEP_NS;
        let length = u32::try_from(frame.bytes.len()).unwrap_or(0);
        let seconds = u32::try_from(BEGINS_S + since_ns / 1_000_000_000).unwrap_or(u32::MAX);
        let nanoseconds = u32::try_from(since_ns % 1_000_000_000).unwrap_or(0);
        for number in [seconds, nanoseconds, length, length] {
            self.piece.extend(number.to_le_bytes());
        }
        self.piece.extend(&frame.bytes);
        self.written_packets += 1;
    }

    /// One flow in eight is DNS, one in eight HTTP, the rest TLS; a quarter is never closed.
    fn frame(&self, flow: u64, step: u64) -> Frame {
        if flow.is_multiple_of(8) {
            datagram(flow, step)
        } else {
            self.segment(flow, step)
        }
    }

    fn segment(&self, flow: u64, step: u64) -> Frame {
        let request = request(flow);
        let asked = 1 + u32::try_from(request.len()).unwrap_or(0);
        let size = u32::try_from(self.answer.len()).unwrap_or(0);
        let answers = u32::try_from(step.saturating_sub(3)).unwrap_or(0);
        let answered = 1_u32.wrapping_add(answers.wrapping_mul(size));
        let closes = flow % 4 != 3;
        let last = self.packets_per_flow - 1;
        match step {
            0 => tcp(flow, true, (0, 0), TcpFlags::SYN, &[]),
            1 => tcp(flow, false, (0, 1), TcpFlags::SYN_ACK, &[]),
            2 => tcp(flow, true, (1, 1), TcpFlags::PUSH_ACK, &request),
            step if step == last && closes => tcp(
                flow,
                true,
                (asked, answered.wrapping_sub(size).wrapping_add(1)),
                TcpFlags::FIN_ACK,
                &[],
            ),
            step if step + 1 == last && closes => tcp(flow, false, (answered, asked), TcpFlags::FIN_ACK, &[]),
            _ => tcp(flow, false, (answered, asked), TcpFlags::ACK, &self.answer),
        }
    }
}

/// The payload of an answer that lets flows have that many bytes on average.
///
/// Of eight flows one is DNS, five are closed and two are not; two packets of a closed flow are FINs in place of answers.
fn answer_length(packets_per_flow: u64, bytes_per_flow: u64) -> u64 {
    let answers = 5 * (packets_per_flow - 5) + 2 * (packets_per_flow - 3);
    let fixed = 8 * packets_per_flow * OVERHEAD + 7 * REQUEST + packets_per_flow * DATAGRAM;
    ((8 * bytes_per_flow).saturating_sub(fixed) / answers).clamp(1, LONGEST_PAYLOAD)
}

impl Read for BigCapture {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read >= self.piece.len() {
            self.refill();
        }
        let rest = self.piece.get(self.read..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        for (slot, byte) in buffer.iter_mut().zip(rest) {
            *slot = *byte;
        }
        self.read += count;
        Ok(count)
    }
}

fn file_header() -> Vec<u8> {
    let mut bytes = MAGIC_NANOSECONDS.to_le_bytes().to_vec();
    bytes.extend([2, 0, 4, 0]);
    for number in [0_u32, 0, 262_144, 1] {
        bytes.extend(number.to_le_bytes());
    }
    bytes
}

/// What the client asks: TLS with a name of its own, or HTTP.
fn request(flow: u64) -> Vec<u8> {
    let name = format!("h{flow:08x}.example");
    if flow % 8 == 1 {
        return http::get("/", &name, "stream");
    }
    let hello = ClientHello {
        server_name: Some(&name),
        alpn: &["h2"],
        ..ClientHello::default()
    };
    client_hello(&hello, &mut Random::new(flow))
}

/// A query and its answer in turns, each pair with an id of its own.
fn datagram(flow: u64, step: u64) -> Frame {
    let (client, server) = ends(flow, 53);
    let name = format!("h{flow:08x}.example");
    let addresses = [server.ip()];
    let id = u16::try_from((flow + step / 2) & 0xffff).unwrap_or(0);
    let lookup = dns::Lookup {
        id,
        name: &name,
        ipv6: false,
        aliases: &[],
        addresses: &addresses,
        ttl_seconds: 60,
    };
    if step.is_multiple_of(2) {
        udp_frame(link(true), client, server, 1, &dns::query(&lookup))
    } else {
        udp_frame(link(false), server, client, 1, &dns::answer(&lookup))
    }
}

fn tcp(
    flow: u64,
    from_client: bool,
    (sequence, acknowledgement): (u32, u32),
    flags: TcpFlags,
    payload: &[u8],
) -> Frame {
    let (client, server) = ends(flow, if flow % 8 == 1 { 80 } else { 443 });
    let (source, destination) = if from_client {
        (client, server)
    } else {
        (server, client)
    };
    let segment = Segment {
        source,
        destination,
        sequence,
        acknowledgement,
        flags,
        payload,
    };
    tcp_frame(link(from_client), &segment, 1)
}

/// Each flow has a client address and port of its own; servers are in 198.18.0.0/15 (RFC 2544).
fn ends(flow: u64, port: u16) -> (SocketAddr, SocketAddr) {
    const PORTS: u64 = 60_000;
    let client = u32::try_from(0x0a00_0001 + (flow / PORTS) % 0x00ff_fffe).unwrap_or(0);
    let server = u32::try_from(0xc612_0000 + flow.wrapping_mul(0x9e37_79b9) % 0x2_0000).unwrap_or(0);
    let source_port = u16::try_from(2_000 + flow % PORTS).unwrap_or(2_000);
    let address = |number: u32| IpAddr::V4(Ipv4Addr::from(number));
    (
        SocketAddr::new(address(client), source_port),
        SocketAddr::new(address(server), port),
    )
}

fn link(from_client: bool) -> Link {
    let (source, destination) = ([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2]);
    if from_client {
        Link {
            source,
            destination,
            padded: true,
        }
    } else {
        Link {
            source: destination,
            destination: source,
            padded: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BigCapture, Size};
    use std::collections::BTreeSet;
    use std::io::Read;

    fn whole(size: Size) -> Vec<u8> {
        let mut bytes = Vec::new();
        BigCapture::new(size)
            .read_to_end(&mut bytes)
            .expect("a stream in memory");
        bytes
    }

    #[test]
    fn it_has_the_size_that_was_asked_for() {
        let size = Size {
            packets: 200_000,
            flows: 20_000,
            bytes: 60_000_000,
        };
        let bytes = whole(size);
        let (mut packets, mut flows, mut at) = (0, BTreeSet::new(), 24);
        while at < bytes.len() {
            let length = u32::from_le_bytes([bytes[at + 8], bytes[at + 9], bytes[at + 10], bytes[at + 11]]);
            let mut ends = [bytes[at + 42..at + 46].to_vec(), bytes[at + 46..at + 50].to_vec()];
            let mut ports = [bytes[at + 50..at + 52].to_vec(), bytes[at + 52..at + 54].to_vec()];
            ends.sort();
            ports.sort();
            flows.insert((ends, ports, bytes[at + 39]));
            packets += 1;
            at += 16 + length as usize;
        }
        assert_eq!((packets, flows.len(), at), (200_000, 20_000, bytes.len()));
        let ratio = bytes.len() as f64 / size.bytes as f64;
        assert!((0.97..1.03).contains(&ratio), "{} bytes", bytes.len());
    }

    #[test]
    fn the_same_size_gives_the_same_bytes_in_any_pieces() {
        let size = Size {
            packets: 600,
            flows: 100,
            bytes: 50_000,
        };
        let mut stream = BigCapture::new(size);
        let mut bytes = Vec::new();
        let mut small = [0; 7];
        loop {
            let count = stream.read(&mut small).expect("a stream in memory");
            if count == 0 {
                break;
            }
            bytes.extend_from_slice(&small[..count]);
        }
        assert_eq!(bytes, whole(size));
        assert_eq!(stream.packets(), 600);
    }
}
