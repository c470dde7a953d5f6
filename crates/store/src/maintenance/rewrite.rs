//! Writing the rows of parts anew: fewer files, or fewer rows.

use std::collections::BTreeSet;
use std::path::Path;

use whotalks_tables::{
    AddressNames, CachedNames, ConnectionEvents, Counters, DeviceFacts, DnsTransactions, Evidence, FilterLayers,
    Filters, FlowNames, Flows, HostEvents, LogGaps, NetworkProtectionEvents, PacketOwners, ProcessEvents,
    ResolverEvents, RuleChanges, Snapshots, SocketCalls, Sockets, SourceRanges, Table, WebRequests,
};

use crate::StoreError;
use crate::case::{FlowPart, TableWriter};
use crate::log::{Part, PartName, Stage, State};
use crate::parts::{FinishedPart, PartFile, PartRows};
use crate::place::Place;

/// Parts of one table that are written anew, one after the other.
pub(super) struct Rewrite<'a> {
    /// The case.
    pub(super) place: &'a Place,
    /// Where files lie until they are committed.
    pub(super) temporary: &'a Path,
    /// What their names begin with from then on.
    pub(super) stem: String,
    /// Evidence whose rows are left out.
    pub(super) left_out: &'a BTreeSet<i64>,
    /// The parts; of flows, without their names.
    pub(super) parts: Vec<&'a Part>,
}

/// What was written, and what it replaces.
#[derive(Default)]
pub(super) struct Rewritten {
    pub(super) parts: Vec<FinishedPart>,
    pub(super) removed: Vec<PartName>,
}

impl Rewritten {
    pub(super) fn extend(&mut self, other: Self) {
        self.parts.extend(other.parts);
        self.removed.extend(other.removed);
    }
}

/// The part of names that belongs to a part of flows.
pub(super) fn names_of<'a>(state: &'a State, flows: &Part) -> Option<&'a Part> {
    let same = |part: &&Part| part.commit == flows.commit && part.number == flows.number;
    state.parts_of(FlowNames::NAME).find(same)
}

impl Rewrite<'_> {
    /// Writes the parts of one table anew.
    pub(super) fn run(&self, state: &State) -> Result<Rewritten, StoreError> {
        let table = self.parts.first().map_or("", |part| part.name.table.as_str());
        match table {
            Evidence::NAME => self.of::<Evidence>(),
            Flows::NAME => self.of_flows(state),
            PacketOwners::NAME => self.of::<PacketOwners>(),
            DnsTransactions::NAME => self.of::<DnsTransactions>(),
            ConnectionEvents::NAME => self.of::<ConnectionEvents>(),
            ProcessEvents::NAME => self.of::<ProcessEvents>(),
            ResolverEvents::NAME => self.of::<ResolverEvents>(),
            WebRequests::NAME => self.of::<WebRequests>(),
            NetworkProtectionEvents::NAME => self.of::<NetworkProtectionEvents>(),
            SocketCalls::NAME => self.of::<SocketCalls>(),
            Sockets::NAME => self.of::<Sockets>(),
            Snapshots::NAME => self.of::<Snapshots>(),
            Filters::NAME => self.of::<Filters>(),
            FilterLayers::NAME => self.of::<FilterLayers>(),
            RuleChanges::NAME => self.of::<RuleChanges>(),
            HostEvents::NAME => self.of::<HostEvents>(),
            LogGaps::NAME => self.of::<LogGaps>(),
            Counters::NAME => self.of::<Counters>(),
            AddressNames::NAME => self.of::<AddressNames>(),
            CachedNames::NAME => self.of::<CachedNames>(),
            DeviceFacts::NAME => self.of::<DeviceFacts>(),
            SourceRanges::NAME => self.of::<SourceRanges>(),
            // Names are written along with their flows; a table of a later version is left as it is.
            _ => Ok(Rewritten::default()),
        }
    }

    fn of<T: Table>(&self) -> Result<Rewritten, StoreError> {
        let mut table = self.table::<T>();
        for part in &self.parts {
            let mut rows = PartRows::<T>::open_without(&self.file(part), self.left_out)?;
            while let Some(row) = rows.next()? {
                table.append(&row)?;
            }
        }
        Ok(Rewritten {
            parts: self.finished(table.finish()?, &self.parts),
            removed: self.parts.iter().map(|part| part.name.clone()).collect(),
        })
    }

    fn of_flows(&self, state: &State) -> Result<Rewritten, StoreError> {
        let (mut flows, mut names) = (self.table::<Flows>(), self.table::<FlowNames>());
        let old_names: Vec<Option<&Part>> = self.parts.iter().map(|part| names_of(state, part)).collect();
        for (part, old_names) in self.parts.iter().zip(&old_names) {
            let pair = FlowPart {
                flows: self.file(part),
                names: old_names.map(|part| self.file(part)),
            };
            pair.try_visit_without(self.left_out, &mut |flow, of_flow| {
                if flows.is_full() || names.is_full() {
                    flows.begin_part()?;
                    names.begin_part()?;
                }
                flows.append_here(flow)?;
                of_flow.iter().try_for_each(|name| names.append_here(name))
            })?;
        }
        let old_names: Vec<&Part> = old_names.into_iter().flatten().collect();
        let mut parts = self.finished(flows.finish()?, &self.parts);
        parts.extend(self.finished(names.finish()?, &old_names));
        let removed = self.parts.iter().chain(&old_names);
        Ok(Rewritten {
            parts,
            removed: removed.map(|part| part.name.clone()).collect(),
        })
    }

    fn table<T: Table>(&self) -> TableWriter<T> {
        TableWriter::new(self.temporary, Stage::Observed, &self.stem)
    }

    fn file(&self, part: &Part) -> PartFile {
        PartFile::of(self.place, part)
    }

    /// The new parts hold the batches of the old ones, and stand in the place of the first.
    fn finished(&self, parts: Vec<FinishedPart>, old: &[&Part]) -> Vec<FinishedPart> {
        let mut batches = Vec::new();
        for batch in old.iter().flat_map(|part| &part.batches) {
            let is_left_out = number_of(batch).is_some_and(|number| self.left_out.contains(&number));
            if !is_left_out && !batches.contains(batch) {
                batches.push(batch.clone());
            }
        }
        let replaces = old.first().map(|part| part.name.file.clone());
        let renewed = parts.into_iter().map(|mut finished| {
            finished.part.batches.clone_from(&batches);
            finished.part.replaces.clone_from(&replaces);
            finished
        });
        renewed.collect()
    }
}

/// The evidence whose rows a batch holds; none for a batch that is not one piece of evidence.
pub(super) fn number_of(batch: &str) -> Option<i64> {
    batch.strip_prefix('e')?.parse().ok()
}
