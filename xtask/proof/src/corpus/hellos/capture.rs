//! The ClientHellos of a capture as whotalks reads them.

use std::net::SocketAddr;
use std::path::Path;

use whotalks_evidence::{EvidenceSink, Limits, ManifestEntry, NoProgress, Piece, open};
use whotalks_record::{EvidenceId, Issue, Packet, Position, Record, Sink, Timestamp};
use whotalks_session::streams::{Ends, Frame, Moment, Settings, Streams, TransportKind, TransportLayer, Transports};
use whotalks_session::{QuicHello, QuicHelloReader};
use whotalks_wire::app::tls::{Carrier, ClientHello, HandshakeType, ja3_hash, messages};
use whotalks_wire::dissect;

/// What is compared of a ClientHello.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hello {
    /// The frame that completes it.
    pub(super) frame: u64,
    pub(super) client: SocketAddr,
    pub(super) server: SocketAddr,
    /// The name of the server asked for; empty where there is none.
    pub(super) name: Vec<u8>,
    pub(super) ja3: String,
    pub(super) ja4: String,
}

/// Reads all hellos of a capture, over TCP and in QUIC.
pub(super) fn hellos(path: &Path) -> Vec<Hello> {
    let mut listener = Listener {
        streams: Streams::new(Settings::default()),
        hellos: Vec::new(),
    };
    open(&[path.to_owned()], Limits::default()).read_all(EvidenceId(1), &mut listener, &mut NoProgress);
    listener.hellos
}

/// What is kept of a stream.
#[derive(Default)]
struct Kept {
    quic: QuicHelloReader,
    is_done: bool,
}

struct Listener {
    streams: Streams<Kept>,
    hellos: Vec<Hello>,
}

impl Sink for Listener {
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        let Position::Packet(number) = packet.span.position else {
            return;
        };
        let moment = Moment {
            frame: u32::try_from(number).unwrap_or(u32::MAX),
            time: packet.timestamp.unwrap_or(Timestamp::from_nanoseconds(0)),
        };
        let mut transports = Transports::default();
        dissect::walk(packet.link_type, packet.data, packet.original_length, &mut transports);
        let hellos = &mut self.hellos;
        self.streams
            .layers(moment, &transports, |layer, frame| listen(number, layer, frame, hellos));
    }

    fn issue(&mut self, _: Issue) {}
}

impl EvidenceSink for Listener {
    fn begins(&mut self, _: &Piece) {}

    fn ends(&mut self, _: &ManifestEntry) {}
}

fn listen(number: u64, layer: &TransportLayer<'_>, frame: Frame<'_, Kept>, hellos: &mut Vec<Hello>) {
    match (frame, &layer.kind) {
        (Frame::Tcp(mut frame), TransportKind::Tcp(segment)) if frame.analysis.is_some() => {
            frame.reader.read(segment, |pdu| {
                let shown = if pdu.is_hidden { &[] } else { pdu.handshake };
                let bodies = messages(shown).filter(|message| message.kind == HandshakeType::CLIENT_HELLO);
                hellos.extend(bodies.filter_map(|message| hello(message.body, Carrier::Tcp, number, &layer.ends)));
            });
        }
        (Frame::Udp(frame), TransportKind::Udp(datagram)) if !frame.data.is_done => {
            match frame.data.quic.datagram(datagram.payload) {
                QuicHello::Waiting => return,
                QuicHello::Tls(body) => hellos.extend(hello(body, Carrier::Quic, number, &layer.ends)),
                QuicHello::Google(_) | QuicHello::Lost => {}
            }
            frame.data.is_done = true;
        }
        _ => {}
    }
}

fn hello(body: &[u8], carrier: Carrier, frame: u64, ends: &Ends) -> Option<Hello> {
    let hello = ClientHello::parse(body).ok()?;
    Some(Hello {
        frame,
        client: SocketAddr::new(ends.source, ends.ports.source),
        server: SocketAddr::new(ends.destination, ends.ports.destination),
        name: hello.server_name().unwrap_or_default().to_vec(),
        ja3: ja3_hash(&hello.ja3()),
        ja4: hello.ja4(carrier),
    })
}
