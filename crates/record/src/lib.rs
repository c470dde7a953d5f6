//! The nouns of whotalks.
//!
//! A reader turns evidence into [`Record`]s and [`Issue`]s and pushes them into a [`Sink`]; everything above works on records
//! and never on files. This crate does no I/O, reads no clock and knows no table. The dissectors of packets do not pass here:
//! a capture reader hands borrowed [`Packet`]s to the sink, and only what a flow table concludes from them becomes a record.
//!
//! | file | what it holds |
//! |---|---|
//! | `time` | [`Timestamp`], [`Nanoseconds`] |
//! | `address` | [`Endpoint`], [`IpProtocol`], [`FlowKey`] |
//! | `evidence` | [`EvidenceId`], [`Span`], [`Position`]: where a statement comes from |
//! | `grade` | [`Grade`]: how sure a statement is |
//! | `issue` | [`Issue`]: what could not be read, and where |
//! | `reader` | the traits [`Reader`] and [`Sink`] and what passes between them |
//! | `packet` | [`Packet`], borrowed from a capture reader |
//! | `interface` | [`InterfaceDescription`]: what a capture says of where it was made |
//! | `web_target` | [`WebTarget`]: whom a URL or a host in an event means |
//! | `dns_client`, `transfer` | what events of the DNS client and of the background transfer service mean, in a log or in a trace |
//! | `name_answer` | [`NameAnswer`]: which steps of a question for a name are news |
//! | `kinds/` | one struct per kind of record |

mod address;
mod dns_client;
mod evidence;
mod grade;
mod interface;
mod issue;
mod kinds;
mod name_answer;
mod packet;
mod reader;
mod text;
mod time;
mod transfer;
mod web_target;

pub use address::{Endpoint, FlowKey, IpProtocol, is_multicast_or_broadcast, is_public};
pub use dns_client::{DnsClientFields, DnsClientHead, addresses_answered};
pub use evidence::{EvidenceId, NotAReference, Position, Span};
pub use grade::Grade;
pub use interface::{CaptureFilter, InterfaceDescription, Section, TimeUnit};
pub use issue::{Issue, IssueKind};
pub use kinds::*;
pub use name_answer::{NameAnswer, NameAnswers};
pub use packet::{InterfaceId, LinkType, NamedProcess, Packet, PacketProcess};
pub use reader::{Reader, Sink, Source};
pub use text::{Interner, Text, maybe_cut};
pub use time::{Nanoseconds, Timestamp};
pub use transfer::{JobId, Transfer, TransferJobs, TransferOrder};
pub use web_target::{WebTarget, beginning};
