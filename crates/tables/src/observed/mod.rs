//! What sources say: one table per kind of record, in which a record comes back exactly as it went in.

mod address_names;
mod cached_names;
mod connection_events;
mod counters;
mod device_facts;
mod dns_transactions;
mod evidence;
mod filter_layers;
mod filters;
mod flow_names;
mod flows;
mod host_events;
mod log_gaps;
mod network_protection_events;
mod packet_owners;
mod process_events;
mod resolver_events;
mod rule_changes;
mod snapshots;
mod socket_calls;
mod sockets;
mod source_ranges;
mod web_requests;

pub use address_names::AddressNames;
pub use cached_names::CachedNames;
pub use connection_events::ConnectionEvents;
pub use counters::Counters;
pub use device_facts::DeviceFacts;
pub use dns_transactions::DnsTransactions;
pub use evidence::{Evidence, EvidenceRow, IssueItem, IssueKindWord};
pub use filter_layers::FilterLayers;
pub use filters::Filters;
pub use flow_names::FlowNames;
pub use flows::Flows;
pub use host_events::HostEvents;
pub use log_gaps::LogGaps;
pub use network_protection_events::NetworkProtectionEvents;
pub use packet_owners::PacketOwners;
pub use process_events::ProcessEvents;
pub use resolver_events::ResolverEvents;
pub use rule_changes::RuleChanges;
pub use snapshots::Snapshots;
pub use socket_calls::SocketCalls;
pub use sockets::Sockets;
pub use source_ranges::SourceRanges;
pub use web_requests::WebRequests;

use std::net::IpAddr;

use whotalks_record::{Endpoint, Record};

use crate::{Table, TableDescription};

/// All observed tables, in the order of documentation.
pub(crate) fn all() -> Vec<TableDescription> {
    vec![
        Evidence::describe(),
        Flows::describe(),
        FlowNames::describe(),
        PacketOwners::describe(),
        DnsTransactions::describe(),
        ConnectionEvents::describe(),
        ProcessEvents::describe(),
        ResolverEvents::describe(),
        WebRequests::describe(),
        NetworkProtectionEvents::describe(),
        SocketCalls::describe(),
        Sockets::describe(),
        Snapshots::describe(),
        Filters::describe(),
        FilterLayers::describe(),
        RuleChanges::describe(),
        HostEvents::describe(),
        LogGaps::describe(),
        Counters::describe(),
        AddressNames::describe(),
        CachedNames::describe(),
        DeviceFacts::describe(),
        SourceRanges::describe(),
    ]
}

/// The table in which a record is stored.
pub const fn table_of(record: &Record) -> &'static str {
    match record {
        Record::Flow(_) => Flows::NAME,
        Record::Name(_) => FlowNames::NAME,
        Record::Owner(_) => PacketOwners::NAME,
        Record::Dns(_) => DnsTransactions::NAME,
        Record::Connection(_) => ConnectionEvents::NAME,
        Record::Process(_) => ProcessEvents::NAME,
        Record::Resolver(_) => ResolverEvents::NAME,
        Record::Request(_) => WebRequests::NAME,
        Record::Protection(_) => NetworkProtectionEvents::NAME,
        Record::Call(_) => SocketCalls::NAME,
        Record::Socket(_) => Sockets::NAME,
        Record::Snapshot(_) => Snapshots::NAME,
        Record::Filter(_) => Filters::NAME,
        Record::FilterLayer(_) => FilterLayers::NAME,
        Record::Rule(_) => RuleChanges::NAME,
        Record::Host(_) => HostEvents::NAME,
        Record::Gap(_) => LogGaps::NAME,
        Record::Counter(_) => Counters::NAME,
        Record::AddressName(_) => AddressNames::NAME,
        Record::CachedName(_) => CachedNames::NAME,
        Record::Device(_) => DeviceFacts::NAME,
        Record::Range(_) => SourceRanges::NAME,
    }
}

/// An end whose address and port lie in two columns.
fn endpoint(address: Option<IpAddr>, port: Option<u16>) -> Option<Endpoint> {
    let (address, port) = address.zip(port)?;
    Some(Endpoint { address, port })
}
