//! What other tools said about the files of the corpus.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use xtask::error::{Error, Result};

/// What is known about a file.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Truth {
    /// A capture.
    Capture(Capture),
    /// An event log.
    Log(Log),
}

/// A capture as tshark reads it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Capture {
    pub(super) packets: u64,
    pub(super) tcp_streams: u64,
    pub(super) udp_streams: u64,
    pub(super) dns_names: BTreeSet<String>,
    pub(super) http_hosts: BTreeSet<String>,
    pub(super) tcp: Vec<TcpStream>,
    pub(super) tls: Vec<ClientHello>,
    pub(super) http: Vec<HttpRequest>,
}

/// A TCP stream.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct TcpStream {
    pub(super) stream: u64,
    pub(super) src: String,
    pub(super) sport: String,
    pub(super) dst: String,
    pub(super) dport: String,
    /// Seconds since 1970 with nine decimals.
    pub(super) first: String,
    /// The initial round-trip time in seconds with nine decimals; none without a whole handshake.
    pub(super) irtt: Option<String>,
}

/// A ClientHello.
#[derive(Debug, Deserialize)]
pub(super) struct ClientHello {
    pub(super) sni: Option<String>,
}

/// An HTTP/1 request; several in one frame are joined by semicolons.
#[derive(Debug, Deserialize)]
pub(super) struct HttpRequest {
    pub(super) method: Option<String>,
    pub(super) uri: Option<String>,
}

/// An event log as the reference reader counts it.
#[derive(Debug, Deserialize)]
pub(super) struct Log {
    pub(super) records: u64,
    /// Events by `channel/id`.
    pub(super) counts: BTreeMap<String, u64>,
    /// Where it stopped or passed something over; then its counts are the least that is there.
    #[serde(default)]
    pub(super) errors: Vec<String>,
}

impl Capture {
    /// Server names of TLS over TCP and in QUIC, lower case.
    pub(super) fn server_names(&self) -> BTreeSet<String> {
        self.tls
            .iter()
            .filter_map(|hello| hello.sni.as_deref())
            .filter(|name| !name.is_empty())
            .map(str::to_lowercase)
            .collect()
    }

    /// Hosts of HTTP requests: those in Host headers, and those that a proxy is asked for.
    pub(super) fn hosts(&self) -> impl Iterator<Item = &str> {
        let targets = self.http.iter().filter_map(HttpRequest::proxy_target);
        self.http_hosts.iter().map(String::as_str).chain(targets)
    }
}

impl HttpRequest {
    /// The authority of a CONNECT request or of an absolute URI (RFC 9112 3.2).
    fn proxy_target(&self) -> Option<&str> {
        let uri = self.uri.as_deref()?;
        if self.method.as_deref() == Some("CONNECT") {
            return Some(uri).filter(|uri| !uri.starts_with('/'));
        }
        uri.strip_prefix("http://")?.split(['/', '?']).next()
    }
}

impl Truth {
    /// Reads the truth about `file` (`pcap/a.pcap`); none where nothing was recorded.
    pub(super) fn read(corpus: &Path, file: &str) -> Result<Option<Self>> {
        let name = file.rsplit('/').next().unwrap_or(file);
        let path = corpus.join("truth").join(format!("{name}.json"));
        if !path.is_file() {
            return Ok(None);
        }
        let text = std::fs::read(&path).map_err(Error::reading(&path))?;
        let truth = serde_json::from_slice(&text);
        truth.map(Some).map_err(|source| Error::Json {
            what: "a truth file",
            source,
        })
    }
}
