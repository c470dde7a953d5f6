//! Joins between evidences, one rule per file.
//!
//! Takes [`whotalks_record`] records, gives [`Conversation`]s: who talked to whom, under which name, decided by which
//! filter, each statement with its grade and its proof. Knows no file and no table; formats nothing.

mod alone;
mod audit;
mod capture_gaps;
mod clocks;
mod conversation;
mod correlator;
mod coverage;
mod decision;
mod far_ends;
mod filter;
mod flows;
mod hosts;
mod leftovers;
mod life;
mod listings;
mod name;
mod observed;
mod process;
mod reasons;
mod requests;
mod rules;
mod sessions;
mod survey;
mod unknown;

pub use alone::{EventAnswer, ListingAnswer, ProcessAnswer};
pub use audit::audited_source;
pub use conversation::{
    Attribution, ClockOffset, Conflict, Conversation, CoverageLine, DecisionAnswer, FilterAnswer, FilterMatch, Host,
    HostId, LocalBlock, NameAnswer, NameCandidate, NameEvidence, ProcessIdentity, ProcessRule, ServiceAnswer, Verdict,
};
pub use correlator::{Correlator, coverage};
pub use life::ProcessLife;
pub use observed::{EvidenceFacts, FlowStream, Observed};
pub use unknown::{AuditGap, EncryptedBy, Remedy, UnknownReason};
