//! Encoding a Parquet file on a thread of its own, while the rows that follow are gathered.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use arrow_array::RecordBatch;
use parquet::errors::{ParquetError, Result};

use super::row_groups::{Encoded, RowGroups};

/// How many batches may wait: enough that neither side waits for the other's next step, few enough to be no memory to speak of,
/// although every table of a case may have a file open.
const WAITING_BATCHES: usize = 2;

/// A file that takes batches.
pub(super) struct Encoder {
    batches: SyncSender<RecordBatch>,
    thread: JoinHandle<Result<Encoded>>,
}

/// A file that gets no more rows and is being brought to the disk.
pub(super) struct Ending(JoinHandle<Result<Encoded>>);

impl Encoder {
    /// Starts the thread; an error where the system gives none.
    pub(super) fn start(writer: RowGroups) -> std::io::Result<Self> {
        let (batches, waiting) = sync_channel::<RecordBatch>(WAITING_BATCHES);
        let work = move || {
            let mut writer = writer;
            waiting.iter().try_for_each(|batch| writer.write(&batch))?;
            writer.end()
        };
        let thread = std::thread::Builder::new().name("encoder".to_owned()).spawn(work)?;
        Ok(Self { batches, thread })
    }

    /// Takes a batch. Where the thread has failed, the failure is told by [`Ending::wait`], and nothing more is taken.
    pub(super) fn write(&self, batch: RecordBatch) -> bool {
        self.batches.send(batch).is_ok()
    }

    /// Says that there are no more rows.
    pub(super) fn end(self) -> Ending {
        Ending(self.thread)
    }
}

impl Ending {
    /// Waits until the file is whole; an error where a batch could not be encoded or written.
    pub(super) fn wait(self) -> Result<Encoded> {
        let ended = self.0.join();
        ended.unwrap_or_else(|_| {
            Err(ParquetError::General(
                "the thread that encodes has ended early".to_owned(),
            ))
        })
    }
}
