//! All statistics of a capture in one pass, as `whotalks packets --stat …` collects them, without showing them: for measuring.
//!
//! `cargo run --release -p whotalks-packets --example statistics capture.pcap [WORKERS]`
#![expect(clippy::print_stdout, reason = "it is a program that prints")]

use std::fs::File;
use std::io;

use whotalks_packets::pass::ChunkBatches;
use whotalks_packets::statistics::{Question, Statistic, collect};
use whotalks_record::EvidenceId;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or(io::ErrorKind::InvalidInput)?;
    let workers = arguments.next().and_then(|text| text.parse().ok());
    let workers = workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let mut batches = ChunkBatches::new(File::open(path)?, EvidenceId(0));
    let found = collect(&mut batches, Question::new(&Statistic::ALL), workers);
    println!(
        "{} packets, {} + {} streams, {} pairs, {} destinations, {} handshakes, {} names, {} unread",
        found.totals.volume.packets,
        found.tcp.len(),
        found.udp.len(),
        found.internet.len(),
        found.destinations.len(),
        found.round_trips.map_or(0, |round_trips| round_trips.with),
        found.applications.dns_questions.len() + found.applications.tls.len(),
        found.unread,
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    println!("{}", peak.unwrap_or("memory unknown"));
    Ok(())
}
