//! What a person reads, once for all faces: titles, units, number and time formats and messages in English and Japanese.
//!
//! Takes an [`Overview`](whotalks_report::Overview) or an [`Answer`](whotalks_report::Answer) and writes it for a terminal, as
//! JSON, CSV or a self-contained HTML page. Decides nothing: every number and every grade comes from below. Whatever comes out
//! of evidence is hostile and is escaped by the face that writes it (`sanitize`).
//!
//! | module | what it holds |
//! |---|---|
//! | `messages/` | one enum per topic, one Fluent file per topic and language |
//! | `words/` | typed values put into words: grades, reasons, findings, times, sizes |
//! | `format` | counts, cutting, display width |
//! | `packet_rows` | packets and their fields for programs |
//! | `hunt` | answers to hunting queries for programs |
//! | `saved` | saved queries for programs |
//! | `schema` | the tables that hunting queries see, for programs |
//! | `sheet/` | tables about packets, for all faces alike |
//! | `terminal/` | overview, answer and manifest for a terminal |
//! | `json/`, `csv`, `sheet_csv` | the same for programs |
//! | `html/` | the report to look at |

pub mod csv;
pub mod format;
pub mod html;
pub mod hunt;
pub mod json;
mod language;
pub mod messages;
pub mod packet_rows;
pub mod saved;
pub mod schema;
pub mod sheet;
pub mod sheet_csv;
pub mod terminal;
mod time_zone;
pub mod words;

pub use language::Language;
pub use messages::{CliMessage, Messages};
pub use time_zone::{NotATimeZone, TimeZoneChoice};
pub use whotalks_sanitize as sanitize;
