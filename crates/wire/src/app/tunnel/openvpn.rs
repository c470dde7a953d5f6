//! OpenVPN: the packets that reset a connection, over UDP and, behind a length, over TCP.
//!
//! ```text
//! | code and key 1 | session 8 | HMAC 0, 16, 20, 32 or 64 | number 4, time 4: with HMAC | acknowledged 1, .. | message 4 |
//! | code and key 1 | session 8 | number 4 | time 4 | HMAC 32 | encrypted 5 ..     where everything is encrypted (tls-crypt)
//! ```

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::{self, PduLength};
use crate::app::read::{array, judge, judge_whole, u8_at, u16_be, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::OpenVpn, probe_stream)
    .beginning(First::Of(&[0]))
    .framed(framed)
    .on(&[1194]);

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::OpenVpn, probe_datagram)
    .beginning(First::Range(0x08, 0x5f))
    .paired(pair)
    .on(&[1194]);

const CLIENT_RESETS: [u8; 3] = [0x08, 0x38, 0x50];
const SERVER_RESETS: [u8; 2] = [0x10, 0x40];
/// Codes of the control channel: resets, control, acknowledgement.
const CONTROL_CODES: [u8; 9] = [1, 2, 3, 4, 5, 7, 8, 10, 11];
const SESSION_BYTES: usize = 8;
/// Code, session, an empty list of acknowledgements, number of the message.
const PLAIN_RESET_BYTES: usize = 14;
const HMAC_BYTES: [usize; 4] = [16, 20, 32, 64];
/// A first packet that is wholly encrypted.
const ENCRYPTED_RESET_BYTES: usize = 54;

/// Whether the bytes are the packet with which a client or server begins. Numbers begin at 1 where they are protected, and
/// those of messages at 0.
fn is_reset(packet: &[u8]) -> bool {
    match u8_at(packet, 0) {
        Some(code) if CLIENT_RESETS.contains(&code) => is_client_reset(packet),
        Some(code) if SERVER_RESETS.contains(&code) => is_server_reset(packet),
        _ => false,
    }
}

fn is_client_reset(packet: &[u8]) -> bool {
    let ends_plain = packet.ends_with(&[0; 5]);
    let number_at = |at| u32_be(packet, at) == Some(1);
    let protected = HMAC_BYTES
        .iter()
        .any(|hmac| packet.len() == PLAIN_RESET_BYTES + hmac + 8 && number_at(1 + SESSION_BYTES + hmac));
    let encrypted = packet.len() >= ENCRYPTED_RESET_BYTES && number_at(1 + SESSION_BYTES);
    ends_plain && (packet.len() == PLAIN_RESET_BYTES || protected)
        || encrypted && (packet.len() == ENCRYPTED_RESET_BYTES)
}

/// It acknowledges message 0 of the client: one number, the client's session, then its own number 0.
fn is_server_reset(packet: &[u8]) -> bool {
    const ACKNOWLEDGING_BYTES: usize = PLAIN_RESET_BYTES + 4 + SESSION_BYTES;
    let acknowledges = |at: usize| array(packet, at) == Some([1, 0, 0, 0, 0]);
    let plain = packet.len() == ACKNOWLEDGING_BYTES && acknowledges(1 + SESSION_BYTES);
    let protected = HMAC_BYTES
        .iter()
        .any(|hmac| packet.len() == ACKNOWLEDGING_BYTES + hmac + 8 && acknowledges(1 + SESSION_BYTES + hmac + 8));
    (plain || protected) && packet.ends_with(&[0; 4])
}

fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    match session(datagram) {
        Some(_) if is_reset(datagram) => Probe::Certain,
        Some(_) => Probe::Unsure,
        None => Probe::NotMine,
    }
}

fn probe_stream(prefix: &[u8], _: Direction) -> Probe {
    judge(first_packet(prefix))
}

fn first_packet(prefix: &[u8]) -> Option<bool> {
    const MOST_RESET_BYTES: usize = PLAIN_RESET_BYTES + 4 + SESSION_BYTES + 64 + 8;
    if u8_at(prefix, 0)? != 0 {
        return Some(false);
    }
    let length = usize::from(u16_be(prefix, 0)?);
    if !(PLAIN_RESET_BYTES..=MOST_RESET_BYTES).contains(&length) {
        return Some(false);
    }
    let code = u8_at(prefix, 2)?;
    if !CLIENT_RESETS.contains(&code) && !SERVER_RESETS.contains(&code) {
        return Some(false);
    }
    prefix.get(2..2 + length).map(is_reset)
}

/// The session of a packet of the control channel.
fn session(packet: &[u8]) -> Option<[u8; SESSION_BYTES]> {
    let known = CONTROL_CODES.contains(&(u8_at(packet, 0)? >> 3)) && packet.len() >= PLAIN_RESET_BYTES;
    array(packet, 1).filter(|_| known)
}

/// A side acknowledges with the session of the other, behind its own. Connections of other protocols have one number that
/// both sides send, which proves nothing.
fn pair(earlier: &[u8], later: &[u8], same_sender: bool) -> Probe {
    let (Some(first), Some(second)) = (session(earlier), session(later)) else {
        return Probe::NotMine;
    };
    let quotes = later
        .windows(SESSION_BYTES)
        .skip(1 + SESSION_BYTES)
        .any(|window| window == first);
    judge_whole(Some(
        !same_sender && quotes && first != second && first != [0; SESSION_BYTES],
    ))
}

fn framed(prefix: &[u8], direction: Direction) -> PduLength {
    pdu::behind_u16(prefix, direction)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENT: &[u8] = b"\x38\x33\x48\x57\x70\x3d\x96\xdb\x39\0\0\0\0\0";
    const SERVER: &[u8] = b"\x40\xd3\x1c\x3a\x69\x64\x60\x2f\xa0\x01\0\0\0\0\x33\x48\x57\x70\x3d\x96\xdb\x39\0\0\0\0";

    #[test]
    fn the_resets_of_both_sides_are_known() {
        assert_eq!(probe_datagram(CLIENT, Direction::ToServer), Probe::Certain);
        assert_eq!(probe_datagram(SERVER, Direction::ToClient), Probe::Certain);
        let framed = [&[0, 14], CLIENT].concat();
        assert_eq!(probe_stream(&framed, Direction::ToServer), Probe::Certain);
        assert_eq!(pair(CLIENT, SERVER, false), Probe::Certain);
    }

    #[test]
    fn a_reset_that_is_not_the_first_packet_proves_nothing_alone() {
        let mut other = CLIENT.to_vec();
        other[13] = 9;
        assert_eq!(probe_datagram(&other, Direction::ToServer), Probe::Unsure);
    }
}
