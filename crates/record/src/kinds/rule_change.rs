//! Changes of firewall rules and settings.

use crate::{Span, Text, Timestamp};

/// Security 4944 to 4958 and Windows Firewall 2002 to 2011, by their event identifier.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleChange {
    /// The event record.
    pub span: Span,
    /// When, by the host's clock.
    pub time: Timestamp,
    /// The computer.
    pub host: Text,
    /// The event identifier, which says what happened (4946 added, 4947 changed, 4948 deleted, 4950 setting changed, …).
    pub event_id: u16,
    /// The rule's identifier.
    pub rule: Option<Text>,
    /// The rule's name.
    pub name: Option<Text>,
    /// The remaining fields in the order of the event, as name and value.
    pub details: Vec<(Text, Text)>,
}
