//! A support bundle as the collector sends it: one ZIP, with the logs of the firewall and a capture.

use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{json, run, text};

const IPCONFIG: &[u8] = include_bytes!("../../../text/testdata/mixed/support_ipconfig_info_utf16le.in");
const NETSTAT: &[u8] = include_bytes!("../../../text/testdata/mixed/support_netstat_info_utf16le.in");

const FIREWALL: &str = "#Version: 1.5\r\n#Software: Microsoft Windows Firewall\r\n#Time Format: Local\r\n\
    #Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype \
    icmpcode info path pid\r\n\r\n\
    2026-11-21 19:04:00 DROP TCP 10.20.0.25 198.51.100.9 50500 8080 0 - 0 0 0 - - - SEND 5120\r\n\
    2026-11-21 19:04:30 INFO-EVENTS-LOST - - - - - - - - - - - - 7 -\r\n";

const NETWORK_EVENTS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<netEvents numItems=\"1\">\r\n\
    <item><header><timeStamp>2026-11-21T10:04:10.000Z</timeStamp><ipVersion>FWP_IP_VERSION_V4</ipVersion>\
    <ipProtocol>6</ipProtocol><localAddrV4>10.20.0.25</localAddrV4><remoteAddrV4>198.51.100.10</remoteAddrV4>\
    <localPort>50600</localPort><remotePort>445</remotePort></header>\
    <type>FWPM_NET_EVENT_TYPE_CLASSIFY_DROP</type>\
    <classifyDrop><filterId>68893</filterId><layerId>48</layerId></classifyDrop></item>\r\n</netEvents>\r\n";

const FILTERS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<wfpdiag>\r\n<filters numItems=\"1\">\r\n\
    <item><filterKey>{11111111-2222-3333-4444-555555555555}</filterKey>\
    <displayData><name>Block SMB to the outside</name></displayData>\
    <layerKey>FWPM_LAYER_ALE_AUTH_CONNECT_V4</layerKey><action><type>FWP_ACTION_BLOCK</type></action>\
    <filterId>68893</filterId></item>\r\n</filters>\r\n</wfpdiag>\r\n";

const HOST: [u8; 4] = [10, 20, 0, 25];
const RESOLVER: [u8; 4] = [10, 20, 0, 2];
const PINGED: [u8; 4] = [203, 0, 113, 99];

fn checksum(bytes: &[u8]) -> [u8; 2] {
    let word = |pair: &[u8]| match pair {
        [high, low] => u32::from(u16::from_be_bytes([*high, *low])),
        _ => 0,
    };
    let sum: u32 = bytes.chunks(2).map(word).sum();
    let folded = (sum & 0xffff) + (sum >> 16);
    (!(((folded & 0xffff) + (folded >> 16)) as u16)).to_be_bytes()
}

/// An Ethernet frame with an IPv4 packet.
fn frame(protocol: u8, source: [u8; 4], destination: [u8; 4], payload: &[u8]) -> Vec<u8> {
    let length = (20 + payload.len() as u16).to_be_bytes();
    let before = [&[0x45, 0][..], &length, &[0, 1, 0, 0, 64, protocol]].concat();
    let after = [source, destination].concat();
    let sum = checksum(&[&before[..], &after].concat());
    let ethernet = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
    [&ethernet[..], &before, &sum, &after, payload].concat()
}

fn datagram(from: u16, to: u16, payload: &[u8]) -> Vec<u8> {
    let length = 8 + payload.len() as u16;
    let words = [from, to, length, 0].map(u16::to_be_bytes).concat();
    [&words[..], payload].concat()
}

/// A message of ICMP; its body has an even length.
fn echo(kind: u8) -> Vec<u8> {
    let before = [kind, 0];
    let after: Vec<u8> = [&[0, 1, 0, 1][..], &[0x61; 32]].concat();
    let sum = checksum(&[&before[..], &after].concat());
    [&before[..], &sum, &after].concat()
}

/// A question for the name that the collector pings, and its answer.
fn dns(answered: bool) -> Vec<u8> {
    let question = [b"\x03www\x06google\x02de\x00".as_slice(), &[0, 1, 0, 1]].concat();
    if !answered {
        return [&[0, 9, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0][..], &question].concat();
    }
    let answer = [&[0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4][..], &PINGED].concat();
    [&[0, 9, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0][..], &question, &answer].concat()
}

/// The capture of the bundle: only what the collector did itself when it stopped.
fn capture() -> Vec<u8> {
    const UDP: u8 = 17;
    const ICMP: u8 = 1;
    let frames = [
        frame(UDP, HOST, RESOLVER, &datagram(51_000, 53, &dns(false))),
        frame(UDP, RESOLVER, HOST, &datagram(53, 51_000, &dns(true))),
        frame(ICMP, HOST, PINGED, &echo(8)),
        frame(ICMP, PINGED, HOST, &echo(0)),
    ];
    let mut bytes = 0xa1b2_c3d4_u32.to_le_bytes().to_vec();
    bytes.extend([2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0]);
    for (second, frame) in (1_795_255_500_u32..).zip(frames) {
        let length = frame.len() as u32;
        bytes.extend([second, 0, length, length].map(u32::to_le_bytes).concat());
        bytes.extend(frame);
    }
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    let step =
        |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)));
    !bytes.iter().fold(u32::MAX, step)
}

/// A ZIP whose members are stored.
fn zip(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let size = (content.len() as u32).to_le_bytes();
        let about = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0x75, 0x5b][..],
            &crc32(content).to_le_bytes(),
            &size,
            &size,
            &(name.len() as u16).to_le_bytes(),
            &[0, 0],
        ]
        .concat();
        let place = (bytes.len() as u32).to_le_bytes();
        directory.push([&b"PK\x01\x02\x14\x00"[..], &about, &[0; 10], &place, name.as_bytes()].concat());
        bytes.extend([&b"PK\x03\x04"[..], &about, name.as_bytes(), content].concat());
    }
    let (count, directory) = (directory.len() as u16, directory.concat());
    let (at, size) = (
        (bytes.len() as u32).to_le_bytes(),
        (directory.len() as u32).to_le_bytes(),
    );
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend([&size[..], &at, &[0, 0]].concat());
    bytes
}

/// The file that arrives.
fn bundle() -> (TempDir, PathBuf) {
    let name = |what: &str| format!("TSS_KAZE-PC07_261121-100000_NET/KAZE-PC07_261121-100000_{what}");
    let members = [
        (name("NetStat_Info_Start_.txt"), NETSTAT.to_vec()),
        (name("IPconfig_Info_Stop_.txt"), IPCONFIG.to_vec()),
        (name("Net_Firewall_pfirewall.log"), FIREWALL.into()),
        (name("wfpNetevents_Stop_.xml"), NETWORK_EVENTS.into()),
        (name("wfpFilters_Stop_.xml"), FILTERS.into()),
        (name("packetcapture.pcap"), capture()),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("TSS_KAZE-PC07_261121-100000_NET.zip");
    std::fs::write(&path, zip(&members)).unwrap();
    (folder, path)
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap()
}

#[test]
fn a_zipped_bundle_is_one_case_and_one_host_with_its_phases_and_what_it_lacks() {
    let (_folder, path) = bundle();
    let overview = json(&run(&["investigate", "--json", text(&path)]));
    let hosts = list(&overview, "hosts");
    assert_eq!(hosts.len(), 1, "{hosts:?}");
    assert_eq!(hosts[0]["name"], "KAZE-PC07");
    let bundles = list(&overview, "bundles");
    assert_eq!(bundles.len(), 1);
    assert_eq!(
        (&bundles[0]["at_start"], &bundles[0]["at_stop"]),
        (&1.into(), &3.into())
    );
    let missing: Vec<&str> = list(&bundles[0], "missing")
        .iter()
        .filter_map(|part| part["part"].as_str())
        .collect();
    for part in ["security_log", "process_list", "audit_policy", "defender", "proxy"] {
        assert!(missing.contains(&part), "{part} in {missing:?}");
    }
    for part in ["packets", "filter_dump", "addresses", "socket_list"] {
        assert!(!missing.contains(&part), "{part} in {missing:?}");
    }
}

#[test]
fn the_pings_of_the_collector_are_no_traffic() {
    let (_folder, path) = bundle();
    let overview = json(&run(&["investigate", "--json", text(&path)]));
    assert_eq!(list(&overview, "bundles")[0]["own_conversations"], 1);
    let rows = list(&overview, "endpoints");
    let pinged = rows.iter().find(|row| row["remote"]["address"] == "203.0.113.99");
    assert_eq!(pinged, None);
}

#[test]
fn the_logs_of_the_firewall_say_what_was_blocked_and_by_which_filter() {
    let (_folder, path) = bundle();
    let overview = json(&run(&["investigate", "--json", text(&path)]));
    let blocked = list(&overview, "blocked");
    let to = |address: &str| blocked.iter().find(|row| row["remote"]["address"] == address).unwrap();
    let by_log = to("198.51.100.9");
    assert_eq!(
        (&by_log["event"], &by_log["event_id"]),
        (&"pfirewall.log".into(), &Value::Null)
    );
    assert_eq!(by_log["filter"], Value::Null);
    assert_eq!(by_log["unknown"]["kind"], "source_not_collected");
    let by_platform = to("198.51.100.10");
    assert_eq!(by_platform["event"], "netevents.xml");
    assert_eq!(by_platform["filter"]["name"], "Block SMB to the outside");
    let coverage = list(&overview, "coverage");
    let log = coverage
        .iter()
        .find(|line| line["source"] == "firewall_text_log")
        .unwrap();
    assert_eq!((&log["lost"], &log["first"]), (&7.into(), &Value::Null));

    let query = "DeviceEvents | where ActionType == 'FirewallOutboundConnectionBlocked' \
                 | sort by RemotePort asc | project RemoteIP, RemotePort, FilterName";
    let rows = json(&run(&["hunt", query, text(&path), "--json"]))["rows"].to_string();
    for words in ["198.51.100.9", "198.51.100.10", "Block SMB to the outside"] {
        assert!(rows.contains(words), "{words} in {rows}");
    }
}
