//! The overview.

use serde_json::{Value, json};
use whotalks_report::{
    BlockRow, DropRow, EndpointEvent, EndpointEventKind, EndpointRow, HostLine, Overview, Timeline, TimelineMark,
    TimelineMarkKind, UnknownRow, event_word,
};

use super::attribution::{explanation, filter, name, program, reason};
use super::evidence::{clock, coverage, lines};
use super::finding::{finding, policy};
use super::host::{bundles, settings};
use super::value::{citation, citations, endpoint, list, maybe, maybe_time, remedy, span_ns, text, texts, time};
use super::vocabulary::{aspect, direction, verdict};

pub(super) fn overview(overview: &Overview) -> Value {
    json!({
        "evidence": lines(&overview.evidence),
        "hosts": list(&overview.hosts, host),
        "range": overview.range.map(|(first, last)| json!({ "first": time(first), "last": time(last) })),
        "clocks": list(&overview.clocks, clock),
        "bundles": bundles(&overview.bundles),
        "settings": settings(&overview.settings),
        "findings": list(&overview.findings, finding),
        "policy": maybe(overview.policy.as_ref(), policy),
        "endpoints": list(&overview.endpoints, row),
        "endpoints_omitted": overview.endpoints_omitted,
        "blocked": list(&overview.blocked, blocked),
        "drops": list(&overview.drops, dropped),
        "unknowns": list(&overview.unknowns, unknown),
        "coverage": list(&overview.coverage, coverage),
        "timeline": timeline(&overview.timeline),
        "catalogue_version": overview.catalogue_version.as_ref(),
        "next": texts(&overview.next),
    })
}

fn host(host: &HostLine) -> Value {
    json!({
        "name": text(host.name.as_ref()),
        "addresses": host.addresses.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn row(row: &EndpointRow) -> Value {
    json!({
        "host": text(row.host.as_ref()),
        "remote": endpoint(&row.remote),
        "protocol": row.protocol.0,
        "direction": row.direction.map(direction),
        "name": maybe(row.name.as_ref(), name),
        "other_names": list(&row.other_names, name),
        "program": program(&row.program),
        "conversations": row.conversations,
        "sent_bytes": row.sent_bytes,
        "received_bytes": row.received_bytes,
        "first": maybe_time(row.first),
        "last": maybe_time(row.last),
        "initial_rtt_ns": span_ns(row.initial_rtt),
        "decision": verdict(row.verdict),
        "filter": maybe(row.filter.as_ref(), filter),
        "explanation": explanation(&row.explanation),
        "citations": citations(&row.citations),
        "unknowns": list(&row.unknowns, |(what, why)| json!({ "aspect": aspect(*what), "reason": reason(why) })),
        "events": list(&row.events, event),
    })
}

fn event(event: &EndpointEvent) -> Value {
    let kind = match &event.kind {
        EndpointEventKind::ProcessStart(image) => json!({ "kind": "process_start", "image": image.as_ref() }),
        EndpointEventKind::NameSeen(name) => json!({ "kind": "name_seen", "name": name.as_ref() }),
        EndpointEventKind::Connect { local_port, bytes } => {
            json!({ "kind": "connect", "local_port": local_port, "bytes": bytes })
        }
        EndpointEventKind::Block => json!({ "kind": "block" }),
        EndpointEventKind::Close => json!({ "kind": "close" }),
        EndpointEventKind::ProcessEnd => json!({ "kind": "process_end" }),
    };
    json!({ "time": time(event.time), "event": kind, "citation": citation(&event.citation) })
}

fn blocked(row: &BlockRow) -> Value {
    json!({
        "host": text(row.host.as_ref()),
        "program": program(&row.program),
        "remote": maybe(row.remote.as_ref(), endpoint),
        "protocol": row.protocol.map(|protocol| protocol.0),
        "direction": row.direction.map(direction),
        "filter": maybe(row.filter.as_ref(), filter),
        "connections": row.connections,
        "event": &*event_word(row.event),
        "event_id": row.event.event_id(),
        "citations": citations(&row.citations),
        "unknown": maybe(row.unknown.as_ref(), reason),
    })
}

fn dropped(row: &DropRow) -> Value {
    json!({
        "host": text(row.host.as_ref()),
        "flows": row.flows,
        "packets": row.packets,
        "late_segments": row.late_segments,
        "filter": maybe(row.filter.as_ref(), filter),
        "citations": citations(&row.citations),
    })
}

fn unknown(row: &UnknownRow) -> Value {
    json!({
        "aspect": aspect(row.aspect),
        "reason": reason(&row.reason),
        "conversations": row.conversations,
        "example": maybe(row.example.as_ref(), endpoint),
        "citations": citations(&row.citations),
        "remedy": maybe(row.remedy.as_ref(), remedy),
    })
}

fn timeline(timeline: &Timeline) -> Value {
    json!({
        "start": maybe_time(timeline.start),
        "bucket_ns": timeline.bucket.0,
        "sent_bytes": timeline.sent_bytes,
        "received_bytes": timeline.received_bytes,
        "marks": list(&timeline.marks, mark),
    })
}

/// `finding` is the place in `findings`, from 0; null for a block.
fn mark(mark: &TimelineMark) -> Value {
    let (kind, finding) = match mark.kind {
        TimelineMarkKind::Block => ("block", None),
        TimelineMarkKind::Finding(place) => ("finding", Some(place)),
    };
    json!({ "time": time(mark.time), "kind": kind, "finding": finding })
}
