//! What is known of a batch before anything is known of the batches before it.

use std::net::IpAddr;

use whotalks_record::{IpProtocol, Nanoseconds};
use whotalks_session::streams::Ends;
use whotalks_wire::dissect::Ip;
use whotalks_wire::net::Fragment;

use super::hierarchy::Stack;
use super::item::Item;
use crate::frame::{PayloadRange, Shape};

/// A batch, ready to be shared out among the workers.
#[derive(Debug, Default)]
pub(super) struct Digest {
    /// For each worker, the headers of its streams.
    items: Vec<Vec<Item>>,
    /// For each worker, the packets to its destinations.
    targets: Vec<Vec<Target>>,
    /// Pieces of datagrams, which every worker puts together for itself.
    fragments: Vec<Piece>,
    /// The stacks of protocols that occur, first those of the short way.
    stacks: Vec<Stack>,
}

/// A fragment of an IP datagram.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// The place of its packet in the batch.
    pub(super) packet: u32,
    /// Which stack of protocols the packet has, up to IP.
    pub(super) stack: u32,
    pub(super) ip: Ip,
    pub(super) fragment: Fragment,
    /// Where its data lies in the packet.
    pub(super) data: PayloadRange,
}

/// Where a packet went.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub(super) address: IpAddr,
    pub(super) protocol: IpProtocol,
    pub(super) port: u16,
    pub(super) at: Nanoseconds,
}

impl Digest {
    /// Makes it the empty digest of a batch.
    pub(super) fn begin(&mut self, workers: usize) {
        self.items.resize_with(workers, Vec::new);
        self.items.iter_mut().for_each(Vec::clear);
        self.targets.resize_with(workers, Vec::new);
        self.targets.iter_mut().for_each(Vec::clear);
        self.fragments.clear();
        if self.stacks.is_empty() {
            self.stacks.extend(Shape::all().map(Shape::names));
        }
        self.stacks.truncate(Shape::COUNT);
    }

    /// The number of a stack of protocols.
    pub(super) fn stack(&mut self, names: &[&'static str]) -> u32 {
        let known = self.stacks.iter().position(|stack| stack == names);
        let place = known.unwrap_or_else(|| {
            self.stacks.push(names.to_vec());
            self.stacks.len() - 1
        });
        place.try_into().unwrap_or(u32::MAX)
    }

    #[inline(always)] // So that an item is made where it belongs and not copied.
    pub(super) fn push(&mut self, item: Item) {
        let owner = owner_of_stream(&item.ends, self.items.len());
        if let Some(owned) = self.items.get_mut(owner) {
            owned.push(item);
        }
    }

    #[inline]
    pub(super) fn push_target(&mut self, target: Target) {
        let owner = owner_of_destination(target.address, self.targets.len());
        if let Some(owned) = self.targets.get_mut(owner) {
            owned.push(target);
        }
    }

    pub(super) fn push_fragment(&mut self, piece: Piece) {
        self.fragments.push(piece);
    }

    /// The fragments, in the order of the capture.
    pub(super) fn fragments(&self) -> &[Piece] {
        &self.fragments
    }

    pub(super) fn stacks(&self) -> &[Stack] {
        &self.stacks
    }

    pub(super) fn items_of(&self, worker: usize) -> &[Item] {
        self.items.get(worker).map_or(&[], Vec::as_slice)
    }

    pub(super) fn targets_of(&self, worker: usize) -> &[Target] {
        self.targets.get(worker).map_or(&[], Vec::as_slice)
    }
}

/// The worker that owns a destination.
#[inline]
pub(super) fn owner_of_destination(address: IpAddr, workers: usize) -> usize {
    part(weigh(address, 0), workers)
}

/// The worker that owns a stream: the same one for both ways.
#[inline]
pub(super) fn owner_of_stream(ends: &Ends, workers: usize) -> usize {
    let source = weigh(ends.source, ends.ports.source);
    let destination = weigh(ends.destination, ends.ports.destination);
    part(source.wrapping_add(destination), workers)
}

/// Spreads ends over the numbers. It need not be safe from somebody who wants all streams to have one owner: the run would
/// only take as long as with one worker.
#[inline]
fn weigh(address: IpAddr, port: u16) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let bits = match address {
        IpAddr::V4(address) => u64::from(address.to_bits()),
        IpAddr::V6(address) => {
            let bits = address.to_bits();
            (bits >> 64) as u64 ^ bits as u64
        }
    };
    (bits << 16 ^ u64::from(port)).wrapping_mul(ODD)
}

#[inline]
fn part(weight: u64, workers: usize) -> usize {
    let mixed = (weight ^ weight >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33;
    // The upper bits of a product spread as evenly as a remainder, without a division.
    ((mixed * workers as u64) >> 31) as usize
}
