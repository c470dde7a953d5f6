//! Fragments of IP datagrams: whose they are, and what they say together.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;

use foldhash::quality::RandomState;
use whotalks_record::IpProtocol;
use whotalks_wire::dissect::Ip;
use whotalks_wire::net::Fragment;
use whotalks_wire::transport::Ports;

/// Datagrams of which fragments are remembered. Fragments of one datagram follow each other closely.
const MOST_DATAGRAMS: usize = 1_024;
/// Bytes of a datagram that are put together; DNS answers rarely pass 4 KiB.
const MOST_DATAGRAM_BYTES: usize = 16 << 10;
/// Pieces of a datagram that are put together.
const MOST_PIECES: usize = 64;

/// What the fragments of a datagram share (RFC 791 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct DatagramId {
    source: IpAddr,
    destination: IpAddr,
    protocol: IpProtocol,
    identification: u32,
}

#[derive(Debug, Default)]
struct Datagram {
    ports: Ports,
    /// Offset and data of each piece.
    pieces: Vec<(u32, Vec<u8>)>,
    /// Bytes of the whole, once the last fragment was seen.
    length: Option<u32>,
    held_bytes: usize,
}

/// The datagrams whose fragments are under way.
#[derive(Debug, Default)]
pub(crate) struct Fragments {
    datagrams: HashMap<DatagramId, Datagram, RandomState>,
    order: VecDeque<DatagramId>,
}

impl Fragments {
    /// The ports of a packet that is a fragment. The first fragment states them; those of later ones are remembered, and are
    /// 0 where the first one was not captured.
    pub(crate) fn ports(&mut self, ip: &Ip, fragment: Fragment, stated: Option<Ports>) -> Ports {
        let id = datagram_id(ip, fragment);
        let Some(ports) = stated else {
            return self
                .datagrams
                .get(&id)
                .map(|datagram| datagram.ports)
                .unwrap_or_default();
        };
        if self
            .datagrams
            .insert(
                id,
                Datagram {
                    ports,
                    ..Datagram::default()
                },
            )
            .is_none()
        {
            self.order.push_back(id);
        }
        if self.order.len() > MOST_DATAGRAMS
            && let Some(oldest) = self.order.pop_front()
        {
            self.datagrams.remove(&oldest);
        }
        ports
    }

    /// Adds the data of a UDP fragment, without the UDP header; gives the whole payload when nothing is missing any more.
    pub(crate) fn piece(&mut self, ip: &Ip, fragment: Fragment, data: &[u8], header_bytes: u32) -> Option<Vec<u8>> {
        let id = datagram_id(ip, fragment);
        let datagram = self.datagrams.get_mut(&id)?;
        let offset = if fragment.is_first() {
            0
        } else {
            fragment.offset.checked_sub(header_bytes)?
        };
        datagram.add(offset, data, fragment.more);
        let whole = datagram.whole()?;
        datagram.pieces = Vec::new();
        Some(whole)
    }
}

impl Datagram {
    fn add(&mut self, offset: u32, data: &[u8], more: bool) {
        let end = offset.saturating_add(data.len().try_into().unwrap_or(u32::MAX));
        if !more {
            self.length = Some(end);
        }
        self.held_bytes = self.held_bytes.saturating_add(data.len());
        if self.held_bytes <= MOST_DATAGRAM_BYTES && self.pieces.len() < MOST_PIECES {
            self.pieces.push((offset, data.to_vec()));
        }
    }

    /// The pieces joined, if they follow each other to the end. Overlaps, which only attacks have (RFC 5722), do not.
    fn whole(&mut self) -> Option<Vec<u8>> {
        let length = self.length? as usize;
        self.pieces.sort_by_key(|(offset, _)| *offset);
        let mut joined = Vec::new();
        for (offset, data) in &self.pieces {
            if *offset as usize != joined.len() {
                return None;
            }
            joined.extend_from_slice(data);
        }
        (joined.len() == length).then_some(joined)
    }
}

fn datagram_id(ip: &Ip, fragment: Fragment) -> DatagramId {
    DatagramId {
        source: ip.source,
        destination: ip.destination,
        protocol: ip.protocol,
        identification: fragment.identification,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORTS: Ports = Ports {
        source: 53,
        destination: 4000,
    };

    fn ip() -> Ip {
        let (source, destination) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        Ip {
            source,
            destination,
            protocol: IpProtocol::UDP,
            hop_limit: 64,
            wire_bytes: 0,
            fragment: None,
        }
    }

    fn fragment(identification: u32, offset: u32, more: bool) -> Fragment {
        Fragment {
            identification,
            offset,
            more,
        }
    }

    #[test]
    fn later_fragments_have_the_ports_of_the_first() {
        let mut fragments = Fragments::default();
        assert_eq!(fragments.ports(&ip(), fragment(1, 0, true), Some(PORTS)), PORTS);
        assert_eq!(fragments.ports(&ip(), fragment(1, 16, false), None), PORTS);
        assert_eq!(fragments.ports(&ip(), fragment(2, 16, false), None), Ports::default());
    }

    #[test]
    fn a_datagram_is_whole_when_the_last_gap_is_filled() {
        let mut fragments = Fragments::default();
        fragments.ports(&ip(), fragment(1, 0, true), Some(PORTS));
        assert_eq!(fragments.piece(&ip(), fragment(1, 0, true), b"abcdefgh", 8), None);
        assert_eq!(fragments.piece(&ip(), fragment(1, 24, false), b"qr", 8), None);
        let whole = fragments.piece(&ip(), fragment(1, 16, true), b"ijklmnop", 8);
        assert_eq!(whole.as_deref(), Some(&b"abcdefghijklmnopqr"[..]));
    }

    #[test]
    fn only_so_many_datagrams_are_remembered() {
        let mut fragments = Fragments::default();
        for identification in 0..3_000 {
            fragments.ports(&ip(), fragment(identification, 0, true), Some(PORTS));
        }
        assert_eq!(fragments.datagrams.len(), MOST_DATAGRAMS);
        assert_eq!(fragments.ports(&ip(), fragment(0, 16, false), None), Ports::default());
        assert_eq!(fragments.ports(&ip(), fragment(2_999, 16, false), None), PORTS);
    }
}
