//! Cases of other versions.

use std::fs;
use std::path::{Path, PathBuf};

use whotalks_correlate::FlowStream;
use whotalks_record::{
    ApplicationProtocol, CloseReason, ConnectionEvent, ConnectionEventKind, Direction, DnsAnswer, DnsRecordData,
    DnsTransaction, DnsTransport, Endpoint, EvidenceId, FilterId, FilterOrigin, Flow, FlowId, FlowKey, Initiator,
    InterfaceId, IpProtocol, NameObservation, NameSource, Nanoseconds, Pid, Position, ProcessEvent, ProcessEventKind,
    RecognisedBy, Record, Span, TcpFlags, TcpSummary, Timestamp, Traffic, VlanTags,
};
use whotalks_store::{CaseStore, FORMAT, StoreError};
use whotalks_tables::{EvidenceRow, IssueItem, IssueKindWord};

use crate::sample::{Sample, begin, identity, read_back};

const SECOND: i64 = 1_700_000_000;

fn fixture(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("testdata/format-{format}"))
}

fn span(position: Position) -> Span {
    Span {
        evidence: EvidenceId(1),
        position,
        offset: 4_096,
        length: 66,
    }
}

fn time(nanoseconds: u32) -> Timestamp {
    Timestamp::from_seconds(SECOND, nanoseconds)
}

fn key() -> FlowKey {
    FlowKey {
        protocol: IpProtocol::TCP,
        client: Endpoint::new("192.0.2.10".parse().unwrap(), 50_000),
        server: Endpoint::new("2001:db8::7".parse().unwrap(), 443),
    }
}

fn flow() -> Flow {
    let traffic = |packets| Traffic {
        packets,
        ip_bytes: packets * 100,
        payload_bytes: packets * 60,
    };
    Flow {
        span: span(Position::Packet(801)),
        id: FlowId(3),
        key: key(),
        initiator: Initiator::Syn,
        vlan: VlanTags {
            outer: Some(12),
            inner: None,
        },
        interface: InterfaceId(1),
        first: Some(time(1)),
        last: Some(time(999_999_999)),
        sent: traffic(4),
        received: traffic(5),
        tcp: Some(TcpSummary {
            client_flags: TcpFlags(27),
            server_flags: TcpFlags(18),
            syn_to_syn_ack: Some(Nanoseconds(1_000)),
            syn_ack_to_ack: Some(Nanoseconds(20)),
            handshake: Some(Nanoseconds(1_020)),
            close: CloseReason::ServerReset,
        }),
        application: ApplicationProtocol::Tls,
        recognised_by: Some(RecognisedBy::Content),
        snapped: false,
    }
}

fn name() -> NameObservation {
    NameObservation {
        span: span(Position::Packet(804)),
        flow: FlowId(3),
        key: key(),
        time: Some(time(2)),
        source: NameSource::HttpConnect,
        name: "日本.example".into(),
        port: Some(443),
        path: None,
    }
}

fn dns() -> DnsTransaction {
    let answer = |data| DnsAnswer {
        name: "www.example".into(),
        ttl_seconds: 300,
        data,
    };
    DnsTransaction {
        span: span(Position::Packet(7)),
        flow: FlowId(2),
        client: key().client,
        server: key().server,
        transport: DnsTransport::Udp,
        asked: Some(time(5)),
        answered: None,
        name: "www.example".into(),
        record_type: 28,
        response_code: Some(0),
        answers: vec![
            answer(DnsRecordData::CanonicalName("cdn.example".into())),
            answer(DnsRecordData::Address("2001:db8::7".parse().unwrap())),
            answer(DnsRecordData::Other(65)),
        ],
    }
}

fn connection() -> ConnectionEvent {
    ConnectionEvent {
        span: span(Position::Record(77_391)),
        time: time(100),
        host: Some("PC1".into()),
        kind: ConnectionEventKind::ConnectionBlocked,
        pid: Some(Pid(1_234)),
        image: Some(r"\device\harddiskvolume3\windows\system32\svchost.exe".into()),
        direction: Some(Direction::Outbound),
        protocol: Some(IpProtocol::TCP),
        local: Some(key().client),
        remote: None,
        filter: Some(FilterId(u64::MAX)),
        filter_origin: Some(FilterOrigin("Query User Default".into())),
        layer_name: Some("%%14611".into()),
        layer_id: Some(48),
        user: None,
        remote_name: None,
    }
}

fn process() -> ProcessEvent {
    ProcessEvent {
        span: span(Position::Line(14)),
        time: None,
        host: Some("PC1".into()),
        kind: ProcessEventKind::Alive,
        pid: Pid(1_234),
        image: Some("svchost.exe".into()),
        command_line: None,
        parent_pid: None,
        parent_image: None,
        user: None,
        services: vec!["Dnscache".into(), "NlaSvc".into()],
        unique_id: None,
        sha256: None,
    }
}

fn manifest() -> EvidenceRow {
    EvidenceRow {
        id: EvidenceId(1),
        path: "bundle.zip!PC1/capture.pcapng".into(),
        folder: "bundle.zip!PC1".into(),
        container: Some(EvidenceId(9)),
        format: "pcapng".into(),
        status: "read-in-part".into(),
        duplicate_of: None,
        bytes: 12_345,
        sha256: Some("00".repeat(32).into()),
        modified: Some(time(0)),
        host_hint: Some("PC1".into()),
        is_event_log: false,
        first_record: None,
        packets: 804,
        records: 4,
        issues: vec![IssueItem {
            span: Span::whole(EvidenceId(1)),
            kind: IssueKindWord::Truncated,
            subject: Some("packet.data".into()),
            found: None,
            needed: Some(66),
            available: Some(60),
            count: None,
        }],
    }
}

fn rows() -> Vec<Record> {
    vec![
        Record::Dns(dns()),
        Record::Connection(connection()),
        Record::Process(process()),
    ]
}

fn check(root: &Path, recognised_by: Option<RecognisedBy>) {
    let (read, failures) = read_back(root);
    assert!(failures.is_empty(), "{failures:?}");
    assert_eq!(read, rows());
    let reader = CaseStore::open(root).unwrap().reader().unwrap();
    assert_eq!(reader.evidence().unwrap(), [manifest()]);
    let mut seen = Vec::new();
    let flows = reader.flows();
    flows.visit(&mut |flow, names| seen.push((flow.clone(), names.to_vec())));
    let flow = Flow {
        recognised_by,
        ..flow()
    };
    assert_eq!(seen, [(flow, vec![name()])]);
}

#[test]
fn cases_of_every_format_still_read() {
    // Format 1 did not always say how a protocol was recognised.
    check(&fixture(1), None);
    check(&fixture(2), flow().recognised_by);
}

#[test]
fn a_case_of_format_1_becomes_one_of_this_format_when_it_is_written() {
    let sample = Sample {
        folder: tempfile::tempdir().unwrap(),
    };
    crate::crashes::copy(&fixture(1), &sample.root());
    fs::create_dir_all(sample.root().join("derived")).unwrap();
    fs::write(sample.root().join("derived/Conversations.parquet"), b"of format 1").unwrap();
    check(&sample.root(), None);
    drop(sample.writer());
    let settings = fs::read_to_string(sample.root().join("case.toml")).unwrap();
    assert!(settings.contains(&format!("format = {FORMAT}\n")), "{settings}");
    check(&sample.root(), None);
    assert!(!sample.root().join("derived/Conversations.parquet").exists());
    assert!(
        sample
            .root()
            .join("observed/Flows/_delta_log/00000000000000000000.json")
            .exists()
    );
    assert!(sample.store().verify(&mut |_, _| {}).unwrap().faults.is_empty());
}

/// Run by hand, once for each new format: the older fixtures stay as they are, for they are what users have.
#[test]
#[ignore = "writes the fixture of the current format"]
fn write_the_fixture() {
    let root = fixture(FORMAT);
    let _ = fs::remove_dir_all(&root);
    let case = CaseStore::create(&root).unwrap().writer(&identity()).unwrap();
    let mut batch = begin(&case, "e1");
    batch.append_evidence(&manifest()).unwrap();
    batch.append_flow(&flow(), &[name()]).unwrap();
    rows().iter().for_each(|record| batch.append(record).unwrap());
    batch.commit().unwrap();
    drop(case);
    for left_over in ["writer.lock", "commit.lock"] {
        fs::remove_file(root.join(left_over)).unwrap();
    }
    fs::remove_dir(root.join("tmp")).unwrap();
}

#[test]
fn a_newer_format_is_refused_with_the_version_it_needs() {
    let sample = Sample::new();
    let text = "format = 3\nneeds-whotalks = \"0.7.0\"\nsomething-new = true\n";
    fs::write(sample.root().join("case.toml"), text).unwrap();
    let error = CaseStore::open(&sample.root()).unwrap_err();
    assert!(matches!(error, StoreError::NewerFormat { format: 3, .. }));
    assert!(error.to_string().ends_with("use whotalks 0.7.0 or later"), "{error}");
}

#[test]
fn unknown_settings_of_the_same_format_are_passed_over() {
    let sample = Sample::new();
    let path = sample.root().join("case.toml");
    let text = fs::read_to_string(&path).unwrap() + "colour = \"green\"\n";
    fs::write(&path, text).unwrap();
    assert!(CaseStore::open(&sample.root()).is_ok());
}
