//! Captures as macOS writes them: each packet with the processes that its kernel names, either in a PKTAP header in front of the
//! packet or, as Apple's `tcpdump` writes pcapng, in Process Information Blocks.
//!
//! Built from Apple's `bsd/net/pktap.h` and libpcap `pcap-ng.h`.

use super::pcapng::{block, option, pad};

/// LINKTYPE_PKTAP.
pub const LINK_PKTAP: u32 = 258;
/// LINKTYPE_USER2, under which older versions write the same header.
pub const LINK_USER2: u32 = 149;

const SECTION_HEADER: u32 = 0x0a0d_0d0a;
const INTERFACE_DESCRIPTION: u32 = 1;
const ENHANCED_PACKET: u32 = 6;
const PROCESS_INFORMATION: u32 = 0x8000_0001;
const LINK_ETHERNET: u32 = 1;
const HEADER_BYTES: usize = 156;
/// The system keeps this many bytes of a name.
const NAME_BYTES: usize = 16;
const FLAG_IN: u32 = 1;
const FLAG_OUT: u32 = 2;
const FLAG_DELEGATED: u32 = 4;

/// A process as the kernel names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process<'a> {
    /// Its identifier; -1 is nobody.
    pub pid: i32,
    /// Its whole name, of which the kernel keeps sixteen bytes.
    pub name: &'a str,
}

/// Nobody: what the kernel sends by itself or forwards.
pub const NOBODY: Process<'static> = Process { pid: -1, name: "" };

/// A packet with what the kernel says of it.
#[derive(Debug, Clone, Copy)]
pub struct TappedPacket<'a> {
    /// When, in nanoseconds since 1970.
    pub time_ns: i64,
    /// Whether it left the host.
    pub outbound: bool,
    /// The process that last used its socket.
    pub process: Process<'a>,
    /// The process that this one acts for.
    pub effective: Process<'a>,
    /// The frame, from its Ethernet header on.
    pub frame: &'a [u8],
}

/// A classic capture whose packets have a PKTAP header.
#[must_use]
pub fn pktap_capture(link_type: u32, packets: &[TappedPacket<'_>]) -> Vec<u8> {
    let mut file = 0xa1b2_c3d4_u32.to_le_bytes().to_vec();
    file.extend([2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    file.extend(0x4_0000_u32.to_le_bytes());
    file.extend(link_type.to_le_bytes());
    for packet in packets {
        let bytes = [pktap_header(packet), packet.frame.to_vec()].concat();
        let seconds = packet.time_ns / 1_000_000_000;
        let microseconds = packet.time_ns % 1_000_000_000 / 1_000;
        let length = bytes.len();
        for number in [seconds, microseconds] {
            file.extend(u32::try_from(number).unwrap_or(0).to_le_bytes());
        }
        file.extend(number(length));
        file.extend(number(length));
        file.extend(bytes);
    }
    file
}

/// The header in front of a packet.
#[must_use]
pub fn pktap_header(packet: &TappedPacket<'_>) -> Vec<u8> {
    let mut flags = if packet.outbound { FLAG_OUT } else { FLAG_IN };
    if packet.effective.pid > 0 {
        flags |= FLAG_DELEGATED;
    }
    let mut bytes = number(HEADER_BYTES).to_vec();
    bytes.extend([1_u32, LINK_ETHERNET].map(u32::to_le_bytes).as_flattened());
    bytes.extend(field("en0", 24));
    bytes.extend([flags, 2, 14, 0].map(u32::to_le_bytes).as_flattened());
    bytes.extend(packet.process.pid.to_le_bytes());
    bytes.extend(field(kept(packet.process.name), 20));
    bytes.extend(0_u32.to_le_bytes());
    bytes.extend([6, 0, 0, 0]);
    bytes.extend(packet.effective.pid.to_le_bytes());
    bytes.extend(field(kept(packet.effective.name), 20));
    bytes.resize(HEADER_BYTES, 0);
    bytes
}

/// A pcapng capture as Apple's `tcpdump` writes it: a process is described before the first packet that names it.
#[must_use]
pub fn darwin_pcapng(packets: &[TappedPacket<'_>]) -> Vec<u8> {
    let mut file = section();
    let mut known: Vec<Process<'_>> = Vec::new();
    for packet in packets {
        let mut options = Vec::new();
        for (code, process) in [(0x8001, packet.process), (0x8003, packet.effective)] {
            if process == NOBODY {
                continue;
            }
            let place = known.iter().position(|one| *one == process).unwrap_or_else(|| {
                file.extend(process_information(process));
                known.push(process);
                known.len() - 1
            });
            options.extend(option(code, &number(place)));
        }
        let direction = if packet.outbound { 2_u32 } else { 1 };
        options.extend(option(2, &direction.to_le_bytes()));
        options.extend(option(0x8002, &[0; 4]));
        options.extend(option(0, &[]));
        file.extend(enhanced_packet(packet, &options));
    }
    file
}

/// A section, and its only interface.
fn section() -> Vec<u8> {
    let mut body = 0x1a2b_3c4d_u32.to_le_bytes().to_vec();
    body.extend([1, 0, 0, 0]);
    body.extend(u64::MAX.to_le_bytes());
    body.extend(option(2, b"arm64"));
    body.extend(option(3, b"Darwin 23.6.0"));
    body.extend(option(4, b"tcpdump (libpcap version 1.10.1)"));
    body.extend(option(0, &[]));
    let mut interface = LINK_ETHERNET.to_le_bytes().to_vec();
    interface.extend(0x8_0000_u32.to_le_bytes());
    interface.extend(option(2, b"en0"));
    interface.extend(option(0, &[]));
    [block(SECTION_HEADER, &body), block(INTERFACE_DESCRIPTION, &interface)].concat()
}

fn process_information(process: Process<'_>) -> Vec<u8> {
    let mut body = process.pid.to_le_bytes().to_vec();
    body.extend(option(2, kept(process.name).as_bytes()));
    body.extend(option(4, &[0x5a; 16]));
    body.extend(option(0, &[]));
    block(PROCESS_INFORMATION, &body)
}

fn enhanced_packet(packet: &TappedPacket<'_>, options: &[u8]) -> Vec<u8> {
    let microseconds = u64::try_from(packet.time_ns / 1_000).unwrap_or(0);
    let mut body = vec![0; 4];
    for half in [microseconds >> 32, microseconds & 0xffff_ffff] {
        body.extend(u32::try_from(half).unwrap_or(0).to_le_bytes());
    }
    body.extend(number(packet.frame.len()));
    body.extend(number(packet.frame.len()));
    body.extend(packet.frame);
    pad(&mut body);
    body.extend(options);
    block(ENHANCED_PACKET, &body)
}

fn kept(name: &str) -> &str {
    let end = name.floor_char_boundary(NAME_BYTES.min(name.len()));
    name.get(..end).unwrap_or(name)
}

fn field(text: &str, bytes: usize) -> Vec<u8> {
    let mut field = text.as_bytes().to_vec();
    field.resize(bytes, 0);
    field
}

fn number(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes()
}
