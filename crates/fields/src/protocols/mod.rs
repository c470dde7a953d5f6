//! The fields of every protocol: one file each, in the order of the list.

use crate::Field;
use crate::declare::is_same;

macro_rules! protocols {
    ($($protocol:ident),* $(,)?) => {
        $(pub(crate) mod $protocol;)*
        /// The tables of all protocols, in the order of the list.
        const TABLES: &[&[Field]] = &[$($protocol::FIELDS),*];
    };
}

protocols![
    frame,
    eth,
    vlan,
    arp,
    ip,
    ipv6,
    ah,
    esp,
    tcp,
    udp,
    sctp,
    icmp,
    icmpv6,
    igmp,
    dns,
    mdns,
    llmnr,
    nbns,
    dhcp,
    dhcpv6,
    ntp,
    snmp,
    syslog,
    ssdp,
    tls,
    dtls,
    x509,
    ocsp,
    quic,
    http,
    http2,
    websocket,
    socks,
    data,
    nbss,
    smb,
    smb2,
    rdp,
    tpkt,
    cotp,
    kerberos,
    spnego,
    ldap,
    dcerpc,
    ssh,
    ftp,
    smtp,
    pop,
    imap,
    telnet,
    tftp,
    sip,
    rtp,
    rtcp,
    stun,
    bittorrent,
    bt_dht,
    mqtt,
    mysql,
    pgsql,
    tds,
    gre,
    vxlan,
    geneve,
    gtp,
    teredo,
    l2tp,
    isakmp,
    wireguard,
    openvpn,
    ppp,
    pppoe,
    mpls,
    sll,
    null,
    frame_relay,
    nflog,
    pktap,
    llc,
    wlan,
    radiotap,
    db_lsp,
    case,
];

/// How many fields there are.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated while compiling, where a wrong index fails the build"
)]
const COUNT: usize = {
    let (mut count, mut table) = (0, 0);
    while table < TABLES.len() {
        count += TABLES[table].len();
        table += 1;
    }
    count
};

/// Every field, in the order of the list.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated while compiling, where a wrong index fails the build"
)]
pub(crate) static ALL: [Field; COUNT] = {
    let mut all = [TABLES[0][0]; COUNT];
    let (mut next, mut table) = (0, 0);
    while table < TABLES.len() {
        let mut place = 0;
        while place < TABLES[table].len() {
            all[next] = TABLES[table][place];
            next += 1;
            place += 1;
        }
        table += 1;
    }
    all
};

/// The number of the first field of the protocol whose first field has that name.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated while compiling, where a wrong index fails the build"
)]
pub(crate) const fn first_id(name: &str) -> u16 {
    let (mut before, mut table) = (0, 0);
    while table < TABLES.len() {
        if is_same(TABLES[table][0].name, name) {
            return before as u16;
        }
        before += TABLES[table].len();
        table += 1;
    }
    panic!("a protocol is missing in the list of protocols")
}
