//! Counts the flows, names and DNS transactions of a capture on standard input: the hot path and nothing else.
//!
//! `cargo run --release -p whotalks-session --example count < capture.pcap`
#![expect(clippy::print_stdout, reason = "it is a program that prints")]

use std::io::{self, Read};

use whotalks_pcap::format_of;
use whotalks_record::{EvidenceId, Issue, Packet, Record, Sink, Source};
use whotalks_session::{Limits, Sessions};

#[derive(Debug, Default)]
struct Count {
    packets: u64,
    flows: u64,
    names: u64,
    dns: u64,
    issues: u64,
}

impl Sink for Count {
    fn record(&mut self, record: Record) {
        match record {
            Record::Flow(_) => self.flows += 1,
            Record::Name(_) => self.names += 1,
            Record::Dns(_) => self.dns += 1,
            Record::Range(range) => self.packets += range.units,
            _ => {}
        }
    }

    fn packet(&mut self, _: &Packet<'_>) {}

    fn issue(&mut self, issue: Issue) {
        println!("{issue:?}");
        self.issues += 1;
    }
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
    let mut sessions = Sessions::new(Count::default(), Limits::default());
    match format {
        Some(format) => format.reader().read(source, &mut sessions),
        None => println!("neither pcap nor pcapng"),
    }
    println!("{:?}", sessions.finish(EvidenceId(1)));
    Ok(())
}
