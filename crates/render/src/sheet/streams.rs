//! TCP and UDP streams.

use std::cmp::Reverse;

use whotalks_packets::statistics::StreamRow;
use whotalks_record::{ApplicationProtocol, Endpoint, IpProtocol, RecognisedBy};

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
    heads.extend(content_heads());
    if is_tcp {
        heads.push(Head::number("initial_rtt_ns", M::ColumnRoundTrip));
        heads.push(Head::number("retransmissions", M::ColumnRetransmissions).rank(6));
    }
    let mut rows: Vec<&StreamRow> = streams.iter().collect();
    bring_forward(&mut rows, limit, |row| {
        (Reverse(row.exchange.total().bytes), row.number)
    });
    Sheet::new(key, title, heads).with(&rows, limit, |row| cells(row, is_tcp))
}

/// Brings the first `limit` rows to the front, in order. The order of the others, of which there may be millions, does not
/// matter.
fn bring_forward<T, K: Ord>(rows: &mut [T], limit: usize, key: impl Fn(&T) -> K) {
    if limit < rows.len() {
        rows.select_nth_unstable_by_key(limit, &key);
    }
    let shown = rows.len().min(limit);
    rows.get_mut(..shown).unwrap_or_default().sort_unstable_by_key(key);
}

fn cells(row: &StreamRow, is_tcp: bool) -> Vec<Cell> {
    let [a, b] = ends(row);
    let mut cells = vec![Cell::Identifier(row.number.0.into()), Cell::text(a), Cell::text(b)];
    cells.extend(exchange_cells(&row.exchange));
    cells.extend(content_cells(row));
    if is_tcp {
        cells.push(Cell::maybe(row.handshake, |handshake| {
            Cell::Milliseconds(handshake.total)
        }));
        cells.push(Cell::Count(row.retransmissions.into()));
    }
    cells
}

/// What a stream carries, and how that is known.
pub(super) fn content_heads() -> [Head; 2] {
    [
        Head::text("application", M::ColumnApplication),
        Head::text("recognised_by", M::ColumnRecognisedBy).data(),
    ]
}

/// The cells below [`content_heads`]. People read how it is known beside it, where it is not by the content alone.
pub(super) fn content_cells(row: &StreamRow) -> [Cell; 2] {
    let word = row.application.word();
    let application = word.to_owned();
    let what = match (row.application, row.recognised_by) {
        (ApplicationProtocol::Unknown, _) => Cell::Empty,
        (_, Some(RecognisedBy::Port)) => Cell::Word(word, M::RecognisedByPort { application }),
        (_, Some(RecognisedBy::Name)) => Cell::Word(word, M::RecognisedByName { application }),
        (_, Some(RecognisedBy::Tunnel)) => Cell::Word(word, M::RecognisedInTunnel { application }),
        (_, Some(RecognisedBy::Content) | None) => Cell::Text(application),
    };
    [what, Cell::maybe(row.recognised_by, |by| Cell::text(by.word()))]
}

/// Both ends with their ports.
fn ends(row: &StreamRow) -> [Endpoint; 2] {
    let end = |address, port| Endpoint { address, port };
    [
        end(row.ends.source, row.ends.ports.source),
        end(row.ends.destination, row.ends.ports.destination),
    ]
}
