//! Table `SourceRanges`.

use whotalks_record as record;
use whotalks_record::{ClockBasis, EventClock, Nanoseconds, SourceKind, SourceRange, Text, Timestamp, TraceSession};

use crate::declare::{columns, table};

table! {
    /// What each source covered and lost: the raw material of the coverage ledger.
    pub struct SourceRanges(Observed);
    SourceRange as range {
        /// The number of the piece of evidence; joins with `Evidence`.
        EvidenceId: record::EvidenceId [Reader] = range.evidence;
        /// Which source.
        Source: SourceKind [Reader] = range.source;
        /// The computer, where the evidence names it.
        Host: Option<Text> [Evidence lookup] = range.host;
        /// The interface of a capture.
        Interface: Option<Text> [Evidence] = range.interface;
        /// The earliest time in it.
        First: Option<Timestamp> [Evidence] = range.first;
        /// The latest time in it.
        Last: Option<Timestamp> [Evidence] = range.last;
        /// How many packets, events or rows were read.
        Units: u64 [Reader] = range.units;
        /// How many units the source itself says it lost; none where it cannot say.
        Lost: Option<u64> [Evidence] = range.lost;
        /// The weakest basis of the times of an event log; none for other sources.
        ClockBasis: Option<ClockBasis> [Reader] = range.clock.map(|clock| clock.basis);
        /// How far the exporter's time column runs ahead of UTC.
        ExporterOffset: Option<Nanoseconds> [Reader] = range.clock.and_then(|clock| clock.exporter_offset);
        /// The session that wrote it, where it wrote several files.
        Session: Option<Text> [Evidence] = range.session.as_ref().map(|session| Text::clone(&session.name));
        /// When the computer of that session was started.
        SessionBoot: Option<Timestamp> [Evidence] = range.session.as_ref().map(|session| session.boot);
        /// When that session was started.
        SessionStart: Option<Timestamp> [Evidence] = range.session.as_ref().map(|session| session.start);
        /// The number of the file among those of its session.
        SessionFile: Option<u32> [Evidence] = range.session.as_ref().map(|session| session.file);
    } => SourceRange {
        evidence: EvidenceId,
        source: Source,
        host: Host,
        interface: Interface,
        first: First,
        last: Last,
        units: Units,
        lost: Lost,
        clock: ClockBasis.map(|basis| EventClock { basis, exporter_offset: ExporterOffset }),
        session: session(Session, SessionBoot, SessionStart, SessionFile),
    }
}

fn session(
    name: Option<Text>,
    boot: Option<Timestamp>,
    start: Option<Timestamp>,
    file: Option<u32>,
) -> Option<TraceSession> {
    Some(TraceSession {
        name: name?,
        boot: boot?,
        start: start?,
        file: file?,
    })
}
