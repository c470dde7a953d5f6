//! Boots, shutdowns, cleared logs, audit policy and clock changes.

use whotalks_record::{HostEvent, HostEventKind, Record};

use super::Context;

/// Makes the record; these events need no field of their own.
pub(super) fn decode(kind: HostEventKind, context: &Context<'_>) -> Record {
    Record::Host(HostEvent {
        span: context.span,
        time: context.time,
        host: context.host.clone(),
        kind,
    })
}
