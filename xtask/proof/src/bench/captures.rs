//! The whole investigation of a big capture, against ndpiReader on the same file.

use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::{process, project};

use super::contest::{self, Contestant};
use crate::proof::Proof;

/// Builds a capture of 1.48 million packets in 153 thousand flows out of the corpus.
const BUILDER: &str = "../shared/bench/make-big-capture.py";
/// Debian packages of the programs that this measurement needs.
const PACKAGES: [(&str, &str); 3] = [
    ("ndpiReader", "libndpi-bin"),
    ("mergecap", "tshark"),
    ("capinfos", "tshark"),
];

/// Measures `whotalks investigate` against `ndpiReader -q`.
pub(super) fn measure(data: Option<&Path>, proof: &mut Proof) -> Result {
    if let Some(missing) = super::install(&PACKAGES) {
        say(&format!(
            "capture: skipped: {missing} is not installed and could not be installed"
        ));
        return Ok(());
    }
    let capture = match data {
        Some(path) if path.is_file() => path.to_owned(),
        _ => match big_capture()? {
            Some(path) => path,
            None => {
                say(&format!("capture: skipped: {BUILDER} is absent"));
                return Ok(());
            }
        },
    };
    contest::compare("capture", &whotalks(capture.clone()), &ndpi_reader(capture), proof)
}

fn whotalks(capture: PathBuf) -> Contestant {
    let command = move || {
        let mut command = Command::new(crate::release_binary("whotalks"));
        command.arg("investigate").arg(&capture);
        command
    };
    Contestant {
        name: "whotalks",
        command: Box::new(command),
    }
}

fn ndpi_reader(capture: PathBuf) -> Contestant {
    let command = move || {
        let mut command = Command::new("ndpiReader");
        command.args(["-q", "-i"]).arg(&capture);
        command
    };
    Contestant {
        name: "ndpiReader",
        command: Box::new(command),
    }
}

/// The big capture, built once; none where its builder is absent.
fn big_capture() -> Result<Option<PathBuf>> {
    let builder = project::root().join(BUILDER);
    if !builder.is_file() {
        return Ok(None);
    }
    let folder = project::target().join("bench");
    std::fs::create_dir_all(&folder).map_err(Error::writing(&folder))?;
    let capture = folder.join("big.pcap");
    if !capture.is_file() {
        // Built under another name first, so that an interrupted run leaves no half capture behind.
        let unfinished = folder.join("big.pcap.part");
        process::run(process::program("python3").arg(builder).arg(&unfinished))?;
        std::fs::rename(&unfinished, &capture).map_err(Error::writing(&capture))?;
    }
    Ok(Some(capture))
}
