//! What holds for every text.

use std::fs;
use std::path::Path;

use crate::shared::{read, read_at};
use encoding_rs::SHIFT_JIS;
use proptest::collection::vec;
use proptest::prelude::*;
use whotalks_record::{Record, TimeSource, Timestamp};
use whotalks_text::{decode, describe, sniff};

const GOLDEN: [&str; 19] = [
    "netstat/english_ano",
    "netstat/english_anob",
    "netstat/japanese_ano_cp932",
    "netstat/japanese_ano_utf16le_bom",
    "netstat/wrapped_by_mail",
    "statistics/english_s",
    "linux_netstat/tunap",
    "ss/wrapped_at_80_columns",
    "tasklist/english_svc",
    "mixed/collector_bundle",
    "ipconfig/english_all",
    "dns_cache/english",
    "routes/english",
    "arp/japanese_cp932",
    "systeminfo/english",
    "objects/tcp_table",
    "objects/cache_list",
    "auditpol/english_get",
    "winhttp/japanese_utf16le",
];

fn golden(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("testdata/{name}.in"))).unwrap()
}

/// What a row says, without where it stands.
fn meaning(record: &Record) -> Option<String> {
    match record {
        Record::Socket(s) => Some(format!(
            "{:?}",
            (
                s.snapshot,
                s.protocol,
                s.local,
                s.remote,
                s.state,
                s.pid,
                &s.image,
                &s.component,
                &s.modules
            )
        )),
        Record::Process(p) => Some(format!("{:?}", (p.pid, &p.image, &p.user, &p.services))),
        Record::CachedName(n) => Some(format!(
            "{:?}",
            (&n.name, &n.owner, n.record_type, n.ttl_seconds, n.address)
        )),
        Record::Device(f) => Some(format!("{:?}", (&f.about, f.kind, &f.value))),
        Record::Counter(c) => Some(format!("{:?}", (c.snapshot, c.section, &c.name, c.value))),
        _ => None,
    }
}

fn meanings(bytes: &[u8]) -> Vec<String> {
    read(bytes).records.iter().filter_map(meaning).collect()
}

/// Rows whose every byte lies before the last complete line are the same whatever follows; the row on the cut line, and
/// the one that still waited for its next line, may say less.
#[test]
fn a_text_cut_at_any_byte_gives_the_rows_before_the_cut() {
    for name in GOLDEN {
        let bytes = golden(name);
        let whole = meanings(&bytes);
        // Not every byte of the larger ones, but all alignments.
        let step = [1, 3, 11][usize::from(bytes.len() > 1_500) + usize::from(bytes.len() > 3_500)];
        for cut in (0..bytes.len()).step_by(step) {
            let rows = meanings(&bytes[..cut]);
            let certain = rows.len().saturating_sub(4);
            assert!(rows.len() <= whole.len(), "{name} cut at {cut}");
            assert_eq!(rows[..certain], whole[..certain], "{name} cut at {cut}");
        }
    }
}

#[test]
fn a_text_cut_inside_its_last_row_says_so() {
    let bytes = golden("netstat/english_ano");
    let whole = read(&bytes);
    assert_eq!(whole.issues, []);
    let cut = read(&bytes[..bytes.len() - 4]);
    assert_eq!(cut.rows(), whole.rows());
    assert_eq!(cut.issues.len(), 1);
}

#[test]
fn every_encoding_of_a_text_gives_the_same_rows() {
    for name in [
        "netstat/japanese_ano_cp932",
        "netstat/japanese_anob_cp932",
        "tasklist/japanese_svc_cp932",
    ] {
        let bytes = golden(name);
        let expected = meanings(&bytes);
        let text = decode(&bytes).text;
        assert_eq!(SHIFT_JIS.encode(&text).0, bytes, "{name}");
        let wide = |mark: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("{mark}{text}").encode_utf16().flat_map(bytes).collect()
        };
        for encoded in [
            text.clone().into_bytes(),
            format!("\u{feff}{text}").into_bytes(),
            wide("\u{feff}", u16::to_le_bytes),
            wide("\u{feff}", u16::to_be_bytes),
            wide("", u16::to_le_bytes),
            wide("", u16::to_be_bytes),
        ] {
            assert_eq!(meanings(&encoded), expected, "{name}");
        }
    }
}

#[test]
fn the_span_of_a_row_holds_its_lines() {
    for (name, wanted) in [
        (
            "netstat/english_anob",
            "TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       948\r\n  RpcSs\r\n [svchost.exe]",
        ),
        (
            "netstat/japanese_ano_utf16le_bom",
            "TCP         10.20.0.15:49712       203.0.113.80:443       ESTABLISHED     5120",
        ),
    ] {
        let bytes = golden(name);
        let encoding = whotalks_text::Encoding::detect(&bytes);
        let texts: Vec<String> = read(&bytes)
            .sockets()
            .iter()
            .map(|socket| {
                let start = usize::try_from(socket.span.offset).unwrap();
                let span = &bytes[start..start + socket.span.length as usize];
                encoding.decode(span).trim().to_owned()
            })
            .collect();
        assert!(texts.iter().any(|text| text == wanted), "{name}: {texts:#?}");
    }
}

#[test]
fn a_file_without_a_time_of_its_own_has_that_of_the_file() {
    let modified = Timestamp::from_seconds(1_795_255_200, 0);
    let time = |bytes: &[u8]| {
        let snapshot = read_at(bytes, Some(modified))
            .records
            .into_iter()
            .find_map(|record| match record {
                Record::Snapshot(snapshot) => Some(snapshot),
                _ => None,
            });
        let snapshot = snapshot.unwrap();
        (snapshot.time_source, snapshot.time)
    };
    let listing = golden("netstat/english_ano");
    assert_eq!(time(&listing), (TimeSource::FileModified, Some(modified)));
    let mut stated = b"2026-11-20T00:00:00Z\r\n".to_vec();
    stated.extend_from_slice(&listing);
    assert_eq!(
        time(&stated),
        (TimeSource::Stated, Some(Timestamp::from_seconds(1_795_132_800, 0)))
    );
    let mut local = b"2026-11-21 19:00:00\r\n".to_vec();
    local.extend_from_slice(&listing);
    assert_eq!(time(&local), (TimeSource::FileModified, Some(modified)));
}

/// Words that the recognisers look for, so that random texts reach their inner parts.
fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "TCP",
        "UDP",
        "tcp",
        "udp6",
        "0.0.0.0:0",
        "*:*",
        "[::]:445",
        "10.0.0.1:80",
        "LISTENING",
        "ESTAB",
        "0",
        "4",
        "80",
        "PID",
        "Proto",
        "Recv-Q",
        "Send-Q",
        "Netid",
        "State",
        "[svchost.exe]",
        "RpcSs",
        "users:((\"a\",pid=1,fd=2))",
        "users:((\"a\",",
        "IPv4",
        "TCP Statistics for IPv4",
        "= 12",
        "=",
        "12(0xc)",
        "========================= ======== ====",
        "a: b",
        "PID: 8",
        "\"x.exe\",\"PID\",\"c\"",
        "\"x.exe\",\"8\",\"c\"",
        ">",
        "C:\\>netstat -ano",
        "```",
        "2026-11-21T10:00:00Z",
        "-",
        "1/sshd",
        "   Host Name . . . . : PC1",
        "Ethernet adapter Ethernet:",
        "   Physical Address. . . : 00-15-5D-00-00-01",
        "   IPv4 Address. . . : 10.0.0.5(Preferred)",
        "   Subnet Mask . . . : 255.255.255.0",
        "    www.example.com",
        "    ----------------------------------------",
        "    Row . . . : 1",
        "    Row . . . : 192.0.2.1",
        "0.0.0.0 0.0.0.0 10.0.0.1 10.0.0.5 25",
        " 12 281 ::/0",
        "Interface: 10.0.0.5 --- 0xb",
        "  10.0.0.1 00-11-22-33-44-55 dynamic",
        "Host Name:   PC1",
        "OS Name:     Windows",
        "OS Version:  10.0.19045 N/A Build 19045",
        "Current WinHTTP proxy settings:",
        "    Proxy Server(s) :  proxy:8080",
        "[HKEY_CURRENT_USER\\Internet Settings]",
        "\"ProxyEnable\"=dword:00000001",
        "PC1,System,x,{0CCE9226-69AE-11D9-BED3-505054503030},Success,",
        "LocalAddress LocalPort RemoteAddress RemotePort State",
        "------------ --------- ------------- ---------- -----",
        "10.0.0.5 50000 192.0.2.1 443 Established",
        "LocalAddress : 10.0.0.5",
        "LocalPort : 5",
        "RealTimeProtectionEnabled : False",
        "Entry,DataLength",
        "x,4",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

fn structured() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(vec![" ", "  ", "\t", "\n", "\r\n", "\n\n", "\n ", "\n  "]);
    vec((word(), gap), 0..80).prop_map(|parts| parts.into_iter().map(|(word, gap)| word + gap).collect())
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..2_000)) {
        let rows = read(&bytes).rows();
        prop_assert!(rows <= bytes.len());
        describe(&bytes);
        sniff(&bytes);
    }

    #[test]
    fn texts_made_of_known_words_never_panic_and_keep_their_rows_in_snapshots(text in structured()) {
        let read = read(text.as_bytes());
        let snapshots = read.records.iter().filter(|record| matches!(record, Record::Snapshot(_))).count();
        let ranges = read.records.iter().filter(|record| matches!(record, Record::Range(_))).count();
        prop_assert_eq!(snapshots, ranges);
        let mut open = 0;
        for record in &read.records {
            match record {
                Record::Snapshot(snapshot) => { prop_assert_eq!(snapshot.number, open); open += 1; }
                Record::Socket(socket) => prop_assert!(socket.snapshot < open),
                Record::Device(fact) => prop_assert!(fact.snapshot < open),
                Record::CachedName(name) => prop_assert!(name.snapshot < open),
                _ => {}
            }
        }
    }

    #[test]
    fn spans_lie_inside_the_text(text in structured()) {
        for record in read(text.as_bytes()).records {
            let span = match record {
                Record::Socket(socket) => socket.span,
                Record::Process(process) => process.span,
                Record::Counter(counter) => counter.span,
                Record::CachedName(name) => name.span,
                Record::Device(fact) => fact.span,
                Record::Snapshot(snapshot) => snapshot.span,
                _ => continue,
            };
            prop_assert!(span.offset + u64::from(span.length) <= text.len() as u64);
        }
    }
}
