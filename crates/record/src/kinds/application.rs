//! What the content of a conversation was recognised as.

/// Makes the enum, its words and its titles from one list, so that they cannot differ.
macro_rules! protocols {
    ($( $variant:ident $word:literal $title:literal $source:literal; )+) => {
        /// What the content of a flow was recognised as; [`RecognisedBy`](crate::RecognisedBy) tells how.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ApplicationProtocol {
            /// Not recognised.
            #[default]
            Unknown,
            $( #[doc = concat!($title, ", ", $source, ".")] $variant, )+
        }

        impl ApplicationProtocol {
            /// Every one, in the order of the list; the first is [`Self::Unknown`].
            pub const ALL: &'static [Self] = &[Self::Unknown, $( Self::$variant ),+];

            /// The words of all, in the same order.
            pub const WORDS: &'static [&'static str] = &["unknown", $( $word ),+];

            /// The name stored in tables. A word is never given another meaning.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    Self::Unknown => "unknown",
                    $( Self::$variant => $word, )+
                }
            }

            /// The one with this word; none where this version does not know it.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    "unknown" => Some(Self::Unknown),
                    $( $word => Some(Self::$variant), )+
                    _ => None,
                }
            }

            /// Its usual name, as people write it.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self {
                    Self::Unknown => "unknown",
                    $( Self::$variant => $title, )+
                }
            }

            /// The document that defines it.
            #[must_use]
            pub const fn source(self) -> Option<&'static str> {
                match self {
                    Self::Unknown => None,
                    $( Self::$variant => Some($source), )+
                }
            }
        }
    };
}

protocols! {
    Dns "dns" "DNS" "RFC 1035";
    Tls "tls" "TLS" "RFC 8446";
    Http1 "http" "HTTP/1" "RFC 9112";
    HttpConnect "http-connect" "HTTP CONNECT tunnel" "RFC 9110 9.3.6";
    Socks4 "socks4" "SOCKS 4 and 4a" "NEC, \"SOCKS: A protocol for TCP proxy across firewalls\"";
    Socks5 "socks5" "SOCKS 5" "RFC 1928";
    Http2 "http2" "HTTP/2" "RFC 9113";
    WebSocket "websocket" "WebSocket" "RFC 6455";
    Quic "quic" "QUIC" "RFC 9000";
    Dtls "dtls" "DTLS" "RFC 9147";
    Dot "dot" "DNS over TLS" "RFC 7858";
    Doh "doh" "DNS over HTTPS" "RFC 8484";
    Doq "doq" "DNS over QUIC" "RFC 9250";
    Mdns "mdns" "Multicast DNS" "RFC 6762";
    Llmnr "llmnr" "LLMNR" "RFC 4795";
    NetbiosName "nbns" "NetBIOS name service" "RFC 1002 4.2";
    NetbiosSession "nbss" "NetBIOS session service" "RFC 1002 4.3";
    NetbiosDatagram "nbdgm" "NetBIOS datagram service" "RFC 1002 4.4";
    Smb1 "smb1" "SMB 1" "MS-CIFS";
    Smb2 "smb2" "SMB 2 and 3" "MS-SMB2";
    Dhcp "dhcp" "DHCP" "RFC 2131";
    Dhcpv6 "dhcpv6" "DHCPv6" "RFC 9915";
    Ntp "ntp" "NTP" "RFC 5905";
    Snmp "snmp" "SNMP" "RFC 3416";
    Ssdp "ssdp" "SSDP" "UPnP Device Architecture 2.0";
    WsDiscovery "wsd" "WS-Discovery" "OASIS WS-Discovery 1.1";
    Stun "stun" "STUN and TURN" "RFC 8489, RFC 8656";
    Rdp "rdp" "RDP" "MS-RDPBCGR";
    RdpUdp "rdp-udp" "RDP over UDP" "MS-RDPEUDP";
    Cotp "cotp" "ISO transport on TCP" "RFC 1006, X.224";
    Kerberos "kerberos" "Kerberos 5" "RFC 4120";
    Ldap "ldap" "LDAP" "RFC 4511";
    Cldap "cldap" "LDAP over UDP" "MS-ADTS 6.3.3";
    Msrpc "msrpc" "DCE/RPC" "C706, MS-RPCE";
    Sip "sip" "SIP" "RFC 3261";
    Rtp "rtp" "RTP" "RFC 3550";
    Rtcp "rtcp" "RTCP" "RFC 3550 6";
    Rtsp "rtsp" "RTSP" "RFC 7826";
    Ftp "ftp" "FTP control" "RFC 959";
    Smtp "smtp" "SMTP" "RFC 5321";
    Pop3 "pop3" "POP3" "RFC 1939";
    Imap "imap" "IMAP" "RFC 9051";
    Nntp "nntp" "NNTP" "RFC 3977";
    Irc "irc" "IRC" "RFC 2812";
    Xmpp "xmpp" "XMPP" "RFC 6120";
    Syslog "syslog" "Syslog" "RFC 5424, RFC 3164";
    Tftp "tftp" "TFTP" "RFC 1350";
    Telnet "telnet" "Telnet" "RFC 854";
    Ssh "ssh" "SSH" "RFC 4253";
    BitTorrent "bittorrent" "BitTorrent" "BEP 3";
    Utp "utp" "BitTorrent uTP" "BEP 29";
    BitTorrentDht "bittorrent-dht" "BitTorrent DHT" "BEP 5";
    BitTorrentTracker "bittorrent-tracker" "BitTorrent tracker over UDP" "BEP 15";
    BitTorrentLocal "bittorrent-lsd" "BitTorrent local service discovery" "BEP 14";
    DeliveryOptimization "delivery-optimization" "Windows Delivery Optimization" "MS-DO";
    Mqtt "mqtt" "MQTT" "OASIS MQTT 3.1.1 and 5.0";
    MySql "mysql" "MySQL" "MySQL client/server protocol";
    PostgreSql "postgresql" "PostgreSQL" "PostgreSQL frontend/backend protocol 3";
    Tds "tds" "SQL Server TDS" "MS-TDS";
    SqlBrowser "sql-browser" "SQL Server Browser" "MC-SQLR";
    Redis "redis" "Redis" "RESP";
    MongoDb "mongodb" "MongoDB" "MongoDB wire protocol";
    Memcached "memcached" "Memcached" "memcached protocol.txt";
    Cassandra "cassandra" "Cassandra" "CQL native protocol";
    OracleTns "oracle-tns" "Oracle TNS" "Oracle Net Services";
    Amqp "amqp" "AMQP" "AMQP 0-9-1, ISO/IEC 19464";
    Nats "nats" "NATS" "NATS client protocol";
    Vnc "vnc" "VNC" "RFC 6143";
    TeamViewer "teamviewer" "TeamViewer" "signs in traffic";
    AnyDesk "anydesk" "AnyDesk" "signs in traffic";
    Radmin "radmin" "Radmin" "signs in traffic";
    WireGuard "wireguard" "WireGuard" "wireguard.com/protocol";
    OpenVpn "openvpn" "OpenVPN" "OpenVPN network protocol";
    Tor "tor" "Tor" "tor-spec";
    Isakmp "isakmp" "IKE" "RFC 2408, RFC 7296";
    EspInUdp "esp-in-udp" "ESP in UDP" "RFC 3948";
    L2tp "l2tp" "L2TP" "RFC 2661";
    Pptp "pptp" "PPTP control" "RFC 2637";
    Radius "radius" "RADIUS" "RFC 2865";
    Tacacs "tacacs" "TACACS+" "RFC 8907";
    Coap "coap" "CoAP" "RFC 7252";
    Modbus "modbus" "Modbus/TCP" "Modbus Messaging on TCP/IP 1.0b";
    S7comm "s7comm" "Siemens S7" "signs in traffic";
    Dnp3 "dnp3" "DNP3" "IEEE 1815";
    Iec104 "iec104" "IEC 60870-5-104" "IEC 60870-5-104";
    OpcUa "opcua" "OPC UA" "OPC 10000-6";
    Bacnet "bacnet" "BACnet/IP" "ASHRAE 135 annex J";
    EtherNetIp "ethernet-ip" "EtherNet/IP" "ODVA CIP volume 2";
    OncRpc "onc-rpc" "ONC RPC" "RFC 5531";
    Portmap "portmap" "Port mapper" "RFC 1833";
    Nfs "nfs" "NFS" "RFC 1813, RFC 8881";
    Iscsi "iscsi" "iSCSI" "RFC 7143";
    Rsync "rsync" "rsync" "rsync daemon protocol";
    Git "git" "Git" "Git pack protocol";
    X11 "x11" "X11" "X Window System Protocol";
    Bitcoin "bitcoin" "Bitcoin" "Bitcoin P2P protocol";
    Stratum "stratum" "Mining (Stratum)" "Stratum mining protocol";
    DropboxLan "dropbox-lan" "Dropbox LAN sync" "signs in traffic";
    Steam "steam" "Steam" "Valve server queries";
    SpotifyLan "spotify-lan" "Spotify discovery" "signs in traffic";
    RakNet "raknet" "RakNet" "signs in traffic";
    Bgp "bgp" "BGP" "RFC 4271";
    Rip "rip" "RIP" "RFC 2453";
    Netflow "netflow" "NetFlow" "RFC 3954";
    Ipfix "ipfix" "IPFIX" "RFC 7011";
    Sflow "sflow" "sFlow" "sflow.org version 5";
    NatPmp "nat-pmp" "NAT-PMP and PCP" "RFC 6886, RFC 6887";
    Slp "slp" "SLP" "RFC 2608";
    Rmcp "rmcp" "IPMI" "DMTF ASF 2.0";
    Rtmp "rtmp" "RTMP" "Adobe RTMP 1.0";
    DotNetFraming "dotnet-framing" ".NET message framing" "MC-NMF";
    Gtp "gtp" "GTP" "3GPP TS 29.060, TS 29.281";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_protocol_has_a_word_of_its_own_and_is_found_by_it() {
        let words: BTreeSet<_> = ApplicationProtocol::WORDS.iter().collect();
        assert_eq!(words.len(), ApplicationProtocol::ALL.len());
        for protocol in ApplicationProtocol::ALL {
            assert_eq!(ApplicationProtocol::from_word(protocol.word()), Some(*protocol));
        }
        assert_eq!(ApplicationProtocol::from_word("no such"), None);
    }

    #[test]
    fn only_what_is_unknown_has_no_source() {
        let without = ApplicationProtocol::ALL
            .iter()
            .filter(|protocol| protocol.source().is_none());
        assert!(without.eq([&ApplicationProtocol::Unknown]));
    }
}
