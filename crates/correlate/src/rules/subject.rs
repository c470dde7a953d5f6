//! The conversation that rules are asked about.

use whotalks_record::{Direction, Endpoint, IpProtocol, Timestamp};

use crate::HostId;

/// A flow, event or listing row as one host sees it, before anything is concluded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject {
    pub(crate) host: HostId,
    pub(crate) protocol: IpProtocol,
    pub(crate) local: Endpoint,
    pub(crate) remote: Endpoint,
    pub(crate) direction: Option<Direction>,
    pub(crate) first: Timestamp,
    pub(crate) last: Timestamp,
    /// Whether `first` is the beginning of the conversation and not just the first packet that was captured.
    pub(crate) start_seen: bool,
    /// Whether `last` is the end of the conversation and not just the last packet or event that was seen.
    pub(crate) end_seen: bool,
}

/// The 5-tuple as one host sees it.
pub(crate) type TupleKey = (HostId, IpProtocol, Endpoint, Endpoint);

impl Subject {
    /// When the conversation began, where its beginning was seen.
    pub(crate) fn first_if_seen(&self) -> Option<Timestamp> {
        self.start_seen.then_some(self.first)
    }

    pub(crate) fn tuple(&self) -> TupleKey {
        (self.host, self.protocol, self.local, self.remote)
    }
}
