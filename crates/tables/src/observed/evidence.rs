//! Table `Evidence`.

use whotalks_record as record;
use whotalks_record::{Issue, IssueKind, Span, Text, Timestamp};

use crate::declare::{columns, item, row_item, row_table, table};
use crate::words::words;

row_table! {
    /// The manifest: every piece of evidence that was met, what became of it and what could not be read.
    pub struct Evidence(Observed);
    /// One line of the manifest.
    pub struct EvidenceRow {
        /// Its number in the case, from 1.
        pub id as EvidenceId: record::EvidenceId [Reader],
        /// Its path as given, with `!` before a member of an archive.
        pub path as Path: Text [Evidence lookup],
        /// The folder it lay in.
        pub folder as Folder: Text [Evidence],
        /// The archive it lies in.
        pub container as ContainerId: Option<record::EvidenceId> [Reader],
        /// What it is, told by its content; a word of the manifest.
        pub format as Format: Text [Reader],
        /// What became of it; a word of the manifest.
        pub status as Status: Text [Reader],
        /// The piece with the same bytes that was read instead of it.
        pub duplicate_of as DuplicateOf: Option<record::EvidenceId> [Reader],
        /// How many bytes of it were seen, unpacked.
        pub bytes as Bytes: u64 [Evidence bytes],
        /// SHA-256 of its bytes in lower-case hexadecimal; none where they could not be had to the end.
        pub sha256 as Sha256: Option<Text> [Evidence lookup],
        /// When it was last modified, where known.
        pub modified as Modified: Option<Timestamp> [Evidence],
        /// A word in its path that may name the host it was collected on; a guess, never a proof.
        pub host_hint as HostHint: Option<Text> [Reader],
        /// Whether it is a binary event log.
        pub is_event_log as IsEventLog: bool [Reader],
        /// The lowest record number in it, where it is an event log.
        pub first_record as FirstRecord: Option<u64> [Evidence],
        /// How many packets were read from it.
        pub packets as Packets: u64 [Reader packets],
        /// How many records were read from it.
        pub records as Records: u64 [Reader],
        /// What could not be read, and where.
        pub issues as Issues: Vec<IssueItem> [Reader],
    }
}

row_item! {
    /// One thing that could not be read or was lost.
    pub struct IssueItem {
        /// Where.
        pub span as Span: Span [Reader],
        /// What happened.
        pub kind as Kind: IssueKindWord [Reader],
        /// The structure, field, unit or bound that it is about, in the words of its specification.
        pub subject as Subject: Option<Text> [Reader],
        /// What was found, or the system's message; it may quote hostile bytes.
        pub found as Found: Option<Text> [Evidence],
        /// Bytes that a cut structure needs, or the value of a bound.
        pub needed as Needed: Option<u64> [Reader],
        /// Bytes that were there.
        pub available as Available: Option<u64> [Reader],
        /// How many units were skipped, lost or dropped.
        pub count as Count: Option<u64> [Reader],
    }
}

/// The kinds of [`IssueKind`], without what they carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueKindWord {
    /// The evidence ends inside a structure.
    Truncated,
    /// A structure contradicts its specification.
    Malformed,
    /// A valid structure that whotalks does not read.
    Unsupported,
    /// Units were skipped as damaged.
    Skipped,
    /// The source says that it lost units.
    Lost,
    /// A bound that keeps memory finite was reached.
    BoundReached,
    /// The operating system could not deliver the bytes.
    Io,
}

words!(IssueKindWord {
    Truncated => "truncated",
    Malformed => "malformed",
    Unsupported => "unsupported",
    Skipped => "skipped",
    Lost => "lost",
    BoundReached => "bound-reached",
    Io => "io",
});

impl IssueItem {
    fn about(span: Span, kind: IssueKindWord, subject: Option<&'static str>) -> Self {
        Self {
            span,
            kind,
            subject: subject.map(Text::from),
            found: None,
            needed: None,
            available: None,
            count: None,
        }
    }

    fn with_found(self, found: &Text) -> Self {
        Self {
            found: Some(Text::clone(found)),
            ..self
        }
    }

    fn with_count(self, count: u64) -> Self {
        Self {
            count: Some(count),
            ..self
        }
    }
}

impl From<&Issue> for IssueItem {
    fn from(issue: &Issue) -> Self {
        use IssueKindWord as Word;
        let about = |kind, subject| Self::about(issue.span, kind, Some(subject));
        match &issue.kind {
            IssueKind::Truncated {
                field,
                needed,
                available,
            } => Self {
                needed: Some(*needed),
                available: Some(*available),
                ..about(Word::Truncated, field)
            },
            IssueKind::Malformed { field, found } => about(Word::Malformed, field).with_found(found),
            IssueKind::Unsupported { field, found } => about(Word::Unsupported, field).with_found(found),
            IssueKind::Skipped { unit, count } => about(Word::Skipped, unit).with_count(*count),
            IssueKind::Lost { unit, count } => about(Word::Lost, unit).with_count(*count),
            IssueKind::BoundReached { bound, limit, count } => Self {
                needed: Some(*limit),
                ..about(Word::BoundReached, bound).with_count(*count)
            },
            IssueKind::Io { message } => Self::about(issue.span, Word::Io, None).with_found(message),
        }
    }
}
