//! Statistics as whotalks collects them.

use std::fs::File;
use std::path::Path;
use std::thread;

use whotalks_evidence::{EvidenceSink, Limits, ManifestEntry, NoProgress, Piece};
use whotalks_packets::pass::{BatchSink, ChunkBatches, ReaderBatches};
use whotalks_packets::statistics::{Question, Statistic, Statistics, collect};
use whotalks_record::{EvidenceId, Issue, Packet, Record, Sink};
use xtask::error::{Error, Result};

/// Two, as on the machine that the speed is promised for, so that the comparison covers how parts are put together.
const WORKERS: usize = 2;

/// All statistics of a capture of any format.
pub(super) fn statistics(path: &Path) -> Result<Statistics> {
    let question = Question::new(&Statistic::ALL);
    let prefix = std::fs::read(path).map_err(Error::reading(path))?;
    if whotalks_pcap::format_of(&prefix).is_some() {
        let file = File::open(path).map_err(Error::reading(path))?;
        return Ok(collect(&mut ChunkBatches::new(file, EvidenceId(1)), question, WORKERS));
    }
    Ok(through_evidence(path, question))
}

/// Formats that need a reader of their own, and archives.
fn through_evidence(path: &Path, question: Question) -> Statistics {
    let (sink, mut batches) = ReaderBatches::new(EvidenceId(1));
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut sink = Packets(sink);
            let bundle = whotalks_evidence::open(&[path.to_path_buf()], Limits::default());
            bundle.read_all(EvidenceId(1), &mut sink, &mut NoProgress);
            sink.0.finish();
        });
        collect(&mut batches, question, WORKERS)
    })
}

struct Packets(BatchSink);

impl EvidenceSink for Packets {
    fn begins(&mut self, _: &Piece) {}

    fn ends(&mut self, _: &ManifestEntry) {}
}

impl Sink for Packets {
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        self.0.packet(packet);
    }

    fn issue(&mut self, issue: Issue) {
        self.0.issue(issue);
    }
}
