//! The case as the tables that hunting queries see.

use std::cell::RefCell;

use tempfile::TempDir;
use whotalks_catalogue::Catalogue;
use whotalks_correlate::Correlator;
use whotalks_hunting::{Records, Sources, fill};
use whotalks_record::{Counter, DnsTransaction, Timestamp};
use whotalks_store::{
    CaseReader, CaseWriter, HuntingDesks, HuntingInMemory, HuntingTable, RowSpill, StoreError, WriterIdentity,
};
use whotalks_tables::{Counters, DnsTransactions, EvidenceRow, Table};

use crate::case::PROGRAM;
use crate::flows::temporary_folder;
use crate::manifest::{facts, row};
use crate::{Case, CaseError};

/// Hunting tables that were computed and not kept in the case.
pub(crate) struct Hunting {
    tables: Vec<HuntingTable>,
    /// Holds the larger ones.
    _folder: TempDir,
}

impl Case {
    /// All tables that hunting queries see, in the order of documentation. They are computed when they are first asked for; a
    /// case on disk keeps them until its evidence changes. `now` names the writer of a case on disk. Files that do not lie in
    /// the case live as long as this `Case`, and until it reads more evidence.
    ///
    /// # Errors
    /// [`CaseError::Store`] where flows cannot be read back, or the rows cannot be written.
    pub fn hunting_tables(&mut self, now: Timestamp) -> Result<Vec<HuntingTable>, CaseError> {
        if let Some(tables) = self.reader.as_ref().and_then(CaseReader::hunting) {
            return Ok(tables);
        }
        if let Some(hunting) = &self.hunting {
            return Ok(hunting.tables.clone());
        }
        if let Some(writer) = self.writer_of_hunting(now)? {
            let mut hunting = writer.hunting()?;
            self.fill_hunting_tables(hunting.desks())?;
            return Ok(hunting.commit()?);
        }
        let mut hunting = HuntingInMemory::new(&temporary_folder())?;
        self.fill_hunting_tables(hunting.desks())?;
        let (tables, folder) = hunting.finish()?;
        self.hunting = Some(Hunting {
            tables: tables.clone(),
            _folder: folder,
        });
        Ok(tables)
    }

    /// The right to keep hunting tables in the case. None for a case in memory, for one that cannot be written now, and for one
    /// to which others have added meanwhile: what is known here would be less than it has.
    fn writer_of_hunting(&self, now: Timestamp) -> Result<Option<CaseWriter>, CaseError> {
        let (Some(store), Some(seen)) = (&self.store, &self.reader) else {
            return Ok(None);
        };
        let writer = match store.writer(&WriterIdentity::this_process(PROGRAM, now)) {
            Err(StoreError::BeingWritten { .. } | StoreError::Io { .. }) => return Ok(None),
            writer => writer?,
        };
        let has_seen_all = store.reader()?.last_commit() == seen.last_commit();
        Ok(has_seen_all.then_some(writer))
    }

    fn fill_hunting_tables(&self, desks: &mut HuntingDesks) -> Result<(), CaseError> {
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
        fill(&sources, desks);
        failure.take().map_or(Ok(()), Err)?;
        self.complete(())
    }

    fn evidence_row(&self, entry: &whotalks_evidence::ManifestEntry) -> EvidenceRow {
        let known = self.observed.facts(entry.piece.id).cloned();
        row(entry, &known.unwrap_or_else(|| facts(&entry.piece, None)))
    }
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
