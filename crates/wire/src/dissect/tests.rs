//! Whole packets, built by hand.

mod carriers;

use proptest::prelude::*;

use super::*;

use crate::Stop;
use crate::link;
use crate::net::{self, Fragment};
use crate::transport::Ports;
use whotalks_record::IpProtocol;

const ETHERNET: [u8; 12] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];

fn ipv4(protocol: u8, flags_and_offset: u16, data: &[u8]) -> Vec<u8> {
    let total = u16::try_from(20 + data.len()).unwrap().to_be_bytes();
    let fragment = flags_and_offset.to_be_bytes();
    let mut packet = vec![
        0x45,
        0,
        total[0],
        total[1],
        0,
        7,
        fragment[0],
        fragment[1],
        64,
        protocol,
        0,
        0,
    ];
    packet.extend([10, 0, 0, 1, 192, 0, 2, 9]);
    packet.extend(data);
    packet
}

fn ipv6(next_header: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap().to_be_bytes();
    let mut packet = vec![0x60, 0, 0, 0, length[0], length[1], next_header, 64];
    packet.extend([0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    packet.extend([0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]);
    packet.extend(data);
    packet
}

fn udp(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(8 + data.len()).unwrap().to_be_bytes();
    [&[0xc0, 0, 0, 53, length[0], length[1], 0, 0], data].concat()
}

fn tcp(data: &[u8]) -> Vec<u8> {
    [
        &[
            0xc0, 0, 1, 187, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0,
        ],
        data,
    ]
    .concat()
}

fn ethernet(ether_type: u16, data: &[u8]) -> Vec<u8> {
    [&ETHERNET[..], &ether_type.to_be_bytes(), data].concat()
}

fn read(link_type: LinkType, frame: &[u8]) -> Dissected<'_> {
    packet(link_type, frame, frame.len().try_into().unwrap())
}

fn destination(packet: &Dissected<'_>) -> String {
    packet.ip().unwrap().destination.to_string()
}

#[test]
fn tcp_over_ipv4_over_ethernet_gives_every_layer() {
    let frame = ethernet(0x0800, &ipv4(6, 0x4000, &tcp(b"hello")));
    let packet = read(link::ETHERNET, &frame);
    let Some(Transport::Tcp(header)) = packet.transport else {
        panic!("no TCP in {packet:?}")
    };
    assert_eq!(packet.ethernet.unwrap().source().to_string(), "02:00:00:00:00:02");
    assert_eq!(destination(&packet), "192.0.2.9");
    assert_eq!(packet.ip().unwrap().wire_bytes, 45);
    assert_eq!(
        header.ports(),
        Ports {
            source: 0xc000,
            destination: 443
        }
    );
    assert_eq!(
        (packet.payload, packet.payload_wire_bytes, packet.stop),
        (&b"hello"[..], 5, None)
    );
}

#[test]
fn ethernet_padding_is_no_payload() {
    let mut frame = ethernet(0x0800, &ipv4(6, 0, &tcp(b"")));
    frame.extend([0; 6]);
    let packet = read(link::ETHERNET, &frame);
    assert_eq!((packet.payload, packet.payload_wire_bytes), (&b""[..], 0));
}

#[test]
fn a_snapped_packet_keeps_its_length_on_the_wire() {
    let frame = ethernet(0x0800, &ipv4(17, 0, &udp(&[1; 100])));
    let packet = packet(link::ETHERNET, &frame[..50], 142);
    assert_eq!(
        (packet.payload.len(), packet.payload_wire_bytes, packet.stop),
        (8, 100, None)
    );
}

#[test]
fn a_total_length_of_zero_means_the_whole_frame() {
    let mut ip = ipv4(6, 0, &tcp(&[9; 3000]));
    ip[2..4].copy_from_slice(&[0, 0]);
    let packet = read(link::RAW, &ip);
    assert_eq!(
        (packet.payload_wire_bytes, packet.ip().unwrap().wire_bytes),
        (3000, 3040)
    );
}

#[test]
fn a_total_length_shorter_than_the_header_is_malformed() {
    let mut ip = ipv4(6, 0, &tcp(b""));
    ip[2..4].copy_from_slice(&[0, 19]);
    assert!(matches!(
        read(link::RAW, &ip).stop,
        Some(Stop::Malformed {
            field: "ipv4.total_length",
            number: 19,
            ..
        })
    ));
}

#[test]
fn all_vlan_tags_are_kept_outermost_first() {
    let tagged = [
        &[0, 100, 0x81, 0, 0, 200, 0x81, 0, 0x20, 0x0a, 0x08, 0][..],
        &ipv4(17, 0, &udp(b"x")),
    ]
    .concat();
    let frame = ethernet(0x88a8, &tagged);
    let packet = read(link::ETHERNET, &frame);
    assert_eq!(packet.vlans.ids(), [100, 200, 10]);
    assert_eq!(packet.payload, b"x");
}

#[test]
fn every_link_type_leads_to_the_same_packet() {
    let ip = ipv4(17, 0, &udp(b"x"));
    let null = [&[2, 0, 0, 0][..], &ip].concat();
    let sll = [&[0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0][..], &ip].concat();
    let sll2 = [&[8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0][..], &ip].concat();
    let ppp = [&[0xff, 3, 0, 0x21][..], &ip].concat();
    let nflog = [&[2, 0, 0, 0, 33, 0, 9, 0][..], &ip].concat();
    let snap = [&ETHERNET[..], &[0, 37, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0], &ip].concat();
    let mpls = ethernet(0x8847, &[&[0, 1, 1, 64][..], &ip].concat());
    let pppoe = ethernet(0x8864, &[&[0x11, 0, 0, 1, 0, 31, 0, 0x21][..], &ip].concat());
    let frames = [
        (link::RAW, ip.clone()),
        (link::RAW_BSD, ip.clone()),
        (link::IPV4, ip),
        (link::NULL, null.clone()),
        (link::LOOP, null),
        (link::LINUX_SLL, sll),
        (link::LINUX_SLL2, sll2),
        (link::PPP, ppp),
        (link::NFLOG, nflog),
        (link::ETHERNET, snap),
        (link::ETHERNET, mpls),
        (link::ETHERNET, pppoe),
    ];
    for (link_type, frame) in frames {
        let packet = read(link_type, &frame);
        assert_eq!(
            (packet.payload, packet.payload_wire_bytes, packet.stop),
            (&b"x"[..], 1, None),
            "{link_type:?}"
        );
        assert_eq!(destination(&packet), "192.0.2.9", "{link_type:?}");
    }
}

#[test]
fn an_unknown_link_type_is_said() {
    let stop = read(LinkType(160), &[1, 2, 3]).stop;
    assert_eq!(
        stop,
        Some(Stop::Unknown {
            field: "link_type",
            number: 160,
            offset: 0
        })
    );
}

#[test]
fn arp_is_a_network_layer() {
    let arp = [
        0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2,
    ];
    let frame = ethernet(0x0806, &arp);
    let Some(Network::Arp(packet)) = read(link::ETHERNET, &frame).network else {
        panic!("no ARP")
    };
    assert_eq!(packet.target_ip().to_string(), "10.0.0.2");
}

#[test]
fn the_innermost_addresses_of_a_tunnel_count_and_the_outermost_are_kept() {
    let inner = ipv6(17, &udp(b"x"));
    let packet_bytes = ipv4(41, 0, &inner);
    let packet = read(link::RAW, &packet_bytes);
    assert_eq!(destination(&packet), "2001:db8::9");
    let tunnel = packet.tunnel.unwrap();
    assert_eq!(
        (tunnel.destination.to_string(), tunnel.protocol),
        ("192.0.2.9".to_owned(), net::IPV6_IN_IP)
    );
    assert_eq!(packet.payload, b"x");
}

#[test]
fn gre_carries_ip_and_whole_frames() {
    let ip_in_gre = ipv4(47, 0, &[&[0, 0, 0x86, 0xdd][..], &ipv6(17, &udp(b"x"))].concat());
    assert_eq!(destination(&read(link::RAW, &ip_in_gre)), "2001:db8::9");
    let frame_in_gre = ipv4(
        47,
        0,
        &[&[0, 0, 0x65, 0x58][..], &ethernet(0x86dd, &ipv6(17, &udp(b"x")))].concat(),
    );
    let packet = read(link::RAW, &frame_in_gre);
    assert_eq!(
        (destination(&packet).as_str(), packet.payload),
        ("2001:db8::9", &b"x"[..])
    );
}

fn udp_to(port: u16, data: &[u8]) -> Vec<u8> {
    let mut datagram = udp(data);
    datagram[2..4].copy_from_slice(&port.to_be_bytes());
    datagram
}

#[test]
fn tunnels_over_udp_carry_whole_frames() {
    let inner = ethernet(0x86dd, &ipv6(6, &tcp(b"x")));
    let vxlan = ipv4(17, 0, &udp_to(4789, &[&[8, 0, 0, 0, 0, 0, 7, 0][..], &inner].concat()));
    let geneve = ipv4(
        17,
        0,
        &udp_to(6081, &[&[0, 0, 0x65, 0x58, 0, 0, 7, 0][..], &inner].concat()),
    );
    for bytes in [vxlan, geneve] {
        let packet = read(link::RAW, &bytes);
        assert_eq!(
            (destination(&packet).as_str(), packet.payload),
            ("2001:db8::9", &b"x"[..])
        );
        assert!(matches!(packet.transport, Some(Transport::Tcp(_))));
        assert_eq!(packet.tunnel.unwrap().protocol, IpProtocol::UDP);
    }
}

#[test]
fn a_datagram_to_the_port_of_a_tunnel_that_holds_none_is_left_as_it_is() {
    let bytes = ipv4(17, 0, &udp_to(4789, b"not a tunnel"));
    let packet = read(link::RAW, &bytes);
    assert_eq!((packet.payload, packet.stop), (&b"not a tunnel"[..], None));
}

#[test]
fn arp_in_a_tunnel_leaves_the_outer_packet() {
    let arp = [
        0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2,
    ];
    let bytes = ipv4(
        17,
        0,
        &udp_to(4789, &[&[8, 0, 0, 0, 0, 0, 7, 0][..], &ethernet(0x0806, &arp)].concat()),
    );
    let packet = read(link::RAW, &bytes);
    assert_eq!(
        (destination(&packet).as_str(), packet.ports().unwrap().destination),
        ("192.0.2.9", 4789)
    );
}

#[test]
fn tunnels_without_end_end() {
    let bytes = (0..60).fold(udp(b"x"), |inner, _| ipv4(4, 0, &inner));
    assert!(matches!(
        read(link::RAW, &bytes).stop,
        Some(Stop::TooDeep { limit: 32, .. })
    ));
}

#[test]
fn a_later_fragment_has_no_ports_and_its_data_as_payload() {
    let first = ipv4(17, 0x2000, &udp(&[1; 16]));
    let later = ipv4(17, 0x0003, &[2; 16]);
    assert_eq!(read(link::RAW, &first).ports().unwrap().destination, 53);
    let packet = read(link::RAW, &later);
    assert_eq!((packet.ports(), packet.payload), (None, &[2; 16][..]));
    assert_eq!(
        packet.ip().unwrap().fragment,
        Some(Fragment {
            identification: 7,
            offset: 24,
            more: false
        })
    );
}

#[test]
fn a_datagram_put_together_from_fragments_is_read_like_a_packet() {
    let whole = udp(&[7; 40]);
    let first = ipv4(17, 0x2000, &whole[..24]);
    let later = ipv4(17, 3, &whole[24..]);
    let pieces = [read(link::RAW, &first), read(link::RAW, &later)];
    let data = pieces.map(|piece| piece.fragment).concat();
    let read = datagram(pieces[1].ip().unwrap(), &data);
    assert_eq!(
        (read.ports().unwrap().destination, read.payload, read.stop),
        (53, &[7; 40][..], None)
    );
    assert_eq!(read.ip().unwrap().fragment, None);
}

#[test]
fn a_fragment_that_was_not_captured_whole_is_not_for_putting_together() {
    let first = ipv4(17, 0x2000, &udp(&[7; 40])[..24]);
    assert_eq!(packet(link::RAW, &first[..40], 44).fragment, &[0; 0]);
    assert_eq!(packet(link::RAW, &first, 44).fragment.len(), 24);
}

#[test]
fn a_tunnel_is_entered_when_its_datagram_is_whole_and_not_before() {
    let inner = ipv4(17, 0, &udp(&[7; 40]));
    let (head, tail) = inner.split_at(48);
    let first = ipv4(4, 0x2000, head);
    let pieces = [read(link::RAW, &first), read(link::RAW, &ipv4(4, 6, tail))].map(|piece| piece.fragment.to_vec());
    let outer = read(link::RAW, &first);
    assert_eq!((outer.tunnel, outer.ports()), (None, None));
    let data = pieces.concat();
    let whole = datagram(outer.ip().unwrap(), &data);
    assert!(whole.tunnel.is_some() && whole.ports().unwrap().destination == 53);
    // What was cut is never put together, and is read as far as it goes.
    assert!(packet(link::RAW, &first[..first.len() - 4], 68).tunnel.is_some());
}

#[test]
fn ipv6_addresses_survive_a_broken_chain_of_extensions() {
    let bytes = ipv6(0, &[6, 9, 0, 0]);
    let packet = read(link::RAW, &bytes);
    assert_eq!(destination(&packet), "2001:db8::9");
    assert!(matches!(packet.stop, Some(Stop::Short(_))));
}

#[test]
fn a_cut_tcp_header_still_gives_its_ports() {
    let frame = ethernet(0x0800, &ipv4(6, 0, &tcp(b"hello")));
    let packet = packet(link::ETHERNET, &frame[..42], 59);
    assert_eq!(
        packet.ports(),
        Some(Ports {
            source: 0xc000,
            destination: 443
        })
    );
    assert!(matches!(packet.stop, Some(Stop::Short(error)) if error.field == "tcp.header" && error.offset == 34));
}

/// Writes down what it is told: name, offset, header, bytes on the wire and captured; quoted layers in brackets.
#[derive(Default)]
struct Notes(Vec<String>);

impl<'a> Visitor<'a> for Notes {
    fn layer(&mut self, layer: &Layer<'a>, span: LayerSpan, rest: &'a [u8]) {
        let name = layer.name().unwrap_or("trailer");
        let LayerSpan {
            offset,
            header_bytes,
            wire_bytes,
            is_quoted,
        } = span;
        let text = format!("{name} @{offset} {header_bytes}/{wire_bytes}/{}", rest.len());
        self.0.push(if is_quoted { format!("[{text}]") } else { text });
    }
}

fn notes(link_type: LinkType, frame: &[u8], wire_bytes: u32) -> Vec<String> {
    let mut notes = Notes::default();
    let walked = walk(link_type, frame, wire_bytes, &mut notes);
    assert_eq!(
        walked,
        packet(link_type, frame, wire_bytes),
        "a visitor changes nothing"
    );
    notes.0
}

#[test]
fn a_visitor_is_told_of_every_header_and_where_it_lies() {
    let tagged = [&[0, 100, 8, 0][..], &ipv4(17, 0, &udp(b"x"))].concat();
    let mut frame = ethernet(0x8100, &tagged);
    frame.extend([0; 13]);
    let told = notes(link::ETHERNET, &frame, 60);
    let expected = [
        "eth @0 14/60/60",
        "vlan @14 4/46/46",
        "trailer @47 13/13/13",
        "ip @18 20/29/29",
        "udp @38 8/9/9",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_visitor_is_told_of_all_layers_of_a_tunnel() {
    let inner = ethernet(0x86dd, &ipv6(0, &[&[6, 0, 0, 0, 0, 0, 0, 0][..], &tcp(b"x")].concat()));
    let vxlan = ipv4(17, 0, &udp_to(4789, &[&[8, 0, 0, 0, 0, 0, 7, 0][..], &inner].concat()));
    let told = notes(link::RAW, &vxlan, u32::try_from(vxlan.len()).unwrap());
    let expected = [
        "raw @0 0/119/119",
        "ip @0 20/119/119",
        "udp @20 8/99/99",
        "vxlan @28 8/91/91",
        "eth @36 14/83/83",
        "ipv6 @50 40/69/69",
        "ipv6.hopopts @90 8/29/29",
        "tcp @98 20/21/21",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_visitor_is_told_of_what_was_captured_and_what_was_on_the_wire() {
    let frame = ethernet(0x0800, &ipv4(6, 0, &tcp(&[7; 100])));
    let told = notes(link::ETHERNET, &frame[..60], 154);
    assert_eq!(told, ["eth @0 14/154/60", "ip @14 20/140/46", "tcp @34 20/120/26"]);
}

#[test]
fn a_quoted_packet_is_told_of_and_is_not_the_packet() {
    let quoted = ipv4(17, 0, &udp(b"x"));
    let bytes = ipv4(1, 0, &[&[3, 3, 0, 0, 0, 0, 0, 0][..], &quoted].concat());
    let told = notes(link::IPV4, &bytes, 57);
    let expected = [
        "ip @0 20/57/57",
        "icmp @20 8/37/37",
        "[ip @28 20/29/29]",
        "[udp @48 8/9/9]",
    ];
    assert_eq!(told, expected);
    assert!(matches!(read(link::IPV4, &bytes).transport, Some(Transport::Icmp(_))));
}

#[test]
fn a_header_is_told_of_although_what_follows_is_not_read() {
    let frame = ethernet(38, &[&[0x42, 0x42, 3][..], &[0; 43]].concat());
    assert_eq!(
        notes(link::ETHERNET, &frame, 60),
        [
            "eth @0 14/60/60",
            "trailer @52 8/8/8",
            "llc @14 3/38/38",
            "stp @17 0/35/35"
        ]
    );
}

/// The names of the layers, in their order.
fn names(link_type: LinkType, frame: &[u8]) -> String {
    struct Names(Vec<&'static str>);
    impl<'a> Visitor<'a> for Names {
        fn layer(&mut self, layer: &Layer<'a>, _: LayerSpan, _: &'a [u8]) {
            self.0.extend(layer.name());
        }
    }
    let mut names = Names(Vec::new());
    walk(link_type, frame, frame.len().try_into().unwrap(), &mut names);
    names.0.join(":")
}

#[test]
fn tunnels_over_ip_are_walked() {
    let inner = ipv4(17, 0, &udp(b"x"));
    let frame = ethernet(0x0800, &inner);
    let erspan_2 = [
        &[0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 1, 0, 0, 0, 0, 0, 0][..],
        &frame,
    ]
    .concat();
    let erspan_3 = [
        &[0x10, 0, 0x22, 0xeb, 0, 0, 0, 1, 0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
        &frame,
    ]
    .concat();
    let pptp = [
        &[0x30, 1, 0x88, 0x0b, 0, 33, 0, 7, 0, 0, 0, 1, 0xff, 3, 0, 0x21][..],
        &inner,
    ]
    .concat();
    let acknowledgment = [0x20, 0x81, 0x88, 0x0b, 0, 0, 0, 7, 0, 0, 0, 1];
    let ah = [&[17, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1][..], &udp(b"x")].concat();
    let cases = [
        (47, erspan_2, "ip:gre:erspan:eth:ip:udp"),
        (47, [&[0, 0, 0x88, 0xbe][..], &frame].concat(), "ip:gre:eth:ip:udp"),
        (47, erspan_3, "ip:gre:erspan:eth:ip:udp"),
        (47, pptp, "ip:gre:ppp:ip:udp"),
        (47, acknowledgment.to_vec(), "ip:gre"),
        (97, [&[0x30, 0][..], &frame].concat(), "ip:etherip:eth:ip:udp"),
        (51, ah, "ip:ah:udp"),
        (4, inner, "ip:ip:udp"),
    ];
    for (protocol, data, expected) in cases {
        let bytes = ipv4(protocol, 0, &data);
        assert_eq!(names(link::IPV4, &bytes), expected);
        assert_eq!(read(link::IPV4, &bytes).stop, None, "{expected}");
    }
}

#[test]
fn tunnels_over_udp_are_walked_where_the_datagram_holds_one() {
    let inner = ipv4(17, 0, &udp(b"x"));
    let length = u8::try_from(inner.len()).unwrap();
    let gtp = [&[0x30, 0xff, 0, length, 0, 0, 0, 1][..], &inner].concat();
    let l2tp = [&[0, 2, 0, 1, 0, 2, 0xff, 3, 0, 0x21][..], &inner].concat();
    let cases = [
        (2152, gtp.clone(), "ip:udp:gtp:ip:udp"),
        (2152, [&[0x32, 1, 0, 4, 0, 0, 0, 0][..], &[0; 4]].concat(), "ip:udp:gtp"),
        (2152, gtp[..gtp.len() - 1].to_vec(), "ip:udp"),
        (1701, l2tp, "ip:udp:l2tp:ppp:ip:udp"),
        (1701, b"something else".to_vec(), "ip:udp"),
        (3544, ipv6(17, &udp(b"x")), "ip:udp:teredo:ipv6:udp"),
        (3544, b"something else".to_vec(), "ip:udp"),
    ];
    for (port, data, expected) in cases {
        assert_eq!(names(link::IPV4, &ipv4(17, 0, &udp_to(port, &data))), expected);
    }
}

#[test]
fn plain_data_of_a_wireless_network_is_walked() {
    let packet = [&[0xaa, 0xaa, 3, 0, 0, 0, 8, 0][..], &ipv4(17, 0, &udp(b"x"))].concat();
    let data = [&[0x08, 1][..], &[0; 22], &packet].concat();
    let radiotap = [&[0, 0, 9, 0, 2, 0, 0, 0, 0x10][..], &data, &[1, 2, 3, 4]].concat();
    let ppi = [&[0, 0, 8, 0, 105, 0, 0, 0][..], &data].concat();
    let avs = [&[0x80, 0x21, 0x10, 1, 0, 0, 0, 8][..], &data].concat();
    let padded = [&[0, 0, 9, 0, 2, 0, 0, 0, 0x20, 0x88, 1][..], &[0; 24], &[0; 2], &packet].concat();
    let cases = [
        (link::IEEE802_11, data.clone(), "wlan:llc:ip:udp"),
        (link::IEEE802_11_RADIOTAP, radiotap, "radiotap:wlan:llc:ip:udp"),
        (link::IEEE802_11_RADIOTAP, padded, "radiotap:wlan:llc:ip:udp"),
        (link::PPI, ppi, "ppi:wlan:llc:ip:udp"),
        (link::IEEE802_11_AVS, avs, "wlancap:wlan:llc:ip:udp"),
    ];
    for (link_type, frame, expected) in cases {
        assert_eq!(names(link_type, &frame), expected);
        assert_eq!(read(link_type, &frame).payload, b"x", "{expected}");
    }
    let beacon = [&[0x80, 0][..], &[0; 40]].concat();
    assert_eq!(names(link::IEEE802_11, &beacon), "wlan");
    assert!(matches!(
        read(link::IEEE802_11, &beacon).stop,
        Some(Stop::Unknown { .. })
    ));
}

#[test]
fn ppi_inside_ppi_ends() {
    let nested = [0, 0, 8, 0, 192, 0, 0, 0].repeat(60);
    assert!(matches!(read(link::PPI, &nested).stop, Some(Stop::TooDeep { .. })));
}

#[test]
fn protocols_that_are_not_read_are_named() {
    assert_eq!(names(link::ETHERNET, &ethernet(0x88cc, &[2, 7, 4, 0])), "eth:lldp");
    assert_eq!(names(link::ETHERNET, &ethernet(30, &[0xff, 0xff, 0, 30])), "eth:ipx");
    assert_eq!(names(link::IPV4, &ipv4(89, 0, &[2, 1, 0, 44])), "ip:ospf");
    assert_eq!(names(link::PPP, &[0xff, 3, 0xc0, 0x21, 1, 1, 0, 4]), "ppp:lcp");
    assert_eq!(
        names(link::ETHERNET, &ethernet(0x88a8, &[0, 5, 0x81, 0, 0, 6, 0x88, 0xcc])),
        "eth:ieee8021ad:vlan:lldp"
    );
}

/// Checks that every layer lies inside the frame and begins no earlier than the one before.
struct Inside<'a> {
    frame: &'a [u8],
    layers: usize,
}

impl<'a> Visitor<'a> for Inside<'a> {
    fn layer(&mut self, _: &Layer<'a>, span: LayerSpan, rest: &'a [u8]) {
        assert!(self.frame.get(span.offset..).unwrap().starts_with(rest));
        assert!(span.header_bytes <= rest.len());
        self.layers += 1;
    }
}

fn any_link_type() -> impl Strategy<Value = LinkType> {
    prop_oneof![
        Just(link::ETHERNET),
        prop::sample::select(vec![
            0u16, 9, 12, 14, 50, 51, 101, 104, 105, 107, 108, 113, 119, 127, 163, 192, 228, 229, 239, 276
        ])
        .prop_map(LinkType),
        any::<u16>().prop_map(LinkType),
    ]
}

/// Bytes that get far: real headers with a few bytes changed.
fn damaged_frame() -> impl Strategy<Value = Vec<u8>> {
    let kinds = prop::sample::select(vec![
        ethernet(0x0800, &ipv4(6, 0, &tcp(b"hello"))),
        ethernet(
            0x86dd,
            &ipv6(44, &[&[17, 0, 0, 1, 0, 0, 0, 7][..], &udp(b"x")].concat()),
        ),
        ethernet(
            0x8100,
            &[&[0, 1, 0x88, 0x47, 0, 0, 1, 1][..], &ipv4(47, 0, &[0xb0, 0, 8, 0])].concat(),
        ),
        ethernet(0x0800, &ipv4(41, 0, &ipv6(58, &[1, 0, 0, 0, 0, 0, 0, 0]))),
        ethernet(0x86dd, &ipv6(51, &[6, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0xc0, 0, 0, 80])),
    ]);
    damaged(kinds)
}

/// Datagrams to the ports of tunnels, with a few bytes changed.
fn damaged_tunnel() -> impl Strategy<Value = Vec<u8>> {
    let gtp: &[u8] = &[0x34, 0xff, 0, 30, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 0, 0, 0x45, 0];
    let l2tp: &[u8] = &[0x4a, 2, 0, 14, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0xff, 3, 0, 0x21, 0x45];
    let vxlan: &[u8] = &[8, 0, 0, 0, 0, 0, 7, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 8, 0, 0x45];
    let tunnels = [(2152, gtp), (1701, l2tp), (4789, vxlan)];
    let frames = tunnels.map(|(port, data)| ethernet(0x0800, &ipv4(17, 0, &udp_to(port, data))));
    damaged(prop::sample::select(frames.to_vec()))
}

fn damaged(kinds: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    (kinds, prop::collection::vec((0usize..80, any::<u8>()), 0..4)).prop_map(|(mut frame, changes)| {
        for (at, value) in changes {
            if let Some(byte) = frame.get_mut(at) {
                *byte = value;
            }
        }
        frame
    })
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(link_type in any_link_type(), frame: Vec<u8>, wire_bytes: u32) {
        let packet = packet(link_type, &frame, wire_bytes);
        prop_assert!(packet.payload.len() <= frame.len());
    }

    #[test]
    fn every_layer_lies_inside_the_frame(
        link_type in any_link_type(),
        frame in prop_oneof![damaged_frame(), damaged_tunnel()],
        wire_bytes: u32,
    ) {
        let mut inside = Inside { frame: &frame, layers: 0 };
        let walked = walk(link_type, &frame, wire_bytes, &mut inside);
        prop_assert_eq!(walked, packet(link_type, &frame, wire_bytes));
        prop_assert!(inside.layers <= 100);
    }

    #[test]
    fn a_truncated_packet_agrees_with_the_whole_as_far_as_it_goes(frame in damaged_frame(), keep in 0usize..100) {
        let wire_bytes = u32::try_from(frame.len()).unwrap();
        let kept = &frame[..keep.min(frame.len())];
        let (whole, cut) = (packet(link::ETHERNET, &frame, wire_bytes), packet(link::ETHERNET, kept, wire_bytes));
        prop_assert!(whole.vlans.ids().starts_with(cut.vlans.ids()));
        if cut.stop.is_none() {
            prop_assert_eq!((cut.network, cut.ports()), (whole.network, whole.ports()));
            prop_assert_eq!(cut.payload_wire_bytes, whole.payload_wire_bytes);
            prop_assert!(whole.payload.starts_with(cut.payload));
        }
    }
}
