//! What a policy forbids in a small capture.

use whotalks_policy::Policy;
use whotalks_record::{EvidenceId, InterfaceId, Packet, Position, Span, Timestamp};
use whotalks_wire::link;

use super::{Address, Subject, judge};
use crate::pass::{Batch, Batches};

/// Frames of a capture, a second after each other.
struct Frames(Vec<Vec<u8>>);

impl Batches for Frames {
    fn next(&mut self, batch: &mut Batch) -> bool {
        let frames = std::mem::take(&mut self.0);
        batch.begin(EvidenceId(1), 0);
        for (number, data) in (1..).zip(&frames) {
            batch.push(&Packet {
                span: Span {
                    position: Position::Packet(number),
                    ..Span::whole(EvidenceId(1))
                },
                timestamp: Some(Timestamp::from_seconds(number.cast_signed(), 0)),
                interface: InterfaceId(0),
                link_type: link::ETHERNET,
                data,
                original_length: data.len() as u32,
            });
        }
        !frames.is_empty()
    }
}

fn frame(ether_type: u16, content: &[u8]) -> Vec<u8> {
    let ether_type = ether_type.to_be_bytes();
    [&[2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2], &ether_type[..], content].concat()
}

fn ipv4(protocol: u8, source: u8, destination: u8, content: &[u8]) -> Vec<u8> {
    let length = (20 + content.len() as u16).to_be_bytes();
    let head = [0x45, 0, length[0], length[1], 0, 0, 0, 0, 64, protocol, 0, 0];
    frame(
        0x0800,
        &[&head, &[10, 0, 0, source, 10, 0, 0, destination][..], content].concat(),
    )
}

fn arp(sender: u8, target: u8) -> Vec<u8> {
    let head = [0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 0, 0, sender];
    frame(0x0806, &[&head[..], &[0; 6], &[10, 0, 0, target]].concat())
}

/// A question of DNS for `www.example`.
fn question() -> Vec<u8> {
    let message = b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x03www\x07example\0\0\x01\0\x01";
    let length = (8 + message.len() as u16).to_be_bytes();
    ipv4(
        17,
        1,
        9,
        &[&[0xc0, 0, 0, 53, length[0], length[1], 0, 0], &message[..]].concat(),
    )
}

/// Who is found, and how many packets of them.
fn found(rule: &str, frames: Vec<Vec<u8>>) -> Vec<(String, u64)> {
    let policy = Policy::parse(&format!("[[rule]]\ntitle = \"a\"\n{rule}\n")).unwrap();
    let judgement = judge(&policy, &mut Frames(frames), 2);
    let shown = judgement.matches.iter().map(|found| match &found.subject {
        Subject::Stream(stream, name) => (name.clone().unwrap_or_default(), stream.exchange.total().packets),
        Subject::Protocol(sighting) => {
            let ends = [sighting.a, sighting.b].map(|address| match address {
                Some(Address::Internet(address)) => address.to_string(),
                Some(Address::Hardware(address)) => address.to_string(),
                None => String::new(),
            });
            (ends.join(" "), sighting.exchange.total().packets)
        }
    });
    shown.collect()
}

#[test]
fn protocols_without_ports_are_found_with_who_uses_them() {
    let echo = [8, 0, 0, 0, 0, 1, 0, 1];
    let frames = || {
        vec![
            arp(1, 2),
            ipv4(1, 1, 2, &echo),
            ipv4(1, 2, 1, &echo),
            ipv4(47, 3, 4, &[0; 4]),
            arp(2, 1),
        ]
    };
    let one = |ends: &str, packets| vec![(ends.to_owned(), packets)];
    assert_eq!(found("protocols = [\"arp\"]", frames()), one("10.0.0.1 10.0.0.2", 2));
    assert_eq!(found("protocols = [\"icmp\"]", frames()), one("10.0.0.1 10.0.0.2", 2));
    assert_eq!(found("protocols = [\"gre\"]", frames()), one("10.0.0.3 10.0.0.4", 1));
    assert_eq!(found("protocols = [\"gre\"]\nexcept = [\"10.0.0.4\"]", frames()), []);
    assert_eq!(
        found("protocols = [\"eth:arp\"]", frames()),
        one("02:00:00:00:00:02 02:00:00:00:00:01", 2)
    );
    assert_eq!(found("protocols = [\"ip:ipv6\"]", frames()), []);
}

#[test]
fn a_name_that_packets_state_is_the_reason() {
    let named = |rule: &str| found(rule, vec![question()]);
    assert_eq!(named("names = [\"*.example\"]"), [("www.example".to_owned(), 1)]);
    assert_eq!(named("names = [\"example\"]"), []);
    assert_eq!(named("names = [\"*.example\"]\nports = [443]"), []);
}
