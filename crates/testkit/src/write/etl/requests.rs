//! Payloads of HTTP libraries and of the services around them, field by field as the manifests have them.

use super::payload::{address, counted_address, text};
use super::trace::guid;
use std::net::SocketAddr;

/// WinINet 1007: a request is sent.
#[must_use]
pub fn wininet_send(request: u64, url: &str) -> Vec<u8> {
    [&request.to_le_bytes()[..], url.as_bytes(), &[0]].concat()
}

/// WinINet 301: a connection is called for a server.
#[must_use]
pub fn wininet_call(server: &str, socket: u32, local_port: u16) -> Vec<u8> {
    [
        counted_ansi(server),
        0x00cc_0004_u64.to_le_bytes().to_vec(),
        u64::from(socket).to_le_bytes().to_vec(),
        u32::from(local_port).to_le_bytes().to_vec(),
    ]
    .concat()
}

/// WinINet 1046 version 1: the connection of a request stands.
#[must_use]
pub fn wininet_connected(request: u64, socket: u32, (local, remote): (SocketAddr, SocketAddr)) -> Vec<u8> {
    [
        request.to_le_bytes().to_vec(),
        [socket, 6].map(u32::to_le_bytes).concat(),
        counted_address(local),
        counted_address(remote),
    ]
    .concat()
}

/// WinINet 1048: a request gets a connection that is there.
#[must_use]
pub fn wininet_reused(request: u64, socket: u32) -> Vec<u8> {
    [request.to_le_bytes().to_vec(), socket.to_le_bytes().to_vec()].concat()
}

/// WinINet 1057: a request is done; `cache` is 0 for what came from the network, 1 for what did not.
#[must_use]
pub fn wininet_done(url: &str, verb: &str, (status, cache): (u32, u32)) -> Vec<u8> {
    [
        ansi(url),
        ansi(verb),
        ansi("Accept: */*"),
        ansi("HTTP/1.1 200 OK"),
        [status, cache].map(u32::to_le_bytes).concat(),
    ]
    .concat()
}

/// WinINet 305: a name and its addresses.
#[must_use]
pub fn wininet_resolved(name: &str, addresses: &str) -> Vec<u8> {
    [
        counted_ansi(name),
        0x00cc_0008_u64.to_le_bytes().to_vec(),
        counted_ansi(addresses),
    ]
    .concat()
}

/// WebIO 17 and 18: a request is made.
#[must_use]
pub fn webio_request(request: u64, verb: &str, url: &str) -> Vec<u8> {
    [
        [request, 1, 2, 3].map(u64::to_le_bytes).concat(),
        ansi(verb),
        text(url),
        [1_u16, 1].map(u16::to_le_bytes).concat(),
        0_u32.to_le_bytes().to_vec(),
    ]
    .concat()
}

/// WebIO 104: a request has got a connection.
#[must_use]
pub fn webio_assigned(request: u64, connection: u64) -> Vec<u8> {
    [request, 9, connection].map(u64::to_le_bytes).concat()
}

/// WebIO 200 to 202: a connection is called, stands, or failed.
#[must_use]
pub fn webio_connect(connection: u64, remote: SocketAddr, error: u32) -> Vec<u8> {
    let address = address(remote);
    [
        [connection, 0x3fc].map(u64::to_le_bytes).concat(),
        (address.len() as u32).to_le_bytes().to_vec(),
        address,
        [7_u64, 0].map(u64::to_le_bytes).concat(),
        error.to_le_bytes().to_vec(),
    ]
    .concat()
}

/// WebIO 700 and 703: TLS is negotiated with a host.
#[must_use]
pub fn webio_secured(connection: u64, host: &str) -> Vec<u8> {
    [
        [connection, 1, 2, 3, 4].map(u64::to_le_bytes).concat(),
        text(host),
        0_u32.to_le_bytes().to_vec(),
        0_u64.to_le_bytes().to_vec(),
        [0_u32; 3].map(u32::to_le_bytes).concat(),
        0_u64.to_le_bytes().to_vec(),
        [0_u32; 2].map(u32::to_le_bytes).concat(),
    ]
    .concat()
}

/// 814 version 1 of WinHTTP and WinINet: the proxies of a URL.
#[must_use]
pub fn proxy_found(url: &str, proxies: &str) -> Vec<u8> {
    [counted_utf16(url), counted_utf16(proxies)].concat()
}

/// WinHTTP 1053: a program is about to ask a host.
#[must_use]
pub fn winhttp_host(host: &str, module: &str, program: &str) -> Vec<u8> {
    let file_name = |path: &str| text(path.rsplit('\\').next().unwrap_or(path));
    [
        text(host),
        text(module),
        file_name(module),
        text(program),
        file_name(program),
    ]
    .concat()
}

/// Bits-Client 3 version 2: a job is ordered.
#[must_use]
pub fn bits_ordered(job: &str, title: &str, owner: &str, (program, process_id): (&str, u32)) -> Vec<u8> {
    [
        text(title),
        guid(job),
        text(owner),
        text(program),
        process_id.to_le_bytes().to_vec(),
    ]
    .concat()
}

/// Bits-Client 60 version 0: a transfer ended.
#[must_use]
pub fn bits_transferred(job: &str, title: &str, url: &str, proxy: &str) -> Vec<u8> {
    [
        guid("11111111-2222-3333-4444-555555555555"),
        text(title),
        guid(job),
        text(url),
        text(""),
        0_u32.to_le_bytes().to_vec(),
        [0_u64, 4_096, 4_096, 4_096].map(u64::to_le_bytes).concat(),
        text(proxy),
    ]
    .concat()
}

fn ansi(text: &str) -> Vec<u8> {
    [text.as_bytes(), &[0]].concat()
}

fn counted_ansi(text: &str) -> Vec<u8> {
    [&(text.len() as u16).to_le_bytes()[..], text.as_bytes()].concat()
}

fn counted_utf16(text: &str) -> Vec<u8> {
    let characters: Vec<u16> = text.encode_utf16().collect();
    let length = characters.len() as u16;
    std::iter::once(length)
        .chain(characters)
        .flat_map(u16::to_le_bytes)
        .collect()
}
