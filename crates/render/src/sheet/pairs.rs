//! Conversations of pairs of addresses, and their endpoints.

use std::fmt::Display;

use whotalks_packets::statistics::{Endpoint, Exchange, Pair};

use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

pub(super) fn conversations<A: Display>(key: &'static str, title: M, pairs: &[Pair<A>], limit: usize) -> Sheet {
    let mut heads = vec![Head::text("a", M::ColumnA), Head::text("b", M::ColumnB)];
    heads.extend(exchange_heads());
    let row = |pair: &Pair<A>| {
        let mut cells = vec![Cell::text(&pair.a), Cell::text(&pair.b)];
        cells.extend(exchange_cells(&pair.exchange));
        cells
    };
    Sheet::new(key, title, heads).with(pairs, limit, row)
}

pub(super) fn endpoints<A: Display>(key: &'static str, title: M, endpoints: &[Endpoint<A>], limit: usize) -> Sheet {
    let heads = vec![
        Head::text("address", M::ColumnAddress),
        Head::number("packets", M::ColumnPackets),
        Head::number("total_bytes", M::ColumnSize),
        Head::number("sent_packets", M::ColumnPacketsSent).rank(2),
        Head::number("sent_bytes", M::ColumnSent),
        Head::number("received_packets", M::ColumnPacketsReceived).rank(1),
        Head::number("received_bytes", M::ColumnReceived),
    ];
    let row = |row: &Endpoint<A>| {
        let mut cells = vec![Cell::text(&row.address)];
        for volume in [row.sent.with(row.received), row.sent, row.received] {
            cells.extend(Cell::volume(volume));
        }
        cells
    };
    Sheet::new(key, title, heads).with(endpoints, limit, row)
}

pub(super) fn exchange_heads() -> [Head; 8] {
    [
        Head::number("packets", M::ColumnPackets),
        Head::number("total_bytes", M::ColumnSize),
        Head::number("a_to_b_packets", M::ColumnPacketsForth).rank(5),
        Head::number("a_to_b_bytes", M::ColumnForth).rank(2),
        Head::number("b_to_a_packets", M::ColumnPacketsBack).rank(4),
        Head::number("b_to_a_bytes", M::ColumnBack).rank(1),
        Head::number("start_ns", M::ColumnStart).rank(3),
        Head::number("duration_ns", M::ColumnDuration),
    ]
}

pub(super) fn exchange_cells(exchange: &Exchange) -> Vec<Cell> {
    let mut cells: Vec<Cell> = [exchange.total(), exchange.forth, exchange.back]
        .into_iter()
        .flat_map(Cell::volume)
        .collect();
    cells.push(Cell::Seconds(exchange.first));
    cells.push(Cell::Seconds(exchange.duration()));
    cells
}
