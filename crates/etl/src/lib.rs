//! Windows event traces (ETL), read on any platform.
//!
//! *Brief overview*
//! - [`read_events`] reads a trace from its first byte to its last and lends each event, in the order of time over all
//!   processors, to an [`EventSink`]. Nothing is allocated per event, and memory has a bound.
//! - [`TraceHeader`] is what a trace says of itself: when, where it was written to, what it lost.
//! - [`Templates`] name the fields of events of known providers, [`SelfDescription`] those of events that describe themselves.
//! - [`Statements`] understands the events of the network stack, of names and of processes.
//! - [`summarise`] counts what is in a trace.
//! - [`EtlReader`] is the [`Reader`](whotalks_record::Reader) made of all these.
//!
//! | file | what it holds |
//! |---|---|
//! | `container/` | buffers, their compression, records, clocks, the order over processors |
//! | `event` | [`Event`], [`Guid`] |
//! | `extended` | the items between the header of an event and its payload |
//! | `template/` | fields of events by provider, number and version |
//! | `tracelogging` | fields of events that describe themselves |
//! | `providers/`, `statement` | what events mean, one provider per file |
//! | `explain` | one event as text |
//! | `summary` | who wrote how many of which events |
//! | `reader` | packets, records and coverage of a trace |
//! | `records/` | from statements to records, each thing told once |
//! | `issues` | what could not be read, up to a number of issues |
//! | `data/` | the templates, made by `cargo xtask etl-templates` |
//!
//! Sources: the structures of the Windows Driver Kit (`evntrace.h`, `evntcons.h`), MS-XCA for the compression, MS-DTYP for values.

mod container;
mod event;
mod explain;
mod extended;
mod issues;
mod providers;
mod reader;
mod records;
mod statement;
mod summary;
mod template;
mod tracelogging;

pub use container::{ClockKind, EventSink, Stopped, Totals, TraceHeader, decompress, read_events};
pub use event::{Event, Guid, Origin};
pub use explain::explain;
pub use extended::{Extended, ExtendedItem, Item};
pub use providers::Statements;
pub use reader::EtlReader;
pub use statement::{Connection, ConnectionKind, Statement};
pub use summary::{Description, EventSummary, ProviderSummary, Summary, summarise};
pub use template::{Fields, Template, Templates, Undecodable, Value};
pub use tracelogging::{SelfDescription, Unreadable};
