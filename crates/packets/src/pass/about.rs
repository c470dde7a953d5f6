//! What a capture says about the packets of a batch, besides the packets.

use std::net::IpAddr;
use std::sync::Arc;

use whotalks_record::{InterfaceDescription, InterfaceId, Record, Text};

/// Names of addresses that fit into one batch; more of them begin another one.
const MOST_NAMES: usize = 4096;

/// Comments, interfaces and names. Most captures have none of them but an interface.
#[derive(Debug, Default)]
pub(super) struct About {
    /// With the places of their packets in the batch, in order.
    comments: Vec<(u32, Text)>,
    /// All interfaces of the capture so far, by their number.
    interfaces: Interfaces,
    names: Vec<(IpAddr, Text)>,
}

/// The interfaces of a capture, which batch after batch shares.
pub(super) type Interfaces = Arc<Vec<Arc<InterfaceDescription>>>;

impl About {
    /// Forgets comments and names; the interfaces of the capture are known.
    pub(super) fn begin(&mut self, interfaces: &Interfaces) {
        self.comments.clear();
        self.names.clear();
        self.interfaces = Arc::clone(interfaces);
    }

    pub(super) fn comment(&mut self, packet: usize, comment: &[u8]) {
        let packet = packet.try_into().unwrap_or(u32::MAX);
        self.comments.push((packet, String::from_utf8_lossy(comment).into()));
    }

    /// Interfaces come in the order of their numbers.
    pub(super) fn interface(&mut self, id: InterfaceId, description: &InterfaceDescription) {
        if id.0 as usize == self.interfaces.len() {
            Arc::make_mut(&mut self.interfaces).push(Arc::new(description.clone()));
        }
    }

    pub(super) fn record(&mut self, record: Record) {
        if let Record::AddressName(name) = record {
            self.names.push((name.address, name.name));
        }
    }

    pub(super) const fn interfaces(&self) -> &Interfaces {
        &self.interfaces
    }

    pub(super) fn names(&self) -> &[(IpAddr, Text)] {
        &self.names
    }

    /// Whether it is time for another batch.
    pub(super) const fn is_full(&self) -> bool {
        self.names.len() >= MOST_NAMES
    }

    pub(super) fn comments_of(&self, packet: usize) -> impl Iterator<Item = &str> {
        let packet = packet.try_into().unwrap_or(u32::MAX);
        let first = self.comments.partition_point(|(place, _)| *place < packet);
        let own = self
            .comments
            .iter()
            .skip(first)
            .take_while(move |(place, _)| *place == packet);
        own.map(|(_, text)| text.as_ref())
    }

    pub(super) fn interface_of(&self, id: InterfaceId) -> Option<&InterfaceDescription> {
        self.interfaces.get(id.0 as usize).map(Arc::as_ref)
    }
}
