//! tshark, with which captures are compared; a Debian package.

use std::process::Stdio;

use crate::output::say;
use crate::process;

/// What tshark says about itself; where it is not there, it is installed first. None where it cannot be.
pub fn about() -> Option<String> {
    version().or_else(|| {
        install();
        version()
    })
}

fn version() -> Option<String> {
    let output = process::capture(process::program("tshark").arg("--version")).ok()?;
    String::from_utf8(output.stdout).ok()
}

/// Quietly, since without rights or without Debian it cannot be done, which is no error.
fn install() {
    say("setup: installing tshark");
    let mut command = process::program("apt-get");
    command
        .args(["install", "--yes", "--quiet", "--no-install-recommends", "tshark"])
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null());
    drop(process::capture(&mut command));
}
