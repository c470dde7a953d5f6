//! What the commands about packets answer.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::support::{example, hostile, json, run, run_with, text, whotalks};

/// The capture of a scenario.
pub(crate) fn capture(folder: &Path) -> PathBuf {
    let mut paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .find(|path| path.extension().is_some_and(|extension| extension == "pcapng"))
        .unwrap()
}

/// The bundled example of a policy.
pub(crate) const POLICY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/policy.toml");

/// Runs a command on the capture of the example.
pub(crate) fn ask(arguments: &[&str]) -> crate::support::Ran {
    let path = capture(example());
    let (command, rest) = arguments.split_first().unwrap();
    run(&[&[*command, text(&path)], rest].concat())
}

#[test]
fn round_trips_for_people_in_both_languages() {
    assert_snapshot!(
        "round_trips_in_english",
        ask(&["packets", "--stat", "rtt", "--limit", "3"]).out
    );
    let japanese = ask(&["packets", "--stat", "rtt,lengths", "--limit", "3", "--lang", "ja"]);
    assert_snapshot!("round_trips_in_japanese", japanese.out);
}

#[test]
fn a_list_of_packets_stops_where_it_was_told_to() {
    let filter = "tcp.flags.syn == 1 && tcp.flags.ack == 0";
    let ran = ask(&["packets", "-Y", filter, "-c", "3"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_snapshot!("list_of_packets", ran.out);
}

#[test]
fn a_mistake_in_a_filter_is_shown_where_it_is() {
    let said = |language| {
        let ran = ask(&["packets", "-Y", "tcp && ip.scr == 10.0.0.1", "--lang", language]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        ran.err
    };
    assert_snapshot!("mistake_in_a_filter_in_english", said("en"));
    assert_snapshot!("mistake_in_a_filter_in_japanese", said("ja"));
    // A field that is none is told in the same way.
    assert!(ask(&["packets", "-e", "ip.scr"]).err.contains("ip.src"));
}

#[test]
fn a_capture_compared_with_another_in_both_languages() {
    let (before, after) = (capture(example()), capture(hostile()));
    let folder = before.parent().unwrap();
    let said = |language| {
        let mut command = whotalks();
        command
            .current_dir(folder)
            .args(["compare", text(before.file_name().unwrap().as_ref())]);
        let ran = run_with(command.args([text(&after), "--limit", "3", "--lang", language]));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        ran.out.replace(text(&after), "after.pcapng")
    };
    assert_snapshot!("comparison_in_english", said("en"));
    assert_snapshot!("comparison_in_japanese", said("ja"));
    let written = tempfile::tempdir().unwrap();
    let page = written.path().join("compare.html");
    let ran = run(&["compare", text(&before), text(&after), "--html", text(&page)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("src=\"http"));
}

#[test]
fn a_capture_compared_with_itself_did_not_change() {
    let path = capture(example());
    let document = json(&run(&["compare", text(&path), text(&path), "--json"]));
    assert_eq!(document["kind"], "comparison");
    for table in ["addresses", "pairs", "protocols", "ports"] {
        assert_eq!(document[table].as_array().map(Vec::len), Some(0), "{table}");
    }
    assert!(document["unchanged"].as_u64().unwrap() > 10);
}

#[test]
fn statistics_agree_with_the_list_of_packets() {
    let document = json(&ask(&["packets", "--stat", "all", "--json"]));
    assert_eq!(
        (&document["kind"], &document["version"]),
        (&"statistics".into(), &1.into())
    );
    let packets = document["totals"]["packets"].as_u64().unwrap();
    let listed = ask(&["packets", "-T", "jsonl"]).out.lines().count();
    assert_eq!(packets, listed as u64);
    let streams = document["tcp_conversations"].as_array().unwrap();
    let first = streams.iter().find(|stream| stream["stream"] == 0).unwrap();
    let of_stream = ask(&["packets", "-Y", "tcp.stream == 0", "-e", "frame.number"]).out;
    assert_eq!(first["packets"].as_u64(), Some(of_stream.lines().count() as u64));
    let in_lengths: u64 = document["lengths"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["packets"].as_u64().unwrap())
        .sum();
    assert_eq!(in_lengths, packets);
}

#[test]
fn archives_and_standard_input_give_what_the_file_gives() {
    let path = capture(example());
    let arguments = ["packets", "--stat", "all", "--csv"];
    let plain = run(&[&arguments[..], &[text(&path)]].concat()).out;
    let folder = run(&[&arguments[..], &[text(example())]].concat());
    assert_eq!((folder.code, &folder.out), (0, &plain));
    let piped = run_with(whotalks().args(arguments).arg("-").pipe_stdin(&path).unwrap());
    assert_eq!((piped.code, piped.out), (0, plain));
}

#[test]
fn several_captures_count_as_one() {
    let path = capture(example());
    let packets = |paths: &[&str]| {
        let document = json(&run(&[&["packets", "--stat", "lengths", "--json"], paths].concat()));
        document["totals"]["packets"].as_u64().unwrap()
    };
    let one = packets(&[text(&path)]);
    assert_eq!(packets(&[text(&path), text(&path)]), 2 * one);
    let numbers = run(&["packets", text(&path), text(&path), "-e", "frame.number"]).out;
    assert_eq!(numbers.lines().last(), Some((2 * one).to_string().as_str()));
}

#[test]
fn a_damaged_capture_answers_and_says_where_it_breaks_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.pcapng");
    let mut bytes = std::fs::read(capture(example())).unwrap();
    bytes.truncate(bytes.len() - 7);
    std::fs::write(&path, bytes).unwrap();
    let ran = run(&["packets", text(&path), "--stat", "hierarchy"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("cut.pcapng"), "{}", ran.err);
}

#[test]
fn follow_gives_the_bytes_of_a_conversation() {
    let with_data = ask(&["packets", "-Y", "tcp.len > 0", "-e", "tcp.stream", "-c", "1"]).out;
    let stream = with_data.trim();
    let shown = ask(&["follow", "--tcp", stream]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert!(shown.out.contains('→'), "{}", shown.out);
    assert!(
        ask(&["follow", "--tcp", stream, "--as", "hex"])
            .out
            .contains("00000000  ")
    );
    let raw = whotalks()
        .args(["follow", text(&capture(example())), "--tcp", stream, "--as", "raw"])
        .output()
        .unwrap();
    assert!(raw.status.success() && !raw.stdout.is_empty());
    assert_eq!(ask(&["follow", "--tcp", "4000000"]).code, 1);
    assert_eq!(ask(&["follow"]).code, 2);
}

#[test]
fn a_policy_names_streams_that_can_be_followed() {
    let document = json(&ask(&["packets", "--policy", POLICY, "--json"]));
    let matches = document["matches"].as_array().unwrap();
    let of_incident = |found: &&serde_json::Value| found["b"].as_str().unwrap().starts_with("203.0.113.");
    let found = matches.iter().find(of_incident).unwrap();
    let filter = format!(
        "{}.stream == {}",
        found["protocol"].as_str().unwrap().to_lowercase(),
        found["stream"]
    );
    let packets = ask(&["packets", "-Y", &filter, "-e", "frame.number"]).out;
    assert_eq!(found["packets"].as_u64(), Some(packets.lines().count() as u64));
    let japanese = ask(&["packets", "--policy", POLICY, "--lang", "ja"]);
    assert!(japanese.out.contains("ポリシー違反"), "{}", japanese.out);
}

#[test]
fn a_mistake_in_a_policy_is_told_with_its_rule() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    for (rule, said) in [
        ("title = \"a\"\napplications = [\"telnett\"]", "telnet?"),
        ("title = \"a\"", "rule 1"),
        ("title = \"a\"\nprots = [1]", "line 3"),
        ("title = \"a\"\nprotocols = [\"ipv4\"]", "ip"),
        ("title = \"a\"\nprotocols = [\"arp\"]\nports = [1]", "two rules"),
        ("title = \"a\"\nnames = [\"*\"]", "no name"),
    ] {
        std::fs::write(&path, format!("[[rule]]\n{rule}\n")).unwrap();
        let ran = ask(&["packets", "--policy", text(&path)]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    assert_eq!(ask(&["packets", "--policy", "/no/such/policy"]).code, 2);
}

#[test]
fn packets_that_pass_are_written_and_a_case_says_what_it_knows() {
    let folder = tempfile::tempdir().unwrap();
    let (case, written) = (folder.path().join("case"), folder.path().join("out.pcapng"));
    assert_eq!(run(&["investigate", text(example()), "--case", text(&case)]).code, 0);
    let filter = "process.name contains \".exe\"";
    let with_case = ["packets", "-Y", filter, "--case", text(&case)];
    let listed = ask(&[&with_case[..], &["-e", "process.name"]].concat());
    assert_eq!(listed.code, 0, "{}", listed.err);
    assert!(listed.out.lines().all(|name| name.ends_with(".exe")), "{}", listed.out);
    let ran = ask(&[&with_case[..], &["-w", text(&written)]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let again = run(&["packets", text(&written), "-e", "frame.number"]).out;
    assert_eq!(again.lines().count(), listed.out.lines().count());
    let bytes = std::fs::read(&written).unwrap();
    assert!(bytes.windows(13).any(|window| window == b"process.name="));
    // What is read is never emptied.
    assert_eq!(run(&["packets", text(&written), "-w", text(&written)]).code, 3);
    assert_eq!(std::fs::read(&written).unwrap(), bytes);
}

#[test]
fn nothing_active_in_a_capture_reaches_the_terminal() {
    let path = capture(hostile());
    let is_active = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
    for arguments in [
        &["packets", "--stat", "all", "--wide"][..],
        &["packets", "--wide"],
        &[
            "packets",
            "-e",
            "dns.qry.name",
            "-e",
            "tls.handshake.extensions_server_name",
            "-e",
            "http.host",
        ],
        &["follow", "--tcp", "0"],
    ] {
        let (command, rest) = arguments.split_first().unwrap();
        let ran = run(&[&[*command, text(&path)], rest].concat());
        assert!(ran.code <= 1, "{arguments:?}: {}", ran.err);
        for output in [&ran.out, &ran.err] {
            assert!(!output.chars().any(is_active), "{arguments:?}");
        }
    }
    let csv = run(&["packets", text(&path), "--csv"]).out;
    assert!(
        !csv.lines()
            .any(|line| line.split(',').any(|cell| cell.starts_with(['=', '+', '@'])))
    );
}

#[test]
fn colour_is_never_against_no_color() {
    let path = capture(example());
    let follow = ["packets", text(&path), "--stat", "lengths"];
    let forced = run_with(whotalks().env("CLICOLOR_FORCE", "1").args(follow));
    assert!(forced.out.contains('\u{1b}'));
    let refused = run_with(whotalks().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").args(follow));
    assert!(!refused.out.contains('\u{1b}'));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let path = capture(example());
    let mut child = Command::new(whotalks().get_program())
        .args(["packets", text(&path), "--wide"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
fn endings_are_those_of_the_page() {
    let path = capture(example());
    for (code, arguments) in [
        (1, &["packets", text(&path), "-Y", "tcp.port == 1"][..]),
        (2, &["packets", "/no/such/path", "--stat", "all"]),
        (2, &["packets", text(&path), "--stat", "frobnicate"]),
        (2, &["packets", text(&path), "--stat", "io", "--interval", "0"]),
        (1, &["packets", text(&path), "--stat", "io", "-Y", "tcp.port == 1"]),
        (2, &["packets", text(&path), "--stat", "io", "-Y", "tcp.prot == 1"]),
        (2, &["packets", text(&path), "--stat", "io", "-c", "1"]),
    ] {
        assert_eq!(run(arguments).code, code, "{arguments:?}");
    }
}

#[test]
fn every_field_of_the_documents_is_on_the_page_of_documentation() {
    let page = include_str!("../../../../docs/json.md");
    let (before, after) = (capture(example()), capture(hostile()));
    let documents = [
        json(&ask(&["packets", "--stat", "all", "--json"])),
        json(&ask(&["packets", "--json", "-c", "1"])),
        json(&run(&["compare", text(&before), text(&after), "--json"])),
        json(&ask(&["packets", "--policy", POLICY, "--json"])),
    ];
    let mut found = std::collections::BTreeSet::new();
    documents.iter().for_each(|document| fields(document, &mut found));
    assert!(found.len() > 60, "{}", found.len());
    for field in found {
        assert!(page.contains(&format!("`{field}`")), "{field}");
    }
}

/// All names of fields in a document.
pub(crate) fn fields(value: &serde_json::Value, found: &mut std::collections::BTreeSet<String>) {
    if let Some(object) = value.as_object() {
        for (name, value) in object {
            found.insert(name.clone());
            fields(value, found);
        }
    }
    value
        .as_array()
        .into_iter()
        .flatten()
        .for_each(|item| fields(item, found));
}
