//! BitTorrent.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "bittorrent", protocol, "BitTorrent";
    MSG: "bittorrent.msg", none, "Message";
    MSG_LENGTH: "bittorrent.msg.length", u32, "Message Length";
    MSG_TYPE: "bittorrent.msg.type", u8, "Message Type";
    PROTOCOL_NAME: "bittorrent.protocol.name", text, "Protocol Name";
    PROTOCOL_NAME_LENGTH: "bittorrent.protocol.name.length", u8, "Protocol Name Length";
    RESERVED: "bittorrent.reserved", bytes, "Reserved Extension Bytes";
    INFO_HASH: "bittorrent.info_hash", bytes, "SHA1 Hash of info dictionary";
    PEER_ID: "bittorrent.peer_id", bytes, "Peer ID";
    PIECE_INDEX: "bittorrent.piece.index", x32, "Piece index";
    PIECE_BEGIN: "bittorrent.piece.begin", x32, "Begin offset of piece";
    PIECE_LENGTH: "bittorrent.piece.length", x32, "Piece Length";
    EXTENDED_ID: "bittorrent.extended.id", u8, "Extended Message ID";
    BT_UTP: "bt-utp", protocol, "uTorrent Transport Protocol";
    BT_UTP_TYPE: "bt-utp.type", u8, "Type";
    BT_UTP_VER: "bt-utp.ver", u8, "Version";
    BT_UTP_CONNECTION_ID: "bt-utp.connection_id", u32, "Connection ID";
    BT_UTP_SEQ_NR: "bt-utp.seq_nr", u16, "Sequence number";
    BT_UTP_ACK_NR: "bt-utp.ack_nr", u16, "ACK number";
}
