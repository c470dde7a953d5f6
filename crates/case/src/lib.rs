//! The facade that every face goes through: ingest, investigate, ask, explain.
//!
//! A [`Case`] holds what was observed and answers questions about it. Nothing here formats, and nothing here reads bytes: paths
//! go to `evidence`, packets to `session`, joins to `correlate`, questions to `report`.
//!
//! | file | what it holds |
//! |---|---|
//! | `abilities` | what this build can read and knows |
//! | `alerts` | findings as rows of the tables of alerts |
//! | `capture/` | captures as packets, without a case |
//! | `case` | [`Case`] and its questions |
//! | `destination` | where records are kept, in memory and on disk |
//! | `intake` | what happens to records and packets as they arrive |
//! | `flows` | flows with the names that travelled in them |
//! | `hunt/` | hunting queries over one case or several |
//! | `hunting` | the tables that hunting queries see |
//! | `memory` | records that only tables need, of a case in memory |
//! | `manifest` | the lines of the manifest as questions see them |
//! | `traces` | event traces on their own |
//! | `upkeep` | keeping a case on disk in order |
//! | `error` | [`CaseError`] |

mod abilities;
mod alerts;
pub mod capture;
mod case;
mod destination;
mod error;
mod flows;
pub mod hunt;
mod hunting;
mod intake;
mod manifest;
mod memory;
pub mod traces;
pub mod upkeep;

pub use abilities::Abilities;
pub use case::{Case, IngestReport};
pub use error::CaseError;
pub use whotalks_evidence::{NoProgress, Progress, RawContent, RawError, RawEvidence, RawLine, RawPacket};
pub use whotalks_fields as fields;
pub use whotalks_filter as filter;
pub use whotalks_kql_plan as kql;
pub use whotalks_packets as packets;
pub use whotalks_policy as policy;
pub use whotalks_store::{HuntingRows, HuntingTable, ObjectError, ObjectProblem, StoreError};
pub use whotalks_tables as tables;
