//! What each interface covered and lost.

use whotalks_record::{EvidenceId, InterfaceId, Record, SourceKind, SourceRange, Text, Timestamp};

use crate::framer::FrameSink;

/// What is known of one interface.
#[derive(Debug, Clone, Default)]
pub(crate) struct Coverage {
    pub(crate) name: Option<Text>,
    pub(crate) first: Option<Timestamp>,
    pub(crate) last: Option<Timestamp>,
    pub(crate) packets: u64,
    /// Packets that blocks of packets say were lost.
    pub(crate) lost_before_packets: Option<u64>,
    /// Packets that the latest statistics say were lost since the capture began.
    pub(crate) lost_by_statistics: Option<u64>,
}

impl Coverage {
    /// Counts packets between two times.
    pub(crate) fn packets(&mut self, packets: u64, (earliest, latest): (Timestamp, Timestamp)) {
        self.packets += packets;
        self.first = Some(self.first.map_or(earliest, |first| first.min(earliest)));
        self.last = Some(self.last.map_or(latest, |last| last.max(latest)));
    }

    /// Counts a packet.
    #[inline]
    pub(crate) fn packet(&mut self, timestamp: Option<Timestamp>) {
        self.packets += 1;
        if let Some(time) = timestamp {
            self.first = Some(self.first.map_or(time, |first| first.min(time)));
            self.last = Some(self.last.map_or(time, |last| last.max(time)));
        }
    }

    /// Statistics count from the beginning and per-packet numbers add up to the same losses, so the larger one counts.
    fn lost(&self) -> Option<u64> {
        self.lost_before_packets.max(self.lost_by_statistics)
    }

    fn range(&self, evidence: EvidenceId) -> SourceRange {
        SourceRange {
            evidence,
            source: SourceKind::Packets,
            host: None,
            interface: self.name.clone(),
            first: self.first,
            last: self.last,
            units: self.packets,
            lost: self.lost(),
            clock: None,
            session: None,
        }
    }
}

/// All interfaces of a capture, by [`InterfaceId`].
#[derive(Debug, Default)]
pub(crate) struct Ledger(Vec<Coverage>);

impl Ledger {
    /// Adds an interface and gives its number.
    pub(crate) fn add(&mut self, name: Option<Text>) -> InterfaceId {
        let id = InterfaceId(self.0.len().try_into().unwrap_or(u32::MAX));
        self.0.push(Coverage {
            name,
            ..Coverage::default()
        });
        id
    }

    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, id: InterfaceId) -> Option<&mut Coverage> {
        self.0.get_mut(id.0 as usize)
    }

    /// States what was covered, interface by interface.
    pub(crate) fn report<'a>(&self, evidence: EvidenceId, sink: &mut impl FrameSink<'a>) {
        self.0
            .iter()
            .for_each(|coverage| sink.record(Record::Range(coverage.range(evidence))));
    }
}
