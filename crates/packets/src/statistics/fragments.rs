//! Fragments: every worker puts all datagrams together, so that each knows which ones are its own.

use std::net::IpAddr;

use whotalks_record::IpProtocol;

use super::collector::Collector;
use super::digest::{Digest, Piece, owner_of_destination, owner_of_stream};
use super::item::{Item, Place, Role};
use super::streams::since;
use super::totals::Volume;
use crate::frame::{Layers, Summary, datagram_layers};
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
        let place = Place {
            index: piece.packet,
            number: batch.number(piece.packet as usize),
            at: since(self.totals.start, packet.timestamp),
            time: packet.timestamp.unwrap_or_default(),
            original_bytes: packet.original_length,
            // The bytes of a datagram lie by themselves.
            start: 0,
        };
        self.counted.turn_to(batch, piece.packet as usize);
        let whole = self
            .fragments
            .add(&piece.ip, piece.fragment, piece.data.of(packet.data));
        match whole {
            Some(data) => self.whole(piece, &data, place, digest),
            None => self.part(piece, place, digest),
        }
    }

    /// Counts a fragment that completes nothing.
    fn part(&mut self, piece: &Piece, place: Place, digest: &Digest) {
        self.fragment_target(piece.ip.destination, FRAGMENT, 0, place);
        if self.worker == FIRST_WORKER {
            if self.wants_pairs() {
                let (source, destination) = (piece.ip.source, piece.ip.destination);
                self.internet
                    .add(source, destination, place.number, place.original_bytes, place.at);
            }
            self.count_whole_stack(piece, &["data"], place, digest);
        }
    }

    /// Counts a datagram that is whole.
    fn whole(&mut self, piece: &Piece, data: &[u8], place: Place, digest: &Digest) {
        let mut seen = std::mem::take(&mut self.layers);
        let dissected = datagram_layers(&piece.ip, data, &mut seen);
        if let Some(summary) = Summary::of_dissected(data, &dissected) {
            self.whole_headers(piece, data, place, (&seen, &summary), digest);
        }
        self.layers = seen;
    }

    fn whole_headers(
        &mut self,
        piece: &Piece,
        data: &[u8],
        place: Place,
        (seen, summary): (&Layers, &Summary),
        digest: &Digest,
    ) {
        let ends = summary.ends;
        self.fragment_target(ends.destination, summary.protocol, ends.ports.destination, place);
        let own = Some(summary).filter(|summary| summary.is_in_stream());
        if self.worker == FIRST_WORKER {
            if self.wants_pairs() {
                self.addresses(place, seen, own.is_some());
            }
            if own.is_none() {
                self.count_whole_stack(piece, &seen.names, place, digest);
            }
        }
        for item in Item::all(seen, own, data, place, piece.stack) {
            if owner_of_stream(&item.ends, self.workers) == self.worker {
                let shown = self.stream(&item, data, place.number);
                if item.role == Role::Own {
                    let names = [&seen.names[..], &self.shown.names(shown)].concat();
                    self.count_whole_stack(piece, &names, place, digest);
                }
            }
        }
    }

    fn fragment_target(&mut self, destination: IpAddr, protocol: IpProtocol, port: u16, place: Place) {
        if self.wants_destinations() && owner_of_destination(destination, self.workers) == self.worker {
            self.destinations.add(destination, protocol, port, place.at);
        }
    }

    fn count_whole_stack(&mut self, piece: &Piece, above: &[&'static str], place: Place, digest: &Digest) {
        if !self.counted.now {
            return;
        }
        let mut stack = digest.stacks().get(piece.stack as usize).cloned().unwrap_or_default();
        stack.extend_from_slice(above);
        self.hierarchy
            .add(&stack, place.number, Volume::of_packet(place.original_bytes));
    }
}
