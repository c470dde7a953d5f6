//! Readers of Windows event logs: binary logs (EVTX), events exported as XML, events exported as JSON.
//!
//! All three give the same neutral event (`raw`), one decoder understands it (`events`), and `collect` delivers records in
//! order, with the range that each source covered at the end.
//!
//! | folder or file | what it holds |
//! |---|---|
//! | `kind` | [`sniff`], [`explain`]: telling containers apart, showing one event again |
//! | `evtx/` | [`EvtxReader`]: chunks, templates, records; several threads |
//! | `xml/` | [`EventXmlReader`]: `wevtutil qe`, `Get-WinEvent \| ConvertTo-Xml` |
//! | `json/` | [`EventJsonReader`]: NXLog, Winlogbeat, `evtx_dump`, Velociraptor, `ConvertTo-Json` |
//! | `rendered/` | fields of exports that kept no names |
//! | `raw/` | the neutral event, its values and times |
//! | `events/` | one file per family of events; which end of an inbound connection is the host's; what several events say together |
//! | `text` | UTF-8 and UTF-16 text as it streams in |
//! | `texts` | texts of one run, each kept once |

mod collect;
mod events;
mod evtx;
mod json;
mod kind;
mod numbers;
mod raw;
mod rendered;
mod text;
mod texts;
mod xml;

#[cfg(test)]
mod testing;

pub use crate::evtx::EvtxReader;
pub use crate::json::EventJsonReader;
pub use crate::kind::{Kind, explain, sniff};
pub use crate::xml::EventXmlReader;
