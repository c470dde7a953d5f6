//! `cargo xtask setup`: installs what the tests need and what is not there yet.

use xtask::error::Result;
use xtask::output::say;
use xtask::process;
use xtask::tshark;

/// Installs what the tests need; quick where everything is there.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

/// A program that cargo installs from its sources, at the version the project was tested with.
struct CargoTool {
    name: &'static str,
    version: &'static str,
}

const CARGO_TOOLS: [CargoTool; 2] = [
    CargoTool {
        name: "cargo-deny",
        version: "0.20.2",
    },
    CargoTool {
        name: "cargo-fuzz",
        version: "0.13.2",
    },
];

/// Runs the command.
pub(crate) fn run(_: &Arguments) -> Result {
    if tshark::about().is_none() {
        say("setup: tshark is not there and could not be installed; the display filters are not compared");
    }
    install_missing()
}

/// Installs every tool that is missing or has another version.
pub(crate) fn install_missing() -> Result {
    CARGO_TOOLS.iter().try_for_each(install)
}

fn install(tool: &CargoTool) -> Result {
    if installed_version(tool).as_deref() == Some(tool.version) {
        say(&format!("setup: {} {} is there", tool.name, tool.version));
        return Ok(());
    }
    say(&format!("setup: installing {} {}", tool.name, tool.version));
    let package = format!("{}@{}", tool.name, tool.version);
    process::run(process::cargo().args(["install", "--locked", "--quiet", &package]))
}

/// Both tools answer `NAME VERSION` to `--version`.
fn installed_version(tool: &CargoTool) -> Option<String> {
    let output = process::capture(process::program(tool.name).arg("--version")).ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.split_whitespace().nth(1).map(str::to_owned)
}
