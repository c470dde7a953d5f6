//! Sessions of tracing that write several files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use whotalks_testkit::write::etl::{
    Layout, TraceEvent, TraceWriter, afd_close, afd_connect, afd_create, packet_fragment, provider,
};

use crate::support::{run, segment};

const SECOND: i64 = 1_000_000_000;

fn event(provider: &'static str, id: u16, time_ns: i64, payload: Vec<u8>) -> TraceEvent {
    TraceEvent {
        provider,
        id,
        keywords: 0xc000_0001,
        process_id: 999,
        time_ns: Layout::default().start_ns + time_ns,
        payload,
        ..TraceEvent::default()
    }
}

/// A call of a socket, and the packets that it makes.
fn call(endpoint: u64, port: u16, time_ns: i64) -> Vec<TraceEvent> {
    let packet = |after, outbound, flags| {
        let payload = packet_fragment(1, 2, &segment(port, port, outbound, flags));
        event(provider::PACKET_CAPTURE, 1001, time_ns + after, payload)
    };
    let remote = format!("192.0.2.9:{port}").parse().unwrap();
    vec![
        event(provider::AFD, 1018, time_ns, afd_connect(endpoint, remote)),
        packet(1_000_000, true, 0x02),
        packet(2_000_000, false, 0x12),
        packet(3_000_000, true, 0x10),
    ]
}

/// Writes events as one file, or cut at these moments as several of one session.
fn write(folder: &Path, events: &[TraceEvent], cuts: &[i64]) -> PathBuf {
    std::fs::create_dir_all(folder).unwrap();
    let start_ns = Layout::default().start_ns;
    let file_of = |event: &TraceEvent| cuts.iter().filter(|cut| event.time_ns - start_ns >= **cut).count();
    for file in 0..=cuts.len() {
        let file_number = if cuts.is_empty() { 0 } else { file as u32 + 1 };
        let mut writer = TraceWriter::new(Layout {
            file_number,
            ..Layout::default()
        });
        for event in events.iter().filter(|event| file_of(event) == file) {
            writer.event(0, event);
        }
        std::fs::write(folder.join(format!("trace_{file:06}.etl")), writer.finish()).unwrap();
    }
    folder.to_owned()
}

/// Which process each local port is said to be of.
fn owners(path: &Path) -> BTreeMap<u16, String> {
    let query = "DeviceNetworkEvents | where RemoteIP == '192.0.2.9' | project LocalPort, InitiatingProcessId";
    let rows = run(&["hunt", "--csv", query, path.to_str().unwrap()]);
    assert_eq!(rows.code, 0, "{}", rows.err);
    let rows = rows.out.lines().skip(1).filter_map(|row| row.split_once(','));
    rows.filter_map(|(port, pid)| Some((port.parse().ok()?, pid.trim().to_owned())))
        .collect()
}

#[test]
fn a_socket_that_one_file_creates_calls_in_the_next_and_both_are_cited() {
    let folder = TempDir::new().unwrap();
    let mut events = vec![event(provider::AFD, 1000, SECOND, afd_create(0xfff0, 4_242, 6))];
    for (number, port) in (0..).zip(50_000..50_004) {
        events.extend(call(0xfff0, port, 20 * SECOND + number * 10 * SECOND));
    }
    let path = write(&folder.path().join("several"), &events, &[10 * SECOND, 35 * SECOND]);
    let owners = owners(&path);
    assert_eq!(owners.len(), 4, "{owners:?}");
    assert!(owners.values().all(|pid| pid == "4242"), "{owners:?}");
    let answer = run(&["ask", "192.0.2.9", path.to_str().unwrap()]);
    for words in ["pid 4242", "E2@", "E1@"] {
        assert!(answer.out.contains(words), "{words} in {}", answer.out);
    }
    std::fs::remove_file(path.join("trace_000001.etl")).unwrap();
    assert!(
        self::owners(&path).values().all(String::is_empty),
        "a file is missing between the two"
    );
}

/// Numbers that look as if nobody had chosen them.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// The lives of sockets at three places in the kernel, and whose each call is.
fn lives(numbers: &mut Numbers) -> (Vec<TraceEvent>, BTreeMap<u16, String>) {
    let (mut events, mut truth) = (Vec::new(), BTreeMap::new());
    let mut open: [Option<u32>; 3] = [None; 3];
    for step in 1..60 {
        let place = numbers.below(3) as usize;
        let (endpoint, time_ns) = (0xfff0 + place as u64 * 0x100, i64::from(step) * 10 * SECOND);
        let owner = open.get_mut(place).unwrap();
        match (*owner, numbers.below(4)) {
            (None, _) => {
                let pid = 4_000 + step * 4;
                events.push(event(provider::AFD, 1000, time_ns, afd_create(endpoint, pid, 6)));
                *owner = Some(pid);
            }
            (Some(_), 0) => {
                events.push(event(provider::AFD, 1001, time_ns, afd_close(endpoint)));
                *owner = None;
            }
            (Some(pid), _) => {
                let port = 50_000 + step as u16;
                events.extend(call(endpoint, port, time_ns));
                truth.insert(port, pid.to_string());
            }
        }
    }
    (events, truth)
}

#[test]
fn wherever_a_session_is_cut_into_files_it_tells_the_same() {
    let folder = TempDir::new().unwrap();
    for seed in 0..4 {
        let mut numbers = Numbers(seed);
        let (events, truth) = lives(&mut numbers);
        let mut cuts: Vec<i64> = (0..3)
            .map(|_| numbers.below(580) as i64 * SECOND + SECOND / 2)
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let whole = write(&folder.path().join(format!("{seed}-whole")), &events, &[]);
        let several = write(&folder.path().join(format!("{seed}-several")), &events, &cuts);
        assert_eq!(owners(&whole), truth, "seed {seed}");
        assert_eq!(owners(&several), truth, "seed {seed}, cut at {cuts:?}");
    }
}
