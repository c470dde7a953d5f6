//! BitTorrent.

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "bittorrent", protocol, "BitTorrent";
    MSG: "bittorrent.msg", none, "Message";
    MSG_LENGTH: "bittorrent.msg.length", u32, "Message Length";
    MSG_TYPE: "bittorrent.msg.type", u8, "Message Type" labels "bittorrent-message";
    PROTOCOL_NAME: "bittorrent.protocol.name", text, "Protocol Name";
    PROTOCOL_NAME_LENGTH: "bittorrent.protocol.name.length", u8, "Protocol Name Length";
    RESERVED: "bittorrent.reserved", bytes, "Reserved Extension Bytes";
    INFO_HASH: "bittorrent.info_hash", bytes, "SHA1 Hash of info dictionary";
    PEER_ID: "bittorrent.peer_id", bytes, "Peer ID";
    PIECE_INDEX: "bittorrent.piece.index", x32, "Piece index";
    PIECE_BEGIN: "bittorrent.piece.begin", x32, "Begin offset of piece";
    PIECE_LENGTH: "bittorrent.piece.length", x32, "Piece Length";
    EXTENDED_ID: "bittorrent.extended.id", u8, "Extended Message ID";
}

/// Bytes of the handshake (BEP 3).
const HANDSHAKE_BYTES: usize = 68;
const NAME: &[u8] = b"\x13BitTorrent protocol";
/// Longer messages than this are none; pieces are sent in blocks of 16 KiB.
const MOST_MESSAGE_BYTES: usize = 1 << 20;
const REQUEST: u8 = 6;
const PIECE: u8 = 7;
const CANCEL: u8 = 8;
const EXTENDED: u8 = 20;

/// Whether a stream begins with the handshake.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(NAME)
}

/// How long the message is that `bytes` begins with.
pub(crate) fn length(bytes: &[u8]) -> Length {
    if begins(bytes) {
        return Length::Known(HANDSHAKE_BYTES);
    }
    match Bytes(bytes).length(0, 4) {
        Some(length) if length > MOST_MESSAGE_BYTES => Length::Unframed,
        Some(length) => Length::Known(length + 4),
        None => Length::OneMoreSegment,
    }
}

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, _: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    if begins(message.0) {
        out.layout(
            message,
            &[
                Place::at(PROTOCOL_NAME_LENGTH, 0, 1),
                Place::at(PROTOCOL_NAME, 1, 19),
                Place::at(RESERVED, 20, 8),
                Place::at(INFO_HASH, 28, 20),
                Place::at(PEER_ID, 48, 20),
            ],
        );
        return;
    }
    if length(message.0) == Length::Unframed {
        return;
    }
    out.present(MSG);
    out.layout(message, &[Place::at(MSG_LENGTH, 0, 4), Place::at(MSG_TYPE, 4, 1)]);
    match message.u8(4) {
        Some(REQUEST | CANCEL) => out.layout(
            message,
            &[
                Place::at(PIECE_INDEX, 5, 4),
                Place::at(PIECE_BEGIN, 9, 4),
                Place::at(PIECE_LENGTH, 13, 4),
            ],
        ),
        Some(PIECE) => out.layout(message, &[Place::at(PIECE_INDEX, 5, 4), Place::at(PIECE_BEGIN, 9, 4)]),
        Some(EXTENDED) => out.layout(message, &[Place::at(EXTENDED_ID, 5, 1)]),
        _ => {}
    }
}
