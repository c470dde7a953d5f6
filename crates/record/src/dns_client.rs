//! What the events of Microsoft-Windows-DNS-Client mean, 3006 to 3020, whichever container brings them.
//!
//! 3006 and 3008 are written in the process that asks, by the library in it. Everything after them is written in the service that
//! asks for all (Dnscache), and names the process (`ClientPID`) since Windows 10 only. So the process that writes an event is who
//! asked in 3006 and 3008, and the resolver service in the others.
//!
//! Source: the manifest of the provider.

use std::net::IpAddr;

use crate::{NameAnswer, Pid, ResolverSource, Span, Text, Timestamp};

/// The event that ends a question, in the process that asked.
const DONE: u32 = 3008;

/// Addresses of one answer that are kept; the list comes from the network.
const MOST_ADDRESSES: usize = 256;

/// The fields of an event, under the names of the manifest.
#[derive(Clone, Debug, Default)]
pub struct DnsClientFields<'e> {
    /// `QueryName`.
    pub query_name: Option<&'e str>,
    /// `QueryType`.
    pub query_type: Option<u64>,
    /// `QueryStatus` of 3008, `Status` of others, `ResponseStatus` of 3011.
    pub status: Option<u32>,
    /// `QueryResults`.
    pub query_results: Option<&'e str>,
    /// `ClientPID`.
    pub client_pid: Option<u32>,
    /// `DnsServerIpAddress` of 3010 and 3011, `DNSServerAddress` of 3009.
    pub server: Option<&'e str>,
}

/// Where and when an event was written, and by whom.
#[derive(Clone, Debug)]
pub struct DnsClientHead {
    /// The event.
    pub span: Span,
    /// Its number.
    pub id: u32,
    /// When, by the host's clock.
    pub time: Timestamp,
    /// The computer; none in a trace.
    pub host: Option<Text>,
    /// Whether a log or a trace brings it.
    pub source: ResolverSource,
    /// The process that wrote it: `Execution ProcessID` of a log, the header of a trace.
    pub writer: Option<u32>,
}

impl NameAnswer {
    /// Whether an event of this number tells of a question.
    pub fn is_told_by_dns_client(id: u32) -> bool {
        matches!(id, 3006 | 3008..=3020)
    }

    /// What an event of the DNS client says; none for other events, and without a name.
    pub fn of_dns_client(head: DnsClientHead, fields: &DnsClientFields<'_>) -> Option<Self> {
        let is_asker = matches!(head.id, 3006 | DONE);
        let name = fields.query_name.filter(|_| Self::is_told_by_dns_client(head.id))?;
        let writer = head.writer.filter(|pid| *pid != 0).map(Pid);
        let client = fields.client_pid.filter(|pid| *pid != 0).map(Pid);
        Some(Self {
            span: head.span,
            time: head.time,
            host: head.host,
            source: head.source,
            pid: client.or(writer.filter(|_| is_asker)),
            service: writer.filter(|_| !is_asker),
            name: name.trim_end_matches('.').to_lowercase().into(),
            record_type: fields.query_type.and_then(|kind| u16::try_from(kind).ok()),
            status: fields.status,
            addresses: fields.query_results.map(addresses_answered).unwrap_or_default(),
            server: fields
                .server
                .map(str::trim)
                .filter(|server| !server.is_empty())
                .map(Into::into),
            is_final: head.id == DONE,
        })
    }
}

/// The addresses of a list of answers. Other answers are written as `type: 5 name`; IPv4 often as `::ffff:192.0.2.1`.
pub fn addresses_answered(results: &str) -> Vec<IpAddr> {
    let items = results.split(';').map(str::trim);
    let addresses = items.filter_map(|item| item.parse::<IpAddr>().ok());
    addresses
        .map(|address| address.to_canonical())
        .take(MOST_ADDRESSES)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EvidenceId;

    fn told(id: u32, client_pid: Option<u32>) -> (Option<Pid>, Option<Pid>) {
        let head = DnsClientHead {
            span: Span::whole(EvidenceId(1)),
            id,
            time: Timestamp::from_seconds(1, 0),
            host: None,
            source: ResolverSource::DnsClientLog,
            writer: Some(1_000),
        };
        let fields = DnsClientFields {
            query_name: Some("Example.COM."),
            client_pid,
            ..DnsClientFields::default()
        };
        let answer = NameAnswer::of_dns_client(head, &fields).unwrap();
        assert_eq!(&*answer.name, "example.com");
        (answer.pid, answer.service)
    }

    #[test]
    fn the_writer_asked_only_where_the_library_in_it_writes() {
        assert_eq!(told(3008, None), (Some(Pid(1_000)), None));
        assert_eq!(told(3018, None), (None, Some(Pid(1_000))));
        assert_eq!(told(3020, Some(77)), (Some(Pid(77)), Some(Pid(1_000))));
        assert_eq!(told(3020, Some(0)), (None, Some(Pid(1_000))));
    }

    #[test]
    fn addresses_are_told_from_other_answers() {
        let found = addresses_answered("type: 5 a.example.com;::ffff:192.0.2.1;2001:db8::1;198.51.100.7;");
        let found: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, ["192.0.2.1", "2001:db8::1", "198.51.100.7"]);
    }
}
