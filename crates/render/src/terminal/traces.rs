//! Event traces: what each says of itself, and who wrote how many events.

use whotalks_case::traces::{Description, EventSummary, ProviderSummary, Summary, TraceHeader};

use super::Face;
use super::ink::Role;
use super::page::Page;
use super::table::{Cell, Column, Cut, lines};
use crate::messages::TraceMessage;

/// Blanks before the details of one trace.
const INDENT: usize = 2;

/// Issues shown of one trace.
const MOST_ISSUES: usize = 4;

pub(super) fn write(face: &Face, traces: &[(String, Summary)]) -> String {
    let mut page = face.page();
    for (number, (path, summary)) in traces.iter().enumerate() {
        if number > 0 {
            page.gap();
        }
        page.line(0, &face.ink.paint(Role::Heading, path));
        head(face, &mut page, summary);
        providers(face, &mut page, summary);
        for issue in summary
            .issues
            .iter()
            .take(face.shown(summary.issues.len(), MOST_ISSUES))
        {
            page.line(INDENT, &face.ink.paint(Role::Caution, &face.words.issue(issue)));
        }
    }
    page.finish()
}

fn head(face: &Face, page: &mut Page, summary: &Summary) {
    let mut say = |role, message: TraceMessage| {
        page.line(INDENT, &face.ink.paint(role, &face.words.text(&message)));
    };
    match &summary.header {
        Some(header) => of_header(header, &mut say),
        None => say(Role::Alarm, TraceMessage::NoHeader),
    }
    let totals = &summary.totals;
    say(
        Role::Plain,
        TraceMessage::Events {
            events: totals.events,
            buffers: totals.buffers,
        },
    );
    if totals.wrapped {
        say(Role::Caution, TraceMessage::Wrapped);
    }
    if summary.uncounted > 0 {
        say(
            Role::Caution,
            TraceMessage::Uncounted {
                count: summary.uncounted,
            },
        );
    }
    say(Role::Plain, packets(summary));
    let period = face.words.period_and_length(totals.first, totals.last);
    page.line(INDENT, &face.ink.plain(&period));
}

fn of_header(header: &TraceHeader, say: &mut impl FnMut(Role, TraceMessage)) {
    let (build, processors) = (header.build.to_string(), header.processors.into());
    say(Role::Plain, TraceMessage::System { build, processors });
    if let (Some(session), Some(file)) = (&header.session, &header.file) {
        let (session, file) = (session.to_string(), file.to_string());
        say(Role::Plain, TraceMessage::Session { session, file });
    }
    if header.is_one_of_several {
        say(Role::Plain, TraceMessage::OneOfSeveral);
    }
    let (events, buffers) = (u64::from(header.events_lost), u64::from(header.buffers_lost));
    let role = if events + buffers > 0 {
        Role::Caution
    } else {
        Role::Plain
    };
    say(role, TraceMessage::Lost { events, buffers });
    if header.end.is_none() {
        say(Role::Caution, TraceMessage::Unclosed);
    }
}

fn packets(summary: &Summary) -> TraceMessage {
    if summary.packets == 0 {
        return TraceMessage::NoPackets;
    }
    TraceMessage::Packets {
        packets: summary.packets,
        folded: summary.folded_packets,
        dropped: summary.dropped_packets,
    }
}

/// A row for each provider, and with `--wide` one for each of its events.
fn providers(face: &Face, page: &mut Page, summary: &Summary) {
    let columns = [
        Column::number(),
        Column::flexible(Cut::Middle, 20),
        Column::fixed(),
        Column::fixed(),
    ];
    let mut rows = Vec::new();
    for provider in &summary.providers {
        rows.push(of_provider(face, provider));
        if face.wide {
            rows.extend(provider.events.iter().map(|event| of_event(face, event)));
        }
    }
    for line in lines(face.ink, &columns, &rows, (!face.wide).then_some(face.width)) {
        page.verbatim(&line);
    }
}

fn of_provider(face: &Face, provider: &ProviderSummary) -> Vec<Cell> {
    let unknown = || face.words.text(&TraceMessage::UnknownProvider);
    let name = provider.name.as_deref().map_or_else(unknown, str::to_owned);
    let mut descriptions: Vec<_> = provider.events.iter().map(|event| event.description).collect();
    descriptions.sort_unstable();
    descriptions.dedup();
    let described: Vec<_> = descriptions
        .iter()
        .map(|one| face.words.text(&described_by(*one)))
        .collect();
    vec![
        Cell::new(Role::Plain, &provider.count().to_string()),
        Cell::new(Role::Heading, &name),
        Cell::new(Role::Muted, &provider.provider.to_string()),
        Cell::new(Role::Muted, &described.join(" / ")),
    ]
}

fn of_event(face: &Face, event: &EventSummary) -> Vec<Cell> {
    let name = event.name.as_deref().unwrap_or_default();
    let (id, version, opcode) = (event.id, event.version, event.opcode);
    vec![
        Cell::new(Role::Plain, &event.count.to_string()),
        Cell::new(Role::Plain, &format!("  {id} v{version} ({opcode})")),
        Cell::new(Role::Plain, name),
        Cell::new(Role::Muted, &face.words.text(&described_by(event.description))),
    ]
}

const fn described_by(description: Description) -> TraceMessage {
    match description {
        Description::Template => TraceMessage::ByTemplate,
        Description::Itself => TraceMessage::ByItself,
        Description::Symbols => TraceMessage::BySymbols,
        Description::Unknown => TraceMessage::ByNobody,
    }
}
