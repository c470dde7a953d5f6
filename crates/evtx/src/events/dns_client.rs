//! The DNS client's own log, 3006 to 3020: the same events that a trace holds.

use whotalks_record::{DnsClientFields, DnsClientHead, NameAnswer, ResolverSource};

use super::{Context, Told};
use crate::raw::RawEvent;

/// Reads one event; `None` without a name.
pub(super) fn decode(event: &RawEvent<'_>, context: &Context<'_>) -> Option<Told> {
    let head = DnsClientHead {
        span: context.span,
        id: event.event_id,
        time: context.time,
        host: Some(context.host.clone()),
        source: ResolverSource::DnsClientLog,
        writer: event.writer,
    };
    let first = |names: &[&str]| names.iter().find_map(|name| event.narrow(name));
    let (name, results) = (event.text("QueryName"), event.text("QueryResults"));
    let server = event
        .text("DnsServerIpAddress")
        .or_else(|| event.text("DNSServerAddress"));
    let fields = DnsClientFields {
        query_name: name.as_deref(),
        query_type: event.number("QueryType"),
        status: first(&["QueryStatus", "Status", "ResponseStatus"]),
        query_results: results.as_deref(),
        client_pid: event.narrow("ClientPID"),
        server: server.as_deref(),
    };
    NameAnswer::of_dns_client(head, &fields).map(Told::Answer)
}
