//! Programs and names in a comparison.

use insta::assert_snapshot;

use crate::packets::{capture, fields};
use crate::support::{example, hostile, json, run, run_with, text, whotalks};

#[test]
fn a_case_of_both_sides_names_programs_and_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let (case, after) = (folder.path().join("case"), folder.path().join("after.pcapng"));
    let before = capture(example());
    let rest = [
        "packets",
        text(&before),
        "-Y",
        "!(tcp.port in {443, 8443})",
        "-w",
        text(&after),
    ];
    assert_eq!(run(&rest).code, 0);
    let ran = run(&["investigate", text(example()), text(&after), "--case", text(&case)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let said = |language| {
        let mut command = whotalks();
        command.args(["compare", text(&before), text(&after), "--case", text(&case)]);
        let ran = run_with(command.args(["--limit", "3", "--lang", language]));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        ran.out
            .replace(text(&before), "before.pcapng")
            .replace(text(&after), "after.pcapng")
    };
    assert_snapshot!("comparison_of_programs_in_english", said("en"));
    assert_snapshot!("comparison_of_programs_in_japanese", said("ja"));

    let page = folder.path().join("compare.html");
    let arguments = [
        "compare",
        text(&before),
        text(&after),
        "--case",
        text(&case),
        "--json",
        "--html",
        text(&page),
    ];
    let document = json(&run(&arguments));
    let processes = document["processes"].as_array().unwrap();
    let gone = processes.iter().find(|row| row["subject"] == "updater.exe").unwrap();
    assert!(["gone", "not_seen_after"].contains(&gone["change"].as_str().unwrap()));
    assert!(gone["grade"].is_string());
    let known = &document["attributed"]["before"];
    assert!(known["known"].as_u64() <= known["conversations"].as_u64());
    let addresses = document["addresses"].as_array().unwrap();
    assert!(addresses.iter().any(|row| row["names"].is_string()));
    let documented = include_str!("../../../../docs/json.md");
    let mut found = std::collections::BTreeSet::new();
    fields(&document, &mut found);
    assert!(
        found.iter().all(|field| documented.contains(&format!("`{field}`"))),
        "{found:?}"
    );
    assert!(std::fs::read_to_string(page).unwrap().contains("updater.exe"));
    let csv = run(&["compare", text(&before), text(&after), "--case", text(&case), "--csv"]).out;
    assert!(
        csv.lines()
            .any(|line| line.starts_with("processes,") && line.contains("updater.exe")),
        "{csv}"
    );
}

#[test]
fn without_a_case_programs_are_unknown_and_the_command_that_helps_is_said() {
    let (before, after) = (capture(example()), capture(hostile()));
    let ran = run(&["compare", text(&before), text(&after)]);
    assert!(
        ran.out.contains("no case was given") && ran.out.contains("--case DIR"),
        "{}",
        ran.out
    );
    assert!(json(&run(&["compare", text(&before), text(&after), "--json"]))["attributed"].is_null());
    assert_eq!(
        run(&["compare", text(&before), text(&after), "--case", "/no/such/case"]).code,
        2
    );
}
