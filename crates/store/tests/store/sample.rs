//! Cases and rows that the tests share.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use whotalks_record::{EvidenceId, Flow, FlowId, NameObservation, Record, Timestamp};
use whotalks_store::{BatchId, Begun, CaseStore, CaseWriter, ObservedWriter, WriterIdentity};

use crate::support::Dice;

/// A flow and its names.
pub(crate) type NamedFlow = (Flow, Vec<NameObservation>);

/// A case in a folder that goes away by itself.
pub(crate) struct Sample {
    pub(crate) folder: TempDir,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        CaseStore::create(&folder.path().join("case")).unwrap();
        Self { folder }
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("case")
    }

    pub(crate) fn store(&self) -> CaseStore {
        CaseStore::open(&self.root()).unwrap()
    }

    pub(crate) fn writer(&self) -> CaseWriter {
        self.store().writer(&identity()).unwrap()
    }

    /// Commits `records` as one batch.
    pub(crate) fn commit(&self, id: &str, records: &[Record]) {
        let case = self.writer();
        let mut batch = begin(&case, id);
        records.iter().for_each(|record| batch.append(record).unwrap());
        batch.commit().unwrap();
    }

    /// The parts of a table on the disk, committed or not.
    pub(crate) fn parts(&self, table: &str) -> Vec<PathBuf> {
        let folder = self.root().join("observed").join(table);
        let Ok(entries) = std::fs::read_dir(folder) else {
            return Vec::new();
        };
        let all = entries.map(|entry| entry.unwrap().path());
        let mut paths: Vec<PathBuf> = all.filter(|path| path.is_file()).collect();
        paths.sort();
        paths
    }
}

pub(crate) fn identity() -> WriterIdentity {
    WriterIdentity::this_process("whotalks-test", Timestamp::from_seconds(1_700_000_000, 0))
}

pub(crate) fn id(text: &str) -> BatchId {
    text.parse().unwrap()
}

pub(crate) fn begin(case: &CaseWriter, batch: &str) -> ObservedWriter {
    match case.observed(&id(batch)).unwrap() {
        Begun::Writer(writer) => writer,
        Begun::AlreadyCommitted => panic!("{batch} is committed already"),
    }
}

/// Flows with up to three names each.
pub(crate) fn flows(seed: u64, count: u64) -> Vec<NamedFlow> {
    let mut dice = Dice(seed);
    (0..count).map(|number| flow(&mut dice, number)).collect()
}

fn flow(dice: &mut Dice, number: u64) -> NamedFlow {
    let mut flow: Flow = dice.make();
    flow.span.evidence = EvidenceId(1);
    flow.id = FlowId(number);
    let mut names: Vec<NameObservation> = dice.make();
    for name in &mut names {
        name.span.evidence = flow.span.evidence;
        name.flow = flow.id;
    }
    (flow, names)
}

/// How many kinds of records there are but flows and names, each with a table of its own.
pub(crate) const KINDS: u64 = 20;

/// Some of every kind of record but flows and names.
pub(crate) fn records(seed: u64) -> Vec<Record> {
    let dice = &mut Dice(seed);
    let mut records = Vec::new();
    for _ in 0..5 {
        records.extend([
            Record::Owner(dice.make()),
            Record::Dns(dice.make()),
            Record::Connection(dice.make()),
            Record::Process(dice.make()),
            Record::Resolver(dice.make()),
            Record::Snapshot(dice.make()),
            Record::Request(dice.make()),
            Record::Protection(dice.make()),
            Record::Call(dice.make()),
            Record::Socket(dice.make()),
            Record::Filter(dice.make()),
            Record::FilterLayer(dice.make()),
            Record::Rule(dice.make()),
            Record::Host(dice.make()),
            Record::Gap(dice.make()),
            Record::Counter(dice.make()),
            Record::AddressName(dice.make()),
            Record::CachedName(dice.make()),
            Record::Device(dice.make()),
            Record::Range(dice.make()),
        ]);
    }
    // As a reader gives them: table by table.
    records.sort_by_key(rank);
    records
}

fn rank(record: &Record) -> usize {
    match record {
        Record::Flow(_) | Record::Name(_) | Record::Owner(_) => 0,
        Record::Dns(_) => 1,
        Record::Connection(_) => 2,
        Record::Process(_) => 3,
        Record::Resolver(_) => 4,
        Record::Snapshot(_) => 5,
        Record::Request(_) => 6,
        Record::Protection(_) => 7,
        Record::Call(_) => 8,
        Record::Socket(_) => 9,
        Record::Filter(_) => 10,
        Record::FilterLayer(_) => 11,
        Record::Rule(_) => 12,
        Record::Host(_) => 13,
        Record::Gap(_) => 14,
        Record::Counter(_) => 15,
        Record::AddressName(_) => 16,
        Record::CachedName(_) => 17,
        Record::Device(_) => 18,
        Record::Range(_) => 19,
    }
}

/// All records of a case but flows, and what could not be read.
pub(crate) fn read_back(root: &Path) -> (Vec<Record>, Vec<whotalks_store::StoreError>) {
    let mut records = Vec::new();
    let reader = CaseStore::open(root).unwrap().reader().unwrap();
    let failures = reader.records(&mut |record| records.push(record));
    (records, failures)
}
