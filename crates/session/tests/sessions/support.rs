//! Packets, built by hand, and what becomes of them.

use whotalks_record::{
    DnsTransaction, EvidenceId, Flow, InterfaceId, Issue, LinkType, NameObservation, NameSource, Packet, Position,
    Record, Sink, Span, Timestamp,
};
use whotalks_session::{Limits, Sessions};

/// Bytes on the wire, as the IPv4 header states them.
fn stated_length(packet: &[u8]) -> u32 {
    match packet {
        [0x45, _, high, low, ..] => u16::from_be_bytes([*high, *low]).into(),
        _ => 0,
    }
}

/// Raw IP.
const LINK_TYPE: LinkType = LinkType(101);

pub(crate) const FIN: u8 = 0x01;
pub(crate) const SYN: u8 = 0x02;
pub(crate) const RST: u8 = 0x04;
pub(crate) const ACK: u8 = 0x10;

/// An IPv4 address and a port.
pub(crate) type End = ([u8; 4], u16);

pub(crate) const CLIENT: End = ([10, 0, 0, 1], 50_000);
pub(crate) const SERVER: End = ([192, 0, 2, 9], 443);

/// What was delivered.
#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) flows: Vec<Flow>,
    pub(crate) names: Vec<NameObservation>,
    pub(crate) dns: Vec<DnsTransaction>,
    pub(crate) issues: Vec<Issue>,
}

impl Heard {
    /// Source and text of every name, in order.
    pub(crate) fn named(&self) -> Vec<(NameSource, &str)> {
        self.names.iter().map(|name| (name.source, &*name.name)).collect()
    }
}

impl Sink for Heard {
    fn record(&mut self, record: Record) {
        match record {
            Record::Flow(flow) => self.flows.push(flow),
            Record::Name(name) => self.names.push(name),
            Record::Dns(transaction) => self.dns.push(transaction),
            other => panic!("unexpected {other:?}"),
        }
    }

    fn packet(&mut self, _: &Packet<'_>) {
        panic!("packets end here");
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

/// Packets with their times in milliseconds.
#[derive(Clone, Default)]
pub(crate) struct Capture(pub(crate) Vec<(i64, Vec<u8>)>);

impl Capture {
    /// Adds a packet.
    pub(crate) fn add(&mut self, milliseconds: i64, packet: Vec<u8>) -> &mut Self {
        self.0.push((milliseconds, packet));
        self
    }

    /// Adds a packet whose last bytes the capture did not keep; its IP header tells its length.
    pub(crate) fn add_cut(&mut self, milliseconds: i64, mut packet: Vec<u8>, cut: usize) -> &mut Self {
        packet.truncate(packet.len() - cut);
        self.add(milliseconds, packet)
    }

    /// Adds a handshake at the beginning: sequence numbers begin at 100 (client) and 500 (server).
    pub(crate) fn handshake(client: End, server: End) -> Self {
        let mut capture = Self::default();
        capture.add(0, tcp(client, server, SYN, 99, 0, b""));
        capture.add(20, tcp(server, client, SYN | ACK, 499, 100, b""));
        capture.add(21, tcp(client, server, ACK, 100, 500, b""));
        capture
    }

    /// A connection with a handshake and these messages, each in one segment; true is from the client.
    pub(crate) fn exchange(messages: &[(bool, &[u8])]) -> Self {
        let mut capture = Self::handshake(CLIENT, SERVER);
        let (mut client_next, mut server_next) = (100, 500);
        for (at, (by_client, message)) in (30..).zip(messages) {
            if *by_client {
                capture.add(at, tcp(CLIENT, SERVER, ACK, client_next, server_next, message));
                client_next += u32::try_from(message.len()).unwrap();
            } else {
                capture.add(at, tcp(SERVER, CLIENT, ACK, server_next, client_next, message));
                server_next += u32::try_from(message.len()).unwrap();
            }
        }
        capture
    }

    /// What becomes of it.
    pub(crate) fn read(&self) -> Heard {
        self.read_within(Limits::default())
    }

    pub(crate) fn read_within(&self, limits: Limits) -> Heard {
        let mut sessions = Sessions::new(Heard::default(), limits);
        for (number, (milliseconds, data)) in (1..).zip(&self.0) {
            let length = data.len().try_into().unwrap();
            sessions.packet(&Packet {
                span: Span {
                    evidence: EvidenceId(1),
                    position: Position::Packet(number),
                    offset: 0,
                    length,
                },
                timestamp: Some(Timestamp::from_nanoseconds(milliseconds * 1_000_000)),
                interface: InterfaceId(0),
                link_type: LINK_TYPE,
                data,
                original_length: length.max(stated_length(data)),
            });
        }
        sessions.finish(EvidenceId(1))
    }
}

pub(crate) fn ipv4(source: End, destination: End, protocol: u8, fragment: u16, data: &[u8]) -> Vec<u8> {
    let total = u16::try_from(20 + data.len()).unwrap().to_be_bytes();
    let fragment = fragment.to_be_bytes();
    let head = [
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
    [&head[..], &source.0, &destination.0, data].concat()
}

pub(crate) fn tcp(from: End, to: End, flags: u8, sequence: u32, acknowledgment: u32, data: &[u8]) -> Vec<u8> {
    let segment = [
        &from.1.to_be_bytes()[..],
        &to.1.to_be_bytes(),
        &sequence.to_be_bytes(),
        &acknowledgment.to_be_bytes(),
        &[0x50, flags, 0xff, 0xff, 0, 0, 0, 0],
        data,
    ];
    ipv4(from, to, 6, 0, &segment.concat())
}

pub(crate) fn udp_datagram(from: End, to: End, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(8 + data.len()).unwrap().to_be_bytes();
    [&from.1.to_be_bytes()[..], &to.1.to_be_bytes(), &length, &[0, 0], data].concat()
}

pub(crate) fn udp(from: End, to: End, data: &[u8]) -> Vec<u8> {
    ipv4(from, to, 17, 0, &udp_datagram(from, to, data))
}

/// A TLS record with a ClientHello for `name`, longer than `at_least` bytes.
pub(crate) fn client_hello(name: &str, at_least: usize) -> Vec<u8> {
    let extension = |kind: u16, data: &[u8]| {
        [
            &kind.to_be_bytes()[..],
            &u16::try_from(data.len()).unwrap().to_be_bytes(),
            data,
        ]
        .concat()
    };
    let length = u16::try_from(name.len()).unwrap();
    let sni = [
        &(length + 3).to_be_bytes()[..],
        &[0],
        &length.to_be_bytes(),
        name.as_bytes(),
    ]
    .concat();
    let extensions = [extension(21, &vec![0; at_least]), extension(0, &sni)].concat();
    let mut body = vec![3, 3];
    body.extend([9; 32]);
    body.extend([0, 0, 2, 0x13, 0x01, 1, 0]);
    body.extend(u16::try_from(extensions.len()).unwrap().to_be_bytes());
    body.extend(extensions);
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    let message = [&[1, length[1], length[2], length[3]], &body[..]].concat();
    [
        &[22, 3, 1][..],
        &u16::try_from(message.len()).unwrap().to_be_bytes(),
        &message,
    ]
    .concat()
}

/// A DNS question for the address of `name`.
pub(crate) fn dns_question(id: u16, name: &str) -> Vec<u8> {
    dns_message(id, 0x0100, name, 0, &[])
}

/// An answer that gives `name` an address.
pub(crate) fn dns_answer(id: u16, name: &str, address: [u8; 4]) -> Vec<u8> {
    let record = [&b"\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04"[..], &address].concat();
    dns_message(id, 0x8180, name, 1, &record)
}

pub(crate) fn dns_message(id: u16, flags: u16, name: &str, answers: u16, records: &[u8]) -> Vec<u8> {
    let mut message = [
        id.to_be_bytes(),
        flags.to_be_bytes(),
        [0, 1],
        answers.to_be_bytes(),
        [0, 0],
        [0, 0],
    ]
    .concat();
    for label in name.split('.') {
        message.push(u8::try_from(label.len()).unwrap());
        message.extend(label.as_bytes());
    }
    [&message[..], &[0, 0, 1, 0, 1], records].concat()
}
