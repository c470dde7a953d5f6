//! Measures what streams cost per packet: reads a capture on standard input into memory once, then goes over its packets with
//! and without each part.
//!
//! `cargo run --release -p whotalks-session --example streams_speed < capture.pcap`
#![expect(clippy::print_stdout, reason = "it is a program that prints")]

use std::hint::black_box;
use std::io::{self, Read};
use std::time::Instant;

use whotalks_record::{LinkType, Timestamp};
use whotalks_session::streams::{Frame, Moment, Settings, Streams, TcpSegment};
use whotalks_wire::dissect::{self, Dissected, Transport};

/// Bytes of a classic capture's header, and of the header of each packet.
const FILE_HEADER_BYTES: usize = 24;
const PACKET_HEADER_BYTES: usize = 16;

/// The packets of a little-endian classic capture with microseconds, as `make-big-capture.py` writes it.
fn packets(capture: &[u8]) -> impl Iterator<Item = (Moment, &[u8])> {
    let mut rest = capture.get(FILE_HEADER_BYTES..).unwrap_or_default();
    (1..).map_while(move |frame| {
        let (header, after) = rest.split_first_chunk::<PACKET_HEADER_BYTES>()?;
        let (words, _) = header.as_chunks::<4>();
        let word = |at: usize| words.get(at).map(|bytes| u32::from_le_bytes(*bytes));
        let (data, next) = after.split_at_checked(word(2)? as usize)?;
        rest = next;
        let time = Timestamp::from_seconds(word(0)?.into(), word(1)? * 1_000);
        Some((Moment { frame, time }, data))
    })
}

fn segment<'a>(seen: &Dissected<'a>) -> Option<TcpSegment<'a>> {
    let Some(Transport::Tcp(header)) = seen.transport else {
        return None;
    };
    Some(TcpSegment {
        header,
        wire_bytes: header.header_bytes() + seen.payload_wire_bytes,
        payload: seen.payload,
    })
}

/// Nanoseconds this process was on a processor, where Linux tells; else since the first call.
fn processor_time(start: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let first = told.and_then(|text| text.split(' ').next()?.parse().ok());
    first.unwrap_or(start.elapsed().as_nanos() as f64)
}

fn measure(name: &str, count: usize, mut pass: impl FnMut()) {
    let start = Instant::now();
    let mut best = f64::MAX;
    for _ in 0..3 {
        let before = processor_time(start);
        pass();
        best = best.min(processor_time(start) - before);
    }
    println!("{name}: {:.3} s, {:.0} ns per packet", best / 1e9, best / count as f64);
}

fn all<'a>(capture: &'a [u8], mut each: impl FnMut(Moment, &Dissected<'a>)) {
    for (moment, data) in packets(capture) {
        each(moment, &dissect::packet(LinkType(1), data, data.len() as u32));
    }
}

fn main() -> io::Result<()> {
    let mut capture = Vec::new();
    io::stdin().lock().read_to_end(&mut capture)?;
    let count = packets(&capture).count();
    measure("read", count, || {
        packets(&capture).for_each(|packet| {
            black_box(packet);
        });
    });
    measure("dissect", count, || {
        all(&capture, |_, seen| {
            black_box(seen.transport.is_some());
        });
    });
    let run = |settings: Settings, with_pdus: bool| {
        let mut streams = Streams::<u64>::new(settings);
        let mut pdus = 0u64;
        all(&capture, |moment, seen| match streams.frame(moment, seen) {
            Some(Frame::Tcp(mut frame)) => {
                *frame.data += 1;
                black_box(frame.analysis.map(|analysis| analysis.findings));
                if let Some(segment) = segment(seen).filter(|_| with_pdus) {
                    black_box(frame.reader.read(&segment, |_| pdus += 1));
                }
            }
            Some(Frame::Udp(mut frame)) => {
                *frame.data += 1;
                if with_pdus {
                    pdus += u64::from(frame.reader.read(seen.payload, seen.payload_wire_bytes).is_some());
                }
            }
            None => {}
        });
        black_box((streams.tcp_count(), streams.udp_count(), pdus))
    };
    measure("dissect, streams", count, || {
        run(Settings::default(), false);
    });
    let flight = Settings {
        flight: true,
        ..Settings::default()
    };
    measure("dissect, streams, flight", count, || {
        run(flight, false);
    });
    measure("dissect, streams, messages", count, || {
        run(Settings::default(), true);
    });
    println!(
        "{count} packets, TCP streams, UDP streams and messages: {:?}",
        run(Settings::default(), true)
    );
    Ok(())
}
