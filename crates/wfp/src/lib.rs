//! Filters and layers out of the dumps of `netsh wfp`.
//!
//! `show filters` gives `filters.xml`, `show state` gives `wfpstate.xml`: well-formed by intent, but with two root elements,
//! raw control characters, any encoding that a redirection makes of it, and hundreds of megabytes on a busy server. So the
//! places of items are found in a stream (`scan`, `collector`), and each item alone is parsed as XML (`element`) and read
//! (`filter`, `condition`). A bad item costs itself and nothing else.
//!
//! Items are numbered through the file from 1, layers and filters alike; a [`whotalks_record::Span`] holds the exact bytes of
//! its item, which [`item_text`] turns into text.

mod collector;
mod condition;
mod element;
mod encoding;
mod filter;
mod hexadecimal;
mod network_event;
mod reader;
mod scan;
mod sniff;

pub use encoding::item_text;
pub use reader::WfpReader;
pub use sniff::{Certainty, DumpKind, Sniff, sniff};
