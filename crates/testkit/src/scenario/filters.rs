//! The firewall policy of every host: the filters that allow, and the ones that some flows run into.

use crate::random::Random;
use crate::scenario::model::{Condition, Filter, FilterIndex, Layer};
use std::net::{Ipv4Addr, SocketAddr};

pub(crate) const OUTBOUND_V4: FilterIndex = 0;
pub(crate) const OUTBOUND_V6: FilterIndex = 1;
pub(crate) const BLOCK_SMB: FilterIndex = 2;
pub(crate) const BLOCK_SYNC: FilterIndex = 3;
pub(crate) const QUERY_USER: FilterIndex = 4;
pub(crate) const STEALTH: FilterIndex = 5;
pub(crate) const REMOTE_DESKTOP: FilterIndex = 6;
pub(crate) const FILE_SHARING: FilterIndex = 7;

const FIREWALL: Option<&str> = Some("FWPM_PROVIDER_MPSSVC_WF");
const FIREWALL_SUBLAYER: &str = "FWPM_SUBLAYER_MPSSVC_WF";

/// The filter that lets an ordinary outbound flow pass.
pub(crate) fn default_outbound(remote: SocketAddr) -> Option<FilterIndex> {
    Some(if remote.is_ipv4() { OUTBOUND_V4 } else { OUTBOUND_V6 })
}

/// All filters in the order of the constants above. After a restart the ids that were listed belong to other filters.
pub(crate) fn usual(random: &mut Random, volume: u8, renumbered: bool) -> Vec<Filter> {
    let first = 65_000 + random.below(9_000);
    let mut filters = outbound(random, volume);
    filters.extend(inbound(random));
    let count = filters.len() as u64;
    // Rotating by a step that is no multiple of the count gives every id another owner.
    let step = if renumbered {
        1 + random.below(count.saturating_sub(1))
    } else {
        0
    };
    for (filter, position) in filters.iter_mut().zip(0_u64..) {
        filter.id = first + position * 2;
        filter.listed_id = first + (position + step).checked_rem(count).unwrap_or(0) * 2;
    }
    filters
}

fn outbound(random: &mut Random, volume: u8) -> Vec<Filter> {
    let smb = [Condition::Protocol(6), Condition::RemotePort(445)];
    let path = format!("\\device\\harddiskvolume{volume}\\program files\\contoso sync\\contoso-sync.exe");
    let sync = [Condition::Application(path)];
    vec![
        filter(random, "Default Outbound", "Unknown", Layer::ConnectV4, false, &[]),
        filter(random, "Default Outbound", "Unknown", Layer::ConnectV6, false, &[]),
        rule(random, "Block outbound SMB", Layer::ConnectV4, true, &smb),
        rule(random, "Block Contoso Sync", Layer::ConnectV4, true, &sync),
    ]
}

fn inbound(random: &mut Random) -> Vec<Filter> {
    let lan = Condition::RemoteAddress(Ipv4Addr::new(192, 168, 0, 0), Ipv4Addr::new(255, 255, 255, 0));
    let smb = [Condition::Protocol(6), Condition::LocalPort(445), lan];
    let desktop = [Condition::Protocol(6), Condition::LocalPort(3_389)];
    let name = "Port Scanning Prevention Filter";
    vec![
        filter(
            random,
            "Query User",
            "Query User Default",
            Layer::ReceiveAcceptV4,
            true,
            &[],
        ),
        filter(random, name, "Stealth", Layer::InboundTransportDiscardV4, true, &[]),
        rule(
            random,
            "Remote Desktop - User Mode (TCP-In)",
            Layer::ReceiveAcceptV4,
            false,
            &desktop,
        ),
        rule(
            random,
            "File and Printer Sharing (SMB-In)",
            Layer::ReceiveAcceptV4,
            false,
            &smb,
        ),
        filter(
            random,
            "Query User",
            "Query User Default",
            Layer::ReceiveAcceptV6,
            true,
            &[],
        ),
    ]
}

/// A filter that a firewall rule made: its origin is the id of the rule.
fn rule(random: &mut Random, name: &str, layer: Layer, blocks: bool, conditions: &[Condition]) -> Filter {
    let origin = random.guid();
    let mut filter = filter(random, name, &origin, layer, blocks, conditions);
    filter.description = format!("Rule {name}");
    filter
}

fn filter(
    random: &mut Random,
    name: &str,
    origin: &str,
    layer: Layer,
    blocks: bool,
    conditions: &[Condition],
) -> Filter {
    Filter {
        id: 0,
        listed_id: 0,
        key: random.guid().to_lowercase(),
        name: name.to_owned(),
        description: name.to_owned(),
        origin: origin.to_owned(),
        layer,
        provider: FIREWALL,
        sublayer: FIREWALL_SUBLAYER,
        blocks,
        conditions: conditions.to_vec(),
        weight: random.bits() >> 4,
    }
}

#[cfg(test)]
mod tests {
    use super::usual;
    use crate::random::Random;

    #[test]
    fn a_restart_gives_every_id_to_another_filter() {
        let filters = usual(&mut Random::new(5), 3, true);
        assert!(filters.iter().all(|filter| filter.id != filter.listed_id));
        assert!(
            filters
                .iter()
                .all(|filter| filters.iter().any(|other| other.listed_id == filter.id))
        );
        assert!(
            usual(&mut Random::new(5), 3, false)
                .iter()
                .all(|filter| filter.id == filter.listed_id)
        );
    }
}
