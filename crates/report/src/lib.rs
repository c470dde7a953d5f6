//! One question per file: typed rows and wording keys, no formatting.
//!
//! `render` puts an [`Overview`] or an [`Answer`] into words; every face shows the same one.

mod answer;
mod ask;
mod blocked;
mod bundle;
mod detect;
mod endpoints;
mod finding;
mod investigate;
mod known;
mod overview;
mod policy;
mod program;
mod proof;
mod protection;
mod remedies;
mod settings;
mod sources;
mod timeline;
mod unknowns;
mod words;

pub use answer::{Answer, Statement, StatementKind, Subject};
pub use ask::Question;
pub use bundle::{BundlePart, MissingPart, SupportBundle, support_bundles};
pub use finding::{Finding, FindingKind, Judged, Severity, Violation};
pub use investigate::Investigation;
pub use overview::{
    BlockRow, Citation, Collected, DropRow, EndpointEvent, EndpointEventKind, EndpointRow, EvidenceLine,
    EvidenceStatus, Explanation, HostLine, Known, KnownTurnOff, Localised, Overview, ProgramCell, RelayedProgram,
    Timeline, TimelineMark, TimelineMarkKind, UnknownAspect, UnknownRow,
};
pub use policy::{PolicyReport, Unjudged, UnjudgedReason};
pub use settings::{Setting, SettingLine};
pub use sources::Sources;
pub use words::event_word;
