//! What holds for every text log of the Windows Firewall.

use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use whotalks_record::{Endpoint, IssueKind, Record};

use crate::shared::{Read, read_firewall};

fn golden(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("testdata/firewall_log/{name}.in"))).unwrap()
}

/// The events, without the range that closes them.
fn events(read: &Read) -> Vec<&Record> {
    let is_event = |record: &&Record| matches!(record, Record::Connection(_));
    read.records.iter().filter(is_event).collect()
}

fn lost(read: &Read) -> Option<u64> {
    read.records.iter().find_map(|record| match record {
        Record::Range(range) => range.lost,
        _ => None,
    })
}

#[test]
fn a_log_cut_at_any_byte_gives_the_whole_rows_before_the_cut() {
    for name in ["current", "columns_by_header", "events_lost", "windows_xp"] {
        let bytes = golden(name);
        let whole = read_firewall(&bytes);
        for cut in 0..bytes.len() {
            let part = read_firewall(&bytes[..cut]);
            let (part, whole) = (events(&part), events(&whole));
            assert_eq!(part[..], whole[..part.len()], "{name} cut at {cut}");
        }
    }
}

#[test]
fn what_the_log_says_it_lost_is_loss() {
    let read = read_firewall(&golden("events_lost"));
    assert_eq!(lost(&read), Some(15));
    let told = read.issues.iter().filter(|issue| {
        matches!(
            issue.kind,
            IssueKind::Lost {
                unit: "event",
                count: 15
            }
        )
    });
    assert_eq!(told.count(), 1);
    assert_eq!(lost(&read_firewall(&golden("current"))), Some(0));
}

#[test]
fn a_header_that_names_no_use_of_columns_leaves_the_rows_unread() {
    let text = "#Fields: date time s-ip cs-method\r\n\
                2026-11-21 10:00:00 DROP TCP 10.0.0.5 192.0.2.1 1 2 0 S 0 0 0 - - - SEND 8\r\n";
    let read = read_firewall(text.as_bytes());
    assert!(events(&read).is_empty());
    assert_eq!(read.issues.len(), 2, "{:?}", read.issues);
}

/// Words of the log, so that random texts reach its inner parts.
fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "#Fields: date time action protocol src-ip dst-ip src-port dst-port path pid",
        "#Time Format: UTC",
        "#Time Format: Local",
        "2026-11-21",
        "10:00:00",
        "DROP",
        "ALLOW",
        "CLOSE",
        "INFO-EVENTS-LOST",
        "TCP",
        "UDP",
        "300",
        "10.0.0.5",
        "fe80::1%4",
        "443",
        "65536",
        "-",
        "S",
        "SEND",
        "RECEIVE",
        "18446744073709551615",
        "\0\0\0\0",
    ]);
    prop_oneof![6 => known.prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

fn structured() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(vec![" ", " ", " ", " ", " ", " ", "\t", "\r\n"]);
    vec((word(), gap), 0..120).prop_map(|parts| parts.into_iter().map(|(word, gap)| word + gap).collect())
}

/// A row as it is meant, before it is written.
#[derive(Clone, Debug)]
struct Meant {
    second: u32,
    allowed: bool,
    tcp: bool,
    outbound: bool,
    call: bool,
    own: u16,
    far: u16,
    pid: u32,
}

fn meant() -> impl Strategy<Value = Meant> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (0..86_400_u32, flags, any::<u16>(), any::<u16>(), 0..90_000_u32).prop_map(
        |(second, (allowed, tcp, outbound, call), own, far, pid)| Meant {
            second,
            allowed,
            tcp,
            outbound,
            call,
            own,
            far,
            pid,
        },
    )
}

impl Meant {
    /// The columns of the row by their names.
    fn column(&self, name: &str) -> String {
        let (own, far) = (("10.0.0.5", self.own), ("2001:db8::7", self.far));
        let (source, destination) = if self.outbound { (own, far) } else { (far, own) };
        match name {
            "date" => "2026-11-21".to_owned(),
            "time" => format!(
                "{:02}:{:02}:{:02}",
                self.second / 3600,
                self.second / 60 % 60,
                self.second % 60
            ),
            "action" => if self.allowed { "ALLOW" } else { "DROP" }.to_owned(),
            "protocol" => if self.tcp { "TCP" } else { "UDP" }.to_owned(),
            "src-ip" => source.0.to_owned(),
            "dst-ip" => destination.0.to_owned(),
            "src-port" => source.1.to_string(),
            "dst-port" => destination.1.to_string(),
            "tcpflags" if self.tcp => if self.call { "S" } else { "AP" }.to_owned(),
            "path" => if self.outbound { "SEND" } else { "RECEIVE" }.to_owned(),
            "pid" => self.pid.to_string(),
            _ => "-".to_owned(),
        }
    }

    /// What must be read of it.
    fn expected(&self) -> String {
        let kind = match (self.allowed, self.tcp, self.outbound, self.call) {
            (true, ..) => "FirewallAllowed",
            (false, true, _, true) | (false, false, true, _) => "FirewallBlocked",
            _ => "FirewallDropped",
        };
        let pid = (self.pid != 0).then_some(self.pid);
        // An endpoint without a port is written without one.
        let end = |address: &str, port| Endpoint::new(address.parse().unwrap(), port);
        let (own, far) = (end("10.0.0.5", self.own), end("2001:db8::7", self.far));
        format!("{} {kind} {own} {far} {pid:?}", 1_795_219_200 + i64::from(self.second))
    }
}

/// What was read of a row.
fn told(record: &Record) -> Option<String> {
    let Record::Connection(event) = record else { return None };
    let (local, remote) = (event.local?, event.remote?);
    let pid = event.pid.map(|pid| pid.0);
    Some(format!(
        "{} {:?} {local} {remote} {pid:?}",
        event.time.seconds(),
        event.kind
    ))
}

const COLUMNS: [&str; 18] = [
    "date", "time", "action", "protocol", "src-ip", "dst-ip", "src-port", "dst-port", "size", "tcpflags", "tcpsyn",
    "tcpack", "tcpwin", "icmptype", "icmpcode", "info", "path", "pid",
];

proptest! {
    #[test]
    fn whatever_is_written_is_read_in_any_order_of_the_columns(
        rows in vec(meant(), 0..30),
        columns in Just(COLUMNS.to_vec()).prop_shuffle(),
    ) {
        let mut text = format!("#Version: 1.5\r\n#Time Format: Local\r\n#Fields: {}\r\n", columns.join(" "));
        for row in &rows {
            let cells: Vec<String> = columns.iter().map(|name| row.column(name)).collect();
            text.push_str(&format!("{}\r\n", cells.join(" ")));
        }
        let read = read_firewall(text.as_bytes());
        let told: Vec<String> = read.records.iter().filter_map(told).collect();
        let expected: Vec<String> = rows.iter().map(Meant::expected).collect();
        prop_assert_eq!(told, expected);
        prop_assert!(read.issues.is_empty());
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..2_000)) {
        prop_assert!(read_firewall(&bytes).records.len() <= bytes.len() + 1);
    }

    #[test]
    fn texts_made_of_known_words_never_panic_and_close_with_one_range(text in structured()) {
        let read = read_firewall(text.as_bytes());
        let ranges = read.records.iter().filter(|record| matches!(record, Record::Range(_))).count();
        prop_assert_eq!(ranges, 1);
        for record in events(&read) {
            let span = record.span().unwrap();
            prop_assert!(span.offset + u64::from(span.length) <= text.len() as u64);
        }
    }
}
