//! Captures of macOS, which name the program of each packet: PKTAP headers, and pcapng as Apple's `tcpdump` writes it.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use whotalks_testkit::write::darwin::{
    LINK_PKTAP, LINK_USER2, NOBODY, Process, TappedPacket, darwin_pcapng, pktap_capture,
};

use crate::support::{json, run, segment, text};

const START_NS: i64 = 1_700_000_000_000_000_000;
const CURL: Process<'_> = Process { pid: 512, name: "curl" };
const DAEMON: Process<'_> = Process {
    pid: 400,
    name: "nsurlsessiond",
};
const MAIL: Process<'_> = Process { pid: 900, name: "Mail" };
const LAUNCHD: Process<'_> = Process {
    pid: 1,
    name: "launchd",
};
const WEBKIT: Process<'_> = Process {
    pid: 77,
    name: "com.apple.WebKit.Networking",
};

/// A handshake from a port of the host, and the processes that the first and the last packet out name.
type Call<'a> = (u16, [Process<'a>; 2], Process<'a>);

const CALLS: [Call<'_>; 5] = [
    (50_000, [CURL, CURL], NOBODY),
    (50_001, [DAEMON, DAEMON], MAIL),
    (50_002, [LAUNCHD, CURL], NOBODY),
    (50_003, [WEBKIT, WEBKIT], NOBODY),
    (50_004, [NOBODY, NOBODY], NOBODY),
];

/// Gives the packets of all calls to `write`.
fn written(write: impl Fn(&[TappedPacket<'_>]) -> Vec<u8>) -> Vec<u8> {
    let frames: Vec<[Vec<u8>; 3]> = CALLS
        .iter()
        .map(|(port, ..)| {
            [(true, 0x02), (false, 0x12), (true, 0x10)].map(|(out, flags)| segment(*port, 443, out, flags))
        })
        .collect();
    let mut packets = Vec::new();
    for ((call, (_, [first, last], effective)), frames) in (0..).zip(&CALLS).zip(&frames) {
        let processes = [first, first, last];
        for ((number, process), frame) in (0..).zip(processes).zip(frames) {
            packets.push(TappedPacket {
                time_ns: START_NS + call * 1_000_000_000 + number * 1_000_000,
                outbound: number != 1,
                process: *process,
                effective: *effective,
                frame,
            });
        }
    }
    write(&packets)
}

/// The same packets in each of the three forms.
fn captures(folder: &Path) -> [PathBuf; 3] {
    let files = [
        ("tap.pcap", written(|packets| pktap_capture(LINK_PKTAP, packets))),
        ("old.pcap", written(|packets| pktap_capture(LINK_USER2, packets))),
        ("tap.pcapng", written(darwin_pcapng)),
    ];
    files.map(|(name, bytes)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    })
}

/// What is told of each call, by its local port.
const TOLD: &str =
    "LocalPort,InitiatingProcessFileName,InitiatingProcessId,ProcessGrade,ProcessCandidate,ProcessUnknown
50000,curl,512,observed,,
50001,nsurlsessiond,400,observed,,
50002,,,inferred,launchd,
50003,,77,observed,com.apple.WebKit…,
50004,,,unknown,,not-in-source
";

#[test]
fn hunting_tables_have_the_process_of_each_packet_and_no_name_that_may_be_cut() {
    let folder = TempDir::new().unwrap();
    let query = "DeviceNetworkEvents | sort by LocalPort asc \
        | project LocalPort, InitiatingProcessFileName, InitiatingProcessId, ProcessGrade, ProcessCandidate, ProcessUnknown";
    for capture in captures(folder.path()) {
        let rows = run(&["hunt", "--csv", query, text(&capture)]);
        assert_eq!(
            rows.out.replace("\r\n", "\n").trim_start_matches('\u{feff}'),
            TOLD,
            "{}",
            rows.err
        );
    }
}

#[test]
fn an_answer_names_program_grade_and_packet_and_for_whom_it_acts() {
    let folder = TempDir::new().unwrap();
    for capture in captures(folder.path()) {
        let answer = run(&["ask", "192.0.2.9", text(&capture)]);
        for words in [
            "curl",
            "nsurlsessiond",
            "acts for Mail (900)",
            "Other packets of it name",
            "com.apple.WebKit…",
            "E1#1",
            "E1#4",
            "processes that macOS names with packets",
        ] {
            assert!(answer.out.contains(words), "{words} in {}", answer.out);
        }
        assert!(!answer.out.contains("disagree"), "{}", answer.out);
        let answer = run(&["ask", "--lang", "ja", "192.0.2.9", text(&capture)]);
        for words in ["Mail (900) に代わって通信しています", "ソケットが引き継がれた可能性"] {
            assert!(answer.out.contains(words), "{words} in {}", answer.out);
        }
    }
}

#[test]
fn json_tells_rule_and_conflict() {
    let folder = TempDir::new().unwrap();
    for capture in captures(folder.path()) {
        let told = json(&run(&["investigate", "--json", text(&capture)])).to_string();
        for words in ["packet_owner", "packet_processes", "launchd"] {
            assert!(told.contains(words), "{words} in {told}");
        }
    }
}

#[test]
fn the_first_packet_that_names_a_process_is_the_proof() {
    let folder = TempDir::new().unwrap();
    for capture in captures(folder.path()) {
        let shown = run(&["explain", "E1#4", text(&capture)]);
        for words in ["nsurlsessiond (400)", "acts for: Mail (900)"] {
            assert!(shown.out.contains(words), "{words} in {}", shown.out);
        }
        let told = json(&run(&["explain", "--json", "E1#13", text(&capture)]));
        assert!(told["packet"]["process"]["process"].is_null(), "{told}");
    }
}

#[test]
fn a_case_keeps_what_packets_name() {
    let folder = TempDir::new().unwrap();
    let case = folder.path().join("case");
    let [.., capture] = captures(folder.path());
    let query = "DeviceNetworkEvents | where LocalPort == 50000 | project InitiatingProcessFileName";
    let first = run(&["hunt", "--csv", query, "--case", text(&case), text(&capture)]);
    let again = run(&["hunt", "--csv", query, "--case", text(&case)]);
    for rows in [first, again] {
        assert!(rows.out.contains("curl"), "{}{}", rows.out, rows.err);
    }
}
