//! BitTorrent DHT Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "bt-dht", protocol, "BitTorrent DHT Protocol";
    BENCODED_STRING: "bt-dht.bencoded.string", text, "String";
    ID: "bt-dht.id", bytes, "ID";
    IP: "bt-dht.ip", ipv4, "IP";
    PORT: "bt-dht.port", u16, "Port";
}
