//! One writer at a time.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use serde::{Deserialize, Serialize};
use whotalks_record::Timestamp;

use crate::{StoreError, disk};

/// Who writes a case. The clock is asked by the caller: libraries ask none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriterIdentity {
    /// Program and version: `whotalks 0.1.0`.
    pub program: String,
    /// Its process identifier.
    pub process: u32,
    /// When it began to write, as an RFC 3339 text.
    pub since: String,
}

impl WriterIdentity {
    /// This process, since `now`.
    pub fn this_process(program: &str, now: Timestamp) -> Self {
        let since = jiff::Timestamp::from_nanosecond(i128::from(now.nanoseconds()));
        Self {
            program: program.to_owned(),
            process: std::process::id(),
            since: since.map(|since| format!("{since:.0}")).unwrap_or_default(),
        }
    }
}

impl fmt::Display for WriterIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (process {}, since {})", self.program, self.process, self.since)
    }
}

/// The right to write; ends when dropped, and with the process, however it ends.
#[derive(Debug)]
pub(crate) struct WriteLock {
    /// The operating system keeps the lock on this open file. Nothing is stored in it, since Windows lets nobody else read
    /// a locked file; who holds it stands in `writer.toml`.
    _held: File,
}

impl WriteLock {
    pub(crate) fn take(root: &Path, temporary: &Path, writer: &WriterIdentity) -> Result<Self, StoreError> {
        let path = root.join("writer.lock");
        let open = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let held = open.map_err(StoreError::io("open", &path))?;
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Self::busy(root)),
            Err(TryLockError::Error(error)) => return Err(StoreError::io("lock", &path)(error)),
        }
        if let Ok(text) = toml::to_string(writer) {
            disk::replace(&root.join("writer.toml"), temporary, &text)?;
        }
        Ok(Self { _held: held })
    }

    fn busy(root: &Path) -> StoreError {
        let text = disk::read_text(&root.join("writer.toml")).ok().flatten();
        StoreError::BeingWritten {
            path: root.to_owned(),
            writer: text.and_then(|text| toml::from_str(&text).ok()),
        }
    }
}
