//! Evidence whose names are attacks on whoever shows them.

use crate::support::{hostile, json, run, text};

/// Characters that a terminal acts on, or that turn text around. Line feeds end lines; nothing else may be active.
fn is_active(character: char) -> bool {
    let bidi = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    bidi || (character.is_control() && character != '\n')
}

#[test]
fn nothing_active_reaches_the_terminal() {
    let folder = text(hostile());
    for arguments in [
        &["investigate", folder, "--wide"][..],
        &["investigate", folder, "--lang", "ja"],
        &["evidence", folder],
        &["ask", "chrome.exe", folder],
    ] {
        let ran = run(arguments);
        assert!(ran.code <= 1, "{arguments:?}: {}", ran.err);
        for output in [&ran.out, &ran.err] {
            let active: Vec<char> = output.chars().filter(|character| is_active(*character)).collect();
            assert!(active.is_empty(), "{arguments:?}: {active:?}");
        }
    }
}

#[test]
fn every_explanation_of_hostile_evidence_is_quiet() {
    let folder = text(hostile());
    let overview = json(&run(&["investigate", folder, "--json"]));
    let pieces = overview["evidence"].as_array().unwrap().len();
    assert!(pieces > 2);
    for piece in 1..=pieces {
        let ran = run(&["explain", &format!("E{piece}"), folder]);
        assert_eq!(ran.code, 0, "E{piece}: {}", ran.err);
        assert!(!ran.out.chars().any(is_active), "E{piece}");
    }
}

#[test]
fn no_cell_of_the_csv_begins_a_formula() {
    let ran = run(&["investigate", text(hostile()), "--csv"]);
    let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
    let mut cells = 0;
    for record in reader.records() {
        for cell in &record.unwrap() {
            cells += 1;
            assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']), "{cell}");
            assert!(
                !cell.starts_with('-') || cell.len() == 1 || cell[1..].parse::<f64>().is_ok(),
                "{cell}"
            );
        }
    }
    assert!(cells > 10, "{cells}");
}

#[test]
fn no_script_of_the_evidence_is_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    let ran = run(&["investigate", text(hostile()), "--html", text(&path)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report = std::fs::read_to_string(&path).unwrap();
    for attack in ["<script>alert", "<img src=x", "onerror=alert(1)>"] {
        assert!(!report.contains(attack), "{attack}");
    }
    assert!(
        !report
            .chars()
            .any(|character| is_active(character) && character != '\t')
    );
}

#[test]
fn hostile_names_on_the_command_line_are_made_visible() {
    let ran = run(&["investigate", "/no/\u{1b}]0;owned\u{7}path"]);
    assert_eq!(ran.code, 2);
    assert!(!ran.err.chars().any(is_active), "{:?}", ran.err);
}
