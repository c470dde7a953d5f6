//! A support bundle: one case, one host, with what it lacks.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{json, run, text};

/// Listings in the layouts that the tools document, one after the other as the collector writes them.
const IPCONFIG: &[u8] = include_bytes!("../../../text/testdata/mixed/support_ipconfig_info_utf16le.in");
const NETSTAT: &[u8] = include_bytes!("../../../text/testdata/mixed/support_netstat_info_utf16le.in");
const SYSTEMINFO: &[u8] = include_bytes!("../../../text/testdata/systeminfo/english.in");
const DEFENDER: &[u8] = include_bytes!("../../../text/testdata/objects/defender_status_and_preferences.in");
const WINHTTP: &[u8] = include_bytes!("../../../text/testdata/winhttp/english_proxy.in");
const REGISTRY: &[u8] = include_bytes!("../../../text/testdata/registry/query.in");
const AUDITPOL: &[u8] = include_bytes!("../../../text/testdata/auditpol/english_get.in");

const TASKLIST: &str = "948(0x3b4)\tsvchost.exe\r\n5120(0x1400)\tbrowser.exe\r\n";

/// A folder as the collector leaves it.
fn bundle() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("TSS_KAZE-PC07_261121-100000_NET");
    let basic = root.join("BasicLog-After-Repro");
    std::fs::create_dir_all(&basic).unwrap();
    let name = |what: &str| format!("KAZE-PC07_261121-100000_{what}");
    for (path, bytes) in [
        (root.join(name("NetStat_Info_Start_.txt")), NETSTAT),
        (
            root.join(name("NetStat_Info_Stop_.txt")),
            &[NETSTAT, b"\r\0\n\0"].concat(),
        ),
        (root.join(name("IPconfig_Info_Stop_.txt")), IPCONFIG),
        (basic.join(name("systeminfo.txt")), SYSTEMINFO),
        (basic.join(name("WindowsDefender.txt")), DEFENDER),
        (basic.join(name("WinHTTP_Proxy.txt")), WINHTTP),
        (basic.join(name("_Reg_HKCU_Internet_Settings.txt")), REGISTRY),
        (basic.join(name("auditpol.csv")), AUDITPOL),
        (basic.join(name("tasklist.txt")), TASKLIST.as_bytes()),
    ] {
        std::fs::write(path, bytes).unwrap();
    }
    (folder, root)
}

fn investigated(root: &Path) -> Value {
    json(&run(&["investigate", "--json", text(root)]))
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap()
}

#[test]
fn a_bundle_is_one_host_with_its_own_name_and_addresses() {
    let (_folder, root) = bundle();
    let overview = investigated(&root);
    let hosts = list(&overview, "hosts");
    assert_eq!(hosts.len(), 1, "{hosts:?}");
    assert_eq!(hosts[0]["name"], "KAZE-PC07");
    let addresses = hosts[0]["addresses"].to_string();
    for address in ["10.20.0.25", "192.168.50.7", "2001:db8:10::25"] {
        assert!(addresses.contains(address), "{addresses}");
    }
}

#[test]
fn a_bundle_says_what_it_lacks_and_with_which_command_it_would_be_there() {
    let (_folder, root) = bundle();
    for document in [investigated(&root), json(&run(&["evidence", "--json", text(&root)]))] {
        let bundles = list(&document, "bundles");
        assert_eq!(bundles.len(), 1);
        let bundle = &bundles[0];
        assert_eq!(
            (&bundle["computer"], &bundle["stamp"]),
            (&"KAZE-PC07".into(), &"261121-100000".into())
        );
        assert_eq!((&bundle["at_start"], &bundle["at_stop"]), (&1.into(), &8.into()));
        let missing: Vec<&str> = list(bundle, "missing")
            .iter()
            .filter_map(|part| part["part"].as_str())
            .collect();
        assert_eq!(missing, ["security_log", "packets", "filter_dump"]);
        assert_eq!(
            bundle["missing"][0]["remedy"]["command"],
            "wevtutil epl Security Security.evtx"
        );
    }
    let english = run(&["evidence", text(&root)]).out;
    assert!(english.contains("no Security log"), "{english}");
    let japanese = run(&["investigate", "--lang", "ja", text(&root)]).out;
    for words in ["Security ログがありません", "リアルタイム保護は無効です", "採取一式"] {
        assert!(japanese.contains(words), "{words} in {japanese}");
    }
}

#[test]
fn protection_that_is_off_is_a_finding_and_other_settings_are_only_told() {
    let (_folder, root) = bundle();
    let overview = investigated(&root);
    let findings: Vec<&Value> = list(&overview, "findings")
        .iter()
        .map(|one| &one["finding"]["kind"])
        .collect();
    assert_eq!(findings, ["protection_off"]);
    let settings: Vec<&Value> = list(&overview, "settings").iter().map(|one| &one["setting"]).collect();
    let said = |kind: &str| settings.iter().find(|one| one["kind"] == kind).copied().unwrap();
    assert_eq!(said("network_protection")["mode"], "audit");
    assert_eq!(said("system_proxy")["proxy"], "proxy.corp.example:8080");
    assert_eq!(said("user_proxy")["enabled"], false);
    let audits = settings.iter().filter(|one| one["kind"] == "audit");
    assert_eq!(audits.count(), 3);
}

#[test]
fn a_name_in_the_cache_is_given_to_a_connection_only_as_inferred() {
    let (_folder, root) = bundle();
    let overview = investigated(&root);
    let rows = list(&overview, "endpoints");
    let row = rows
        .iter()
        .find(|row| row["remote"]["address"] == "203.0.113.20")
        .unwrap();
    assert_eq!(row["name"]["name"], "www.shop.example");
    assert_eq!(
        (&row["name"]["evidence"], &row["name"]["grade"]),
        (&"resolver_cache".into(), &"inferred".into())
    );
    assert_eq!(row["program"]["name"], "browser.exe");
}

#[test]
fn the_facts_of_a_device_stand_in_the_tables_of_defender() {
    let (_folder, root) = bundle();
    let hunt = |query: &str| json(&run(&["hunt", query, text(&root), "--json"]))["rows"].to_string();
    let device = hunt("DeviceInfo | project DeviceName, OSPlatform, OSBuild, OSArchitecture, Vendor");
    for words in ["KAZE-PC07", "Windows11", "22631", "64-bit", "Contoso"] {
        assert!(device.contains(words), "{words} in {device}");
    }
    let network = hunt("DeviceNetworkInfo | where isnotempty(MacAddress) | project MacAddress, IPv4Dhcp, DnsAddresses");
    for words in ["00-15-5D-01-02-03", "10.20.0.2", "10.20.0.4"] {
        assert!(network.contains(words), "{words} in {network}");
    }
}
