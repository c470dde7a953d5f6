//! EVTX: binary Windows event logs.
//!
//! A 4,096-byte file header, then chunks of 64 KiB that each stand alone. Chunks are read in order, decoded on several threads,
//! and delivered in order. Each chunk is read twice over at most: `plain` takes values straight from the bytes as long as all is in
//! the shape that Windows writes, which is several times faster than rendering events one does not want; from the first record
//! that is not, the `evtx` crate goes on, past damage and through every feature of the format, by way of its XML.
//!
//! Sources: MS-EVEN6 2.2; libyal "Windows XML Event Log (EVTX) format".

mod blocks;
mod chunk;
mod explain;
mod instance;
mod ordered;
mod plain;
mod template;
mod value;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use explain::explain;

use whotalks_record::{EvidenceId, Reader, Sink, Source};

use crate::collect::{Collector, Delivery, Gathered};
use blocks::{Block, Blocks};

/// Chunks handed to a thread at once: enough work to pay for the hand-over, little enough memory (512 KiB).
const BLOCKS_PER_JOB: usize = 8;

/// Reads EVTX files.
#[derive(Clone, Copy, Debug, Default)]
pub struct EvtxReader;

impl Reader for EvtxReader {
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink) {
        let evidence = source.evidence;
        let mut delivery = Delivery::new(evidence, sink);
        let mut blocks = Blocks::new(source.bytes);
        ordered::map(
            Collector::numbered,
            || blocks.take_some(BLOCKS_PER_JOB),
            |collector, batch: Vec<Block>| decode(evidence, collector, batch),
            |gathered| delivery.batch(gathered),
        );
        for (span, kind) in blocks.into_issues(evidence) {
            delivery.issue(span, kind);
        }
        delivery.finish();
    }
}

fn decode(evidence: EvidenceId, collector: &mut Collector, batch: Vec<Block>) -> Gathered {
    for block in batch {
        chunk::decode_guarded(evidence, block, collector);
    }
    collector.take()
}
