//! `whotalks hunt`: several cases, charts, plans, files, saved queries, the shell.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;
use whotalks_queries::bundled;

use crate::support::{Ran, example, hostile, json, run, run_with, text, whotalks};

fn hunt(arguments: &[&str]) -> Ran {
    let mut all = vec!["hunt", "--lang", "en"];
    all.extend(arguments);
    run(&all)
}

fn rows(ran: &Ran) -> Vec<Value> {
    json(ran).get("rows").and_then(Value::as_array).unwrap().clone()
}

/// Two cases of the example in a folder.
fn two_cases(folder: &Path) -> [String; 2] {
    ["east", "west"].map(|name| {
        let case = folder.join(name);
        let kept = run(&["investigate", text(example()), "--case", text(&case), "--json"]);
        assert_eq!(kept.code, 0, "{}", kept.err);
        text(&case).to_owned()
    })
}

#[test]
fn several_cases_are_asked_together_and_told_apart() {
    let folder = TempDir::new().unwrap();
    let [east, west] = two_cases(folder.path());
    let query = "DeviceNetworkEvents | summarize events = count() by CaseId | sort by CaseId asc";
    let both = rows(&hunt(&[query, "--case", &east, "--case", &west, "--json"]));
    let names: Vec<_> = both.iter().map(|row| row["CaseId"].as_str().unwrap()).collect();
    assert_eq!(names, ["east", "west"]);
    assert_eq!(both[0]["events"], both[1]["events"]);
    let one = rows(&hunt(&["DeviceNetworkEvents | count", "--case", &east, "--json"]));
    assert_eq!(one[0]["Count"], both[0]["events"]);
    let only = "DeviceNetworkEvents | where CaseId == 'west' | count";
    let only = rows(&hunt(&[only, "--case", &east, "--case", &west, "--json"]));
    assert_eq!(only[0]["Count"], one[0]["Count"]);
    for table in ["Endpoints", "AlertInfo", "Flows"] {
        let query = format!("{table} | getschema | where ColumnName == 'CaseId' | count");
        let has = rows(&hunt(&[&query, "--case", &east, "--case", &west, "--json"]));
        assert_eq!(has[0]["Count"], 1, "{table}");
    }
}

#[test]
fn evidence_beside_several_cases_is_refused_in_both_languages() {
    let folder = TempDir::new().unwrap();
    let [east, west] = two_cases(folder.path());
    let arguments = [
        "hunt",
        "Flows | count",
        text(example()),
        "--case",
        &east,
        "--case",
        &west,
    ];
    let english = run(&[&arguments[..], &["--lang", "en"]].concat());
    assert_eq!(english.code, 2);
    assert!(english.err.contains("one case only"), "{}", english.err);
    let japanese = run(&[&arguments[..], &["--lang", "ja"]].concat());
    assert!(japanese.err.contains("ケースは一つだけ"), "{}", japanese.err);
}

const BARS: &str = "DeviceNetworkEvents | summarize events = count() by ActionType | sort by events desc | render barchart with (title='Actions')";

#[test]
fn render_draws_bars_and_rows_are_still_to_be_had() {
    let drawn = hunt(&[BARS, text(example())]);
    assert_eq!(drawn.code, 0, "{}", drawn.err);
    assert!(drawn.out.starts_with("Actions\n"), "{}", drawn.out);
    let bar = drawn.out.lines().find(|line| line.starts_with("ConnectionSuccess "));
    assert!(bar.is_some_and(|bar| bar.contains('█')), "{}", drawn.out);
    assert!(!drawn.out.contains('\u{1b}'), "no colour in a pipe");
    assert!(drawn.out.contains("--format table"), "{}", drawn.out);
    let table = hunt(&[BARS, text(example()), "--format", "table"]);
    assert!(
        table.out.contains("ActionType") && !table.out.contains('█'),
        "{}",
        table.out
    );
}

#[test]
fn the_longest_bar_is_that_of_the_greatest_value() {
    let query = "datatable(name:string, value:long)['短い名前', 25, 'long', 100, 'none', 0] | render columnchart";
    let drawn = hunt(&[query, text(example())]);
    let bars = |start: &str| {
        let line = drawn
            .out
            .lines()
            .find(|line| line.starts_with(start))
            .unwrap_or_default();
        line.chars().filter(|sign| *sign == '█').count()
    };
    assert!(bars("long") > 60, "{}", drawn.out);
    assert_eq!(bars("短い名前"), bars("long") / 4);
    assert_eq!(bars("none"), 0);
    let place = |line: &str| line.split('█').next().map(whotalks_width).unwrap_or_default();
    let lines: Vec<_> = drawn.out.lines().filter(|line| line.contains('█')).map(place).collect();
    assert!(
        lines.windows(2).all(|pair| pair[0] == pair[1]),
        "wide names line up: {}",
        drawn.out
    );
}

fn whotalks_width(text: &str) -> usize {
    text.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum()
}

#[test]
fn charts_over_time_have_panels_and_say_what_they_are() {
    let query = "Flows | summarize Sent = sum(SentIpBytes) by bin(Timestamp, 1m) | render timechart";
    let english = hunt(&[query, text(example())]);
    assert!(
        english.out.contains('│') && english.out.contains('└'),
        "{}",
        english.out
    );
    assert!(english.out.contains("--html draws lines"), "{}", english.out);
    let japanese = run(&["hunt", query, text(example()), "--lang", "ja"]);
    assert!(japanese.out.contains("縦棒で描画しています"), "{}", japanese.out);
}

#[test]
fn what_is_not_drawn_is_said_and_shown_as_rows() {
    let query = "DeviceNetworkEvents | summarize count() by ActionType | render treemap";
    let shown = hunt(&[query, text(example())]);
    assert!(shown.out.contains("\"treemap\" is not drawn"), "{}", shown.out);
    assert!(shown.out.contains("ConnectionSuccess"), "{}", shown.out);
    let card = hunt(&["Flows | summarize Flows = count() | render card", text(example())]);
    assert!(card.out.starts_with("Flows\n  "), "{}", card.out);
}

#[test]
fn the_page_holds_everything_and_loads_nothing() {
    let folder = TempDir::new().unwrap();
    for (number, chart) in [
        "barchart",
        "columnchart",
        "timechart",
        "areachart",
        "piechart",
        "scatterchart",
        "card",
        "table",
    ]
    .iter()
    .enumerate()
    {
        let page = folder.path().join(format!("{number}.html"));
        let query = format!(
            "DeviceNetworkEvents | summarize events = count() by bin(Timestamp, 1m), ActionType | render {chart}"
        );
        let ran = hunt(&[&query, text(example()), "--html", text(&page), "--json"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let page = fs::read_to_string(page).unwrap();
        assert!(page.contains("default-src 'none'"), "{chart}");
        assert!(
            page.matches("<script").count() == 1 && !page.contains("src="),
            "{chart}"
        );
        assert_eq!(page.contains("<svg"), !matches!(*chart, "card" | "table"), "{chart}");
        assert!(page.contains("prefers-color-scheme: dark"), "{chart}");
        assert!(page.contains("ConnectionSuccess"), "{chart}: the rows are there");
    }
}

#[test]
fn names_of_attackers_do_not_act_in_charts_and_pages() {
    let folder = TempDir::new().unwrap();
    let page = folder.path().join("page.html");
    let query = "Names | summarize count() by Name | render barchart";
    let drawn = hunt(&[query, text(hostile()), "--html", text(&page)]);
    let active = |sign: char| sign.is_control() && sign != '\n';
    assert!(!drawn.out.contains(active), "{}", drawn.out);
    let page = fs::read_to_string(page).unwrap();
    let (_, body) = page.split_once("<body>").unwrap();
    assert!(!body.contains("<img") && !body.contains("javascript:"));
    assert_eq!(page.matches("<script").count(), 1);
}

#[test]
fn a_plan_names_the_operators_and_what_they_gave() {
    let query = "DeviceNetworkEvents | where RemotePort == 443 | summarize count() by RemoteIP | top 3 by count_";
    let shown = hunt(&[query, text(example()), "--explain"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    for part in [
        "What was done",
        "read DeviceNetworkEvents",
        "where",
        "summarize",
        "top",
        "held in memory",
        "took ",
    ] {
        assert!(shown.out.contains(part), "{part} in {}", shown.out);
    }
    let japanese = run(&["hunt", query, text(example()), "--explain", "--lang", "ja"]);
    assert!(
        japanese.out.contains("DeviceNetworkEvents の読み取り"),
        "{}",
        japanese.out
    );
    let plan = json(&hunt(&[query, text(example()), "--explain", "--json"]));
    assert_eq!(plan["kind"], "hunting-plan");
    let steps = plan["runs"][0]["steps"].as_array().unwrap();
    assert_eq!(steps[0]["operator"], "read");
    assert_eq!(steps.last().unwrap()["rows"], 3);
}

#[test]
fn a_plan_over_a_case_on_disk_counts_files_and_bytes() {
    let folder = TempDir::new().unwrap();
    let [east, _] = two_cases(folder.path());
    let query = "DeviceNetworkEvents | where RemoteIP == \"192.0.2.8\" | project Timestamp, RemoteIP";
    let plan = json(&hunt(&[query, "--case", &east, "--explain", "--json"]));
    let reading = &plan["runs"][0]["steps"][0]["reading"];
    assert_eq!(
        (&reading["table"], &reading["files"]),
        (&Value::from("DeviceNetworkEvents"), &Value::from(1))
    );
    assert!(reading["bytes"].as_u64().unwrap() > 0);
    assert!(
        reading["row_groups_by_statistics"]["all"].as_u64().unwrap() > 0,
        "{reading}"
    );
}

#[test]
fn parquet_goes_to_a_file_and_only_there() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("answer.parquet");
    let query = "DeviceNetworkEvents | take 5";
    let written = hunt(&[query, text(example()), "--format", "parquet", "--output", text(&file)]);
    assert_eq!((written.code, written.out.as_str()), (0, ""), "{}", written.err);
    let bytes = fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    let refused = hunt(&[query, text(example()), "--format", "parquet"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--output answer.parquet"), "{}", refused.err);
    let impossible = hunt(&[
        "print t = datetime(9999-01-01)",
        text(example()),
        "--format",
        "parquet",
        "-o",
        text(&file),
    ]);
    assert_eq!(impossible.code, 3, "{}", impossible.err);
    assert!(impossible.err.contains("9999"), "{}", impossible.err);
}

#[test]
fn other_forms_go_to_a_file_too() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("answer.csv");
    let query = "DeviceNetworkEvents | count";
    let to_file = hunt(&[query, text(example()), "--csv", "-o", text(&file)]);
    let to_output = hunt(&[query, text(example()), "--csv"]);
    assert_eq!((to_file.code, to_file.out.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(file).unwrap(), to_output.out);
}

#[test]
fn every_bundled_query_runs_on_evidence_and_most_find_something() {
    let mut empty = Vec::new();
    for query in bundled() {
        let mut arguments = vec!["--query", &query.name, text(example()), "--json"];
        if query.name == "address" {
            arguments.extend(["--param", "address=203.0.113.77"]);
        }
        let ran = hunt(&arguments);
        assert!(matches!(ran.code, 0 | 1), "{}: {}", query.name, ran.err);
        if ran.code == 1 {
            empty.push(query.name);
        }
    }
    assert!(empty.len() <= 4, "these find nothing in the example: {empty:?}");
}

#[test]
fn saved_queries_are_listed_in_both_languages() {
    let english = hunt(&["--list"]);
    assert_eq!(english.code, 0);
    for part in ["behind-proxy", "Real targets behind a proxy", "--param proxy=", "T1090"] {
        assert!(english.out.contains(part), "{part} in {}", english.out);
    }
    let japanese = run(&["hunt", "--list", "--lang", "ja"]);
    assert!(japanese.out.contains("プロキシの先の実際の接続先"), "{}", japanese.out);
    let document = json(&hunt(&["--list", "--json"]));
    assert_eq!(document["queries"].as_array().unwrap().len(), bundled().len());
}

const SAVED: &str = "\
// +++
// title = { en = \"Calls to a port\", ja = \"ポートへの接続\" }
// [parameters.port]
// type = \"int\"
// [parameters.name]
// type = \"string\"
// default = \"\"
// +++
DeviceNetworkEvents | where RemotePort == port and (isempty(name) or RemoteUrl == name) | count
";

#[test]
fn a_folder_of_queries_and_typed_parameters() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("port.kql"), SAVED).unwrap();
    let ask = |more: &[&str]| {
        let mut arguments = vec![
            "--queries",
            text(folder.path()),
            "--query",
            "port",
            text(example()),
            "--json",
        ];
        arguments.extend(more);
        hunt(&arguments)
    };
    let found = rows(&ask(&["--param", "port=443"]));
    assert!(found[0]["Count"].as_u64().unwrap() > 0);
    let hostile = rows(&ask(&["--param", "port=443", "--param", "name=\") or true //"]));
    assert_eq!(hostile[0]["Count"], 0, "a parameter stays a text");
    for (arguments, said) in [
        (vec![], "the parameter \"port\" (int) is missing"),
        (vec!["--param", "port=many"], "must be of type int"),
        (vec!["--param", "prt=1"], "no parameter \"prt\""),
        (vec!["--param", "port"], "is no parameter"),
    ] {
        let wrong = ask(&arguments);
        assert_eq!(wrong.code, 2, "{said}");
        assert!(wrong.err.contains(said), "{said} in {}", wrong.err);
    }
    let unknown = hunt(&["--query", "proxy", text(example())]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("behind-proxy"), "{}", unknown.err);
    fs::write(folder.path().join("broken.kql"), "// +++\n// colour = 1\n// +++\nT").unwrap();
    let broken = ask(&["--param", "port=443"]);
    assert!(broken.err.contains("broken.kql"), "{}", broken.err);
}

#[test]
fn a_file_with_front_matter_takes_parameters_too() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("port.kql");
    fs::write(&file, SAVED).unwrap();
    let found = hunt(&["-f", text(&file), text(example()), "--param", "port=443", "--json"]);
    assert!(rows(&found)[0]["Count"].as_u64().unwrap() > 0, "{}", found.err);
}

/// A shell that reads its entries out of a pipe.
fn shell(entries: &str, more: &[&str]) -> Ran {
    let mut command = whotalks();
    command
        .args(["hunt", "--shell", text(example()), "--lang", "en"])
        .args(more)
        .write_stdin(entries);
    run_with(&mut command)
}

#[test]
fn a_shell_runs_one_entry_after_another() {
    let ran = shell(
        "let a = 1;\nFlows\n| count;\n\nDeviceNetworkEvents\n| take 2\n| project ActionType, Span\n\n.explain 1\n.plan\n.exit\nFlows\n",
        &[],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("Count"), "{}", ran.out);
    assert!(ran.out.contains("#  ActionType"), "rows have numbers: {}", ran.out);
    assert!(
        ran.out.contains(
            ".evtx
"
        ) && ran.out.contains("EventRecordID"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("What was done"), "{}", ran.out);
}

#[test]
fn a_mistake_in_a_shell_is_told_and_the_next_entry_runs() {
    let ran = shell("Flowz | count;\nFlows | count;\n", &["--json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("Flows"), "{}", ran.err);
    assert_eq!(json(&ran)["total_rows"], 1);
    let unknown = shell(".nothing\n.explain 1\n", &[]);
    assert!(
        unknown.err.contains("no command \"nothing\"") && unknown.err.contains("no answer yet"),
        "{}",
        unknown.err
    );
}

#[test]
fn a_shell_runs_saved_queries_and_lists_what_there_is() {
    let ran = shell(".run behind-proxy proxy=192.0.2.8\n.columns coverage\n.tables\n", &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("Connections") && ran.out.contains("OverwrittenBefore") && ran.out.contains("TlsHandshakes")
    );
}

#[test]
fn the_two_queries_of_the_proxy_article_have_their_documented_results() {
    let project = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
    let documented = fs::read_to_string(format!("{project}docs/proxy.md")).unwrap();
    let bundle = format!("{project}examples/chief-pc.zip");
    let success = "DeviceNetworkEvents | where ActionType == \"ConnectionSuccess\"";
    for query in [
        format!("{success} | take 10"),
        format!("{success} and RemoteIP != \"192.0.2.8\""),
    ] {
        let found = rows(&hunt(&[&query, &bundle, "--json"])).len();
        assert!(
            documented.contains(&format!("`{query}` gives {found} rows")),
            "{query}: {found}"
        );
    }
    let blocks: Vec<&str> = documented.split("```kusto\n").skip(1).collect();
    assert_eq!(blocks.len(), 3);
    for block in blocks {
        let (query, rest) = block.split_once("```").unwrap();
        let (_, table) = rest.split_once("```text\n").unwrap();
        let (table, _) = table.split_once("```").unwrap();
        assert_eq!(hunt(&[query.trim(), &bundle]).out.trim(), table.trim(), "{query}");
    }
}

#[test]
fn findings_are_alerts() {
    let findings = json(&run(&["investigate", text(example()), "--json"]))["findings"]
        .as_array()
        .unwrap()
        .len();
    let alerts = rows(&hunt(&["AlertInfo | sort by AlertId asc", text(example()), "--json"]));
    assert_eq!(alerts.len(), findings);
    let beacon = alerts
        .iter()
        .find(|alert| alert["Title"] == "Calls at a steady interval")
        .unwrap();
    assert_eq!(
        beacon["AttackTechniques"],
        "[\"Application Layer Protocol (T1071)\",\"Scheduled Transfer (T1029)\"]"
    );
    let joined = "AlertInfo | join kind=inner AlertEvidence on AlertId | where EntityType == 'Ip' and RemoteIP == '203.0.113.77' | distinct Title";
    assert!(!rows(&hunt(&[joined, text(example()), "--json"])).is_empty());
}
