//! Packets into a new capture.

use std::fs::File;
use std::io::{self, BufWriter};
use std::net::IpAddr;
use std::path::Path;

use whotalks_pcap::{InterfaceDescription, OutgoingPacket, PcapngWriter, TimeUnit};
use whotalks_record::{EvidenceId, InterfaceId, LinkType, Packet};

/// Interfaces that are told apart; packets of a capture that claims more share the last one of their link type.
const MOST_INTERFACES: usize = 4_096;
/// No packet is cut here.
const SNAPSHOT_LENGTH: u32 = 262_144;

/// Writes packets to a pcapng file. Its interfaces are those of the captures, as far as packets of them are written.
pub struct Export {
    writer: PcapngWriter<BufWriter<File>>,
    interfaces: Vec<(Origin, InterfaceId)>,
}

/// Where a packet comes from.
type Origin = (EvidenceId, InterfaceId, LinkType);

impl Export {
    /// Makes the file, or empties it.
    ///
    /// # Errors
    /// Those of the system.
    pub fn create(path: &Path) -> io::Result<Self> {
        let application = concat!("whotalks ", env!("CARGO_PKG_VERSION"));
        let output = BufWriter::new(File::create(path)?);
        Ok(Self {
            writer: PcapngWriter::new(output, application)?,
            interfaces: Vec::new(),
        })
    }

    /// Writes a packet with what is said about it.
    ///
    /// # Errors
    /// Those of the system.
    pub fn packet(&mut self, packet: &Packet<'_>, comments: &[&str]) -> io::Result<()> {
        let interface = self.interface(packet)?;
        self.writer.packet(&OutgoingPacket {
            interface,
            timestamp: packet.timestamp,
            data: packet.data,
            original_length: packet.original_length,
            comments,
        })
    }

    /// Writes names of addresses.
    ///
    /// # Errors
    /// Those of the system.
    pub fn names<'n>(&mut self, names: impl IntoIterator<Item = (IpAddr, &'n str)>) -> io::Result<()> {
        self.writer.names(names)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Those of the system.
    pub fn finish(self) -> io::Result<()> {
        let output = self.writer.finish()?;
        output.into_inner().map(drop).map_err(io::IntoInnerError::into_error)
    }

    fn interface(&mut self, packet: &Packet<'_>) -> io::Result<InterfaceId> {
        let origin = (packet.span.evidence, packet.interface, packet.link_type);
        let is_full = self.interfaces.len() >= MOST_INTERFACES;
        let mut held = self.interfaces.iter().rev();
        // Packets of one interface mostly follow each other, and most captures have one.
        let found = held.find(|(known, _)| *known == origin || (is_full && known.2 == packet.link_type));
        if let Some((_, id)) = found {
            return Ok(*id);
        }
        let id = self.writer.interface(&InterfaceDescription {
            link_type: packet.link_type,
            snapshot_length: SNAPSHOT_LENGTH,
            name: None,
            unit: TimeUnit::Nanoseconds,
        })?;
        self.interfaces.push((origin, id));
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use whotalks_evidence::NoProgress;
    use whotalks_packets::select::{Keep, Selection};
    use whotalks_record::{Position, Span, Timestamp};

    use super::*;
    use crate::capture::select;

    fn packet(data: &[u8], link_type: u16) -> Packet<'_> {
        Packet {
            span: Span {
                evidence: EvidenceId(1),
                position: Position::Packet(1),
                offset: 0,
                length: 0,
            },
            timestamp: Some(Timestamp::from_seconds(1_700_000_000, 123_456_789)),
            interface: InterfaceId(0),
            link_type: LinkType(link_type),
            data,
            original_length: 99,
        }
    }

    #[test]
    fn what_was_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.pcapng");
        let mut export = Export::create(&path).unwrap();
        for (data, link_type) in [(&b"first"[..], 1), (b"second", 101), (b"third", 1)] {
            export.packet(&packet(data, link_type), &["said"]).unwrap();
        }
        export.finish().unwrap();
        let mut seen = Vec::new();
        let (passed, read) = select(&[path], &Selection::default(), None, &mut NoProgress, |packet, _| {
            seen.push((packet.data.to_vec(), packet.link_type.0, packet.timestamp));
            assert_eq!(packet.original_length, 99);
            Keep::Going
        });
        assert!(read.anything_read());
        let time = Some(Timestamp::from_seconds(1_700_000_000, 123_456_789));
        let expected = [(&b"first"[..], 1), (b"second", 101), (b"third", 1)];
        assert_eq!(passed, 3);
        assert_eq!(seen, expected.map(|(data, link_type)| (data.to_vec(), link_type, time)));
    }
}
