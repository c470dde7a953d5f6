//! Statistics over what a filter selects.

use insta::assert_snapshot;

use crate::packets::ask;
use crate::support::{example, json, run, text};

/// Statistics of what passes, as JSON.
fn filtered(filter: &str, statistics: &str) -> serde_json::Value {
    json(&ask(&["packets", "-Y", filter, "--stat", statistics, "--json"]))
}

#[test]
fn only_what_passes_is_counted_for_people_in_both_languages() {
    let filter = "tcp.flags.syn == 1";
    let said = |language| {
        ask(&[
            "packets",
            "-Y",
            filter,
            "--stat",
            "hierarchy,ports",
            "--limit",
            "4",
            "--lang",
            language,
        ])
    };
    assert_snapshot!("filtered_in_english", said("en").out);
    assert_snapshot!("filtered_in_japanese", said("ja").out);
}

#[test]
fn as_many_packets_count_as_the_list_shows() {
    for filter in [
        "dns",
        "tcp.flags.reset == 1",
        "tcp.analysis.retransmission",
        "tls.handshake.type == 1",
        "frame.number > 500",
    ] {
        let document = filtered(filter, "all");
        let listed = ask(&["packets", "-Y", filter, "-e", "frame.number"])
            .out
            .lines()
            .count() as u64;
        assert_eq!(document["filter"], filter);
        assert_eq!(document["totals"]["packets"].as_u64(), Some(listed), "{filter}");
        let sum = |table: &str| -> u64 {
            let rows = document[table].as_array().unwrap();
            rows.iter().map(|row| row["packets"].as_u64().unwrap()).sum()
        };
        assert_eq!(sum("lengths"), listed, "{filter}");
        assert_eq!(sum("io"), listed, "{filter}");
        assert_eq!(document["hierarchy"][0]["packets"].as_u64(), Some(listed), "{filter}");
    }
}

#[test]
fn streams_keep_the_numbers_and_handshakes_of_the_whole_capture() {
    let whole = json(&ask(&["packets", "--stat", "conversations,rtt", "--json"]));
    let of_one = filtered("tcp.stream == 6 && tcp.len > 0", "conversations,rtt");
    let rows = of_one["tcp_conversations"].as_array().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["stream"], 6);
    let all = whole["tcp_conversations"].as_array().unwrap();
    let same = all.iter().find(|row| row["stream"] == 6).unwrap();
    for field in ["a", "b", "application", "initial_rtt_ns"] {
        assert_eq!(rows[0][field], same[field], "{field}");
    }
    assert!(rows[0]["packets"].as_u64() < same["packets"].as_u64());
    assert!(rows[0]["start_ns"].as_u64() > same["start_ns"].as_u64());
    assert_eq!(of_one["round_trips"].as_array().map(Vec::len), Some(1));
    assert_eq!(of_one["udp_conversations"].as_array().map(Vec::len), Some(0));
}

#[test]
fn retransmissions_are_told_though_the_first_segment_does_not_pass() {
    let filter = "tcp.analysis.retransmission";
    let document = filtered(filter, "expert,conversations");
    let rows = document["tcp_conversations"].as_array().unwrap();
    let counted: u64 = rows.iter().map(|row| row["retransmissions"].as_u64().unwrap()).sum();
    assert_eq!(Some(counted), document["totals"]["packets"].as_u64());
}

#[test]
fn a_case_filters_and_adds_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case");
    assert_eq!(run(&["investigate", text(example()), "--case", text(&case)]).code, 0);
    let filter = "process.name == \"updater.exe\"";
    let ran = ask(&[
        "packets",
        "-Y",
        filter,
        "--stat",
        "conversations",
        "--case",
        text(&case),
        "--json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let document = json(&ran);
    let rows = document["tcp_conversations"].as_array().unwrap();
    assert!(!rows.is_empty());
    assert!(
        rows.iter()
            .all(|row| row["process"] == "updater.exe" && row["grade"].is_string())
    );
    // Without the case nothing is known of programs.
    let without = ask(&["packets", "-Y", filter, "--stat", "conversations"]);
    assert_eq!(without.code, 1);
    assert!(without.err.contains("--case DIR"), "{}", without.err);
}
