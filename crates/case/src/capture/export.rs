//! Packets into a new capture.

use std::fs::File;
use std::io::{self, BufWriter};
use std::net::IpAddr;
use std::path::Path;

use whotalks_packets::select::Seen;
use whotalks_pcap::{OutgoingPacket, PcapngWriter};
use whotalks_record::{EvidenceId, InterfaceDescription, InterfaceId, LinkType, TimeUnit};

/// Interfaces that are told apart; packets of a capture that claims more share the last one of their link type.
const MOST_INTERFACES: usize = 4_096;
/// No packet is cut here.
const SNAPSHOT_LENGTH: u32 = 262_144;

/// Writes packets to a pcapng file with the comments on them. Its interfaces are those of the captures, with what these say of
/// them, as far as packets of them are written.
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

    /// Writes a packet with what its capture says about it, and one more comment.
    ///
    /// # Errors
    /// Those of the system.
    pub fn packet(&mut self, seen: &Seen<'_>, comment: Option<&str>) -> io::Result<()> {
        for secrets in &seen.secrets {
            self.writer.secrets(secrets.kind, &secrets.bytes)?;
        }
        let interface = self.interface(seen)?;
        let packet = &seen.packet;
        let comments: Vec<&str> = seen.comments.iter().copied().chain(comment).collect();
        self.writer.packet(&OutgoingPacket {
            interface,
            timestamp: packet.timestamp,
            data: packet.data,
            original_length: packet.original_length,
            comments: &comments,
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

    fn interface(&mut self, seen: &Seen<'_>) -> io::Result<InterfaceId> {
        let packet = &seen.packet;
        let origin = (packet.span.evidence, packet.interface, packet.link_type);
        let is_full = self.interfaces.len() >= MOST_INTERFACES;
        let mut held = self.interfaces.iter().rev();
        // Packets of one interface mostly follow each other, and most captures have one.
        let found = held.find(|(known, _)| *known == origin || (is_full && known.2 == packet.link_type));
        if let Some((_, id)) = found {
            return Ok(*id);
        }
        let plain = InterfaceDescription::plain(packet.link_type, TimeUnit::Nanoseconds);
        let id = self.writer.interface(&InterfaceDescription {
            snapshot_length: SNAPSHOT_LENGTH,
            // Packets of several captures stand in one file, whose times have one unit.
            unit: TimeUnit::Nanoseconds,
            ..seen.interface.cloned().unwrap_or(plain)
        })?;
        self.interfaces.push((origin, id));
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use whotalks_evidence::NoProgress;
    use whotalks_packets::pass::Secrets;
    use whotalks_packets::select::{Keep, Selection};
    use whotalks_record::{CaptureFilter, Packet, Position, Span, Timestamp};

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
        let described = InterfaceDescription {
            name: Some("eth0".into()),
            filter: Some(CaptureFilter::Text("tcp".into())),
            ..InterfaceDescription::plain(LinkType(1), TimeUnit::Microseconds)
        };
        let sent = [(&b"first"[..], 1), (b"second", 101), (b"third", 1)];
        for (data, link_type) in sent {
            let seen = Seen {
                packet: packet(data, link_type),
                number: 1,
                comments: vec!["theirs"],
                interface: (link_type == 1).then_some(&described),
                secrets: vec![Secrets {
                    kind: 0x544c_534b,
                    bytes: data.into(),
                }],
            };
            export.packet(&seen, Some("ours")).unwrap();
        }
        export.names([("192.0.2.1".parse().unwrap(), "one.example")]).unwrap();
        export.finish().unwrap();
        let (mut seen_again, mut secrets) = (Vec::new(), Vec::new());
        let (passed, read) = select(&[path], &Selection::default(), None, &mut NoProgress, |seen, _| {
            let packet = &seen.packet;
            assert_eq!(
                (packet.original_length, &seen.comments[..]),
                (99, &["theirs", "ours"][..])
            );
            secrets.extend(seen.secrets.iter().map(|secrets| secrets.bytes.to_vec()));
            let interface = seen.interface.unwrap();
            let name = interface.name.as_deref().map(str::to_owned);
            assert_eq!(interface.filter.is_some(), name.is_some());
            seen_again.push((packet.data.to_vec(), packet.link_type.0, packet.timestamp, name));
            Keep::Going
        });
        assert!(read.anything_read());
        assert_eq!(secrets, sent.map(|(data, _)| data.to_vec()));
        assert_eq!(
            read.names.iter().map(|(_, name)| &**name).collect::<Vec<_>>(),
            ["one.example"]
        );
        let time = Some(Timestamp::from_seconds(1_700_000_000, 123_456_789));
        let name = |link_type| (link_type == 1).then(|| "eth0".to_owned());
        assert_eq!(passed, 3);
        assert_eq!(
            seen_again,
            sent.map(|(data, link_type)| (data.to_vec(), link_type, time, name(link_type)))
        );
    }
}
