//! What the recognisers share: numbering listings, dating them, and handing records on.

use whotalks_record::{
    EvidenceId, Interner, Issue, IssueKind, ListingTool, Nanoseconds, Record, Sink, Snapshot, SourceKind, SourceRange,
    Span, Text, TimeSource, Timestamp,
};

use crate::command::Command;
use crate::stated_time::StatedTime;

/// How far a file's modification time may be from the moment of the listing: the tool writes the file itself, `netstat -b`
/// for minutes, and a collector may touch it up once more.
const FILE_TIME_UNCERTAINTY: Nanoseconds = Nanoseconds::from_seconds(300);

/// After so many lines that belong to no listing, a stated time is no longer about what follows.
const MOST_LINES_AFTER_TIME: u32 = 8;

/// Issues about single rows of one listing; more are only counted, since a listing without `-n` has thousands.
const MOST_ROW_ISSUES: u64 = 10;

/// The records of one run over one text.
pub(crate) struct Output<'a> {
    sink: &'a mut dyn Sink,
    evidence: EvidenceId,
    modified: Option<Timestamp>,
    next: u32,
    stated: Option<Stated>,
    /// The last command seen; the options of what follows.
    pub(crate) command: Command,
    /// One allocation for equal strings.
    pub(crate) shared: Interner,
}

/// A stated time, until it is used up.
struct Stated {
    time: StatedTime,
    unclaimed_lines: u32,
    used_by: Vec<ListingTool>,
}

/// A listing that is being read.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    /// Its number within the evidence.
    pub(crate) number: u32,
    /// Its time, where known.
    pub(crate) time: Option<Timestamp>,
    /// Its computer, where named.
    pub(crate) host: Option<Text>,
    source: SourceKind,
    units: u64,
    unreadable: u64,
}

impl<'a> Output<'a> {
    pub(crate) fn new(evidence: EvidenceId, modified: Option<Timestamp>, sink: &'a mut dyn Sink) -> Self {
        Self {
            sink,
            evidence,
            modified,
            next: 0,
            stated: None,
            command: Command::default(),
            shared: Interner::default(),
        }
    }

    /// How many listings were opened.
    pub(crate) const fn listings(&self) -> u32 {
        self.next
    }

    /// A line stated a time.
    pub(crate) fn state_time(&mut self, time: StatedTime) {
        self.stated = Some(Stated {
            time,
            unclaimed_lines: 0,
            used_by: Vec::new(),
        });
    }

    /// A line belonged to no listing.
    pub(crate) fn count_unclaimed(&mut self) {
        if let Some(stated) = &mut self.stated {
            stated.unclaimed_lines += 1;
            if stated.unclaimed_lines > MOST_LINES_AFTER_TIME {
                self.stated = None;
            }
        }
    }

    /// Opens a listing: its snapshot record goes out before its rows.
    pub(crate) fn open(&mut self, tool: ListingTool, span: Span, has_owners: bool) -> Listing {
        let (time, time_source, uncertainty) = self.time_for(tool);
        let host = self.command.host.as_deref().map(|host| self.shared.share(host));
        let number = self.next;
        self.next = self.next.saturating_add(1);
        self.sink.record(Record::Snapshot(Snapshot {
            span,
            number,
            tool,
            time,
            time_source,
            uncertainty,
            host: host.clone(),
            has_owners,
        }));
        Listing {
            number,
            time,
            host,
            source: source_of(tool),
            units: 0,
            unreadable: 0,
        }
    }

    /// A stated time serves one listing per tool: a second one was taken later, nobody says how much.
    fn time_for(&mut self, tool: ListingTool) -> (Option<Timestamp>, TimeSource, Nanoseconds) {
        let fresh = self.stated.as_mut().filter(|stated| !stated.used_by.contains(&tool));
        let stated = fresh.map(|stated| {
            stated.used_by.push(tool);
            stated.time
        });
        match (stated, self.modified) {
            (Some(stated), Some(modified)) if !stated.zoned && stated.time.distance(modified) <= stated.uncertainty => {
                // A local time of unknown zone that fits the file's own time adds nothing to it.
                (Some(modified), TimeSource::FileModified, FILE_TIME_UNCERTAINTY)
            }
            (Some(stated), _) => (Some(stated.time), TimeSource::Stated, stated.uncertainty),
            (None, Some(modified)) => (Some(modified), TimeSource::FileModified, FILE_TIME_UNCERTAINTY),
            (None, None) => (None, TimeSource::None, Nanoseconds::ZERO),
        }
    }

    /// A row of a listing.
    pub(crate) fn row(&mut self, listing: &mut Listing, record: Record) {
        listing.units = listing.units.saturating_add(1);
        self.sink.record(record);
    }

    /// A row of a listing that cannot be told; the first ones are shown, the others counted.
    pub(crate) fn unreadable_row(&mut self, listing: &mut Listing, issue: Issue) {
        listing.unreadable = listing.unreadable.saturating_add(1);
        if listing.unreadable <= MOST_ROW_ISSUES {
            self.issue(issue);
        }
    }

    /// Closes a listing: what it covered goes out.
    pub(crate) fn close(&mut self, listing: Listing, span: Span) {
        if listing.unreadable > MOST_ROW_ISSUES {
            let count = listing.unreadable - MOST_ROW_ISSUES;
            self.issue(Issue {
                span,
                kind: IssueKind::Skipped { unit: "row", count },
            });
        }
        self.sink.record(Record::Range(SourceRange {
            evidence: self.evidence,
            source: listing.source,
            host: listing.host,
            interface: None,
            first: listing.time,
            last: listing.time,
            units: listing.units,
            lost: None,
            clock: None,
            session: None,
        }));
    }

    /// Something that could not be read.
    pub(crate) fn issue(&mut self, issue: Issue) {
        self.sink.issue(issue);
    }
}

const fn source_of(tool: ListingTool) -> SourceKind {
    match tool {
        ListingTool::WindowsNetstat | ListingTool::Ss | ListingTool::LinuxNetstat | ListingTool::NetTcpConnection => {
            SourceKind::SocketList
        }
        ListingTool::WindowsNetstatStatistics => SourceKind::Counters,
        ListingTool::Tasklist => SourceKind::ProcessList,
        ListingTool::WfpFilters | ListingTool::WfpState => SourceKind::FilterDump,
        ListingTool::TraceRundown => SourceKind::TraceSockets,
        ListingTool::DnsCache | ListingTool::DnsClientCache => SourceKind::ResolverCache,
        ListingTool::Ipconfig
        | ListingTool::RoutePrint
        | ListingTool::Arp
        | ListingTool::Systeminfo
        | ListingTool::Defender
        | ListingTool::FirewallRules
        | ListingTool::WinHttpProxy
        | ListingTool::RegistryText
        | ListingTool::Auditpol => SourceKind::DeviceSettings,
    }
}

/// A span over a row that lies on several lines: from the first to the end of the last.
pub(crate) fn joined(first: Span, last: Span) -> Span {
    let end = last.offset.saturating_add(u64::from(last.length));
    Span {
        length: u32::try_from(end.saturating_sub(first.offset)).unwrap_or(u32::MAX),
        ..first
    }
}
