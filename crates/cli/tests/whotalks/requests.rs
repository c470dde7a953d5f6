//! What HTTP libraries tell in a trace, through a proxy whose packets tell nothing.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use whotalks_testkit::write::etl::{
    Layout, TraceEvent, TraceWriter, bits_ordered, bits_transferred, packet_fragment, provider, proxy_found,
    wininet_connected, wininet_send,
};

use crate::support::{run, segment};

const MILLISECOND: i64 = 1_000_000;

/// The service that finds proxies, and the program that asks.
const SERVICE: u32 = 1_900;
const ASKER: u32 = 4_242;

fn event(provider: &'static str, (id, version): (u16, u8), pid: u32, at_ns: i64, payload: Vec<u8>) -> TraceEvent {
    TraceEvent {
        provider,
        id,
        version,
        keywords: 0xc000_0001,
        process_id: pid,
        time_ns: Layout::default().start_ns + at_ns,
        payload,
        ..TraceEvent::default()
    }
}

/// The event of a trace's own header is its first.
fn trace(folder: &Path) -> PathBuf {
    let ends = ("10.0.0.5:50000".parse().unwrap(), "192.0.2.9:3128".parse().unwrap());
    let url = "https://real.example/path?secret";
    let job = "6f1c0a52-31b4-4d19-8a55-0f3c5d7e9b21";
    let found = proxy_found(url, "PROXY 192.0.2.9:3128; DIRECT");
    let ordered = bits_ordered(job, "Update", "CORP\\anna", ("C:\\updater.exe", 777));
    let transferred = bits_transferred(job, "Update", "http://files.example/a.cab", "");
    let packet = |outbound, flags| packet_fragment(1, 2, &segment(50_000, 3_128, outbound, flags));
    let mut writer = TraceWriter::new(Layout::default());
    for event in [
        event(provider::WINHTTP, (814, 1), SERVICE, 10 * MILLISECOND, found),
        event(
            provider::WININET,
            (1_007, 0),
            ASKER,
            20 * MILLISECOND,
            wininet_send(7, url),
        ),
        event(
            provider::PACKET_CAPTURE,
            (1_001, 0),
            4,
            21 * MILLISECOND,
            packet(true, 0x02),
        ),
        event(
            provider::PACKET_CAPTURE,
            (1_001, 0),
            4,
            22 * MILLISECOND,
            packet(false, 0x12),
        ),
        event(
            provider::PACKET_CAPTURE,
            (1_001, 0),
            4,
            23 * MILLISECOND,
            packet(true, 0x10),
        ),
        event(
            provider::WININET,
            (1_046, 1),
            ASKER,
            24 * MILLISECOND,
            wininet_connected(7, 0x404, ends),
        ),
        event(provider::BITS, (3, 2), SERVICE, 30 * MILLISECOND, ordered),
        event(provider::BITS, (60, 0), SERVICE, 31 * MILLISECOND, transferred),
    ] {
        writer.event(0, &event);
    }
    let path = folder.join("trace.etl");
    std::fs::write(&path, writer.finish()).unwrap();
    path
}

#[test]
fn a_request_names_what_the_proxy_was_asked_for_and_who_asked() {
    let folder = TempDir::new().unwrap();
    let path = trace(folder.path());
    let path = path.to_str().unwrap();
    let query = "DeviceNetworkEvents | sort by RemoteUrl asc \
                 | project RemoteIP, RemoteUrl, ProxyTargetPort, InitiatingProcessId, UrlEvidence";
    let rows = run(&["hunt", "--csv", query, path]);
    assert_eq!(rows.code, 0, "{}", rows.err);
    let rows: Vec<&str> = rows.out.lines().skip(1).collect();
    assert_eq!(
        rows,
        ["192.0.2.9,,,4242,", "192.0.2.9,real.example,443,4242,request-to-proxy"]
    );
    let answer = run(&["ask", "real.example", path]);
    for words in ["pid 4242", "E1@3", "E1@7"] {
        assert!(answer.out.contains(words), "{words} in {}", answer.out);
    }
    assert!(
        !answer.out.contains("1900"),
        "a service asks for nobody: {}",
        answer.out
    );
    let japanese = run(&["ask", "real.example", "--lang", "ja", path]);
    assert!(japanese.out.contains("プロキシ経由"), "{}", japanese.out);
}

#[test]
fn a_trace_of_requests_lists_them_and_any_of_them_can_be_read() {
    let folder = TempDir::new().unwrap();
    let path = trace(folder.path());
    let path = path.to_str().unwrap();
    let list = run(&["etl", path]);
    for words in [
        "Microsoft-Windows-WinINet",
        "Microsoft-Windows-WinHttp",
        "Microsoft-Windows-Bits-Client",
    ] {
        assert!(list.out.contains(words), "{words} in {}", list.out);
    }
    let one = run(&["explain", "E1@3", path]);
    assert!(one.out.contains("https://real.example/path"), "{}", one.out);
    let ledger = run(&["evidence", "--json", path]);
    assert!(ledger.out.contains("trace_requests"), "{}", ledger.out);
}
