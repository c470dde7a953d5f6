//! All readers over the corpus, where it is there.

use std::collections::BTreeMap;

use serde_json::Value;
use whotalks_evtx::{Kind, sniff};
use whotalks_record::{ConnectionEvent, ConnectionEventKind, Endpoint, IssueKind, Pid, Position, Record};

use crate::shared::{corpus, corpus_files, read};

/// The number that people know an event by.
fn event_id(record: &Record) -> Option<u64> {
    match record {
        Record::Connection(event) => event.kind.event_id().map(u64::from),
        _ => None,
    }
}

#[test]
fn every_corpus_file_is_told_by_its_content() {
    for (extension, kind) in [("evtx", Kind::Evtx), ("jsonl", Kind::Json)] {
        for path in corpus_files(extension) {
            let bytes = std::fs::read(&path).unwrap();
            let prefix = &bytes[..bytes.len().min(65_536)];
            assert_eq!(sniff(prefix), Some(kind), "{}", path.display());
        }
    }
}

#[test]
fn every_exported_connection_event_becomes_a_record() {
    for path in corpus_files("jsonl") {
        let bytes = std::fs::read(&path).unwrap();
        let mut expected: BTreeMap<u64, usize> = BTreeMap::new();
        for line in String::from_utf8_lossy(&bytes).lines() {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            let id = event.get("EventID").and_then(serde_json::Value::as_u64).unwrap();
            let is_sysmon = event.get("SourceName").unwrap() == "Microsoft-Windows-Sysmon";
            if (is_sysmon && id == 3)
                || (!is_sysmon
                    && ConnectionEventKind::ALL
                        .iter()
                        .any(|kind| kind.event_id().map(u64::from) == Some(id)))
            {
                *expected.entry(id).or_default() += 1;
            }
        }
        let kept = read(Kind::Json, &bytes);
        let mut found: BTreeMap<u64, usize> = BTreeMap::new();
        for id in kept.records.iter().filter_map(event_id) {
            *found.entry(id).or_default() += 1;
        }
        assert_eq!(found, expected, "{}", path.display());
        // Some NXLog exports lost `ProcessId` of Sysmon events; a process without one is no record.
        let unexplained = kept.issues.iter().find(
            |issue| !matches!(&issue.kind, IssueKind::Skipped { unit, .. } if *unit == "event without its main field"),
        );
        assert_eq!(unexplained, None, "{}", path.display());
    }
}

/// The connection events of a log by record number and identifier.
fn connections(records: &[Record]) -> BTreeMap<(u64, u16), &ConnectionEvent> {
    records
        .iter()
        .filter_map(|record| match record {
            Record::Connection(event) => match event.span.position {
                Position::Record(number) => Some(((number, event.kind.event_id()?), event)),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// An end of a connection as the truth writes it.
fn end(data: &Value, address: &str, port: &str) -> Option<Endpoint> {
    let text = |name: &str| data.get(name).map(|value| value.to_string().replace('"', ""));
    Some(Endpoint::new(text(address)?.parse().ok()?, text(port)?.parse().ok()?))
}

fn assert_agrees(event: &ConnectionEvent, truth: &Value, place: &str) {
    let data = truth.get("data").unwrap();
    let pid = data
        .get("ProcessID")
        .or_else(|| data.get("ProcessId"))
        .and_then(Value::as_u64);
    assert_eq!(event.pid.map(|Pid(pid)| u64::from(pid)), pid, "{place}");
    let ends = if event.kind == ConnectionEventKind::SysmonConnection {
        [
            end(data, "SourceIp", "SourcePort"),
            end(data, "DestinationIp", "DestinationPort"),
        ]
    } else {
        [
            end(data, "SourceAddress", "SourcePort"),
            end(data, "DestAddress", "DestPort"),
        ]
    };
    let mut expected: Vec<_> = ends.into_iter().flatten().collect();
    let mut found: Vec<_> = [event.local, event.remote].into_iter().flatten().collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{place}");
    let host = truth.get("computer").and_then(Value::as_str);
    assert_eq!(event.host.as_deref(), host, "{place}");
}

#[test]
fn connection_events_of_binary_logs_say_what_their_truth_says() {
    let mut compared = 0;
    for path in corpus_files("evtx") {
        let Some(folder) = corpus("truth") else { return };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let truth: Value =
            serde_json::from_slice(&std::fs::read(folder.join(format!("{name}.json"))).unwrap()).unwrap();
        let kept = read(Kind::Evtx, &std::fs::read(&path).unwrap());
        let connections = connections(&kept.records);
        for truth in truth.get("network_events").and_then(Value::as_array).unwrap() {
            let id: u16 = truth.get("id").and_then(Value::as_str).unwrap().parse().unwrap();
            let is_sysmon = truth.get("channel").and_then(Value::as_str).unwrap().contains("Sysmon");
            if !(is_sysmon && id == 3 || !is_sysmon && matches!(id, 5152 | 5154 | 5156..=5158)) {
                continue;
            }
            let number = truth.get("record").and_then(Value::as_u64).unwrap();
            let event = connections.get(&(number, id));
            assert_agrees(event.unwrap(), truth, &format!("{name} @{number}"));
            compared += 1;
        }
    }
    assert!(
        corpus("evtx").is_none() || compared > 300,
        "only {compared} events compared"
    );
}

#[test]
fn windows_7_names_its_own_end_first_in_inbound_events() {
    let Some(folder) = corpus("evtx") else { return };
    for (log, own, port) in [
        ("sbousseaden__DE_RDP_Tunnel_5156.evtx", "127.0.0.2", 3_389),
        ("sbousseaden__LM_impacket_docmexec_mmc_sysmon_01.evtx", "10.0.2.18", 445),
        (
            "sbousseaden__LM_sysmon_3_12_13_1_SharpRDP.evtx",
            "192.168.56.101",
            3_389,
        ),
    ] {
        let kept = read(Kind::Evtx, &std::fs::read(folder.join(log)).unwrap());
        let own = Endpoint::new(own.parse().unwrap(), port);
        let found = connections(&kept.records);
        assert!(found.values().any(|event| event.local == Some(own)), "{log}");
        assert!(
            found.values().all(|event| event.remote != Some(own)
                || event.local.is_some_and(|end| end.port != 0)
                    && event.direction == Some(whotalks_record::Direction::Outbound)),
            "{log}"
        );
    }
}
