//! Payloads, field by field as the manifests have them.

use std::net::SocketAddr;

/// The two ends of a socket and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Socket {
    /// The host's own end.
    pub local: SocketAddr,
    /// The far end.
    pub remote: SocketAddr,
    /// The process.
    pub process_id: u32,
    /// The number of the process that is never given twice in one boot.
    pub process_start_key: u64,
}

pub(super) fn text(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

/// `SOCKADDR_IN` or `SOCKADDR_IN6`.
pub(super) fn address(address: SocketAddr) -> Vec<u8> {
    let mut bytes = Vec::new();
    match address {
        SocketAddr::V4(address) => {
            bytes.extend(2_u16.to_le_bytes());
            bytes.extend(address.port().to_be_bytes());
            bytes.extend(address.ip().octets());
            bytes.extend([0; 8]);
        }
        SocketAddr::V6(address) => {
            bytes.extend(23_u16.to_le_bytes());
            bytes.extend(address.port().to_be_bytes());
            bytes.extend([0; 4]);
            bytes.extend(address.ip().octets());
            bytes.extend([0; 4]);
        }
    }
    bytes
}

pub(super) fn counted_address(end: SocketAddr) -> Vec<u8> {
    let bytes = address(end);
    [(bytes.len() as u32).to_le_bytes().to_vec(), bytes].concat()
}

/// TCPIP 1033 version 1 (and 1002 to 1045 of the same shape).
#[must_use]
pub fn tcpip_connected(socket: &Socket, status: u32) -> Vec<u8> {
    [
        counted_address(socket.local),
        counted_address(socket.remote),
        status.to_le_bytes().to_vec(),
        socket.process_id.to_le_bytes().to_vec(),
        1_u32.to_le_bytes().to_vec(),
        0xffff_8000_1234_5678_u64.to_le_bytes().to_vec(),
        socket.process_start_key.to_le_bytes().to_vec(),
    ]
    .concat()
}

/// TCPIP 1300 version 1: a socket that is there when tracing starts or ends.
#[must_use]
pub fn tcpip_listed(socket: &Socket, state: u32) -> Vec<u8> {
    [
        0xffff_8000_1234_5678_u64.to_le_bytes().to_vec(),
        counted_address(socket.local),
        counted_address(socket.remote),
        state.to_le_bytes().to_vec(),
        socket.process_id.to_le_bytes().to_vec(),
        socket.process_start_key.to_le_bytes().to_vec(),
    ]
    .concat()
}

/// AFD 1000: a socket of a process.
#[must_use]
pub fn afd_create(endpoint: u64, process_id: u32, protocol: u32) -> Vec<u8> {
    [
        [0; 16].to_vec(),
        endpoint.to_le_bytes().to_vec(),
        [2_u32, 1, protocol].map(u32::to_le_bytes).concat(),
        u64::from(process_id).to_le_bytes().to_vec(),
        [0; 4].to_vec(),
    ]
    .concat()
}

/// AFD 1001: a socket is closed.
#[must_use]
pub fn afd_close(endpoint: u64) -> Vec<u8> {
    [[0; 16].to_vec(), endpoint.to_le_bytes().to_vec(), [0; 4].to_vec()].concat()
}

/// AFD 1018: a socket calls.
#[must_use]
pub fn afd_connect(endpoint: u64, remote: SocketAddr) -> Vec<u8> {
    [
        [0; 16].to_vec(),
        endpoint.to_le_bytes().to_vec(),
        [0; 16].to_vec(),
        counted_address(remote),
    ]
    .concat()
}

/// DNS-Client 3008: a name and its answer, written in the process that asked.
#[must_use]
pub fn dns_answer(name: &str, record_type: u32, status: u32, results: &str) -> Vec<u8> {
    [
        text(name),
        record_type.to_le_bytes().to_vec(),
        [0; 8].to_vec(),
        status.to_le_bytes().to_vec(),
        text(results),
    ]
    .concat()
}

/// Kernel-Process 1 version 3.
#[must_use]
pub fn kernel_process_start(process_id: u32, parent_id: u32, image: &str, created_filetime: u64) -> Vec<u8> {
    [
        process_id.to_le_bytes().to_vec(),
        77_u64.to_le_bytes().to_vec(),
        created_filetime.to_le_bytes().to_vec(),
        parent_id.to_le_bytes().to_vec(),
        78_u64.to_le_bytes().to_vec(),
        [1_u32, 0, 1, 0].map(u32::to_le_bytes).concat(),
        // S-1-16-8192: medium integrity.
        vec![1, 1, 0, 0, 0, 0, 0, 16, 0, 0x20, 0, 0],
        text(image),
        [0_u32, 0].map(u32::to_le_bytes).concat(),
        text(""),
        text(""),
    ]
    .concat()
}

/// NDIS-PacketCapture 1001.
#[must_use]
pub fn packet_fragment(miniport: u32, lower: u32, packet: &[u8]) -> Vec<u8> {
    let numbers = [miniport, lower, packet.len() as u32].map(u32::to_le_bytes).concat();
    [numbers, packet.to_vec(), vec![0; 16]].concat()
}

/// PktMon 160, and 170 with a reason.
#[must_use]
pub fn pktmon_packet(group: u64, number: u16, component: u16, drop_reason: u32, packet: &[u8]) -> Vec<u8> {
    let length = packet.len() as u16;
    [
        group.to_le_bytes().to_vec(),
        [number, 1, 1, 1, component, 1, 0].map(u16::to_le_bytes).concat(),
        [drop_reason, 0].map(u32::to_le_bytes).concat(),
        [length, length].map(u16::to_le_bytes).concat(),
        packet.to_vec(),
    ]
    .concat()
}

/// TCPIP 1382: a connection is opened to what was looked up under a name.
#[must_use]
pub fn tcpip_named(socket: &Socket, name: &str) -> Vec<u8> {
    [
        counted_address(socket.local),
        counted_address(socket.remote),
        0xffff_8000_1234_5678_u64.to_le_bytes().to_vec(),
        0xffff_8000_8765_4321_u64.to_le_bytes().to_vec(),
        text(name),
        0_u32.to_le_bytes().to_vec(),
    ]
    .concat()
}

/// TCPIP 1169 and 1170 version 1: datagrams through a socket.
#[must_use]
pub fn udp_messages(socket: &Socket, endpoint: u64, bytes: u32) -> Vec<u8> {
    [
        endpoint.to_le_bytes().to_vec(),
        [1, bytes].map(u32::to_le_bytes).concat(),
        counted_address(socket.local),
        counted_address(socket.remote),
        socket.process_id.to_le_bytes().to_vec(),
        socket.process_start_key.to_le_bytes().to_vec(),
    ]
    .concat()
}

/// AFD 1030: a socket is bound.
#[must_use]
pub fn afd_bind(endpoint: u64, local: SocketAddr) -> Vec<u8> {
    [
        [0; 16].to_vec(),
        endpoint.to_le_bytes().to_vec(),
        [0; 4].to_vec(),
        counted_address(local),
    ]
    .concat()
}

/// Kernel-Network 10, 11, 42, 43 and those of IPv6: data, with the host's own end as the source whoever sent.
#[must_use]
pub fn kernel_network_data(socket: &Socket, bytes: u32) -> Vec<u8> {
    let address = |end: SocketAddr| match end {
        SocketAddr::V4(end) => end.ip().octets().to_vec(),
        SocketAddr::V6(end) => end.ip().octets().to_vec(),
    };
    [
        socket.process_id.to_le_bytes().to_vec(),
        bytes.to_le_bytes().to_vec(),
        address(socket.remote),
        address(socket.local),
        socket.remote.port().to_be_bytes().to_vec(),
        socket.local.port().to_be_bytes().to_vec(),
        [0; 12].to_vec(),
        [0; 8].to_vec(),
    ]
    .concat()
}

/// DNS-Client 3006: a name is asked, written in the process that asks.
#[must_use]
pub fn dns_asked(name: &str, record_type: u32) -> Vec<u8> {
    [
        text(name),
        record_type.to_le_bytes().to_vec(),
        [0; 8].to_vec(),
        text(""),
        [0_u32, 0, 0, 0].map(u32::to_le_bytes).concat(),
    ]
    .concat()
}

/// DNS-Client 3020 version 1: an answer came, written in the resolver service for a client.
#[must_use]
pub fn dns_wire_answer(name: &str, record_type: u32, results: &str, client_pid: u32) -> Vec<u8> {
    [
        text(name),
        [record_type, 0, 0, 0].map(u32::to_le_bytes).concat(),
        text(results),
        client_pid.to_le_bytes().to_vec(),
    ]
    .concat()
}

/// Kernel-Process 2 version 1: a process ended; the name is what the kernel's own record has room for.
#[must_use]
pub fn kernel_process_stop(process_id: u32, (created, ended): (u64, u64), file_name: &str) -> Vec<u8> {
    let mut name: Vec<u8> = file_name.bytes().take(14).collect();
    name.push(0);
    [
        process_id.to_le_bytes().to_vec(),
        created.to_le_bytes().to_vec(),
        ended.to_le_bytes().to_vec(),
        [0_u32, 1, 0].map(u32::to_le_bytes).concat(),
        [0_u64, 0, 0].map(u64::to_le_bytes).concat(),
        [0_u32; 5].map(u32::to_le_bytes).concat(),
        name,
    ]
    .concat()
}

/// PktMon 20: a component of the network stack.
#[must_use]
pub fn pktmon_component(component: u16, name: &str) -> Vec<u8> {
    [
        [component, 1].map(u16::to_le_bytes).concat(),
        text(name),
        text("a component"),
    ]
    .concat()
}
