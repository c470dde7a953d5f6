//! The contract between evidence and everything above it.

use std::io::Read;

use crate::{EvidenceId, InterfaceDescription, InterfaceId, Issue, Packet, PacketProcess, Record, Timestamp};

/// One opened piece of evidence: bytes already decompressed, and what is known about them from outside.
pub struct Source<'a> {
    /// Its number in the case.
    pub evidence: EvidenceId,
    /// Its bytes, from the first one on.
    pub bytes: &'a mut dyn Read,
    /// How many bytes are expected, where known; for progress and as a hint only.
    pub length: Option<u64>,
    /// When the file was last modified, where known. A listing without a date of its own was taken no later than this.
    pub modified: Option<Timestamp>,
}

/// Reads one container format. It knows no path, no clock and no table; it never panics on input; whatever goes wrong
/// becomes an [`Issue`] and everything readable before and after it is still delivered.
pub trait Reader {
    /// Reads `source` to its end, or to where nothing more can be read.
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink);
}

/// Takes what readers deliver, in the order of the evidence.
pub trait Sink {
    /// A record.
    fn record(&mut self, record: Record);

    /// A packet; borrowed, so look at it now.
    fn packet(&mut self, packet: &Packet<'_>);

    /// Something that could not be read.
    fn issue(&mut self, issue: Issue);

    /// An interface of a capture, before its first packet. Few are interested.
    fn interface(&mut self, _id: InterfaceId, _description: &InterfaceDescription) {}

    /// A comment on the packet that comes next; UTF-8, unless it is damaged. Few are interested.
    fn comment(&mut self, _comment: &[u8]) {}

    /// The processes of the packet that comes next. Few are interested.
    fn process(&mut self, _process: &PacketProcess) {}

    /// Keys that open encrypted traffic, by the kind of their format. Few are interested, and nobody need be: that they are not
    /// used is an issue.
    fn secrets(&mut self, _kind: u32, _secrets: &[u8]) {}
}

impl<S: Sink + ?Sized> Sink for &mut S {
    fn record(&mut self, record: Record) {
        (**self).record(record);
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        (**self).packet(packet);
    }

    fn issue(&mut self, issue: Issue) {
        (**self).issue(issue);
    }

    fn interface(&mut self, id: InterfaceId, description: &InterfaceDescription) {
        (**self).interface(id, description);
    }

    fn comment(&mut self, comment: &[u8]) {
        (**self).comment(comment);
    }

    fn process(&mut self, process: &PacketProcess) {
        (**self).process(process);
    }

    fn secrets(&mut self, kind: u32, secrets: &[u8]) {
        (**self).secrets(kind, secrets);
    }
}

impl<S: Sink + ?Sized> Sink for Box<S> {
    fn record(&mut self, record: Record) {
        (**self).record(record);
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        (**self).packet(packet);
    }

    fn issue(&mut self, issue: Issue) {
        (**self).issue(issue);
    }

    fn interface(&mut self, id: InterfaceId, description: &InterfaceDescription) {
        (**self).interface(id, description);
    }

    fn comment(&mut self, comment: &[u8]) {
        (**self).comment(comment);
    }

    fn process(&mut self, process: &PacketProcess) {
        (**self).process(process);
    }

    fn secrets(&mut self, kind: u32, secrets: &[u8]) {
        (**self).secrets(kind, secrets);
    }
}
