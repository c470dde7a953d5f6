//! What a case knows as rows of the tables that hunting queries see.
//!
//! Each file makes the rows of one table, as pure functions over what was observed and concluded; [`fill`] asks them all and
//! hands every row of the tables that are wanted to its sink, so that no table is ever held here. A row says no more than its
//! evidence: a process or a name fills the columns of Defender only where it is observed or derived, an action has the word that
//! the evidence proves, and what is not known stays empty.
//!
//! | file | what it makes |
//! |---|---|
//! | `fill` | [`fill`]: all rows of the tables that are wanted |
//! | `wanted` | [`Wanted`]: which tables those are |
//! | `devices` | [`Devices`]: the identifiers and names of hosts |
//! | `initiator` | the columns of the initiating process |
//! | `address_kind`, `dns_words`, `json` | the words of Defender, and JSON text |
//! | `device_network_events`, `inspected` | `DeviceNetworkEvents`: conversations, and what was seen inside of them |
//! | `device_events`, `device_process_events`, `device_info` | the other tables of Defender |
//! | `flows`, `names`, `dns`, `in_flow`, `sockets`, `counters`, `filters`, `endpoints`, `evidence`, `coverage` | our own tables |

mod address_kind;
mod counters;
mod coverage;
mod device_events;
mod device_info;
mod device_network_events;
mod device_process_events;
mod devices;
mod dns;
mod dns_words;
mod endpoints;
mod evidence;
mod fill;
mod filters;
mod flows;
mod in_flow;
mod initiator;
mod inspected;
mod json;
mod listed;
mod names;
mod sockets;
mod wanted;

pub use devices::Devices;
pub use fill::{Records, Sink, Sources, fill};
pub use wanted::Wanted;
