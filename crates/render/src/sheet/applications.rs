//! What applications said.

use whotalks_fields::{find, info};
use whotalks_packets::statistics::{
    Applications, DnsOutcome, DnsQuestion, HttpAnswers, HttpRequests, Seen, TlsHandshakes,
};

use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

pub(super) fn dns(applications: &Applications, limit: usize) -> Vec<Sheet> {
    let question = |row: &DnsQuestion| {
        let number = row.record_type.0;
        let mut cells = vec![
            Cell::Text(row.name.clone()),
            Cell::Text(label("dns.qry.type", number)),
            Cell::Identifier(number.into()),
        ];
        cells.extend(seen(row.seen));
        cells
    };
    let outcome = |row: &DnsOutcome| {
        let number = row.response_code;
        let mut cells = vec![
            Cell::Text(label("dns.flags.rcode", number)),
            Cell::Identifier(number.into()),
        ];
        cells.extend(seen(row.seen));
        cells
    };
    let questions = heads([
        Head::text("name", M::ColumnName),
        Head::text("record_type", M::ColumnType),
        Head::number("record_type_number", M::ColumnType).data(),
    ]);
    let outcomes = heads([
        Head::text("outcome", M::ColumnOutcome),
        Head::number("response_code", M::ColumnOutcome).data(),
    ]);
    vec![
        Sheet::new("dns_questions", M::DnsQuestions, questions).with(&applications.dns_questions, limit, question),
        Sheet::new("dns_outcomes", M::DnsOutcomes, outcomes).with(&applications.dns_outcomes, limit, outcome),
    ]
}

pub(super) fn http(applications: &Applications, limit: usize) -> Vec<Sheet> {
    let request = |row: &HttpRequests| {
        let mut cells = vec![named(&row.host), Cell::Text(row.method.clone())];
        cells.extend(seen(row.seen));
        cells
    };
    let answer = |row: &HttpAnswers| {
        let mut cells = vec![Cell::Identifier(row.status.into())];
        cells.extend(seen(row.seen));
        cells
    };
    let requests = heads([Head::text("host", M::ColumnHost), Head::text("method", M::ColumnMethod)]);
    let answers = heads([Head::number("status", M::ColumnStatus)]);
    vec![
        Sheet::new("http_requests", M::HttpRequests, requests).with(&applications.http_requests, limit, request),
        Sheet::new("http_answers", M::HttpAnswers, answers).with(&applications.http_answers, limit, answer),
    ]
}

pub(super) fn tls(applications: &Applications, limit: usize) -> Vec<Sheet> {
    let row = |row: &TlsHandshakes| {
        let mut cells = vec![
            named(&row.server_name),
            Cell::text(row.version),
            Cell::text(if row.in_quic { "QUIC" } else { "TCP" }),
        ];
        cells.extend(seen(row.seen));
        cells
    };
    let heads = heads([
        Head::text("server_name", M::ColumnName),
        Head::text("version", M::ColumnVersion),
        Head::text("transport", M::ColumnTransport),
    ]);
    vec![Sheet::new("tls_handshakes", M::TlsHandshakes, heads).with(&applications.tls, limit, row)]
}

fn heads<const COUNT: usize>(own: [Head; COUNT]) -> Vec<Head> {
    let shared = [
        Head::number("count", M::ColumnCount),
        Head::number("first_packet", M::ColumnFirstPacket),
    ];
    own.into_iter().chain(shared).collect()
}

fn seen(seen: Seen) -> [Cell; 2] {
    [Cell::Count(seen.count), Cell::Identifier(seen.first_packet)]
}

/// What has no name has none, rather than an empty one.
fn named(name: &str) -> Cell {
    if name.is_empty() { Cell::Empty } else { Cell::text(name) }
}

/// The name of a number as the fields know it; the number where it has none.
fn label(field: &str, number: u16) -> String {
    let name = find(field)
        .and_then(info)
        .and_then(|field| field.labels.name(number.into()));
    name.map_or_else(|| number.to_string(), str::to_owned)
}
