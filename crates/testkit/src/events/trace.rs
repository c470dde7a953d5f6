//! What a trace session on the host writes about the scenario, before any file: sockets of the driver, connections of the
//! network stack, names of the DNS client, processes of the kernel.
//!
//! The process in the header of an event is the one on whose thread it was written. Here it is nearly always another one than the
//! event is about, so that whoever believes it is found out.

use super::requests::request_notes;
use crate::clock::{MICROSECOND, MILLISECOND, SECOND, filetime};
use crate::scenario::TraceKnobs;
use crate::scenario::model::{
    Decision, Direction, DnsLookup, Ending, Flow, Host, LookupPath, Packet, Process, ProcessIndex, Scenario, Transport,
    Window,
};
use crate::sockets::rows;
use crate::write::etl::{
    self, Socket, TraceEvent, afd_bind, afd_connect, afd_create, dns_answer, dns_asked, dns_wire_answer,
    kernel_network_data, kernel_process_start, kernel_process_stop, provider, tcpip_connected, tcpip_listed,
    tcpip_named, udp_messages,
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// What of the scenario an event proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TraceAbout {
    /// Whose this flow is: both ends and the process.
    Owner(u32),
    /// That this flow was opened.
    Opening(u32),
    /// That the connection stands.
    Standing(u32),
    /// The name that this flow was opened to.
    Name(u32),
    /// That the socket of this flow was there, without its owner where the flag says so.
    Listed { flow: u32, owned: bool },
    /// The program of this process.
    Image(ProcessIndex),
    /// This part of the request that this flow carries.
    Request(u32, RequestPart),
    /// This lookup, by its index.
    Lookup(usize),
    /// Nothing.
    Noise,
}

/// What of a request and its connection an HTTP library tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RequestPart {
    /// What is asked for.
    Url,
    /// Which connection, with both of its ends.
    BothEnds,
    /// Which connection, with its far end.
    FarEnd,
    /// That the request goes over the connection.
    Assigned,
    /// That the connection carries TLS with the name.
    Tls,
}

/// To which kind of provider an event belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TracePart {
    /// The network stack.
    Network,
    /// The driver of sockets.
    Driver,
    /// Names and processes.
    Programs,
}

/// One event, at a true instant.
#[derive(Debug, Clone)]
pub(crate) struct TraceNote {
    pub(crate) time_ns: i64,
    pub(crate) about: TraceAbout,
    pub(crate) part: TracePart,
    pub(crate) event: TraceEvent,
}

const STATUS_SUCCESS: u32 = 0;
const STATUS_ACCESS_DENIED: u32 = 0xc000_0022;
const STATUS_IO_TIMEOUT: u32 = 0xc000_00b5;
/// Windows gives a call up after this time.
const OPENING_NS: i64 = 21 * SECOND;
/// The control block of a connection that the host closed first goes away after this time.
const TIME_WAIT_NS: i64 = 120 * SECOND;

/// When the trace was on.
pub(crate) fn window(scenario: &Scenario) -> Window {
    let before_ns = scenario.knobs.trace.begins_before_capture_ns;
    Window {
        begins_ns: scenario.capture.begins_ns - before_ns,
        ends_ns: scenario.capture.ends_ns + 15 * SECOND,
    }
}

/// The events of a host in the order of time.
pub(crate) fn trace_notes(scenario: &Scenario, host: &Host) -> Vec<TraceNote> {
    let window = window(scenario);
    let mut notes = Notes {
        host,
        knobs: &scenario.knobs.trace,
        notes: Vec::new(),
    };
    notes.list(window.begins_ns + 2 * MILLISECOND);
    notes.list(window.ends_ns - 2 * MILLISECOND);
    notes.processes(window);
    for flow in &host.flows {
        match flow.transport {
            Transport::Tcp => notes.tcp(flow),
            Transport::Udp => notes.udp(flow),
        }
    }
    if scenario.knobs.trace.names {
        for (index, lookup) in host.lookups.iter().enumerate() {
            notes.lookup(index, lookup);
        }
    }
    let mut notes = notes.notes;
    if scenario.knobs.trace.requests {
        notes.extend(request_notes(host, &scenario.knobs.trace));
    }
    notes.retain(|note| window.contains(note.time_ns));
    notes.sort_by_key(|note| note.time_ns);
    notes
}

struct Notes<'a> {
    host: &'a Host,
    knobs: &'a TraceKnobs,
    notes: Vec<TraceNote>,
}

impl Notes<'_> {
    fn push(
        &mut self,
        time_ns: i64,
        about: TraceAbout,
        provider: &'static str,
        (id, version): (u16, u8),
        payload: Vec<u8>,
    ) {
        let part = match provider {
            provider::AFD => TracePart::Driver,
            provider::TCPIP | provider::KERNEL_NETWORK => TracePart::Network,
            _ => TracePart::Programs,
        };
        let event = TraceEvent {
            provider,
            id,
            version,
            keywords: 0x8000_0000_0000_0000,
            // Whoever runs when the packet comes.
            process_id: 4 + 4 * u32::from(id % 7),
            payload,
            ..TraceEvent::default()
        };
        self.notes.push(TraceNote {
            time_ns,
            about,
            part,
            event,
        });
    }

    fn stack(&mut self, time_ns: i64, about: TraceAbout, id: u16, payload: Vec<u8>) {
        self.push(time_ns, about, provider::TCPIP, (id, 1), payload);
    }

    fn socket(&self, flow: &Flow) -> Socket {
        let process = self.host.process(flow.process);
        Socket {
            local: flow.local,
            remote: flow.remote,
            process_id: process.map_or(0, |process| process.pid),
            process_start_key: u64::from(flow.id) + 1_000,
        }
    }

    fn tcp(&mut self, flow: &Flow) {
        let (socket, first_ns) = (self.socket(flow), flow.first_ns);
        let owner = TraceAbout::Owner(flow.id);
        let allowed = flow.decision == Decision::Allowed;
        match (flow.direction, allowed) {
            (Direction::Inbound, false) => return,
            (Direction::Inbound, true) => {
                let payload = tcpip_connected(&socket, STATUS_SUCCESS);
                self.stack(
                    first_ns + 200 * MICROSECOND,
                    TraceAbout::Standing(flow.id),
                    1_017,
                    payload,
                );
            }
            (Direction::Outbound, false) => {
                self.driver(flow, &socket);
                let payload = tcpip_connected(&socket, STATUS_ACCESS_DENIED);
                return self.stack(first_ns - 90 * MICROSECOND, owner, 1_034, payload);
            }
            (Direction::Outbound, true) => self.call(flow, &socket),
        }
        for packet in flow.packets.iter().skip(3) {
            self.data(flow, &socket, packet, if packet.from_local { 10 } else { 11 });
        }
        if flow.ending != Ending::Unanswered && flow.ending != Ending::Open {
            self.stack(flow.last_ns, owner, 1_038, tcpip_connected(&socket, STATUS_SUCCESS));
        }
        if flow.ending == Ending::LocalClose {
            let payload = tcpip_connected(&socket, STATUS_SUCCESS);
            self.stack(flow.last_ns + TIME_WAIT_NS, owner, 1_043, payload);
        }
    }

    /// A connection that the host opens.
    fn call(&mut self, flow: &Flow, socket: &Socket) {
        let first_ns = flow.first_ns;
        self.driver(flow, socket);
        if let Some(name) = self.name_of(flow) {
            let about = TraceAbout::Name(flow.id);
            let payload = tcpip_named(socket, &name);
            self.push(
                first_ns - 110 * MICROSECOND,
                about,
                provider::TCPIP,
                (1_382, 0),
                payload,
            );
        }
        let opening = TraceAbout::Opening(flow.id);
        let payload = tcpip_connected(socket, STATUS_SUCCESS);
        self.stack(first_ns - 90 * MICROSECOND, opening, 1_031, payload.clone());
        if flow.ending == Ending::Unanswered {
            let payload = tcpip_connected(socket, STATUS_IO_TIMEOUT);
            return self.stack(first_ns + OPENING_NS, TraceAbout::Owner(flow.id), 1_045, payload);
        }
        let answer = flow.packets.iter().find(|packet| !packet.from_local);
        let answered_ns = answer.map_or(first_ns + MILLISECOND, |packet| packet.time_ns + 60 * MICROSECOND);
        self.stack(answered_ns, TraceAbout::Standing(flow.id), 1_033, payload);
    }

    /// What the driver tells: the socket is of a process, and calls.
    fn driver(&mut self, flow: &Flow, socket: &Socket) {
        let endpoint = endpoint(flow);
        let created = afd_create(endpoint, socket.process_id, flow.transport.number().into());
        let (noise, first_ns) = (TraceAbout::Noise, flow.first_ns);
        self.push(first_ns - 300 * MICROSECOND, noise, provider::AFD, (1_000, 0), created);
        let called = afd_connect(endpoint, socket.remote);
        self.push(first_ns - 150 * MICROSECOND, noise, provider::AFD, (1_018, 0), called);
    }

    fn udp(&mut self, flow: &Flow) {
        if flow.decision == Decision::Blocked {
            return;
        }
        let (socket, first_ns) = (self.socket(flow), flow.first_ns);
        let endpoint = endpoint(flow);
        let created = afd_create(endpoint, socket.process_id, 17);
        let any = match flow.local.ip() {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        };
        let bound = afd_bind(endpoint, SocketAddr::new(any, flow.local.port()));
        let noise = TraceAbout::Noise;
        self.push(first_ns - 400 * MICROSECOND, noise, provider::AFD, (1_000, 0), created);
        self.push(first_ns - 350 * MICROSECOND, noise, provider::AFD, (1_030, 0), bound);
        for packet in &flow.packets {
            let id = if packet.from_local { 1_169 } else { 1_170 };
            let length = u32::try_from(packet.frame.bytes.len()).unwrap_or(0);
            let payload = udp_messages(&socket, endpoint, length);
            self.stack(
                packet.time_ns - 20 * MICROSECOND,
                TraceAbout::Owner(flow.id),
                id,
                payload,
            );
            self.data(flow, &socket, packet, if packet.from_local { 42 } else { 43 });
        }
    }

    /// Data as Microsoft-Windows-Kernel-Network tells of them, for which only TCP is said to have its ends the right way round.
    fn data(&mut self, flow: &Flow, socket: &Socket, packet: &Packet, id: u16) {
        let about = match flow.transport {
            Transport::Tcp => TraceAbout::Owner(flow.id),
            Transport::Udp => TraceAbout::Noise,
        };
        let (id, length) = (
            id + if flow.local.is_ipv6() { 16 } else { 0 },
            u32::try_from(packet.frame.bytes.len()).unwrap_or(0),
        );
        let payload = kernel_network_data(socket, length);
        self.push(
            packet.time_ns + 30 * MICROSECOND,
            about,
            provider::KERNEL_NETWORK,
            (id, 0),
            payload,
        );
    }

    /// The name that the resolver of the host was asked for before the call, where that is the one meant.
    fn name_of(&self, flow: &Flow) -> Option<String> {
        let wanted = flow.name.as_ref().filter(|_| self.knobs.names)?;
        let callers = [Some(flow.process), flow.relayed_for];
        let leads = |lookup: &&DnsLookup| {
            lookup.path != LookupPath::Hidden
                && callers.contains(&Some(lookup.asker))
                && lookup.answered_ns <= flow.first_ns
                && lookup.addresses.contains(&flow.remote.ip())
        };
        let mut asked = self.host.lookups.iter().filter(leads);
        let is_meant = |lookup: &&DnsLookup| flow.proxy_target.is_some() || lookup.name == *wanted;
        asked.rfind(is_meant).map(|lookup| lookup.name.clone())
    }

    fn lookup(&mut self, index: usize, lookup: &DnsLookup) {
        let Some(asker) = self.host.process(lookup.asker) else {
            return;
        };
        if lookup.path == LookupPath::Hidden {
            return;
        }
        let results: String = lookup
            .aliases
            .iter()
            .map(|alias| format!("type:  5 {alias};"))
            .chain(lookup.addresses.iter().map(result))
            .collect();
        let record_type = if lookup.addresses.iter().any(IpAddr::is_ipv6) {
            28
        } else {
            1
        };
        let (dns, answered_ns, noise) = (provider::DNS_CLIENT, lookup.answered_ns, TraceAbout::Noise);
        let asked = dns_asked(&lookup.name, record_type);
        self.push(answered_ns - 20 * MILLISECOND, noise, dns, (3_006, 0), asked);
        let wire = dns_wire_answer(&lookup.name, record_type, &results, asker.pid);
        let about = TraceAbout::Lookup(index);
        if lookup.path != LookupPath::Cache {
            self.push(answered_ns, about, dns, (3_020, 1), wire);
        }
        let done = dns_answer(&lookup.name, record_type, 0, &results);
        self.push(answered_ns + 10 * MICROSECOND, about, dns, (3_008, 0), done);
        // Written in the process that asked, alone of all.
        if let Some(last) = self.notes.last_mut() {
            last.event.process_id = asker.pid;
        }
    }

    fn processes(&mut self, window: Window) {
        for (index, process) in self
            .host
            .processes
            .iter()
            .enumerate()
            .filter(|(_, process)| process.pid != 4)
        {
            let about = TraceAbout::Image(index);
            let image = device_path(self.host, process);
            let created = filetime(process.start_ns + self.host.skew_ns);
            let payload = kernel_process_start(process.pid, process.parent_pid, &image, created);
            let kernel = provider::KERNEL_PROCESS;
            if process.alive_at(window.begins_ns) {
                self.push(window.begins_ns + MILLISECOND, about, kernel, (15, 1), payload.clone());
            }
            self.push(process.start_ns, about, kernel, (1, 3), payload);
            if let Some(end_ns) = process.end_ns {
                let ended = filetime(end_ns + self.host.skew_ns);
                let payload = kernel_process_stop(process.pid, (created, ended), process.file_name());
                self.push(end_ns, TraceAbout::Noise, kernel, (2, 1), payload);
            }
        }
    }

    /// The stack's list of connections at an instant.
    fn list(&mut self, at_ns: i64) {
        for row in rows(self.host, at_ns)
            .into_iter()
            .filter(|row| row.transport == Transport::Tcp)
        {
            let nobody = SocketAddr::new(row.local.ip(), 0);
            let socket = Socket {
                local: row.local,
                remote: row.remote.unwrap_or(nobody),
                process_id: row.pid,
                process_start_key: 7,
            };
            let state = match row.state {
                "LISTENING" => 1,
                "SYN_SENT" => 2,
                "ESTABLISHED" => 4,
                _ => 10,
            };
            let about = row.flow.map_or(TraceAbout::Noise, |flow| TraceAbout::Listed {
                flow,
                owned: row.pid != 0,
            });
            self.stack(at_ns, about, 1_300, tcpip_listed(&socket, state));
        }
    }
}

fn endpoint(flow: &Flow) -> u64 {
    0xffff_a000_0000_0000 + u64::from(flow.id) * 0x100
}

/// An address as the DNS client writes it.
fn result(address: &IpAddr) -> String {
    match address {
        IpAddr::V4(address) => format!("::ffff:{address};"),
        IpAddr::V6(address) => format!("{address};"),
    }
}

/// `\Device\HarddiskVolume3\Windows\…`, with the letters as they are on the disk.
fn device_path(host: &Host, process: &Process) -> String {
    match process.image.split_once(":\\") {
        Some((_, rest)) => format!("\\Device\\HarddiskVolume{}\\{rest}", host.volume),
        None => process.image.clone(),
    }
}

/// The layout of a file of the session.
pub(crate) fn layout(scenario: &Scenario, host: &Host) -> etl::Layout {
    let knobs = &scenario.knobs.trace;
    etl::Layout {
        processors: knobs.processors,
        compressed: knobs.compressed,
        boot_ns: host.boot_ns + host.skew_ns,
        start_ns: window(scenario).begins_ns + host.skew_ns,
        end_ns: window(scenario).ends_ns + host.skew_ns,
        drops_every: knobs.drops_every as usize,
        ..etl::Layout::default()
    }
}
