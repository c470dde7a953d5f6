//! What changed from one capture to another.

use whotalks_packets::compare::{Change, Comparison, Subject, Verdict};
use whotalks_record::Grade;

use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

/// One table per kind of subject; that of programs only where a case knows some.
pub fn comparison(comparison: &Comparison, limit: usize) -> Vec<Sheet> {
    let kinds = [
        ("addresses", M::CompareAddresses, M::ColumnAddress),
        ("processes", M::CompareProcesses, M::ColumnProcess),
        ("pairs", M::ComparePairs, M::ColumnAddress),
        ("protocols", M::CompareProtocols, M::ColumnProtocol),
        ("ports", M::ComparePorts, M::ColumnPort),
    ];
    let knows_processes = comparison.attributed.is_some();
    let of_kind = |kind: u8| -> Vec<&Change> {
        let changes = comparison.changes.iter();
        changes.filter(|change| change.subject.kind() == kind).collect()
    };
    let sheets = (0..).zip(kinds);
    sheets
        .filter(|(_, (key, ..))| *key != "processes" || knows_processes)
        .map(|(kind, (key, title, subject))| {
            let own = own_head(key).filter(|_| knows_processes);
            let row = |change: &&Change| cells(change, own.as_ref().map(|head| head.key));
            Sheet::new(key, title, heads(subject, own.clone())).with(&of_kind(kind), limit, row)
        })
        .collect()
}

/// The column that only one table has.
fn own_head(table: &str) -> Option<Head> {
    match table {
        "addresses" => Some(Head::text("names", M::ColumnName)),
        "processes" => Some(Head::text("grade", M::ColumnGrade)),
        _ => None,
    }
}

fn heads(subject: M, own: Option<Head>) -> Vec<Head> {
    let mut heads = vec![Head::text("change", M::ColumnChange), Head::text("subject", subject)];
    heads.extend(own);
    heads.extend([
        Head::number("before_bytes_per_second", M::ColumnRateBefore),
        Head::number("after_bytes_per_second", M::ColumnRateAfter),
        Head::number("factor", M::ColumnFactor),
        Head::number("before_bytes", M::ColumnSizeBefore).rank(2),
        Head::number("after_bytes", M::ColumnSizeAfter).rank(1),
        Head::number("before_conversations", M::ColumnConversationsBefore).rank(4),
        Head::number("after_conversations", M::ColumnConversationsAfter).rank(3),
    ]);
    heads
}

fn cells(change: &Change, own: Option<&str>) -> Vec<Cell> {
    let mut cells = vec![verdict(change.verdict), Cell::Text(subject(&change.subject))];
    cells.extend(own.map(|column| match column {
        "grade" => Cell::maybe(change.grade(), grade),
        _ if change.names.is_empty() => Cell::Empty,
        _ => Cell::Text(change.names.join(", ")),
    }));
    cells.extend([
        Cell::Decimal(change.rate_before),
        Cell::Decimal(change.rate_after),
        // What was not there before, or is there no more, has no factor.
        match change.verdict {
            Verdict::Grew | Verdict::Shrank => Cell::maybe(change.factor(), Cell::Factor),
            _ => Cell::Empty,
        },
        Cell::Size(change.before.volume.bytes),
        Cell::Size(change.after.volume.bytes),
        Cell::Count(change.before.conversations),
        Cell::Count(change.after.conversations),
    ]);
    cells
}

pub(super) fn grade(grade: Grade) -> Cell {
    match grade {
        Grade::Observed => Cell::Word("observed", M::GradeObserved),
        Grade::Derived => Cell::Word("derived", M::GradeDerived),
        Grade::Inferred => Cell::Word("inferred", M::GradeInferred),
        Grade::Unknown => Cell::Word("unknown", M::GradeUnknown),
    }
}

fn verdict(verdict: Verdict) -> Cell {
    match verdict {
        Verdict::New => Cell::Word("new", M::ChangeNew),
        Verdict::Gone => Cell::Word("gone", M::ChangeGone),
        Verdict::Grew => Cell::Word("grew", M::ChangeGrew),
        Verdict::Shrank => Cell::Word("shrank", M::ChangeShrank),
        Verdict::NotSeenBefore => Cell::Word("not_seen_before", M::ChangeNotSeenBefore),
        Verdict::NotSeenAfter => Cell::Word("not_seen_after", M::ChangeNotSeenAfter),
    }
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Address(address) => address.to_string(),
        Subject::Process(name) => name.clone(),
        Subject::Pair(one, other) => format!("{one} ↔ {other}"),
        Subject::Protocol(name) => (*name).to_owned(),
        Subject::Port(protocol, port) => format!("{protocol} {port}"),
    }
}
