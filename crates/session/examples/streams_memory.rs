//! Measures what open streams take in memory: one SYN each, by default five million. Linux only.
//!
//! `cargo run --release -p whotalks-session --example streams_memory 5000000`
#![expect(clippy::print_stdout, reason = "it is a program that prints")]

use std::net::Ipv4Addr;

use whotalks_record::{LinkType, Timestamp};
use whotalks_session::streams::{Moment, Settings, Streams};
use whotalks_wire::dissect;

/// What a caller may keep of each stream.
#[derive(Debug, Default)]
#[expect(dead_code, reason = "it only takes room")]
struct Counters([u64; 6]);

/// A SYN from the host with that number.
fn syn(host: u32) -> Vec<u8> {
    let source = Ipv4Addr::from_bits(0x0a00_0000 | host).octets();
    let head = [0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0];
    let tcp = [0xc0, 1, 1, 0xbb, 0, 0, 0, 9, 0, 0, 0, 0, 0x50, 2, 1, 0, 0, 0, 0, 0];
    [&head[..], &source, &[192, 0, 2, 1], &tcp].concat()
}

fn main() {
    let count: u32 = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(5_000_000);
    let mut streams = Streams::<Counters>::new(Settings::default());
    for host in 0..count {
        let packet = syn(host);
        let moment = Moment {
            frame: host,
            time: Timestamp::from_nanoseconds(host.into()),
        };
        streams.frame(moment, &dissect::packet(LinkType(101), &packet, 40));
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find(|line| line.starts_with("VmRSS"));
    println!(
        "{} streams, {}",
        streams.tcp_count(),
        resident.unwrap_or("memory unknown")
    );
}
