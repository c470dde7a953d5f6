//! Segments, built by hand, and what is said of them.

use whotalks_record::{ApplicationProtocol, LinkType, Timestamp};
use whotalks_session::streams::pdus::Payload;
use whotalks_session::streams::{Analysis, Findings, Frame, Moment, Settings, Streams, TransportKind, Transports, Way};
use whotalks_wire::dissect;

pub(crate) const FIN: u8 = 0x01;
pub(crate) const SYN: u8 = 0x02;
pub(crate) const RST: u8 = 0x04;
pub(crate) const PSH: u8 = 0x08;
pub(crate) const ACK: u8 = 0x10;

/// The first numbers of both sides.
pub(crate) const CLIENT_START: u32 = 1_000;
pub(crate) const SERVER_START: u32 = u32::MAX - 5;

/// A segment between 10.0.0.1:50000 and 10.0.0.2:80; numbers are relative to those of the SYNs.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub(crate) by_client: bool,
    pub(crate) flags: u8,
    pub(crate) sequence: u32,
    pub(crate) acknowledgment: u32,
    pub(crate) window: u16,
    pub(crate) options: Vec<u8>,
    pub(crate) data: Vec<u8>,
}

pub(crate) fn client(flags: u8, sequence: u32, acknowledgment: u32, data: &[u8]) -> Segment {
    Segment {
        by_client: true,
        flags,
        sequence,
        acknowledgment,
        window: 1_000,
        options: Vec::new(),
        data: data.to_vec(),
    }
}

pub(crate) fn server(flags: u8, sequence: u32, acknowledgment: u32, data: &[u8]) -> Segment {
    Segment {
        by_client: false,
        ..client(flags, sequence, acknowledgment, data)
    }
}

impl Segment {
    pub(crate) fn window(mut self, window: u16) -> Self {
        self.window = window;
        self
    }

    pub(crate) fn options(mut self, options: &[u8]) -> Self {
        self.options = options.to_vec();
        self
    }

    fn packet(&self) -> Vec<u8> {
        let (own, other) = if self.by_client {
            (CLIENT_START, SERVER_START)
        } else {
            (SERVER_START, CLIENT_START)
        };
        let acknowledgment = if self.flags & ACK == 0 {
            0
        } else {
            other.wrapping_add(self.acknowledgment)
        };
        let header_words = 5 + self.options.len() / 4;
        let ports = if self.by_client {
            [0xc3, 0x50, 0, 80]
        } else {
            [0, 80, 0xc3, 0x50]
        };
        let tcp = [
            &ports[..],
            &own.wrapping_add(self.sequence).to_be_bytes(),
            &acknowledgment.to_be_bytes(),
            &[(header_words << 4) as u8, self.flags],
            &self.window.to_be_bytes(),
            &[0, 0, 0, 0],
            &self.options,
            &self.data,
        ]
        .concat();
        ip(self.by_client, 6, &tcp)
    }
}

/// An IPv4 packet between 10.0.0.1 and 10.0.0.2.
pub(crate) fn ip(forth: bool, protocol: u8, data: &[u8]) -> Vec<u8> {
    let (source, destination) = if forth { (1, 2) } else { (2, 1) };
    let length = u16::try_from(20 + data.len()).unwrap().to_be_bytes();
    let head = [0x45, 0, length[0], length[1], 0, 0, 0, 0, 64, protocol, 0, 0];
    [&head[..], &[10, 0, 0, source], &[10, 0, 0, destination], data].concat()
}

/// A message as it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) protocol: ApplicationProtocol,
    pub(crate) way: Way,
    pub(crate) head: Vec<u8>,
    pub(crate) length: u64,
    pub(crate) handshake: Vec<u8>,
    pub(crate) frame: u32,
    pub(crate) first_frame: u32,
    pub(crate) is_hidden: bool,
}

/// What was said of one segment.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) stream: u32,
    pub(crate) analysis: Analysis,
    pub(crate) payload: Payload,
    pub(crate) shown: Vec<ApplicationProtocol>,
    pub(crate) told: Vec<Told>,
}

/// Analyses segments that come at these milliseconds.
pub(crate) fn analyse(segments: &[(i64, Segment)]) -> Vec<Said> {
    let packets: Vec<_> = segments.iter().map(|(at, segment)| (*at, segment.packet())).collect();
    analyse_packets(&packets)
}

pub(crate) fn analyse_packets(packets: &[(i64, Vec<u8>)]) -> Vec<Said> {
    let settings = Settings {
        flight: true,
        ..Settings::default()
    };
    let mut streams = Streams::<()>::new(settings);
    let mut said = Vec::new();
    for (frame, (at, packet)) in (1..).zip(packets) {
        let moment = Moment {
            frame,
            time: Timestamp::from_nanoseconds(at * 1_000_000),
        };
        let mut transports = Transports::default();
        dissect::walk(LinkType(101), packet, packet.len() as u32, &mut transports);
        streams.layers(moment, &transports, |layer, seen| {
            if let (Frame::Tcp(mut seen), TransportKind::Tcp(segment)) = (seen, &layer.kind) {
                let mut told = Vec::new();
                let read = seen.reader.read(segment, |pdu| {
                    told.push(Told {
                        protocol: pdu.protocol,
                        way: pdu.way,
                        head: pdu.head.to_vec(),
                        length: pdu.length,
                        handshake: pdu.handshake.to_vec(),
                        frame,
                        first_frame: pdu.first_frame,
                        is_hidden: pdu.is_hidden,
                    });
                });
                said.push(Said {
                    stream: seen.number.0,
                    analysis: seen.analysis.unwrap(),
                    payload: read.payload,
                    shown: read.applications.iter().collect(),
                    told,
                });
            }
        });
    }
    said
}

/// The findings about each segment.
pub(crate) fn findings(segments: &[(i64, Segment)]) -> Vec<Findings> {
    analyse(segments).iter().map(|said| said.analysis.findings).collect()
}

/// SYN, SYN/ACK and ACK, 20 milliseconds apart, with window scaling by 4 (client) and 2 (server).
pub(crate) fn handshake() -> Vec<(i64, Segment)> {
    vec![
        (0, client(SYN, 0, 0, b"").options(&[3, 3, 2, 1])),
        (20, server(SYN | ACK, 0, 1, b"").options(&[3, 3, 1, 1])),
        (40, client(ACK, 1, 1, b"")),
    ]
}

/// The handshake, and these segments after it.
pub(crate) fn after_handshake(segments: Vec<(i64, Segment)>) -> Vec<(i64, Segment)> {
    let mut all = handshake();
    all.extend(segments);
    all
}
