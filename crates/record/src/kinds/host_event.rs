//! Events in the life of a host that decide what other evidence means.

use crate::{Span, Text, Timestamp};

/// A boot, a cleared log and the like.
#[derive(Clone, Debug, PartialEq)]
pub struct HostEvent {
    /// The event record.
    pub span: Span,
    /// When, by the host's clock.
    pub time: Timestamp,
    /// The computer.
    pub host: Text,
    /// What happened.
    pub kind: HostEventKind,
}

/// What happened to a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostEventKind {
    /// Security 4608, System 6005 or Kernel-General 12: Windows started; filter identifiers before and after differ.
    Boot,
    /// Security 1100, System 6006 or Kernel-General 13: Windows is shutting down.
    Shutdown,
    /// Security 1102 or System 104: a log was cleared, so absence before it means nothing.
    LogCleared,
    /// Security 4719: what is audited changed.
    AuditPolicyChanged,
    /// Security 4616: the clock was set.
    ClockSet,
}
