//! Writes an event log in the binary form of Windows Vista and later.
//!
//! Layout after libyal/libevtx, "Windows XML Event Log (EVTX)": a file header of 4096 bytes, then chunks of 65536.

mod binxml;
mod chunk;

use crate::events::LogEvent;
use chunk::ChunkBytes;

const HEADER_BLOCK: usize = 4_096;

/// The file that holds these events in this order.
pub(crate) fn evtx_file(events: &[LogEvent]) -> Vec<u8> {
    let chunks = chunks(events);
    let next_record = events.last().map_or(1, |event| event.record_id + 1);
    let mut file = header(chunks.len(), next_record);
    for chunk in chunks {
        file.extend(chunk);
    }
    file
}

fn chunks(events: &[LogEvent]) -> Vec<Vec<u8>> {
    let mut done = Vec::new();
    let mut current = ChunkBytes::new();
    for event in events {
        if !current.push(event) {
            done.push(std::mem::replace(&mut current, ChunkBytes::new()).finish());
            // Values are cut so that any event fits into a chunk of its own.
            current.push(event);
        }
    }
    if !current.is_empty() || done.is_empty() {
        done.push(current.finish());
    }
    done
}

fn header(chunks: usize, next_record: u64) -> Vec<u8> {
    let count = u16::try_from(chunks).unwrap_or(u16::MAX);
    let mut bytes = b"ElfFile\0".to_vec();
    bytes.extend(0_u64.to_le_bytes());
    bytes.extend(u64::from(count.saturating_sub(1)).to_le_bytes());
    bytes.extend(next_record.to_le_bytes());
    bytes.extend(128_u32.to_le_bytes());
    // Version 3.1, as Windows 10 writes it.
    bytes.extend([1, 0, 3, 0]);
    bytes.extend([0x00, 0x10]);
    bytes.extend(count.to_le_bytes());
    bytes.resize(120, 0);
    let checksum = crc32fast::hash(&bytes);
    bytes.extend(0_u32.to_le_bytes());
    bytes.extend(checksum.to_le_bytes());
    bytes.resize(HEADER_BLOCK, 0);
    bytes
}

#[cfg(test)]
mod tests {
    use super::evtx_file;
    use crate::clock::iso_time;
    use crate::events::{LogEvent, Value, security_log, sysmon_log};
    use crate::scenario::{EventShape, Knobs, LogBegin, Scenario};
    use evtx::{EvtxParser, ParserSettings};
    use serde_json::{Value as Json, json};

    /// Reads with a reader that somebody else wrote, checksums and all.
    fn read(bytes: Vec<u8>) -> Vec<(u64, Json)> {
        let settings = ParserSettings::default()
            .validate_checksums(true)
            .separate_json_attributes(true);
        let mut parser = EvtxParser::from_buffer(bytes)
            .expect("a log file")
            .with_configuration(settings);
        let records: Vec<_> = parser
            .records_json_value()
            .map(|record| record.expect("a whole record"))
            .collect();
        records
            .into_iter()
            .map(|record| (record.event_record_id, record.data["Event"].clone()))
            .collect()
    }

    fn expected(value: &Value) -> Json {
        match value {
            // The reader cuts a text at its first NUL, as the viewer of Windows does.
            Value::Text(text) | Value::Sid(text) => json!(text.split('\0').next()),
            Value::Unsigned32(number) => json!(number),
            Value::Unsigned64(number) => json!(number),
            Value::Hex64(number) => json!(format!("0x{number:x}")),
            Value::Guid(guid) => json!(guid.to_lowercase()),
        }
    }

    fn check(events: &[LogEvent]) {
        let mut records = read(evtx_file(events));
        records.sort_by_key(|(id, _)| *id);
        assert_eq!(records.len(), events.len());
        for (event, (record_id, read)) in events.iter().zip(&records) {
            let system = &read["System"];
            assert_eq!(*record_id, event.record_id);
            assert_eq!(system["EventRecordID"], json!(event.record_id));
            assert_eq!(system["EventID"], json!(event.id));
            assert_eq!(system["Version"], json!(event.version));
            assert_eq!(system["Task"], json!(event.task));
            assert_eq!(system["Keywords"], json!(format!("0x{:x}", event.keywords)));
            assert_eq!(system["Channel"], json!(event.source.channel));
            assert_eq!(system["Computer"], json!(event.computer));
            assert_eq!(system["Provider_attributes"]["Name"], json!(event.source.provider));
            assert_eq!(system["Execution_attributes"]["ProcessID"], json!(event.writer));
            let second = iso_time(event.time_ns)[..19].to_owned();
            let time = system["TimeCreated_attributes"]["SystemTime"].as_str().expect("a time");
            assert!(time.starts_with(&second), "{time} is not {second}");
            for (name, value) in &event.data {
                assert_eq!(read["EventData"][name], expected(value), "{name} of {}", event.id);
            }
            let fields = read["EventData"].as_object().map_or(0, serde_json::Map::len);
            assert_eq!(fields, event.data.len(), "fields of {}", event.id);
        }
    }

    #[test]
    fn every_event_of_eight_seeds_reads_back() {
        for seed in 0..8 {
            let scenario = Scenario::generate(seed, &Knobs::for_seed(seed));
            for host in &scenario.hosts {
                check(&security_log(&scenario, host));
                check(&sysmon_log(&scenario, host));
            }
        }
    }

    #[test]
    fn both_shapes_of_events_and_every_kind_read_back() {
        for event_shape in [EventShape::Windows10, EventShape::Windows11] {
            let knobs = Knobs {
                event_shape,
                blocked: true,
                late_drops: true,
                short_lived: true,
                policy_events: true,
                inbound: true,
                log_begin: LogBegin::AtBoot,
                ..Knobs::calm()
            };
            let scenario = Scenario::generate(3, &knobs);
            let events = security_log(&scenario, &scenario.hosts[0]);
            for id in [4_608, 4_688, 4_689, 5_152, 5_154, 5_156, 5_157, 5_158, 5_441] {
                assert!(events.iter().any(|event| event.id == id), "no {id}");
            }
            check(&events);
        }
    }

    #[test]
    fn hostile_texts_read_back_as_they_are() {
        let scenario = Scenario::hostile();
        check(&sysmon_log(&scenario, &scenario.hosts[0]));
        check(&security_log(&scenario, &scenario.hosts[0]));
    }

    #[test]
    fn an_empty_log_is_a_valid_file() {
        assert!(read(evtx_file(&[])).is_empty());
    }
}
