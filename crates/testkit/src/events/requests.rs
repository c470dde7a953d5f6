//! What HTTP libraries inside of programs, and the services around them, write of the scenario: requests, the connections that carry
//! them, the choice of proxies, transfers for others.
//!
//! Half of the programs use the library that tells both ends of a connection, the others the one that tells the far end alone.

use super::trace::{RequestPart, TraceAbout, TraceNote, TracePart};
use crate::clock::{MICROSECOND, MILLISECOND};
use crate::scenario::TraceKnobs;
use crate::scenario::model::{Decision, Direction, Ending, Flow, Host, Transport};
use crate::write::etl::{
    TraceEvent, bits_ordered, bits_transferred, provider, proxy_found, webio_assigned, webio_connect, webio_request,
    webio_secured, winhttp_host, wininet_call, wininet_connected, wininet_done, wininet_send,
};

/// The service that finds out which proxy a URL needs, for all programs.
const PROXY_SERVICE: u32 = 2_148;
/// The service that transfers files for others.
const TRANSFER_SERVICE: u32 = 3_620;
const JOB: &str = "6f1c0a52-31b4-4d19-8a55-0f3c5d7e9b21";

/// The events of a host, in no order.
pub(crate) fn request_notes(host: &Host, knobs: &TraceKnobs) -> Vec<TraceNote> {
    let mut notes = Notes {
        host,
        knobs,
        notes: Vec::new(),
    };
    for flow in &host.flows {
        notes.flow(flow);
    }
    notes.notes
}

/// Whether the library of the program tells both ends of this flow.
pub(crate) fn tells_both_ends(flow: &Flow) -> bool {
    flow.process.is_multiple_of(2)
}

struct Notes<'a> {
    host: &'a Host,
    knobs: &'a TraceKnobs,
    notes: Vec<TraceNote>,
}

/// A request as its program sees it.
struct Request<'a> {
    flow: &'a Flow,
    name: &'a str,
    url: String,
    is_tls: bool,
    process_id: u32,
    image: &'a str,
    answered_ns: i64,
}

impl Notes<'_> {
    fn push(
        &mut self,
        (time_ns, about): (i64, TraceAbout),
        provider: &'static str,
        (id, version): (u16, u8),
        (process_id, payload): (u32, Vec<u8>),
    ) {
        let event = TraceEvent {
            provider,
            id,
            version,
            keywords: 0x8000_0000_0000_0004,
            process_id,
            payload,
            ..TraceEvent::default()
        };
        self.notes.push(TraceNote {
            time_ns,
            about,
            part: TracePart::Programs,
            event,
        });
    }

    fn flow(&mut self, flow: &Flow) {
        let is_call = flow.transport == Transport::Tcp
            && flow.direction == Direction::Outbound
            && flow.decision == Decision::Allowed
            && flow.ending != Ending::Unanswered
            && flow.relayed_for.is_none();
        let (Some(name), Some(process), true) = (&flow.name, self.host.process(flow.process), is_call) else {
            return;
        };
        let target = flow.proxy_target.as_deref().and_then(|target| target.rsplit_once(':'));
        let port = target.map_or_else(|| flow.remote.port().to_string(), |(_, port)| port.to_owned());
        let is_tls = port != "80";
        let (scheme, shown) = match port.as_str() {
            "80" => ("http", String::new()),
            "443" => ("https", String::new()),
            other => ("https", format!(":{other}")),
        };
        let answer = flow.packets.iter().find(|packet| !packet.from_local);
        let request = Request {
            flow,
            name,
            url: format!("{scheme}://{name}{shown}/index.html?id=1"),
            is_tls,
            process_id: process.pid,
            image: &process.image,
            answered_ns: answer.map_or(flow.first_ns + MILLISECOND, |packet| packet.time_ns + 70 * MICROSECOND),
        };
        match tells_both_ends(flow) {
            true => self.of_wininet(&request),
            false => self.of_webio(&request),
        }
        self.of_services(&request);
    }

    fn of_wininet(&mut self, request: &Request<'_>) {
        let (flow, pid, wininet) = (request.flow, request.process_id, provider::WININET);
        let (handle, socket) = (0x00cc_0000 + u64::from(flow.id) * 0x10, 0x400 + flow.id * 4);
        let first_ns = flow.first_ns;
        let sent = wininet_send(handle, &request.url);
        let url = TraceAbout::Request(flow.id, RequestPart::Url);
        self.push((first_ns - 2 * MILLISECOND, url), wininet, (1_007, 0), (pid, sent));
        let noise = TraceAbout::Noise;
        if flow.proxy_target.is_none() {
            let call = wininet_call(request.name, socket, flow.local.port());
            self.push((first_ns - 100 * MICROSECOND, noise), wininet, (301, 0), (pid, call));
        }
        let stands = wininet_connected(handle, socket, (flow.local, flow.remote));
        let carrier = TraceAbout::Request(flow.id, RequestPart::BothEnds);
        self.push((request.answered_ns, carrier), wininet, (1_046, 1), (pid, stands));
        let done = wininet_done(&request.url, "GET", (200, flow.id % 2));
        self.push((flow.last_ns, noise), wininet, (1_057, 0), (pid, done));
    }

    fn of_webio(&mut self, request: &Request<'_>) {
        let (flow, pid, webio) = (request.flow, request.process_id, provider::WEBIO);
        let place = 0x0000_01f0_0000_0000 + u64::from(flow.id) * 0x1000;
        let (handle, connection) = (place, place + 0x800);
        let (first_ns, answered_ns) = (flow.first_ns, request.answered_ns);
        let about = |part| TraceAbout::Request(flow.id, part);
        let made = webio_request(handle, "GET", &request.url);
        let url = about(RequestPart::Url);
        self.push((first_ns - 2 * MILLISECOND, url), webio, (18, 0), (pid, made));
        let call = webio_connect(connection, flow.remote, 0);
        let noise = TraceAbout::Noise;
        self.push(
            (first_ns - 130 * MICROSECOND, noise),
            webio,
            (200, 0),
            (pid, call.clone()),
        );
        self.push((answered_ns, about(RequestPart::FarEnd)), webio, (201, 0), (pid, call));
        let assigned = (pid, webio_assigned(handle, connection));
        self.push(
            (answered_ns + 200 * MICROSECOND, about(RequestPart::Assigned)),
            webio,
            (104, 0),
            assigned,
        );
        if request.is_tls {
            let secured = (pid, webio_secured(connection, request.name));
            self.push(
                (answered_ns + 400 * MICROSECOND, about(RequestPart::Tls)),
                webio,
                (700, 0),
                secured,
            );
        }
        let asks = winhttp_host(request.name, r"C:\Windows\System32\winhttp.dll", request.image);
        self.push(
            (first_ns - 3 * MILLISECOND, noise),
            provider::WINHTTP,
            (1_053, 0),
            (pid, asks),
        );
    }

    /// What is written in a service, whose process is never the one that asks.
    fn of_services(&mut self, request: &Request<'_>) {
        let (flow, noise) = (request.flow, TraceAbout::Noise);
        let before_ns = flow.first_ns - 40 * MILLISECOND;
        if flow.proxy_target.is_some() && self.knobs.proxies {
            let proxies = format!("PROXY {}; DIRECT", flow.remote);
            let found = (PROXY_SERVICE, proxy_found(&request.url, &proxies));
            self.push((before_ns, noise), provider::WINHTTP, (814, 1), found);
        }
        if flow.id.is_multiple_of(5) {
            let ordered = bits_ordered(JOB, "Update", r"CORP\anna", (request.image, request.process_id));
            self.push((before_ns, noise), provider::BITS, (3, 2), (TRANSFER_SERVICE, ordered));
            let ended = bits_transferred(JOB, "Update", &request.url, "");
            self.push(
                (flow.last_ns, noise),
                provider::BITS,
                (60, 0),
                (TRANSFER_SERVICE, ended),
            );
        }
    }
}
