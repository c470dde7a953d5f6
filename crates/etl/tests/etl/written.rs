#![expect(clippy::unwrap_used, reason = "a test that cannot set up its traces fails")]

use proptest::prelude::*;
use whotalks_etl::{ConnectionKind, Statement, decompress};
use whotalks_record::{
    IssueKind, Nanoseconds, Pid, ProcessEventKind, Record, SocketCall, SocketCallKind, SocketState, SourceRange,
    Timestamp,
};
use whotalks_testkit::write::etl::{
    Layout, Socket, TraceEvent, TraceWriter, afd_bind, afd_close, afd_connect, afd_create, dns_answer,
    kernel_process_start, packet_fragment, pktmon_component, pktmon_packet, provider, tcpip_connected, tcpip_listed,
    tcpip_named, udp_messages,
};

use crate::seen::{hand, read};

const START: i64 = 1_700_000_000_000_000_000;
const WHOLE_PACKET: u64 = 0xc000_0001;

fn event(provider: &'static str, id: u16, version: u8, milliseconds: i64, payload: Vec<u8>) -> TraceEvent {
    TraceEvent {
        provider,
        id,
        version,
        process_id: 1_000,
        time_ns: START + milliseconds * 1_000_000,
        payload,
        ..TraceEvent::default()
    }
}

fn socket() -> Socket {
    Socket {
        local: "10.0.0.5:50000".parse().unwrap(),
        remote: "[2001:db8::9]:443".parse().unwrap(),
        process_id: 4_242,
        process_start_key: 99,
    }
}

/// Events of every provider, on two processors in turn.
fn events() -> Vec<TraceEvent> {
    let mut captured = event(provider::PACKET_CAPTURE, 1001, 0, 7, packet_fragment(3, 4, &[0xee; 60]));
    captured.keywords = WHOLE_PACKET;
    let mut connected = event(provider::TCPIP, 1033, 1, 2, tcpip_connected(&socket(), 0));
    connected.process_start_key = Some(99);
    vec![
        event(
            provider::KERNEL_PROCESS,
            1,
            3,
            1,
            kernel_process_start(4_242, 700, r"\Device\x\app.exe", 133_444_736_000_010_000),
        ),
        connected,
        event(provider::TCPIP, 1300, 1, 3, tcpip_listed(&socket(), 4)),
        event(provider::AFD, 1000, 0, 4, afd_create(0xfff0, 4_242, 6)),
        event(
            provider::AFD,
            1018,
            0,
            5,
            afd_connect(0xfff0, "192.0.2.7:80".parse().unwrap()),
        ),
        event(
            provider::DNS_CLIENT,
            3008,
            0,
            6,
            dns_answer("Example.com", 1, 0, "::ffff:192.0.2.7;type: 5 x.example;"),
        ),
        captured,
        event(provider::PKTMON, 160, 0, 8, pktmon_packet(1, 1, 5, 0, &[0xaa; 70])),
        event(provider::PKTMON, 160, 0, 9, pktmon_packet(1, 1, 6, 0, &[0xaa; 70])),
        event(provider::PKTMON, 170, 0, 10, pktmon_packet(2, 1, 6, 12, &[0xbb; 70])),
    ]
}

fn written(layout: Layout, events: &[TraceEvent]) -> Vec<u8> {
    let mut writer = TraceWriter::new(layout);
    for (number, event) in events.iter().enumerate() {
        writer.event((number % usize::from(layout.processors)) as u16, event);
    }
    writer.finish()
}

fn small(compressed: bool) -> Layout {
    Layout {
        buffer_bytes: 0x400,
        processors: 3,
        compressed,
        ..Layout::default()
    }
}

#[test]
fn what_was_written_is_read_in_the_order_of_time_compressed_or_not() {
    for compressed in [false, true] {
        let (all, totals) = read(&written(small(compressed), &events()));
        assert!(all.issues.is_empty(), "{:?}", all.issues);
        assert_eq!(totals.compressed_buffers > 0, compressed);
        let header = all.header.unwrap();
        assert_eq!((header.build, header.session.as_deref()), (19_045, Some("trace")));
        assert_eq!(header.utc_offset, Nanoseconds::from_seconds(9 * 3_600));
        let times: Vec<_> = events()
            .iter()
            .map(|event| Some(Timestamp::from_nanoseconds(event.time_ns)))
            .collect();
        let read: Vec<_> = all.events.iter().skip(1).map(|event| event.time).collect();
        assert_eq!(read, times);
        for (written, read) in events().iter().zip(all.events.iter().skip(1)) {
            assert_eq!((written.id, &written.payload), (read.id, &read.payload));
            assert_eq!(
                (written.provider, written.process_start_key),
                (&*read.provider, read.process_start_key)
            );
            assert_eq!(read.process_id, Some(1_000));
        }
    }
}

#[test]
fn events_say_what_happened_and_never_take_the_thread_for_the_owner() {
    let (all, _) = read(&written(small(false), &events()));
    let [process, connected, listed, called, named] = all.statements.as_slice() else {
        panic!("{:?}", all.statements);
    };
    assert!(matches!(process, Statement::Process(process)
        if process.kind == ProcessEventKind::Start && process.pid == Pid(4_242) && process.parent_pid == Some(Pid(700))
            && process.image.as_deref() == Some(r"\Device\x\app.exe")));
    assert!(matches!(connected, Statement::Connection(one)
        if one.kind == ConnectionKind::Connected && one.pid == Some(Pid(4_242)) && one.process_start_key == Some(99)
            && one.local.unwrap().to_string() == "10.0.0.5:50000" && one.remote.unwrap().to_string() == "[2001:db8::9]:443"));
    assert!(matches!(listed, Statement::Connection(one)
        if one.kind == ConnectionKind::Listed(Some(SocketState::Established)) && one.pid == Some(Pid(4_242))));
    assert!(matches!(called, Statement::Connection(one)
        if one.kind == ConnectionKind::Requested && one.pid == Some(Pid(4_242)) && one.remote.unwrap().port == 80));
    assert!(matches!(named, Statement::Name(name)
        if &*name.name == "example.com" && name.pid == Some(Pid(1_000)) && name.addresses.len() == 1));
}

#[test]
fn packets_are_handed_on_once_with_their_interfaces_and_places() {
    let bytes = written(small(false), &events());
    let handed = hand(&bytes);
    let packets: Vec<_> = handed
        .packets
        .iter()
        .map(|(interface, link, _, data)| (*interface, *link, data.len()))
        .collect();
    assert_eq!(packets, [(0, 1, 60), (1, 1, 70), (2, 1, 70)]);
    assert_eq!(handed.interfaces.len(), 3);
    assert_eq!(handed.comments, ["PktMon drop: reason 12, location 0x0, component 6"]);
    for ((_, _, _, data), (offset, length)) in handed.packets.iter().zip(&handed.places) {
        let place = *offset as usize..*offset as usize + *length as usize;
        assert_eq!(&bytes[place], data.as_slice());
    }
    let processes = handed
        .records
        .iter()
        .filter(|record| matches!(record, Record::Process(_)))
        .count();
    assert_eq!(processes, 1);
}

#[test]
fn a_drop_is_noted_at_the_packet_that_appeared_before_and_one_that_comes_late_is_counted() {
    let at = |milliseconds, id, component, reason| {
        let payload = pktmon_packet(1, 1, component, reason, &[0xaa; 70]);
        event(provider::PKTMON, id, 0, milliseconds, payload)
    };
    let named = event(provider::PKTMON, 20, 0, 0, pktmon_component(6, "Filter"));
    let other = event(provider::PKTMON, 160, 0, 500, pktmon_packet(2, 1, 5, 0, &[0xbb; 70]));
    let events = [named, at(1, 160, 5, 0), at(2, 170, 6, 12), other, at(501, 170, 7, 9)];
    let handed = hand(&written(small(false), &events));
    assert_eq!(handed.packets.len(), 2);
    let noted = "PktMon drop: reason 12, location 0x0, component 6 (Filter)";
    assert_eq!(handed.comments, [noted]);
    let late = |issue: &whotalks_record::Issue| matches!(issue.kind, IssueKind::Skipped { count: 1, .. });
    assert!(handed.issues.iter().any(late), "{:?}", handed.issues);
}

#[test]
fn statements_become_records_without_a_host_and_what_they_cover() {
    let mut all = events();
    let later = Socket {
        remote: "192.0.2.7:80".parse().unwrap(),
        ..socket()
    };
    all.push(event(provider::TCPIP, 1382, 0, 11, tcpip_named(&later, "Example.com.")));
    all.push(event(provider::TCPIP, 1169, 1, 12, udp_messages(&later, 0xfff0, 60)));
    all.push(event(
        provider::AFD,
        1030,
        0,
        13,
        afd_bind(0xfff0, "0.0.0.0:5353".parse().unwrap()),
    ));
    let layout = Layout {
        events_lost: 5,
        ..small(false)
    };
    let handed = hand(&written(layout, &all));
    let mut told = Vec::new();
    for record in &handed.records {
        match record {
            Record::Connection(event) => {
                assert_eq!(event.host, None);
                told.push(format!(
                    "{:?} {:?} {:?}",
                    event.kind,
                    event.pid.map(|pid| pid.0),
                    event.remote_name
                ));
            }
            Record::Resolver(event) => told.push(format!("asked {} {:?}", event.name, event.pid.map(|pid| pid.0))),
            Record::Call(call) => told.push(format!("{:?} by {:?}", call.kind, call.pid.map(|pid| pid.0))),
            Record::Snapshot(list) => told.push(format!("{:?} {}", list.tool, list.number)),
            Record::Socket(socket) => told.push(format!("{:?} of list {}", socket.state, socket.snapshot)),
            Record::Range(range) if range.source.is_traced() => {
                assert_eq!((range.host.as_ref(), range.lost), (None, Some(5)));
                told.push(format!("{:?} {}", range.source, range.units));
            }
            _ => {}
        }
    }
    let expected = [
        "TraceConnected Some(4242) None",
        "TraceRundown 0",
        "Some(Established) of list 0",
        "Called by Some(4242)",
        "asked example.com Some(1000)",
        "TraceNamed None Some(\"example.com\")",
        "TraceUsed Some(4242) None",
        "TraceBound Some(4242) None",
        "TraceSockets 7",
        "TraceProcesses 1",
        "TraceDns 1",
    ];
    assert_eq!(told, expected);
}

/// What a file of a session says of sockets, and of the session.
fn calls_of(file_number: u32, events: &[TraceEvent]) -> (Vec<SocketCall>, Vec<SourceRange>) {
    let layout = Layout {
        file_number,
        ..small(false)
    };
    let handed = hand(&written(layout, events));
    let (mut calls, mut ranges) = (Vec::new(), Vec::new());
    for record in handed.records {
        match record {
            Record::Call(call) => calls.push(call),
            Record::Range(range) => ranges.push(range),
            _ => {}
        }
    }
    (calls, ranges)
}

#[test]
fn one_of_several_files_tells_what_it_leaves_open_and_what_it_does_not_know() {
    let remote = "192.0.2.7:80".parse().unwrap();
    let created = event(provider::AFD, 1000, 0, 1, afd_create(0xfff0, 4_242, 6));
    let gone = event(provider::AFD, 1000, 0, 2, afd_create(0xffe0, 4_242, 6));
    let closed = event(provider::AFD, 1001, 0, 3, afd_close(0xffe0));
    let first = [created, gone, closed];
    let called = event(provider::AFD, 1018, 0, 10, afd_connect(0xfff0, remote));
    let bound = event(
        provider::AFD,
        1030,
        0,
        11,
        afd_bind(0xfff0, "0.0.0.0:53".parse().unwrap()),
    );
    let closed = event(provider::AFD, 1001, 0, 12, afd_close(0xfff0));
    let second = [called, bound, closed];
    let kinds = |calls: &[SocketCall]| calls.iter().map(|call| (call.kind, call.pid)).collect::<Vec<_>>();
    let (calls, ranges) = calls_of(1, &first);
    assert_eq!(kinds(&calls), [(SocketCallKind::Open, Some(Pid(4_242)))]);
    let session = ranges[0].session.clone().unwrap();
    assert_eq!((&*session.name, session.file), ("trace", 1));
    let (calls, ranges) = calls_of(2, &second);
    let expected = [SocketCallKind::Called, SocketCallKind::Bound, SocketCallKind::Closed];
    assert_eq!(kinds(&calls), expected.map(|kind| (kind, None)));
    let other = ranges[0].session.clone().unwrap();
    assert_eq!((other.boot, other.start, other.file), (session.boot, session.start, 2));
    let (alone, ranges) = calls_of(0, &first);
    assert!(alone.is_empty() && ranges.iter().all(|range| range.session.is_none()));
}

#[test]
fn losses_and_dropped_buffers_are_issues() {
    let layout = Layout {
        events_lost: 5,
        buffers_lost: 1,
        drops_every: 4,
        ..small(false)
    };
    let many: Vec<_> = (0..100)
        .map(|at| event(provider::PKTMON, 10, 0, at, vec![0; 60]))
        .collect();
    let (all, totals) = read(&written(layout, &many));
    let lost = |unit: &str| {
        all.issues
            .iter()
            .any(|issue| matches!(issue.kind, IssueKind::Lost { unit: one, .. } if one == unit))
    };
    assert!(lost("event") && lost("trace buffer"));
    assert!(totals.buffers_after_lost_buffers > 0 && totals.events < 101);
}

#[test]
fn a_file_that_wrapped_around_keeps_its_newest_events_in_order() {
    let layout = Layout {
        buffer_bytes: 0x1_0000,
        wraps_at_mebibytes: 1,
        processors: 2,
        ..Layout::default()
    };
    let many: Vec<_> = (0..3_000)
        .map(|at| event(provider::PKTMON, 10, 0, at, vec![7; 600]))
        .collect();
    let (all, totals) = read(&written(layout, &many));
    assert!(totals.wrapped && totals.out_of_order == 0 && totals.events < 3_000);
    assert!(all.events.is_sorted_by_key(|event| event.time));
    assert_eq!(
        all.events.last().unwrap().time,
        Some(Timestamp::from_nanoseconds(many[2_999].time_ns))
    );
}

#[test]
fn every_truncation_gives_events_of_the_whole_and_an_issue() {
    for compressed in [false, true] {
        let bytes = written(small(compressed), &events());
        let (whole, _) = read(&bytes);
        for length in 1..bytes.len() {
            let (cut, _) = read(&bytes[..length]);
            assert!(
                cut.events.iter().all(|event| whole.events.contains(event)),
                "cut at {length}"
            );
            let is_between = !compressed && length % 0x400 == 0;
            assert!(
                !cut.issues.is_empty() || is_between || cut.events.len() < whole.events.len(),
                "cut at {length}"
            );
        }
    }
}

proptest! {
    #[test]
    fn what_is_compressed_comes_out_again(words in proptest::collection::vec(0_u8..6, 1..3_000)) {
        let long = vec![9; words.len() * 40];
        let payload = [words, long].concat();
        let layout = Layout { buffer_bytes: 0x4_0000, processors: 1, compressed: true, ..Layout::default() };
        let cut = payload[..payload.len().min(60_000)].to_vec();
        let (all, _) = read(&written(layout, &[event(provider::PKTMON, 10, 0, 1, cut.clone())]));
        prop_assert_eq!(&all.events[1].payload, &cut);
    }

    #[test]
    fn arbitrary_bytes_never_exceed_the_bound(bytes in proptest::collection::vec(any::<u8>(), 0..2_000), most in 0_usize..5_000) {
        let mut output = Vec::new();
        let _ = decompress(&bytes, most, &mut output);
        prop_assert!(output.len() <= most);
    }

    #[test]
    fn altered_traces_never_panic(at in 0_usize..4_000, value in any::<u8>(), compressed in any::<bool>()) {
        let mut bytes = written(small(compressed), &events());
        if let Some(byte) = bytes.get_mut(at) {
            *byte = value;
        }
        hand(&bytes);
    }
}
