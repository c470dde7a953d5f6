//! How fast rows are written and read. Run by hand: `cargo test --release -p whotalks-store speed -- --ignored --nocapture`.

use std::time::Instant;

use whotalks_correlate::FlowStream;
use whotalks_record::{
    ApplicationProtocol, CloseReason, ConnectionEvent, ConnectionEventKind, Direction, Endpoint, EvidenceId, FilterId,
    Flow, FlowId, FlowKey, Initiator, InterfaceId, IpProtocol, NameObservation, NameSource, Nanoseconds, Pid, Position,
    RecognisedBy, Record, Span, TcpFlags, TcpSummary, Timestamp, Traffic, VlanTags,
};
use whotalks_store::FlowSpill;
use whotalks_tables::{ConnectionEvents, Flows};

use crate::sample::{Sample, begin};
use crate::support::Dice;

const ROWS: u64 = 1_000_000;

fn rate(what: &str, rows: u64, started: Instant) {
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{what}: {rows} rows in {seconds:.2} s, {:.2} M rows/s",
        rows as f64 / seconds / 1e6
    );
}

fn memory(what: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or("VmHWM unknown");
    println!("{what}: {peak}");
}

fn span(number: u64) -> Span {
    Span {
        evidence: EvidenceId(1),
        position: Position::Packet(number),
        offset: number * 400,
        length: 74,
    }
}

fn endpoint(dice: &mut Dice, port: u16) -> Endpoint {
    let address = std::net::Ipv4Addr::from(0x0a00_0000 | (dice.next() as u32 & 0xffff));
    Endpoint::new(address.into(), port)
}

/// A flow as captures have them, one name for every second one.
fn flow(dice: &mut Dice, number: u64) -> (Flow, Vec<NameObservation>) {
    let first = Timestamp::from_nanoseconds(1_700_000_000_000_000_000 + number as i64 * 1_000_003);
    let traffic = || Traffic {
        packets: 12,
        ip_bytes: 4_711 + number % 1_000,
        payload_bytes: 4_000,
    };
    let client_port = 1_024 + dice.below(60_000) as u16;
    let flow = Flow {
        span: span(number * 10),
        id: FlowId(number),
        key: FlowKey {
            protocol: IpProtocol::TCP,
            client: endpoint(dice, client_port),
            server: endpoint(dice, 443),
        },
        initiator: Initiator::Syn,
        vlan: VlanTags::default(),
        interface: InterfaceId(0),
        first: Some(first),
        last: Some(first + Nanoseconds(dice.below(1 << 32) as i64)),
        sent: traffic(),
        received: traffic(),
        tcp: Some(TcpSummary {
            client_flags: TcpFlags(27),
            server_flags: TcpFlags(27),
            syn_to_syn_ack: Some(Nanoseconds(dice.below(1 << 24) as i64)),
            syn_ack_to_ack: Some(Nanoseconds(dice.below(1 << 16) as i64)),
            handshake: Some(Nanoseconds(dice.below(1 << 24) as i64)),
            close: CloseReason::Finished,
        }),
        application: ApplicationProtocol::Tls,
        recognised_by: Some(RecognisedBy::Content),
        snapped: false,
    };
    let names = match number % 2 {
        0 => Vec::new(),
        _ => vec![NameObservation {
            span: span(number * 10 + 3),
            flow: flow.id,
            key: flow.key,
            time: flow.first,
            source: NameSource::HttpHost,
            name: format!("host-{}.example.com", dice.below(20_000)).into(),
            port: None,
            path: None,
        }],
    };
    (flow, names)
}

fn event(dice: &mut Dice, number: u64, host: &whotalks_record::Text, image: &whotalks_record::Text) -> Record {
    Record::Connection(ConnectionEvent {
        span: span(number),
        time: Timestamp::from_nanoseconds(1_700_000_000_000_000_000 + number as i64 * 1_000_003),
        host: Some(host.clone()),
        kind: ConnectionEventKind::ConnectionPermitted,
        pid: Some(Pid(1_234)),
        image: Some(image.clone()),
        direction: Some(Direction::Outbound),
        protocol: Some(IpProtocol::TCP),
        local: Some(endpoint(dice, 50_000)),
        remote: Some(endpoint(dice, 443)),
        filter: Some(FilterId(70_000 + dice.below(300))),
        filter_origin: None,
        layer_name: Some("%%14611".into()),
        layer_id: Some(48),
        user: None,
        remote_name: None,
    })
}

#[test]
#[ignore = "a measurement"]
fn speed_of_the_spill() {
    let folder = tempfile::tempdir().unwrap();
    let mut spill = FlowSpill::new(folder.path(), FlowSpill::MOST_IN_MEMORY);
    let mut dice = Dice(1);
    let made = Instant::now();
    let sum: u64 = (0..5 * ROWS).map(|number| flow(&mut dice, number).0.id.0).sum();
    rate(&format!("making flows alone ({sum})"), 5 * ROWS, made);
    let started = Instant::now();
    let mut dice = Dice(1);
    for number in 0..5 * ROWS {
        let (flow, names) = flow(&mut dice, number);
        spill.push(flow, names).unwrap();
    }
    rate("spill, made and written", 5 * ROWS, started);
    let started = Instant::now();
    let (mut flows, mut names_seen) = (0, 0);
    spill.visit(&mut |_, names| {
        flows += 1;
        names_seen += names.len();
    });
    rate("spill, read", flows, started);
    assert_eq!((flows, names_seen as u64), (5 * ROWS, 5 * ROWS / 2));
    memory("spill of five million flows");
}

#[test]
#[ignore = "a measurement"]
fn speed_of_flows_in_a_case() {
    let sample = Sample::new();
    let case = sample.writer();
    let mut batch = begin(&case, "e1");
    let mut dice = Dice(1);
    let started = Instant::now();
    for number in 0..ROWS {
        let (flow, names) = flow(&mut dice, number);
        batch.append_flow(&flow, &names).unwrap();
    }
    batch.commit().unwrap();
    rate("Flows and FlowNames, made and written", ROWS, started);
    let reader = sample.store().reader().unwrap();
    let started = Instant::now();
    let mut count = 0;
    reader.flows().visit(&mut |_, _| count += 1);
    rate("Flows with FlowNames, read", count, started);
    let started = Instant::now();
    rate("Flows, read", reader.observed::<Flows>().count() as u64, started);
    assert_eq!(count, ROWS);
    memory("a million flows in a case");
    let bytes: u64 = sample
        .parts("Flows")
        .iter()
        .map(|part| part.metadata().unwrap().len())
        .sum();
    println!("Flows: {:.1} bytes a row on disk", bytes as f64 / ROWS as f64);
}

#[test]
#[ignore = "a measurement"]
fn speed_of_connection_events_in_a_case() {
    let sample = Sample::new();
    let case = sample.writer();
    let mut batch = begin(&case, "e1");
    let mut dice = Dice(1);
    let (host, image) = (
        "PC1.example".into(),
        r"\device\harddiskvolume3\windows\system32\svchost.exe".into(),
    );
    let started = Instant::now();
    for number in 0..ROWS {
        batch.append(&event(&mut dice, number, &host, &image)).unwrap();
    }
    batch.commit().unwrap();
    rate("ConnectionEvents, made and written", ROWS, started);
    let reader = sample.store().reader().unwrap();
    let started = Instant::now();
    rate(
        "ConnectionEvents, read",
        reader.observed::<ConnectionEvents>().count() as u64,
        started,
    );
    assert_eq!(reader.observed_rows::<ConnectionEvents>(), ROWS);
    memory("a million events in a case");
}
