//! Why something is not known: a closed list, each with the command that would have supplied the proof.

use whotalks_record::{Endpoint, Pid, SourceKind, Text, Timestamp};

/// Why a process, a name or a filter is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnknownReason {
    /// No evidence of this kind was given.
    SourceNotCollected(SourceKind),
    /// The source begins only after the flow.
    SourceBeganLater {
        /// Which source.
        source: SourceKind,
        /// Its first moment.
        began: Timestamp,
    },
    /// The source ends before the flow.
    SourceEndedEarlier {
        /// Which source.
        source: SourceKind,
        /// Its last moment.
        ended: Timestamp,
    },
    /// The log is a ring that had already overwritten that time.
    RingOverwritten {
        /// Which source.
        source: SourceKind,
        /// The oldest moment that is left.
        oldest: Timestamp,
    },
    /// The source itself says that it lost units.
    EventsLost {
        /// Which source.
        source: SourceKind,
        /// How many.
        count: u64,
    },
    /// Several candidates fit equally well.
    Ambiguous(Vec<Text>),
    /// The clocks of two sources could not be aligned, so times do not join them.
    ClocksNotAligned,
    /// Only one direction of the flow was captured.
    OneDirectionOnly,
    /// The packets were cut before the needed bytes.
    SnappedTooShort,
    /// The name travelled encrypted.
    EncryptedName(EncryptedBy),
    /// The process had ended before its name was read.
    ProcessEndedBeforeItsNameWasRead(Pid),
    /// Behind a proxy or NAT whose log is not here.
    BehindProxy(Endpoint),
    /// The host at that end was not observed.
    HostNotObserved,
    /// The source was on and covers the time, and says nothing of this flow.
    NotInSource(SourceKind),
    /// A listing of the host's audit policy says that Windows does not write what would have told it.
    NotAudited {
        /// Which source.
        source: SourceKind,
        /// What is not written.
        gap: AuditGap,
    },
    /// A boot or a policy change lies between the event and what names filters: the identifier may mean another one now.
    FilterIdsRenumbered,
    /// The event states filter 0: the engine recorded none.
    NoFilterRecorded,
}

/// What an audit policy leaves out of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuditGap {
    /// All of it.
    Everything,
    /// What was let through.
    Successes,
    /// What was refused.
    Failures,
}

/// What hid a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EncryptedBy {
    /// Encrypted ClientHello: only an outer name is visible.
    EncryptedClientHello,
    /// DNS over HTTPS, TLS or QUIC.
    EncryptedDns,
    /// QUIC whose Initial was not captured.
    Quic,
}

/// What would have supplied the proof.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Remedy {
    /// The exact, locale-safe command.
    pub command: Text,
    /// The command that undoes it; none where there is nothing to undo.
    pub undo: Option<Text>,
}
