//! What changed from one capture to another.

use whotalks_packets::compare::{Change, Comparison, Subject, Verdict};

use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

/// One table per kind of subject.
pub fn comparison(comparison: &Comparison, limit: usize) -> Vec<Sheet> {
    let kinds = [
        ("addresses", M::CompareAddresses, M::ColumnAddress),
        ("pairs", M::ComparePairs, M::ColumnAddress),
        ("protocols", M::CompareProtocols, M::ColumnProtocol),
        ("ports", M::ComparePorts, M::ColumnPort),
    ];
    let of_kind = |kind: u8| -> Vec<&Change> {
        let changes = comparison.changes.iter();
        changes.filter(|change| change.subject.kind() == kind).collect()
    };
    let sheets = (0..).zip(kinds);
    sheets
        .map(|(kind, (key, title, subject))| {
            Sheet::new(key, title, heads(subject)).with(&of_kind(kind), limit, |change| cells(change))
        })
        .collect()
}

fn heads(subject: M) -> Vec<Head> {
    vec![
        Head::text("change", M::ColumnChange),
        Head::text("subject", subject),
        Head::number("before_bytes_per_second", M::ColumnRateBefore),
        Head::number("after_bytes_per_second", M::ColumnRateAfter),
        Head::number("factor", M::ColumnFactor),
        Head::number("before_bytes", M::ColumnSizeBefore).rank(2),
        Head::number("after_bytes", M::ColumnSizeAfter).rank(1),
        Head::number("before_conversations", M::ColumnConversationsBefore).rank(4),
        Head::number("after_conversations", M::ColumnConversationsAfter).rank(3),
    ]
}

fn cells(change: &Change) -> Vec<Cell> {
    vec![
        verdict(change.verdict),
        Cell::Text(subject(&change.subject)),
        Cell::Decimal(change.rate_before),
        Cell::Decimal(change.rate_after),
        // What was not there before, or is there no more, has no factor.
        match change.verdict {
            Verdict::New | Verdict::Gone => Cell::Empty,
            Verdict::Grew | Verdict::Shrank => Cell::maybe(change.factor(), Cell::Factor),
        },
        Cell::Size(change.before.volume.bytes),
        Cell::Size(change.after.volume.bytes),
        Cell::Count(change.before.conversations),
        Cell::Count(change.after.conversations),
    ]
}

fn verdict(verdict: Verdict) -> Cell {
    match verdict {
        Verdict::New => Cell::Word("new", M::ChangeNew),
        Verdict::Gone => Cell::Word("gone", M::ChangeGone),
        Verdict::Grew => Cell::Word("grew", M::ChangeGrew),
        Verdict::Shrank => Cell::Word("shrank", M::ChangeShrank),
    }
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Address(address) => address.to_string(),
        Subject::Pair(one, other) => format!("{one} ↔ {other}"),
        Subject::Protocol(name) => (*name).to_owned(),
        Subject::Port(protocol, port) => format!("{protocol} {port}"),
    }
}
