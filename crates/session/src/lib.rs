//! Runs the dissectors over packets and keeps bounded state: flows, streams, transactions.
//!
//! *Brief overview*
//! - [`Sessions`] stands between a capture reader and a sink. Packets go in; flows, names and DNS transactions come out.
//! - [`Limits`] bounds everything that grows with the input. A capture of any size needs constant memory.
//! - [`process_in_header`] tells which process macOS names in front of a packet.
//! - [`community_id`] names a flow as other tools name it.
//!
//! | file | what it holds |
//! |---|---|
//! | `sessions` | the way of a packet, and when a flow ends |
//! | `key`, `table` | which packets belong together, and which flow has been silent longest |
//! | `conversation`, `tcp`, `role` | one open flow: who opened it, its bytes, its handshake and its end |
//! | `application/` | streams put in order, tunnels entered, names and transactions read |
//! | `fragments` | IP fragments |
//! | `quic` | the hello of a QUIC client |
//! | `owners` | the processes that packets name |
//! | `damage` | what could not be read |
//! | `streams/` | streams as Wireshark counts and analyses them: for filters, statistics and following |
//!
//! A flow is keyed by addresses, ports, protocol and the outermost two VLAN tags. The innermost addresses of a tunnel
//! count. A new flow begins after the idle limit, and with a SYN that another connection must have sent.
//!
//! ```
//! use whotalks_pcap::PcapReader;
//! use whotalks_record::{EvidenceId, Issue, Packet, Reader, Record, Sink, Source};
//! use whotalks_session::{Limits, Sessions};
//!
//! struct Print;
//! impl Sink for Print {
//!     fn record(&mut self, record: Record) {
//!         println!("{record:?}");
//!     }
//!     fn packet(&mut self, _: &Packet<'_>) {}
//!     fn issue(&mut self, issue: Issue) {
//!         println!("{issue:?}");
//!     }
//! }
//!
//! let (mut capture, mut print) = (&b"\xd4\xc3\xb2\xa1"[..], Print);
//! let source = Source { evidence: EvidenceId(1), bytes: &mut capture, length: None, modified: None };
//! let mut sessions = Sessions::new(&mut print, Limits::default());
//! PcapReader.read(source, &mut sessions);
//! sessions.finish(EvidenceId(1));
//! ```

mod application;
mod community_id;
mod conversation;
mod damage;
pub mod fragments;
mod key;
mod limits;
mod owners;
mod quic;
pub mod reassembly;
mod role;
mod sessions;
pub mod streams;
mod table;
mod tcp;

pub use community_id::community_id;
pub use fragments::Fragments;
pub use limits::{IdleLimits, Limits};
pub use owners::process_in_header;
pub use quic::{QuicHello, QuicHelloReader};
pub use sessions::Sessions;
