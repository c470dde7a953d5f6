//! Who writes a case in a bucket, as far as writers say so.
//!
//! A lease protects nothing: who commits first is decided by the server, commit by commit. It tells people who is at work, and keeps
//! tidying from taking a writer for dead that has brought files and not yet committed them. One that is taken for dead all the same
//! finds that in the log before it commits, and commits nothing.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::lock::TEMPORARY;
use crate::place::Bucket;
use crate::{StoreError, WriterIdentity};

/// How long a lease is good for. Clocks that differ by more than a quarter of an hour are refused by servers anyway.
const TERM: Duration = Duration::from_hours(1);

/// How old a lease may become before it is renewed at the next commit.
const RENEWAL: Duration = Duration::from_mins(10);

/// What the name of a lease ends with.
const ENDING: &str = ".lease.toml";

/// A lease as it is stored.
#[derive(Serialize, Deserialize)]
struct Note {
    /// Until when it is good, in milliseconds since 1970, by the clock of its writer.
    #[serde(rename = "until-milliseconds")]
    until_milliseconds: i64,
    writer: WriterIdentity,
}

/// The lease of a writer that is at work. It is given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Lease {
    bucket: Arc<Bucket>,
    name: String,
    writer: WriterIdentity,
    written: Mutex<Instant>,
}

impl Lease {
    /// Takes one under a name that no other writer has.
    pub(crate) fn take(bucket: &Arc<Bucket>, name: &str, writer: &WriterIdentity) -> Result<Self, StoreError> {
        let lease = Self {
            bucket: Arc::clone(bucket),
            name: format!("{TEMPORARY}/{name}{ENDING}"),
            writer: writer.clone(),
            written: Mutex::new(Instant::now()),
        };
        lease.write()?;
        Ok(lease)
    }

    /// Renews it where it has become old.
    pub(crate) fn renew(&self) -> Result<(), StoreError> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.elapsed() >= RENEWAL {
            self.write()?;
            *written = Instant::now();
        }
        Ok(())
    }

    fn write(&self) -> Result<(), StoreError> {
        let term = i64::try_from(TERM.as_millis()).unwrap_or(i64::MAX);
        let note = Note {
            until_milliseconds: now_milliseconds().saturating_add(term),
            writer: self.writer.clone(),
        };
        let text = toml::to_string(&note).unwrap_or_default();
        Ok(self.bucket.put(&self.name, &text)?)
    }
}

impl Drop for Lease {
    /// What cannot be given back ends by itself.
    fn drop(&mut self) {
        let _ = self.bucket.remove(&self.name);
    }
}

/// The writers whose leases are good, with the names that their files carry.
pub(crate) fn living(bucket: &Bucket) -> Result<Vec<(String, WriterIdentity)>, StoreError> {
    let now = now_milliseconds();
    let mut living = Vec::new();
    for name in bucket.names(TEMPORARY, None)? {
        let Some(writer) = name.strip_suffix(ENDING) else {
            continue;
        };
        let text = bucket.read_text(&format!("{TEMPORARY}/{name}"))?.unwrap_or_default();
        let note: Option<Note> = toml::from_str(&text).ok();
        if let Some(note) = note.filter(|note| note.until_milliseconds > now) {
            living.push((writer.to_owned(), note.writer));
        }
    }
    Ok(living)
}

/// Writers on several computers have only their clocks in common, which no caller could hand in for the moment of a renewal.
fn now_milliseconds() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
