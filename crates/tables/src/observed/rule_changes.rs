//! Table `RuleChanges`.

use whotalks_record::{RuleChange, Span, Text, Timestamp};

use crate::declare::{columns, item, table};

/// One field of an event: its name and its value.
type Detail = (Text, Text);

table! {
    /// Changes of firewall rules and settings: Security 4944 to 4958, Windows Firewall 2002 to 2011.
    pub struct RuleChanges(Observed);
    RuleChange as change {
        /// The event record.
        Record: Span [Reader] = change.span;
        /// When, by the host's clock.
        Time: Timestamp [Evidence] = change.time;
        /// The computer.
        Host: Text [Evidence lookup] = change.host;
        /// The event identifier, which says what happened.
        EventId: u16 [Evidence] = change.event_id;
        /// The rule's identifier.
        Rule: Option<Text> [Evidence lookup] = change.rule;
        /// The rule's name.
        Name: Option<Text> [Evidence lookup] = change.name;
        /// The remaining fields, in the order of the event.
        Details: Vec<Detail> [Evidence] = change.details;
    } => RuleChange {
        span: Record,
        time: Time,
        host: Host,
        event_id: EventId,
        rule: Rule,
        name: Name,
        details: Details,
    }
}

item! {
    Detail as detail {
        /// The field.
        Field: Text [Evidence] = detail.0;
        /// Its value.
        Value: Text [Evidence] = detail.1;
    } => (Field, Value)
}
