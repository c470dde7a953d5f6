//! `whotalks hunt`: queries over evidence.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{example, hostile, run};

fn hunt(query: &str, evidence: &Path, more: &[&str]) -> crate::support::Ran {
    let mut arguments = vec!["hunt", query, evidence.to_str().unwrap(), "--lang", "en"];
    arguments.extend(more);
    run(&arguments)
}

fn rows(query: &str, evidence: &Path) -> Vec<Value> {
    let document: Value = serde_json::from_str(&hunt(query, evidence, &["--json"]).out).unwrap();
    document.get("rows").and_then(Value::as_array).unwrap().clone()
}

#[test]
fn a_connection_through_a_proxy_has_a_row_to_the_proxy_and_one_to_the_real_target() {
    let first = rows(
        "DeviceNetworkEvents | where ActionType == \"ConnectionSuccess\" | take 10",
        example(),
    );
    assert_eq!(first.len(), 10);
    let through = "DeviceNetworkEvents | where ActionType == \"ConnectionSuccess\" and RemoteIP == \"192.0.2.8\"";
    let plain = rows(&format!("{through} | where isempty(RemoteUrl)"), example());
    let real = rows(&format!("{through} | where isnotempty(RemoteUrl)"), example());
    assert!(!plain.is_empty() && !real.is_empty());
    let without = rows(
        "DeviceNetworkEvents | where ActionType == \"ConnectionSuccess\" and RemoteIP != \"192.0.2.8\" | where RemoteUrl == \"search.example.com\"",
        example(),
    );
    assert!(without.is_empty(), "the target is reached through the proxy alone");
}

#[test]
fn a_query_of_sentinel_is_told_by_its_column_of_times() {
    let sentinel = rows(
        "DeviceNetworkEvents | where TimeGenerated > ago(100000d) | count",
        example(),
    );
    let defender = rows(
        "DeviceNetworkEvents | where Timestamp > ago(100000d) | count",
        example(),
    );
    assert_eq!(sentinel, defender);
    let named = hunt(
        "DeviceNetworkEvents | take 1",
        example(),
        &["--flavour", "sentinel", "--json"],
    );
    assert!(named.out.contains("TimeGenerated"), "{}", named.out);
}

#[test]
fn a_query_of_sentinel_finds_the_columns_that_a_workspace_adds() {
    let counts = rows(
        "union DeviceNetworkEvents, DeviceNetworkInfo | where TimeGenerated > ago(100000d) and Timestamp == TimeGenerated
         | where isempty(TenantId) and isempty(SourceSystem) and isnull(_BilledSize) and not(_IsBillable == true)
         | mv-expand todynamic(IPAddresses) | summarize Rows = count() by Type | sort by Type asc",
        example(),
    );
    let types: Vec<_> = counts.iter().map(|row| &row["Type"]).collect();
    assert_eq!(types, ["DeviceNetworkEvents", "DeviceNetworkInfo"]);
    let addresses = rows(
        "DeviceNetworkInfo | where TimeGenerated > ago(100000d) | where isnotempty(IPAddresses[0].IPAddress) | count",
        example(),
    );
    assert_ne!(addresses[0]["Count"], 0);
}

#[test]
fn a_mistake_is_shown_where_it_is_with_what_was_meant_in_both_languages() {
    let query = "DeviceNetworkEvents\n| where RemoteIp == \"192.0.2.8\"";
    let english = hunt(query, example(), &[]);
    assert_eq!(english.code, 2);
    for part in [
        "line 2, column 9",
        "  | where RemoteIp",
        "          ^^^^^^^^",
        "did you mean RemoteIP?",
    ] {
        assert!(english.err.contains(part), "{part} in {}", english.err);
    }
    let japanese = run(&["hunt", query, example().to_str().unwrap(), "--lang", "ja"]);
    assert!(
        japanese.err.contains("「RemoteIp」という列はありません"),
        "{}",
        japanese.err
    );
    let refused = hunt("DeviceNetworkEvents | make-graph LocalIP --> RemoteIP", example(), &[]);
    assert!(refused.err.contains("is not supported"), "{}", refused.err);
}

#[test]
fn no_row_has_an_exit_code_of_its_own() {
    let nothing = hunt("DeviceFileEvents", example(), &[]);
    assert_eq!((nothing.code, nothing.err.as_str()), (1, ""));
}

#[test]
fn what_an_answer_lacks_is_said() {
    let query = "DeviceNetworkEvents | take 1 | extend place = geo_info_from_ip_address(RemoteIP) | project place";
    let shown = hunt(query, example(), &[]);
    assert!(shown.out.contains("no database of places"), "{}", shown.out);
    let written = hunt(query, example(), &["--json"]);
    assert!(written.err.contains("no database of places"), "{}", written.err);
}

#[test]
fn names_of_attackers_do_not_act_on_terminal_spreadsheet_or_page() {
    let query = "union DeviceNetworkEvents, DeviceProcessEvents, Flows, Names";
    for format in ["table", "csv", "jsonl", "markdown"] {
        let written = hunt(query, hostile(), &["--format", format, "--limit", "5000"]);
        assert_eq!(written.code, 0, "{}", written.err);
        let active = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\r');
        assert!(!written.out.contains(active), "{format}");
    }
    let mut cells = csv::ReaderBuilder::new().from_reader(std::io::Cursor::new(hunt(query, hostile(), &["--csv"]).out));
    let formula = |cell: &str| cell.starts_with(['=', '+', '-', '@']);
    assert!(cells.records().all(|record| !record.unwrap().iter().any(formula)));
}

#[test]
fn a_case_on_disk_answers_as_the_evidence_does() {
    let folder = TempDir::new().unwrap();
    let case = folder.path().join("case");
    let query = "DeviceNetworkEvents | summarize events = count() by ActionType | sort by ActionType asc";
    let file = folder.path().join("query.kql");
    std::fs::write(&file, query).unwrap();
    let [case, file] = [&case, &file].map(|path| path.to_str().unwrap().to_owned());
    let kept = run(&[
        "hunt",
        "-f",
        &file,
        example().to_str().unwrap(),
        "--case",
        &case,
        "--lang",
        "en",
    ]);
    let again = run(&["hunt", query, "--case", &case, "--lang", "en"]);
    let direct = hunt(query, example(), &[]);
    assert_eq!((kept.code, &kept.out), (0, &direct.out));
    assert_eq!(again.out, direct.out);
}
