//! A TCP connection that is followed until its application has said whom it wants to reach.
//!
//! ```text
//! Probing ──> TlsHello ──named──────────────────────────> Finished
//!    │            └────> TlsServer ──certificate──────────> Finished
//!    │──────> HttpRequests ──CONNECT──> HttpTunnel ──┐
//!    │──────> SocksAnswer ───────────────────────────┤ granted: what is inside the tunnel is probed again
//!    │──────> Dns                                    │
//!    └───────────────────────────────────────────────┘
//! ```

use whotalks_record::{ApplicationProtocol, FlowId, FlowKey, NameSource, Span};
use whotalks_wire::app::{self, Carrier, Recognition, Unfinished, socks};

use super::dns::Transactions;
use super::output::Name;
use super::side::{MOST_SIDE_BYTES, Side};
use super::{Found, Output, Place, http, http2, tls};
use crate::reassembly::Arrival;
use crate::role::{Pair, Role};

/// Tunnels inside tunnels that are followed; a chain of proxies rarely has more than two.
const MOST_TUNNELS: u8 = 4;
/// Segments of a client that are probed when the beginning of the connection was not captured.
const ATTEMPTS_IN_THE_MIDDLE: u8 = 8;
/// Segments of a client that are passed over while an answer of the server may still tell what an unknown protocol is.
const MOST_UNANSWERED: u8 = 4;
/// Bytes of a side that are probed; signatures and shapes show within.
const MOST_PROBED_BYTES: usize = 4096;
/// Segments of a client among which the beginning of TLS is looked for after STARTTLS and its like.
const MOST_BEFORE_UPGRADE: u8 = 32;
/// A DNS message over TCP with its length.
const MOST_DNS_BYTES: usize = (1 << 16) + 2;
/// What a server sends up to its certificates; chains of three take 5 KiB, the longest seen 16 KiB.
const MOST_CERTIFICATE_BYTES: usize = 32 << 10;

/// A connection that is being followed.
pub(crate) struct Stream {
    sides: Pair<Side>,
    stage: Stage,
    tunnels: u8,
    /// How many more segments of the client may turn out to be unknown.
    attempts: u8,
    last_name: Option<Name>,
    transactions: Transactions,
    http2: Option<Box<http2::Requests>>,
    last_span: Option<Span>,
    found: Option<Found>,
    /// What the bytes and the port suggest together.
    guess: Option<ApplicationProtocol>,
    /// The side that accepted the connection speaks as the client.
    is_reversed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The protocol is not known.
    Probing,
    /// Waiting for a whole ClientHello.
    TlsHello,
    /// The hello named nobody, or somebody who may be another: waiting for the server's certificate.
    TlsServer {
        is_named: bool,
    },
    /// Reading one request head after the other.
    HttpRequests,
    /// Reading one frame of HTTP/2 after the other.
    Http2,
    /// A CONNECT request waits for its answer.
    HttpTunnel,
    /// A SOCKS request waits for its answer.
    SocksAnswer(socks::Version),
    /// Reading one DNS message after the other.
    Dns,
    /// A protocol that may turn into TLS; so many more segments of the client are looked at.
    Upgradable(u8),
    /// Nothing known from the client; an answer may tell, or so many more of its segments end the search.
    Unanswered(u8),
    Finished,
}

/// What a stage makes of the bytes it is given.
enum Step {
    /// They begin a message whose end is missing.
    NeedMore,
    /// So many of them are done with; go on with the rest.
    Consumed(usize),
    /// The stage has changed; look at them again.
    Again,
    /// None of them is of interest.
    Drop,
    /// Nothing more is wanted of the connection.
    Finish,
}

impl Stream {
    /// A connection whose sides begin at these numbers; none where the SYN was not captured.
    pub(crate) fn new(starts: Pair<Option<u32>>) -> Self {
        let from_start = starts.client.is_some();
        Self {
            sides: Pair {
                client: Side::new(starts.client),
                server: Side::new(starts.server),
            },
            stage: Stage::Probing,
            tunnels: 0,
            attempts: if from_start { 1 } else { ATTEMPTS_IN_THE_MIDDLE },
            last_name: None,
            transactions: Transactions::default(),
            http2: None,
            last_span: None,
            found: None,
            guess: None,
            is_reversed: false,
        }
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.stage == Stage::Finished
    }

    /// What the bytes and the port suggest together, where nothing proved it.
    pub(crate) fn guess(&self) -> Option<Found> {
        self.guess.map(Found::by_port)
    }

    /// Takes in a segment `(sequence, payload, complete)`; gives the protocol when it was recognised by it.
    pub(crate) fn segment(
        &mut self,
        role: Role,
        (sequence, payload, complete): (u32, &[u8], bool),
        place: &Place,
        output: &mut Output<'_>,
    ) -> Option<Found> {
        self.found = None;
        self.last_span = Some(place.span);
        if role == Role::Server && !self.is_reversed {
            self.look_for_reversal(payload);
        }
        let role = if self.is_reversed { role.other() } else { role };
        if !self.wants(role) {
            self.sides.get_mut(role).forget(output.budget);
            return None;
        }
        match self.sides.get_mut(role).arrive(sequence, payload, output.budget) {
            Arrival::New { bytes, .. } => self.read_in_order(role, bytes, place, output),
            Arrival::Old | Arrival::Held => {}
            Arrival::Full => self.gap(role, (sequence, payload), place, output),
        }
        if !complete {
            self.cut(role, place, output);
        }
        self.found
    }

    /// Changes the roles where the side that accepted the connection asks the other one to be its proxy.
    fn look_for_reversal(&mut self, payload: &[u8]) {
        const SOCKS_5: u8 = 5;
        let waiting = self.sides.server.pending();
        let is_open = matches!(self.stage, Stage::Probing | Stage::Unanswered(_));
        let begins_well = waiting.first().or(payload.first()) == Some(&SOCKS_5);
        if is_open && begins_well && socks::is_reversed(&[waiting, payload].concat()) {
            self.is_reversed = true;
            self.sides.swap();
            (self.stage, self.attempts) = (Stage::Probing, 1);
        }
    }

    /// Whether what a side sends can say anything at this stage. A side that is passed over is taken up again wherever it is
    /// by then.
    const fn wants(&self, role: Role) -> bool {
        !matches!(
            (self.stage, role),
            (Stage::HttpRequests | Stage::Http2 | Stage::Upgradable(_), Role::Server)
                | (Stage::TlsServer { .. }, Role::Client)
                | (Stage::Finished, _)
        )
    }

    fn read_in_order(&mut self, role: Role, new: &[u8], place: &Place, output: &mut Output<'_>) {
        self.read(role, new, place, output);
        while let Some(held) = self.sides.get_mut(role).next_held(output.budget) {
            self.read(role, &held, place, output);
        }
    }

    /// Bytes are missing for good. HTTP begins anew with each request; elsewhere nothing can be read any more.
    fn gap(&mut self, role: Role, (sequence, payload): (u32, &[u8]), place: &Place, output: &mut Output<'_>) {
        match self.stage {
            Stage::HttpRequests => {
                self.sides.get_mut(role).jump(sequence, output.budget);
                let arrival = self.sides.get_mut(role).arrive(sequence, payload, output.budget);
                if let Arrival::New { bytes, .. } = arrival {
                    self.read(role, bytes, place, output);
                }
            }
            _ => self.stage = Stage::Finished,
        }
    }

    /// The capture kept only the beginning of the segment: what waits will never be completed.
    fn cut(&mut self, role: Role, place: &Place, output: &mut Output<'_>) {
        self.read_partial(place, output);
        self.sides.get_mut(role).take_pending(output.budget);
        if !matches!(self.stage, Stage::HttpRequests) {
            self.stage = Stage::Finished;
        }
    }

    /// Reads new bytes of a side, and of the other side as well whenever that changes what is expected of it.
    fn read(&mut self, role: Role, new: &[u8], place: &Place, output: &mut Output<'_>) {
        let mut stage = self.stage;
        self.read_side(role, new, place, output);
        let mut next = role.other();
        while stage != self.stage && self.stage != Stage::Finished {
            stage = self.stage;
            if !self.sides.get(next).pending().is_empty() {
                self.read_side(next, &[], place, output);
            }
            next = next.other();
        }
    }

    fn read_side(&mut self, role: Role, new: &[u8], place: &Place, output: &mut Output<'_>) {
        let waiting = self.sides.get_mut(role).take_pending(output.budget);
        if waiting.is_empty() {
            let rest = self.advance(role, new, place, output).map(<[u8]>::to_vec);
            self.keep(role, rest, place, output);
        } else {
            // What waits is given up where a request, or TLS behind something that nobody knows, begins anew.
            let restart = role == Role::Client
                && match self.stage {
                    Stage::HttpRequests => http::begins_request(new),
                    Stage::Probing | Stage::Unanswered(_) => app::tls::is_by_client(new) == Some(true),
                    _ => false,
                };
            let joined = if restart {
                new.to_vec()
            } else {
                [&waiting, new].concat()
            };
            let rest = self.advance(role, &joined, place, output).map(<[u8]>::to_vec);
            self.keep(role, rest, place, output);
        }
    }

    /// Runs the stages over `bytes` and gives what must be seen again with more behind it.
    fn advance<'a>(&mut self, role: Role, bytes: &'a [u8], place: &Place, output: &mut Output<'_>) -> Option<&'a [u8]> {
        let mut rest = bytes;
        while !rest.is_empty() {
            match self.step(role, rest, place, output) {
                Step::NeedMore => return Some(rest),
                Step::Consumed(length) => rest = rest.get(length.max(1)..).unwrap_or_default(),
                Step::Again => {}
                Step::Drop => return None,
                Step::Finish => {
                    self.stage = Stage::Finished;
                    return None;
                }
            }
        }
        None
    }

    fn keep(&mut self, role: Role, rest: Option<Vec<u8>>, place: &Place, output: &mut Output<'_>) {
        let Some(rest) = rest else { return };
        let most = match (self.stage, role) {
            (Stage::Dns, _) => MOST_DNS_BYTES,
            (Stage::TlsServer { .. }, Role::Server) => MOST_CERTIFICATE_BYTES,
            _ => MOST_SIDE_BYTES,
        };
        let Some(rest) = self.sides.get_mut(role).keep(rest, most, output.budget) else {
            return;
        };
        // Too long to wait for: take what can be read of it. A talkative server does not end the search.
        if role == Role::Client {
            self.partial_request(&rest, place, output);
            if self.stage != Stage::HttpRequests {
                self.stage = Stage::Finished;
            }
        }
    }

    fn step(&mut self, role: Role, bytes: &[u8], place: &Place, output: &mut Output<'_>) -> Step {
        match (self.stage, role) {
            (Stage::Probing, _) | (Stage::Unanswered(_), Role::Server) => self.probe(role, bytes, place, output),
            (Stage::Upgradable(left), Role::Client) => self.upgrade(left, bytes),
            (Stage::Unanswered(left), Role::Client) => self.unanswered(left, bytes),
            (Stage::TlsHello, Role::Client) => self.client_hello(bytes, place, output),
            (Stage::TlsServer { is_named }, Role::Server) => self.certificate(is_named, bytes, place, output),
            (Stage::HttpRequests, Role::Client) if http2::begins(bytes) => {
                self.stage = Stage::Http2;
                Step::Again
            }
            (Stage::HttpRequests, Role::Client) => self.request(bytes, place, output),
            (Stage::Http2, Role::Client) => self.http2(bytes, place, output),
            (Stage::HttpTunnel, Role::Server) => self.tunnel_answer(bytes),
            (Stage::SocksAnswer(version), Role::Server) => self.socks_answer(version, bytes),
            (Stage::HttpTunnel | Stage::SocksAnswer(_), Role::Client) | (Stage::TlsHello, Role::Server) => {
                Step::NeedMore
            }
            (Stage::Dns, _) => self.dns(role, bytes, place, output),
            (Stage::HttpRequests | Stage::Http2 | Stage::Upgradable(_), Role::Server)
            | (Stage::TlsServer { .. }, Role::Client)
            | (Stage::Finished, _) => Step::Drop,
        }
    }

    fn probe(&mut self, role: Role, bytes: &[u8], place: &Place, output: &mut Output<'_>) -> Step {
        if role == Role::Client {
            match app::proxy_header::length(bytes) {
                Ok(Some(length)) if length > bytes.len() => return Step::NeedMore,
                Ok(Some(length)) => return Step::Consumed(length),
                Ok(None) => {}
                Err(_) => return Step::NeedMore,
            }
        }
        let direction = match role {
            Role::Client => app::Direction::ToServer,
            Role::Server => app::Direction::ToClient,
        };
        match app::recognise(bytes, Carrier::Stream, direction) {
            Recognition::Certain(protocol) => self.recognised(protocol, role, bytes, place, output),
            Recognition::Unsure(_) if bytes.len() < MOST_PROBED_BYTES => {
                let ports = [place.key.client.port, place.key.server.port];
                self.guess = self
                    .guess
                    .or_else(|| app::guess_by_port(bytes, Carrier::Stream, direction, ports));
                Step::NeedMore
            }
            Recognition::Unsure(_) | Recognition::Unknown => self.unknown(role),
        }
    }

    /// An answer may only make sense once the question is known, and a question once its answer is.
    fn unknown(&mut self, role: Role) -> Step {
        if role == Role::Server {
            return if self.stage == Stage::Probing {
                Step::NeedMore
            } else {
                // Nothing tells what it is; it may still turn into TLS (ManageSieve, RFC 5804 2.2, and others).
                self.stage = Stage::Upgradable(MOST_UNANSWERED);
                Step::Drop
            };
        }
        self.attempts = self.attempts.saturating_sub(1);
        if self.attempts == 0 {
            self.stage = Stage::Unanswered(MOST_UNANSWERED);
        }
        Step::Drop
    }

    fn unanswered(&mut self, left: u8, bytes: &[u8]) -> Step {
        if app::tls::is_by_client(bytes) == Some(true) {
            self.stage = Stage::TlsHello;
            return Step::Again;
        }
        match left.checked_sub(1) {
            None => Step::Finish,
            Some(left) => {
                self.stage = Stage::Unanswered(left);
                Step::Drop
            }
        }
    }

    /// Looks for the beginning of TLS where commands of another protocol came before.
    fn upgrade(&mut self, left: u8, bytes: &[u8]) -> Step {
        if app::tls::is_by_client(bytes) == Some(true) {
            self.stage = Stage::TlsHello;
            return Step::Again;
        }
        if let Some(header_bytes) = app::database::tds::bytes_before_handshake(bytes) {
            self.stage = Stage::TlsHello;
            return Step::Consumed(header_bytes);
        }
        match left.checked_sub(1) {
            None => Step::Finish,
            Some(left) => {
                self.stage = Stage::Upgradable(left);
                Step::Drop
            }
        }
    }

    fn recognised(
        &mut self,
        protocol: ApplicationProtocol,
        role: Role,
        bytes: &[u8],
        place: &Place,
        output: &mut Output<'_>,
    ) -> Step {
        let flavour = if protocol == ApplicationProtocol::Dns {
            app::dns::flavour([place.key.client.port, place.key.server.port])
        } else {
            protocol
        };
        self.found = self.found.or(Some(Found::by_content(flavour)));
        self.stage = match protocol {
            ApplicationProtocol::Tls => Stage::TlsHello,
            ApplicationProtocol::Http1 | ApplicationProtocol::HttpConnect => Stage::HttpRequests,
            ApplicationProtocol::Http2 => Stage::Http2,
            ApplicationProtocol::Dns => Stage::Dns,
            ApplicationProtocol::Socks4 | ApplicationProtocol::Socks5 => {
                return self.socks_request(bytes, place, output);
            }
            // What the session carries follows its request; whether SMB 2 is spoken the server says.
            ApplicationProtocol::NetbiosSession => return self.framed(protocol, role, bytes),
            ApplicationProtocol::Smb1 if role == Role::Client => return Step::Drop,
            _ if app::protocol(protocol, Carrier::Stream).is_some_and(|row| row.upgrades_to_tls) => {
                self.stage = Stage::Upgradable(MOST_BEFORE_UPGRADE);
                return Step::Drop;
            }
            _ => return Step::Finish,
        };
        Step::Again
    }

    /// Passes over one message; what follows is probed.
    fn framed(&self, protocol: ApplicationProtocol, role: Role, bytes: &[u8]) -> Step {
        let direction = match role {
            Role::Client => app::Direction::ToServer,
            Role::Server => app::Direction::ToClient,
        };
        match app::protocol(protocol, Carrier::Stream).map(|row| (row.pdu)(bytes, direction)) {
            Some(app::PduLength::Known(length)) if length <= bytes.len() => Step::Consumed(length),
            Some(app::PduLength::Known(_) | app::PduLength::NeedMore) => Step::NeedMore,
            Some(app::PduLength::Unframed) | None => Step::Finish,
        }
    }

    fn client_hello(&mut self, bytes: &[u8], place: &Place, output: &mut Output<'_>) -> Step {
        let hello = match tls::hello(bytes, place.key.server.port) {
            Ok(hello) => hello,
            Err(Unfinished::NeedMore) => return Step::NeedMore,
            Err(Unfinished::Broken(_)) => return Step::Finish,
        };
        if self
            .found
            .is_none_or(|found| found.protocol == ApplicationProtocol::Tls)
        {
            self.found = Some(hello.found);
        }
        let is_named = hello.name.is_some();
        self.say(hello.name, place, output);
        if is_named && !hello.asks_certificate {
            return Step::Finish;
        }
        self.stage = Stage::TlsServer { is_named };
        Step::Drop
    }

    /// Who the server says it is counts where the client did not say whom it wants.
    fn certificate(&mut self, is_named: bool, bytes: &[u8], place: &Place, output: &mut Output<'_>) -> Step {
        if let Some(header_bytes) = app::database::tds::bytes_before_handshake(bytes) {
            return Step::Consumed(header_bytes);
        }
        let certificate = match tls::certificate(bytes) {
            Ok(certificate) => certificate,
            Err(Unfinished::NeedMore) => return Step::NeedMore,
            Err(Unfinished::Broken(_)) => return Step::Finish,
        };
        let Some(certificate) = certificate else {
            return Step::Finish;
        };
        self.found = app::tls::by_certificate(&certificate).map(Found::by_content);
        if !is_named {
            let names = tls::certificate_names(certificate);
            names.into_iter().for_each(|name| self.say(Some(name), place, output));
        }
        Step::Finish
    }

    fn request(&mut self, bytes: &[u8], place: &Place, output: &mut Output<'_>) -> Step {
        match http::request(bytes) {
            Ok(request) => {
                self.say(request.name, place, output);
                if request.wants_websocket {
                    self.found = Some(Found::by_content(ApplicationProtocol::WebSocket));
                }
                if request.is_dns {
                    self.found = Some(Found::by_content(ApplicationProtocol::Doh));
                }
                if request.is_connect {
                    self.found = Some(Found::by_content(ApplicationProtocol::HttpConnect));
                    self.stage = Stage::HttpTunnel;
                }
                Step::Consumed(request.head_bytes)
            }
            Err(Unfinished::NeedMore) => Step::NeedMore,
            Err(Unfinished::Broken(_)) => Step::Drop,
        }
    }

    fn http2(&mut self, bytes: &[u8], place: &Place, output: &mut Output<'_>) -> Step {
        let requests = self.http2.get_or_insert_default();
        let told = requests.read(bytes);
        let is_over = requests.is_over();
        match told {
            Ok(told) => {
                self.say(told.name, place, output);
                if told.is_dns {
                    self.found = Some(Found::by_content(ApplicationProtocol::Doh));
                }
                if is_over {
                    Step::Finish
                } else {
                    Step::Consumed(told.bytes)
                }
            }
            Err(Unfinished::NeedMore) => Step::NeedMore,
            Err(Unfinished::Broken(_)) => Step::Finish,
        }
    }

    fn tunnel_answer(&mut self, bytes: &[u8]) -> Step {
        match http::tunnel_answer(bytes) {
            Ok(answer) if answer.is_interim => Step::Consumed(answer.head_bytes),
            Ok(answer) => {
                if answer.is_granted {
                    self.enter_tunnel()
                } else {
                    self.stage = Stage::HttpRequests
                }
                Step::Consumed(answer.head_bytes)
            }
            Err(Unfinished::NeedMore) => Step::NeedMore,
            Err(Unfinished::Broken(_)) => Step::Finish,
        }
    }

    fn socks_request(&mut self, bytes: &[u8], place: &Place, output: &mut Output<'_>) -> Step {
        let Ok(request) = socks::request(bytes) else {
            return Step::Finish;
        };
        let name = match request.host {
            socks::Host::Address(address) => address.to_string(),
            socks::Host::Name(name) => app::name_text(name),
        };
        let name = Name {
            source: NameSource::SocksTarget,
            name,
            port: Some(request.port),
            path: None,
        };
        self.say(Some(name), place, output);
        self.stage = Stage::SocksAnswer(request.version);
        Step::Consumed(request.bytes)
    }

    fn socks_answer(&mut self, version: socks::Version, bytes: &[u8]) -> Step {
        match socks::answer(version, bytes) {
            Ok(answer) if answer.granted => {
                self.enter_tunnel();
                Step::Consumed(answer.bytes)
            }
            Err(Unfinished::NeedMore) => Step::NeedMore,
            Ok(_) | Err(Unfinished::Broken(_)) => Step::Finish,
        }
    }

    fn enter_tunnel(&mut self) {
        self.tunnels += 1;
        self.attempts = 1;
        self.stage = if self.tunnels > MOST_TUNNELS {
            Stage::Finished
        } else {
            Stage::Probing
        };
    }

    fn dns(&mut self, role: Role, bytes: &[u8], place: &Place, output: &mut Output<'_>) -> Step {
        let from = if role == Role::Client {
            place.key
        } else {
            place.key.reversed()
        };
        match self.transactions.framed(bytes, from, place, output) {
            Ok(length) => Step::Consumed(length),
            Err(Unfinished::NeedMore) => Step::NeedMore,
            Err(Unfinished::Broken(_)) => Step::Finish,
        }
    }

    /// Reports a name, unless it is the one that was reported last.
    fn say(&mut self, name: Option<Name>, place: &Place, output: &mut Output<'_>) {
        let Some(name) = name.filter(|name| !name.name.is_empty()) else {
            return;
        };
        let same = |last: &Name| (last.source, &last.name, last.port) == (name.source, &name.name, name.port);
        if self.last_name.as_ref().is_some_and(same) {
            return;
        }
        output.name(place, &name);
        self.last_name = Some(name);
    }

    /// What can be read of a request head that will not be completed.
    fn partial_request(&mut self, bytes: &[u8], place: &Place, output: &mut Output<'_>) {
        if self.stage == Stage::HttpRequests {
            self.say(http::partial_name(bytes), place, output);
        }
    }

    fn read_partial(&mut self, place: &Place, output: &mut Output<'_>) {
        let waiting = self.sides.client.take_pending(output.budget);
        self.partial_request(&waiting, place, output);
    }

    /// Says what is left to say at the end of the connection.
    pub(crate) fn end(&mut self, flow: FlowId, key: FlowKey, output: &mut Output<'_>) {
        if let Some(span) = self.last_span {
            self.read_partial(
                &Place {
                    span,
                    time: None,
                    flow,
                    key,
                },
                output,
            );
        }
        self.transactions.end(flow, output);
    }

    /// Gives back what is held.
    pub(crate) fn release(&mut self, output: &mut Output<'_>) {
        self.sides.client.release(output.budget);
        self.sides.server.release(output.budget);
    }
}
