//! Policies over packets and over a case.

use std::path::PathBuf;

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::packets::{POLICY, ask, fields};
use crate::support::{example, json, run, text};

/// A policy of these rules.
fn policy(rules: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    std::fs::write(&path, rules).unwrap();
    (folder, path)
}

/// One rule of each kind that has something to say about the example.
const RULES: &str = r#"
[[rule]]
title = "no ARP"
severity = "low"
protocols = ["arp"]

[[rule]]
title = "the portal"
severity = "high"
names = ["*.example.jp"]

[[rule]]
title = "no TLS"
severity = "info"
applications = ["tls"]
"#;

#[test]
fn protocols_without_ports_and_names_are_found_in_packets() {
    let (_folder, path) = policy(RULES);
    let document = json(&ask(&["packets", "--policy", text(&path), "--json"]));
    let matches = document["matches"].as_array().unwrap();
    let of_rule = |rule: u64| -> Vec<_> { matches.iter().filter(|found| found["rule"] == rule).collect() };
    let arp = of_rule(1);
    assert!(
        arp.iter()
            .all(|found| found["protocol"] == "arp" && found["stream"].is_null())
    );
    let packets: u64 = arp.iter().map(|found| found["packets"].as_u64().unwrap()).sum();
    let listed = ask(&["packets", "-Y", "arp", "-e", "frame.number"]).out.lines().count() as u64;
    assert_eq!(packets, listed);
    let named = of_rule(2);
    assert!(!named.is_empty());
    assert!(
        named
            .iter()
            .all(|found| found["name"].as_str().unwrap().ends_with(".example.jp"))
    );
    let people = ask(&["packets", "--policy", text(&path), "--limit", "4"]);
    assert_snapshot!("policy_on_packets_in_english", people.out);
    assert_snapshot!(
        "policy_on_packets_in_japanese",
        ask(&["packets", "--policy", text(&path), "--limit", "4", "--lang", "ja"]).out
    );
}

#[test]
fn a_violation_is_a_finding_that_explain_opens() {
    let document = json(&run(&["investigate", text(example()), "--policy", POLICY, "--json"]));
    let is_violation = |finding: &&serde_json::Value| finding["finding"]["kind"] == "policy_violation";
    let findings = document["findings"].as_array().unwrap();
    let incident = findings
        .iter()
        .filter(is_violation)
        .find(|finding| finding["finding"]["title"].as_str().unwrap().contains("2026-117"))
        .unwrap();
    assert_eq!(incident["severity"], "high");
    assert_eq!(incident["program"], "updater.exe");
    assert!(incident["finding"]["program_grade"].is_string());
    let reference = incident["citations"][0]["reference"].as_str().unwrap();
    assert_eq!(run(&["explain", reference, text(example())]).code, 0);
    assert_eq!(document["policy"]["rules"], 8);
    assert!(document["policy"]["violated"].as_u64().unwrap() >= 1);
    let documented = include_str!("../../../../docs/json.md");
    let mut found = std::collections::BTreeSet::new();
    fields(incident, &mut found);
    fields(&document["policy"], &mut found);
    assert!(
        found.iter().all(|field| documented.contains(&format!("`{field}`"))),
        "{found:?}"
    );
}

#[test]
fn what_a_case_cannot_judge_is_said_in_both_languages() {
    let (_folder, path) = policy(RULES);
    let english = run(&["investigate", text(example()), "--policy", text(&path), "--wide"]).out;
    for part in [
        "rule 1 \"no ARP\" is not judged for arp",
        "rule 2 \"the portal\" is violated",
        "rules violated",
    ] {
        assert!(english.contains(part), "{part} in {english}");
    }
    let japanese = run(&[
        "investigate",
        text(example()),
        "--policy",
        text(&path),
        "--wide",
        "--lang",
        "ja",
    ])
    .out;
    assert!(
        japanese.contains("判定できません") && japanese.contains("「the portal」に違反"),
        "{japanese}"
    );
    let without = run(&["investigate", text(example())]).out;
    assert!(!without.contains("violated"));
}

#[test]
fn an_answer_tells_what_is_against_the_policy() {
    let asked = |subject: &str| run(&["ask", subject, text(example()), "--policy", POLICY]).out;
    assert!(asked("203.0.113.77").contains("2026-117"), "{}", asked("203.0.113.77"));
    assert!(!asked("192.168.0.1").contains("2026-117"));
    assert_eq!(
        run(&["ask", "203.0.113.77", text(example()), "--policy", "/no/such"]).code,
        2
    );
}
