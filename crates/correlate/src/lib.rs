//! Joins between evidences, one rule per file.
//!
//! Takes [`whotalks_record`] records, gives [`Conversation`]s: who talked to whom, under which name, decided by which
//! filter, each statement with its grade and its proof. Knows no file and no table; formats nothing.

mod conversation;
mod unknown;

pub use conversation::{
    Attribution, Candidate, ClockOffset, Conflict, Conversation, CoverageLine, DecisionAnswer, FilterAnswer,
    FilterMatch, Host, HostId, NameAnswer, NameCandidate, NameEvidence, ProcessIdentity, ProcessRule, ServiceAnswer,
    Verdict,
};
pub use unknown::{EncryptedBy, Remedy, UnknownReason};
