//! Prints what both sides of a TCP or UDP stream said, as hexadecimal digits: one line per chunk, the second side indented, as
//! `tshark -q -z follow,tcp,raw,N` does.
//!
//! `cargo run -p whotalks-packets --example follow tcp 0 < capture.pcap`
#![expect(clippy::print_stdout, reason = "it is a program that prints")]

use std::io::{self, Read};

use whotalks_packets::follow::{Chunk, Content, Follow, Target};
use whotalks_pcap::format_of;
use whotalks_record::{EvidenceId, Issue, Packet, Record, Sink, Source};
use whotalks_session::streams::{StreamNumber, Way};

struct Print(Follow);

impl Sink for Print {
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        self.0.packet(packet).for_each(print);
    }

    fn issue(&mut self, _: Issue) {}
}

fn print(chunk: Chunk) {
    let indent = if chunk.way == Way::Back { "\t" } else { "" };
    match chunk.content {
        Content::Bytes(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            println!("{indent}{digits}");
        }
        Content::Missing(bytes) => println!("{indent}[{bytes} bytes missing in capture file]"),
    }
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [protocol, number] = arguments.as_slice() else {
        println!("tcp or udp, and the number of the stream");
        return Ok(());
    };
    let number = StreamNumber(number.parse().unwrap_or_default());
    let target = if protocol == "udp" {
        Target::Udp(number)
    } else {
        Target::Tcp(number)
    };
    let mut capture = Vec::new();
    io::stdin().lock().read_to_end(&mut capture)?;
    let mut bytes = capture.as_slice();
    let source = Source {
        evidence: EvidenceId(1),
        bytes: &mut bytes,
        length: None,
        modified: None,
    };
    let mut sink = Print(Follow::new(target));
    match format_of(&capture) {
        Some(format) => format.reader().read(source, &mut sink),
        None => println!("no capture"),
    }
    sink.0.finish().for_each(print);
    Ok(())
}
