//! Agreement with tshark 4.0 on every capture of the corpus, frame by frame, where both are there.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use whotalks_pcap::format_of;
use whotalks_record::{EvidenceId, Issue, Packet, Position, Record, Sink, Source};
use whotalks_session::streams::{Analysis, Findings, Frame, Moment, Settings, Streams, Transports};
use whotalks_wire::dissect;

/// The least share of frames of which everything agrees.
const TARGET: f64 = 0.995;

/// The fields that are compared.
const FIELDS: [&str; 25] = [
    "tcp.stream",
    "tcp.analysis.retransmission",
    "tcp.analysis.fast_retransmission",
    "tcp.analysis.spurious_retransmission",
    "tcp.analysis.out_of_order",
    "tcp.analysis.lost_segment",
    "tcp.analysis.ack_lost_segment",
    "tcp.analysis.duplicate_ack_num",
    "tcp.analysis.duplicate_ack_frame",
    "tcp.analysis.zero_window",
    "tcp.analysis.zero_window_probe",
    "tcp.analysis.window_full",
    "tcp.analysis.window_update",
    "tcp.analysis.keep_alive",
    "tcp.analysis.keep_alive_ack",
    "tcp.analysis.reused_ports",
    "tcp.analysis.initial_rtt",
    "tcp.analysis.ack_rtt",
    "tcp.analysis.acks_frame",
    "tcp.analysis.bytes_in_flight",
    "tcp.seq",
    "tcp.ack",
    "tcp.len",
    "tcp.window_size",
    "tcp.completeness",
];

/// What is said of the one TCP header of each frame.
struct Ours {
    streams: Streams<()>,
    frames: HashMap<u64, Vec<String>>,
}

impl Sink for Ours {
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        let Position::Packet(number) = packet.span.position else {
            return;
        };
        let moment = Moment {
            frame: number as u32,
            time: packet.timestamp.unwrap_or_default(),
        };
        let mut transports = Transports::default();
        dissect::walk(packet.link_type, packet.data, packet.original_length, &mut transports);
        self.streams.layers(moment, &transports, |_, frame| {
            if let Frame::Tcp(frame) = frame
                && let Some(analysis) = frame.analysis
            {
                self.frames.insert(number, values(frame.number.0, &analysis));
            }
        });
    }

    fn issue(&mut self, _: Issue) {}
}

fn values(stream: u32, analysis: &Analysis) -> Vec<String> {
    let flag = |finding| mark(analysis.findings.any(finding));
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let seconds = |span: i64| format!("{}.{:09}", span / 1_000_000_000, span % 1_000_000_000);
    let flight = analysis.flight.unwrap_or_default();
    let shown = analysis.initial_round_trip.filter(|_| analysis.is_shown());
    vec![
        stream.to_string(),
        mark(analysis.findings.is_any_retransmission()),
        flag(Findings::FAST_RETRANSMISSION),
        flag(Findings::SPURIOUS_RETRANSMISSION),
        flag(Findings::OUT_OF_ORDER),
        flag(Findings::LOST_SEGMENT),
        flag(Findings::ACK_LOST_SEGMENT),
        number(analysis.duplicate.map(u32::from)),
        number(flight.duplicate_of),
        flag(Findings::ZERO_WINDOW),
        flag(Findings::ZERO_WINDOW_PROBE),
        flag(Findings::WINDOW_FULL),
        flag(Findings::WINDOW_UPDATE),
        flag(Findings::KEEP_ALIVE),
        flag(Findings::KEEP_ALIVE_ACK),
        flag(Findings::REUSED_PORTS),
        shown.map(|span| seconds(span.0)).unwrap_or_default(),
        flight.round_trip.map(|span| seconds(span.0)).unwrap_or_default(),
        number(flight.acknowledged_frame),
        number(flight.bytes_in_flight),
        analysis.sequence.to_string(),
        analysis.acknowledgment.to_string(),
        number(analysis.data_bytes),
        analysis.window_bytes.to_string(),
        analysis.completeness.0.to_string(),
    ]
}

fn mark(is_found: bool) -> String {
    if is_found { "1".to_owned() } else { String::new() }
}

fn ours(bytes: &[u8]) -> Option<HashMap<u64, Vec<String>>> {
    let settings = Settings {
        flight: true,
        ..Settings::default()
    };
    let mut ours = Ours {
        streams: Streams::new(settings),
        frames: HashMap::new(),
    };
    let mut input = bytes;
    let source = Source {
        evidence: EvidenceId(1),
        bytes: &mut input,
        length: None,
        modified: None,
    };
    format_of(bytes)?.reader().read(source, &mut ours);
    Some(ours.frames)
}

/// What tshark says; none where it is not installed. Frames with several TCP headers are left out.
fn theirs(path: &Path) -> Option<HashMap<u64, Vec<String>>> {
    let mut command = Command::new("tshark");
    command.arg("-r").arg(path).args([
        "-Y",
        "tcp",
        "-T",
        "fields",
        "-e",
        "frame.number",
        "-e",
        "frame.protocols",
    ]);
    for field in FIELDS {
        command.args(["-e", field]);
    }
    let output = command.output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let frame = |line: &str| {
        let mut columns = line.split('\t').map(str::to_owned);
        let number = columns.next()?.parse().ok()?;
        let protocols = columns.next()?;
        let mut values: Vec<_> = columns.collect();
        let many = values.first()?.contains(',') || protocols.contains("icmp");
        for (field, value) in FIELDS.iter().zip(&mut values) {
            if *field == "tcp.analysis.retransmission" && !value.is_empty() {
                "1".clone_into(value);
            }
        }
        (!many).then_some((number, values))
    };
    Some(text.lines().filter_map(frame).collect())
}

fn captures() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/pcap");
    let Ok(entries) = fs::read_dir(&corpus) else {
        println!("skipped: {} is not there", corpus.display());
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
#[ignore = "runs tshark on every capture of the corpus, which takes minutes"]
fn findings_and_numbers_agree_with_tshark() {
    let (mut frames, mut differing) = (0u32, 0u32);
    for path in captures() {
        let Some(ours) = ours(&fs::read(&path).unwrap()) else {
            continue;
        };
        let Some(theirs) = theirs(&path) else {
            println!("skipped: tshark is not installed");
            return;
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        for (number, theirs) in theirs {
            frames += 1;
            if ours.get(&number) != Some(&theirs) {
                differing += 1;
                println!("{name} {number}: {:?}, tshark {theirs:?}", ours.get(&number));
            }
        }
    }
    let share = f64::from(frames - differing) / f64::from(frames.max(1));
    println!(
        "{} of {frames} frames agree: {:.3} %",
        frames - differing,
        share * 100.0
    );
    assert!(frames == 0 || share >= TARGET, "{share}");
}
