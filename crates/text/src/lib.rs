//! Listings of sockets, processes, names and settings out of text, in any language and encoding.
//!
//! Nothing here knows a translated word: a row is known by the shape of its columns, a section of counters by the protocol
//! words that every translation keeps, a counter by its place. Several listings may stand in one file, in any order, with
//! other text between them, quoted by a mail client, broken by a terminal, fenced in Markdown.
//!
//! | file | what it knows |
//! |---|---|
//! | `encoding`, `lines` | bytes to lines, with the place of each line in the original bytes |
//! | `command`, `stated_time` | what stands around listings: prompts, options, hosts, times |
//! | `recogniser`, `output`, `reader` | who gets which line, and what goes out |
//! | `netstat/`, `linux_netstat/`, `ss/`, `tasklist/` | one tool each |
//! | `ipconfig/`, `dns_cache/`, `routes`, `arp`, `systeminfo`, `winhttp`, `registry`, `auditpol` | one tool each: names and settings |
//! | `objects/` | what PowerShell commands print, as list, table or comma-separated values |
//! | `firewall_log/` | the text log of the Windows Firewall, with a reader of its own |
//! | `facts`, `dotted` | what listings of settings share |
//! | `endpoint`, `ports`, `state` | what rows of all socket listings share |
//! | `sniff`, `describe` | what a file is, before and instead of reading it |
//! | `data/` | service names and the rows of counter listings |
//!
//! To show the lines behind a [`whotalks_record::Span`], cut its bytes out of the evidence and give them to
//! [`Encoding::decode`], with the encoding that [`Encoding::detect`] finds at the start of the evidence.

mod arp;
mod auditpol;
mod command;
mod describe;
mod dns_cache;
mod dotted;
mod encoding;
mod endpoint;
mod facts;
mod firewall_log;
mod ipconfig;
mod lines;
mod linux_netstat;
mod netstat;
mod objects;
mod output;
mod ports;
mod reader;
mod recogniser;
mod registry;
mod routes;
mod sniff;
mod ss;
mod state;
mod stated_time;
mod systeminfo;
mod tasklist;
mod winhttp;

pub use describe::{TextKind, describe};
pub use encoding::{Decoded, Encoding, decode};
pub use firewall_log::FirewallLogReader;
pub use lines::{Line, Lines};
pub use reader::TextReader;
pub use sniff::{Certainty, Sniff, sniff};
