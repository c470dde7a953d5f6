//! A run of the binary, and evidence to run it on.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;

use assert_cmd::Command;
use tempfile::TempDir;
use whotalks_testkit::scenario::Scenario;
use whotalks_testkit::sources::Sources;

/// The binary with an environment that is the same everywhere.
pub(crate) fn whotalks() -> Command {
    let mut command = Command::cargo_bin("whotalks").unwrap();
    for name in [
        "LC_ALL",
        "LC_MESSAGES",
        "COLUMNS",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "CLICOLOR",
    ] {
        command.env_remove(name);
    }
    command.env("LANG", "C.UTF-8").env("TZ", "UTC");
    command
}

/// What a run wrote and how it ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("ended by itself"),
            out: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            err: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        }
    }
}

pub(crate) fn run(arguments: &[&str]) -> Ran {
    Ran::of(whotalks().args(arguments).output().unwrap())
}

pub(crate) fn run_with(command: &mut Command) -> Ran {
    Ran::of(command.output().unwrap())
}

/// The bundled example, written once for all tests.
pub(crate) fn example() -> &'static Path {
    static FOLDER: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    &FOLDER.get_or_init(|| written(&Scenario::example())).1
}

/// The scenario whose names are attacks.
pub(crate) fn hostile() -> &'static Path {
    static FOLDER: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    &FOLDER.get_or_init(|| written(&Scenario::hostile())).1
}

fn written(scenario: &Scenario) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    whotalks_testkit::write::write(scenario, folder.path(), &Sources::all()).unwrap();
    let path = folder.path().to_owned();
    (folder, path)
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub(crate) fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.out))
}

/// A segment without data between port `local` of 10.0.0.5 and port `remote` of 192.0.2.9.
pub(crate) fn segment(local: u16, remote: u16, outbound: bool, flags: u8) -> Vec<u8> {
    let mut ends = [([10, 0, 0, 5], local), ([192, 0, 2, 9], remote)];
    if !outbound {
        ends.reverse();
    }
    let [(source, source_port), (destination, destination_port)] = ends;
    let mut packet = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
    packet.extend([0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0]);
    packet.extend(source);
    packet.extend(destination);
    packet.extend(source_port.to_be_bytes());
    packet.extend(destination_port.to_be_bytes());
    packet.extend([0, 0, 0, 1, 0, 0, 0, 1, 0x50, flags, 0x20, 0, 0, 0, 0, 0]);
    packet
}
