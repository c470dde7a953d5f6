//! Messages in two languages.
//!
//! One topic is one enum and one Fluent file per language: `units.rs` and `locales/{en,ja}/units.ftl`. A message is a value
//! ([`Message`]) with its arguments as fields, so a wrong id or a missing argument does not compile; a test proves that the
//! files hold exactly these ids and variables.

mod bundle;
mod cases;
mod cli;
mod filter;
mod findings;
mod help;
mod host;
mod hunt;
mod labels;
mod macros;
mod objects;
mod packets;
mod query;
mod query_part;
mod reasons;
mod report;
mod schema;
mod statements;
mod traces;
mod units;
mod words;

#[cfg(test)]
mod tests;

pub use bundle::Messages;
pub use cases::CaseMessage;
pub use cli::CliMessage;
pub use filter::FilterMessage;
pub use findings::FindingMessage;
pub use help::HelpMessage;
pub use host::HostMessage;
pub use hunt::HuntMessage;
pub use labels::LabelMessage;
pub use objects::ObjectMessage;
pub use packets::PacketMessage;
pub use query::QueryMessage;
pub use query_part::QueryPartMessage;
pub use reasons::ReasonMessage;
pub use report::ReportMessage;
pub use schema::SchemaMessage;
pub use statements::StatementMessage;
pub use traces::TraceMessage;
pub use units::UnitMessage;
pub use words::WordMessage;

use fluent_bundle::FluentArgs;

/// A message with its arguments. Arguments that come out of evidence stay raw in the text; the face that writes the text
/// escapes it.
pub trait Message {
    /// All ids of the topic with the names of their variables, in the order of declaration.
    const CATALOGUE: &'static [(&'static str, &'static [&'static str])];

    /// The id in the Fluent files.
    fn id(&self) -> &'static str;

    /// The arguments by name.
    fn arguments(&self) -> FluentArgs<'_>;
}
