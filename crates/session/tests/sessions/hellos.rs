//! ClientHellos of the corpus, where it is there: JA4 against what the tool of its authors says, JA3 and server names against
//! tshark. Hellos are found through [`Streams`] as display filters find them.

use std::collections::BTreeSet;
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use serde_json::Value;
use whotalks_pcap::{Format, PcapReader, PcapngReader, format_of};
use whotalks_record::{EvidenceId, Issue, Packet, Position, Reader, Record, Sink, Source, Timestamp};
use whotalks_session::streams::{Ends, Frame, Moment, Settings, Streams, TransportKind, TransportLayer, Transports};
use whotalks_session::{QuicHello, QuicHelloReader};
use whotalks_wire::app::tls::{Carrier, ClientHello, HandshakeType, ja3_hash, messages};
use whotalks_wire::dissect;

use crate::corpus::corpus;

/// The least share of JA3 fingerprints that agree. tshark does not look for TLS where it takes a port for something else, and
/// looks into OpenVPN.
const LEAST_JA3_SHARE: f64 = 0.97;

/// What a hello says.
struct Hello {
    frame: u64,
    ends: String,
    name: String,
    ja3: String,
    ja4: String,
}

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
            frame: number.try_into().unwrap(),
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
        ends: format!(
            "{} → {}",
            SocketAddr::new(ends.source, ends.ports.source),
            SocketAddr::new(ends.destination, ends.ports.destination)
        ),
        name: String::from_utf8_lossy(hello.server_name().unwrap_or_default()).into_owned(),
        ja3: ja3_hash(&hello.ja3()),
        ja4: hello.ja4(carrier),
    })
}

fn hellos(path: &Path) -> Vec<Hello> {
    let bytes = fs::read(path).unwrap();
    let mut listener = Listener {
        streams: Streams::new(Settings::default()),
        hellos: Vec::new(),
    };
    let mut input = bytes.as_slice();
    let source = Source {
        evidence: EvidenceId(1),
        bytes: &mut input,
        length: None,
        modified: None,
    };
    match format_of(&bytes) {
        Some(Format::Pcap) => PcapReader.read(source, &mut listener),
        Some(Format::Pcapng) => PcapngReader.read(source, &mut listener),
        _ => {}
    }
    listener.hellos
}

/// Ends and fingerprint of each connection of the tool's output.
fn fingerprints(text: &str) -> Vec<(String, String)> {
    let block = |block: &str| {
        let value = |key: &str| {
            let mut lines = block.lines();
            lines.find_map(|line| Some(line.strip_prefix("  ")?.strip_prefix(key)?.to_owned()))
        };
        let end = |address: &str, port: &str| {
            let address: IpAddr = value(address)?.parse().ok()?;
            Some(SocketAddr::new(address, value(port)?.parse().ok()?))
        };
        let ends = format!("{} → {}", end("src: ", "src_port: ")?, end("dst: ", "dst_port: ")?);
        Some((ends, value("ja4: ")?))
    };
    text.split("\n- stream:").skip(1).filter_map(block).collect()
}

#[test]
fn ja4_agrees_with_the_tool_of_its_authors() {
    let Some(corpus) = corpus() else { return };
    let (mut all, mut differences) = (0, Vec::new());
    for entry in fs::read_dir(corpus.join("truth/upstream-ja4")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "snap") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let read = hellos(&corpus.join("pcap").join(&name));
        for (ends, ja4) in fingerprints(&fs::read_to_string(&path).unwrap()) {
            all += 1;
            let ours: Vec<_> = read
                .iter()
                .filter(|hello| hello.ends == ends)
                .map(|hello| hello.ja4.as_str())
                .collect();
            if !ours.contains(&ja4.as_str()) {
                differences.push(format!("{name} {ends}: {ours:?}, theirs {ja4}"));
            }
        }
    }
    println!(
        "{} of {all} JA4 fingerprints differ: {differences:#?}",
        differences.len()
    );
    // The one that differs has a protocol that is no text, which the tool writes as `99` and the specification in digits.
    differences.retain(|difference| !difference.starts_with("ja4__tls-non-ascii-alpn"));
    assert!(all > 0 && differences.is_empty(), "{differences:#?}");
}

#[test]
fn ja3_and_names_of_hellos_agree_with_tshark() {
    let Some(corpus) = corpus() else { return };
    let (mut all, mut differences) = (0_usize, Vec::new());
    for entry in fs::read_dir(corpus.join("pcap")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(truth) = fs::read(corpus.join("truth").join(format!("{name}.json"))) else {
            continue;
        };
        let theirs = said(&serde_json::from_slice(&truth).unwrap());
        let ours = hellos(&path).into_iter();
        let ours: BTreeSet<_> = ours.map(|hello| (hello.frame, hello.name, hello.ja3)).collect();
        all += theirs.union(&ours).count();
        differences.extend(
            theirs
                .difference(&ours)
                .map(|one| format!("{name}: only tshark {one:?}")),
        );
        differences.extend(ours.difference(&theirs).map(|one| format!("{name}: only here {one:?}")));
    }
    println!("{} of {all} statements differ: {differences:#?}", differences.len());
    let share = 1.0 - differences.len() as f64 / all as f64;
    assert!(all > 0 && share >= LEAST_JA3_SHARE, "{share}");
}

/// Frame, name and JA3 of each hello that tshark saw.
fn said(truth: &Value) -> BTreeSet<(u64, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let said = truth["tls"].as_array().into_iter().flatten();
    said.map(|said| (said["frame"].as_u64().unwrap(), text(&said["sni"]), text(&said["ja3"])))
        .collect()
}
