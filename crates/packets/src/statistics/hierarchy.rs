//! Which protocols lie in which (Wireshark's `io,phs`).

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::totals::Volume;

/// Different stacks of protocols that are kept; beyond them, a hostile capture is at work.
const MOST_STACKS: usize = 1 << 16;

/// The protocols of a frame from the outside in, by Wireshark's names.
pub(super) type Stack = Vec<&'static str>;

/// A protocol in its place. Rows stand in the order of a tree that is written down from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HierarchyRow {
    /// 0 for a link layer.
    pub depth: usize,
    /// Wireshark's name of it.
    pub protocol: &'static str,
    /// Frames that hold it there.
    pub volume: Volume,
}

/// Frames by their stack of protocols.
#[derive(Debug, Default)]
pub(super) struct Hierarchy {
    stacks: HashMap<Stack, Counted, FxBuildHasher>,
}

#[derive(Debug, Clone, Copy)]
struct Counted {
    volume: Volume,
    /// The first packet of such a stack; siblings are shown in that order.
    first_packet: u64,
}

impl Hierarchy {
    /// Counts frames of one stack, the first of which has that number.
    pub(super) fn add(&mut self, stack: &[&'static str], first_packet: u64, volume: Volume) {
        if let Some(counted) = self.stacks.get_mut(stack) {
            counted.volume = counted.volume.with(volume);
            counted.first_packet = counted.first_packet.min(first_packet);
        } else if self.stacks.len() < MOST_STACKS {
            self.stacks.insert(stack.to_vec(), Counted { volume, first_packet });
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (stack, counted) in other.stacks {
            self.add(&stack, counted.first_packet, counted.volume);
        }
    }

    pub(super) fn rows(self) -> Vec<HierarchyRow> {
        let mut stacks: Vec<_> = self.stacks.into_iter().collect();
        stacks.sort_unstable_by_key(|(_, counted)| counted.first_packet);
        let mut root = Node::default();
        for (stack, counted) in stacks {
            root.add(&stack, counted.volume);
        }
        let mut rows = Vec::new();
        root.write(0, &mut rows);
        rows
    }
}

#[derive(Debug, Default)]
struct Node {
    volume: Volume,
    children: Vec<(&'static str, Node)>,
}

impl Node {
    fn add(&mut self, stack: &[&'static str], volume: Volume) {
        let mut node = self;
        for protocol in stack {
            let place = node.children.iter().position(|(name, _)| name == protocol);
            let place = place.unwrap_or_else(|| {
                node.children.push((protocol, Self::default()));
                node.children.len() - 1
            });
            let Some((_, child)) = node.children.get_mut(place) else {
                return;
            };
            child.volume = child.volume.with(volume);
            node = child;
        }
    }

    /// Writes the rows below a node. Stacks are no deeper than a frame has layers.
    fn write(&self, depth: usize, rows: &mut Vec<HierarchyRow>) {
        for (protocol, child) in &self.children {
            rows.push(HierarchyRow {
                depth,
                protocol,
                volume: child.volume,
            });
            child.write(depth + 1, rows);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_count_at_every_protocol_on_their_way_and_siblings_stand_in_order_of_appearance() {
        let mut hierarchy = Hierarchy::default();
        let one = Volume { packets: 1, bytes: 60 };
        hierarchy.add(&["eth", "ip", "udp"], 2, one);
        hierarchy.add(&["eth", "arp"], 1, one);
        hierarchy.add(&["eth", "ip", "udp", "dns"], 3, one);
        let rows: Vec<_> = hierarchy
            .rows()
            .iter()
            .map(|row| (row.depth, row.protocol, row.volume.packets))
            .collect();
        assert_eq!(
            rows,
            [(0, "eth", 3), (1, "arp", 1), (1, "ip", 2), (2, "udp", 2), (3, "dns", 1)]
        );
    }
}
