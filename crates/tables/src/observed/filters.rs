//! Table `Filters`.

use whotalks_record as record;
use whotalks_record::{Filter, FilterAction, FilterChange, FilterCondition, Span, Text, Timestamp};

use crate::declare::{columns, item, table};

table! {
    /// Filters of the Windows Filtering Platform, as filter dumps and events state them.
    pub struct Filters(Observed);
    Filter as filter {
        /// The item or record.
        Item: Span [Reader] = filter.span;
        /// When it was so, by the host's clock; none for a dump, whose time is that of its row in `Snapshots`.
        Time: Option<Timestamp> [Evidence] = filter.time;
        /// The number of the snapshot within its evidence; none for events.
        Snapshot: Option<u32> [Reader] = filter.snapshot;
        /// The computer, where named.
        Host: Option<Text> [Evidence lookup] = filter.host;
        /// What happened to it.
        Change: FilterChange [Evidence] = filter.change;
        /// The run-time identifier, renumbered at boot and on policy changes.
        FilterId: record::FilterId [Evidence] = filter.id;
        /// The lasting key, a GUID in lower case with braces.
        Key: Option<Text> [Evidence lookup] = filter.key;
        /// The display name; for a filter made by a firewall rule, the rule's name.
        Name: Option<Text> [Evidence lookup] = filter.name;
        /// The display description.
        Description: Option<Text> [Evidence] = filter.description;
        /// The provider: a symbolic name, a display name or a GUID.
        Provider: Option<Text> [Evidence] = filter.provider;
        /// The firewall rule's identifier, where the provider data hold one.
        Rule: Option<record::FilterOrigin> [Evidence] = filter.rule;
        /// The layer: a symbolic name, a display name or a token.
        Layer: Option<Text> [Evidence] = filter.layer;
        /// The sublayer, likewise.
        Sublayer: Option<Text> [Evidence] = filter.sublayer;
        /// What it does.
        Action: FilterAction [Evidence] = filter.action;
        /// The effective weight, where stated.
        Weight: Option<u64> [Evidence] = filter.weight;
        /// What must match.
        Conditions: Vec<FilterCondition> [Evidence] = filter.conditions;
    } => Filter {
        span: Item,
        time: Time,
        snapshot: Snapshot,
        host: Host,
        change: Change,
        id: FilterId,
        key: Key,
        name: Name,
        description: Description,
        provider: Provider,
        rule: Rule,
        layer: Layer,
        sublayer: Sublayer,
        action: Action,
        weight: Weight,
        conditions: Conditions,
    }
}

item! {
    FilterCondition as condition {
        /// The field or its display name.
        Field: Text [Evidence] = condition.field;
        /// The comparison or its display name.
        Comparison: Text [Evidence] = condition.comparison;
        /// The value, as text.
        Value: Text [Evidence] = condition.value;
    } => FilterCondition {
        field: Field,
        comparison: Comparison,
        value: Value,
    }
}
