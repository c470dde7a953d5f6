//! What is written is read back the same.

use std::process::{Command, Stdio};

use proptest::prelude::*;
use whotalks_record::{AddressName, EvidenceId, Issue, LinkType, Packet, Record, Section};

use super::*;
use crate::{FrameSink, Framer};

#[derive(Debug, Default, PartialEq)]
struct Heard {
    interfaces: Vec<InterfaceDescription>,
    packets: Vec<Sent>,
    names: Vec<(IpAddr, String)>,
    secrets: Vec<(u32, Vec<u8>)>,
    comments: Vec<String>,
}

/// A packet as it is given to the writer and comes back.
#[derive(Debug, Clone, PartialEq)]
struct Sent {
    interface: u32,
    nanoseconds: i64,
    data: Vec<u8>,
    original_length: u32,
    comments: Vec<String>,
}

impl<'a> FrameSink<'a> for Heard {
    fn packet(&mut self, packet: Packet<'a>) {
        self.packets.push(Sent {
            interface: packet.interface.0,
            nanoseconds: packet.timestamp.unwrap().nanoseconds(),
            data: packet.data.to_vec(),
            original_length: packet.original_length,
            comments: std::mem::take(&mut self.comments),
        });
    }

    fn record(&mut self, record: Record) {
        if let Record::AddressName(AddressName { address, name, .. }) = record {
            self.names.push((address, name.to_string()));
        }
    }

    fn issue(&mut self, issue: Issue) {
        panic!("{issue:?}");
    }

    fn interface(&mut self, _: InterfaceId, description: &InterfaceDescription) {
        self.interfaces.push(description.clone());
    }

    fn comment(&mut self, comment: &'a [u8]) {
        self.comments.push(String::from_utf8(comment.to_vec()).unwrap());
    }

    fn secrets(&mut self, kind: u32, secrets: &'a [u8]) -> bool {
        self.secrets.push((kind, secrets.to_vec()));
        true
    }
}

fn write(told: &Heard) -> Vec<u8> {
    let mut writer = PcapngWriter::new(Vec::new(), "whotalks 1.0").unwrap();
    for interface in &told.interfaces {
        writer.interface(interface).unwrap();
    }
    for (kind, secrets) in &told.secrets {
        writer.secrets(*kind, secrets).unwrap();
    }
    writer
        .names(told.names.iter().map(|(address, name)| (*address, name.as_str())))
        .unwrap();
    for packet in &told.packets {
        let comments: Vec<&str> = packet.comments.iter().map(String::as_str).collect();
        let outgoing = OutgoingPacket {
            interface: InterfaceId(packet.interface),
            timestamp: Some(Timestamp::from_nanoseconds(packet.nanoseconds)),
            data: &packet.data,
            original_length: packet.original_length,
            comments: &comments,
        };
        writer.packet(&outgoing).unwrap();
    }
    writer.finish().unwrap()
}

fn read(bytes: &[u8]) -> Heard {
    let mut heard = Heard::default();
    let mut framer = Framer::new(EvidenceId(1));
    let progress = framer.frame(bytes, 0, &mut heard);
    assert_eq!(progress.consumed, bytes.len());
    framer.finish(&[], bytes.len() as u64, None, &mut heard);
    heard
}

fn interface(number: u32, name: Option<&str>, unit: TimeUnit) -> InterfaceDescription {
    let section = Section {
        application: Some("whotalks 1.0".into()),
        ..Section::default()
    };
    InterfaceDescription {
        snapshot_length: 262_144,
        number: Some(number),
        name: name.map(Into::into),
        section: section.into(),
        ..InterfaceDescription::plain(LinkType(1), unit)
    }
}

/// An interface of which everything is known.
fn described_interface() -> InterfaceDescription {
    InterfaceDescription {
        description: Some("Wi-Fi".into()),
        hardware: Some("AX211".into()),
        operating_system: Some("Windows 11".into()),
        filter: Some(CaptureFilter::Text("tcp port 80".into())),
        comments: vec!["one".into(), "二".into()],
        ..interface(0, Some("eth0"), TimeUnit::Nanoseconds)
    }
}

fn example() -> Heard {
    let packet = |interface, nanoseconds, comments: &[&str]| Sent {
        interface,
        nanoseconds,
        data: vec![0xff; 61],
        original_length: 100,
        comments: comments.iter().map(ToString::to_string).collect(),
    };
    Heard {
        interfaces: vec![
            described_interface(),
            InterfaceDescription {
                filter: Some(CaptureFilter::Other(1, vec![6, 0, 0, 0])),
                ..interface(1, None, TimeUnit::Microseconds)
            },
        ],
        packets: vec![
            packet(0, 1_700_000_000_000_000_001, &["chrome.exe (4711)", "日本語"]),
            packet(1, 1_700_000_000_000_001_000, &[]),
        ],
        names: vec![
            ("192.0.2.1".parse().unwrap(), "one.example".to_owned()),
            ("2001:db8::1".parse().unwrap(), "two.example".to_owned()),
        ],
        secrets: vec![(0x544c_534b, b"CLIENT_RANDOM 00 00\n".to_vec())],
        comments: Vec::new(),
    }
}

#[test]
fn everything_that_is_written_is_read_back() {
    let told = example();
    assert_eq!(read(&write(&told)), told);
}

#[test]
fn an_interface_that_was_not_described_is_refused() {
    let mut writer = PcapngWriter::new(Vec::new(), "").unwrap();
    let outgoing = OutgoingPacket {
        interface: InterfaceId(0),
        timestamp: None,
        data: &[],
        original_length: 0,
        comments: &[],
    };
    assert_eq!(
        writer.packet(&outgoing).unwrap_err().kind(),
        io::ErrorKind::InvalidInput
    );
}

#[test]
fn a_comment_that_is_too_long_is_cut_between_characters() {
    let long = "語".repeat(30_000);
    let mut told = example();
    told.packets[0].comments = vec![long];
    let read = read(&write(&told));
    assert_eq!(read.packets[0].comments[0].len(), 65_535);
    assert_eq!(read.packets[1], told.packets[1]);
}

#[test]
fn capinfos_accepts_it() {
    let capinfos = Command::new("capinfos")
        .args(["-T", "-r", "-M", "-c", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut capinfos) = capinfos else {
        println!("skipped: capinfos is not installed");
        return;
    };
    capinfos.stdin.take().unwrap().write_all(&write(&example())).unwrap();
    let output = capinfos.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().trim_end().ends_with("\t2"));
}

fn any_packet() -> impl Strategy<Value = Sent> {
    let comments = prop::collection::vec("[^\0]{0,20}", 0..3);
    let data = prop::collection::vec(any::<u8>(), 0..70);
    (0u32..2, 0i64..i64::MAX / 1_000, data, 0u32..200, comments).prop_map(|(interface, time, data, more, comments)| {
        let original_length = u32::try_from(data.len()).unwrap() + more;
        // The second interface counts microseconds.
        let nanoseconds = if interface == 0 { time } else { time / 1_000 * 1_000 };
        Sent {
            interface,
            nanoseconds,
            data,
            original_length,
            comments,
        }
    })
}

proptest! {
    #[test]
    fn any_packets_are_read_back(packets in prop::collection::vec(any_packet(), 0..20)) {
        let told = Heard { packets, ..example() };
        prop_assert_eq!(read(&write(&told)), told);
    }
}
