//! A server for S3 on this computer, and programs that ask it.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use xtask::error::{Error, Result};
use xtask::{process, project};

use crate::sibling;

const DRIVER: &str = "xtask/proof/data/s3_peer.py";

/// Who may ask.
pub(super) const KEY: (&str, &str) = ("proof-key", "proof-secret");

/// The buckets that there are; the driver says how those with a word of theirs behave.
const BUCKETS: [&str; 4] = ["evidence", "unconditional", "skewed", "broken"];

/// Variables that would lead elsewhere.
const VARIABLES: [&str; 13] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "ALL_PROXY",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "all_proxy",
    "http_proxy",
    "https_proxy",
];

/// A server that is ended with this.
pub(super) struct Server {
    child: Child,
    endpoint: String,
    secure: Secure,
}

/// The same server through TLS.
#[derive(Clone)]
pub(super) struct Secure {
    pub(super) endpoint: String,
    /// The certificate of who vouches for it.
    pub(super) authority: PathBuf,
    /// The certificate of somebody else.
    pub(super) stranger: PathBuf,
}

impl Server {
    /// Starts one, which puts certificates into `folder`.
    pub(super) fn start(python: &Path, folder: &Path) -> Result<Self> {
        let mut command = process::program(python);
        command
            .arg(project::root().join(DRIVER))
            .arg(KEY.0)
            .arg(KEY.1)
            .arg(folder)
            .args(BUCKETS);
        let child = command.stdout(Stdio::piped()).spawn();
        let mut child = child.map_err(|source| Error::Start {
            program: "the server for S3".to_owned(),
            source,
        })?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            // What cannot be read is no port.
            let _ = BufReader::new(output).read_line(&mut line);
        }
        let (plain, secure) = line.trim().split_once(' ').unwrap_or_default();
        Ok(Self {
            child,
            endpoint: format!("http://127.0.0.1:{plain}"),
            secure: Secure {
                endpoint: format!("https://127.0.0.1:{secure}"),
                authority: folder.join("authority.pem"),
                stranger: folder.join("stranger.pem"),
            },
        })
    }

    /// Where it is through TLS.
    pub(super) fn secure(&self) -> &Secure {
        &self.secure
    }

    /// Where it is.
    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Ends it; says where it was.
    pub(super) fn end(mut self) -> String {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.endpoint.clone()
    }

    /// whotalks, as who may ask the server.
    pub(super) fn whotalks(&self, arguments: &[&str]) -> Command {
        whotalks(&self.endpoint, KEY, arguments)
    }

    /// What whotalks says; an error where it does not end well.
    pub(super) fn read(&self, arguments: &[&str]) -> std::result::Result<String, String> {
        let output = process::capture(&mut self.whotalks(arguments)).map_err(|error| error.to_string())?;
        said(arguments, &output)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// whotalks, asking a server with a key.
pub(super) fn whotalks(endpoint: &str, (key, secret): (&str, &str), arguments: &[&str]) -> Command {
    let mut command = process::program(sibling("whotalks"));
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command
        .args(["--lang", "en"])
        .args(arguments)
        .env("AWS_ACCESS_KEY_ID", key)
        .env("AWS_SECRET_ACCESS_KEY", secret)
        .env("AWS_ENDPOINT_URL", endpoint);
    command
}

/// What a program wrote; an error where it did not end well.
pub(super) fn said(arguments: &[&str], output: &Output) -> std::result::Result<String, String> {
    match output.status.code() {
        Some(0 | 1) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        _ => Err(format!(
            "{} ended with {}: {}",
            arguments.join(" "),
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// The files of a folder, in order.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect();
    files.sort();
    files
}

/// A path as an argument.
pub(super) fn text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}
