//! What the capture did not keep: single packets, and whole flows.

use crate::random::Random;
use crate::scenario::knobs::Knobs;
use crate::scenario::model::{Flow, Host, Window};

/// Marks packets as dropped by the capture. Drops are independent of one another, as under a short overload.
pub(crate) fn lose(host: &mut Host, knobs: &Knobs, random: &Random) {
    let random = &mut random.fork(&format!("loss {}", host.name));
    for flow in host.flows.iter_mut().filter(|flow| !flow.protected) {
        if random.chance(u64::from(knobs.lost_flows_percent)) {
            flow.packets.iter_mut().for_each(|packet| packet.lost = true);
        }
        lose_single(flow, u64::from(knobs.lost_packets_permille), random);
    }
}

fn lose_single(flow: &mut Flow, permille: u64, random: &mut Random) {
    for packet in &mut flow.packets {
        if random.below(1_000) < permille {
            packet.lost = true;
        }
    }
}

/// Packets that passed while the capture ran and were dropped.
pub(crate) fn dropped(host: &Host, capture: Window) -> u64 {
    let lost = |flow: &Flow| {
        flow.packets
            .iter()
            .filter(|packet| packet.lost && capture.contains(packet.time_ns))
            .count()
    };
    host.flows.iter().map(lost).sum::<usize>() as u64
}
