//! What holds in a bucket, where no lock keeps anybody from anything.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use whotalks_record::{AddressName, EvidenceId, Record, Span, Timestamp};
use whotalks_tables::{AddressNames, Table as _};

use super::{Begun, CaseReader, CaseStore, CaseWriter, Committed};
use crate::place::{Manner, Objects, Place, Served, serve};
use crate::{Maintenance, Rebuild, StoreError, WriterIdentity, lock};

fn identity() -> WriterIdentity {
    WriterIdentity::this_process("test", Timestamp::from_seconds(1_700_000_000, 0))
}

fn record(number: u32) -> Record {
    Record::AddressName(AddressName {
        span: Span::whole(EvidenceId(number)),
        address: IpAddr::V4(Ipv4Addr::from(number)),
        name: format!("host{number}").into(),
    })
}

/// A case in a bucket, and a look at what the bucket holds.
fn case(manner: Manner) -> (CaseStore, Served) {
    let (place, served) = serve(manner);
    (CaseStore::create_in(place, "s3://evidence".as_ref()).unwrap(), served)
}

fn add(writer: &CaseWriter, batch: &str, number: u32) -> Result<Committed, StoreError> {
    match writer.observed(&batch.parse().unwrap())? {
        Begun::AlreadyCommitted => Ok(Committed::ByAnother),
        Begun::Writer(mut writer) => {
            writer.append(&record(number))?;
            writer.commit()
        }
    }
}

fn rows(store: &CaseStore) -> Vec<Record> {
    let mut records = Vec::new();
    let failures = store.reader().unwrap().records(&mut |record| records.push(record));
    assert!(failures.is_empty(), "{failures:?}");
    records
}

fn is_whole(store: &CaseStore) {
    let found = store.verify(&mut |_, _| {}).unwrap();
    assert!(found.faults.is_empty(), "{:?}", found.faults);
}

#[test]
fn writers_that_do_not_know_of_one_another_lose_nothing() {
    for manner in [Manner::Right, Manner::Forgetful] {
        let (store, _) = case(manner);
        let writers = [store.writer(&identity()).unwrap(), store.writer(&identity()).unwrap()];
        assert_eq!(store.writers().unwrap().len(), 2);
        for number in 1..=5 {
            for (half, writer) in writers.iter().enumerate() {
                let number = number * 2 + u32::try_from(half).unwrap();
                assert_eq!(add(writer, &format!("e{number}"), number).unwrap(), Committed::Yes);
            }
        }
        // A batch that is handed in again is there once, whoever hands it in.
        assert_eq!(add(&writers[0], "e3", 3).unwrap(), Committed::ByAnother);
        assert_eq!(add(&writers[1], "e3", 3).unwrap(), Committed::ByAnother);
        assert_eq!(rows(&store), (2..=11).map(record).collect::<Vec<_>>());
        is_whole(&store);
        drop(writers);
        assert!(store.writers().unwrap().is_empty());
    }
}

#[test]
fn two_that_hand_in_the_same_batch_at_once_store_it_once() {
    let (store, served) = case(Manner::Right);
    let writers = [store.writer(&identity()).unwrap(), store.writer(&identity()).unwrap()];
    let begun = writers
        .each_ref()
        .map(|writer| match writer.observed(&"e1".parse().unwrap()).unwrap() {
            Begun::Writer(writer) => writer,
            Begun::AlreadyCommitted => panic!("nobody has committed"),
        });
    let outcomes = begun.map(|mut batch| {
        batch.append(&record(1)).unwrap();
        batch.commit().unwrap()
    });
    assert_eq!(outcomes, [Committed::Yes, Committed::ByAnother]);
    assert_eq!(rows(&store), [record(1)]);
    let parts = served.names().into_iter().filter(|name| name.ends_with(".parquet"));
    assert_eq!(parts.count(), 1, "what was not committed was not brought");
}

#[test]
fn a_reader_sees_what_was_there_when_it_opened_the_case() {
    let (store, _) = case(Manner::Right);
    let writer = store.writer(&identity()).unwrap();
    add(&writer, "e1", 1).unwrap();
    let reader: CaseReader = store.reader().unwrap();
    for number in 2..=40 {
        add(&writer, &format!("e{number}"), number).unwrap();
    }
    Maintenance::take(store.place(), &identity())
        .unwrap()
        .compact(&mut |_, _| {})
        .unwrap();
    assert_eq!(reader.observed::<AddressNames>().count(), 1);
    assert_eq!(rows(&store), (1..=40).map(record).collect::<Vec<_>>());
    is_whole(&store);
}

#[test]
fn numbers_of_evidence_are_given_once() {
    let (store, _) = case(Manner::Right);
    let writers = [store.writer(&identity()).unwrap(), store.writer(&identity()).unwrap()];
    let numbers: Vec<u32> = (0..10)
        .map(|turn| writers[turn % 2].number_evidence().unwrap().0)
        .collect();
    assert_eq!(numbers, (1..=10).collect::<Vec<_>>());
    add(&writers[0], "e20", 20).unwrap();
    assert_eq!(writers[1].number_evidence().unwrap(), EvidenceId(21));
}

#[test]
fn a_writer_that_is_taken_for_dead_commits_nothing() {
    let (store, served) = case(Manner::Right);
    let slow = store.writer(&identity()).unwrap();
    let name = slow.name().to_owned();
    // It has brought a file, and its lease has ended.
    let stray = format!("observed/{}/e1-{name}-00000.parquet", AddressNames::NAME);
    served.put(&stray, "PAR1");
    let tidy = || {
        Maintenance::take(store.place(), &identity())
            .unwrap()
            .compact(&mut |_, _| {})
            .unwrap()
    };
    tidy();
    assert!(served.names().contains(&stray), "a living writer's files stay");
    served.remove(&format!("tmp/{name}.lease.toml"));
    tidy();
    assert!(!served.names().contains(&stray));
    assert!(matches!(add(&slow, "e1", 1), Err(StoreError::Overtaken { .. })));
    assert!(rows(&store).is_empty());
    // Whoever comes after it is not concerned.
    add(&store.writer(&identity()).unwrap(), "e1", 1).unwrap();
    assert_eq!(rows(&store), [record(1)]);
    is_whole(&store);
}

#[test]
fn a_case_that_was_added_to_is_not_replaced_by_a_rebuilt_one() {
    let (store, _) = case(Manner::Right);
    let writer = store.writer(&identity()).unwrap();
    add(&writer, "e1", 1).unwrap();
    let rebuilt = |meanwhile: bool| {
        let rebuild = Rebuild::take(&store, &identity()).unwrap();
        let fresh = CaseStore::create(&rebuild.folder()).unwrap();
        add(&fresh.writer(&identity()).unwrap(), "e1", 7).unwrap();
        if meanwhile {
            add(&writer, "e2", 2).unwrap();
        }
        rebuild.replace_by(&fresh)
    };
    assert!(matches!(rebuilt(true), Err(StoreError::Overtaken { .. })));
    assert_eq!(rows(&store), [record(1), record(2)]);
    rebuilt(false).unwrap();
    assert_eq!(rows(&store), [record(7)]);
    // Its number may be another piece's by now.
    assert!(matches!(add(&writer, "e3", 3), Err(StoreError::Overtaken { .. })));
    is_whole(&store);
}

#[test]
fn a_part_that_was_cut_or_is_gone_is_found() {
    let (store, served) = case(Manner::Right);
    add(&store.writer(&identity()).unwrap(), "e1", 1).unwrap();
    let part = served
        .names()
        .into_iter()
        .find(|name| name.ends_with(".parquet"))
        .unwrap();
    served.put(&part, "PAR1");
    let mut records = 0;
    let failures = store.reader().unwrap().records(&mut |_| records += 1);
    assert!(
        matches!(failures.as_slice(), [StoreError::ChangedPart { found: 4, .. }]),
        "{failures:?}"
    );
    served.remove(&part);
    let found = store.verify(&mut |_, _| {}).unwrap();
    assert_eq!(found.faults.len(), 1, "{:?}", found.faults);
    assert_eq!(records, 0);
}

#[test]
fn nothing_is_left_on_a_server_that_overwrites() {
    let (place, served) = serve(Manner::Careless);
    let created = CaseStore::create_in(place, "s3://evidence".as_ref());
    assert!(matches!(created, Err(StoreError::Object(_))));
    assert!(served.names().is_empty());
}

#[test]
fn leases_that_cannot_be_read_are_none() {
    let (store, served) = case(Manner::Right);
    served.put("tmp/0123456789abcdef.lease.toml", "\u{0}");
    assert!(lock::living_writers(store.place()).unwrap().is_empty());
}

/// The objects of a bucket are read as a whole by those who ask for a copy, and by range by the engine.
#[test]
fn files_are_copied_and_read_by_range() {
    let (store, served) = case(Manner::Right);
    served.put("hunting/T/a.parquet", "0123456789");
    let Place::Bucket(bucket) = store.place() else {
        panic!("a bucket was made");
    };
    let objects = Objects::new(&Arc::clone(bucket), vec![("hunting/T/a.parquet".to_owned(), 10)]);
    assert_eq!(objects.read("hunting/T/a.parquet", 2..5).unwrap(), b"234");
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("copy");
    assert_eq!(objects.copy("hunting/T/a.parquet", &target).unwrap(), 10);
    assert_eq!(std::fs::read(target).unwrap(), b"0123456789");
    assert!(matches!(
        objects.read("hunting/T/b.parquet", 2..5),
        Err(StoreError::ChangedPart { .. })
    ));
}
