//! What correlation concludes.

use whotalks_correlate::{EncryptedBy, FilterMatch, NameEvidence, ProcessRule, UnknownReason, Verdict};
use whotalks_record::{Ech, NameSource, SourceKind};

use super::words;

words!(Verdict {
    Allowed => "allowed",
    Blocked => "blocked",
    DroppedPackets => "dropped-packets",
    Passed => "passed",
    Unknown => "unknown",
});

words!(ProcessRule {
    ExactEvent => "exact-event",
    ExactSnapshot => "exact-snapshot",
    PacketOwner => "packet-owner",
    Bind => "bind",
    Listener => "listener",
    Loopback => "loopback",
    Relay => "relay",
    Delegation => "delegation",
    Call => "call",
});

words!(FilterMatch {
    SameBoot => "same-boot",
    Event => "event",
    MaybeRenumbered => "maybe-renumbered",
    Rule => "rule",
    Conditions => "conditions",
    NotFound => "not-found",
});

// `NameEvidence` holds a whole `NameSource` where only proxy targets make sense; the words keep all of them apart.
words!(NameEvidence {
    ProxyTarget(NameSource::HttpConnect) => "proxy-http-connect",
    ProxyTarget(NameSource::HttpAbsolute) => "proxy-http-absolute",
    ProxyTarget(NameSource::SocksTarget) => "proxy-socks",
    ProxyTarget(NameSource::HttpHost) => "proxy-http-host",
    ProxyTarget(NameSource::TlsSni(Ech::Absent)) => "proxy-tls-sni",
    ProxyTarget(NameSource::TlsSni(Ech::Present)) => "proxy-tls-sni-with-ech",
    ProxyTarget(NameSource::QuicSni(Ech::Absent)) => "proxy-quic-sni",
    ProxyTarget(NameSource::QuicSni(Ech::Present)) => "proxy-quic-sni-with-ech",
    ProxyTarget(NameSource::TlsCertificate) => "proxy-certificate",
    RequestToProxy => "request-to-proxy",
    TlsServerName(Ech::Absent) => "tls-sni",
    TlsServerName(Ech::Present) => "tls-sni-with-ech",
    QuicServerName(Ech::Absent) => "quic-sni",
    QuicServerName(Ech::Present) => "quic-sni-with-ech",
    HttpHost => "http-host",
    Requested => "requested",
    StackName => "stack-name",
    AskedByProcess => "asked-by-process",
    Certificate => "certificate",
    DnsAnswer => "dns-answer",
    SharedDnsAnswer => "shared-dns-answer",
    ResolverCache => "resolver-cache",
    ExpiredDnsAnswer => "expired-dns-answer",
    CaptureNameTable => "capture-name-table",
    HostResolution => "host-resolution",
});

/// The kinds of [`UnknownReason`], without what they carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownKind {
    /// No evidence of the kind was given.
    SourceNotCollected,
    /// The source begins only after the flow.
    SourceBeganLater,
    /// The source ends before the flow.
    SourceEndedEarlier,
    /// The log is a ring that had already overwritten that time.
    RingOverwritten,
    /// The source itself says that it lost units.
    EventsLost,
    /// Several candidates fit equally well.
    Ambiguous,
    /// The clocks of two sources could not be aligned.
    ClocksNotAligned,
    /// Only one direction of the flow was captured.
    OneDirectionOnly,
    /// The packets were cut before the needed bytes.
    SnappedTooShort,
    /// An encrypted ClientHello hid the name.
    EncryptedClientHello,
    /// Encrypted DNS hid the name.
    EncryptedDns,
    /// The QUIC Initial was not captured.
    QuicNotCaptured,
    /// The process had ended before its name was read.
    ProcessEndedBeforeItsNameWasRead,
    /// Behind a proxy or NAT whose log is not here.
    BehindProxy,
    /// The host at that end was not observed.
    HostNotObserved,
    /// The source covers the time and says nothing of this flow.
    NotInSource,
    /// A listing of the audit policy says that it is not written.
    NotAudited,
    /// Filter identifiers may have been given out anew since.
    FilterIdsRenumbered,
    /// The engine recorded no filter.
    NoFilterRecorded,
}

words!(UnknownKind {
    SourceNotCollected => "source-not-collected",
    SourceBeganLater => "source-began-later",
    SourceEndedEarlier => "source-ended-earlier",
    RingOverwritten => "ring-overwritten",
    EventsLost => "events-lost",
    Ambiguous => "ambiguous",
    ClocksNotAligned => "clocks-not-aligned",
    OneDirectionOnly => "one-direction-only",
    SnappedTooShort => "snapped-too-short",
    EncryptedClientHello => "encrypted-client-hello",
    EncryptedDns => "encrypted-dns",
    QuicNotCaptured => "quic-not-captured",
    ProcessEndedBeforeItsNameWasRead => "process-ended-before-its-name-was-read",
    BehindProxy => "behind-proxy",
    HostNotObserved => "host-not-observed",
    NotInSource => "not-in-source",
    NotAudited => "not-audited",
    FilterIdsRenumbered => "filter-ids-renumbered",
    NoFilterRecorded => "no-filter-recorded",
});

impl UnknownKind {
    /// The kind of a reason, and the source it blames.
    pub const fn of(reason: &UnknownReason) -> (Self, Option<SourceKind>) {
        match reason {
            UnknownReason::SourceNotCollected(source) => (Self::SourceNotCollected, Some(*source)),
            UnknownReason::SourceBeganLater { source, .. } => (Self::SourceBeganLater, Some(*source)),
            UnknownReason::SourceEndedEarlier { source, .. } => (Self::SourceEndedEarlier, Some(*source)),
            UnknownReason::RingOverwritten { source, .. } => (Self::RingOverwritten, Some(*source)),
            UnknownReason::EventsLost { source, .. } => (Self::EventsLost, Some(*source)),
            UnknownReason::NotInSource(source) => (Self::NotInSource, Some(*source)),
            UnknownReason::NotAudited { source, .. } => (Self::NotAudited, Some(*source)),
            UnknownReason::Ambiguous(_) => (Self::Ambiguous, None),
            UnknownReason::ClocksNotAligned => (Self::ClocksNotAligned, None),
            UnknownReason::OneDirectionOnly => (Self::OneDirectionOnly, None),
            UnknownReason::SnappedTooShort => (Self::SnappedTooShort, None),
            UnknownReason::EncryptedName(EncryptedBy::EncryptedClientHello) => (Self::EncryptedClientHello, None),
            UnknownReason::EncryptedName(EncryptedBy::EncryptedDns) => (Self::EncryptedDns, None),
            UnknownReason::EncryptedName(EncryptedBy::Quic) => (Self::QuicNotCaptured, None),
            UnknownReason::ProcessEndedBeforeItsNameWasRead(_) => (Self::ProcessEndedBeforeItsNameWasRead, None),
            UnknownReason::BehindProxy(_) => (Self::BehindProxy, None),
            UnknownReason::HostNotObserved => (Self::HostNotObserved, None),
            UnknownReason::FilterIdsRenumbered => (Self::FilterIdsRenumbered, None),
            UnknownReason::NoFilterRecorded => (Self::NoFilterRecorded, None),
        }
    }
}
