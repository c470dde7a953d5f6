//! Table `DnsTransactions`.

use std::net::IpAddr;

use whotalks_record as record;
use whotalks_record::{DnsAnswer, DnsRecordData, DnsTransaction, DnsTransport, Endpoint, Span, Text, Timestamp};

use crate::declare::{columns, item, table};
use crate::words::DnsDataKind;

table! {
    /// DNS questions and their answers, seen in packets (RFC 1035).
    pub struct DnsTransactions(Observed);
    DnsTransaction as dns {
        /// The packet of the answer, or of the question where no answer was captured.
        Packet: Span [Reader] = dns.span;
        /// The flow, within the same evidence; joins with `Flows`.
        FlowId: record::FlowId [Reader] = dns.flow;
        /// The address of who asked.
        ClientAddress: IpAddr [Evidence] = dns.client.address;
        /// The asker's port.
        ClientPort: u16 [Evidence] = dns.client.port;
        /// The address of who was asked.
        ServerAddress: IpAddr [Evidence] = dns.server.address;
        /// The resolver's port.
        ServerPort: u16 [Evidence] = dns.server.port;
        /// Over what the messages travelled.
        Transport: DnsTransport [Evidence] = dns.transport;
        /// When it was asked; none where only the answer was captured.
        Asked: Option<Timestamp> [Evidence] = dns.asked;
        /// When it was answered; none where no answer was captured.
        Answered: Option<Timestamp> [Evidence] = dns.answered;
        /// The name asked, in lower case, without the trailing dot, unusual bytes as `\DDD`.
        Name: Text [Evidence lookup] = dns.name;
        /// The type asked (IANA: 1 A, 28 AAAA).
        RecordType: u16 [Evidence] = dns.record_type;
        /// The response code, 0 for no error; none without an answer.
        ResponseCode: Option<u16> [Evidence] = dns.response_code;
        /// The answer section, in order.
        Answers: Vec<DnsAnswer> [Evidence] = dns.answers;
    } => DnsTransaction {
        span: Packet,
        flow: FlowId,
        client: Endpoint { address: ClientAddress, port: ClientPort },
        server: Endpoint { address: ServerAddress, port: ServerPort },
        transport: Transport,
        asked: Asked,
        answered: Answered,
        name: Name,
        record_type: RecordType,
        response_code: ResponseCode,
        answers: Answers,
    }
}

item! {
    DnsAnswer as answer {
        /// The owner of the record.
        Name: Text [Evidence] = answer.name;
        /// The time to live.
        Ttl: u32 [Evidence seconds] = answer.ttl_seconds;
        /// What `Address`, `Target` or `RecordType` holds.
        Kind: DnsDataKind [Reader] = kind(&answer.data);
        /// The address of A and AAAA.
        Address: Option<IpAddr> [Evidence] = address(&answer.data);
        /// The name that CNAME and PTR point to.
        Target: Option<Text> [Evidence] = target(&answer.data);
        /// The type of any other record.
        RecordType: Option<u16> [Evidence] = other(&answer.data);
    } => DnsAnswer {
        name: Name,
        ttl_seconds: Ttl,
        data: data(Kind, Address, Target, RecordType),
    }
}

const fn kind(data: &DnsRecordData) -> DnsDataKind {
    match data {
        DnsRecordData::Address(_) => DnsDataKind::Address,
        DnsRecordData::CanonicalName(_) => DnsDataKind::CanonicalName,
        DnsRecordData::Pointer(_) => DnsDataKind::Pointer,
        DnsRecordData::Other(_) => DnsDataKind::Other,
    }
}

const fn address(data: &DnsRecordData) -> Option<IpAddr> {
    match data {
        DnsRecordData::Address(address) => Some(*address),
        _ => None,
    }
}

fn target(data: &DnsRecordData) -> Option<Text> {
    match data {
        DnsRecordData::CanonicalName(name) | DnsRecordData::Pointer(name) => Some(Text::clone(name)),
        _ => None,
    }
}

const fn other(data: &DnsRecordData) -> Option<u16> {
    match data {
        DnsRecordData::Other(record_type) => Some(*record_type),
        _ => None,
    }
}

/// The content again; type 0 is reserved (RFC 6895 3.1) and stands for columns that contradict each other.
fn data(kind: DnsDataKind, address: Option<IpAddr>, target: Option<Text>, other: Option<u16>) -> DnsRecordData {
    match (kind, address, target) {
        (DnsDataKind::Address, Some(address), _) => DnsRecordData::Address(address),
        (DnsDataKind::CanonicalName, _, Some(name)) => DnsRecordData::CanonicalName(name),
        (DnsDataKind::Pointer, _, Some(name)) => DnsRecordData::Pointer(name),
        _ => DnsRecordData::Other(other.unwrap_or_default()),
    }
}
