//! Builds one host: it hands out process ids, ports and flow numbers and keeps what the ingredients play.

use crate::clock::{HOUR, MILLISECOND, MINUTE, SECOND};
use crate::random::Random;
use crate::scenario::cast::{self, Cast};
use crate::scenario::filters;
use crate::scenario::knobs::Knobs;
use crate::scenario::model::{
    Account, Decision, Direction, Ending, Flow, Host, NameShown, PacketDrop, Process, ProcessIndex, Transport, Window,
};
use crate::scenario::sites::Site;
use crate::scenario::talk::{Side, Stage, Talk};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Who a host is.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    pub(crate) index: u8,
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) user: String,
    pub(crate) observed: bool,
}

/// A process to be started.
#[derive(Debug, Clone)]
pub(crate) struct NewProcess<'a> {
    pub(crate) image: &'a str,
    pub(crate) command_line: &'a str,
    pub(crate) parent: ProcessIndex,
    pub(crate) account: Account,
    pub(crate) services: &'a [&'a str],
    pub(crate) start_ns: i64,
    pub(crate) end_ns: Option<i64>,
}

/// A flow whose packets are still being played.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) flow: Flow,
    pub(crate) talk: Talk,
}

#[derive(Debug)]
pub(crate) struct HostBuilder<'a> {
    pub(crate) host: Host,
    pub(crate) knobs: &'a Knobs,
    pub(crate) capture: Window,
    pub(crate) snapshot_ns: i64,
    pub(crate) cast: Cast,
    random: Random,
    resolver: IpAddr,
    next_flow: u32,
    next_port: u16,
    next_pid: u32,
    /// Answers that Dnscache keeps: name to address and end of its life.
    pub(crate) dns_cache: BTreeMap<(String, bool), (IpAddr, i64)>,
}

impl<'a> HostBuilder<'a> {
    /// A host with its usual processes, listeners and filters, and nothing said yet.
    pub(crate) fn new(
        identity: &Identity,
        knobs: &'a Knobs,
        capture: Window,
        snapshot_ns: i64,
        random: &Random,
    ) -> HostBuilder<'a> {
        let mut random = random.fork(&format!("host {}", identity.index));
        let host = new_host(identity, knobs, capture, &mut random);
        let mut builder = Self {
            host,
            knobs,
            capture,
            snapshot_ns,
            cast: Cast::default(),
            resolver: IpAddr::V4(Ipv4Addr::new(192, 168, 0, 1)),
            next_flow: u32::from(identity.index) * 100_000 + 1,
            next_port: 49_670 + u16::try_from(random.below(8_000)).unwrap_or(0),
            next_pid: 400,
            dns_cache: BTreeMap::new(),
            random,
        };
        builder.cast = cast::usual(&mut builder);
        builder.host.filters = filters::usual(&mut builder.fork("filters"), builder.host.volume, knobs.reboot);
        builder
    }

    /// An independent generator for an ingredient.
    pub(crate) fn fork(&self, label: &str) -> Random {
        self.random.fork(label)
    }

    /// An instant inside the capture, that long before its end at least.
    pub(crate) fn moment(&self, random: &mut Random, before_end_ns: i64) -> i64 {
        random.between(
            self.capture.begins_ns + 2 * SECOND,
            self.capture.ends_ns - before_end_ns,
        )
    }

    /// Starts a process with a fresh id.
    pub(crate) fn spawn(&mut self, new: &NewProcess<'_>) -> ProcessIndex {
        let gap = u32::try_from(self.random.between(1, 40)).unwrap_or(1);
        self.next_pid += gap * 4;
        self.spawn_as(new, self.next_pid)
    }

    /// Starts a process with an id of the caller's choice.
    pub(crate) fn spawn_as(&mut self, new: &NewProcess<'_>, pid: u32) -> ProcessIndex {
        let parent = self.host.process(new.parent);
        let process = Process {
            pid,
            parent_pid: parent.map_or(0, |parent| parent.pid),
            parent_image: parent.map_or_else(String::new, |parent| parent.image.clone()),
            start_ns: new.start_ns,
            end_ns: new.end_ns,
            image: new.image.to_owned(),
            command_line: new.command_line.to_owned(),
            account: new.account,
            services: new.services.iter().map(|service| (*service).to_owned()).collect(),
        };
        self.host.processes.push(process);
        self.host.processes.len() - 1
    }

    /// Starts a program of the person at the desk, as a child of the shell.
    pub(crate) fn run(&mut self, image: &str, command_line: &str, start_ns: i64, end_ns: Option<i64>) -> ProcessIndex {
        let parent = self.cast.explorer;
        self.spawn(&NewProcess {
            image,
            command_line,
            parent,
            account: Account::Person,
            services: &[],
            start_ns,
            end_ns,
        })
    }

    /// A path below the profile of the person at the desk.
    pub(crate) fn profile(&self, rest: &str) -> String {
        format!("C:\\Users\\{}\\{rest}", self.host.user)
    }

    /// The next port that the system hands out.
    pub(crate) fn ephemeral_port(&mut self) -> u16 {
        let gap = u16::try_from(self.random.between(1, 4)).unwrap_or(1);
        self.next_port = self.next_port.checked_add(gap).unwrap_or(49_670);
        self.next_port
    }

    /// A flow that the process opens to the remote end over that transport.
    pub(crate) fn draft(
        &mut self,
        process: ProcessIndex,
        transport: Transport,
        remote: SocketAddr,
        begins_ns: i64,
        ingredient: &'static str,
    ) -> Draft {
        let local = SocketAddr::new(self.local_address(remote), self.ephemeral_port());
        self.draft_between(process, transport, (local, remote), begins_ns, ingredient)
    }

    /// A flow with both ends given.
    pub(crate) fn draft_between(
        &mut self,
        process: ProcessIndex,
        transport: Transport,
        (local, remote): (SocketAddr, SocketAddr),
        begins_ns: i64,
        ingredient: &'static str,
    ) -> Draft {
        let near = matches!(remote.ip(), IpAddr::V4(address) if address.is_private());
        let round_trip_ns = if near {
            self.random.between(200_000, 900_000)
        } else {
            self.random.between(4, 180) * MILLISECOND
        };
        let remote_mac = if near && remote.ip() != self.resolver {
            neighbour_mac(remote.ip())
        } else {
            self.host.gateway_mac
        };
        let stage = Stage {
            local,
            remote,
            local_mac: self.host.mac,
            remote_mac,
            begins_ns,
            round_trip_ns,
        };
        let talk = Talk::new(stage, self.random.fork(&format!("flow {}", self.next_flow)));
        let flow = self.blank_flow(process, transport, (local, remote), begins_ns, ingredient);
        Draft { flow, talk }
    }

    fn blank_flow(
        &mut self,
        process: ProcessIndex,
        transport: Transport,
        (local, remote): (SocketAddr, SocketAddr),
        begins_ns: i64,
        ingredient: &'static str,
    ) -> Flow {
        let id = self.next_flow;
        self.next_flow += 1;
        let unrecorded = self.random.chance(2);
        let filter = filters::default_outbound(remote).filter(|_| !unrecorded);
        Flow {
            id,
            process,
            service: self.only_service(process),
            transport,
            local,
            remote,
            direction: Direction::Outbound,
            first_ns: begins_ns,
            last_ns: begins_ns,
            packets: Vec::new(),
            ending: Ending::Gone,
            decision: Decision::Allowed,
            filter,
            name: None,
            proxy_target: None,
            relayed_for: None,
            name_shown: NameShown::Nothing,
            protected: false,
            ingredient,
        }
    }

    fn only_service(&self, process: ProcessIndex) -> Option<String> {
        match self.host.process(process).map(|process| process.services.as_slice()) {
            Some([service]) => Some(service.clone()),
            _ => None,
        }
    }

    fn local_address(&self, remote: SocketAddr) -> IpAddr {
        match (remote, self.host.ipv6) {
            (SocketAddr::V6(_), Some(address)) => address,
            _ => self.host.ipv4,
        }
    }

    /// Takes the flow into the story of the host and gives its number.
    pub(crate) fn keep(&mut self, draft: Draft) -> u32 {
        let mut flow = draft.flow;
        flow.packets = draft.talk.into_packets();
        flow.first_ns = flow.packets.first().map_or(flow.first_ns, |packet| packet.time_ns);
        flow.last_ns = flow.packets.last().map_or(flow.first_ns, |packet| packet.time_ns);
        let id = flow.id;
        self.host.flows.push(flow);
        id
    }

    /// After a closed connection, sometimes a late segment arrives that finds no socket and is dropped.
    pub(crate) fn maybe_late_drop(&mut self, draft: &mut Draft) {
        if !self.knobs.late_drops || !draft.talk.random().chance(35) {
            return;
        }
        let pause = draft.talk.random().between(100, 4_000) * MILLISECOND;
        draft.talk.wait(pause);
        draft.talk.late_segment(Side::Remote);
        if draft.flow.remote.is_ipv4() {
            let (flow, time_ns) = (draft.flow.id, draft.talk.now_ns());
            self.host.drops.push(PacketDrop {
                flow,
                time_ns,
                filter: filters::STEALTH,
            });
        }
    }

    /// The address that serves the resolver of the host.
    pub(crate) fn resolver(&self) -> SocketAddr {
        SocketAddr::new(self.resolver, 53)
    }

    /// The IPv4 address of a site.
    pub(crate) fn address_of(site: &Site) -> Option<IpAddr> {
        site.ipv4.parse().ok()
    }
}

fn new_host(identity: &Identity, knobs: &Knobs, capture: Window, random: &mut Random) -> Host {
    let last = 105 + identity.index;
    let skew_ns = knobs.skew_of_host(usize::from(identity.index));
    let middle = capture.begins_ns + (capture.ends_ns - capture.begins_ns) / 2;
    let gap = Window {
        begins_ns: middle,
        ends_ns: middle + random.between(10, 50) * SECOND,
    };
    Host {
        name: identity.name.clone(),
        domain: identity.domain.clone(),
        user: identity.user.clone(),
        ipv4: IpAddr::V4(Ipv4Addr::new(192, 168, 0, last)),
        ipv6: knobs
            .ipv6
            .then(|| IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0x1, 0, 0x15a, 0, 0, last.into()))),
        mac: [0x00, 0x15, 0x5d, 0x01, 0x0a, last],
        gateway_mac: [0x00, 0x1b, 0x2f, 0x77, 0x00, 0x01],
        utc_offset_seconds: knobs.utc_offset_seconds,
        skew_ns,
        volume: u8::try_from(random.between(2, 4)).unwrap_or(3),
        observed: identity.observed,
        boot_ns: capture.begins_ns - random.between(2, 50) * HOUR - random.between(1, 50) * MINUTE,
        reboot_ns: knobs.reboot.then_some(capture.ends_ns + MINUTE),
        log_begin: knobs.log_begin,
        lost_events: knobs.lost_events.then_some(gap),
        processes: Vec::new(),
        flows: Vec::new(),
        listeners: Vec::new(),
        filters: Vec::new(),
        lookups: Vec::new(),
        drops: Vec::new(),
        findings: Vec::new(),
    }
}

/// The MAC address of a neighbour, the same wherever it is seen.
fn neighbour_mac(address: IpAddr) -> [u8; 6] {
    match address {
        IpAddr::V4(address) => {
            let [_, _, _, last] = address.octets();
            [0x00, 0x15, 0x5d, 0x01, 0x0a, last]
        }
        IpAddr::V6(_) => [0x00, 0x15, 0x5d, 0x01, 0x0b, 0x01],
    }
}
