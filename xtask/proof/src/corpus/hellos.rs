//! `--ja4`: the ClientHellos of captures. JA4 fingerprints against those of the tools of JA4's authors, JA3 fingerprints and
//! server names against tshark.

mod capture;
mod upstream;

use std::path::Path;

use serde::Deserialize;

use xtask::error::{Error, Result};
use xtask::output::say;

use super::differences::Differences;
use crate::proof::Proof;
use capture::Hello;

/// The share of JA4 fingerprints that must agree: all but those of one hello that two tools recorded and whose value is not what
/// the specification says.
const LEAST_JA4_SHARE: f64 = 0.993;
/// The share of JA3 fingerprints and names that must agree.
const LEAST_JA3_SHARE: f64 = 0.97;

/// What tshark says of a capture.
#[derive(Debug, Default, Deserialize)]
struct Truth {
    #[serde(default)]
    tls: Vec<Said>,
}

/// What tshark says of a ClientHello.
#[derive(Debug, Deserialize)]
struct Said {
    frame: u64,
    sni: Option<String>,
    ja3: Option<String>,
}

/// Figures that agree, and all.
#[derive(Default)]
struct Share {
    agree: u64,
    all: u64,
    unexplained: u64,
}

impl Share {
    fn note(&mut self, file: &str, (figure, outcome): Case, differences: &Differences, proof: &mut Proof) {
        self.all += 1;
        self.agree += u64::from(outcome.is_ok());
        self.unexplained += u64::from(outcome.is_err() && differences.explain(file, &figure).is_none());
        proof.case(&format!("{file} {figure}"), outcome);
    }

    fn value(&self) -> f64 {
        if self.all == 0 {
            1.0
        } else {
            self.agree as f64 / self.all as f64
        }
    }

    fn judge(&self, what: &str, least: f64, proof: &mut Proof) {
        let share = self.value();
        say(&format!(
            "corpus: {what}: {} of {} agree ({:.2} %)",
            self.agree,
            self.all,
            share * 100.0
        ));
        proof.figure(format!("{what}_share"), share);
        proof.figure(format!("{what}_figures"), self.all as f64);
        let wanted = format!("{:.2} % of {what} agree, wanted {:.1} %", share * 100.0, least * 100.0);
        proof.require(share >= least, wanted);
        proof.figure(format!("{what}_unexplained"), self.unexplained as f64);
        let unexplained = format!(
            "{} differences of {what} have no reason in docs/differences.toml",
            self.unexplained
        );
        proof.require(self.unexplained == 0, unexplained);
    }
}

/// Compares the hellos of every capture about which something is known.
pub(super) fn compare(corpus: &Path, files: &[String], proof: &mut Proof) -> Result {
    let differences = Differences::read()?;
    let (mut ja4, mut ja3) = (Share::default(), Share::default());
    for (file, name) in files
        .iter()
        .filter_map(|file| Some((file, file.strip_prefix("pcap/")?)))
    {
        let hellos = capture::hellos(&corpus.join(file));
        for case in upstream::compare(corpus, name, &hellos)? {
            ja4.note(file, case, &differences, proof);
        }
        let path = corpus.join("truth").join(format!("{name}.json"));
        let Ok(text) = std::fs::read(&path) else { continue };
        let truth: Truth = serde_json::from_slice(&text).map_err(|source| Error::Json {
            what: "what tshark said of a capture",
            source,
        })?;
        for case in said(&truth, &hellos) {
            ja3.note(file, case, &differences, proof);
        }
    }
    ja4.judge("ja4", LEAST_JA4_SHARE, proof);
    ja3.judge("ja3_and_sni", LEAST_JA3_SHARE, proof);
    Ok(())
}

type Case = (String, std::result::Result<(), String>);

/// Compares with tshark: every hello that either of the two sees.
fn said(truth: &Truth, hellos: &[Hello]) -> Vec<Case> {
    let same = |said: &Said, hello: &Hello| said.frame == hello.frame;
    let expected = truth.tls.iter().map(|said| {
        let hello = hellos.iter().find(|hello| same(said, hello));
        (format!("hello frame:{}", said.frame), agree(said, hello))
    });
    let unexpected = hellos
        .iter()
        .filter(|hello| !truth.tls.iter().any(|said| same(said, hello)))
        .map(|hello| {
            let case = format!("hello frame:{}", hello.frame);
            (case, Err("read, not expected".to_owned()))
        });
    expected.chain(unexpected).collect()
}

fn agree(said: &Said, hello: Option<&Hello>) -> std::result::Result<(), String> {
    let hello = hello.ok_or("expected, not read")?;
    let name = said.sni.as_deref().unwrap_or_default();
    if hello.name != name.as_bytes() {
        return Err(format!(
            "named {}, expected {}",
            hello.name.escape_ascii(),
            name.escape_debug()
        ));
    }
    match &said.ja3 {
        Some(ja3) if *ja3 != hello.ja3 => Err(format!("JA3 {}, expected {ja3}", hello.ja3)),
        _ => Ok(()),
    }
}
