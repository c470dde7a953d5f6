//! Community ID, version 1 (<https://github.com/corelight/community-id-spec>): one text for a conversation in every tool.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};
use whotalks_record::{Endpoint, FlowKey, IpProtocol};

/// The specification's default seed.
const SEED: [u8; 2] = [0, 0];
/// Protocols whose ports are part of the identifier: TCP, UDP and SCTP.
const WITH_PORTS: [IpProtocol; 3] = [IpProtocol::TCP, IpProtocol::UDP, IpProtocol(132)];

/// The Community ID of a flow, with the default seed. None for ICMP, whose identifier needs the types of its messages, which
/// a flow does not hold, and for flows whose ends are of different IP versions.
#[must_use]
pub fn community_id(key: &FlowKey) -> Option<String> {
    if matches!(key.protocol, IpProtocol::ICMP | IpProtocol::ICMPV6) {
        return None;
    }
    let mut hash = Sha1::new();
    hash.update(SEED);
    let (low, high) = ordered(key);
    update_addresses(&mut hash, low.address, high.address)?;
    hash.update([key.protocol.0, 0]);
    if WITH_PORTS.contains(&key.protocol) {
        hash.update(low.port.to_be_bytes());
        hash.update(high.port.to_be_bytes());
    }
    Some(format!("1:{}", STANDARD.encode(hash.finalize())))
}

fn ordered(key: &FlowKey) -> (Endpoint, Endpoint) {
    let ordered = key.undirected();
    (ordered.client, ordered.server)
}

fn update_addresses(hash: &mut Sha1, low: IpAddr, high: IpAddr) -> Option<()> {
    match (low, high) {
        (IpAddr::V4(low), IpAddr::V4(high)) => hash.update([low.octets(), high.octets()].concat()),
        (IpAddr::V6(low), IpAddr::V6(high)) => hash.update([low.octets(), high.octets()].concat()),
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(protocol: u8, client: &str, server: &str) -> FlowKey {
        let endpoint = |text: &str| {
            let (address, port) = text.rsplit_once(' ').unwrap();
            Endpoint::new(address.parse().unwrap(), port.parse().unwrap())
        };
        FlowKey {
            protocol: IpProtocol(protocol),
            client: endpoint(client),
            server: endpoint(server),
        }
    }

    /// Values of the specification's own baseline.
    #[test]
    fn the_values_are_those_of_the_specification() {
        let tcp = key(6, "128.232.110.120 34855", "66.35.250.204 80");
        assert_eq!(community_id(&tcp).unwrap(), "1:LQU9qZlK+B5F3KDmev6m5PMibrg=");
        assert_eq!(community_id(&tcp.reversed()), community_id(&tcp));
        let udp = key(17, "192.168.1.52 54585", "8.8.8.8 53");
        assert_eq!(community_id(&udp).unwrap(), "1:d/FP5EW3wiY1vCndhwleRRKHowQ=");
    }

    #[test]
    fn icmp_has_none() {
        assert_eq!(community_id(&key(1, "192.0.2.1 0", "192.0.2.2 0")), None);
    }
}
