//! Statistics do not depend on how many workers collect them.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking and says what it skips"
)]

use std::fs::File;
use std::path::{Path, PathBuf};

use whotalks_filter::Filter;
use whotalks_packets::pass::ChunkBatches;
use whotalks_packets::select::Selected;
use whotalks_packets::statistics::{Question, Statistic, collect};
use whotalks_record::EvidenceId;

/// The captures of the corpus that are read in chunks.
fn captures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/pcap");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no corpus at {}", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// What is said of all packets, or of those that pass a filter.
fn statistics(path: &Path, filter: Option<&Filter>, workers: usize) -> String {
    let mut batches = ChunkBatches::new(File::open(path).unwrap(), EvidenceId(1));
    let question = Question::new(&Statistic::ALL);
    let statistics = match filter {
        None => collect(&mut batches, question, workers),
        Some(filter) => collect(&mut Selected::new(&mut batches, filter, None), question, workers),
    };
    format!("{statistics:?}")
}

#[test]
fn any_number_of_workers_says_the_same() {
    for path in captures() {
        let alone = statistics(&path, None, 1);
        assert!(statistics(&path, None, 3) == alone, "{}", path.display());
    }
}

#[test]
fn what_passes_a_filter_is_counted_the_same_by_any_number_of_workers() {
    // Packets of a few streams, packets within streams, and packets that belong to none.
    let filters = ["tcp.len > 0 || udp.length < 80", "!tcp && !udp", "tcp.analysis.flags"];
    let filters = filters.map(|text| Filter::compile(text).unwrap());
    for path in captures() {
        for filter in &filters {
            let alone = statistics(&path, Some(filter), 1);
            for workers in [2, 5] {
                let several = statistics(&path, Some(filter), workers);
                assert!(several == alone, "{} with {workers} workers", path.display());
            }
        }
    }
}
