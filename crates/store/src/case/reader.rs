//! Reading a case.

use std::path::{Path, PathBuf};

use whotalks_record::Record;
use whotalks_tables::{
    AddressNames, ConnectionEvents, Counters, DnsTransactions, Evidence, EvidenceRow, FilterLayers, Filters, FlowNames,
    Flows, HostEvents, LogGaps, ProcessEvents, ResolverEvents, RuleChanges, Snapshots, Sockets, SourceRanges, Table,
};

use super::derived::{self, Derived};
use super::flows::{CaseFlows, FlowPart};
use crate::commits::{self, Commit, Part};
use crate::hunting::{self, HuntingTable};
use crate::parts::{PartFile, Rows};
use crate::{BatchId, StoreError};

/// A case as it was at one moment.
#[derive(Clone, Debug)]
pub struct CaseReader {
    root: PathBuf,
    commits: Vec<Commit>,
}

impl CaseReader {
    pub(crate) fn new(root: &Path, commits: Vec<Commit>) -> Self {
        Self {
            root: root.to_owned(),
            commits,
        }
    }

    /// The number of the last commit; 0 for a case without any. A derived table with a lower number is out
    /// of date where anything was observed since ([`CaseReader::has_observations_since`]).
    pub fn last_commit(&self) -> u64 {
        self.commits.last().map_or(0, |commit| commit.sequence)
    }

    /// Whether anything was observed after a commit; lines of the manifest alone are no observation.
    pub fn has_observations_since(&self, commit: u64) -> bool {
        let later = self.commits.iter().filter(|one| one.sequence > commit);
        later
            .flat_map(|one| &one.parts)
            .any(|part| part.table != Evidence::NAME && part.rows > 0)
    }

    /// The committed batches, in order.
    pub fn batches(&self) -> impl Iterator<Item = &BatchId> {
        self.commits.iter().map(|commit| &commit.batch)
    }

    /// The rows of an observed table, in the order of commits.
    pub fn observed<T: Table>(&self) -> Rows<T> {
        Rows::new(self.parts(T::NAME).map(|(commit, part)| self.file(commit, part)))
    }

    /// How many rows an observed table has.
    pub fn observed_rows<T: Table>(&self) -> u64 {
        self.parts(T::NAME).map(|(_, part)| part.rows).sum()
    }

    /// The manifest, by number.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedPart`], [`StoreError::ChangedPart`], [`StoreError::WrongTable`], [`StoreError::Io`].
    pub fn evidence(&self) -> Result<Vec<EvidenceRow>, StoreError> {
        let mut rows = self.observed::<Evidence>().collect::<Result<Vec<_>, _>>()?;
        rows.sort_by_key(|row| row.id);
        Ok(rows)
    }

    /// The flows with their names.
    pub fn flows(&self) -> CaseFlows {
        let parts = self.parts(Flows::NAME).map(|(commit, part)| FlowPart {
            flows: self.file(commit, part),
            names: self.names_of(commit, part),
        });
        CaseFlows::new(parts.collect())
    }

    /// Gives every observed record to `visit`, table by table, but flows and the names in them: those are
    /// [`CaseReader::flows`]. Parts that cannot be read are passed over and returned.
    pub fn records(&self, visit: &mut dyn FnMut(Record)) -> Vec<StoreError> {
        let mut failures = Vec::new();
        let mut target = Target {
            visit,
            failures: &mut failures,
        };
        target.read::<DnsTransactions>(self, Record::Dns);
        target.read::<ConnectionEvents>(self, Record::Connection);
        target.read::<ProcessEvents>(self, Record::Process);
        target.read::<ResolverEvents>(self, Record::Resolver);
        target.read::<Snapshots>(self, Record::Snapshot);
        target.read::<Sockets>(self, Record::Socket);
        target.read::<Filters>(self, Record::Filter);
        target.read::<FilterLayers>(self, Record::FilterLayer);
        target.read::<RuleChanges>(self, Record::Rule);
        target.read::<HostEvents>(self, Record::Host);
        target.read::<LogGaps>(self, Record::Gap);
        target.read::<Counters>(self, Record::Counter);
        target.read::<AddressNames>(self, Record::AddressName);
        target.read::<SourceRanges>(self, Record::Range);
        failures
    }

    /// A derived table; none where it was never written.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedPart`], [`StoreError::Io`].
    pub fn derived<T: Table>(&self) -> Result<Option<Derived<T>>, StoreError> {
        derived::read(&self.root)
    }

    /// The hunting tables, where they were written after the last commit.
    pub fn hunting(&self) -> Option<Vec<HuntingTable>> {
        hunting::kept(&self.root, self.last_commit())
    }

    fn parts(&self, table: &'static str) -> impl Iterator<Item = (&Commit, &Part)> {
        let all = self
            .commits
            .iter()
            .flat_map(|commit| commit.parts.iter().map(move |part| (commit, part)));
        all.filter(move |(_, part)| part.table == table)
    }

    fn names_of(&self, commit: &Commit, flows: &Part) -> Option<PartFile> {
        let same = |part: &&Part| part.table == FlowNames::NAME && part.number == flows.number;
        commit.parts.iter().find(same).map(|part| self.file(commit, part))
    }

    fn file(&self, commit: &Commit, part: &Part) -> PartFile {
        PartFile {
            path: commits::part_path(&self.root, &part.table, &commit.batch, part.number),
            bytes: Some(part.bytes),
        }
    }
}

/// Where records of all tables go.
struct Target<'a> {
    visit: &'a mut dyn FnMut(Record),
    failures: &'a mut Vec<StoreError>,
}

impl Target<'_> {
    fn read<T: Table>(&mut self, case: &CaseReader, wrap: fn(T::Row) -> Record) {
        for row in case.observed::<T>() {
            match row {
                Ok(row) => (self.visit)(wrap(row)),
                Err(failure) => self.failures.push(failure),
            }
        }
    }
}
