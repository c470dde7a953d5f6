//! Help, version, completions and manual pages.

use crate::support::{run, run_with, whotalks};

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let ran = run(&["--help"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for word in [
        "investigate",
        "ask",
        "explain",
        "evidence",
        "doctor",
        "completions",
        "man",
        "Exit codes",
    ] {
        assert!(ran.out.contains(word), "{word} in {}", ran.out);
    }
}

#[test]
fn the_locale_chooses_the_language_of_the_help_and_an_option_outranks_it() {
    let japanese = run_with(whotalks().env("LANG", "ja_JP.UTF-8").arg("--help"));
    assert!(japanese.out.contains("使い方"), "{}", japanese.out);
    let outranked = run_with(whotalks().env("LC_ALL", "C").env("LANG", "ja_JP.UTF-8").arg("--help"));
    assert!(outranked.out.contains("Usage"), "{}", outranked.out);
    let asked = run(&["ask", "--lang", "ja", "--help"]);
    assert!(asked.out.contains("引数"), "{}", asked.out);
}

#[test]
fn the_version_is_that_of_the_package() {
    let ran = run(&["--version"]);
    assert_eq!(
        (ran.code, ran.out.trim()),
        (0, concat!("whotalks ", env!("CARGO_PKG_VERSION")))
    );
}

#[test]
fn without_arguments_the_help_is_shown_as_a_mistake() {
    let ran = run(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("Usage"), "{}", ran.err);
}

#[test]
fn every_shell_gets_completions_that_name_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = run(&["completions", shell]);
        assert_eq!(ran.code, 0, "{shell}: {}", ran.err);
        assert!(ran.out.contains("investigate"), "{shell}");
    }
    assert_eq!(run(&["completions", "tcsh"]).code, 2);
}

#[test]
fn manual_pages_go_to_standard_output_or_into_a_folder() {
    assert!(run(&["man"]).out.contains(".TH whotalks 1"));
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("new").join("man1");
    let ran = run(&["man", pages.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for page in ["whotalks.1", "whotalks-ask.1", "whotalks-investigate.1"] {
        assert!(pages.join(page).is_file(), "{page}");
    }
}
