//! Prints what the analysis says of each TCP and UDP frame of a capture on standard input, one line per frame: number, stream,
//! findings and numbers, to be laid beside what `tshark -T fields` prints.
//!
//! `cargo run -p whotalks-session --example streams < capture.pcap`
#![expect(clippy::print_stdout, reason = "it is a program that prints")]

use std::io::{self, Read};

use whotalks_pcap::format_of;
use whotalks_record::{
    ApplicationProtocol, EvidenceId, Issue, Nanoseconds, Packet, Position, Record, Sink, Source, Timestamp,
};
use whotalks_session::streams::{
    Analysis, Findings, Frame, Moment, Settings, Streams, TransportKind, TransportLayer, Transports, pdus::Pdu,
};
use whotalks_wire::dissect;

struct Print(Streams<()>);

impl Sink for Print {
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        let Position::Packet(number) = packet.span.position else {
            return;
        };
        let moment = Moment {
            frame: number as u32,
            time: packet.timestamp.unwrap_or(Timestamp::from_nanoseconds(0)),
        };
        let mut transports = Transports::default();
        dissect::walk(packet.link_type, packet.data, packet.original_length, &mut transports);
        self.0
            .layers(moment, &transports, |layer, frame| print(number, layer, frame));
    }

    fn issue(&mut self, _: Issue) {}
}

fn print(number: u64, layer: &TransportLayer<'_>, frame: Frame<'_, ()>) {
    let mut told = Vec::new();
    match (frame, &layer.kind) {
        (Frame::Tcp(mut frame), TransportKind::Tcp(segment)) => {
            if frame.analysis.is_some() {
                let seen = frame.reader.read(segment, |pdu| told.push(describe(pdu)));
                let shown: Vec<_> = seen.applications.iter().map(ApplicationProtocol::word).collect();
                told.push(format!("{:?} [{}]", seen.payload, shown.join(" ")));
            }
            let analysis = frame.analysis.map(|analysis| line(&analysis)).unwrap_or_default();
            let since = [frame.since_first, frame.since_previous].map(seconds).join("\t");
            println!("{number}\t{}\t\t{since}\t{analysis}\t{}", frame.number, told.join(" "));
        }
        (Frame::Udp(mut frame), TransportKind::Udp(datagram)) => {
            let pdu = frame.reader.read(datagram.payload, datagram.wire_bytes);
            told.extend(pdu.map(|pdu| describe(&pdu)));
            println!("{number}\t\t{}\t{}", frame.number, told.join(" "));
        }
        _ => {}
    }
}

fn describe(pdu: &Pdu<'_>) -> String {
    let hidden = if pdu.is_hidden { "!" } else { "" };
    let cut = if pdu.is_whole { "" } else { "~" };
    let outer: String = pdu.outer.iter().map(|outer| format!("{}/", outer.word())).collect();
    format!(
        "{hidden}{cut}{outer}{}:{}:{}",
        pdu.protocol.word(),
        pdu.length,
        pdu.handshake.len()
    )
}

fn line(analysis: &Analysis) -> String {
    let flag = |finding| if analysis.findings.any(finding) { "1" } else { "" }.to_owned();
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let flight = analysis.flight.unwrap_or_default();
    let shown = analysis.initial_round_trip.filter(|_| analysis.is_shown());
    [
        if analysis.findings.is_any_retransmission() {
            "1"
        } else {
            ""
        }
        .to_owned(),
        flag(Findings::FAST_RETRANSMISSION),
        flag(Findings::SPURIOUS_RETRANSMISSION),
        flag(Findings::OUT_OF_ORDER),
        flag(Findings::LOST_SEGMENT),
        flag(Findings::ACK_LOST_SEGMENT),
        flag(Findings::DUPLICATE_ACK),
        number(analysis.duplicate.map(u32::from)),
        number(flight.duplicate_of),
        flag(Findings::ZERO_WINDOW),
        flag(Findings::ZERO_WINDOW_PROBE),
        flag(Findings::ZERO_WINDOW_PROBE_ACK),
        flag(Findings::WINDOW_FULL),
        flag(Findings::WINDOW_UPDATE),
        flag(Findings::KEEP_ALIVE),
        flag(Findings::KEEP_ALIVE_ACK),
        flag(Findings::REUSED_PORTS),
        shown.map(seconds).unwrap_or_default(),
        flight.round_trip.map(seconds).unwrap_or_default(),
        number(flight.acknowledged_frame),
        number(flight.bytes_in_flight),
        number(flight.bytes_since_push),
        flight.retransmission_timeout.map(seconds).unwrap_or_default(),
        number(flight.retransmitted_frame),
        analysis.sequence.to_string(),
        analysis.acknowledgment.to_string(),
        analysis
            .data_bytes
            .map(|_| analysis.next_sequence.to_string())
            .unwrap_or_default(),
        number(analysis.data_bytes),
        analysis.window_bytes.to_string(),
        analysis
            .scale
            .map(|scale| scale.factor().to_string())
            .unwrap_or_default(),
        analysis.completeness.0.to_string(),
    ]
    .join("\t")
}

fn seconds(span: Nanoseconds) -> String {
    let sign = if span.0 < 0 { "-" } else { "" };
    let magnitude = span.magnitude().0;
    format!("{sign}{}.{:09}", magnitude / 1_000_000_000, magnitude % 1_000_000_000)
}

fn main() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut head = Vec::new();
    input.by_ref().take(12).read_to_end(&mut head)?;
    let format = format_of(&head);
    let mut bytes = head.as_slice().chain(input);
    let source = Source {
        evidence: EvidenceId(1),
        bytes: &mut bytes,
        length: None,
        modified: None,
    };
    let settings = Settings {
        flight: true,
        ..Settings::default()
    };
    let mut print = Print(Streams::new(settings));
    match format {
        Some(format) => format.reader().read(source, &mut print),
        None => println!("neither pcap nor pcapng"),
    }
    Ok(())
}
