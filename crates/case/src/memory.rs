//! Records of a case in memory that no rule needs, but the tables that hunting queries see.

use std::path::Path;

use whotalks_record::{Counter, DnsTransaction, EvidenceId, Record};
use whotalks_store::{RowSpill, StoreError};
use whotalks_tables::{Counters, DnsTransactions};

/// What correlation does not keep, or not all of it.
#[derive(Debug)]
pub(crate) struct Memory {
    /// All DNS that packets show; correlation keeps what gives addresses their names.
    pub(crate) dns: RowSpill<DnsTransactions>,
    /// Counters of the network stack.
    pub(crate) counters: RowSpill<Counters>,
}

impl Memory {
    /// No records yet; what does not fit into memory will go to temporary files in `folder`.
    pub(crate) fn none(folder: &Path) -> Self {
        Self {
            dns: RowSpill::new(folder, |transaction: &DnsTransaction| transaction.span.evidence),
            counters: RowSpill::new(folder, |counter: &Counter| counter.span.evidence),
        }
    }

    /// Keeps a record, where it is of one of the kinds.
    pub(crate) fn keep(&mut self, record: &Record) -> Result<(), StoreError> {
        match record {
            Record::Dns(transaction) => self.dns.push(transaction),
            Record::Counter(counter) => self.counters.push(counter),
            _ => Ok(()),
        }
    }

    /// Leaves out what one piece of evidence said.
    pub(crate) fn forget(&mut self, evidence: EvidenceId) {
        self.dns.forget(evidence);
        self.counters.forget(evidence);
    }
}
