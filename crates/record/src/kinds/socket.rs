//! A row of a socket listing.

use crate::{Endpoint, IpProtocol, Pid, Span, Text};

/// One row of `netstat` or `ss`. Its time and host are those of its [`crate::Snapshot`], which comes first.
#[derive(Clone, Debug, PartialEq)]
pub struct Socket {
    /// The line.
    pub span: Span,
    /// The number of the snapshot within its evidence, from 0.
    pub snapshot: u32,
    /// TCP or UDP.
    pub protocol: IpProtocol,
    /// The local end.
    pub local: Endpoint,
    /// The far end; none for listeners and unconnected sockets (`*:*`, `0.0.0.0:0`).
    pub remote: Option<Endpoint>,
    /// The TCP state; none for UDP, and where the listing has none or one in a translated word.
    pub state: Option<SocketState>,
    /// The owner, where listed. A socket of several processes (`ss`) gives one row each.
    pub pid: Option<Pid>,
    /// The owner's image: a bare file name (`netstat -b`, `ss -p`). A name that the tool cut to its column ends in `…`; `ss`
    /// keeps 15 bytes of a name and does not say whether it cut.
    pub image: Option<Text>,
    /// The component or service (`netstat -b`).
    pub component: Option<Text>,
    /// The modules of the call chain, lowest first (`netstat -bv`).
    pub modules: Vec<Text>,
}

/// TCP states under the names of RFC 9293 3.3.2, plus those only Windows lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SocketState {
    /// Waiting for connections.
    Listen,
    /// A SYN was sent.
    SynSent,
    /// A SYN was received and answered.
    SynReceived,
    /// Open.
    Established,
    /// Closing, first step.
    FinWait1,
    /// Closing, second step.
    FinWait2,
    /// The far end has closed.
    CloseWait,
    /// Both are closing.
    Closing,
    /// Waiting for the last acknowledgement.
    LastAck,
    /// Closed, waiting out stray segments.
    TimeWait,
    /// Not in use.
    Closed,
    /// Bound and neither listening nor connected (Windows `-q`, `ss` UNCONN).
    Bound,
    /// Being deleted (Windows DELETE_TCB).
    DeleteTcb,
}
