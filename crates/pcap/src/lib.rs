//! Packet captures, read and written: pcap, pcapng, snoop and Network Monitor's.
//!
//! *Brief overview*
//! - [`PcapReader`] reads the classic format in all its variants, [`PcapngReader`] the block format, [`SnoopReader`] and
//!   [`NetMonReader`] what their names say. All but the last stream: a capture may be larger than memory or come through a
//!   pipe, and each packet is handed to the [`Sink`] as a slice of the one buffer.
//! - [`Framer`] is what all are made of: it is given a file in chunks, or as a whole where it is mapped into memory, and
//!   says where the packets lie without copying them.
//! - [`PcapngWriter`] writes pcapng: interfaces, packets with comments, names of addresses, and secrets as they were found.
//! - [`format_of`] tells by the first bytes which of them a file is for.
//!
//! | file | what it holds |
//! |---|---|
//! | `framer` | chunks of a file in, places of packets out |
//! | `pull`, `window` | the buffer that slides over the input of a reader |
//! | `classic` | pcap |
//! | `ng/` | pcapng: blocks, interfaces, options, names |
//! | `snoop`, `netmon/` | the formats of Solaris and of Microsoft Network Monitor |
//! | `ledger` | what each interface covered and lost |
//!
//! The span of a packet covers its captured bytes, without the header of its record or block. A length in a file header
//! (`snaplen`) is not believed; only the caps below bound what is read.
//!
//! [`Sink`]: whotalks_record::Sink

mod classic;
mod framer;
mod ledger;
mod netmon;
mod ng;
mod pull;
mod snoop;
mod window;
mod write;

use whotalks_record::Reader;

pub use classic::PcapReader;
pub use framer::{FrameSink, Framer, Progress};
pub use ng::PcapngReader;
pub use pull::{NetMonReader, SnoopReader};
pub use write::{OutgoingPacket, PcapngWriter};

/// A capture format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// The classic format, <https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/>.
    Pcap,
    /// The block format, <https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/>.
    Pcapng,
    /// The format of Solaris, RFC 1761.
    Snoop,
    /// The format of Microsoft Network Monitor, versions 1 and 2.
    NetMon,
}

impl Format {
    /// What reads it.
    #[must_use]
    pub fn reader(self) -> &'static dyn Reader {
        match self {
            Self::Pcap => &PcapReader,
            Self::Pcapng => &PcapngReader,
            Self::Snoop => &SnoopReader,
            Self::NetMon => &NetMonReader,
        }
    }
}

/// The longest packet believed. Wireshark's bound for ordinary links is 256 KiB; offloaded and loopback traffic stays well
/// below this one.
const MOST_PACKET_BYTES: u32 = 16 << 20;

/// The format of a file that begins with `prefix`; 12 bytes decide.
#[must_use]
pub fn format_of(prefix: &[u8]) -> Option<Format> {
    if ng::is_section_header(prefix) {
        return Some(Format::Pcapng);
    }
    if snoop::is_snoop(prefix) {
        return Some(Format::Snoop);
    }
    if netmon::is_netmon(prefix) {
        return Some(Format::NetMon);
    }
    classic::Variant::of(prefix).map(|_| Format::Pcap)
}
