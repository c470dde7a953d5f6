//! A full disk and one that cannot be written: a clear error, and a case that holds what it held.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use whotalks_record::Record;
use whotalks_store::{CaseStore, StoreError};

use crate::sample::{begin, identity, read_back, records};
use crate::support::Dice;

/// Room for a few batches.
const BYTES: &str = "size=4m";

/// A small file system of its own; it goes away with this.
struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    /// None, with a line that says so, where this process may not mount.
    fn new() -> Option<Self> {
        let disk = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let is_mounted = mount(&["-t", "tmpfs", "-o", BYTES, "tmpfs"], disk.folder.path());
        if !is_mounted {
            println!("skipped: mounting a small file system needs root");
        }
        is_mounted.then_some(disk)
    }

    fn case(&self) -> PathBuf {
        self.folder.path().join("case")
    }

    fn make_read_only(&self) {
        assert!(mount(&["-o", "remount,ro"], self.folder.path()));
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path()).status();
    }
}

fn mount(options: &[&str], folder: &Path) -> bool {
    let output = Command::new("mount").args(options).arg(folder).output();
    output.is_ok_and(|output| output.status.success())
}

/// Appends events until the disk is full; the failure.
fn fill(case: &Path, batch: &str) -> StoreError {
    let writer = CaseStore::open(case).unwrap().writer(&identity()).unwrap();
    let mut batch = begin(&writer, batch);
    for seed in 0..2_000_000 {
        if let Err(failure) = batch.append(&Record::Connection(Dice(seed).make())) {
            return failure;
        }
    }
    batch.commit().expect_err("two million events in four mebibytes")
}

fn commit(case: &Path, batch: &str, rows: &[Record]) -> Result<(), StoreError> {
    let writer = CaseStore::open(case)?.writer(&identity())?;
    let mut batch = begin(&writer, batch);
    rows.iter().try_for_each(|record| batch.append(record))?;
    batch.commit().map(|_| ())
}

#[test]
fn a_full_disk_is_told_and_the_case_holds_what_it_held() {
    let Some(disk) = SmallDisk::new() else { return };
    let case = disk.case();
    CaseStore::create(&case).unwrap();
    commit(&case, "e1", &records(1)).unwrap();
    let failure = fill(&case, "e2").to_string();
    assert!(failure.contains("No space left"), "{failure}");
    assert_eq!(read_back(&case).0, records(1));
    // The next writer sweeps what the failed one left, so that there is room again.
    commit(&case, "e3", &records(3)).unwrap();
    assert_eq!(read_back(&case).0.len(), records(1).len() + records(3).len());
    let reader = CaseStore::open(&case).unwrap().reader().unwrap();
    assert_eq!(reader.batches().collect::<Vec<_>>(), ["e1", "e3"]);
}

#[test]
fn a_disk_that_cannot_be_written_is_told_and_the_case_is_read() {
    let Some(disk) = SmallDisk::new() else { return };
    let case = disk.case();
    CaseStore::create(&case).unwrap();
    commit(&case, "e1", &records(1)).unwrap();
    disk.make_read_only();
    let failure = commit(&case, "e2", &records(2)).unwrap_err().to_string();
    assert!(failure.contains("Read-only file system"), "{failure}");
    assert_eq!(read_back(&case).0, records(1));
}
