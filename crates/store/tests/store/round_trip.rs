//! What is committed is read back, exactly and in order.

use whotalks_correlate::FlowStream;
use whotalks_record::{EvidenceId, Record};
use whotalks_store::StoreError;
use whotalks_tables::{ConnectionEvents, EvidenceRow, FlowNames, Flows};

use crate::sample::{NamedFlow, Sample, begin, flows, read_back, records};
use crate::support::Dice;

fn visited(stream: &dyn FlowStream) -> Vec<NamedFlow> {
    let mut seen = Vec::new();
    stream.visit(&mut |flow, names| seen.push((flow.clone(), names.to_vec())));
    seen
}

#[test]
fn records_of_every_kind_come_back_in_order() {
    let sample = Sample::new();
    let written = records(1);
    sample.commit("e1", &written);
    let (read, failures) = read_back(&sample.root());
    assert!(failures.is_empty());
    assert_eq!(read, written);
}

#[test]
fn batches_come_back_in_the_order_of_their_commits() {
    let sample = Sample::new();
    let event = |seed| Record::Connection(Dice(seed).make());
    for (batch, seed) in [("z", 1), ("a", 2), ("m", 3)] {
        sample.commit(batch, &[event(seed)]);
    }
    let (read, _) = read_back(&sample.root());
    assert_eq!(read, [event(1), event(2), event(3)]);
    let reader = sample.store().reader().unwrap();
    let order: Vec<&str> = reader.batches().collect();
    assert_eq!(order, ["z", "a", "m"]);
    assert_eq!(reader.last_commit(), 3);
    assert_eq!(reader.observed_rows::<ConnectionEvents>(), 3);
}

#[test]
fn flows_come_back_with_their_own_names_as_often_as_asked() {
    let sample = Sample::new();
    let written = flows(5, 300);
    let case = sample.writer();
    let mut batch = begin(&case, "e1");
    for (flow, names) in &written {
        batch.append_flow(flow, names).unwrap();
    }
    batch.commit().unwrap();
    let stream = sample.store().reader().unwrap().flows();
    assert_eq!(visited(&stream), written);
    assert_eq!(visited(&stream), written);
    assert!(stream.take_failure().is_none());
}

#[test]
fn flow_and_name_records_one_after_the_other_are_joined_too() {
    let sample = Sample::new();
    let written = flows(6, 40);
    let one_by_one: Vec<Record> = written
        .iter()
        .flat_map(|(flow, names)| {
            let names = names.iter().cloned().map(Record::Name);
            std::iter::once(Record::Flow(flow.clone())).chain(names)
        })
        .collect();
    sample.commit("e1", &one_by_one);
    assert_eq!(visited(&sample.store().reader().unwrap().flows()), written);
}

#[test]
fn a_name_without_its_flow_before_it_is_refused() {
    let sample = Sample::new();
    let case = sample.writer();
    let mut batch = begin(&case, "e1");
    let name = Record::Name(Dice(1).make());
    assert!(matches!(batch.append(&name), Err(StoreError::NameWithoutFlow { .. })));
}

#[test]
fn the_manifest_comes_back_by_number() {
    let sample = Sample::new();
    let case = sample.writer();
    let mut rows: Vec<EvidenceRow> = (0..4).map(|seed| Dice(seed).make()).collect();
    for (row, number) in rows.iter_mut().zip([3, 1, 4, 2]) {
        row.id = EvidenceId(number);
    }
    let mut batch = begin(&case, "e1");
    rows.iter().for_each(|row| batch.append_evidence(row).unwrap());
    batch.commit().unwrap();
    rows.sort_by_key(|row| row.id);
    assert_eq!(sample.store().reader().unwrap().evidence().unwrap(), rows);
}

#[test]
fn a_table_that_got_no_row_has_no_file() {
    let sample = Sample::new();
    sample.commit("e1", &[Record::Connection(Dice(1).make())]);
    assert_eq!(sample.parts("ConnectionEvents").len(), 1);
    assert!(sample.parts("Flows").is_empty());
    let reader = sample.store().reader().unwrap();
    assert_eq!(reader.observed::<Flows>().count(), 0);
    assert_eq!(reader.observed::<FlowNames>().count(), 0);
}

#[test]
fn a_reader_does_not_see_what_is_committed_after_it_was_made() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    let before = sample.store().reader().unwrap();
    sample.commit("e2", &records(2));
    assert_eq!(before.observed::<ConnectionEvents>().count(), 5);
    let after = sample.store().reader().unwrap();
    assert_eq!(after.observed::<ConnectionEvents>().count(), 10);
}
