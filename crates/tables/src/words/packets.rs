//! What packets say.

use whotalks_record::{ApplicationProtocol, CloseReason, DnsTransport, Ech, Initiator, NameSource, RecognisedBy};

use super::{Word, words};

words!(Initiator {
    Syn => "syn",
    SynAck => "syn-ack",
    Content => "content",
    FirstPacket => "first-packet",
});

words!(CloseReason {
    Finished => "finished",
    ClientReset => "client-reset",
    ServerReset => "server-reset",
    Unanswered => "unanswered",
    Idle => "idle",
    CaptureEnded => "capture-ended",
    Evicted => "evicted",
    Reused => "reused",
});

impl Word for ApplicationProtocol {
    const WORDS: &'static [&'static str] = Self::WORDS;

    fn word(&self) -> &'static str {
        Self::word(*self)
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::from_word(word)
    }
}

words!(RecognisedBy {
    Content => "content",
    Tunnel => "tunnel",
    Name => "name",
    Port => "port",
});

words!(NameSource {
    TlsCertificate => "certificate",
    HttpHost => "http-host",
    QuicSni(Ech::Absent) => "quic-sni",
    QuicSni(Ech::Present) => "quic-sni-with-ech",
    TlsSni(Ech::Absent) => "tls-sni",
    TlsSni(Ech::Present) => "tls-sni-with-ech",
    SocksTarget => "socks-target",
    HttpAbsolute => "http-absolute",
    HttpConnect => "http-connect",
});

words!(DnsTransport {
    Udp => "udp",
    Tcp => "tcp",
    Multicast => "multicast",
});

/// The kinds of DNS data that are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DnsDataKind {
    Address,
    CanonicalName,
    Pointer,
    Other,
}

words!(DnsDataKind {
    Address => "address",
    CanonicalName => "canonical-name",
    Pointer => "pointer",
    Other => "other",
});
