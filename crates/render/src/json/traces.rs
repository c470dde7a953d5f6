//! Event traces.

use serde_json::{Value, json};
use whotalks_case::traces::{ClockKind, Description, EventSummary, Origin, ProviderSummary, Summary, TraceHeader};

use super::evidence::issue;
use super::value::{list, maybe_time, text, time};

pub(super) fn traces(traces: &[(String, Summary)]) -> Value {
    list(traces, |(path, summary)| trace(path, summary))
}

fn trace(path: &str, summary: &Summary) -> Value {
    let totals = &summary.totals;
    json!({
        "path": path,
        "header": summary.header.as_ref().map(header),
        "events": totals.events,
        "first": maybe_time(totals.first),
        "last": maybe_time(totals.last),
        "buffers": totals.buffers,
        "compressed_buffers": totals.compressed_buffers,
        "wrapped": totals.wrapped,
        "packets": summary.packets,
        "folded_packets": summary.folded_packets,
        "dropped_packets": summary.dropped_packets,
        "uncounted_events": summary.uncounted,
        "providers": list(&summary.providers, provider),
        "issues": list(&summary.issues, issue),
    })
}

fn header(header: &TraceHeader) -> Value {
    json!({
        "build": header.build,
        "processors": header.processors,
        "start": time(header.start),
        "end": maybe_time(header.end),
        "boot": maybe_time(header.boot),
        "utc_offset_ns": header.utc_offset.0,
        "clock": clock(header.clock),
        "session": text(header.session.as_ref()),
        "file": text(header.file.as_ref()),
        "one_of_several": header.is_one_of_several,
        "events_lost": header.events_lost,
        "buffers_lost": header.buffers_lost,
    })
}

fn provider(provider: &ProviderSummary) -> Value {
    json!({
        "guid": provider.provider.to_string(),
        "name": text(provider.name.as_ref()),
        "count": provider.count(),
        "events": list(&provider.events, event),
    })
}

fn event(event: &EventSummary) -> Value {
    json!({
        "origin": origin(event.origin),
        "id": event.id,
        "version": event.version,
        "opcode": event.opcode,
        "name": text(event.name.as_ref()),
        "described_by": described_by(event.description),
        "count": event.count,
    })
}

const fn clock(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::PerformanceCounter => "performance_counter",
        ClockKind::SystemTime => "system_time",
        ClockKind::ProcessorCycles => "processor_cycles",
    }
}

const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Manifest => "manifest",
        Origin::Kernel => "kernel",
        Origin::Classic => "classic",
        Origin::Instance => "instance",
        Origin::Message => "message",
        Origin::Opaque => "opaque",
    }
}

const fn described_by(description: Description) -> &'static str {
    match description {
        Description::Template => "template",
        Description::Itself => "itself",
        Description::Symbols => "symbols",
        Description::Unknown => "unknown",
    }
}
