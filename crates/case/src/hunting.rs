//! The case as the tables that hunting queries see.

use std::cell::RefCell;
use std::collections::BTreeSet;

use tempfile::TempDir;
use whotalks_catalogue::Catalogue;
use whotalks_correlate::Correlator;
use whotalks_hunting::{Records, Sources, Wanted, fill};
use whotalks_record::{Counter, DnsTransaction, Timestamp};
use whotalks_report::Investigation;
use whotalks_store::{
    CaseReader, CaseWriter, HuntingDesks, HuntingInMemory, HuntingTable, ObjectProblem, RowSpill, StoreError,
    WriterIdentity,
};
use whotalks_tables::hunting::{AlertEvidence, AlertInfo, Take};
use whotalks_tables::{Counters, DnsTransactions, EvidenceRow, Table, hunting};

use crate::case::PROGRAM;
use crate::flows::temporary_folder;
use crate::manifest::{facts, row};
use crate::{Case, CaseError, alerts};

/// Hunting tables that were computed and not kept in the case.
#[derive(Default)]
pub(crate) struct Hunting {
    tables: Vec<HuntingTable>,
    /// Hold the larger ones.
    folders: Vec<TempDir>,
}

impl Hunting {
    fn has(&self, name: &str) -> bool {
        self.tables.iter().any(|table| table.description.name == name)
    }
}

impl Case {
    /// All tables that hunting queries see, in the order of documentation. They are computed when they are first asked for; a
    /// case on disk keeps them until its evidence changes. `now` names the writer of a case on disk. Files that do not lie in
    /// the case live as long as this `Case`, and until it reads more evidence.
    ///
    /// # Errors
    /// [`CaseError::Store`] where flows cannot be read back, or the rows cannot be written.
    pub fn hunting_tables(&mut self, now: Timestamp) -> Result<Vec<HuntingTable>, CaseError> {
        let all = hunting::all();
        let names: Vec<&'static str> = all.iter().map(|table| table.name).collect();
        self.hunting_tables_of(&names, now)
    }

    /// Those of the tables that hunting queries see that have these names, in the order of documentation; see
    /// [`Case::hunting_tables`]. A case in memory computes no others.
    ///
    /// # Errors
    /// As [`Case::hunting_tables`].
    pub fn hunting_tables_of(
        &mut self,
        names: &[&'static str],
        now: Timestamp,
    ) -> Result<Vec<HuntingTable>, CaseError> {
        let mut tables = match self.kept_hunting_tables(now)? {
            Some(tables) => tables,
            None => self.computed_hunting_tables(names)?,
        };
        tables.retain(|table| names.contains(&table.description.name));
        Ok(tables)
    }

    /// All tables of a case on disk, where it has them or may keep them now.
    fn kept_hunting_tables(&mut self, now: Timestamp) -> Result<Option<Vec<HuntingTable>>, CaseError> {
        if let Some(tables) = self.reader.as_ref().and_then(CaseReader::hunting) {
            return Ok(Some(tables));
        }
        if self.hunting.is_some() {
            return Ok(None);
        }
        let Some(writer) = self.writer_of_hunting(now)? else {
            return Ok(None);
        };
        let mut hunting = writer.hunting()?;
        self.fill_hunting_tables(&Wanted::All, hunting.desks())?;
        Ok(Some(hunting.commit()?))
    }

    /// At least these tables, computed as far as they are not yet.
    fn computed_hunting_tables(&mut self, names: &[&'static str]) -> Result<Vec<HuntingTable>, CaseError> {
        let kept = self.hunting.take().unwrap_or_default();
        let missing: BTreeSet<_> = names.iter().copied().filter(|name| !kept.has(name)).collect();
        let kept = self.hunting.insert(kept);
        if missing.is_empty() {
            return Ok(kept.tables.clone());
        }
        let wanted = Wanted::Only(missing);
        let mut hunting = HuntingInMemory::new(&temporary_folder())?;
        self.fill_hunting_tables(&wanted, hunting.desks())?;
        let (mut tables, folder) = hunting.finish()?;
        tables.retain(|table| wanted.names(table.description.name));
        let kept = self.hunting.get_or_insert_default();
        kept.tables.append(&mut tables);
        kept.tables.sort_by_key(|table| place(table.description.name));
        kept.folders.push(folder);
        Ok(kept.tables.clone())
    }

    /// The right to keep hunting tables in the case. None for a case in memory, for one that cannot be written now, and for one
    /// to which others have added meanwhile: what is known here would be less than it has.
    fn writer_of_hunting(&self, now: Timestamp) -> Result<Option<CaseWriter>, CaseError> {
        let (Some(store), Some(seen)) = (&self.store, &self.reader) else {
            return Ok(None);
        };
        let writer = match store.writer(&WriterIdentity::this_process(PROGRAM, now)) {
            Err(StoreError::BeingWritten { .. } | StoreError::Io { .. }) => return Ok(None),
            // A key that may only read is like a disk that can only be read.
            Err(StoreError::Object(error)) if matches!(error.problem, ObjectProblem::Denied { .. }) => return Ok(None),
            writer => writer?,
        };
        let has_seen_all = store.reader()?.last_commit() == seen.last_commit();
        Ok(has_seen_all.then_some(writer))
    }

    fn fill_hunting_tables(&self, wanted: &Wanted, desks: &mut HuntingDesks) -> Result<(), CaseError> {
        let correlator = Correlator::new(&self.observed, &self.flows);
        let failure = RefCell::new(None);
        let evidence: Vec<EvidenceRow> = self.manifest.iter().map(|entry| self.evidence_row(entry)).collect();
        let dns = Kept::<DnsTransactions>::new(&self.memory.dns, self.reader.as_ref(), &failure);
        let counters = Kept::<Counters>::new(&self.memory.counters, self.reader.as_ref(), &failure);
        let sources = Sources {
            correlator: &correlator,
            observed: &self.observed,
            flows: &self.flows,
            dns: &dns as &dyn Records<DnsTransaction>,
            counters: &counters as &dyn Records<Counter>,
            evidence: &evidence,
            catalogue: Catalogue::bundled(),
        };
        fill(&sources, wanted, desks);
        if wanted.has::<AlertInfo>() || wanted.has::<AlertEvidence>() {
            self.fill_alerts(&correlator, desks);
        }
        failure.take().map_or(Ok(()), Err)?;
        self.complete(())
    }

    /// Findings are known only when every conversation was seen, so that they take a pass of their own.
    fn fill_alerts(&self, correlator: &Correlator<'_>, desks: &mut HuntingDesks) {
        let lines = self.lines(correlator.coverage());
        let mut investigation = Investigation::new(self.sources(correlator, &lines));
        correlator.conversations(&self.flows, &mut |conversation| investigation.add(&conversation));
        let overview = investigation.finish(&correlator.process_lives(), &correlator.local_blocks());
        for (index, finding) in overview.findings.iter().enumerate() {
            let number = index.saturating_add(1);
            Take::<AlertInfo>::take(desks, &alerts::info(finding, number));
            for row in alerts::evidence(finding, number) {
                Take::<AlertEvidence>::take(desks, &row);
            }
        }
    }

    fn evidence_row(&self, entry: &whotalks_evidence::ManifestEntry) -> EvidenceRow {
        let known = self.observed.facts(entry.piece.id).cloned();
        row(entry, &known.unwrap_or_else(|| facts(&entry.piece, None)))
    }
}

/// Where a table stands in the documentation.
fn place(name: &str) -> usize {
    let all = hunting::all();
    all.iter().position(|table| table.name == name).unwrap_or(all.len())
}

/// Records of one table, of a case in memory or on disk.
struct Kept<'a, T: Table> {
    spill: &'a RowSpill<T>,
    reader: Option<&'a CaseReader>,
    failure: &'a RefCell<Option<StoreError>>,
}

impl<'a, T: Table> Kept<'a, T> {
    fn new(spill: &'a RowSpill<T>, reader: Option<&'a CaseReader>, failure: &'a RefCell<Option<StoreError>>) -> Self {
        Self { spill, reader, failure }
    }

    fn try_visit(&self, visit: &mut dyn FnMut(&T::Row)) -> Result<(), StoreError> {
        let Some(reader) = self.reader else {
            return self.spill.try_visit(visit);
        };
        for row in reader.observed::<T>() {
            visit(&row?);
        }
        Ok(())
    }
}

impl<T: Table> Records<T::Row> for Kept<'_, T> {
    fn visit(&self, visit: &mut dyn FnMut(&T::Row)) {
        if let Err(failure) = self.try_visit(visit) {
            self.failure.borrow_mut().get_or_insert(failure);
        }
    }
}
