//! The tables that hunting queries see: those of Microsoft Defender with exactly Microsoft's columns, order and types, and those
//! of whotalks. Every column is flat and of a type of Kusto; a `dynamic` one holds JSON as text.
//!
//! Columns that whotalks adds to a table of Microsoft come after Microsoft's and are marked ([`crate::Column::added`]).

mod alert_evidence;
mod alert_info;
mod coverage;
mod declare;
mod device_events;
mod device_file_certificate_info;
mod device_file_events;
mod device_image_load_events;
mod device_info;
mod device_logon_events;
mod device_network_events;
mod device_network_info;
mod device_process_events;
mod device_registry_events;
mod dns_transactions;
mod endpoints;
mod evidence;
mod firewall_filters;
mod flavour;
mod flows;
mod http_transactions;
mod japanese;
mod names;
mod network_counters;
mod sockets;
mod tls_handshakes;

pub use alert_evidence::{AlertEvidence, AlertEvidenceRow};
pub use alert_info::{AlertInfo, AlertRow};
pub use coverage::{Coverage, CoverageRow};
pub use declare::{Take, TimeSorted};
pub use device_events::{DeviceEventRow, DeviceEvents};
pub use device_info::{DeviceInfo, DeviceInfoRow};
pub use device_network_events::{DeviceNetworkEvents, NetworkEventRow};
pub use device_network_info::{DeviceNetworkInfo, NetworkInfoRow};
pub use device_process_events::{DeviceProcessEvents, ProcessCreationRow};
pub use dns_transactions::{DnsRow, DnsTransactions};
pub use endpoints::{EndpointRow, Endpoints};
pub use evidence::{Evidence, EvidencePieceRow};
pub use firewall_filters::{FilterRow, FirewallFilters};
pub use flavour::{Flavour, Kept, Reading, View};
pub use flows::{FlowRow, Flows};
pub use http_transactions::{HttpRow, HttpTransactions};
pub use japanese::{column_in_japanese, table_in_japanese};
pub use names::{NameRow, Names};
pub use network_counters::{CounterRow, NetworkCounters};
pub use sockets::{SocketRow, Sockets};
pub use tls_handshakes::{TlsHandshakes, TlsRow};

use crate::{Table, TableDescription};

/// Grows with every change of what the tables hold, so that what an older version has kept is computed anew.
pub const EDITION: u32 = 2;

/// All hunting tables, in the order of documentation: Microsoft's first.
pub fn all() -> Vec<TableDescription> {
    let mut tables = microsoft();
    tables.extend(own());
    tables
}

/// The tables of Microsoft Defender.
pub fn microsoft() -> Vec<TableDescription> {
    vec![
        DeviceNetworkEvents::describe(),
        DeviceEvents::describe(),
        DeviceProcessEvents::describe(),
        DeviceNetworkInfo::describe(),
        DeviceInfo::describe(),
        device_file_events::describe(),
        device_logon_events::describe(),
        device_registry_events::describe(),
        device_image_load_events::describe(),
        device_file_certificate_info::describe(),
        AlertInfo::describe(),
        AlertEvidence::describe(),
    ]
}

/// Whether a hunting table is one of Microsoft's.
pub fn is_microsoft(table: &str) -> bool {
    microsoft().iter().any(|known| known.name == table)
}

/// The tables of whotalks.
pub fn own() -> Vec<TableDescription> {
    vec![
        Flows::describe(),
        DnsTransactions::describe(),
        HttpTransactions::describe(),
        TlsHandshakes::describe(),
        Sockets::describe(),
        NetworkCounters::describe(),
        FirewallFilters::describe(),
        Endpoints::describe(),
        Names::describe(),
        Evidence::describe(),
        Coverage::describe(),
    ]
}
