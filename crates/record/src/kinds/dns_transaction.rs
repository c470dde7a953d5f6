//! A DNS question and its answer, seen in packets.

use std::net::IpAddr;

use crate::{Endpoint, FlowId, Span, Text, Timestamp};

/// A question, and the answer if one was captured (RFC 1035).
#[derive(Clone, Debug, PartialEq)]
pub struct DnsTransaction {
    /// The packet of the answer, or of the question where no answer was captured.
    pub span: Span,
    /// The flow, within the same evidence.
    pub flow: FlowId,
    /// Who asked.
    pub client: Endpoint,
    /// Who was asked.
    pub server: Endpoint,
    /// Over what.
    pub transport: DnsTransport,
    /// When it was asked; none where only the answer was captured.
    pub asked: Option<Timestamp>,
    /// When it was answered; none where no answer was captured.
    pub answered: Option<Timestamp>,
    /// The name asked, lower case, without the trailing dot, unusual bytes escaped as `\DDD` (RFC 4343 2.1).
    pub name: Text,
    /// The type asked (IANA "DNS parameters": 1 A, 28 AAAA, …).
    pub record_type: u16,
    /// The response code, 0 for no error; none without an answer.
    pub response_code: Option<u16>,
    /// The answer section, in order.
    pub answers: Vec<DnsAnswer>,
}

/// Over what a DNS message travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DnsTransport {
    /// UDP.
    Udp,
    /// TCP.
    Tcp,
    /// Multicast DNS (RFC 6762).
    Multicast,
}

/// One resource record of an answer section.
#[derive(Clone, Debug, PartialEq)]
pub struct DnsAnswer {
    /// The owner of the record, written like [`DnsTransaction::name`].
    pub name: Text,
    /// Time to live in seconds.
    pub ttl_seconds: u32,
    /// The content.
    pub data: DnsRecordData,
}

/// The content of a resource record.
#[derive(Clone, Debug, PartialEq)]
pub enum DnsRecordData {
    /// A or AAAA.
    Address(IpAddr),
    /// CNAME: the name it points to.
    CanonicalName(Text),
    /// PTR: the name it points to.
    Pointer(Text),
    /// Any other type, by number.
    Other(u16),
}
