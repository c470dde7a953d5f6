//! SSH Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "ssh", protocol, "SSH Protocol";
    PROTOCOL_VALUE: "ssh.protocol", text, "Protocol";
    DIRECTION: "ssh.direction", boolean, "Direction";
    PACKET_LENGTH: "ssh.packet_length", u32, "Packet Length";
    PADDING_LENGTH: "ssh.padding_length", u8, "Padding Length";
    MESSAGE_CODE: "ssh.message_code", u8, "Message Code";
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
