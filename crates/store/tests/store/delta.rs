//! Every table is a Delta Lake table for other tools: a replay of its log, written anew here after the protocol.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use whotalks_tables::{ConnectionEvents, Conversations, Table as _};

use crate::sample::{Sample, begin, flows, identity, records};
use crate::support::Dice;

/// A table as its log gives it.
#[derive(Debug, Default)]
struct Replayed {
    versions: usize,
    protocol: Option<Value>,
    metadata: Option<Value>,
    files: BTreeMap<String, Value>,
    transaction: u64,
}

fn folder(sample: &Sample, table: &str) -> PathBuf {
    sample.root().join(table)
}

fn replay(table: &Path) -> Replayed {
    let mut replayed = Replayed::default();
    loop {
        let path = table.join(format!("_delta_log/{:020}.json", replayed.versions));
        let Ok(text) = fs::read_to_string(path) else {
            return replayed;
        };
        replayed.versions += 1;
        for line in text.lines() {
            replayed.apply(&serde_json::from_str(line).unwrap());
        }
    }
}

impl Replayed {
    fn apply(&mut self, action: &Value) {
        let (kind, content) = action.as_object().unwrap().iter().next().unwrap();
        match kind.as_str() {
            "protocol" => self.protocol = Some(content.clone()),
            "metaData" => self.metadata = Some(content.clone()),
            "add" => {
                let path = content["path"].as_str().unwrap().to_owned();
                assert!(self.files.insert(path, content.clone()).is_none(), "added twice");
            }
            "remove" => assert!(self.files.remove(content["path"].as_str().unwrap()).is_some()),
            "txn" => self.transaction = content["version"].as_u64().unwrap(),
            "commitInfo" => {}
            other => panic!("{other}"),
        }
    }

    fn rows(&self) -> u64 {
        let statistics = self
            .files
            .values()
            .map(|file| file["stats"].as_str().unwrap().to_owned());
        let numbers = statistics.map(|text| {
            serde_json::from_str::<Value>(&text).unwrap()["numRecords"]
                .as_u64()
                .unwrap()
        });
        numbers.sum()
    }

    fn check_files(&self, table: &Path) {
        for (path, file) in &self.files {
            let bytes = fs::metadata(table.join(path)).unwrap().len();
            assert_eq!(file["size"].as_u64(), Some(bytes), "{path}");
            assert_eq!(file["partitionValues"], serde_json::json!({}));
        }
    }
}

#[test]
fn a_table_can_be_read_by_its_own_log() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    sample.commit("e2", &records(2));
    let table = folder(&sample, "observed/ConnectionEvents");
    let replayed = replay(&table);
    assert_eq!((replayed.versions, replayed.rows(), replayed.transaction), (2, 10, 2));
    let protocol = replayed.protocol.as_ref().unwrap();
    assert_eq!(protocol["minReaderVersion"], 1);
    assert_eq!(protocol["minWriterVersion"], 2);
    replayed.check_files(&table);
}

#[test]
fn its_schema_names_every_column_in_order_with_its_type_and_text() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    let metadata = replay(&folder(&sample, "observed/ConnectionEvents")).metadata.unwrap();
    assert_eq!(metadata["id"].as_str().unwrap().len(), 36);
    let schema: Value = serde_json::from_str(metadata["schemaString"].as_str().unwrap()).unwrap();
    let fields = schema["fields"].as_array().unwrap();
    let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
    let columns = ConnectionEvents::columns();
    assert_eq!(names, columns.iter().map(|column| column.name).collect::<Vec<_>>());
    let type_of = |name: &str| {
        let field = fields.iter().find(|field| field["name"] == name).unwrap();
        assert!(!field["metadata"]["comment"].as_str().unwrap().is_empty());
        field["type"].as_str().unwrap().to_owned()
    };
    assert_eq!(type_of("EvidenceId"), "long");
    assert_eq!(type_of("Time"), "long");
    assert_eq!(type_of("RemoteAddress"), "string");
}

#[test]
fn the_bounds_of_a_file_are_its_first_and_last_time() {
    let sample = Sample::new();
    let rows: Vec<_> = flows(3, 40);
    let case = sample.writer();
    let mut batch = begin(&case, "e1");
    rows.iter()
        .for_each(|(flow, names)| batch.append_flow(flow, names).unwrap());
    batch.commit().unwrap();
    let replayed = replay(&folder(&sample, "observed/Flows"));
    let statistics = replayed.files.values().next().unwrap()["stats"]
        .as_str()
        .unwrap()
        .to_owned();
    let statistics: Value = serde_json::from_str(&statistics).unwrap();
    let times = rows.iter().filter_map(|(flow, _)| flow.first);
    let times: Vec<i64> = times.map(|time| time.nanoseconds()).collect();
    assert_eq!(statistics["minValues"]["First"].as_i64(), times.iter().min().copied());
    assert_eq!(statistics["maxValues"]["First"].as_i64(), times.iter().max().copied());
}

#[test]
fn a_derived_table_holds_only_what_was_written_last() {
    let sample = Sample::new();
    for seed in 1..4 {
        let mut table = sample.writer().derived::<Conversations>();
        (0..seed).for_each(|number| table.append(&Dice(number).make()).unwrap());
        table.commit().unwrap();
    }
    let table = folder(&sample, "derived/Conversations");
    let replayed = replay(&table);
    assert_eq!((replayed.versions, replayed.rows(), replayed.files.len()), (3, 3, 1));
    replayed.check_files(&table);
}

#[test]
fn what_a_killed_writer_did_not_publish_is_published_by_the_next() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    sample.commit("e2", &records(2));
    let table = folder(&sample, "observed/HostEvents");
    fs::remove_file(table.join(format!("_delta_log/{:020}.json", 1))).unwrap();
    assert_eq!(replay(&table).rows(), 5);
    let faults = sample.store().verify(&mut |_, _| {}).unwrap().faults;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].is_mended_by_writing());
    drop(sample.writer());
    let replayed = replay(&table);
    assert_eq!((replayed.rows(), replayed.transaction), (10, 2));
    replayed.check_files(&table);
}

#[test]
fn a_version_that_somebody_else_wrote_is_left_alone() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    let table = folder(&sample, "observed/HostEvents");
    let foreign = r#"{"commitInfo":{"operation":"VACUUM START"}}"#;
    fs::write(table.join(format!("_delta_log/{:020}.json", 1)), foreign).unwrap();
    sample.commit("e2", &records(2));
    let replayed = replay(&table);
    assert_eq!((replayed.versions, replayed.rows(), replayed.transaction), (3, 10, 2));
}

#[test]
fn merged_files_take_the_place_of_small_ones_in_the_log_of_a_table() {
    let sample = Sample::new();
    (1..6).for_each(|seed| sample.commit(&format!("e{seed}"), &records(seed)));
    sample
        .store()
        .maintenance(&identity())
        .unwrap()
        .compact(&mut |_, _| {})
        .unwrap();
    let table = folder(&sample, "observed/ConnectionEvents");
    let replayed = replay(&table);
    assert_eq!((replayed.rows(), replayed.files.len()), (25, 1));
    assert!(replayed.files.values().all(|file| file["dataChange"] == false));
    replayed.check_files(&table);
}
