//! What all writers of one process share: the right to write, and the moment of a commit.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::sweep;
use crate::lock::{CommitLock, Desk, WriteLock, sweep_desks};
use crate::log::{self, Change, Commit, Part, PartName, State};
use crate::parts::FinishedPart;
use crate::place::{Bucket, Place};
use crate::{StoreError, WriterIdentity, delta, settings};

/// The file in which the next free number of evidence stands.
const NUMBERS: &str = "next-evidence";

/// In a bucket, the folder of the numbers of evidence that writers have taken.
const TAKEN: &str = "numbers";

/// How often a commit is tried in a bucket where others are always first.
const MOST_ATTEMPTS: u32 = 200;

/// How long a writer waits, on average half as long, before it tries again.
const PAUSE: Duration = Duration::from_millis(50);

/// In a bucket, how many commits are read one by one before what they add up to is written into one file.
const COMMITS_PER_SNAPSHOT: u64 = 16;

/// The right to write, as long as anybody holds it.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) place: Place,
    desk: Desk,
    _write: WriteLock,
    at_milliseconds: i64,
    /// The last commit that had replaced everything when this writer began.
    rebuilt_before: u64,
    /// The last commit of evidence when this writer began.
    evidence_before: u64,
    state: Mutex<State>,
}

/// A change to be committed.
pub(crate) struct Proposal {
    /// What it does.
    pub(crate) change: Change,
    /// The files that it makes needless.
    pub(crate) removed: Vec<PartName>,
}

/// The files that a commit brings, under their temporary names until they are in the case.
struct Brought {
    parts: Vec<FinishedPart>,
    is_in_case: bool,
}

impl Shared {
    /// Takes the right to write, together with others or alone.
    pub(crate) fn take(place: &Place, identity: &WriterIdentity, alone: bool) -> Result<Self, StoreError> {
        let write = if alone {
            WriteLock::alone(place)
        } else {
            WriteLock::share(place)
        }?;
        let _moment = CommitLock::take(place)?;
        let state = match place {
            Place::Folder(root) => {
                place.create_folder(crate::lock::TEMPORARY)?;
                sweep_desks(root)?;
                let state = log::read_state(place)?;
                sweep::sweep_parts(place, &state)?;
                state
            }
            Place::Bucket(_) => log::read_state(place)?,
        };
        let desk = Desk::take(place, identity)?;
        settings::raise(place, &desk.folder().join("settings"))?;
        let at_milliseconds = identity.since_milliseconds;
        let shared = Self {
            place: place.clone(),
            desk,
            _write: write,
            at_milliseconds,
            rebuilt_before: state.last_rebuilt,
            evidence_before: state.last_of_evidence,
            state: Mutex::new(state),
        };
        if matches!(place, Place::Folder(_)) {
            // In a bucket, asking for every table takes long: tidying does it there.
            shared.publish_all()?;
        }
        Ok(shared)
    }

    /// Brings the logs of all tables up to date.
    pub(crate) fn publish_all(&self) -> Result<(), StoreError> {
        let temporary = self.temporary().join("version");
        self.with_state(|state| delta::publish_all(&self.place, &temporary, state, self.at_milliseconds))
    }

    /// The folder for what is not committed yet.
    pub(crate) fn temporary(&self) -> &Path {
        self.desk.folder()
    }

    /// The name of this writer, which no other has.
    pub(crate) fn name(&self) -> &str {
        self.desk.name()
    }

    /// When this writer began, in milliseconds since 1970.
    pub(crate) const fn at_milliseconds(&self) -> i64 {
        self.at_milliseconds
    }

    /// The last commit of evidence when this writer began.
    pub(crate) const fn evidence_before(&self) -> u64 {
        self.evidence_before
    }

    /// The case as this writer last saw it.
    pub(crate) fn with_state<R>(&self, work: impl FnOnce(&mut State) -> R) -> R {
        // The state is replaced in one step, so a panic elsewhere cannot have left it half changed.
        work(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in what others have committed.
    pub(crate) fn refresh(&self) -> Result<(), StoreError> {
        self.with_state(|state| log::refresh(&self.place, state))
    }

    /// Commits files with what `propose` makes of the case as it is at this moment; `None` commits nothing. In a folder nobody else
    /// commits meanwhile; in a bucket somebody may, and then it is proposed again.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of `propose`, and where the files cannot be named or written; then nothing is visible.
    pub(crate) fn commit(
        &self,
        parts: Vec<FinishedPart>,
        propose: &mut dyn FnMut(&State) -> Result<Option<Proposal>, StoreError>,
    ) -> Result<(), StoreError> {
        let _moment = CommitLock::take(&self.place)?;
        let is_in_case = false;
        let mut brought = Brought { parts, is_in_case };
        for _ in 0..MOST_ATTEMPTS {
            if self.with_state(|state| self.attempt(state, &mut brought, propose))? {
                return Ok(());
            }
            std::thread::sleep(crate::place::spread(PAUSE));
        }
        Err(StoreError::Crowded {
            path: self.place.root().to_owned(),
        })
    }

    /// Tries to commit; says whether that is settled.
    fn attempt(
        &self,
        state: &mut State,
        brought: &mut Brought,
        propose: &mut dyn FnMut(&State) -> Result<Option<Proposal>, StoreError>,
    ) -> Result<bool, StoreError> {
        log::refresh(&self.place, state)?;
        let proposal = match self.check(state, brought).and_then(|()| propose(state)) {
            Ok(Some(proposal)) => proposal,
            other => {
                brought.take_back(&self.place);
                return other.map(|_| true);
            }
        };
        brought.bring(self)?;
        let commit = self.made(state.last.saturating_add(1), proposal, &brought.parts);
        if !log::write_commit(&self.place, &self.temporary().join("commit"), self.name(), &commit)? {
            return Ok(false);
        }
        let before = state.touched.clone();
        state.apply(commit.clone());
        // The commit stands. A table that cannot be published now is brought up to date by the next writer.
        let _ = delta::publish(&self.place, &self.temporary().join("version"), &before, state, &commit);
        if self.place.bucket().is_some() && commit.sequence.is_multiple_of(COMMITS_PER_SNAPSHOT) {
            // Without it, readers read more files.
            let _ = log::write_snapshot(&self.place, &self.temporary().join("snapshot"), state);
        }
        Ok(true)
    }

    /// Whether this writer may still commit. In a folder nothing can have happened to it.
    fn check(&self, state: &State, brought: &Brought) -> Result<(), StoreError> {
        let mut names = brought.parts.iter().map(|finished| &finished.part.name);
        let is_gone = |name: &PartName| sweep::writer_of(name).is_some_and(|writer| state.swept.contains(&writer));
        if state.last_rebuilt == self.rebuilt_before && !names.any(is_gone) {
            return Ok(());
        }
        Err(StoreError::Overtaken {
            path: self.place.root().to_owned(),
        })
    }

    fn made(&self, sequence: u64, proposal: Proposal, parts: &[FinishedPart]) -> Commit {
        let added = parts.iter().map(|finished| Part {
            commit: sequence,
            ..finished.part.clone()
        });
        Commit {
            sequence,
            at_milliseconds: self.at_milliseconds,
            change: proposal.change,
            added: added.collect(),
            removed: proposal.removed,
        }
    }

    /// Writes what all commits add up to into one file.
    pub(crate) fn write_snapshot(&self) -> Result<(), StoreError> {
        let _moment = CommitLock::take(&self.place)?;
        self.with_state(|state| {
            log::refresh(&self.place, state)?;
            log::write_snapshot(&self.place, &self.temporary().join("snapshot"), state)
        })
    }

    /// A number for a piece of evidence that no other writer has or gets.
    pub(crate) fn number_evidence(&self) -> Result<u32, StoreError> {
        let _moment = CommitLock::take(&self.place)?;
        let free = self.with_state(|state| {
            log::refresh(&self.place, state)?;
            Ok::<_, StoreError>(first_free_number(state))
        })?;
        if let Some(bucket) = self.place.bucket() {
            return self.take_number(bucket, free);
        }
        let noted = self.place.read_text(NUMBERS)?.and_then(|text| text.trim().parse().ok());
        let number = free.max(noted.unwrap_or(0));
        // Nothing is lost when this note is: a number that no commit names is free.
        let path = self.place.path(NUMBERS);
        std::fs::write(&path, number.saturating_add(1).to_string()).map_err(StoreError::io("write", &path))?;
        Ok(number)
    }

    /// Takes the first number from `free` on that nobody else has taken. Numbers stay taken: a writer that was held up must not get one
    /// that others have used since.
    fn take_number(&self, bucket: &Bucket, free: u32) -> Result<u32, StoreError> {
        let before = format!("{:010}", free.saturating_sub(1));
        let taken = bucket.names(TAKEN, Some(&before))?;
        let last = taken.last().and_then(|name| name.parse::<u32>().ok());
        let mut number = last.map_or(free, |last| free.max(last.saturating_add(1)));
        while !bucket.put_new(&format!("{TAKEN}/{number:010}"), self.name())? {
            number = number.saturating_add(1);
        }
        Ok(number)
    }
}

impl Brought {
    /// Gives the files their names, once; they stay invisible until a commit names them.
    fn bring(&mut self, shared: &Shared) -> Result<(), StoreError> {
        if self.is_in_case {
            return Ok(());
        }
        shared.desk.renew()?;
        let place = &shared.place;
        place.each(&self.parts, &|FinishedPart { part, temporary }| {
            let folder = part.name.folder();
            if matches!(place, Place::Folder(_)) && !place.is_folder(&folder) {
                place.create_folder(&folder)?;
                place.sync_folder_of(&folder)?;
            }
            place.take_in(temporary, &part.name.name())
        })?;
        let mut folders: Vec<&PartName> = self.parts.iter().map(|finished| &finished.part.name).collect();
        folders.dedup_by(|one, other| (one.stage, &one.table) == (other.stage, &other.table));
        folders.iter().try_for_each(|name| place.sync_folder_of(&name.name()))?;
        self.is_in_case = true;
        Ok(())
    }

    /// Takes files away again that no commit will name. What stays behind is swept when the case is tidied.
    fn take_back(&self, place: &Place) {
        let in_case = self.parts.iter().filter(|_| self.is_in_case);
        for finished in in_case {
            let _ = place.remove(&finished.part.name.name());
        }
    }
}

/// One more than any number that a batch of the case has or had.
fn first_free_number(state: &State) -> u32 {
    let batches = state.batches.iter().map(|entry| entry.batch.as_str());
    let all = batches.chain(state.retired.iter().map(String::as_str));
    let numbers = all.filter_map(|batch| batch.strip_prefix('e')?.parse::<u32>().ok());
    numbers.max().unwrap_or(0).saturating_add(1)
}
