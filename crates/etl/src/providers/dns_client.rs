//! Microsoft-Windows-DNS-Client: names that programs ask for, and what they are told.

use std::net::IpAddr;

use whotalks_record::Pid;

use crate::statement::NameAnswer;
use crate::template::{Templates, Value};
use crate::{Event, Guid, Statement};

pub(super) const PROVIDER: Guid = Guid::new(
    0x1c95_126e,
    0x7eea,
    0x49a9,
    [0xa3, 0xfe, 0xa3, 0x78, 0xb0, 0x3d, 0xdb, 0x4d],
);

/// The event that ends a question, in the process that asked.
const DONE: u16 = 3008;

/// Addresses of one answer that are kept; the list comes from the network.
const MOST_ADDRESSES: usize = 256;

pub(super) fn read(event: &Event<'_>, templates: &mut Templates) -> Option<Statement> {
    // 3006 and 3008 are written in the process that asks. Everything after them is written in the service that asks for all,
    // and names the process since Windows 10 only.
    let is_asker = match event.id {
        3006 | 3008 => true,
        3009..=3020 => false,
        _ => return None,
    };
    let names = [
        "QueryName",
        "QueryType",
        "QueryStatus",
        "Status",
        "ResponseStatus",
        "QueryResults",
        "ClientPID",
    ];
    let template = templates.of(event)?;
    let [name, kind, query_status, status, response_status, results, client] = template.values(event, names);
    let [server, other_server] = template.values(event, ["DnsServerIpAddress", "DNSServerAddress"]);
    let name = name?.text()?;
    let asker = event.process_id.filter(|_| is_asker);
    let client = client.and_then(Value::number_32).filter(|pid| *pid != 0);
    let answered = query_status.or(status).or(response_status);
    let text = |value: Option<Value<'_>>| value.and_then(Value::text).filter(|text| !text.is_empty());
    Some(Statement::Name(NameAnswer {
        span: event.span,
        time: event.time?,
        pid: client.or(asker).map(Pid),
        name: name.trim_end_matches('.').to_lowercase().into(),
        record_type: kind.and_then(|kind| u16::try_from(kind.number()?).ok()),
        status: answered.and_then(Value::number_32),
        addresses: text(results).map(|results| addresses(&results)).unwrap_or_default(),
        server: text(server.or(other_server)).map(Into::into),
        is_final: event.id == DONE,
    }))
}

/// The addresses of a list of answers. Other answers are written as `type: 5 name`; IPv4 often as `::ffff:192.0.2.1`.
pub(super) fn addresses(results: &str) -> Vec<IpAddr> {
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

    #[test]
    fn addresses_are_told_from_other_answers() {
        let found = addresses("type: 5 a.example.com;::ffff:192.0.2.1;2001:db8::1;198.51.100.7;");
        let found: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, ["192.0.2.1", "2001:db8::1", "198.51.100.7"]);
    }
}
