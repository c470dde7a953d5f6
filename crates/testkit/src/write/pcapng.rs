//! Writes a capture as pcapng (draft-ietf-opsawg-pcapng): one section, one interface, packets, statistics at the end.

use crate::scenario::loss;
use crate::scenario::model::{Host, Packet, Scenario};

const SECTION_HEADER: u32 = 0x0a0d_0d0a;
const INTERFACE_DESCRIPTION: u32 = 1;
const INTERFACE_STATISTICS: u32 = 5;
const ENHANCED_PACKET: u32 = 6;
const LINK_ETHERNET: u16 = 1;
const SNAP_LENGTH: u32 = 262_144;
const OPTION_OS: u16 = 3;
const OPTION_APPLICATION: u16 = 4;
const OPTION_INTERFACE_NAME: u16 = 2;
const OPTION_TIME_RESOLUTION: u16 = 9;
const OPTION_START_TIME: u16 = 2;
const OPTION_END_TIME: u16 = 3;
const OPTION_RECEIVED: u16 = 4;
const OPTION_DROPPED: u16 = 5;

/// The capture of a host: what its card saw while the capture ran, less what was dropped.
pub(crate) fn capture_file(scenario: &Scenario, host: &Host) -> Vec<u8> {
    let decimals = scenario.knobs.capture_decimals;
    let packets = captured_packets(scenario, host);
    let snap_length = scenario.knobs.snap_length.unwrap_or(SNAP_LENGTH);
    let mut file = section_header();
    file.extend(interface_description(decimals, snap_length));
    for packet in &packets {
        file.extend(enhanced_packet(packet, decimals, snap_length));
    }
    file.extend(statistics(scenario, host, packets.len() as u64));
    file
}

/// The packets that are in the capture, in the order of time; at a mirrored port those of hosts that nobody looked at, too.
pub(crate) fn captured_packets<'a>(scenario: &'a Scenario, host: &'a Host) -> Vec<&'a Packet> {
    let mirrors = |other: &&Host| other.name == host.name || (scenario.knobs.mirrored_port && !other.observed);
    let mut packets: Vec<&Packet> = scenario
        .hosts
        .iter()
        .filter(mirrors)
        .flat_map(|host| &host.flows)
        .flat_map(|flow| flow.captured(scenario.capture))
        .collect();
    packets.sort_by_key(|packet| packet.time_ns);
    packets
}

fn section_header() -> Vec<u8> {
    let mut body = 0x1a2b_3c4d_u32.to_le_bytes().to_vec();
    body.extend([1, 0, 0, 0]);
    body.extend(u64::MAX.to_le_bytes());
    body.extend(option(OPTION_OS, b"64-bit Windows 10 (22H2), build 19045"));
    body.extend(option(OPTION_APPLICATION, b"Dumpcap (Wireshark) 4.2.5"));
    body.extend(option(0, &[]));
    block(SECTION_HEADER, &body)
}

fn interface_description(decimals: u8, snap_length: u32) -> Vec<u8> {
    let mut body = LINK_ETHERNET.to_le_bytes().to_vec();
    body.extend([0, 0]);
    body.extend(snap_length.to_le_bytes());
    body.extend(option(
        OPTION_INTERFACE_NAME,
        b"\\Device\\NPF_{6F1B2D3C-5A1E-4B7F-9C43-2D10A77E5B01}",
    ));
    body.extend(option(OPTION_TIME_RESOLUTION, &[decimals]));
    body.extend(option(0, &[]));
    block(INTERFACE_DESCRIPTION, &body)
}

fn enhanced_packet(packet: &Packet, decimals: u8, snap_length: u32) -> Vec<u8> {
    let length = u32::try_from(packet.frame.bytes.len()).unwrap_or(0);
    let kept = length.min(snap_length);
    let mut body = vec![0; 4];
    body.extend(time_stamp(packet.time_ns, decimals));
    body.extend(kept.to_le_bytes());
    body.extend(length.to_le_bytes());
    body.extend(packet.frame.bytes.iter().take(usize::try_from(kept).unwrap_or(0)));
    pad(&mut body);
    block(ENHANCED_PACKET, &body)
}

fn statistics(scenario: &Scenario, host: &Host, delivered: u64) -> Vec<u8> {
    let decimals = scenario.knobs.capture_decimals;
    let dropped = loss::dropped(host, scenario.capture);
    let mut body = vec![0; 4];
    body.extend(time_stamp(scenario.capture.ends_ns, decimals));
    body.extend(option(
        OPTION_START_TIME,
        &time_stamp(scenario.capture.begins_ns, decimals),
    ));
    body.extend(option(OPTION_END_TIME, &time_stamp(scenario.capture.ends_ns, decimals)));
    body.extend(option(OPTION_RECEIVED, &(delivered + dropped).to_le_bytes()));
    body.extend(option(OPTION_DROPPED, &dropped.to_le_bytes()));
    body.extend(option(0, &[]));
    block(INTERFACE_STATISTICS, &body)
}

/// The upper and the lower half of the instant in units of the interface.
fn time_stamp(instant_ns: i64, decimals: u8) -> Vec<u8> {
    let unit = if decimals == 6 { 1_000 } else { 1 };
    let units = u64::try_from(instant_ns / unit).unwrap_or(0);
    let halves = [units >> 32, units & 0xffff_ffff].map(|half| u32::try_from(half).unwrap_or(0));
    halves.into_iter().flat_map(u32::to_le_bytes).collect()
}

pub(super) fn option(code: u16, value: &[u8]) -> Vec<u8> {
    let mut bytes = code.to_le_bytes().to_vec();
    bytes.extend(u16::try_from(value.len()).unwrap_or(0).to_le_bytes());
    bytes.extend(value);
    pad(&mut bytes);
    bytes
}

pub(super) fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
}

pub(super) fn block(kind: u32, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 12).unwrap_or(0).to_le_bytes();
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend(length);
    bytes.extend(body);
    bytes.extend(length);
    bytes
}
