//! Sorted runs of rows in a temporary file, written on a thread of its own while the rows that follow are packed.

use std::ops::Range;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

use whotalks_record::Timestamp;

use super::sorted::SortedRow;
use crate::StoreError;
use crate::spill::ChunkFile;

/// How many bytes of a run are read at a time: of each run one chunk is in memory while runs are merged.
const CHUNK_BYTES: usize = 64 << 10;

/// Rows in their compact form, and the order of them.
#[derive(Default)]
pub(super) struct Waiting {
    bytes: Vec<u8>,
    places: Vec<(Option<Timestamp>, Range<usize>)>,
}

impl Waiting {
    /// Adds a row, whose compact form `pack` appends.
    pub(super) fn push(&mut self, time: Option<Timestamp>, pack: impl FnOnce(&mut Vec<u8>)) {
        let from = self.bytes.len();
        pack(&mut self.bytes);
        self.places.push((time, from..self.bytes.len()));
    }

    /// How many bytes wait.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The compact rows in order, with their times. Sorting is stable, so that rows of one time keep their order.
    pub(super) fn sorted(&mut self) -> impl Iterator<Item = SortedRow<'_>> {
        self.places.sort_by_key(|(time, _)| *time);
        let bytes = &self.bytes;
        let row = |(time, place): &(Option<Timestamp>, Range<usize>)| {
            let packed = bytes.get(place.clone())?;
            Some(SortedRow { time: *time, packed })
        };
        self.places.iter().filter_map(row)
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.places.clear();
    }
}

/// Runs in a file.
pub(super) struct Runs {
    pub(super) file: ChunkFile,
    /// The chunks of each run.
    pub(super) runs: Vec<Range<usize>>,
}

impl Runs {
    fn write(&mut self, rows: &mut Waiting) -> Result<(), StoreError> {
        let from = self.file.len();
        let mut chunk = Vec::with_capacity(CHUNK_BYTES);
        for row in rows.sorted() {
            row.put(&mut chunk);
            if chunk.len() >= CHUNK_BYTES {
                self.file.append(&chunk)?;
                chunk.clear();
            }
        }
        if !chunk.is_empty() {
            self.file.append(&chunk)?;
        }
        self.runs.push(from..self.file.len());
        Ok(())
    }
}

/// Takes rows that are to become runs.
pub(super) struct RunWriter {
    full: SyncSender<Waiting>,
    /// What was written and can be filled again.
    empty: Receiver<Waiting>,
    thread: JoinHandle<Result<Runs, StoreError>>,
}

impl RunWriter {
    /// Starts the thread; its file will be in `folder`.
    pub(super) fn start(folder: &Path) -> Result<Self, StoreError> {
        // A thread that takes only what it is about to write: one list is filled meanwhile, and no third one waits.
        let (full, to_write) = sync_channel(0);
        let (written, empty) = channel();
        let runs = Runs {
            file: ChunkFile::new(folder),
            runs: Vec::new(),
        };
        let thread = std::thread::Builder::new().name("runs".to_owned());
        let thread = thread.spawn(move || write_all(runs, &to_write, &written));
        Ok(Self {
            full,
            empty,
            thread: thread.map_err(StoreError::io("start a thread for", folder))?,
        })
    }

    /// Takes rows, and leaves an empty list for those that follow; whether it did. Where not, the thread has failed: see
    /// [`Self::end`].
    pub(super) fn write(&self, rows: &mut Waiting) -> bool {
        let next = self.empty.try_recv().unwrap_or_default();
        self.full.send(std::mem::replace(rows, next)).is_ok()
    }

    /// All runs, once they are written; an error where one could not be.
    pub(super) fn end(self) -> Result<Runs, StoreError> {
        drop(self.full);
        self.thread.join().unwrap_or(Err(StoreError::DamagedSpill))
    }
}

fn write_all(mut runs: Runs, rows: &Receiver<Waiting>, written: &Sender<Waiting>) -> Result<Runs, StoreError> {
    for mut rows in rows {
        runs.write(&mut rows)?;
        rows.clear();
        // Nobody fills it again where there are no more rows.
        let _ = written.send(rows);
    }
    Ok(runs)
}
