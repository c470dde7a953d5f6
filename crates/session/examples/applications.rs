//! Prints what each flow of a capture on standard input was recognised as.
//!
//! `cargo run -p whotalks-session --example applications < capture.pcap`
#![expect(clippy::print_stdout, reason = "it is a program that prints")]

use std::io::{self, Read};

use whotalks_pcap::format_of;
use whotalks_record::{EvidenceId, Issue, Packet, Record, Sink, Source};
use whotalks_session::{Limits, Sessions};

struct Print;

impl Sink for Print {
    fn record(&mut self, record: Record) {
        if let Record::Flow(flow) = record {
            println!(
                "{} {}:{} {}:{} {} {} {}",
                flow.key.protocol.0,
                flow.key.client.address,
                flow.key.client.port,
                flow.key.server.address,
                flow.key.server.port,
                flow.application.word(),
                flow.sent.payload_bytes,
                flow.received.payload_bytes,
            );
        }
    }

    fn packet(&mut self, _: &Packet<'_>) {}

    fn issue(&mut self, _: Issue) {}
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
    let mut sessions = Sessions::new(Print, Limits::default());
    match format {
        Some(format) => format.reader().read(source, &mut sessions),
        None => println!("neither pcap nor pcapng"),
    }
    sessions.finish(EvidenceId(1));
    Ok(())
}
