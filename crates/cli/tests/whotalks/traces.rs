//! Event traces.

use std::path::PathBuf;

use tempfile::TempDir;
use whotalks_testkit::write::etl::{
    Layout, Socket, TraceEvent, TraceWriter, dns_answer, kernel_process_start, packet_fragment, provider, tcpip_named,
    udp_messages,
};

use crate::support::run;

/// A UDP packet from 10.0.0.5 to 192.0.2.9 on Ethernet.
fn packet() -> Vec<u8> {
    let mut packet = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
    packet.extend([0x45, 0, 0, 32, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 5, 192, 0, 2, 9]);
    packet.extend([0xc3, 0x50, 0x27, 0x0f, 0, 12, 0, 0, 1, 2, 3, 4]);
    packet
}

fn trace() -> (TempDir, PathBuf) {
    let layout = Layout {
        events_lost: 3,
        ..Layout::default()
    };
    let mut writer = TraceWriter::new(layout);
    writer.event(
        0,
        &TraceEvent {
            provider: provider::PACKET_CAPTURE,
            id: 1001,
            keywords: 0xc000_0001,
            process_id: 999,
            time_ns: layout.start_ns + 1_000_000,
            payload: packet_fragment(1, 2, &packet()),
            ..TraceEvent::default()
        },
    );
    writer.event(
        1,
        &TraceEvent {
            provider: provider::KERNEL_PROCESS,
            id: 1,
            version: 3,
            process_id: 4,
            time_ns: layout.start_ns + 2_000_000,
            payload: kernel_process_start(4_242, 700, r"\Device\app.exe", 133_444_736_000_010_000),
            ..TraceEvent::default()
        },
    );
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("trace.etl");
    std::fs::write(&path, writer.finish()).unwrap();
    (folder, path)
}

#[test]
fn a_trace_lists_its_providers_and_losses_in_both_languages() {
    let (_folder, path) = trace();
    let path = path.to_str().unwrap();
    let english = run(&["etl", path]);
    assert_eq!((english.code, english.err.as_str()), (0, ""));
    for words in [
        "lost: events 3",
        "Microsoft-Windows-NDIS-PacketCapture",
        "one packet",
        "Windows build 19045",
    ] {
        assert!(english.out.contains(words), "{words} in {}", english.out);
    }
    let japanese = run(&["etl", "--lang", "ja", path]);
    assert!(japanese.out.contains("欠落: イベント 3 件"), "{}", japanese.out);
    let json: serde_json::Value = serde_json::from_str(&run(&["etl", "--json", path]).out).unwrap();
    assert_eq!(json["kind"], "traces");
    assert_eq!(json["traces"][0]["header"]["events_lost"], 3);
    assert_eq!(json["traces"][0]["packets"], 1);
}

#[test]
fn the_packets_of_a_trace_are_those_of_a_capture() {
    let (_folder, path) = trace();
    let path = path.to_str().unwrap();
    let listed = run(&[
        "packets",
        "-Y",
        "udp.port == 9999",
        "-T",
        "fields",
        "-e",
        "ip.dst",
        path,
    ]);
    assert!(listed.out.contains("192.0.2.9"), "{} {}", listed.out, listed.err);
    let evidence = run(&["evidence", path]);
    assert!(evidence.out.contains("etl"), "{}", evidence.out);
}

#[test]
fn what_is_no_trace_is_said_to_be_none() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("text.etl");
    std::fs::write(&path, "no trace").unwrap();
    let ran = run(&["etl", path.to_str().unwrap()]);
    assert!(ran.out.contains("no event trace"), "{}", ran.out);
    assert_ne!(ran.code, 0);
}

/// A trace of the given events, all written on threads of process 999.
fn trace_of(events: &[(&'static str, u16, u8, Vec<u8>)]) -> (TempDir, PathBuf) {
    let layout = Layout::default();
    let mut writer = TraceWriter::new(layout);
    for (number, (provider, id, version, payload)) in events.iter().enumerate() {
        writer.event(
            0,
            &TraceEvent {
                provider,
                id: *id,
                version: *version,
                keywords: 0xc000_0001,
                process_id: 999,
                time_ns: layout.start_ns + 1_000_000 + number as i64 * 1_000,
                payload: payload.clone(),
                ..TraceEvent::default()
            },
        );
    }
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("trace.etl");
    std::fs::write(&path, writer.finish()).unwrap();
    (folder, path)
}

/// The socket of [`packet`].
fn socket() -> Socket {
    Socket {
        local: "10.0.0.5:50000".parse().unwrap(),
        remote: "192.0.2.9:9999".parse().unwrap(),
        process_id: 4_242,
        process_start_key: 9,
    }
}

fn sockets_and_packets() -> (TempDir, PathBuf) {
    trace_of(&[
        (
            provider::KERNEL_PROCESS,
            1,
            3,
            kernel_process_start(
                4_242,
                700,
                r"\Device\HarddiskVolume3\Apps\app.exe",
                133_444_736_000_010_000,
            ),
        ),
        (provider::TCPIP, 1169, 1, udp_messages(&socket(), 1, 60)),
        (provider::PACKET_CAPTURE, 1001, 0, packet_fragment(1, 2, &packet())),
    ])
}

#[test]
fn packets_of_a_trace_are_written_with_the_program_that_owns_the_socket_and_not_the_thread() {
    let (folder, path) = sockets_and_packets();
    let out = folder.path().join("out.pcapng");
    let (path, out) = (path.to_str().unwrap(), out.to_str().unwrap());
    let written = run(&["packets", "-w", out, path]);
    assert_eq!(written.code, 0, "{}", written.err);
    let read = run(&["packets", "-T", "fields", "-e", "frame.comment", out]);
    assert!(
        read.out.contains("process.name=app.exe process.pid=4242"),
        "{}",
        read.out
    );
    assert!(!read.out.contains("999"), "{}", read.out);
}

#[test]
fn a_trace_answers_who_talked_and_fills_the_tables() {
    let (_folder, path) = sockets_and_packets();
    let path = path.to_str().unwrap();
    let answer = run(&["ask", "192.0.2.9", path]);
    assert!(answer.out.contains("app.exe"), "{} {}", answer.out, answer.err);
    let rows = |query: &str| run(&["hunt", "--csv", query, path]);
    let flows = rows("DeviceNetworkEvents | where RemotePort == 9999 | project InitiatingProcessId, ProcessGrade");
    assert!(flows.out.contains("4242,observed"), "{} {}", flows.out, flows.err);
    let starts = rows("DeviceProcessEvents | project ProcessId, FileName");
    assert!(starts.out.contains("4242,app.exe"), "{} {}", starts.out, starts.err);
    let ledger = rows("Coverage | where Source startswith 'trace' | project Source, Lost | order by Source asc");
    assert!(
        ledger.out.contains("trace-processes,0") && ledger.out.contains("trace-sockets,0"),
        "{}",
        ledger.out
    );
}

#[test]
fn a_trace_without_packets_says_what_it_has_instead_and_names_the_far_end() {
    let (_folder, path) = trace_of(&[
        (provider::TCPIP, 1382, 0, tcpip_named(&socket(), "name.example")),
        (provider::TCPIP, 1169, 1, udp_messages(&socket(), 1, 60)),
        (
            provider::DNS_CLIENT,
            3008,
            0,
            dns_answer("name.example", 1, 0, "192.0.2.9;"),
        ),
    ]);
    let path = path.to_str().unwrap();
    let english = run(&["packets", path]);
    for words in [
        "holds no packets",
        "Microsoft-Windows-TCPIP",
        "Microsoft-Windows-DNS-Client",
    ] {
        assert!(english.err.contains(words), "{words} in {}", english.err);
    }
    let japanese = run(&["packets", "--lang", "ja", path]);
    assert!(japanese.err.contains("パケットはありません"), "{}", japanese.err);
    let asked = run(&[
        "hunt",
        "--csv",
        "DeviceEvents | project ActionType, AdditionalFields",
        path,
    ]);
    assert!(asked.out.contains("DnsQueryResponse"), "{} {}", asked.out, asked.err);
}
