//! A request for something on the web, as an HTTP library inside of a program, or a service that fetches for programs, tells it.

use crate::{Endpoint, EvidenceId, Pid, Position, Span, Text, Timestamp};

/// What WinINet, WebIO, WinHTTP or the background transfer service (BITS) say in a trace, and the latter in its own log. Fields that an event does not carry are
/// `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct WebRequest {
    /// The event.
    pub span: Span,
    /// When, by the host's clock.
    pub time: Timestamp,
    /// The computer; none in a trace, which names no computer.
    pub host: Option<Text>,
    /// What happened.
    pub stage: WebRequestStage,
    /// Who asks. The libraries work inside of the program that uses them and write there; of what a service writes for others
    /// only what the event itself states.
    pub pid: Option<Pid>,
    /// The asker's image, where the event states it.
    pub image: Option<Text>,
    /// The module inside of the asker that uses the library.
    pub module: Option<Text>,
    /// The host that is asked for, lower case, without a trailing dot; none where it is an address.
    pub name: Option<Text>,
    /// The port that is asked for, where it is stated or follows from the scheme of the URL.
    pub port: Option<u16>,
    /// The URL without account, query and fragment, at most [`MOST_URL_BYTES`](Self::MOST_URL_BYTES).
    pub url: Option<Text>,
    /// The method of HTTP.
    pub verb: Option<Text>,
    /// How it went: the status of HTTP for an answered request, else a Win32 error or an `HRESULT`, 0 for success.
    pub status: Option<u32>,
    /// The connection that carries it, where events of the same library join it without a doubt.
    pub carrier: Option<WebCarrier>,
    /// The proxies that were found for it, as the system writes them.
    pub proxy: Option<Text>,
    /// The neighbour that gave the file, so that it did not come from the host of the URL.
    pub peer: Option<Text>,
    /// The job of a transfer service.
    pub job: Option<Text>,
    /// The account that the job belongs to.
    pub account: Option<Text>,
}

/// The connection that carries a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebCarrier {
    /// The number of the event that made it, in the trace that tells of the request.
    pub record: u64,
    /// Where its bytes begin.
    pub offset: u64,
    /// How many they are; 0 where that is not known.
    pub length: u32,
    /// When it was made, or begun.
    pub made: Timestamp,
    /// The host's own end, where it is told.
    pub local: Option<Endpoint>,
    /// The far end: the server, or a proxy.
    pub remote: Endpoint,
}

/// What is told of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WebRequestStage {
    /// A program is about to ask a host (WinHTTP 1053).
    Asked,
    /// A connection is made (WebIO 201), for a host or for the proxy to it where one is named (WinINet 301 with 1046).
    Connected,
    /// TLS is negotiated with a host over a connection (WebIO 700, 703).
    Secured,
    /// A URL is asked for over a connection (WinINet 1007 with 1046 or 1048, WebIO 17 with 104).
    Sent,
    /// The answer to a request is there (WinINet 1057).
    Answered,
    /// It was found which proxies a URL needs (814).
    ProxyFound,
    /// It was not found which proxies a URL needs (815).
    ProxyFailed,
    /// A name was looked up for the choice of a proxy (WinHTTP 1052).
    ProxyLookup,
    /// A transfer was started (BITS 59).
    TransferStarted,
    /// A transfer ended (BITS 60).
    TransferEnded,
    /// A transfer broke off (BITS 61).
    TransferFailed,
}

impl WebRequest {
    /// Bytes of a URL that are kept: enough for every path that tells what was fetched, and no more of what a hostile one holds.
    pub const MOST_URL_BYTES: usize = 512;
}

impl WebCarrier {
    /// The carrier whose making `span` tells; none where that is no event.
    pub const fn made_at(span: Span, made: Timestamp, local: Option<Endpoint>, remote: Endpoint) -> Option<Self> {
        let Position::Record(record) = span.position else {
            return None;
        };
        Some(Self {
            record,
            offset: span.offset,
            length: span.length,
            made,
            local,
            remote,
        })
    }

    /// The place of the event that made it, in the evidence of the request.
    pub const fn span(&self, evidence: EvidenceId) -> Span {
        Span {
            evidence,
            position: Position::Record(self.record),
            offset: self.offset,
            length: self.length,
        }
    }
}

impl WebRequestStage {
    /// All stages.
    pub const ALL: [Self; 11] = [
        Self::Asked,
        Self::Connected,
        Self::Secured,
        Self::Sent,
        Self::Answered,
        Self::ProxyFound,
        Self::ProxyFailed,
        Self::ProxyLookup,
        Self::TransferStarted,
        Self::TransferEnded,
        Self::TransferFailed,
    ];

    /// Whether the name was asked for over the connection that carries it, so that it is the name of its far end, or, where
    /// that is a proxy, what the proxy was asked for.
    pub const fn names_carrier(self) -> bool {
        matches!(self, Self::Connected | Self::Secured | Self::Sent)
    }

    /// The event that people know it by, in the words of its provider.
    pub const fn event_word(self) -> &'static str {
        match self {
            Self::Asked => "WinHTTP 1053",
            Self::Connected | Self::Secured | Self::Sent => "WinINet, WebIO",
            Self::Answered => "WinINet 1057",
            Self::ProxyFound => "WinHTTP 814",
            Self::ProxyFailed => "WinHTTP 815",
            Self::ProxyLookup => "WinHTTP 1052",
            Self::TransferStarted => "BITS 59",
            Self::TransferEnded => "BITS 60",
            Self::TransferFailed => "BITS 61",
        }
    }
}
