//! A run of packets.

use std::net::IpAddr;

use whotalks_pcap::{FrameSink, Framer, Progress};
use whotalks_record::{
    EvidenceId, InterfaceDescription, InterfaceId, Issue, LinkType, Packet, Position, Record, Span, Text, Timestamp,
};

use super::about::{About, Interfaces, Secrets};

use super::buffer::Buffer;

/// Packets of one batch. Few enough that what is computed for them stays in the second-level cache.
pub const MOST_PACKETS: usize = 4096;

/// Packets that follow each other in a capture, with their bytes.
#[derive(Debug)]
pub struct Batch {
    /// The packets with whatever the file has around them.
    bytes: Buffer,
    entries: Vec<Entry>,
    evidence: EvidenceId,
    /// How many packets of the capture lie before this batch.
    first: u64,
    /// The time of the first packet of the capture that has one.
    start: Option<Timestamp>,
    /// Which packets are selected, by their place; none where no filter selects any.
    selected: Option<Vec<bool>>,
    about: About,
}

/// Where a packet of a batch lies and what the capture says of it.
#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u32,
    captured_bytes: u32,
    original_bytes: u32,
    interface: InterfaceId,
    link_type: LinkType,
    timestamp: Option<Timestamp>,
    file_offset: u64,
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            bytes: Buffer::default(),
            entries: Vec::new(),
            evidence: EvidenceId(0),
            first: 0,
            start: None,
            selected: None,
            about: About::default(),
        }
    }
}

impl Batch {
    /// Makes it an empty batch that begins after `first` packets of `evidence`. Its memory is used again.
    pub fn begin(&mut self, evidence: EvidenceId, first: u64) {
        self.begin_with(evidence, first, &Interfaces::default());
    }

    /// The same, with the interfaces of the capture that are known already.
    pub(super) fn begin_with(&mut self, evidence: EvidenceId, first: u64, interfaces: &Interfaces) {
        self.bytes.clear();
        self.entries.clear();
        self.about.begin(interfaces);
        self.selected = None;
        (self.evidence, self.first) = (evidence, first);
    }

    /// Numbers its packets as if so many other packets lay before the capture: captures that are read one after another count as
    /// one.
    pub const fn follow(&mut self, packets: u64) {
        self.first += packets;
    }

    /// Copies a packet in.
    #[inline]
    pub fn push(&mut self, packet: &Packet<'_>) {
        let start = self.bytes.len();
        self.bytes.push(packet.data);
        self.entries.push(Entry::new(packet, start));
    }

    /// What a capture says besides packets; a comment belongs to the packet that is pushed next.
    pub(super) const fn about_mut(&mut self) -> &mut About {
        &mut self.about
    }

    /// What a capture says besides packets.
    pub(super) const fn about(&self) -> &About {
        &self.about
    }

    /// Adds a comment on the packet that is pushed next.
    pub fn comment(&mut self, comment: &[u8]) {
        self.about.comment(self.entries.len(), comment);
    }

    /// The comments on the packet at `index`.
    pub fn comments(&self, index: usize) -> impl Iterator<Item = &str> {
        self.about.comments_of(index)
    }

    /// The interface of that number, as far as its capture describes it.
    #[must_use]
    pub fn interface(&self, id: InterfaceId) -> Option<&InterfaceDescription> {
        self.about.interface_of(id)
    }

    /// Names of addresses that stand in this part of the capture.
    #[must_use]
    pub fn names(&self) -> &[(IpAddr, Text)] {
        self.about.names()
    }

    /// Keys that stand in this part of the capture.
    #[must_use]
    pub fn secrets(&self) -> &[Secrets] {
        self.about.kept_secrets()
    }

    /// How many packets it holds.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when it holds none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes of all its packets.
    #[must_use]
    pub const fn byte_count(&self) -> usize {
        self.bytes.len()
    }

    /// The packet at `index`.
    #[inline]
    #[must_use]
    pub fn packet(&self, index: usize) -> Option<Packet<'_>> {
        self.show(index, self.entries.get(index)?)
    }

    #[inline]
    fn show(&self, index: usize, entry: &Entry) -> Option<Packet<'_>> {
        let start = entry.start as usize;
        let data = self.bytes().get(start..start + entry.captured_bytes as usize)?;
        Some(Packet {
            span: Span {
                evidence: self.evidence,
                position: Position::Packet(self.number(index)),
                offset: entry.file_offset,
                length: entry.captured_bytes,
            },
            timestamp: entry.timestamp,
            interface: entry.interface,
            link_type: entry.link_type,
            data,
            original_length: entry.original_bytes,
        })
    }

    /// The number of the packet at `index` in its capture, from 1.
    #[inline]
    #[must_use]
    pub const fn number(&self, index: usize) -> u64 {
        self.first + index as u64 + 1
    }

    /// The time of the first packet of the capture that has one, which times are shown relative to.
    #[inline]
    #[must_use]
    pub const fn start(&self) -> Option<Timestamp> {
        self.start
    }

    /// Tells the batch when the capture began, if that is known from the batches before; gives what is known now.
    pub(super) fn set_start(&mut self, known: Option<Timestamp>) -> Option<Timestamp> {
        let own = || self.entries.iter().find_map(|entry| entry.timestamp);
        self.start = known.or_else(own);
        self.start
    }

    /// Says which packets are selected, by their place.
    pub(crate) fn select(&mut self, selected: Vec<bool>) {
        self.selected = Some(selected);
    }

    /// Whether a filter selects packets.
    #[inline]
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        self.selected.is_some()
    }

    /// Whether the packet at `index` is selected, as all are without a filter.
    #[inline]
    #[must_use]
    pub fn is_selected(&self, index: usize) -> bool {
        let selected = self.selected.as_ref();
        selected.is_none_or(|selected| selected.get(index).copied().unwrap_or_default())
    }

    /// All packets, in the order of the capture, each with the place of its bytes among those of the batch.
    #[inline]
    pub(crate) fn placed(&self) -> impl Iterator<Item = (u32, Packet<'_>)> {
        let entries = self.entries.iter().enumerate();
        entries.filter_map(|(index, entry)| Some((entry.start, self.show(index, entry)?)))
    }

    /// All packets, in the order of the capture.
    #[inline]
    pub fn packets(&self) -> impl Iterator<Item = Packet<'_>> {
        let entries = self.entries.iter().enumerate();
        entries.filter_map(|(index, entry)| self.show(index, entry))
    }
}

/// Takes the packets that a framer finds in the bytes of a batch.
struct Places<'b, 'a> {
    bytes: &'a [u8],
    entries: &'b mut Vec<Entry>,
    about: &'b mut About,
    issues: &'b mut Vec<Issue>,
}

impl<'a> FrameSink<'a> for Places<'_, 'a> {
    #[inline]
    fn packet(&mut self, packet: Packet<'a>) {
        let start = packet.data.as_ptr().addr().wrapping_sub(self.bytes.as_ptr().addr());
        self.entries.push(Entry::new(&packet, start));
    }

    fn record(&mut self, record: Record) {
        self.about.record(record);
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    fn interface(&mut self, id: InterfaceId, description: &InterfaceDescription) {
        self.about.interface(id, description);
    }

    fn comment(&mut self, comment: &'a [u8]) {
        self.about.comment(self.entries.len(), comment);
    }

    /// They are kept for whoever writes packets, and open nothing.
    fn secrets(&mut self, kind: u32, secrets: &'a [u8]) -> bool {
        self.about.secrets(kind, secrets);
        false
    }
}

impl Batch {
    /// The bytes to be framed, which may be replaced before [`Batch::frame`].
    pub(super) const fn buffer_mut(&mut self) -> &mut Buffer {
        &mut self.bytes
    }

    /// The bytes with whatever the file has around the packets.
    #[inline]
    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.bytes()
    }

    /// Finds the packets in the bytes, the first of which is the file's byte `offset`.
    pub(super) fn frame(&mut self, framer: &mut Framer, offset: u64, issues: &mut Vec<Issue>) -> Progress {
        self.entries.clear();
        let mut places = Places {
            bytes: self.bytes.bytes(),
            entries: &mut self.entries,
            about: &mut self.about,
            issues,
        };
        framer.frame(self.bytes.bytes(), offset, &mut places)
    }

    /// Ends the file with the bytes that are there.
    pub(super) fn finish(&mut self, framer: Framer, offset: u64, failure: Option<&str>, issues: &mut Vec<Issue>) {
        self.entries.clear();
        let mut places = Places {
            bytes: self.bytes.bytes(),
            entries: &mut self.entries,
            about: &mut self.about,
            issues,
        };
        framer.finish(self.bytes.bytes(), offset, failure, &mut places);
    }
}

impl Entry {
    #[inline]
    fn new(packet: &Packet<'_>, start: usize) -> Self {
        Self {
            start: start.try_into().unwrap_or(u32::MAX),
            captured_bytes: packet.data.len().try_into().unwrap_or(u32::MAX),
            original_bytes: packet.original_length,
            interface: packet.interface,
            link_type: packet.link_type,
            timestamp: packet.timestamp,
            file_offset: packet.span.offset,
        }
    }
}

/// A source of batches.
pub trait Batches: Send {
    /// Fills `batch` with the packets that come next; false when there are none left.
    fn next(&mut self, batch: &mut Batch) -> bool;
}
