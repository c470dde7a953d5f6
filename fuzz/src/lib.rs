//! What the fuzz targets share.

use whotalks_evidence::{EvidenceSink, ManifestEntry, NoProgress, Piece};
use whotalks_record::{EvidenceId, Issue, Packet, Reader, Record, Sink, Source};
use whotalks_session::streams::{Frame, Moment, Settings, Streams, TransportKind, Transports};
use whotalks_session::{Limits, Sessions};
use whotalks_wire::dissect;

/// Takes what a reader delivers and checks what every consumer relies on.
#[derive(Debug, Default)]
pub struct Check {
    evidence_bytes: u64,
}

impl Sink for Check {
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        assert!(
            packet.original_length as usize >= packet.data.len(),
            "a packet is longer than it was"
        );
        let end = packet.span.offset + u64::from(packet.span.length);
        assert!(end <= self.evidence_bytes, "a packet lies outside of its evidence");
    }

    fn issue(&mut self, _: Issue) {}
}

/// Reads `bytes` with `reader`.
pub fn read(reader: &dyn Reader, bytes: &[u8]) {
    let mut check = Check {
        evidence_bytes: bytes.len() as u64,
    };
    reader.read(source(&mut &*bytes, bytes.len()), &mut check);
}

/// Reads `bytes` with `reader` and follows the sessions of its packets.
pub fn follow(reader: &dyn Reader, bytes: &[u8]) {
    let mut check = Check {
        evidence_bytes: bytes.len() as u64,
    };
    let mut sessions = Sessions::new(&mut check, Limits::default());
    reader.read(source(&mut &*bytes, bytes.len()), &mut sessions);
    sessions.finish(EVIDENCE);
}

/// Reads `bytes` with `reader` and analyses the streams of its packets, with all their messages.
pub fn analyse(reader: &dyn Reader, bytes: &[u8]) {
    let settings = Settings {
        streams: 1_000,
        flight: true,
        reassembly_bytes: 1 << 20,
    };
    let mut analysed = Analysed(Streams::new(settings));
    reader.read(source(&mut &*bytes, bytes.len()), &mut analysed);
    assert!(
        analysed.0.close().tcp_streams().count() <= 1_000,
        "there are more streams than allowed"
    );
}

struct Analysed(Streams<u32>);

impl Sink for Analysed {
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        let mut transports = Transports::default();
        dissect::walk(packet.link_type, packet.data, packet.original_length, &mut transports);
        let moment = Moment {
            frame: 1,
            time: packet.timestamp.unwrap_or_default(),
        };
        self.0
            .layers(moment, &transports, |layer, frame| match (frame, &layer.kind) {
                (Frame::Tcp(mut frame), TransportKind::Tcp(segment)) => {
                    frame.reader.read(segment, |pdu| {
                        assert!(
                            pdu.length >= pdu.head.len() as u64,
                            "a message is shorter than its beginning"
                        );
                    });
                }
                (Frame::Udp(mut frame), TransportKind::Udp(datagram)) => {
                    let _ = frame.reader.read(datagram.payload, datagram.wire_bytes);
                }
                _ => {}
            });
    }

    fn issue(&mut self, _: Issue) {}
}

const EVIDENCE: EvidenceId = EvidenceId(1);

fn source<'a>(bytes: &'a mut &[u8], length: usize) -> Source<'a> {
    Source {
        evidence: EVIDENCE,
        bytes,
        length: Some(length as u64),
        modified: None,
    }
}

/// Opens `bytes` as a file and reads whatever is in it.
pub fn open(bytes: &[u8]) {
    let Ok(mut file) = tempfile::NamedTempFile::new() else {
        return;
    };
    if std::io::Write::write_all(&mut file, bytes).is_err() {
        return;
    }
    let bundle = whotalks_evidence::open(&[file.path().to_owned()], SMALL);
    bundle.read_all(EVIDENCE, &mut Discard, &mut NoProgress);
}

/// Small bounds, so that an archive that hits them is found quickly.
const SMALL: whotalks_evidence::Limits = whotalks_evidence::Limits {
    depth: 5,
    pieces: 100,
    output_bytes: 1 << 20,
    ratio: 1_000,
};

/// Takes what evidence of any kind delivers.
struct Discard;

impl Sink for Discard {
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, _: &Packet<'_>) {}

    fn issue(&mut self, _: Issue) {}
}

impl EvidenceSink for Discard {
    fn begins(&mut self, _: &Piece) {}

    fn ends(&mut self, _: &ManifestEntry) {}
}

/// The header of a trace buffer whose records are the input: as long as buffers may be, and all of it in use.
pub const fn trace_buffer() -> [u8; 0x48] {
    let mut header = [0; 0x48];
    let [a, b, c, d] = (16_u32 << 20).to_le_bytes();
    header[0x00] = a;
    header[0x01] = b;
    header[0x02] = c;
    header[0x03] = d;
    header[0x30] = a;
    header[0x31] = b;
    header[0x32] = c;
    header[0x33] = d;
    header
}
