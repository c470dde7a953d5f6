//! What messages say: names asked for, requests and answers, handshakes.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use whotalks_bytes::Cursor;
use whotalks_record::ApplicationProtocol;
use whotalks_session::streams::pdus::Pdu;
use whotalks_session::streams::{StreamNumber, Way};
use whotalks_session::{QuicHello, QuicHelloReader};
use whotalks_wire::app::dns::{Message, Name, RecordType};
use whotalks_wire::app::tls::{self, ClientHello, HandshakeType, Version};
use whotalks_wire::app::{dns, http1, name_text};

use super::question::{Question, Statistic};
use super::tally::{Line, Seen, Tally, plain};

/// A name that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DnsQuestion {
    /// The name, in lower case.
    pub name: String,
    /// The type of record asked for.
    pub record_type: RecordType,
    /// Questions.
    pub seen: Seen,
}

/// An outcome of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DnsOutcome {
    /// 0 no error, 3 no such name (IANA "DNS RCODEs").
    pub response_code: u16,
    /// Answers.
    pub seen: Seen,
}

/// What was asked of a host by HTTP/1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequests {
    /// The host: what a proxy is asked for, else the Host header; empty where neither is there.
    pub host: String,
    /// The method.
    pub method: String,
    /// Requests.
    pub seen: Seen,
}

/// A status that servers answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpAnswers {
    /// The status code.
    pub status: u16,
    /// Answers.
    pub seen: Seen,
}

/// Handshakes for one server name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsHandshakes {
    /// The name the client asked for; empty where it asked for none.
    pub server_name: String,
    /// The newest version that the client offers.
    pub version: Version,
    /// In QUIC and not in TCP.
    pub in_quic: bool,
    /// Handshakes.
    pub seen: Seen,
}

/// What applications said.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Applications {
    /// Names asked for by DNS, the most frequent first.
    pub dns_questions: Vec<DnsQuestion>,
    /// Outcomes of questions.
    pub dns_outcomes: Vec<DnsOutcome>,
    /// HTTP/1 requests.
    pub http_requests: Vec<HttpRequests>,
    /// HTTP/1 answers.
    pub http_answers: Vec<HttpAnswers>,
    /// TLS handshakes.
    pub tls: Vec<TlsHandshakes>,
}

/// How far the hello of a QUIC client was read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum HelloProgress {
    /// Nothing was seen of it.
    #[default]
    None,
    /// It is being put together.
    Reading,
    /// It was read, or it will not come.
    Done,
}

/// Hellos that all workers put together at once; each holds at most 32 KiB.
const MOST_OPEN_HELLOS: usize = 4096;

/// One worker's part.
#[derive(Default)]
pub(super) struct Messages {
    wants_dns: bool,
    wants_http: bool,
    wants_tls: bool,
    questions: Tally,
    outcomes: Tally,
    requests: Tally,
    answers: Tally,
    hellos: Tally,
    /// The hellos that are being put together, by the UDP streams they come in.
    open_hellos: HashMap<StreamNumber, QuicHelloReader, FxBuildHasher>,
    most_open_hellos: usize,
    /// Hellos that were not read, since too many were open.
    unread_hellos: u64,
}

/// The mark of a handshake in QUIC, above the sixteen bits of a version.
const IN_QUIC: u32 = 1 << 16;

impl Messages {
    pub(super) fn new(question: Question, workers: usize) -> Self {
        Self {
            most_open_hellos: MOST_OPEN_HELLOS / workers.max(1),
            wants_dns: question.wants(Statistic::Dns),
            wants_http: question.wants(Statistic::Http),
            wants_tls: question.wants(Statistic::Tls),
            ..Self::default()
        }
    }

    /// Counts a message of a TCP stream.
    #[inline]
    pub(super) fn message(&mut self, pdu: &Pdu<'_>, packet: u64) {
        use ApplicationProtocol as P;
        match pdu.protocol {
            P::Dns if self.wants_dns => self.dns(dns::framed(pdu.head).ok().map(|(message, _)| message), packet),
            P::Http1 | P::HttpConnect if self.wants_http => self.http(pdu.head, packet),
            P::Tls if self.wants_tls && !pdu.handshake.is_empty() => self.handshake(pdu.handshake, packet),
            _ => {}
        }
    }

    /// Reads a datagram of that stream, and counts it if there is a number to count it under; `hello` says how far the hello of the
    /// stream was read, if it is QUIC.
    #[inline]
    pub(super) fn datagram(
        &mut self,
        pdu: &Pdu<'_>,
        stream: StreamNumber,
        hello: &mut HelloProgress,
        packet: Option<u64>,
    ) {
        match (pdu.protocol, packet) {
            (ApplicationProtocol::Dns, Some(packet)) if self.wants_dns => {
                self.dns(Message::parse(pdu.head).ok(), packet);
            }
            (ApplicationProtocol::Quic, _) if self.wants_tls && pdu.way == Way::Forth => {
                self.quic(pdu.head, stream, hello, packet);
            }
            _ => {}
        }
    }

    fn dns(&mut self, message: Option<Message<'_>>, packet: u64) {
        let Some(message) = message else { return };
        if message.is_response() {
            self.outcomes.add(message.response_code().into(), packet, |_| {});
            return;
        }
        let mut questions = message.questions();
        let mut next = |key: &mut Vec<u8>| questions.next_canonical(key).map(|kind| kind.0.into());
        while self.questions.add_written(packet, &mut next) {}
    }

    fn http(&mut self, head: &[u8], packet: u64) {
        if let Ok(request) = http1::request(head) {
            self.requests.add(0, packet, |key| {
                key.extend_from_slice(request.method);
                key.push(b' ');
                key.extend_from_slice(host(&request).as_bytes());
            });
        } else if let Ok(response) = http1::response(head) {
            self.answers.add(response.status.into(), packet, |_| {});
        }
    }

    fn handshake(&mut self, messages: &[u8], packet: u64) {
        let hellos = tls::messages(messages).filter(|message| message.kind == HandshakeType::CLIENT_HELLO);
        for hello in hellos {
            add_hello(&mut self.hellos, hello.body, 0, packet);
        }
    }

    /// Reads on in the hello of a client. It counts for the packet that completes it, if that one counts.
    fn quic(&mut self, datagram: &[u8], stream: StreamNumber, progress: &mut HelloProgress, packet: Option<u64>) {
        match progress {
            HelloProgress::Done => return,
            HelloProgress::None if self.open_hellos.len() >= self.most_open_hellos => {
                self.unread_hellos += 1;
                return;
            }
            HelloProgress::None | HelloProgress::Reading => *progress = HelloProgress::Reading,
        }
        let reader = self.open_hellos.entry(stream).or_default();
        match (reader.datagram(datagram), packet) {
            (QuicHello::Waiting, _) => return,
            (QuicHello::Tls(body), Some(packet)) => add_hello(&mut self.hellos, body, IN_QUIC, packet),
            (QuicHello::Google(name), Some(packet)) => {
                self.hellos.add(IN_QUIC, packet, |key| write_name(name.as_deref(), key));
            }
            (_, None) | (QuicHello::Lost, _) => {}
        }
        self.open_hellos.remove(&stream);
        *progress = HelloProgress::Done;
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.questions.merge(other.questions);
        self.outcomes.merge(other.outcomes);
        self.requests.merge(other.requests);
        self.answers.merge(other.answers);
        self.hellos.merge(other.hellos);
        self.unread_hellos += other.unread_hellos;
    }

    /// How often content was not read, since too much was open.
    pub(super) const fn unread(&self) -> u64 {
        self.unread_hellos
    }

    /// No more datagrams come.
    pub(super) fn close(&mut self) {
        self.open_hellos = HashMap::default();
    }

    /// What could not be counted.
    pub(super) const fn left_out(&self) -> u64 {
        self.questions.left_out + self.requests.left_out + self.hellos.left_out
    }

    pub(super) fn rows(self) -> Applications {
        let code = |line: &Line| u16::try_from(line.number).unwrap_or(u16::MAX);
        Applications {
            dns_questions: rows(self.questions, canonical_text, |line| DnsQuestion {
                record_type: RecordType(code(&line)),
                seen: line.seen,
                name: line.text,
            }),
            dns_outcomes: rows(self.outcomes, plain, |line| DnsOutcome {
                response_code: code(&line),
                seen: line.seen,
            }),
            http_requests: rows(self.requests, plain, requests),
            http_answers: rows(self.answers, plain, |line| HttpAnswers {
                status: code(&line),
                seen: line.seen,
            }),
            tls: rows(self.hellos, plain, |line| TlsHandshakes {
                version: Version((line.number & 0xffff) as u16),
                in_quic: line.number & IN_QUIC != 0,
                seen: line.seen,
                server_name: line.text,
            }),
        }
    }
}

/// Counts a hello.
fn add_hello(hellos: &mut Tally, body: &[u8], mark: u32, packet: u64) {
    let Ok(hello) = ClientHello::parse(body) else { return };
    let number = mark | u32::from(hello.newest_version().0);
    hellos.add(number, packet, |key| write_name(hello.server_name(), key));
}

fn write_name(name: Option<&[u8]>, key: &mut Vec<u8>) {
    key.extend_from_slice(name.map(name_text).unwrap_or_default().as_bytes());
}

/// The text of a name in canonical form; empty for the root.
fn canonical_text(bytes: &[u8]) -> String {
    let name = Name::parse(bytes, &mut Cursor::new(bytes)).ok();
    let name = name.filter(|name| name.labels().next().is_some());
    name.map(|name| name.text()).unwrap_or_default()
}

fn rows<T>(tally: Tally, text: impl Fn(&[u8]) -> String, row: impl Fn(Line) -> T) -> Vec<T> {
    tally.lines(text).into_iter().map(row).collect()
}

fn requests(line: Line) -> HttpRequests {
    let (method, host) = line.text.split_once(' ').unwrap_or_default();
    HttpRequests {
        host: host.to_owned(),
        method: method.to_owned(),
        seen: line.seen,
    }
}

/// Whom a request is for.
fn host(request: &http1::Request<'_>) -> String {
    let authority = match request.target() {
        http1::Target::Authority(authority) | http1::Target::Absolute { authority, .. } => Some(authority),
        http1::Target::Origin { .. } | http1::Target::Other => request.host(),
    };
    authority.map(|authority| name_text(authority.host)).unwrap_or_default()
}
