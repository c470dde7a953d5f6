//! The terminal face.

use insta::assert_snapshot;
use whotalks_render::Language;
use whotalks_render::format::display_width;
use whotalks_render::terminal::{self, Options};

use crate::fixture;

fn english() -> Options {
    Options {
        time_zone: "+09:00".parse().unwrap(),
        width: 140,
        ..Options::default()
    }
}

fn japanese() -> Options {
    Options {
        language: Language::Japanese,
        ..english()
    }
}

#[test]
fn overview_in_english() {
    assert_snapshot!(terminal::overview(&fixture::overview(), &english()));
}

#[test]
fn overview_in_japanese() {
    assert_snapshot!(terminal::overview(&fixture::overview(), &japanese()));
}

#[test]
fn overview_on_a_narrow_terminal() {
    assert_snapshot!(terminal::overview(
        &fixture::overview(),
        &Options { width: 80, ..english() }
    ));
}

#[test]
fn overview_with_everything() {
    assert_snapshot!(terminal::overview(
        &fixture::overview(),
        &Options {
            wide: true,
            ..english()
        }
    ));
}

#[test]
fn rows_of_several_hosts_say_which_host() {
    let mut overview = fixture::overview();
    let second = whotalks_report::HostLine {
        name: Some("BRANCH-7".into()),
        addresses: Vec::new(),
    };
    overview.hosts.push(second);
    overview.endpoints[1].host = Some("BRANCH-7".into());
    for width in [160, 80] {
        let text = terminal::overview(&overview, &Options { width, ..english() });
        let table = text
            .split("External endpoints")
            .nth(1)
            .unwrap()
            .split("Blocked")
            .next()
            .unwrap()
            .to_owned();
        assert_eq!(
            (table.matches("BRANCH-7").count(), table.matches("CHIEF-PC").count()),
            (1, 6),
            "{table}"
        );
    }
}

#[test]
fn overview_in_colour() {
    let text = terminal::overview(
        &fixture::overview(),
        &Options {
            color: true,
            ..english()
        },
    );
    assert_snapshot!(text.replace('\u{1b}', "␛"));
}

#[test]
fn overview_of_nothing() {
    assert_snapshot!(terminal::overview(&whotalks_report::Overview::default(), &english()));
}

#[test]
fn answer_in_english() {
    assert_snapshot!(terminal::answer(&fixture::answer(), &english()));
}

#[test]
fn answer_in_japanese() {
    assert_snapshot!(terminal::answer(&fixture::answer(), &japanese()));
}

#[test]
fn manifest_in_english() {
    assert_snapshot!(terminal::evidence(
        &fixture::overview().evidence,
        &fixture::overview().bundles,
        &Options {
            wide: true,
            ..english()
        }
    ));
}

#[test]
fn manifest_in_japanese() {
    assert_snapshot!(terminal::evidence(
        &fixture::overview().evidence,
        &fixture::overview().bundles,
        &japanese()
    ));
}

/// Removes the colour codes that this face itself writes.
fn without_colour(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, code)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let (digits, after) = code.split_once('m').expect("only SGR sequences");
        assert!(
            digits.chars().all(|c| c.is_ascii_digit() || c == ';'),
            "{digits:?} is no colour"
        );
        rest = after;
    }
    plain + rest
}

#[test]
fn colour_changes_nothing_but_colour() {
    for options in [english(), japanese()] {
        let colour = Options { color: true, ..options };
        let (plain, coloured) = (
            terminal::overview(&fixture::overview(), &options),
            terminal::overview(&fixture::overview(), &colour),
        );
        assert_eq!(without_colour(&coloured), plain);
        assert_ne!(coloured, plain);
    }
}

#[test]
fn hostile_evidence_cannot_act_on_the_terminal() {
    for options in [
        english(),
        japanese(),
        Options {
            wide: true,
            ..english()
        },
        Options { width: 70, ..english() },
    ] {
        let overview = fixture::hostile_overview();
        let texts = [
            terminal::overview(&overview, &options),
            terminal::answer(&fixture::hostile_answer(), &options),
            terminal::evidence(&overview.evidence, &overview.bundles, &options),
        ];
        for text in texts {
            let active = text
                .chars()
                .find(|c| (c.is_control() && *c != '\n') || "\u{202e}\u{2066}\u{200b}".contains(*c));
            assert_eq!(active, None);
            assert!(text.contains("\\x1b"), "the attack is shown");
        }
    }
}

#[test]
fn hostile_evidence_never_becomes_a_command_to_copy() {
    let text = terminal::overview(&fixture::hostile_overview(), &english());
    assert!(!text.contains("whotalks ask"));
}

#[test]
fn a_narrow_screen_is_kept_to_except_by_commands_to_copy() {
    for options in [english(), japanese()] {
        let options = Options { width: 100, ..options };
        for line in terminal::overview(&fixture::overview(), &options).lines() {
            let is_command = line.contains("auditpol") || line.contains("wevtutil");
            assert!(is_command || display_width(line) <= 100, "{line}");
        }
    }
}

#[test]
fn output_is_the_same_on_every_run() {
    let options = Options {
        wide: true,
        ..japanese()
    };
    assert_eq!(
        terminal::overview(&fixture::overview(), &options),
        terminal::overview(&fixture::overview(), &options)
    );
    assert_eq!(
        terminal::answer(&fixture::answer(), &options),
        terminal::answer(&fixture::answer(), &options)
    );
}
