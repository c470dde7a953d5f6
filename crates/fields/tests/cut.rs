//! Headers of which the end was not captured: what is there is told. What is expected is what tshark 4.0.17 writes. And what
//! macOS says about processes.

#![expect(clippy::expect_used, reason = "tests may stop, and say why")]

use whotalks_fields::{Extractor, Frame, find, info, text};
use whotalks_record::LinkType;

/// Raw IP, and macOS PKTAP.
const RAW: LinkType = LinkType(101);
const PKTAP: LinkType = LinkType(258);

/// The values of fields in a frame, of which more was on the wire.
fn values(names: &[&str], link_type: LinkType, data: &[u8]) -> String {
    let ids: Vec<_> = names.iter().map(|name| find(name).expect("a field")).collect();
    let mut extractor = Extractor::new(ids.iter().copied().collect());
    let fields = extractor.frame(&Frame {
        number: 1,
        time: None,
        link_type,
        data,
        original_length: 200,
        interface: None,
        comments: &[],
    });
    let of = |id| {
        let field = info(id).expect("a field");
        let values: Vec<_> = fields.of(id).map(|value| text(field, value)).collect();
        values.join(",")
    };
    ids.iter().map(|id| of(*id)).collect::<Vec<_>>().join(" ")
}

fn ipv4(protocol: u8, more_fragments: bool, data: &[u8]) -> Vec<u8> {
    let flags = if more_fragments { 0x20 } else { 0 };
    let header = [
        0x45, 0, 0, 100, 0, 7, flags, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
    ];
    [&header[..], data].concat()
}

#[test]
fn the_beginning_of_a_transport_tells_ports_and_types() {
    let tcp = values(
        &["tcp.srcport", "tcp.dstport", "tcp.flags"],
        RAW,
        &ipv4(6, false, &[1, 187, 0, 80, 0, 0]),
    );
    assert_eq!(tcp, "443 80 ");
    let udp = values(
        &["udp.srcport", "udp.dstport"],
        RAW,
        &ipv4(17, false, &[0, 53, 0, 80, 0, 9]),
    );
    assert_eq!(udp, "53 80");
    let icmp = values(&["icmp.type", "icmp.code"], RAW, &ipv4(1, false, &[8, 0, 1, 2, 0, 0]));
    assert_eq!(icmp, "8 0");
}

#[test]
fn a_first_fragment_that_was_cut_is_read_as_it_is_and_a_whole_one_waits() {
    let names = ["udp.srcport", "udp.dstport"];
    let cut = ipv4(17, true, &[0, 53, 0, 80, 0, 92, 0, 0, 7]);
    assert_eq!(values(&names, RAW, &cut), "53 80");
    let whole = ipv4(17, true, &[&[0, 53, 0, 80, 0, 92, 0, 0][..], &[7; 72]].concat());
    assert_eq!(values(&names, RAW, &whole), " ");
}

#[test]
fn a_request_that_was_cut_tells_its_whole_lines() {
    let names = ["http.request.method", "http.request.uri", "http.host"];
    let segment = |data: &[u8]| {
        let header = [
            0xc0, 0, 0, 80, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0,
        ];
        ipv4(6, false, &[&header[..], data].concat())
    };
    let in_second_line = segment(b"GET /a HTTP/1.1\r\nHost: www.exam");
    assert_eq!(values(&names, RAW, &in_second_line), "GET /a ");
    let in_first_line = segment(b"GET /images/a");
    assert_eq!(values(&names, RAW, &in_first_line), "GET  ");
}

#[test]
fn the_beginning_of_an_address_header_tells_what_is_there() {
    let names = ["ip.src", "ip.dst", "ip.proto"];
    assert_eq!(values(&names, RAW, &ipv4(6, false, &[])[..18]), "10.0.0.1  6");
    let mut options = ipv4(6, false, &[1]);
    options[0] = 0x47;
    assert_eq!(values(&names, RAW, &options), "10.0.0.1 10.0.0.2 6");
    options[2..4].copy_from_slice(&[0, 24]);
    assert_eq!(values(&names, RAW, &options), "  ");
}

#[test]
fn pktap_names_the_process() {
    let mut frame = vec![0; 108];
    for (at, bytes) in [
        (0, &[108, 0, 0, 0, 1, 0, 0, 0, 101][..]),
        (12, b"en0"),
        (52, &[0, 2]),
        (56, b"curl"),
        (84, &[1, 2]),
        (88, b"helper"),
    ] {
        frame[at..at + bytes.len()].copy_from_slice(bytes);
    }
    frame.extend(ipv4(17, false, &[0, 53, 0, 80, 0, 9, 0, 0, 7]));
    let names = [
        "pktap.ifname",
        "pktap.pid",
        "pktap.cmdname",
        "pktap.epid",
        "pktap.ecmdname",
        "ip.dst",
    ];
    assert_eq!(values(&names, PKTAP, &frame), "en0 512 curl 513 helper 10.0.0.2");
}
