//! Every event that is written reads back through a reader that somebody else wrote.

use evtx::{EvtxParser, ParserSettings};
use serde_json::Value;
use whotalks_testkit::scenario::{Knobs, Scenario};
use whotalks_testkit::sources::{SourceKind, Sources};
use whotalks_testkit::write::files;

fn read(bytes: Vec<u8>) -> Vec<Value> {
    let settings = ParserSettings::default()
        .validate_checksums(true)
        .separate_json_attributes(true);
    let mut parser = EvtxParser::from_buffer(bytes)
        .expect("a log file")
        .with_configuration(settings);
    parser
        .records_json_value()
        .map(|record| record.expect("a whole record").data)
        .collect()
}

#[test]
fn dump() {
    let scenario = Scenario::generate(1, &Knobs::for_seed(1));
    let file = files(&scenario, &Sources::of(&[SourceKind::Evtx]))
        .pop()
        .expect("a log");
    let records = read(file.bytes);
    println!("{}", records.len());
    for r in records.iter().take(3) {
        println!("{}", serde_json::to_string_pretty(r).unwrap());
    }
    for r in records.iter().rev().take(3) {
        println!("{}", serde_json::to_string_pretty(r).unwrap());
    }
}
