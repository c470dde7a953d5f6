//! Fragments: every worker puts all datagrams together, so that each knows which ones are its own.

use whotalks_record::{IpProtocol, Packet};
use whotalks_wire::dissect;

use super::collector::Collector;
use super::digest::{Digest, Item, Piece, Role, owner_of_destination, owner_of_stream};
use super::streams::since;
use super::totals::Volume;
use crate::frame::{Carried, Summary};
use crate::pass::Batch;

/// What a fragment counts as that does not complete its datagram: the number of the IPv6 fragment header.
const FRAGMENT: IpProtocol = IpProtocol(44);
/// The worker that counts what no stream owns.
const FIRST_WORKER: usize = 0;

impl Collector {
    /// Takes in a fragment. The packet that completes a datagram counts as the whole of it, as it does in Wireshark.
    pub(super) fn piece(&mut self, piece: &Piece, batch: &Batch, digest: &Digest) {
        let Some(packet) = batch.packet(piece.packet as usize) else {
            return;
        };
        let number = batch.number(piece.packet as usize);
        self.counted.turn_to(batch, piece.packet as usize);
        let whole = self
            .fragments
            .add(&piece.ip, piece.fragment, piece.data.of(packet.data));
        match whole {
            Some(data) => self.whole(piece, &Packet { data: &data, ..packet }, number, digest),
            None => self.part(piece, &packet, number, digest),
        }
    }

    /// Counts a fragment that completes nothing.
    fn part(&mut self, piece: &Piece, packet: &Packet<'_>, number: u64, digest: &Digest) {
        self.fragment_target(piece, FRAGMENT, 0, packet);
        if self.worker == FIRST_WORKER {
            self.count_outside_streams(piece, &["data"], packet, number, digest);
        }
    }

    /// Counts a datagram that is whole; the packet's data is that of the datagram.
    fn whole(&mut self, piece: &Piece, packet: &Packet<'_>, number: u64, digest: &Digest) {
        let dissected = dissect::datagram(&piece.ip, packet.data);
        let Some(summary) = Summary::of_dissected(packet.data, &dissected) else {
            return;
        };
        self.fragment_target(piece, summary.protocol, summary.ends.ports.destination, packet);
        let transport = match summary.carried {
            Carried::Tcp(_) => "tcp",
            Carried::Udp => "udp",
            Carried::Fragment | Carried::Other => {
                if self.worker == FIRST_WORKER {
                    self.count_outside_streams(piece, &[], packet, number, digest);
                }
                return;
            }
        };
        if owner_of_stream(&summary.ends, self.workers) == self.worker {
            let item = Item {
                packet: piece.packet,
                stack: piece.stack,
                role: Role::Own,
                layer: 0,
                summary,
            };
            let shown = self.stream(&item, packet, number);
            let mut above = vec![transport];
            above.extend(self.shown.names(shown));
            self.count_whole_stack(piece, &above, packet, number, digest);
        }
    }

    fn fragment_target(&mut self, piece: &Piece, protocol: IpProtocol, port: u16, packet: &Packet<'_>) {
        if self.wants_destinations() && owner_of_destination(piece.ip.destination, self.workers) == self.worker {
            let at = since(self.totals.start, packet.timestamp);
            self.destinations.add(piece.ip.destination, protocol, port, at);
        }
    }

    fn count_outside_streams(
        &mut self,
        piece: &Piece,
        above: &[&'static str],
        packet: &Packet<'_>,
        number: u64,
        digest: &Digest,
    ) {
        let at = since(self.totals.start, packet.timestamp);
        if self.counts_pairs {
            let (source, destination) = (piece.ip.source, piece.ip.destination);
            self.internet
                .add(source, destination, number, packet.original_length, at);
        }
        self.count_whole_stack(piece, above, packet, number, digest);
    }

    fn count_whole_stack(
        &mut self,
        piece: &Piece,
        above: &[&'static str],
        packet: &Packet<'_>,
        number: u64,
        digest: &Digest,
    ) {
        if !self.counted.now {
            return;
        }
        let mut stack = digest.stacks().get(piece.stack as usize).cloned().unwrap_or_default();
        stack.extend_from_slice(above);
        let volume = Volume {
            packets: 1,
            bytes: packet.original_length.into(),
        };
        self.hierarchy.add(&stack, number, volume);
    }
}
