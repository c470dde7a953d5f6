//! Prints how long all statistics of a capture take.
use std::time::Instant;
use whotalks_packets::{pass::ChunkBatches, statistics::*};
use whotalks_record::EvidenceId;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let r: usize = std::env::args().nth(3).map_or(1, |x| x.parse().unwrap());
    for _ in 0..r {
        let t = Instant::now();
        let mut b = ChunkBatches::new(std::fs::File::open(&path).unwrap(), EvidenceId(1));
        let s = collect(&mut b, Question::new(&Statistic::ALL), n);
        println!(
            "{:?} tcp {} udp {} ip {} eth {} dest {} in {:?}",
            s.totals.volume,
            s.tcp.len(),
            s.udp.len(),
            s.internet.len(),
            s.ethernet.len(),
            s.destinations.len(),
            t.elapsed()
        );
        if r == 1 {
            for h in &s.hierarchy {
                println!("{}{} {:?}", "  ".repeat(h.depth), h.protocol, h.volume);
            }
            for e in &s.expert {
                println!("{e:?}");
            }
            if let Some(x) = &s.round_trips {
                println!("{:?}", x.percentiles);
            }
            for d in s.destinations.iter().take(10) {
                println!("{d:?}")
            }
        }
    }
}
