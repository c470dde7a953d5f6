//! Microsoft-Windows-DNS-Client: names that programs ask for, and what they are told. What the fields mean stands in
//! `whotalks_record`, since the log of the DNS client holds the same events.

use whotalks_record::{DnsClientFields, DnsClientHead, NameAnswer, ResolverSource};

use crate::template::{Templates, Value};
use crate::{Event, Guid, Statement};

pub(super) const PROVIDER: Guid = Guid::new(
    0x1c95_126e,
    0x7eea,
    0x49a9,
    [0xa3, 0xfe, 0xa3, 0x78, 0xb0, 0x3d, 0xdb, 0x4d],
);

pub(super) fn read(event: &Event<'_>, templates: &mut Templates) -> Option<Statement> {
    let id = u32::from(event.id);
    if !NameAnswer::is_told_by_dns_client(id) {
        return None;
    }
    let template = templates.of(event)?;
    let names = ["QueryName", "QueryType", "QueryResults", "ClientPID"];
    let [name, kind, results, client] = template.values(event, names);
    let statuses = template.values(event, ["QueryStatus", "Status", "ResponseStatus"]);
    let servers = template.values(event, ["DnsServerIpAddress", "DNSServerAddress"]);
    let text = |value: Option<Value<'_>>| value.and_then(Value::text);
    let (name, results, server) = (text(name), text(results), text(servers.into_iter().flatten().next()));
    let head = DnsClientHead {
        span: event.span,
        id,
        time: event.time?,
        host: None,
        source: ResolverSource::Trace,
        writer: event.process_id,
    };
    let fields = DnsClientFields {
        query_name: name.as_deref(),
        query_type: kind.and_then(Value::number),
        status: statuses.into_iter().flatten().next().and_then(Value::number_32),
        query_results: results.as_deref(),
        client_pid: client.and_then(Value::number_32),
        server: server.as_deref(),
    };
    NameAnswer::of_dns_client(head, &fields).map(Statement::Name)
}
