//! Logs of Windows beside Security and Sysmon, as binary logs: what network protection stopped.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use whotalks_testkit::write::provider_log::{LogProvider, ProviderEvent, Value, provider_log};

use crate::support::{json, run, text};

const SECOND: i64 = 1_000_000_000;
/// 2026-03-02 01:02:03 UTC.
const START: i64 = 1_772_413_323 * SECOND;
const BROWSER: &str = "C:\\Program Files\\Example\\browser.exe";
const SHELL: &str = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";

fn data(fields: &[(&'static str, &str)]) -> Vec<(&'static str, Value)> {
    let field = |(name, value): &(&'static str, &str)| (*name, Value::Text((*value).to_owned()));
    fields.iter().map(field).collect()
}

fn written(folder: &Path, name: &str, provider: LogProvider, events: Vec<ProviderEvent>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, provider_log(provider, "PC01.example.net", events)).unwrap();
    path
}

fn judged(id: u16, second: i64, destination: &str, image: &str) -> ProviderEvent {
    ProviderEvent {
        id: (id, 0),
        time_ns: START + second * SECOND,
        writer: 3_912,
        data: data(&[
            ("Product Name", "Microsoft Defender Antivirus"),
            ("Product Version", "4.18.26010.5"),
            ("ID", ""),
            ("Detection Time", "2026-03-02T01:02:03.000Z"),
            ("User", "EXAMPLE\\sato"),
            ("Destination", destination),
            ("Process Name", image),
        ]),
    }
}

fn defender(folder: &Path) -> PathBuf {
    let events = vec![
        judged(1126, 1, "https://bad.example.com/login?token=1", BROWSER),
        judged(1126, 2, "https://bad.example.com/login?token=2", BROWSER),
        judged(1125, 3, "203.0.113.7", SHELL),
        judged(1126, 4, "http://198.51.100.9:8080/a", SHELL),
    ];
    written(folder, "Defender.evtx", LogProvider::Defender, events)
}

#[test]
fn what_network_protection_did_is_a_finding_with_program_destination_and_event() {
    let folder = TempDir::new().unwrap();
    let log = defender(folder.path());
    let ran = run(&["investigate", text(&log), "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for said in [
        "network protection of Defender blocked browser.exe of EXAMPLE\\sato on PC01.example.net from https://bad.example.com/login (2 events)",
        "network protection of Defender would have blocked powershell.exe of EXAMPLE\\sato on PC01.example.net from 203.0.113.7",
        "Defender 1126",
        "Defender 1125",
    ] {
        assert!(ran.out.contains(said), "{said}\n{}", ran.out);
    }
    // The query of a URL may hold secrets, and a port stands only where the event writes it.
    assert!(!ran.out.contains("token"), "{}", ran.out);
    assert!(!ran.out.contains("203.0.113.7:"), "{}", ran.out);
    let japanese = run(&["investigate", text(&log), "--lang", "ja"]);
    let said = "の browser.exe（ユーザー EXAMPLE\\sato） から https://bad.example.com/login への接続を遮断しました";
    assert!(japanese.out.contains(said), "{}", japanese.out);
}

#[test]
fn a_question_about_a_destination_or_a_program_is_told_what_network_protection_did() {
    let folder = TempDir::new().unwrap();
    let log = defender(folder.path());
    for (asked, blocked, destination) in [
        ("bad.example.com", true, "https://bad.example.com/login"),
        ("example.com", true, "https://bad.example.com/login"),
        ("203.0.113.7", false, "203.0.113.7"),
        ("203.0.113.7:443", false, "203.0.113.7"),
        ("198.51.100.9:8080", true, "http://198.51.100.9:8080/a"),
        ("browser.exe", true, "https://bad.example.com/login"),
    ] {
        let answer = json(&run(&["ask", asked, text(&log), "--json"]));
        let statement = &answer["statements"][0];
        let finding = &statement["finding"]["finding"];
        assert_eq!(finding["kind"], "network_protection", "{asked}: {answer:#}");
        assert_eq!(
            (&finding["blocked"], &finding["destinations"][0]),
            (&blocked.into(), &destination.into())
        );
    }
    let other = json(&run(&["ask", "198.51.100.9:443", text(&log), "--json"]));
    assert!(!other.to_string().contains("network_protection"), "{other:#}");
}

#[test]
fn hunting_finds_what_network_protection_did_under_the_words_of_defender() {
    let folder = TempDir::new().unwrap();
    let log = defender(folder.path());
    let query = "DeviceEvents | where ActionType startswith 'ExploitGuardNetworkProtection' | sort by Timestamp asc \
                 | project ActionType, RemoteUrl, RemoteIP, RemotePort, InitiatingProcessFileName, \
                 InitiatingProcessAccountName, InitiatingProcessId, IsAudit = tostring(parse_json(AdditionalFields).IsAudit)";
    let ran = json(&run(&["hunt", query, text(&log), "--json"]));
    let rows: Vec<String> = ran["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    let blocked = "ExploitGuardNetworkProtectionBlocked";
    assert_eq!(
        rows,
        [
            format!(r#"["{blocked}","https://bad.example.com/login",null,null,"browser.exe","sato",null,"false"]"#),
            format!(r#"["{blocked}","https://bad.example.com/login",null,null,"browser.exe","sato",null,"false"]"#),
            r#"["ExploitGuardNetworkProtectionAudited",null,"203.0.113.7",null,"powershell.exe","sato",null,"true"]"#
                .to_owned(),
            format!(
                r#"["{blocked}","http://198.51.100.9:8080/a","198.51.100.9",8080,"powershell.exe","sato",null,"false"]"#
            ),
        ]
    );
}
