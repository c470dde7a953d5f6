//! One capture after another, as if they were one.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Scope, ScopedJoinHandle};

use whotalks_evidence::{Format, ManifestEntry, Progress, detect};
use whotalks_packets::pass::{Batch, Batches, ChunkBatches, ReaderBatches};
use whotalks_record::{EvidenceId, Text};

use super::metered::Metered;
use super::piece::{CapturePiece, CapturesRead};
use super::reader;

/// Bytes that tell pcap and pcapng from everything else.
const HEAD_BYTES: u64 = 1 << 12;

/// Who is told how far the reading is; whichever thread reads, tells.
type Teller<'env> = Arc<Mutex<&'env mut (dyn Progress + Send)>>;

/// All captures that paths lead to.
pub(super) struct Captures<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    paths: VecDeque<PathBuf>,
    progress: Teller<'env>,
    total_bytes: u64,
    /// Bytes of the files that are done.
    done_bytes: u64,
    current: Current<'scope>,
    /// Packets that were handed over.
    packets: u64,
    /// Packets before the capture at hand.
    before: u64,
    read: CapturesRead,
}

/// The capture at hand.
enum Current<'scope> {
    None,
    Plain(Box<Plain>),
    Read {
        batches: ReaderBatches,
        reader: ScopedJoinHandle<'scope, Vec<ManifestEntry>>,
    },
}

/// A pcap or pcapng file.
struct Plain {
    batches: ChunkBatches<Metered<File>>,
    piece: CapturePiece,
    read_bytes: Arc<AtomicU64>,
}

impl<'scope, 'env> Captures<'scope, 'env> {
    pub(super) fn new(
        scope: &'scope Scope<'scope, 'env>,
        paths: &[PathBuf],
        progress: &'env mut (dyn Progress + Send),
    ) -> Self {
        Self {
            scope,
            paths: paths.iter().cloned().collect(),
            progress: Arc::new(Mutex::new(progress)),
            total_bytes: paths.iter().map(|path| bytes_of(path)).sum(),
            done_bytes: 0,
            current: Current::None,
            packets: 0,
            before: 0,
            read: CapturesRead::default(),
        }
    }

    /// What was read. What is still open was not wanted any more.
    pub(super) fn finish(mut self) -> CapturesRead {
        self.close();
        self.read.note_bounds();
        self.read
    }

    /// Opens the next path; false when there is none.
    fn open(&mut self) -> bool {
        let Some(path) = self.paths.pop_front() else {
            return false;
        };
        self.before = self.packets;
        let id = self.next_id();
        self.current = match plain(&path, id) {
            Some(plain) => Current::Plain(Box::new(plain)),
            None => self.start_reader(path, id),
        };
        true
    }

    fn next_id(&self) -> EvidenceId {
        let last = self.read.pieces.iter().map(|piece| piece.id.0).max().unwrap_or(0);
        EvidenceId(last.saturating_add(1))
    }

    fn start_reader(&self, path: PathBuf, id: EvidenceId) -> Current<'scope>
    where
        'env: 'scope,
    {
        let (sink, batches) = ReaderBatches::new(id);
        let mut progress = Shifted {
            progress: Arc::clone(&self.progress),
            done: self.done_bytes,
            total: self.total_bytes,
        };
        let reader = self.scope.spawn(move || reader::read(path, id, sink, &mut progress));
        Current::Read { batches, reader }
    }

    fn next_of_current(&mut self, batch: &mut Batch) -> bool {
        match &mut self.current {
            Current::None => false,
            Current::Plain(plain) => plain.batches.next(batch),
            Current::Read { batches, .. } => batches.next(batch),
        }
    }

    /// Notes what became of the capture at hand.
    fn close(&mut self) {
        match std::mem::replace(&mut self.current, Current::None) {
            Current::None => {}
            Current::Plain(plain) => {
                let mut piece = plain.piece;
                piece.packets = self.packets - self.before;
                piece.issues = plain.batches.into_issues();
                self.done_bytes += plain.read_bytes.load(Ordering::Relaxed);
                self.read.pieces.push(piece);
            }
            Current::Read { batches, reader } => {
                // A reader that nobody listens to any more comes to its end.
                drop(batches);
                let entries = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                self.done_bytes += entries
                    .iter()
                    .filter(|entry| entry.piece.container.is_none())
                    .fold(0, |bytes, entry| bytes + entry.bytes);
                self.read.pieces.extend(entries.into_iter().map(CapturePiece::of));
            }
        }
    }

    fn tell(&self) {
        if let Current::Plain(plain) = &self.current {
            let done = self.done_bytes + plain.read_bytes.load(Ordering::Relaxed);
            let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
            progress.update(done, self.total_bytes, &plain.piece.path);
        }
    }
}

impl Batches for Captures<'_, '_> {
    fn next(&mut self, batch: &mut Batch) -> bool {
        while !self.next_of_current(batch) {
            self.close();
            if !self.open() {
                return false;
            }
        }
        batch.follow(self.before);
        self.packets += batch.len() as u64;
        self.read.keep_names(batch.names());
        self.tell();
        true
    }
}

/// Tells of a run over some of the files as a part of the whole.
struct Shifted<'env> {
    progress: Teller<'env>,
    done: u64,
    total: u64,
}

impl Progress for Shifted<'_> {
    fn update(&mut self, done: u64, _: u64, path: &str) {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.update(self.done.saturating_add(done), self.total, path);
    }
}

/// The file as a capture, if it is a regular file that holds one.
fn plain(path: &Path, id: EvidenceId) -> Option<Plain> {
    if !path.metadata().ok()?.is_file() {
        return None;
    }
    let mut file = File::open(path).ok()?;
    let format = format_of(&mut file).ok()?;
    if !matches!(format, Format::Pcap | Format::PcapNg) {
        return None;
    }
    let read_bytes = Arc::default();
    Some(Plain {
        batches: ChunkBatches::new(Metered::new(file, &read_bytes), id),
        piece: CapturePiece {
            id,
            path: Text::from(path.to_string_lossy()),
            format: format.word(),
            packets: 0,
            is_capture: true,
            issues: Vec::new(),
        },
        read_bytes,
    })
}

/// What a file is by its first bytes; it is back at its beginning afterwards.
fn format_of(file: &mut File) -> io::Result<Format> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(detect(&head))
}

/// The size of a file; 0 for what has none.
fn bytes_of(path: &Path) -> u64 {
    path.metadata()
        .ok()
        .filter(std::fs::Metadata::is_file)
        .map_or(0, |metadata| metadata.len())
}
