//! What carries packets in data centres, between routers and on other systems: the packet inside is found.

use super::*;

/// Source and destination of the datagram that is carried.
const INNER: &str = "192.0.2.9";

fn inner() -> Vec<u8> {
    ipv4(17, 0, &udp(b"data"))
}

/// The packet is a datagram with its data, within `frame`.
fn is_found(link_type: LinkType, frame: &[u8]) {
    let packet = read(link_type, frame);
    assert_eq!(packet.stop, None, "{packet:?}");
    assert_eq!(destination(&packet), INNER);
    assert_eq!(packet.payload, b"data");
}

/// The names of the layers of a frame.
fn names(link_type: LinkType, frame: &[u8]) -> Vec<&'static str> {
    struct Names(Vec<&'static str>);
    impl<'a> Visitor<'a> for Names {
        fn layer(&mut self, layer: &Layer<'a>, _: LayerSpan, _: &'a [u8]) {
            self.0.extend(layer.name());
        }
    }
    let mut names = Names(Vec::new());
    walk(link_type, frame, frame.len().try_into().unwrap(), &mut names);
    names.0
}

#[test]
fn tags_of_switches_are_passed_over() {
    let vn_tag = [&[0, 1, 0, 2, 8, 0][..], &inner()].concat();
    is_found(link::ETHERNET, &ethernet(0x8926, &vn_tag));
    let time = [&[0, 1, 0, 0x10, 1, 2, 3, 4, 0, 0, 0, 9, 8, 0][..], &inner()].concat();
    is_found(link::ETHERNET, &ethernet(0xd28b, &time));
    let customer = [&[0, 0, 0, 7][..], &ethernet(0x0800, &inner())].concat();
    let provider = ethernet(0x88e7, &customer);
    is_found(link::ETHERNET, &provider);
    assert_eq!(names(link::ETHERNET, &provider), ["eth", "ieee8021ah", "ip", "udp"]);
    let services = [&[0, 2, 2, 1, 0, 0, 1, 255][..], &inner()].concat();
    is_found(link::ETHERNET, &ethernet(0x894f, &services));
}

#[test]
fn fabric_path_holds_a_whole_frame() {
    let frame = ethernet(0x8903, &[&[0, 0x60][..], &ethernet(0x0800, &inner())].concat());
    is_found(link::ETHERNET, &frame);
    assert_eq!(names(link::ETHERNET, &frame), ["cfp", "eth", "ip", "udp"]);
}

#[test]
fn macsec_is_read_where_nothing_is_encrypted_and_its_check_value_is_no_trailer() {
    let tagged = |flags| {
        let tag = [flags, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 1, 0, 1, 8, 0];
        ethernet(0x88e5, &[&tag[..], &inner(), &[0xaa; 16]].concat())
    };
    is_found(link::ETHERNET, &tagged(0x20));
    assert_eq!(names(link::ETHERNET, &tagged(0x20)), ["eth", "macsec", "ip", "udp"]);
    let encrypted = tagged(0x2c);
    assert!(matches!(
        read(link::ETHERNET, &encrypted).stop,
        Some(Stop::Unknown {
            field: "macsec.flags",
            ..
        })
    ));
    assert_eq!(names(link::ETHERNET, &encrypted), ["eth", "macsec"]);
}

#[test]
fn tunnels_over_udp_are_entered_by_their_port_and_form() {
    let over_udp = |port: u16, data: &[u8]| {
        let mut datagram = udp(data);
        datagram[2..4].copy_from_slice(&port.to_be_bytes());
        ethernet(0x0800, &ipv4(17, 0, &datagram))
    };
    let gre = [&[0, 0, 8, 0][..], &inner()].concat();
    is_found(link::ETHERNET, &over_udp(4754, &gre));
    let extended = [&[0x0c, 0, 0, 1, 0, 0, 7, 0][..], &inner()].concat();
    is_found(link::ETHERNET, &over_udp(4790, &extended));
    let services = [
        &[0x0c, 0, 0, 4, 0, 0, 7, 0, 0, 2, 2, 3, 0, 0, 1, 255][..],
        &ethernet(0x0800, &inner()),
    ]
    .concat();
    is_found(link::ETHERNET, &over_udp(4790, &services));
    let six = ipv6(17, &udp(b"data"));
    let ayiya = [&[0x10, 0, 0x11, 41, 0, 0, 0, 0, 7, 7][..], &six].concat();
    let frame = over_udp(5072, &ayiya);
    assert_eq!(destination(&read(link::ETHERNET, &frame)), "2001:db8::9");
    is_found(
        link::ETHERNET,
        &over_udp(6635, &[&[0, 1, 0, 64, 0, 2, 1, 64][..], &inner()].concat()),
    );
    let other = over_udp(4754, b"no packet");
    let packet = read(link::ETHERNET, &other);
    assert_eq!((packet.tunnel, packet.payload), (None, &b"no packet"[..]));
}

#[test]
fn what_routers_and_web_caches_send_to_each_other_holds_packets() {
    let register = [&[0x21, 0, 0, 0, 0, 0, 0, 0][..], &inner()].concat();
    let frame = ethernet(0x0800, &ipv4(103, 0, &register));
    is_found(link::ETHERNET, &frame);
    assert_eq!(names(link::ETHERNET, &frame), ["eth", "ip", "pim", "ip", "udp"]);
    let hello = ethernet(0x0800, &ipv4(103, 0, &[0x20, 0, 0, 0]));
    assert_eq!(names(link::ETHERNET, &hello), ["eth", "ip", "pim"]);
    for redirect in [&[][..], &[5, 1, 0, 1]] {
        let gre = [&[0, 0, 0x88, 0x3e][..], redirect, &inner()].concat();
        is_found(link::ETHERNET, &ethernet(0x0800, &ipv4(47, 0, &gre)));
    }
    let segments = ipv6(143, &ethernet(0x0800, &inner()));
    is_found(link::ETHERNET, &ethernet(0x86dd, &segments));
}

#[test]
fn access_points_of_aruba_send_frames_of_802_11_in_gre() {
    let addresses = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 3];
    let llc = [0xaa, 0xaa, 3, 0, 0, 0, 8, 0];
    let frame = [
        &[0, 0, 0x82, 0, 0x08, 0x02, 0, 0][..],
        &addresses,
        &[0, 0],
        &llc,
        &inner(),
    ]
    .concat();
    let frame = ethernet(0x0800, &ipv4(47, 0, &frame));
    is_found(link::ETHERNET, &frame);
    assert_eq!(
        names(link::ETHERNET, &frame),
        ["eth", "ip", "gre", "wlan", "llc", "ip", "udp"]
    );
}

#[test]
fn other_link_types_lead_to_the_packet() {
    let llc = [0xaa, 0xaa, 3, 0, 0, 0, 8, 0];
    is_found(link::FDDI, &[&[0x50][..], &ETHERNET, &llc, &inner()].concat());
    is_found(link::ATM_RFC1483, &[&llc[..], &inner()].concat());
    is_found(link::ARCNET_BSD, &[&[1, 2, 212, 0, 0, 7][..], &inner()].concat());
    is_found(link::ARCNET_LINUX, &[&[1, 2, 0, 8, 240][..], &inner()].concat());
    is_found(link::IPNET, &[&[1, 2][..], &[0; 22], &inner()].concat());
    is_found(link::IPOIB, &[&[0; 40][..], &[8, 0, 0, 0], &inner()].concat());
}

fn pktap(link_type: u8, packet: &[u8]) -> Vec<u8> {
    let mut header = [0; 108];
    (header[0], header[4], header[8]) = (108, 1, link_type);
    [&header[..], packet].concat()
}

#[test]
fn pktap_names_the_link_type_of_each_packet() {
    let raw = pktap(101, &inner());
    let frame = pktap(1, &ethernet(0x0800, &inner()));
    for link_type in [link::PKTAP, link::USER2] {
        is_found(link_type, &raw);
        is_found(link_type, &frame);
    }
    assert_eq!(names(link::PKTAP, &frame), ["pktap", "eth", "ip", "udp"]);
    assert!(matches!(
        read(link::USER2, &inner()).stop,
        Some(Stop::Unknown { field: "link_type", .. })
    ));
}

#[test]
fn signs_of_life_over_cisco_hdlc_are_no_reverse_arp() {
    let frame = [0x8f, 0, 0x80, 0x35, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0xff, 0xff];
    assert_eq!(names(link::C_HDLC, &frame), ["chdlc", "slarp"]);
}

#[test]
fn arp_of_other_networks_has_its_name_and_no_addresses() {
    let request = [0, 7, 8, 0, 1, 4, 0, 1, 9, 10, 0, 0, 1, 0, 10, 0, 0, 2];
    let frame = [&[1, 0, 0, 8, 241][..], &request].concat();
    assert_eq!(names(link::ARCNET_LINUX, &frame), ["arcnet", "arp"]);
    assert_eq!(read(link::ARCNET_LINUX, &frame).network, None);
}
