//! TCP and UDP streams.

use std::cmp::Reverse;

use whotalks_packets::select::Annotate;
use whotalks_packets::statistics::{StreamRow, StreamRows};
use whotalks_record::{ApplicationProtocol, Endpoint, IpProtocol, RecognisedBy, Timestamp};

use super::comparison::grade;
use super::pairs::{exchange_cells, exchange_heads};
use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

/// What a case knows of the streams of a capture that began at `start`.
#[derive(Clone, Copy)]
pub(super) struct Known<'c> {
    pub(super) case: &'c dyn Annotate,
    pub(super) start: Option<Timestamp>,
}

/// The streams with most bytes first.
pub(super) fn sheet(
    key: &'static str,
    title: M,
    streams: &StreamRows,
    known: Option<Known<'_>>,
    limit: usize,
) -> Sheet {
    let is_tcp = streams.iter().next().is_some_and(|row| row.protocol == IpProtocol::TCP);
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
    if known.is_some() {
        heads.push(Head::text("process", M::ColumnProcess));
        heads.push(Head::number("pid", M::ColumnProcess).data());
        heads.push(Head::text("grade", M::ColumnGrade).data());
        heads.push(Head::text("name", M::ColumnName));
    }
    let rows = streams.foremost(limit, |row| (Reverse(row.exchange.total().bytes), row.number));
    Sheet::new(key, title, heads).with_foremost(&rows, streams.len(), |row| cells(row, is_tcp, known))
}

fn cells(row: &StreamRow, is_tcp: bool, known: Option<Known<'_>>) -> Vec<Cell> {
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
    cells.extend(known.into_iter().flat_map(|known| known.cells(row)));
    cells
}

impl Known<'_> {
    /// Program, process identifier, grade and name.
    fn cells(&self, row: &StreamRow) -> [Cell; 4] {
        let Some(known) = self.case.annotation(&row.subject(self.start)) else {
            return [Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty];
        };
        let is_known = known.process_name.is_some() || known.process_id.is_some();
        [
            Cell::maybe(known.process_name.as_ref(), Cell::text),
            Cell::maybe(known.process_id, |id| Cell::Identifier(id.into())),
            Cell::maybe(is_known.then_some(known.process_grade), grade),
            Cell::maybe(known.endpoint_name.as_ref(), Cell::text),
        ]
    }
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
