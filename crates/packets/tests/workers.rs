//! Statistics do not depend on how many workers collect them.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking and says what it skips"
)]

use std::fs::File;
use std::path::{Path, PathBuf};

use whotalks_packets::pass::ChunkBatches;
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

fn statistics(path: &Path, workers: usize) -> String {
    let mut batches = ChunkBatches::new(File::open(path).unwrap(), EvidenceId(1));
    let statistics = collect(&mut batches, Question::new(&Statistic::ALL), workers);
    format!("{statistics:?}")
}

#[test]
fn any_number_of_workers_says_the_same() {
    for path in captures() {
        let alone = statistics(&path, 1);
        assert!(statistics(&path, 3) == alone, "{}", path.display());
    }
}
