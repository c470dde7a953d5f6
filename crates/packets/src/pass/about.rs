//! What a capture says about the packets of a batch, besides the packets.

use std::net::IpAddr;
use std::sync::Arc;

use whotalks_record::{InterfaceDescription, InterfaceId, Record, Text};

/// Names of addresses that fit into one batch; more of them begin another one.
const MOST_NAMES: usize = 4096;

/// Bytes of keys that fit into one batch before another one begins.
const MOST_SECRET_BYTES: usize = 1 << 20;

/// Keys that open encrypted traffic, as a capture has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secrets {
    /// The kind of their format (draft-ietf-opsawg-pcapng, Decryption Secrets Block).
    pub kind: u32,
    /// The keys.
    pub bytes: Arc<[u8]>,
}

/// Comments, interfaces, names and keys. Most captures have none of them but an interface.
#[derive(Debug, Default)]
pub(super) struct About {
    /// With the places of their packets in the batch, in order.
    comments: Vec<(u32, Text)>,
    /// All interfaces of the capture so far, by their number.
    interfaces: Interfaces,
    names: Vec<(IpAddr, Text)>,
    secrets: Vec<Secrets>,
    secret_bytes: usize,
}

/// The interfaces of a capture, which batch after batch shares.
pub(super) type Interfaces = Arc<Vec<Arc<InterfaceDescription>>>;

impl About {
    /// Forgets comments, names and keys; the interfaces of the capture are known.
    pub(super) fn begin(&mut self, interfaces: &Interfaces) {
        self.comments.clear();
        self.names.clear();
        self.secrets.clear();
        self.secret_bytes = 0;
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

    pub(super) fn secrets(&mut self, kind: u32, secrets: &[u8]) {
        self.secret_bytes = self.secret_bytes.saturating_add(secrets.len());
        let bytes = secrets.into();
        self.secrets.push(Secrets { kind, bytes });
    }

    pub(super) fn kept_secrets(&self) -> &[Secrets] {
        &self.secrets
    }

    pub(super) const fn interfaces(&self) -> &Interfaces {
        &self.interfaces
    }

    pub(super) fn names(&self) -> &[(IpAddr, Text)] {
        &self.names
    }

    /// Whether it is time for another batch.
    pub(super) const fn is_full(&self) -> bool {
        self.names.len() >= MOST_NAMES || self.secret_bytes >= MOST_SECRET_BYTES
    }

    /// Whether there is nothing to be told but of packets.
    pub(super) const fn is_empty(&self) -> bool {
        self.names.is_empty() && self.secrets.is_empty()
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
