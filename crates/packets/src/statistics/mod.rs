//! The statistics of a capture, all in one pass.

mod applications;
mod burst;
mod collector;
mod destinations;
mod digest;
mod expert;
mod fragments;
mod hierarchy;
mod lengths;
mod pairs;
mod ports;
mod protocol_names;
mod question;
mod report;
mod round_trips;
mod shown;
mod streams;
mod tally;
mod totals;
mod traffic;

pub use applications::{Applications, DnsOutcome, DnsQuestion, HttpAnswers, HttpRequests, TlsHandshakes};
pub use burst::Burst;
pub use destinations::Destination;
pub use expert::{ExpertRow, Remark, Severity};
pub use hierarchy::HierarchyRow;
pub use lengths::LengthRange;
pub use pairs::{Exchange, Pair};
pub use ports::Port;
pub use protocol_names::hierarchy_protocols;
pub use question::{Question, Statistic};
pub use report::{Endpoint, Statistics, collect};
pub use round_trips::{Percentile, RoundTrip, RoundTripRange, RoundTrips};
pub use streams::StreamRow;
pub use tally::Seen;
pub use totals::{Totals, Volume};
pub use traffic::Interval;
