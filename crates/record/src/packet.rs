//! A packet, borrowed from a capture reader for the time of one call.

use crate::{Direction, Pid, Span, Text, Timestamp};

/// The number of a capture interface within its section, from 0 in order of appearance over the whole file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterfaceId(pub u32);

/// The link-layer header type of a capture (tcpdump.org "LINKTYPE_" registry).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkType(pub u16);

/// One captured packet. Not a record: the flow table looks at it and lets it go.
#[derive(Clone, Copy, Debug)]
pub struct Packet<'a> {
    /// Where it lies; `span.position` is its packet number.
    pub span: Span,
    /// When it was captured; none where the block type carries no time (pcapng Simple Packet Block).
    pub timestamp: Option<Timestamp>,
    /// The interface it was captured on.
    pub interface: InterfaceId,
    /// How to read `data`.
    pub link_type: LinkType,
    /// The bytes that were kept.
    pub data: &'a [u8],
    /// How many bytes the packet had on the wire; never less than `data.len()`.
    pub original_length: u32,
}

/// What the capturing host says of the processes of a packet, beside its bytes (process information of macOS in pcapng).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PacketProcess {
    /// Which way the packet went; none where that is not said.
    pub direction: Option<Direction>,
    /// The process that last used the socket; none where the system found no socket.
    pub process: Option<NamedProcess>,
    /// The process that it acts for.
    pub effective: Option<NamedProcess>,
}

/// A process as a capture names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedProcess {
    /// Its identifier; none where only a name is given.
    pub pid: Option<Pid>,
    /// Its name, or its path where the capture has one; ends in `…` where it may have been cut.
    pub image: Option<Text>,
}

impl NamedProcess {
    /// Bytes of a name from which on it may have been cut: macOS keeps sixteen (`MAXCOMLEN`), of which some of its functions give one to
    /// the end of the text.
    pub const CUT_NAME_BYTES: usize = 15;

    /// A process by what was written of it; none where nobody is meant: macOS writes -1 where no process is known, and 0 without a
    /// name for what no process sent.
    #[must_use]
    pub fn new(pid: Option<u32>, image: Option<Text>) -> Option<Self> {
        let is_process = |pid: &u32| i32::try_from(*pid).is_ok() && (*pid != 0 || image.is_some());
        let pid = pid.filter(is_process).map(Pid);
        (pid.is_some() || image.is_some()).then_some(Self { pid, image })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_no_process() {
        for nobody in [None, Some(0), Some(u32::MAX)] {
            assert_eq!(NamedProcess::new(nobody, None), None);
        }
        let kernel = NamedProcess::new(Some(0), Some("kernel_task".into()));
        assert_eq!(kernel.and_then(|kernel| kernel.pid), Some(Pid(0)));
        let nameless = NamedProcess::new(Some(512), None);
        assert_eq!(nameless.and_then(|process| process.pid), Some(Pid(512)));
    }
}
