//! Bloom filters are in the files, and they work.

use std::fs::File;

use parquet::file::properties::ReaderProperties;
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::{ReadOptionsBuilder, SerializedFileReader};
use whotalks_record::Record;
use whotalks_tables::{ConnectionEvents, Table};

use crate::sample::Sample;
use crate::support::Dice;

#[test]
fn every_lookup_column_has_a_bloom_filter_and_no_other_has() {
    let sample = Sample::new();
    let events: Vec<Record> = (0..200).map(|seed| Record::Connection(Dice(seed).make())).collect();
    sample.commit("e1", &events);
    let file = File::open(&sample.parts("ConnectionEvents")[0]).unwrap();
    let properties = ReaderProperties::builder().set_read_bloom_filter(true).build();
    let options = ReadOptionsBuilder::new().with_reader_properties(properties).build();
    let reader = SerializedFileReader::new_with_options(file, options).unwrap();
    let group = reader.get_row_group(0).unwrap();
    let lookups: Vec<bool> = ConnectionEvents::columns().iter().map(|column| column.lookup).collect();
    assert!(lookups.contains(&true) && lookups.contains(&false));
    for (place, column) in ConnectionEvents::columns().iter().enumerate() {
        let filter = group.get_column_bloom_filter(place);
        assert_eq!(filter.is_some(), column.lookup, "{}", column.name);
    }
    let place = ConnectionEvents::schema().index_of("RemoteAddress").unwrap();
    let filter = group.get_column_bloom_filter(place).unwrap();
    let remotes = events.iter().filter_map(|event| match event {
        Record::Connection(event) => event.remote,
        _ => None,
    });
    let present: Vec<String> = remotes.map(|remote| remote.address.to_string()).collect();
    assert!(present.iter().all(|address| filter.check(&address.as_str())));
    let absent = (0..1_000)
        .filter(|number| filter.check(&format!("absent {number}").as_str()))
        .count();
    assert!(absent < 50, "{absent} of 1000 absent values pass");
}

#[test]
fn columns_of_addresses_and_names_are_lookup_columns() {
    for table in whotalks_tables::all() {
        for column in &table.columns {
            let scalar = column.data_type == arrow_schema::DataType::Utf8;
            let wanted = column.name.ends_with("Address") || column.name == "Name";
            let is_layer = table.name == "FilterLayers" || table.name == "Counters";
            if scalar && wanted && !is_layer {
                assert!(column.lookup, "{}.{}", table.name, column.name);
            }
        }
    }
}
