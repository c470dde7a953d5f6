//! One question per file: typed rows and wording keys, no formatting.
//!
//! `render` puts an [`Overview`] or an [`Answer`] into words; every face shows the same one.

mod answer;
mod finding;
mod overview;

pub use answer::{Answer, Statement, StatementKind, Subject};
pub use finding::{Finding, FindingKind, Severity};
pub use overview::{
    BlockRow, Citation, DropRow, EndpointEvent, EndpointEventKind, EndpointRow, EvidenceLine, EvidenceStatus,
    Explanation, HostLine, Known, KnownTurnOff, Localised, Overview, ProgramCell, Timeline, TimelineMark,
    TimelineMarkKind, UnknownAspect, UnknownRow,
};
