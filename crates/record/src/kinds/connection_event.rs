//! A host's own log of a connection, bind, listen, block or drop.

use crate::{Endpoint, FilterId, FilterOrigin, IpProtocol, Pid, Span, Text, Timestamp};

/// Security 5031 and 5148 to 5159, Sysmon 3, events of the network stack in a trace, rows of the text log of the Windows
/// Firewall, network events of the filtering platform. Fields an event does not carry are `None`,
/// never a made-up value.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnectionEvent {
    /// The event record.
    pub span: Span,
    /// When, by the host's clock (the event's own SystemTime; Sysmon's UtcTime).
    pub time: Timestamp,
    /// The computer that logged it; none in traces and in text logs, which name no computer.
    pub host: Option<Text>,
    /// Which event.
    pub kind: ConnectionEventKind,
    /// The process; 4 is System. Decimal in 5152 to 5159.
    pub pid: Option<Pid>,
    /// The image, as logged: an NT device path (`\device\harddiskvolume3\…`), `System`, or Sysmon's DOS path.
    pub image: Option<Text>,
    /// Who opened it.
    pub direction: Option<Direction>,
    /// The protocol above IP.
    pub protocol: Option<IpProtocol>,
    /// The host's own end. ALE events state it so; packet events are turned around by the reader where they are inbound.
    pub local: Option<Endpoint>,
    /// The far end.
    pub remote: Option<Endpoint>,
    /// The run-time identifier of the deciding filter; `None` where the event has no such field, id 0 means "none recorded".
    pub filter: Option<FilterId>,
    /// Where that filter comes from, on builds that log it.
    pub filter_origin: Option<FilterOrigin>,
    /// The layer's display name as logged, a token like `%%14611` or a localised word.
    pub layer_name: Option<Text>,
    /// The layer's run-time identifier (FWPS_BUILTIN_LAYERS).
    pub layer_id: Option<u16>,
    /// The account, where logged (Sysmon).
    pub user: Option<Text>,
    /// The far end's name: as the host resolved it afterwards (Sysmon DestinationHostname; a reverse look-up, so weak), or the
    /// one under which the stack opened the connection ([`ConnectionEventKind::TraceNamed`]).
    pub remote_name: Option<Text>,
}

/// Which event it was. Windows audit event ids are from "Audit Filtering Platform Connection" and "… Packet Drop".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConnectionEventKind {
    /// 5031: the firewall service blocked an application from accepting connections.
    ApplicationBlocked,
    /// 5148: a denial-of-service attack was detected and packets will be dropped.
    FloodDetected,
    /// 5149: the denial-of-service attack has subsided.
    FloodSubsided,
    /// 5150, 5151: a MAC frame was blocked.
    FrameBlocked,
    /// 5152: a packet was blocked.
    PacketBlocked,
    /// 5153: a more restrictive filter blocked a packet.
    PacketBlockedByMoreRestrictiveFilter,
    /// 5154: a listen was permitted.
    ListenPermitted,
    /// 5155: a listen was blocked.
    ListenBlocked,
    /// 5156: a connection was permitted.
    ConnectionPermitted,
    /// 5157: a connection was blocked.
    ConnectionBlocked,
    /// 5158: a bind to a local port was permitted.
    BindPermitted,
    /// 5159: a bind to a local port was blocked.
    BindBlocked,
    /// Sysmon 3: a connection was made.
    SysmonConnection,
    /// A trace: the host began to open a connection.
    TraceRequested,
    /// A trace: a connection that the host opened stands.
    TraceConnected,
    /// A trace: a connection that the far end opened stands.
    TraceAccepted,
    /// A trace: a connection could not be opened.
    TraceFailed,
    /// A trace: data went through a socket.
    TraceUsed,
    /// A trace: a connection was closed of which the trace tells nothing before.
    TraceClosed,
    /// A trace: a socket was bound to a local end.
    TraceBound,
    /// A trace: a connection is opened to an address that was looked up under this name (TCPIP 1382).
    TraceNamed,
    /// The text log of the Windows Firewall: a connection was let through (ALLOW, OPEN, OPEN-INBOUND).
    FirewallAllowed,
    /// The text log of the Windows Firewall: what would have opened a connection was dropped (DROP).
    FirewallBlocked,
    /// The text log of the Windows Firewall: another packet was dropped (DROP).
    FirewallDropped,
    /// A network event of the filtering platform: a connection was let through.
    NetworkEventAllowed,
    /// A network event of the filtering platform: a connection, listen or bind was blocked.
    NetworkEventBlocked,
    /// A network event of the filtering platform: a packet was dropped.
    NetworkEventDropped,
}

/// What an event decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConnectionDecision {
    /// Let through.
    Allowed,
    /// A connection, bind or listen was refused.
    Blocked,
    /// A packet was dropped; by itself no decision about a connection.
    Dropped,
    /// It says nothing about permission.
    None,
}

/// Who opened a connection, seen from the host that logged it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The host called out.
    Outbound,
    /// The host was called.
    Inbound,
}

impl ConnectionEventKind {
    /// All kinds.
    pub const ALL: [Self; 27] = [
        Self::ApplicationBlocked,
        Self::FloodDetected,
        Self::FloodSubsided,
        Self::FrameBlocked,
        Self::PacketBlocked,
        Self::PacketBlockedByMoreRestrictiveFilter,
        Self::ListenPermitted,
        Self::ListenBlocked,
        Self::ConnectionPermitted,
        Self::ConnectionBlocked,
        Self::BindPermitted,
        Self::BindBlocked,
        Self::SysmonConnection,
        Self::TraceRequested,
        Self::TraceConnected,
        Self::TraceAccepted,
        Self::TraceFailed,
        Self::TraceUsed,
        Self::TraceClosed,
        Self::TraceBound,
        Self::TraceNamed,
        Self::FirewallAllowed,
        Self::FirewallBlocked,
        Self::FirewallDropped,
        Self::NetworkEventAllowed,
        Self::NetworkEventBlocked,
        Self::NetworkEventDropped,
    ];

    /// What the event decided.
    pub const fn decision(self) -> ConnectionDecision {
        match self {
            Self::ConnectionPermitted
            | Self::ListenPermitted
            | Self::BindPermitted
            | Self::FirewallAllowed
            | Self::NetworkEventAllowed => ConnectionDecision::Allowed,
            Self::ConnectionBlocked
            | Self::ListenBlocked
            | Self::BindBlocked
            | Self::ApplicationBlocked
            | Self::FirewallBlocked
            | Self::NetworkEventBlocked => ConnectionDecision::Blocked,
            Self::PacketBlocked
            | Self::PacketBlockedByMoreRestrictiveFilter
            | Self::FrameBlocked
            | Self::FirewallDropped
            | Self::NetworkEventDropped => ConnectionDecision::Dropped,
            Self::FloodDetected
            | Self::FloodSubsided
            | Self::SysmonConnection
            | Self::TraceRequested
            | Self::TraceConnected
            | Self::TraceAccepted
            | Self::TraceFailed
            | Self::TraceUsed
            | Self::TraceClosed
            | Self::TraceBound
            | Self::TraceNamed => ConnectionDecision::None,
        }
    }

    /// Whether it comes out of a trace, where several providers write of the same thing.
    pub const fn is_traced(self) -> bool {
        matches!(
            self,
            Self::TraceRequested
                | Self::TraceConnected
                | Self::TraceAccepted
                | Self::TraceFailed
                | Self::TraceUsed
                | Self::TraceClosed
                | Self::TraceBound
                | Self::TraceNamed
        )
    }

    /// Whether it is a row of the text log of the Windows Firewall, which names no filter.
    pub const fn is_firewall_text(self) -> bool {
        matches!(
            self,
            Self::FirewallAllowed | Self::FirewallBlocked | Self::FirewallDropped
        )
    }

    /// Whether it is a network event of the filtering platform, which names no process identifier.
    pub const fn is_network_event(self) -> bool {
        matches!(
            self,
            Self::NetworkEventAllowed | Self::NetworkEventBlocked | Self::NetworkEventDropped
        )
    }

    /// Whether it shows that a connection stands, so that both ends spoke and nothing stopped them.
    pub const fn shows_connection(self) -> bool {
        matches!(
            self,
            Self::SysmonConnection | Self::TraceConnected | Self::TraceAccepted
        )
    }

    /// Whether it may come long after the last packet of its connection: a call is given up, a socket closed at last.
    pub const fn may_trail(self) -> bool {
        matches!(self, Self::TraceFailed | Self::TraceUsed | Self::TraceClosed)
    }

    /// Whether it marks the beginning of a connection, so that its time can be held against that of the first packet.
    pub const fn marks_beginning(self) -> bool {
        matches!(
            self,
            Self::ConnectionPermitted
                | Self::ConnectionBlocked
                | Self::SysmonConnection
                | Self::TraceRequested
                | Self::TraceConnected
                | Self::TraceAccepted
                | Self::FirewallAllowed
                | Self::FirewallBlocked
                | Self::NetworkEventAllowed
                | Self::NetworkEventBlocked
        )
    }

    /// The event identifier people know it by; 5150 for both MAC frame events, none for what is no event of a log.
    pub const fn event_id(self) -> Option<u16> {
        Some(match self {
            Self::ApplicationBlocked => 5031,
            Self::FloodDetected => 5148,
            Self::FloodSubsided => 5149,
            Self::FrameBlocked => 5150,
            Self::PacketBlocked => 5152,
            Self::PacketBlockedByMoreRestrictiveFilter => 5153,
            Self::ListenPermitted => 5154,
            Self::ListenBlocked => 5155,
            Self::ConnectionPermitted => 5156,
            Self::ConnectionBlocked => 5157,
            Self::BindPermitted => 5158,
            Self::BindBlocked => 5159,
            Self::SysmonConnection => 3,
            Self::TraceRequested
            | Self::TraceConnected
            | Self::TraceAccepted
            | Self::TraceFailed
            | Self::TraceUsed
            | Self::TraceClosed
            | Self::TraceBound
            | Self::TraceNamed
            | Self::FirewallAllowed
            | Self::FirewallBlocked
            | Self::FirewallDropped
            | Self::NetworkEventAllowed
            | Self::NetworkEventBlocked
            | Self::NetworkEventDropped => return None,
        })
    }
}
