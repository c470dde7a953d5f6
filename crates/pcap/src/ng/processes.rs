//! Processes, as Apple's `tcpdump` writes them: Process Information Blocks, and options of Enhanced Packet Blocks that number
//! them within the section, from 0 (Apple, libpcap `pcap-ng.h` and `pcap-darwin.c`; Wireshark reads them under
//! `frame.darwin`).
//!
//! ```text
//! block  | process 4 | options: name, path, UUID of the executable |
//! packet | options: its process, the process that this one acts for, flags with the direction |
//! ```

use whotalks_record::{Direction, NamedProcess, PacketProcess, Text, maybe_cut};

use super::options::Options;
use super::texts::{Texts, until_zero};
use super::{Block, Blocks};
use crate::framer::FrameSink;

/// The most processes of a section that are kept; identifiers of macOS end at 99,998.
pub(super) const MOST_PROCESSES: usize = 131_072;
/// The longest path that is kept: `PATH_MAX` of macOS.
const MOST_IMAGE_BYTES: usize = 1_024;

/// Options of a Process Information Block.
mod process_option {
    pub(super) const NAME: u16 = 2;
    pub(super) const PATH: u16 = 3;
}

/// Options of an Enhanced Packet Block.
mod packet_option {
    pub(super) const FLAGS: u16 = 2;
    pub(super) const PROCESS: u16 = 0x8001;
    pub(super) const EFFECTIVE_PROCESS: u16 = 0x8003;
}

/// The bits of a packet's flags that say which way it went.
const DIRECTION_BITS: u32 = 0b11;

/// The processes of a section, in order; none for a block that names nobody, which has a number, too.
#[derive(Debug, Default)]
pub(super) struct Processes {
    known: Vec<Option<NamedProcess>>,
    skipped: u64,
}

impl Processes {
    /// Another section begins, which counts from 0 again.
    pub(super) fn clear(&mut self) {
        self.known.clear();
    }

    /// How many were not kept.
    pub(super) const fn skipped(&self) -> u64 {
        self.skipped
    }

    fn add(&mut self, process: Option<NamedProcess>) {
        if self.known.len() < MOST_PROCESSES {
            self.known.push(process);
        } else {
            self.skipped += 1;
        }
    }

    /// The process that an option of a packet numbers.
    fn of(&self, options: Options<'_>, code: u16) -> Option<NamedProcess> {
        let number = usize::try_from(options.find_u32(code)?).ok()?;
        self.known.get(number).cloned().flatten()
    }
}

impl Blocks {
    /// A block that is not as `tcpdump` writes it keeps its number, and names nobody.
    pub(super) fn process(&mut self, block: Block<'_>) {
        let mut cursor = block.cursor();
        let pid = cursor.u32_by("pcapng.process_id", self.order).ok();
        let options = Options::new(cursor, self.order);
        let image = image(options, &mut self.texts);
        self.processes.add(NamedProcess::new(pid, image));
    }

    /// Tells of the processes of a packet before the packet itself; most captures know none.
    #[inline]
    pub(super) fn tell_processes<'a>(&self, options: Options<'_>, sink: &mut impl FrameSink<'a>) {
        if self.processes.known.is_empty() {
            return;
        }
        let process = self.processes.of(options, packet_option::PROCESS);
        let effective = self.processes.of(options, packet_option::EFFECTIVE_PROCESS);
        if process.is_some() || effective.is_some() {
            let direction = options.find_u32(packet_option::FLAGS).and_then(direction);
            sink.process(&PacketProcess {
                direction,
                process,
                effective,
            });
        }
    }
}

/// The path of the program, or else its name.
fn image(options: Options<'_>, texts: &mut Texts) -> Option<Text> {
    let text = |code| {
        let value = until_zero(options.find(code)?);
        (!value.is_empty() && value.len() <= MOST_IMAGE_BYTES).then_some(value)
    };
    if let Some(path) = text(process_option::PATH) {
        return texts.keep(path).map(|path| String::from_utf8_lossy(path).into());
    }
    let name = texts.keep(text(process_option::NAME)?)?;
    Some(maybe_cut(name, NamedProcess::CUT_NAME_BYTES).into())
}

/// The lowest bits of the flags (draft-ietf-opsawg-pcapng, "Enhanced Packet Block Flags Word").
const fn direction(flags: u32) -> Option<Direction> {
    match flags & DIRECTION_BITS {
        1 => Some(Direction::Inbound),
        2 => Some(Direction::Outbound),
        _ => None,
    }
}
