//! SSH Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "ssh", protocol, "SSH Protocol";
    PROTOCOL_VALUE: "ssh.protocol", text, "Protocol";
    DIRECTION: "ssh.direction", boolean, "Direction";
    PACKET_LENGTH: "ssh.packet_length", u32, "Packet Length";
    PADDING_LENGTH: "ssh.padding_length", u8, "Padding Length";
    MESSAGE_CODE: "ssh.message_code", u8, "Message Code" labels "ssh-message";
    KEX_ALGORITHMS: "ssh.kex_algorithms", text, "kex_algorithms string";
    SERVER_HOST_KEY_ALGORITHMS: "ssh.server_host_key_algorithms", text, "server_host_key_algorithms string";
    ENCRYPTION_ALGORITHMS_CLIENT_TO_SERVER: "ssh.encryption_algorithms_client_to_server", text, "encryption_algorithms_client_to_server string";
    ENCRYPTION_ALGORITHMS_SERVER_TO_CLIENT: "ssh.encryption_algorithms_server_to_client", text, "encryption_algorithms_server_to_client string";
    MAC_ALGORITHMS_CLIENT_TO_SERVER: "ssh.mac_algorithms_client_to_server", text, "mac_algorithms_client_to_server string";
    MAC_ALGORITHMS_SERVER_TO_CLIENT: "ssh.mac_algorithms_server_to_client", text, "mac_algorithms_server_to_client string";
    COMPRESSION_ALGORITHMS_CLIENT_TO_SERVER: "ssh.compression_algorithms_client_to_server", text, "compression_algorithms_client_to_server string";
    COMPRESSION_ALGORITHMS_SERVER_TO_CLIENT: "ssh.compression_algorithms_server_to_client", text, "compression_algorithms_server_to_client string";
    KEX_HASSH: "ssh.kex.hassh", text, "hassh";
    KEX_HASSHSERVER: "ssh.kex.hasshserver", text, "hasshServer";
    KEX_HASSH_ALGORITHMS: "ssh.kex.hassh_algorithms", text, "hasshAlgorithms";
    KEX_HASSHSERVER_ALGORITHMS: "ssh.kex.hasshserver_algorithms", text, "hasshServerAlgorithms";
    ENCRYPTED_PACKET: "ssh.encrypted_packet", bytes, "Encrypted Packet";
}

/// The lists of a key exchange (RFC 4253 7.1), in their order.
const LISTS: [crate::FieldId; 8] = [
    KEX_ALGORITHMS,
    SERVER_HOST_KEY_ALGORITHMS,
    ENCRYPTION_ALGORITHMS_CLIENT_TO_SERVER,
    ENCRYPTION_ALGORITHMS_SERVER_TO_CLIENT,
    MAC_ALGORITHMS_CLIENT_TO_SERVER,
    MAC_ALGORITHMS_SERVER_TO_CLIENT,
    COMPRESSION_ALGORITHMS_CLIENT_TO_SERVER,
    COMPRESSION_ALGORITHMS_SERVER_TO_CLIENT,
];
const KEY_EXCHANGE: u8 = 20;
/// Packets in the clear are no longer than this (RFC 4253 6.1).
const MOST_PACKET_BYTES: usize = 35_000;

/// How long the line or packet is that `bytes` begins with; encrypted ones do not say it.
pub(crate) fn length(bytes: &[u8], _: &crate::extract::Talk) -> Length {
    if bytes.starts_with(b"SSH-") {
        let end = bytes.iter().position(|byte| *byte == b'\n');
        return end.map_or(Length::OneMoreSegment, |end| Length::Known(end + 1));
    }
    match Bytes(bytes).length(0, 4) {
        Some(length) if (2..MOST_PACKET_BYTES).contains(&length) => Length::Known(length + 4),
        _ => Length::Unframed,
    }
}

/// The fields of the lines and packets that `message` holds.
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let to_server = context.is_to_port(22);
    let mut rest = message;
    if rest.0.starts_with(b"SSH-") {
        let end = rest.0.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        out.text(PROTOCOL_VALUE, rest.slice(0, end).map(<[u8]>::trim_ascii_end));
        rest = rest.from(end);
    }
    while rest.len() > 0 {
        let length = rest.length(0, 4).filter(|length| *length < rest.len());
        let Some(length) = length.filter(|_| !context.talk.is_encrypted) else {
            out.bytes(ENCRYPTED_PACKET, Some(rest.0));
            break;
        };
        packet(rest.part(0, 4 + length), to_server, context, out);
        rest = rest.from(4 + length);
    }
    out.flag(DIRECTION, Some(!to_server));
}

fn packet<'a>(packet: Bytes<'a>, to_server: bool, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    const NEW_KEYS: u8 = 21;
    out.layout(
        packet,
        &[
            Place::at(PACKET_LENGTH, 0, 4),
            Place::at(PADDING_LENGTH, 4, 1),
            Place::at(MESSAGE_CODE, 5, 1),
        ],
    );
    match packet.u8(5) {
        Some(KEY_EXCHANGE) => key_exchange(packet, to_server, out),
        Some(NEW_KEYS) => context.talk.is_encrypted = true,
        _ => {}
    }
}

fn key_exchange<'a>(packet: Bytes<'a>, to_server: bool, out: &mut Out<'_, '_, 'a>) {
    let mut at = 22;
    let mut lists = Vec::new();
    for id in LISTS {
        let Some(list) = packet.length(at, 4).and_then(|length| packet.slice(at + 4, length)) else { return };
        out.text(id, Some(list));
        lists.push(String::from_utf8_lossy(list));
        at += 4 + list.len();
    }
    let own = |places: [usize; 4]| {
        let parts: Vec<_> = places.iter().filter_map(|place| lists.get(*place).map(AsRef::as_ref)).collect();
        parts.join(";")
    };
    let (algorithms, id, hash) = if to_server {
        (own([0, 2, 4, 6]), KEX_HASSH_ALGORITHMS, KEX_HASSH)
    } else {
        (own([0, 3, 5, 7]), KEX_HASSHSERVER_ALGORITHMS, KEX_HASSHSERVER)
    };
    out.made_text(hash, || Some(whotalks_wire::app::tls::ja3_hash(&algorithms)));
    out.made_text(id, || Some(algorithms));
}
