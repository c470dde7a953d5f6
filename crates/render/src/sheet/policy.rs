//! What is against a policy.

use whotalks_packets::policy::{Match, Severity};
use whotalks_record::Endpoint;

use super::streams::{content_cells, content_heads};
use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

/// The streams that a rule forbids, the worst first.
pub fn policy(matches: &[Match<'_>], limit: usize) -> Sheet {
    let mut heads = vec![
        Head::text("severity", M::ColumnSeverity),
        Head::text("title", M::ColumnTitle),
        Head::number("rule", M::ColumnRule).data(),
        Head::text("protocol", M::ColumnProtocol),
        Head::number("stream", M::ColumnStream),
        Head::text("a", M::ColumnA),
        Head::text("b", M::ColumnB),
    ];
    heads.extend(content_heads());
    heads.extend([
        Head::number("packets", M::ColumnPackets).rank(2),
        Head::number("total_bytes", M::ColumnSize),
        Head::number("start_ns", M::ColumnStart),
        Head::number("duration_ns", M::ColumnDuration).rank(1),
    ]);
    Sheet::new("matches", M::PolicyMatches, heads).with(matches, limit, cells)
}

fn cells(found: &Match<'_>) -> Vec<Cell> {
    let stream = &found.stream;
    let (ends, exchange) = (&stream.ends, &stream.exchange);
    let end = |address, port| Cell::text(Endpoint { address, port });
    let [packets, bytes] = Cell::volume(exchange.total());
    let [application, recognised_by] = content_cells(stream);
    vec![
        severity(found.rule.severity),
        Cell::Text(found.rule.title.clone()),
        Cell::Identifier(found.number as u64),
        Cell::text(stream.protocol),
        Cell::Identifier(stream.number.0.into()),
        end(ends.source, ends.ports.source),
        end(ends.destination, ends.ports.destination),
        application,
        recognised_by,
        packets,
        bytes,
        Cell::Seconds(exchange.first),
        Cell::Seconds(exchange.duration()),
    ]
}

fn severity(severity: Severity) -> Cell {
    match severity {
        Severity::High => Cell::Word("high", M::SeverityHigh),
        Severity::Medium => Cell::Word("medium", M::SeverityMedium),
        Severity::Low => Cell::Word("low", M::SeverityLow),
        Severity::Info => Cell::Word("info", M::SeverityInfo),
    }
}
