//! The endpoints as CSV (RFC 4180), for spreadsheets: one row per endpoint row.
//!
//! The columns are the same in both languages, so that scripts can rely on them; new ones are only added at the end. Texts pass
//! [`sanitize::csv_cell`](crate::sanitize::csv_cell): a text that a spreadsheet would take for a formula begins with an
//! apostrophe. Times are RFC 3339 in UTC with nine decimals, sizes are bytes, an empty cell is "not known".

use jiff::Timestamp as Instant;
use whotalks_record::{Text, Timestamp};
use whotalks_report::{EndpointRow, Explanation, Overview};

use crate::json::vocabulary;
use crate::sanitize::csv_cell;

/// The titles of the columns.
pub const COLUMNS: [&str; 30] = [
    "host",
    "remote_address",
    "remote_port",
    "protocol",
    "direction",
    "name",
    "name_evidence",
    "name_grade",
    "other_names",
    "program",
    "image",
    "pids",
    "services",
    "service_grade",
    "program_grade",
    "program_rule",
    "program_conflicts",
    "program_relayed_for",
    "conversations",
    "sent_bytes",
    "received_bytes",
    "first",
    "last",
    "initial_rtt_ns",
    "decision",
    "filter_id",
    "filter_name",
    "verdict",
    "feature",
    "citations",
];

/// Between several values in one cell.
const SEPARATOR: &str = "; ";

/// The endpoints of an overview, with a byte order mark first: without it spreadsheets read Japanese in a legacy code page.
pub fn endpoints(overview: &Overview) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing into memory cannot fail, and every record has the same number of cells.
    let _ = writer.write_record(COLUMNS);
    for row in &overview.endpoints {
        let _ = writer.write_record(cells(row).iter().map(|cell| csv_cell(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

fn cells(row: &EndpointRow) -> [String; 30] {
    let [name, name_evidence, name_grade] = name_cells(row);
    let [
        program,
        image,
        pids,
        services,
        service_grade,
        program_grade,
        rule,
        conflicts,
        relayed_for,
    ] = program_cells(row);
    let [filter_id, filter_name] = filter_cells(row);
    let (verdict, feature) = verdict_cells(&row.explanation);
    [
        text(row.host.as_ref()),
        row.remote.address.to_string(),
        row.remote.port.to_string(),
        row.protocol.to_string(),
        row.direction.map(vocabulary::direction).unwrap_or_default().to_owned(),
        name,
        name_evidence,
        name_grade,
        joined(row.other_names.iter().map(|name| name.name.to_string())),
        program,
        image,
        pids,
        services,
        service_grade,
        program_grade,
        rule,
        conflicts,
        relayed_for,
        row.conversations.to_string(),
        number(row.sent_bytes),
        number(row.received_bytes),
        time(row.first),
        time(row.last),
        number(row.initial_rtt.map(|rtt| rtt.0.unsigned_abs())),
        vocabulary::verdict(row.verdict).to_owned(),
        filter_id,
        filter_name,
        verdict.to_owned(),
        feature,
        joined(row.citations.iter().map(|citation| citation.span.to_string())),
    ]
}

fn name_cells(row: &EndpointRow) -> [String; 3] {
    row.name.as_ref().map_or_else(Default::default, |name| {
        [
            name.name.to_string(),
            vocabulary::name_evidence(name.evidence).to_owned(),
            name.grade.word().to_owned(),
        ]
    })
}

fn program_cells(row: &EndpointRow) -> [String; 9] {
    let program = &row.program;
    let service_grade = if program.service.services.is_empty() {
        ""
    } else {
        program.service.grade.word()
    };
    [
        text(program.name.as_ref()),
        text(program.image.as_ref()),
        joined(program.pids.iter().map(ToString::to_string)),
        joined(program.service.services.iter().map(ToString::to_string)),
        service_grade.to_owned(),
        program.grade.word().to_owned(),
        program
            .rule
            .map(vocabulary::process_rule)
            .unwrap_or_default()
            .to_owned(),
        joined(program.conflicts.iter().map(ToString::to_string)),
        joined(program.relayed_for.iter().map(|relayed| relayed.program.to_string())),
    ]
}

fn filter_cells(row: &EndpointRow) -> [String; 2] {
    row.filter.as_ref().map_or_else(Default::default, |filter| {
        [filter.id.0.to_string(), text(filter.name.as_ref())]
    })
}

fn verdict_cells(explanation: &Explanation) -> (&'static str, String) {
    match explanation {
        Explanation::Known(known) => ("known", known.feature.to_string()),
        Explanation::KnownButUnexpectedProgram(known) => ("known_but_unexpected_program", known.feature.to_string()),
        Explanation::Explained => ("explained", String::new()),
        Explanation::Unknown { suspicious: false } => ("unknown", String::new()),
        Explanation::Unknown { suspicious: true } => ("unknown_and_suspicious", String::new()),
    }
}

fn text(text: Option<&Text>) -> String {
    text.map(Text::to_string).unwrap_or_default()
}

fn number(number: Option<u64>) -> String {
    number.map(|it| it.to_string()).unwrap_or_default()
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(SEPARATOR)
}

fn time(time: Option<Timestamp>) -> String {
    let instant = time.and_then(|time| Instant::from_nanosecond(i128::from(time.nanoseconds())).ok());
    instant
        .map(|it| it.strftime("%Y-%m-%dT%H:%M:%S%.9fZ").to_string())
        .unwrap_or_default()
}
