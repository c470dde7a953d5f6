//! Event traces.

use std::path::PathBuf;

use tempfile::TempDir;
use whotalks_testkit::write::etl::{Layout, TraceEvent, TraceWriter, kernel_process_start, packet_fragment, provider};

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
