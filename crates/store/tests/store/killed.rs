//! Processes that are really killed, at any moment: two that write, one that tidies up, while somebody reads.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use whotalks_record::{ConnectionEvent, Record};
use whotalks_store::{BatchId, Begun, CaseStore};
use whotalks_tables::ConnectionEvents;

use crate::sample::{Sample, identity};
use crate::support::Dice;

/// In which folder the victims work.
const FOLDER: &str = "WHOTALKS_VICTIM_FOLDER";

/// What the victim does: the letter of its batches, or tidying up.
const ROLE: &str = "WHOTALKS_VICTIM_ROLE";

/// The roles of the victims.
const ROLES: [&str; 3] = ["a", "b", TIDY];

/// The role of the one that tidies up.
const TIDY: &str = "tidy";

/// How many times all of them are killed.
const ROUNDS: u64 = 67;

/// How many rows a batch has: enough for encoding, naming and committing to take their time.
const BATCH_ROWS: u64 = 60;

fn rows(batch: &str) -> Vec<ConnectionEvent> {
    let seed = batch.bytes().fold(0_u64, |seed, byte| seed * 31 + u64::from(byte));
    let mut dice = Dice(seed);
    (0..BATCH_ROWS).map(|_| dice.make()).collect()
}

/// Commits one batch after the other and notes each one down, or tidies up, until it is killed.
#[test]
#[ignore = "is started and killed by the other test"]
fn victim() {
    let (folder, role) = (std::env::var(FOLDER).unwrap(), std::env::var(ROLE).unwrap());
    let folder = Path::new(&folder);
    let store = CaseStore::open(&folder.join("case")).unwrap();
    if role == TIDY {
        loop {
            store.maintenance(&identity()).unwrap().compact(&mut |_, _| {}).unwrap();
        }
    }
    let case = store.writer(&identity()).unwrap();
    let notes = folder.join(format!("notes-{role}"));
    let mut notes = OpenOptions::new().create(true).append(true).open(notes).unwrap();
    for number in 0_u64.. {
        let name = format!("{role}{number}");
        let batch: BatchId = name.parse().unwrap();
        if let Begun::Writer(mut writer) = case.observed(&batch).unwrap() {
            for row in rows(&name) {
                writer.append(&Record::Connection(row)).unwrap();
            }
            writer.commit().unwrap();
            // One write, so that a kill leaves a whole line or none.
            notes.write_all(format!("{name}\n").as_bytes()).unwrap();
        }
    }
}

fn start(folder: &Path, role: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "killed::victim", "--ignored"]);
    command.env(FOLDER, folder).env(ROLE, role);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Starts all victims, reads while they work, and kills them one after the other.
fn round(sample: &Sample, dice: &mut Dice) {
    let mut victims = ROLES.map(|role| start(sample.folder.path(), role));
    check(sample);
    for victim in &mut victims {
        std::thread::sleep(Duration::from_millis(10 + dice.below(70)));
        assert!(victim.try_wait().unwrap().is_none(), "a victim ended by itself");
        victim.kill().unwrap();
        victim.wait().unwrap();
    }
}

/// The committed batches, each checked to be whole, to be there once, and none of each writer to be left out.
fn check(sample: &Sample) -> Vec<String> {
    let reader = sample.store().reader().unwrap();
    let batches: Vec<String> = reader.batches().map(str::to_owned).collect();
    for role in ["a", "b"] {
        let of_role: Vec<&String> = batches.iter().filter(|batch| batch.starts_with(role)).collect();
        let expected: Vec<String> = (0..of_role.len()).map(|number| format!("{role}{number}")).collect();
        assert!(of_role.iter().copied().eq(&expected), "{of_role:?}");
    }
    let read: Vec<ConnectionEvent> = reader.observed::<ConnectionEvents>().collect::<Result<_, _>>().unwrap();
    let written: Vec<ConnectionEvent> = batches.iter().flat_map(|batch| rows(batch)).collect();
    assert!(read == written, "rows were lost, doubled or changed");
    batches
}

#[test]
fn writers_that_are_killed_lose_no_committed_batch_and_double_none() {
    let sample = Sample::new();
    let mut dice = Dice(9);
    for _ in 0..ROUNDS {
        round(&sample, &mut dice);
        let batches = check(&sample);
        for role in ["a", "b"] {
            let notes = sample.folder.path().join(format!("notes-{role}"));
            let notes = fs::read_to_string(notes).unwrap_or_default();
            let is_there = |note: &str| batches.iter().any(|batch| batch == note);
            assert!(notes.lines().all(is_there), "a batch that was noted down is gone");
        }
    }
    assert!(check(&sample).len() > 20, "no victim got far");
    drop(sample.writer());
    let verification = sample.store().verify(&mut |_, _| {}).unwrap();
    assert!(verification.faults.is_empty(), "{:?}", verification.faults);
}
