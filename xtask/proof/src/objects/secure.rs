//! That a case is reached through TLS, where somebody vouches for the server, and only there.

use std::path::Path;

use xtask::error::Result;
use xtask::process;

use super::faults::check;
use super::server::{KEY, Server, said, text, whotalks};
use crate::proof::Proof;

const CASE: &str = "s3://evidence/secure/case";

pub(super) fn run(server: &Server, evidence: &Path, proof: &mut Proof) -> Result {
    let secure = server.secure();
    let trusting = |arguments: &[&str]| {
        let mut asked = whotalks(&secure.endpoint, KEY, arguments);
        let output = process::capture(asked.env("SSL_CERT_FILE", &secure.authority));
        output
            .map_err(|error| error.to_string())
            .and_then(|output| said(arguments, &output))
    };
    let made = trusting(&["investigate", text(evidence), "--case", CASE, "--json"]).map(|_| ());
    proof.case("a case made through TLS", made);
    let info = ["case", "info", CASE, "--json"];
    let same = trusting(&info).and_then(|there| {
        let here = server.read(&info)?;
        (there == here)
            .then_some(())
            .ok_or_else(|| format!("{there} and {here}"))
    });
    proof.case("a case read through TLS", same);
    for (language, word) in [("en", "is not trusted"), ("ja", "証明書を信頼できません")] {
        let mut asked = whotalks(&secure.endpoint, KEY, &info);
        let output = process::capture(asked.env("SSL_CERT_FILE", &secure.stranger).args(["--lang", language]))?;
        check(
            proof,
            &format!("a server that nobody vouches for ({language})"),
            &output,
            word,
        );
    }
    Ok(())
}
