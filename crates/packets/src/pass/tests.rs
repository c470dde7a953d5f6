//! Every worker sees every batch, in order, whatever the number of workers and the size of reads.

use std::io::Read;

use whotalks_record::{EvidenceId, Position, Sink};

use super::{Batch, Batches, ChunkBatches, ReaderBatches, Work, run};

/// A pcap file with packets of growing length.
fn capture(packets: u32) -> Vec<u8> {
    let mut file = vec![
        0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0,
    ];
    for number in 0..packets {
        let length = number % 1500 + 1;
        for word in [number, 0, length, length] {
            file.extend(word.to_le_bytes());
        }
        file.extend(vec![number as u8; length as usize]);
    }
    file
}

/// Remembers the numbers of the packets it was shown.
#[derive(Default)]
struct Remember {
    summarised: u64,
    taken: Vec<u64>,
}

impl Work for Remember {
    type Summary = usize;
    type Outcome = Self;

    fn summarise(&mut self, batch: &Batch, summary: &mut usize) {
        self.summarised += batch.len() as u64;
        *summary = batch.len();
    }

    fn take(&mut self, batch: &Batch, summary: &usize) {
        assert_eq!(*summary, batch.len());
        self.taken
            .extend(batch.packets().map(|packet| match packet.span.position {
                Position::Packet(number) => number,
                _ => 0,
            }));
    }

    fn finish(self) -> Self {
        self
    }
}

fn check(batches: &mut dyn Batches, workers: usize, packets: u64) {
    let parts = run(batches, (0..workers).map(|_| Remember::default()).collect());
    assert_eq!(parts.iter().map(|part| part.summarised).sum::<u64>(), packets);
    let expected: Vec<u64> = (1..=packets).collect();
    for part in parts {
        assert!(part.taken == expected, "{} packets", part.taken.len());
    }
}

/// Gives few bytes at a time.
struct Trickle<'a>(&'a [u8]);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(1013);
        (&mut self.0).take(length as u64).read(buffer)
    }
}

#[test]
fn all_workers_see_all_packets_in_order() {
    let file = capture(5000);
    for workers in [1, 2, 5] {
        check(&mut ChunkBatches::new(&file[..], EvidenceId(1)), workers, 5000);
        check(&mut ChunkBatches::new(Trickle(&file), EvidenceId(1)), workers, 5000);
    }
}

#[test]
fn a_file_that_breaks_off_gives_its_packets_and_an_issue() {
    let file = capture(100);
    let mut batches = ChunkBatches::new(&file[..file.len() - 1], EvidenceId(1));
    check(&mut batches, 2, 99);
    assert_eq!(batches.into_issues().len(), 1);
    check(&mut ChunkBatches::new(&b""[..], EvidenceId(1)), 2, 0);
}

#[test]
fn any_reader_can_fill_batches() {
    let file = capture(3000);
    let (mut sink, mut batches) = ReaderBatches::new(EvidenceId(1));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            use whotalks_record::{Reader, Source};
            let mut bytes = &file[..];
            let source = Source {
                evidence: EvidenceId(1),
                bytes: &mut bytes,
                length: None,
                modified: None,
            };
            whotalks_pcap::PcapReader.read(source, &mut sink as &mut dyn Sink);
            sink.finish();
        });
        check(&mut batches, 2, 3000);
    });
}
