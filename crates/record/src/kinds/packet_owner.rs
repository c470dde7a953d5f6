//! Which process the capturing host names for the packets of a flow.

use crate::{Endpoint, FlowId, IpProtocol, Pid, Span, Text, Timestamp};

/// What macOS says with the packets of one flow about one end of it (PKTAP headers, process information of pcapng): the
/// process that its socket was last used by and, where that one acts for another program, that program. A flow whose packets
/// name several processes has a record for each.
#[derive(Clone, Debug, PartialEq)]
pub struct PacketOwner {
    /// The first packet that names it; the first that it sent, where it sent any.
    pub span: Span,
    /// The flow, within the same evidence.
    pub flow: FlowId,
    /// The protocol above IP.
    pub protocol: IpProtocol,
    /// The end that the process has: where a packet was sent from or received at, by its direction.
    pub local: Endpoint,
    /// The other end.
    pub remote: Endpoint,
    /// Time of that packet; none where the capture carries no times.
    pub time: Option<Timestamp>,
    /// Time of the last packet that names it.
    pub last: Option<Timestamp>,
    /// The process; none where only the program that it acts for is named.
    pub pid: Option<Pid>,
    /// Its name, without a path. The system keeps fifteen or sixteen bytes of a name: one that fills them ends in `…`, since
    /// it may have been cut.
    pub image: Option<Text>,
    /// The process that it acts for, where the socket was handed to it (macOS: delegated).
    pub effective_pid: Option<Pid>,
    /// The name of that process, as `image`.
    pub effective_image: Option<Text>,
    /// Packets that left the host under this name.
    pub sent_packets: u64,
    /// Packets that came to the host and were for a socket of it.
    pub received_packets: u64,
}
