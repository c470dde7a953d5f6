//! How fast a trace is read on one core.

use std::time::Instant;

use whotalks_etl::summarise;
use whotalks_record::EvidenceId;
use whotalks_testkit::write::etl::{Layout, TraceEvent, TraceWriter, packet_fragment, provider};
use xtask::output::say;

use crate::proof::Proof;

/// Packets in the trace that is measured with: some 200 MB.
const PACKETS: u32 = 250_000;
const PACKET_BYTES: usize = 700;

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
