//! What is written agrees with the truth, over many seeds, read with readers that share no code with the writers.

#![expect(
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "helpers of tests may fail loudly, like the tests themselves"
)]

use evtx::{EvtxParser, ParserSettings};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use whotalks_testkit::answerable::{Answer, Reason};
use whotalks_testkit::scenario::{Knobs, Scenario};
use whotalks_testkit::sources::{SourceKind, Sources};
use whotalks_testkit::truth::{TrueFlow, Truth, truth};
use whotalks_testkit::write::{EvidenceFile, files};

const SEEDS: std::ops::Range<u64> = 0..25;

fn each_seed(kinds: &[SourceKind], mut check: impl FnMut(&Truth, &[EvidenceFile])) {
    for seed in SEEDS {
        let scenario = Scenario::generate(seed, &Knobs::for_seed(seed));
        check(
            &truth(&scenario, &Sources::all()),
            &files(&scenario, &Sources::of(kinds)),
        );
    }
}

fn of_kind<'a>(files: &'a [EvidenceFile], truth: &'a Truth, kind: SourceKind) -> Vec<(String, &'a EvidenceFile)> {
    let observed: Vec<&str> = truth
        .hosts
        .iter()
        .filter(|host| host.observed)
        .map(|host| host.name.as_str())
        .collect();
    let host_of = |file: &EvidenceFile| match file.path.split_once('/') {
        Some((host, _)) => host.to_owned(),
        None => observed[0].to_owned(),
    };
    files
        .iter()
        .filter(|file| file.kind == kind)
        .map(|file| (host_of(file), file))
        .collect()
}

/// Time, ends and IP length of every packet of a pcapng file, by a reader of its own.
fn packets(bytes: &[u8]) -> Vec<(i64, SocketAddr, SocketAddr, u8, u64)> {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    let (mut at, mut nanoseconds_per_unit, mut found) = (0, 1, Vec::new());
    while at < bytes.len() {
        let (kind, length) = (word(at), word(at + 4) as usize);
        assert_eq!(word(at + length - 4) as usize, length, "both lengths of a block agree");
        if kind == 1 {
            let resolution = bytes[at..at + length]
                .windows(4)
                .position(|window| window == [9, 0, 1, 0]);
            let decimals = bytes[at + resolution.expect("a resolution") + 4];
            nanoseconds_per_unit = 10_i64.pow(9 - u32::from(decimals));
        }
        if kind == 6 {
            let units = (i64::from(word(at + 12)) << 32) | i64::from(word(at + 16));
            let frame = &bytes[at + 28..at + 28 + word(at + 20) as usize];
            let (source, destination, protocol, ip_bytes) = ends(frame);
            found.push((units * nanoseconds_per_unit, source, destination, protocol, ip_bytes));
        }
        at += length;
    }
    found
}

fn ends(frame: &[u8]) -> (SocketAddr, SocketAddr, u8, u64) {
    let port = |at: usize| u16::from_be_bytes([frame[at], frame[at + 1]]);
    let length = |at: usize| u64::from(port(at));
    if frame[12..14] == [8, 0] {
        let address = |at: usize| IpAddr::from(<[u8; 4]>::try_from(&frame[at..at + 4]).expect("four bytes"));
        let (source, destination) = (
            SocketAddr::new(address(26), port(34)),
            SocketAddr::new(address(30), port(36)),
        );
        return (source, destination, frame[23], length(16));
    }
    let address = |at: usize| IpAddr::from(<[u8; 16]>::try_from(&frame[at..at + 16]).expect("sixteen bytes"));
    let (source, destination) = (
        SocketAddr::new(address(22), port(54)),
        SocketAddr::new(address(38), port(56)),
    );
    (source, destination, frame[20], length(18) + 40)
}

fn ends_of(flow: &TrueFlow) -> (SocketAddr, SocketAddr) {
    (
        flow.local.parse().expect("an end"),
        flow.remote.parse().expect("an end"),
    )
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for seed in [0, 7, 23] {
        let one = Scenario::generate(seed, &Knobs::for_seed(seed));
        let two = Scenario::generate(seed, &Knobs::for_seed(seed));
        assert_eq!(files(&one, &Sources::all()), files(&two, &Sources::all()));
        assert_eq!(truth(&one, &Sources::all()), truth(&two, &Sources::all()));
    }
    let other = Scenario::generate(1, &Knobs::for_seed(0));
    assert_ne!(
        files(&other, &Sources::all()),
        files(&Scenario::generate(0, &Knobs::for_seed(0)), &Sources::all())
    );
}

#[test]
fn captured_packets_and_bytes_are_those_of_the_truth() {
    let mut compared = 0;
    each_seed(&[SourceKind::Pcap], |truth, files| {
        for (host, file) in of_kind(files, truth, SourceKind::Pcap) {
            let mut last_ns = 0;
            let mut seen: BTreeMap<(SocketAddr, SocketAddr, u8), Vec<(i64, u64)>> = BTreeMap::new();
            for (time_ns, source, destination, protocol, ip_bytes) in packets(&file.bytes) {
                assert!((truth.capture_begins_ns - 1_000..=truth.capture_ends_ns).contains(&time_ns));
                assert!(time_ns >= last_ns, "packets are in the order of time");
                last_ns = time_ns;
                seen.entry((source, destination, protocol))
                    .or_default()
                    .push((time_ns, ip_bytes));
            }
            let mut left: usize = seen.values().map(Vec::len).sum();
            for flow in truth.flows.iter().filter(|flow| flow.host == host) {
                let (local, remote) = ends_of(flow);
                let protocol = if flow.protocol == whotalks_testkit::truth::Protocol::Tcp {
                    6
                } else {
                    17
                };
                // Captures of microseconds cut the rest off.
                let within = |packet: &&(i64, u64)| (flow.first_ns - 1_000..=flow.last_ns).contains(&packet.0);
                let sum = |key| {
                    let of_flow = seen.get(key).into_iter().flatten().filter(within);
                    of_flow.fold((0, 0), |sum, packet| (sum.0 + 1, sum.1 + packet.1))
                };
                let (sent, received) = (sum(&(local, remote, protocol)), sum(&(remote, local, protocol)));
                assert_eq!(
                    (flow.packets_sent, flow.bytes_sent),
                    sent,
                    "flow {} of seed {}",
                    flow.id,
                    truth.seed
                );
                assert_eq!((flow.packets_received, flow.bytes_received), received);
                assert_eq!(flow.in_capture, sent.0 + received.0 > 0);
                left -= usize::try_from(sent.0 + received.0).expect("a count");
                compared += 1;
            }
            assert_eq!(left, 0, "packets of no flow");
        }
    });
    assert!(compared > 2_000, "only {compared} flows were compared");
}

fn records(bytes: &[u8]) -> Vec<Value> {
    let settings = ParserSettings::default()
        .validate_checksums(true)
        .separate_json_attributes(true);
    let mut parser = EvtxParser::from_buffer(bytes.to_vec())
        .expect("a log file")
        .with_configuration(settings);
    parser
        .records_json_value()
        .map(|record| record.expect("a whole record").data["Event"].clone())
        .collect()
}

#[test]
fn every_connection_event_is_about_a_flow_and_says_its_process_and_filter() {
    let mut seen = BTreeMap::new();
    each_seed(&[SourceKind::Evtx], |truth, files| {
        for (host, file) in of_kind(files, truth, SourceKind::Evtx) {
            let by_record: BTreeMap<u64, &TrueFlow> = truth
                .flows
                .iter()
                .filter(|flow| flow.host == host)
                .filter_map(|flow| Some((flow.evidence.decision_event?.record, flow)))
                .collect();
            let all = records(&file.bytes);
            let decisions = all
                .iter()
                .filter(|event| matches!(event["System"]["EventID"].as_u64(), Some(5_156 | 5_157)));
            let mut count = 0;
            for event in decisions {
                let id = event["System"]["EventRecordID"].as_u64().expect("a record id");
                check_decision(event, by_record.get(&id).expect("a flow of this record"));
                *seen.entry(event["System"]["EventID"].as_u64()).or_insert(0) += 1;
                count += 1;
            }
            assert_eq!(count, by_record.len());
        }
    });
    assert!(seen.len() == 2 && seen.values().all(|count| *count > 100), "{seen:?}");
}

fn check_decision(event: &Value, flow: &TrueFlow) {
    let data = &event["EventData"];
    let end = |address: &str, port: &str| {
        let address: IpAddr = data[address].as_str().expect("an address").parse().expect("an address");
        SocketAddr::new(address, data[port].as_str().expect("a port").parse().expect("a port"))
    };
    let (source, destination) = (end("SourceAddress", "SourcePort"), end("DestAddress", "DestPort"));
    let (local, remote) = ends_of(flow);
    match data["Direction"].as_str() {
        Some("%%14593") => assert_eq!((source, destination), (local, remote)),
        Some("%%14592") => assert_eq!((source, destination), (remote, local)),
        other => panic!("direction {other:?}"),
    }
    assert_eq!(data["ProcessID"].as_u64(), Some(flow.process.pid.into()));
    assert_eq!(
        data["FilterRTID"].as_u64(),
        Some(flow.filter.as_ref().map_or(0, |filter| filter.id))
    );
    let application = data["Application"].as_str().expect("a path");
    let file = flow.process.image.rsplit('\\').next().expect("a name");
    assert!(
        application.to_lowercase().ends_with(&file.to_lowercase()),
        "{application} is not {file}"
    );
}

/// A single answer in the right window that names the wrong thing would be a trap that no observer can see.
#[test]
fn no_address_is_named_wrongly_by_the_only_answer_for_it() {
    let mut checked = 0;
    each_seed(&[], |truth, _| {
        for flow in &truth.flows {
            let address = ends_of(flow).1.ip().to_string();
            let names: BTreeSet<&str> = truth
                .lookups
                .iter()
                .filter(|lookup| lookup.host == flow.host && lookup.addresses.contains(&address))
                .filter(|lookup| lookup.in_capture || lookup.sysmon_record.is_some())
                .filter(|lookup| lookup.answered_ns <= flow.first_ns)
                .map(|lookup| lookup.name.as_str())
                .collect();
            if let (1, Some(name)) = (names.len(), names.first()) {
                let right = [flow.name.as_deref(), flow.address_name.as_deref()];
                assert!(
                    right.contains(&Some(name)),
                    "{name} for flow {} of seed {}",
                    flow.id,
                    truth.seed
                );
                checked += 1;
            }
        }
    });
    assert!(checked > 1_000, "only {checked} flows had one name");
}

#[test]
fn times_are_sane() {
    each_seed(&[], |truth, _| {
        for process in &truth.processes {
            assert!(process.end_ns.is_none_or(|end_ns| end_ns > process.start_ns));
        }
        for flow in &truth.flows {
            let process = truth.process_of(flow).expect("the process of a flow");
            assert!(flow.first_ns <= flow.last_ns);
            assert!(
                process.start_ns <= flow.first_ns,
                "flow {} of seed {} is older than its process",
                flow.id,
                truth.seed
            );
            assert!(
                process.end_ns.is_none_or(|end_ns| flow.first_ns < end_ns),
                "flow {} begins after its process",
                flow.id
            );
        }
        for lookup in &truth.lookups {
            assert!(lookup.asker_start_ns <= lookup.answered_ns);
        }
        assert!(truth.snapshot_ns < truth.capture_ends_ns && truth.capture_ends_ns < truth.filters_ns);
    });
}

#[test]
fn instances_of_one_process_id_never_overlap() {
    let mut reused = 0;
    each_seed(&[], |truth, _| {
        let mut lives: BTreeMap<(&str, u32), Vec<(i64, i64)>> = BTreeMap::new();
        for process in &truth.processes {
            let life = (process.start_ns, process.end_ns.unwrap_or(i64::MAX));
            lives.entry((&process.host, process.pid)).or_default().push(life);
        }
        for instances in lives.values_mut().filter(|instances| instances.len() > 1) {
            instances.sort_unstable();
            reused += 1;
            assert!(instances.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{instances:?}");
        }
    });
    assert!(reused > 5, "{reused} reused ids");
}

#[test]
fn every_ingredient_and_every_reason_occurs() {
    let (mut ingredients, mut reasons) = (BTreeSet::new(), BTreeSet::new());
    for seed in 0..70 {
        let truth = truth(&Scenario::generate(seed, &Knobs::for_seed(seed)), &Sources::all());
        for flow in &truth.flows {
            ingredients.insert(flow.ingredient.clone());
            let answerable = truth.answerable(flow, &Sources::all());
            for answer in [
                answerable.process,
                answerable.image,
                answerable.service,
                answerable.name,
                answerable.filter,
            ] {
                if let Answer::UnknownBecause(because) = answer {
                    assert!(!because.is_empty(), "an unknown without a reason");
                    reasons.extend(because);
                }
            }
        }
    }
    let all = [
        Reason::SourceNotCollected,
        Reason::SourceBeganLater,
        Reason::RingOverwritten,
        Reason::EventsLost,
        Reason::Ambiguous,
        Reason::EncryptedName,
        Reason::ProcessEndedBeforeItsNameWasRead,
        Reason::BehindProxyWithoutLog,
        Reason::FilterIdsRenumbered,
        Reason::NoFilterRecorded,
        Reason::HostNotObserved,
    ];
    assert_eq!(reasons, all.into_iter().collect());
    assert!(ingredients.len() >= 18, "{ingredients:?}");
}

#[test]
fn fewer_sources_never_answer_more() {
    let scenario = Scenario::generate(11, &Knobs::for_seed(11));
    let truth = truth(&scenario, &Sources::all());
    let only = Sources::of(&[SourceKind::Netstat]);
    let mut lost = 0;
    for flow in &truth.flows {
        let (all, few) = (truth.answerable(flow, &Sources::all()), truth.answerable(flow, &only));
        assert!(all.process.is_known() || !few.process.is_known());
        assert!(all.name.is_known() || !few.name.is_known());
        lost += usize::from(all.name.is_known() && !few.name.is_known());
    }
    assert!(lost > 0, "netstat alone knows no names");
}

#[test]
fn the_example_is_small_and_holds_what_it_promises() {
    let scenario = Scenario::example();
    let truth = truth(&scenario, &Sources::all());
    let size: usize = files(&scenario, &Sources::all())
        .iter()
        .map(|file| file.bytes.len())
        .sum();
    assert!(size < 5_000_000, "{size} bytes");
    assert_eq!(truth.hosts[0].name, "CHIEF-PC");
    let has = |remote: &str, image: &str, name: Option<&str>| {
        truth
            .flows
            .iter()
            .any(|flow| flow.remote == remote && flow.process.image.ends_with(image) && flow.name.as_deref() == name)
    };
    assert!(has(
        "20.42.73.29:443",
        "svchost.exe",
        Some("v10.events.data.microsoft.com")
    ));
    assert!(has("192.0.2.8:3128", "chrome.exe", Some("updates.example.net")));
    assert!(has("203.0.113.77:8443", "updater.exe", None));
    assert!(has("198.51.100.20:445", "svchost.exe", None));
    assert!(truth.packet_drops.len() >= 5);
}

#[test]
fn the_text_tools_decode_in_every_encoding() {
    let mut encodings = BTreeSet::new();
    each_seed(&[SourceKind::Netstat], |truth, files| {
        for (_, file) in of_kind(files, truth, SourceKind::Netstat) {
            let text = match truth.knobs.encoding {
                whotalks_testkit::scenario::Encoding::Utf16Le => encoding_rs::UTF_16LE.decode(&file.bytes).0,
                whotalks_testkit::scenario::Encoding::Cp932 => encoding_rs::SHIFT_JIS.decode(&file.bytes).0,
                whotalks_testkit::scenario::Encoding::Utf8 => encoding_rs::UTF_8.decode(&file.bytes).0,
            };
            let heading = match truth.knobs.language {
                whotalks_testkit::scenario::Language::Japanese => "アクティブな接続",
                whotalks_testkit::scenario::Language::English => "Active Connections",
            };
            assert!(text.contains(heading), "{text}");
            assert!(text.contains("LISTENING") && text.contains("\r\n"));
            encodings.insert(format!("{:?} {:?}", truth.knobs.encoding, truth.knobs.language));
        }
    });
    assert_eq!(encodings.len(), 6, "{encodings:?}");
}
