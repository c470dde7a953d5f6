//! How fast a trace is read on one core: its packets, and its sockets into records.

use std::time::Instant;

use whotalks_etl::{EtlReader, summarise};
use whotalks_record::{EvidenceId, Issue, Packet, Reader as _, Record, Sink, Source};
use whotalks_testkit::write::etl::{
    Layout, Socket, TraceEvent, TraceWriter, kernel_network_data, packet_fragment, provider,
};
use xtask::output::say;

use crate::proof::Proof;

/// Packets in the trace that is measured with: some 200 MB.
const PACKETS: u32 = 250_000;
const PACKET_BYTES: usize = 700;

/// Events of data through sockets in the trace that is measured with: some 150 MB.
const SOCKET_EVENTS: u32 = 1_000_000;
/// Connections that they belong to.
const CONNECTIONS: u16 = 2_000;

/// What is demanded.
const LEAST_MEGABYTES_PER_SECOND: f64 = 100.0;

/// Writes a trace of packets and reads it, compressed and not.
pub(super) fn measure(proof: &mut Proof) {
    for (name, compressed) in [("plain", false), ("compressed", true)] {
        let trace = trace(compressed);
        let began = Instant::now();
        let summary = summarise(&mut trace.as_slice(), EvidenceId(1));
        let seconds = began.elapsed().as_secs_f64();
        // What counts is what comes out of a compressed buffer.
        let bytes = PACKETS as usize * PACKET_BYTES;
        let rate = bytes as f64 / 1e6 / seconds;
        say(&format!(
            "etl: {rate:.0} MB/s of packets from a trace with {name} buffers"
        ));
        proof.figure(format!("{name}_megabytes_per_second"), rate);
        proof.require(
            summary.packets == u64::from(PACKETS),
            format!("{} packets of a {name} trace", summary.packets),
        );
        proof.require(
            rate >= LEAST_MEGABYTES_PER_SECOND,
            format!("{rate:.0} MB/s of a {name} trace, wanted 100"),
        );
    }
}

/// Counts records.
#[derive(Default)]
struct Counted(u64);

impl Sink for Counted {
    fn record(&mut self, record: Record) {
        self.0 += u64::from(matches!(record, Record::Connection(_)));
    }

    fn packet(&mut self, _packet: &Packet<'_>) {}

    fn issue(&mut self, _issue: Issue) {}
}

/// Writes a trace of data through sockets and reads it into records.
pub(super) fn measure_sockets(proof: &mut Proof) {
    let trace = sockets();
    let (mut counted, began) = (Counted::default(), Instant::now());
    let source = Source {
        evidence: EvidenceId(1),
        bytes: &mut trace.as_slice(),
        length: None,
        modified: None,
    };
    EtlReader.read(source, &mut counted);
    let rate = trace.len() as f64 / 1e6 / began.elapsed().as_secs_f64();
    say(&format!("etl: {rate:.0} MB/s of sockets into records"));
    proof.figure("sockets_megabytes_per_second", rate);
    proof.require(
        counted.0 == u64::from(CONNECTIONS),
        format!("{} connections of a trace of sockets", counted.0),
    );
    proof.require(
        rate >= LEAST_MEGABYTES_PER_SECOND,
        format!("{rate:.0} MB/s of sockets, wanted 100"),
    );
}

fn sockets() -> Vec<u8> {
    let layout = Layout {
        buffer_bytes: 0x1_0000,
        processors: 4,
        ..Layout::default()
    };
    let mut writer = TraceWriter::new(layout);
    for number in 0..SOCKET_EVENTS {
        let connection = u16::try_from(number % u32::from(CONNECTIONS)).unwrap_or(0);
        let socket = Socket {
            local: ([10, 0, 0, 5], 40_000 + connection).into(),
            remote: ([192, 0, 2, 9], 443).into(),
            process_id: 4_242,
            process_start_key: 1,
        };
        let event = TraceEvent {
            provider: provider::KERNEL_NETWORK,
            id: 10,
            time_ns: layout.start_ns + i64::from(number) * 10_000,
            payload: kernel_network_data(&socket, 1_400),
            ..TraceEvent::default()
        };
        writer.event((number % 4) as u16, &event);
    }
    writer.finish()
}

fn trace(compressed: bool) -> Vec<u8> {
    let layout = Layout {
        buffer_bytes: 0x1_0000,
        processors: 4,
        compressed,
        ..Layout::default()
    };
    let mut writer = TraceWriter::new(layout);
    for number in 0..PACKETS {
        let mut packet = vec![0; PACKET_BYTES];
        let bytes = number.wrapping_mul(0x9e37_79b9).to_le_bytes();
        packet
            .chunks_exact_mut(12)
            .for_each(|place| place.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte));
        let event = TraceEvent {
            provider: provider::PACKET_CAPTURE,
            id: 1001,
            keywords: 0xc000_0001,
            time_ns: layout.start_ns + i64::from(number) * 10_000,
            payload: packet_fragment(1, 1, &packet),
            ..TraceEvent::default()
        };
        writer.event((number % 4) as u16, &event);
    }
    writer.finish()
}
