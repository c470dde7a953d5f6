//! What is against a policy.

use whotalks_packets::policy::{Address, Match, Sighting, Subject};
use whotalks_packets::statistics::{Exchange, StreamRow};
use whotalks_policy::Severity;
use whotalks_record::Endpoint;

use super::streams::{content_cells, content_heads};
use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

/// What a policy forbids, the worst first.
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
        Head::text("name", M::ColumnName).rank(4),
        Head::number("first_packet", M::ColumnFirstPacket).rank(3),
        Head::number("packets", M::ColumnPackets).rank(2),
        Head::number("total_bytes", M::ColumnSize),
        Head::number("start_ns", M::ColumnStart),
        Head::number("duration_ns", M::ColumnDuration).rank(1),
    ]);
    Sheet::new("matches", M::PolicyMatches, heads).with(matches, limit, cells)
}

fn cells(found: &Match<'_>) -> Vec<Cell> {
    let (own, exchange) = match &found.subject {
        Subject::Stream(stream, name) => (stream_cells(stream, name.as_deref()), stream.exchange),
        Subject::Protocol(sighting) => (sighting_cells(sighting), sighting.exchange),
    };
    let mut cells = vec![
        severity(found.rule.severity),
        Cell::Text(found.rule.title.clone()),
        Cell::Identifier(found.number as u64),
    ];
    cells.extend(own);
    cells.push(Cell::Identifier(found.subject.first_packet()));
    cells.extend(exchange_cells(&exchange));
    cells
}

/// Protocol, stream, both ends, application, how that is known, and name.
fn stream_cells(stream: &StreamRow, name: Option<&str>) -> [Cell; 7] {
    let ends = &stream.ends;
    let end = |address, port| Cell::text(Endpoint { address, port });
    let [application, recognised_by] = content_cells(stream);
    [
        Cell::text(stream.protocol),
        Cell::Identifier(stream.number.0.into()),
        end(ends.source, ends.ports.source),
        end(ends.destination, ends.ports.destination),
        application,
        recognised_by,
        Cell::maybe(name, Cell::text),
    ]
}

fn sighting_cells(sighting: &Sighting) -> [Cell; 7] {
    let end = |address| {
        Cell::maybe(address, |address| match address {
            Address::Internet(address) => Cell::text(address),
            Address::Hardware(address) => Cell::text(address),
        })
    };
    [
        Cell::text(&sighting.protocol),
        Cell::Empty,
        end(sighting.a),
        end(sighting.b),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
    ]
}

fn exchange_cells(exchange: &Exchange) -> [Cell; 4] {
    let [packets, bytes] = Cell::volume(exchange.total());
    [
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
