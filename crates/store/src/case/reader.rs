//! Reading a case.

use std::sync::Arc;

use whotalks_record::Record;
use whotalks_tables::{
    AddressNames, CachedNames, ConnectionEvents, Counters, DeviceFacts, DnsTransactions, Evidence, EvidenceRow,
    FilterLayers, Filters, FlowNames, Flows, HostEvents, LogGaps, NetworkProtectionEvents, PacketOwners, ProcessEvents,
    ResolverEvents, RuleChanges, Snapshots, SocketCalls, Sockets, SourceRanges, Table, WebRequests,
};

use super::Derived;
use super::flows::{CaseFlows, FlowPart};
use crate::StoreError;
use crate::hunting::{self, HuntingTable};
use crate::log::{DerivedState, Part, State};
use crate::parts::{PartFile, Rows};
use crate::place::Place;

/// A case as it was at one moment.
#[derive(Clone, Debug)]
pub struct CaseReader {
    place: Place,
    state: Arc<State>,
}

impl CaseReader {
    pub(crate) fn new(place: &Place, state: Arc<State>) -> Self {
        Self {
            place: place.clone(),
            state,
        }
    }

    /// The number of the last commit that changed what is observed; 0 for a case without any. A derived table with a lower number
    /// is out of date where anything was observed since ([`CaseReader::has_observations_since`]).
    pub fn last_commit(&self) -> u64 {
        self.state.last_of_evidence
    }

    /// Whether anything was observed, or taken away, after a commit; lines of the manifest alone are no observation.
    pub fn has_observations_since(&self, commit: u64) -> bool {
        self.state.last_observation > commit
    }

    /// The committed batches, in order.
    pub fn batches(&self) -> impl Iterator<Item = &str> {
        self.state.batches.iter().map(|entry| entry.batch.as_str())
    }

    /// The rows of an observed table, in the order of commits.
    pub fn observed<T: Table>(&self) -> Rows<T> {
        Rows::new(self.state.parts_of(T::NAME).map(|part| self.file(part)))
    }

    /// How many rows an observed table has.
    pub fn observed_rows<T: Table>(&self) -> u64 {
        self.state.parts_of(T::NAME).map(|part| part.rows).sum()
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
        let parts = self.state.parts_of(Flows::NAME).map(|part| FlowPart {
            flows: self.file(part),
            names: self.names_of(part),
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
        target.read::<PacketOwners>(self, Record::Owner);
        target.read::<DnsTransactions>(self, Record::Dns);
        target.read::<ConnectionEvents>(self, Record::Connection);
        target.read::<ProcessEvents>(self, Record::Process);
        target.read::<ResolverEvents>(self, Record::Resolver);
        target.read::<Snapshots>(self, Record::Snapshot);
        target.read::<WebRequests>(self, Record::Request);
        target.read::<NetworkProtectionEvents>(self, Record::Protection);
        target.read::<SocketCalls>(self, Record::Call);
        target.read::<Sockets>(self, Record::Socket);
        target.read::<Filters>(self, Record::Filter);
        target.read::<FilterLayers>(self, Record::FilterLayer);
        target.read::<RuleChanges>(self, Record::Rule);
        target.read::<HostEvents>(self, Record::Host);
        target.read::<LogGaps>(self, Record::Gap);
        target.read::<Counters>(self, Record::Counter);
        target.read::<AddressNames>(self, Record::AddressName);
        target.read::<CachedNames>(self, Record::CachedName);
        target.read::<DeviceFacts>(self, Record::Device);
        target.read::<SourceRanges>(self, Record::Range);
        failures
    }

    /// A derived table; none where it was never written.
    pub fn derived<T: Table>(&self) -> Option<Derived<T>> {
        let DerivedState { of, parts } = self.state.derived.get(T::NAME)?;
        Some(Derived {
            commit: *of,
            rows: Rows::new(parts.iter().map(|part| self.file(part))),
        })
    }

    /// The hunting tables, where they were written after the last change of what is observed.
    pub fn hunting(&self) -> Option<Vec<HuntingTable>> {
        hunting::kept(&self.place, &self.state)
    }

    /// The part of names that belongs to a part of flows.
    fn names_of(&self, flows: &Part) -> Option<PartFile> {
        let same = |part: &&Part| part.commit == flows.commit && part.number == flows.number;
        self.state
            .parts_of(FlowNames::NAME)
            .find(same)
            .map(|part| self.file(part))
    }

    fn file(&self, part: &Part) -> PartFile {
        PartFile::of(&self.place, part)
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
