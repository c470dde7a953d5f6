//! Questions and answers of DNS, paired.

use std::collections::VecDeque;

use whotalks_record::{
    DnsAnswer, DnsRecordData, DnsTransaction, DnsTransport, FlowId, FlowKey, IpProtocol, Record, Span, Text, Timestamp,
};
use whotalks_wire::app::dns::{self, Data, Message, Question, Section};
use whotalks_wire::app::{Direction, Probe, Unfinished};

use super::{Found, Output, Place};

/// Questions of one flow that wait for an answer.
const MOST_PENDING: usize = 256;
/// Questions of one message that are reported. Multicast DNS asks a few dozen at once.
const MOST_QUESTIONS: usize = 64;
/// Records of one answer that are reported.
const MOST_ANSWERS: usize = 512;

const DNS_PORT: u16 = 53;
/// Ports on which a message counts although its end is cut off or damaged.
const DNS_PORTS: [u16; 3] = [DNS_PORT, dns::MULTICAST_PORT, dns::LINK_LOCAL_PORT];

/// Whether a datagram is DNS: by its content, or, where that is cut off or damaged, with its port as a second witness.
pub(super) fn is_dns(payload: &[u8], from: FlowKey) -> bool {
    let known_port = DNS_PORTS.contains(&from.client.port) || DNS_PORTS.contains(&from.server.port);
    match dns::probe_datagram(payload, Direction::ToServer) {
        Probe::Certain => true,
        Probe::Unsure => known_port,
        Probe::NotMine => false,
    }
}

/// What a datagram that is DNS makes of its conversation, and whether the port had to tell. Which kind of DNS it is, is what
/// the port means by definition (RFC 6762 3, RFC 4795 2).
pub(super) fn found(payload: &[u8], from: FlowKey) -> Found {
    let flavour = dns::flavour([from.client.port, from.server.port]);
    match dns::probe_datagram(payload, Direction::ToServer) {
        Probe::Certain => Found::by_content(flavour),
        Probe::Unsure | Probe::NotMine => Found::by_port(flavour),
    }
}

/// Whether a datagram is a DNS question (true) or answer (false); none when it is neither for certain.
pub(super) fn is_question(payload: &[u8]) -> Option<bool> {
    let certain = dns::probe_datagram(payload, Direction::ToServer) == Probe::Certain;
    let message = Message::parse(payload).ok().filter(|_| certain)?;
    Some(!message.is_response())
}

/// The questions of one flow that wait for an answer.
#[derive(Debug, Default)]
pub(crate) struct Transactions {
    pending: VecDeque<Pending>,
}

#[derive(Debug)]
struct Pending {
    id: u16,
    name: Text,
    record_type: u16,
    span: Span,
    asked: Option<Timestamp>,
    /// The flow seen from who asked.
    from: FlowKey,
}

impl Transactions {
    /// Reads a datagram sent along `from`.
    pub(super) fn message(&mut self, payload: &[u8], from: FlowKey, place: &Place, output: &mut Output<'_>) {
        let Ok(message) = Message::parse(payload) else { return };
        if dns::probe_datagram(payload, Direction::ToServer) != Probe::NotMine {
            self.take(&message, from, place, output);
        }
    }

    /// Reads the message that the bytes of a stream begin with and gives its length.
    ///
    /// # Errors
    /// [`Unfinished::NeedMore`] until all of it is there.
    pub(super) fn framed(
        &mut self,
        bytes: &[u8],
        from: FlowKey,
        place: &Place,
        output: &mut Output<'_>,
    ) -> Result<usize, Unfinished> {
        let (message, length) = dns::framed(bytes)?;
        self.take(&message, from, place, output);
        Ok(length)
    }

    fn take(&mut self, message: &Message<'_>, from: FlowKey, place: &Place, output: &mut Output<'_>) {
        if message.is_response() {
            self.answer(message, from, place, output);
            return;
        }
        for question in message.questions().map_while(Result::ok).take(MOST_QUESTIONS) {
            self.ask(message.id(), &question, from, place, output);
        }
    }

    /// A repeated question is the same transaction; its first time counts.
    fn ask(&mut self, id: u16, question: &Question<'_>, from: FlowKey, place: &Place, output: &mut Output<'_>) {
        let name = output.text(&question.name.text());
        let record_type = question.record_type.0;
        if self
            .pending
            .iter()
            .any(|pending| pending.matches(id, Some((&name, record_type))))
        {
            return;
        }
        if self.pending.len() >= MOST_PENDING
            && let Some(oldest) = self.pending.pop_front()
        {
            output.sink.record(Record::Dns(oldest.unanswered(place.flow)));
        }
        self.pending.push_back(Pending {
            id,
            name,
            record_type,
            span: place.span,
            asked: place.time,
            from,
        });
    }

    fn answer(&mut self, message: &Message<'_>, from: FlowKey, place: &Place, output: &mut Output<'_>) {
        let is_multicast = transport(from) == DnsTransport::Multicast;
        let answers = answers(message, is_multicast, output);
        let question = message.questions().next().and_then(Result::ok);
        let asked = question.map(|question| (output.text(&question.name.text()), question.record_type.0));
        let matching = asked.as_ref().map(|(name, record_type)| (name, *record_type));
        let index = self
            .pending
            .iter()
            .position(|pending| pending.matches(message.id(), matching));
        let pending = index.and_then(|index| self.pending.remove(index));
        let stated = asked.or_else(|| {
            pending
                .as_ref()
                .map(|pending| (Text::clone(&pending.name), pending.record_type))
        });
        let Some((name, record_type)) = stated.or_else(|| first_record(message, output)) else {
            return;
        };
        output.sink.record(Record::Dns(DnsTransaction {
            span: place.span,
            flow: place.flow,
            client: from.server,
            server: from.client,
            transport: transport(from),
            asked: pending.and_then(|pending| pending.asked),
            answered: place.time,
            name,
            record_type,
            response_code: Some(message.response_code()),
            answers,
        }));
    }

    /// Reports the questions that nobody answered.
    pub(super) fn end(&mut self, flow: FlowId, output: &mut Output<'_>) {
        for pending in self.pending.drain(..) {
            output.sink.record(Record::Dns(pending.unanswered(flow)));
        }
    }
}

impl Pending {
    /// An answer that does not repeat the question is matched by its number alone.
    fn matches(&self, id: u16, asked: Option<(&Text, u16)>) -> bool {
        self.id == id && asked.is_none_or(|(name, record_type)| *name == self.name && record_type == self.record_type)
    }

    fn unanswered(self, flow: FlowId) -> DnsTransaction {
        DnsTransaction {
            span: self.span,
            flow,
            client: self.from.client,
            server: self.from.server,
            transport: transport(self.from),
            asked: self.asked,
            answered: None,
            name: self.name,
            record_type: self.record_type,
            response_code: None,
            answers: Vec::new(),
        }
    }
}

/// LLMNR counts as multicast as well: who answers is not the server that was asked.
fn transport(from: FlowKey) -> DnsTransport {
    let multicast = |port| matches!(port, dns::MULTICAST_PORT | dns::LINK_LOCAL_PORT);
    match from.protocol {
        _ if multicast(from.client.port) || multicast(from.server.port) => DnsTransport::Multicast,
        IpProtocol::TCP => DnsTransport::Tcp,
        _ => DnsTransport::Udp,
    }
}

/// The answer section; in multicast DNS the additional section too, where responders put the addresses of what they
/// announce (RFC 6763 12).
fn answers(message: &Message<'_>, with_additional: bool, output: &mut Output<'_>) -> Vec<DnsAnswer> {
    let wanted = |section| section == Section::Answer || (with_additional && section == Section::Additional);
    let records = message
        .records()
        .map_while(Result::ok)
        .filter(|record| wanted(record.section));
    records
        .take(MOST_ANSWERS)
        .map(|record| answer(&record, output))
        .collect()
}

fn answer(record: &dns::Record<'_>, output: &mut Output<'_>) -> DnsAnswer {
    let data = match record.data {
        Data::Address(address) => DnsRecordData::Address(address),
        Data::CanonicalName(name) => DnsRecordData::CanonicalName(output.text(&name.text())),
        Data::Pointer(name) => DnsRecordData::Pointer(output.text(&name.text())),
        Data::NameServer(_) | Data::Service { .. } | Data::Other(_) => DnsRecordData::Other(record.record_type.0),
    };
    DnsAnswer {
        name: output.text(&record.name.text()),
        ttl_seconds: record.time_to_live_seconds,
        data,
    }
}

/// What an answer is about that states no question, as multicast DNS sends them.
fn first_record(message: &Message<'_>, output: &mut Output<'_>) -> Option<(Text, u16)> {
    let record = message.records().next()?.ok()?;
    Some((output.text(&record.name.text()), record.record_type.0))
}
