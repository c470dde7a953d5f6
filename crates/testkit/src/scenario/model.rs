//! What happened: hosts, processes, flows, filters. All instants are nanoseconds since 1970 in true time, which is the
//! clock of the capture; a host's own clock is ahead of it by `Host::skew_ns`.

use crate::packet::Frame;
use crate::scenario::knobs::{Knobs, LogBegin};
use std::net::{IpAddr, SocketAddr};

/// Index of a process in `Host::processes`.
pub(crate) type ProcessIndex = usize;
/// Index of a filter in `Host::filters`.
pub(crate) type FilterIndex = usize;

/// A seeded description of hosts, processes and connections, ready to be written out as evidence.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub(crate) seed: u64,
    pub(crate) knobs: Knobs,
    pub(crate) hosts: Vec<Host>,
    /// First and last instant of every capture.
    pub(crate) capture: Window,
    /// When `netstat` ran; `tasklist` ran three seconds later.
    pub(crate) snapshot_ns: i64,
    /// When the filters were listed.
    pub(crate) filters_ns: i64,
}

/// A closed range of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) begins_ns: i64,
    pub(crate) ends_ns: i64,
}

impl Window {
    pub(crate) fn contains(&self, instant_ns: i64) -> bool {
        (self.begins_ns..=self.ends_ns).contains(&instant_ns)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Host {
    pub(crate) name: String,
    pub(crate) domain: String,
    /// The account of the person who works there, without the domain.
    pub(crate) user: String,
    pub(crate) ipv4: IpAddr,
    pub(crate) ipv6: Option<IpAddr>,
    pub(crate) mac: [u8; 6],
    pub(crate) gateway_mac: [u8; 6],
    pub(crate) utc_offset_seconds: i32,
    pub(crate) skew_ns: i64,
    /// The n of `\device\harddiskvolumeN` for drive C.
    pub(crate) volume: u8,
    /// Whether any evidence was collected on it.
    pub(crate) observed: bool,
    pub(crate) boot_ns: i64,
    /// When it started again after the last event, if it did.
    pub(crate) reboot_ns: Option<i64>,
    pub(crate) log_begin: LogBegin,
    /// Records of the Security log lost within this range of host time.
    pub(crate) lost_events: Option<Window>,
    pub(crate) processes: Vec<Process>,
    pub(crate) flows: Vec<Flow>,
    pub(crate) listeners: Vec<Listener>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) lookups: Vec<DnsLookup>,
    pub(crate) drops: Vec<PacketDrop>,
    pub(crate) findings: Vec<Finding>,
}

impl Host {
    /// IPv4 first.
    pub(crate) fn addresses(&self) -> Vec<IpAddr> {
        std::iter::once(self.ipv4).chain(self.ipv6).collect()
    }

    pub(crate) fn process(&self, index: ProcessIndex) -> Option<&Process> {
        self.processes.get(index)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Process {
    pub(crate) pid: u32,
    pub(crate) parent_pid: u32,
    pub(crate) parent_image: String,
    pub(crate) start_ns: i64,
    pub(crate) end_ns: Option<i64>,
    /// Full path with a drive letter; `System` for pid 4.
    pub(crate) image: String,
    pub(crate) command_line: String,
    pub(crate) account: Account,
    /// Short names of the services it hosts.
    pub(crate) services: Vec<String>,
}

impl Process {
    /// The file name without the folder.
    pub(crate) fn file_name(&self) -> &str {
        self.image.rsplit('\\').next().unwrap_or(&self.image)
    }

    pub(crate) fn alive_at(&self, instant_ns: i64) -> bool {
        self.start_ns <= instant_ns && self.end_ns.is_none_or(|end_ns| instant_ns < end_ns)
    }
}

/// Whose token a process has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Account {
    System,
    LocalService,
    NetworkService,
    Person,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transport {
    Tcp,
    Udp,
}

impl Transport {
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Tcp => 6,
            Self::Udp => 17,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Outbound,
    Inbound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Allowed,
    Blocked,
}

/// How a flow ended, as far as the socket list shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Our side closed first, so that the socket stays in TIME_WAIT for two minutes.
    LocalClose,
    /// The other side closed first or the connection was reset.
    Gone,
    /// It still stands when the capture ends.
    Open,
    /// The opening was never answered.
    Unanswered,
}

/// What the packets of a flow say about the name of its other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameShown {
    /// Nothing.
    Nothing,
    /// SNI, Host, CONNECT, absolute URI or SOCKS domain.
    Plainly,
    /// Only inside an encrypted ClientHello.
    Encrypted,
}

#[derive(Debug, Clone)]
pub(crate) struct Flow {
    pub(crate) id: u32,
    pub(crate) process: ProcessIndex,
    /// The service that asked, when the process hosts services.
    pub(crate) service: Option<String>,
    pub(crate) transport: Transport,
    pub(crate) local: SocketAddr,
    pub(crate) remote: SocketAddr,
    pub(crate) direction: Direction,
    pub(crate) first_ns: i64,
    pub(crate) last_ns: i64,
    pub(crate) packets: Vec<Packet>,
    pub(crate) ending: Ending,
    pub(crate) decision: Decision,
    /// The filter that decided; none is recorded as run-time id 0.
    pub(crate) filter: Option<FilterIndex>,
    /// The name the program asked for.
    pub(crate) name: Option<String>,
    /// Where a proxy was asked to go.
    pub(crate) proxy_target: Option<String>,
    /// The program on the host that a relay on the host made this connection for.
    pub(crate) relayed_for: Option<ProcessIndex>,
    pub(crate) name_shown: NameShown,
    /// Never lose packets of this flow, because another flow's truth rests on them.
    pub(crate) protected: bool,
    /// Which ingredient made it.
    pub(crate) ingredient: &'static str,
}

impl Flow {
    pub(crate) fn captured(&self, capture: Window) -> impl Iterator<Item = &Packet> {
        self.packets
            .iter()
            .filter(move |packet| !packet.lost && capture.contains(packet.time_ns))
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Packet {
    pub(crate) time_ns: i64,
    pub(crate) from_local: bool,
    pub(crate) frame: Frame,
    /// The capture dropped it.
    pub(crate) lost: bool,
    /// Without it the name in the flow cannot be read.
    pub(crate) names: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Listener {
    pub(crate) process: ProcessIndex,
    pub(crate) service: Option<String>,
    pub(crate) transport: Transport,
    pub(crate) port: u16,
}

/// One filter of the Windows Filtering Platform.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    /// Run-time id in the boot of the capture.
    pub(crate) id: u64,
    /// Run-time id when the filters were listed; another one after a restart.
    pub(crate) listed_id: u64,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) description: String,
    /// What events call its origin: a rule id or the name of a default.
    pub(crate) origin: String,
    pub(crate) layer: Layer,
    pub(crate) provider: Option<&'static str>,
    pub(crate) sublayer: &'static str,
    pub(crate) blocks: bool,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) weight: u64,
}

/// The filtering layers that the scenarios use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layer {
    ConnectV4,
    ConnectV6,
    ReceiveAcceptV4,
    ReceiveAcceptV6,
    InboundTransportDiscardV4,
}

#[derive(Debug, Clone)]
pub(crate) enum Condition {
    RemotePort(u16),
    LocalPort(u16),
    Protocol(u8),
    RemoteAddress(std::net::Ipv4Addr, std::net::Ipv4Addr),
    Application(String),
}

/// How the answer of a lookup came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LookupPath {
    /// As plain packets of this flow.
    Packets(u32),
    /// The resolver of the host had it already.
    Cache,
    /// Inside HTTPS, by the program itself and past the resolver of the host.
    Hidden,
}

/// A process asked for a name.
#[derive(Debug, Clone)]
pub(crate) struct DnsLookup {
    pub(crate) path: LookupPath,
    /// The process that wanted the name.
    pub(crate) asker: ProcessIndex,
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) addresses: Vec<IpAddr>,
    pub(crate) ttl_seconds: u32,
    pub(crate) answered_ns: i64,
}

impl DnsLookup {
    /// The flow that carried the answer in the open.
    pub(crate) fn carrier(&self) -> Option<u32> {
        match self.path {
            LookupPath::Packets(flow) => Some(flow),
            LookupPath::Cache | LookupPath::Hidden => None,
        }
    }
}

/// A packet that the platform dropped although nothing decided against its connection.
#[derive(Debug, Clone)]
pub(crate) struct PacketDrop {
    pub(crate) flow: u32,
    pub(crate) time_ns: i64,
    pub(crate) filter: FilterIndex,
}

/// Something an analyst should be told.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) kind: FindingKind,
    pub(crate) process: ProcessIndex,
    pub(crate) remotes: Vec<SocketAddr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FindingKind {
    SynSweep,
    LookalikeProcess,
    Beacon,
    SystemNameWrongPath,
}
