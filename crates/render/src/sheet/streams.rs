//! TCP and UDP streams.

use std::cmp::Reverse;

use whotalks_packets::statistics::StreamRow;
use whotalks_record::{ApplicationProtocol, Endpoint, IpProtocol};

use super::pairs::{exchange_cells, exchange_heads};
use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

/// The streams with most bytes first.
pub(super) fn sheet(key: &'static str, title: M, streams: &[StreamRow], limit: usize) -> Sheet {
    let is_tcp = streams.first().is_some_and(|row| row.protocol == IpProtocol::TCP);
    let mut heads = vec![
        Head::number("stream", M::ColumnStream),
        Head::text("a", M::ColumnA),
        Head::text("b", M::ColumnB),
    ];
    heads.extend(exchange_heads());
    heads.push(Head::text("application", M::ColumnApplication));
    if is_tcp {
        heads.push(Head::number("initial_rtt_ns", M::ColumnRoundTrip));
        heads.push(Head::number("retransmissions", M::ColumnRetransmissions).rank(6));
    }
    let mut rows: Vec<&StreamRow> = streams.iter().collect();
    rows.sort_by_key(|row| (Reverse(row.exchange.total().bytes), row.number));
    Sheet::new(key, title, heads).with(&rows, limit, |row| cells(row, is_tcp))
}

fn cells(row: &StreamRow, is_tcp: bool) -> Vec<Cell> {
    let [a, b] = ends(row);
    let mut cells = vec![Cell::Identifier(row.number.0.into()), Cell::text(a), Cell::text(b)];
    cells.extend(exchange_cells(&row.exchange));
    cells.push(match row.application {
        ApplicationProtocol::Unknown => Cell::Empty,
        application => Cell::text(application.word()),
    });
    if is_tcp {
        cells.push(Cell::maybe(row.handshake, |handshake| {
            Cell::Milliseconds(handshake.total)
        }));
        cells.push(Cell::Count(row.retransmissions.into()));
    }
    cells
}

/// Both ends with their ports.
fn ends(row: &StreamRow) -> [Endpoint; 2] {
    let end = |address, port| Endpoint { address, port };
    [
        end(row.ends.source, row.ends.ports.source),
        end(row.ends.destination, row.ends.ports.destination),
    ]
}
