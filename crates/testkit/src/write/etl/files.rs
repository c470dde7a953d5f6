//! The traces of a scenario as files, and what of its events is left in them.

use super::payload::{packet_fragment, pktmon_component, pktmon_packet};
use super::provider;
use super::trace::{Layout, TraceEvent, TraceWriter};
use crate::events::trace::{TraceAbout, TraceNote, TracePart, layout, trace_notes, window};
use crate::scenario::model::{Host, Packet, Scenario};
use crate::scenario::{TraceLayout, loss};
use crate::write::pcapng::captured_packets;
use std::collections::BTreeSet;

/// The names of the files of a session, in the order in which they are written.
pub(crate) const TRACE_FILES: [&str; 5] = ["trace.etl", "trace_2.etl", "trace_3.etl", "afd.etl", "dnscli.etl"];

/// Files that one session writes one after the other.
const FILES_IN_TURN: i64 = 3;
/// Where a file wraps around, in mebibytes: the least that Windows takes.
const WRAPS_AT_MEBIBYTES: u32 = 1;
/// Bytes of a packet that the packet monitor logs, unless told otherwise.
const WHOLE_PACKET: usize = 65_535;

/// The trace of a host.
pub(crate) struct Traced {
    /// The files, by name.
    pub(crate) files: Vec<(&'static str, Vec<u8>)>,
    /// What the events that are left tell.
    pub(crate) told: BTreeSet<TraceAbout>,
    /// What events tell that were written and did not reach the file.
    pub(crate) gone: BTreeSet<TraceAbout>,
    /// The true instant of the first event that is left, or of the start of the session.
    pub(crate) begins_ns: i64,
    /// Whether buffers were lost.
    pub(crate) lost: bool,
}

/// Writes the sockets, names and processes of a host.
pub(crate) fn traced(scenario: &Scenario, host: &Host) -> Traced {
    let notes = trace_notes(scenario, host);
    let base = layout(scenario, host);
    let window = window(scenario);
    let length_ns = (window.ends_ns - window.begins_ns) / FILES_IN_TURN + 1;
    let mut traced = Traced {
        files: Vec::new(),
        told: BTreeSet::new(),
        gone: BTreeSet::new(),
        begins_ns: window.begins_ns,
        lost: false,
    };
    let name_of = |note: &TraceNote| match (scenario.knobs.trace.layout, note.part) {
        (TraceLayout::ByProvider, TracePart::Driver) => "afd.etl",
        (TraceLayout::ByProvider, TracePart::Programs) => "dnscli.etl",
        (TraceLayout::InTurn, _) => match (note.time_ns - window.begins_ns) / length_ns {
            0 => "trace.etl",
            1 => "trace_2.etl",
            _ => "trace_3.etl",
        },
        _ => "trace.etl",
    };
    let layout_of_files = scenario.knobs.trace.layout;
    let layout = match layout_of_files {
        TraceLayout::InTurn => Layout {
            // Each file but the last ends when the next one begins.
            end_ns: 0,
            ..base
        },
        TraceLayout::Circular => Layout {
            wraps_at_mebibytes: WRAPS_AT_MEBIBYTES,
            ..base
        },
        _ => base,
    };
    for (number, name) in (1..).zip(TRACE_FILES) {
        let of_file: Vec<&TraceNote> = notes.iter().filter(|note| name_of(note) == name).collect();
        if !of_file.is_empty() {
            let layout = Layout {
                file_number: match layout_of_files {
                    TraceLayout::InTurn => number,
                    _ => 0,
                },
                ..layout
            };
            write_file(name, &of_file, (layout, host.skew_ns), &mut traced);
        }
    }
    traced
}

fn write_file(name: &'static str, notes: &[&TraceNote], (layout, skew_ns): (Layout, i64), traced: &mut Traced) {
    let mut writer = TraceWriter::new(layout);
    for (number, note) in notes.iter().enumerate() {
        let event = TraceEvent {
            time_ns: note.time_ns + skew_ns,
            ..note.event.clone()
        };
        let processor = u16::try_from(number % usize::from(layout.processors)).unwrap_or(0);
        writer.event(processor, &event);
    }
    let written = writer.finish_and_tell();
    let left: Vec<&&TraceNote> = written.kept.iter().filter_map(|number| notes.get(*number)).collect();
    traced.told.extend(left.iter().map(|note| note.about));
    if written.wrapped {
        let first = left.iter().map(|note| note.time_ns).min();
        traced.begins_ns = first.unwrap_or(traced.begins_ns);
    }
    let kept: BTreeSet<usize> = written.kept.iter().copied().collect();
    let gone = notes.iter().enumerate().filter(|(number, _)| !kept.contains(number));
    let gone = gone.filter(|(_, note)| note.time_ns >= traced.begins_ns);
    traced.gone.extend(gone.map(|(_, note)| note.about));
    traced.lost |= written.buffers_dropped > 0;
    traced.files.push((name, written.bytes));
}

/// Writes the packets of a host as `netsh trace` or the packet monitor do, each as two drivers or components see it.
pub(crate) fn packet_trace(scenario: &Scenario, host: &Host) -> Vec<u8> {
    let knobs = &scenario.knobs.trace;
    let lost = loss::dropped(host, scenario.capture);
    let mut writer = TraceWriter::new(Layout {
        start_ns: scenario.capture.begins_ns + host.skew_ns,
        processors: 1,
        buffer_bytes: 0x10000,
        compressed: knobs.compressed,
        events_lost: u32::try_from(lost).unwrap_or(u32::MAX),
        ..Layout::default()
    });
    if knobs.monitor {
        for (component, name) in [(1, "Ethernet"), (2, "tcpip.sys")] {
            let payload = pktmon_component(component, name);
            writer.event(
                0,
                &event(
                    provider::PKTMON,
                    20,
                    0,
                    payload,
                    scenario.capture.begins_ns + host.skew_ns,
                ),
            );
        }
    }
    for (number, packet) in (1_u64..).zip(captured_packets(scenario, host)) {
        let time_ns = packet.time_ns + host.skew_ns;
        let most = scenario.knobs.snap_length.map_or(WHOLE_PACKET, |most| most as usize);
        for sight in 1..=2 {
            writer.event(0, &sighting(knobs.monitor, packet, (number, sight), most, time_ns));
        }
    }
    writer.finish()
}

/// A packet as the first or the second driver or component sees it.
fn sighting(monitor: bool, packet: &Packet, (number, sight): (u64, u16), most: usize, time_ns: i64) -> TraceEvent {
    let bytes = &packet.frame.bytes;
    let kept = bytes.get(..most).unwrap_or(bytes);
    if monitor {
        let payload = pktmon_packet(number, 1, sight, 0, kept);
        return event(provider::PKTMON, 160, 0x8000_0000_0000_0010, payload, time_ns);
    }
    let way = if packet.from_local {
        0x1_0000_0000
    } else {
        0x2_0000_0000
    };
    let payload = packet_fragment(8, sight.into(), kept);
    event(
        provider::PACKET_CAPTURE,
        1_001,
        0x8000_0000_c000_0001 | way,
        payload,
        time_ns,
    )
}

fn event(provider: &'static str, id: u16, keywords: u64, payload: Vec<u8>, time_ns: i64) -> TraceEvent {
    TraceEvent {
        provider,
        id,
        keywords,
        // The process whose thread happened to run.
        process_id: 1_234,
        time_ns,
        payload,
        ..TraceEvent::default()
    }
}
