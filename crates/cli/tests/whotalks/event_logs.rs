//! Logs of Windows beside Security and Sysmon, as binary logs: what network protection stopped, who asked for which name, and who
//! ordered a transfer.

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
        "network protection of Defender would have blocked powershell.exe of EXAMPLE\\sato on PC01.example.net from 203.0.113.7, and in audit mode let it pass (1 event)",
        "observed [E1@1 E1@2]",
        "observed [E1@3]",
    ] {
        assert!(unbroken(&ran.out).contains(&unbroken(said)), "{said}\n{}", ran.out);
    }
    // The query of a URL may hold secrets, and a port stands only where the event writes it.
    assert!(!ran.out.contains("token"), "{}", ran.out);
    assert!(!ran.out.contains("203.0.113.7:"), "{}", ran.out);
    let japanese = run(&["investigate", text(&log), "--lang", "ja"]);
    let said = "の browser.exe（ユーザー EXAMPLE\\sato） から https://bad.example.com/login への接続を遮断しました";
    assert!(unbroken(&japanese.out).contains(&unbroken(said)), "{}", japanese.out);
}

/// A text without white space, since a terminal breaks lines where it must.
fn unbroken(text: &str) -> String {
    text.split_whitespace().collect()
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
        let finding = &answer["statements"][0]["statement"]["finding"]["finding"];
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
    let ran = run(&["hunt", "--csv", query, text(&log)]);
    let rows: Vec<&str> = ran.out.lines().skip(1).collect();
    assert_eq!(
        rows,
        [
            "ExploitGuardNetworkProtectionBlocked,https://bad.example.com/login,,,browser.exe,sato,,false",
            "ExploitGuardNetworkProtectionBlocked,https://bad.example.com/login,,,browser.exe,sato,,false",
            "ExploitGuardNetworkProtectionAudited,,203.0.113.7,,powershell.exe,sato,,true",
            "ExploitGuardNetworkProtectionBlocked,http://198.51.100.9:8080/a,198.51.100.9,8080,powershell.exe,sato,,false",
        ],
        "{}",
        ran.err
    );
}

/// The resolver service, a program that asks it, and one whose question the service does not name.
const RESOLVER: u32 = 1_496;
const ASKER: u32 = 4_242;

fn question(
    (id, version): (u16, u8),
    (second, writer): (i64, u32),
    name: &str,
    (results, client): (&str, Option<u32>),
) -> ProviderEvent {
    let number = |name, value| (name, Value::Unsigned32(value));
    let mut fields = data(&[("QueryName", name)]);
    fields.push(number("QueryType", 1));
    match id {
        3008 => fields.extend([("QueryOptions", Value::Unsigned64(0)), number("QueryStatus", 0)]),
        _ => fields.extend([
            number("NetworkIndex", 0),
            number("InterfaceIndex", 0),
            number("Status", 0),
        ]),
    }
    fields.extend(data(&[("QueryResults", results)]));
    fields.extend(client.map(|pid| number("ClientPID", pid)));
    ProviderEvent {
        id: (id, version),
        time_ns: START + second * SECOND,
        writer,
        data: fields,
    }
}

/// The log of the DNS client, and a Security log of the connections that followed.
fn names(folder: &Path) -> [PathBuf; 2] {
    let answer = "type:  5 edge.example.net;::ffff:203.0.113.7;";
    let events = vec![
        question((3020, 1), (1, RESOLVER), "www.example.com", (answer, Some(ASKER))),
        question((3008, 0), (1, ASKER), "www.example.com", (answer, None)),
        question((3020, 0), (20, RESOLVER), "old.example.com", ("203.0.113.8;", None)),
        question((3008, 0), (40, RESOLVER), "own.example.com", ("203.0.113.9;", None)),
    ];
    let log = written(folder, "DNS-Client.evtx", LogProvider::DnsClient, events);
    let connection = |record: u32, second: u32, pid: u32, address: &str| {
        format!(
            "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
             <Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>5156</EventID><Version>1</Version>\
             <TimeCreated SystemTime='2026-03-02T01:02:{second:02}.5000000Z'/><EventRecordID>{record}</EventRecordID>\
             <Channel>Security</Channel><Computer>PC01.example.net</Computer></System><EventData>\
             <Data Name='ProcessID'>{pid}</Data><Data Name='Application'>\\device\\harddiskvolume3\\tools\\sync{pid}.exe</Data>\
             <Data Name='Direction'>%%14593</Data><Data Name='SourceAddress'>192.0.2.10</Data>\
             <Data Name='SourcePort'>{}</Data><Data Name='DestAddress'>{address}</Data>\
             <Data Name='DestPort'>443</Data><Data Name='Protocol'>6</Data><Data Name='FilterRTID'>0</Data>\
             <Data Name='LayerName'>%%14611</Data><Data Name='LayerRTID'>48</Data></EventData></Event>\n",
            50_000 + record
        )
    };
    let security = folder.join("Security.xml");
    let connections = [
        connection(1, 4, ASKER, "203.0.113.7"),
        connection(2, 23, 4_300, "203.0.113.8"),
        connection(3, 43, 4_300, "203.0.113.9"),
    ];
    fs::write(&security, connections.concat()).unwrap();
    [log, security]
}

#[test]
fn the_log_of_the_dns_client_names_what_the_asking_program_called() {
    let folder = TempDir::new().unwrap();
    let [log, security] = names(folder.path());
    let answer = run(&["ask", "www.example.com", text(&log), text(&security), "--lang", "en"]);
    for said in ["sync4242.exe", "203.0.113.7:443", "DNS-Client.evtx · DNS-Client"] {
        assert!(answer.out.contains(said), "{said}\n{}", answer.out);
    }
    // The log is there, so that nobody is asked to switch it on for this name.
    assert!(!answer.out.contains("wevtutil sl"), "{}", answer.out);
}

#[test]
fn the_resolver_service_is_never_taken_for_who_asked() {
    let folder = TempDir::new().unwrap();
    let [log, security] = names(folder.path());
    let query = "DeviceEvents | where ActionType == 'DnsQueryResponse' \
                 | project InitiatingProcessId, Name = tostring(parse_json(AdditionalFields).DnsQueryString)";
    let asked = run(&["hunt", "--csv", query, text(&log), text(&security)]);
    let rows: Vec<&str> = asked.out.lines().skip(1).collect();
    assert_eq!(rows, ["4242,www.example.com"], "{}", asked.err);
    // A table has the same rows whichever others are asked for.
    let answered = run(&[
        "hunt",
        "--csv",
        "DnsTransactions | project Query, Transport",
        text(&log),
    ]);
    let rows: Vec<&str> = answered.out.lines().skip(1).collect();
    assert_eq!(rows, ["www.example.com,client"], "{}", answered.err);
    let names = run(&[
        "hunt",
        "--csv",
        "Flows | project RemoteUrl, RemoteIP",
        text(&log),
        text(&security),
    ]);
    for name in ["old.example.com", "own.example.com"] {
        assert!(!names.out.contains(name), "{}", names.out);
    }
}

#[test]
fn the_log_of_the_transfer_service_is_read_and_counted() {
    let folder = TempDir::new().unwrap();
    let job = || ("Id", Value::Guid("{6F1C0A52-31B4-4D19-8A55-0F3C5D7E9B21}".to_owned()));
    let event = |id, second, data| ProviderEvent {
        id,
        time_ns: START + second * SECOND,
        writer: 2_100,
        data,
    };
    let mut order = data(&[("jobTitle", "Update")]);
    order.push(("jobId", job().1));
    order.extend(data(&[
        ("jobOwner", "EXAMPLE\\sato"),
        ("processPath", "C:\\Tools\\updater.exe"),
    ]));
    order.push(("processId", Value::Unsigned32(4_242)));
    let mut ended = vec![("transferId", job().1)];
    ended.extend(data(&[("name", "Update")]));
    ended.push(job());
    ended.extend(data(&[("url", "http://files.example.com/a.cab?key=1"), ("peer", "")]));
    ended.push(("hr", Value::Unsigned32(0)));
    ended.extend(data(&[("proxy", "proxy.example.com:8080")]));
    let events = vec![event((3, 2), 1, order), event((60, 0), 2, ended)];
    let log = written(folder.path(), "BITS-Client.evtx", LogProvider::BitsClient, events);
    let ran = run(&["evidence", text(&log), "--lang", "en"]);
    assert!(ran.out.contains("BITS 3, 59–61"), "{}", ran.out);
    let event = run(&["explain", "E1@2", text(&log)]);
    assert!(event.out.contains("http://files.example.com/a.cab"), "{}", event.out);
}
