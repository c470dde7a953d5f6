//! A process that is really killed, at any moment.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use whotalks_record::{ConnectionEvent, Record};
use whotalks_store::{BatchId, Begun, CaseStore};
use whotalks_tables::ConnectionEvents;

use crate::sample::{Sample, identity};
use crate::support::Dice;

/// In which folder the victim works.
const FOLDER: &str = "WHOTALKS_VICTIM_FOLDER";

/// How many times a victim is killed.
const KILLS: u64 = 12;

/// How many rows a batch has: enough for encoding, naming and committing to take their time.
const BATCH_ROWS: u64 = 300;

fn batch(number: u64) -> BatchId {
    format!("b{number}").parse().unwrap()
}

fn rows(number: u64) -> Vec<ConnectionEvent> {
    let mut dice = Dice(number);
    (0..BATCH_ROWS).map(|_| dice.make()).collect()
}

/// Commits one batch after the other and notes each one down, until it is killed.
#[test]
#[ignore = "is started and killed by the other test"]
fn victim() {
    let folder = std::env::var(FOLDER).unwrap();
    let folder = Path::new(&folder);
    let store = CaseStore::open(&folder.join("case")).unwrap();
    let case = store.writer(&identity()).unwrap();
    let mut notes = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("notes"))
        .unwrap();
    for number in 0_u64.. {
        if let Begun::Writer(mut writer) = case.observed(&batch(number)).unwrap() {
            for row in rows(number) {
                writer.append(&Record::Connection(row)).unwrap();
            }
            writer.commit().unwrap();
            writeln!(notes, "{number}").unwrap();
        }
    }
}

fn start_and_kill(folder: &Path, after: Duration) {
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::victim", "--ignored"])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    assert!(victim.try_wait().unwrap().is_none(), "the victim ended by itself");
    victim.kill().unwrap();
    victim.wait().unwrap();
}

/// The committed batches, each checked to be whole and to be there once.
fn committed(sample: &Sample) -> u64 {
    let reader = sample.store().reader().unwrap();
    let batches: Vec<BatchId> = reader.batches().cloned().collect();
    let expected: Vec<BatchId> = (0..batches.len() as u64).map(batch).collect();
    assert_eq!(batches, expected);
    let read: Vec<ConnectionEvent> = reader.observed::<ConnectionEvents>().collect::<Result<_, _>>().unwrap();
    let written: Vec<ConnectionEvent> = (0..batches.len() as u64).flat_map(rows).collect();
    assert!(read == written, "rows were lost, doubled or changed");
    batches.len() as u64
}

#[test]
fn a_writer_that_is_killed_loses_no_committed_batch_and_doubles_none() {
    let sample = Sample::new();
    let mut dice = Dice(9);
    let mut last = 0;
    for _ in 0..KILLS {
        start_and_kill(sample.folder.path(), Duration::from_millis(40 + dice.below(120)));
        let now = committed(&sample);
        let notes = fs::read_to_string(sample.folder.path().join("notes")).unwrap_or_default();
        assert!(
            notes.lines().count() as u64 <= now,
            "a batch that was noted down is gone"
        );
        assert!(now >= last);
        last = now;
    }
    assert!(last > 0, "no victim got as far as one batch");
}
