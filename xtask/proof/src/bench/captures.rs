//! A big capture: the whole investigation, and all statistics, against other programs on the same file.

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

/// What all statistics together may take of the time of each peer.
const OF_TSHARK: f64 = 1.0 / 100.0;
const OF_NDPI_READER: f64 = 1.0 / 8.0;
const OF_CAPINFOS: f64 = 1.0;

/// Measures `whotalks investigate` against `ndpiReader -q`.
pub(super) fn measure(data: Option<&Path>, proof: &mut Proof) -> Result {
    let Some(capture) = capture("capture", data)? else {
        return Ok(());
    };
    let ours = contestant("whotalks", crate::sibling("whotalks"), &["investigate"], &capture);
    let peer = contestant("ndpiReader", "ndpiReader".into(), &["-q", "-i"], &capture);
    contest::compare("capture", &ours, &peer, 1.0, proof)
}

/// Measures all statistics of `whotalks packets` together against programs that count packets, recognise applications, and
/// make some of these statistics.
pub(super) fn measure_statistics(data: Option<&Path>, proof: &mut Proof) -> Result {
    let Some(capture) = capture("packets", data)? else {
        return Ok(());
    };
    let statistics = ["packets", "--stat", "all"];
    let ours = || contestant("whotalks", crate::sibling("whotalks"), &statistics, &capture);
    let capinfos = contestant("capinfos", "capinfos".into(), &["-c"], &capture);
    contest::compare("packets", &ours(), &capinfos, OF_CAPINFOS, proof)?;
    let ndpi_reader = contestant("ndpiReader", "ndpiReader".into(), &["-q", "-i"], &capture);
    contest::compare("packets", &ours(), &ndpi_reader, OF_NDPI_READER, proof)?;
    let taps = ["-q", "-z", "io,phs", "-z", "conv,tcp", "-z", "dests,tree", "-r"];
    let tshark = contestant("tshark", "tshark".into(), &taps, &capture);
    contest::compare("packets", &ours(), &tshark, OF_TSHARK, proof)
}

/// The capture to measure on; none where it cannot be had, which is said.
fn capture(name: &str, data: Option<&Path>) -> Result<Option<PathBuf>> {
    if let Some(missing) = super::install(&PACKAGES) {
        say(&format!(
            "{name}: skipped: {missing} is not installed and could not be installed"
        ));
        return Ok(None);
    }
    if let Some(path) = data.filter(|path| path.is_file()) {
        return Ok(Some(path.to_owned()));
    }
    let capture = big_capture()?;
    if capture.is_none() {
        say(&format!("{name}: skipped: {BUILDER} is absent"));
    }
    Ok(capture)
}

/// A program whose last argument is the capture.
fn contestant(name: &'static str, program: PathBuf, arguments: &[&'static str], capture: &Path) -> Contestant {
    let (arguments, capture) = (arguments.to_vec(), capture.to_owned());
    let command = move || {
        let mut command = Command::new(&program);
        command.args(&arguments).arg(&capture);
        command
    };
    Contestant {
        name,
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
