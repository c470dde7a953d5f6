//! Which tables a statistic has.

use whotalks_packets::select::Annotate;
use whotalks_packets::statistics::{Statistic, Statistics};

use super::streams::Known;
use super::{
    Sheet, applications, destinations, expert, hierarchy, lengths, pairs, ports, round_trips, streams, traffic,
};
use crate::messages::PacketMessage as M;

/// The tables of the statistics that were asked for, in their order, with at most `limit` rows where lists can be long. A case adds
/// programs and names to conversations.
pub fn statistics(
    statistics: &Statistics,
    asked: &[Statistic],
    case: Option<&dyn Annotate>,
    limit: usize,
) -> Vec<Sheet> {
    let wanted = Statistic::ALL.into_iter().filter(|statistic| asked.contains(statistic));
    wanted
        .flat_map(|statistic| sheets(statistics, statistic, case, limit))
        .collect()
}

fn sheets(statistics: &Statistics, statistic: Statistic, case: Option<&dyn Annotate>, limit: usize) -> Vec<Sheet> {
    match statistic {
        Statistic::Hierarchy => vec![hierarchy::sheet(statistics, limit)],
        Statistic::Conversations => conversations(statistics, case, limit),
        Statistic::Endpoints => endpoints(statistics, limit),
        Statistic::Destinations => vec![destinations::sheet(statistics, limit)],
        Statistic::RoundTrips => statistics
            .round_trips
            .iter()
            .flat_map(|round_trips| round_trips::sheets(round_trips, limit))
            .collect(),
        Statistic::Ports => vec![ports::sheet(statistics, limit)],
        Statistic::Lengths => vec![lengths::sheet(statistics)],
        Statistic::Traffic => vec![traffic::sheet(statistics, limit)],
        Statistic::Expert => vec![expert::sheet(statistics)],
        Statistic::Dns => applications::dns(&statistics.applications, limit),
        Statistic::Http => applications::http(&statistics.applications, limit),
        Statistic::Tls => applications::tls(&statistics.applications, limit),
    }
}

fn conversations(statistics: &Statistics, case: Option<&dyn Annotate>, limit: usize) -> Vec<Sheet> {
    let known = case.map(|case| Known {
        case,
        start: statistics.totals.start,
    });
    vec![
        pairs::conversations(
            "ethernet_conversations",
            M::EthernetConversations,
            &statistics.ethernet,
            limit,
        ),
        pairs::conversations("ip_conversations", M::IpConversations, &statistics.internet, limit),
        streams::sheet("tcp_conversations", M::TcpConversations, &statistics.tcp, known, limit),
        streams::sheet("udp_conversations", M::UdpConversations, &statistics.udp, known, limit),
    ]
}

fn endpoints(statistics: &Statistics, limit: usize) -> Vec<Sheet> {
    let (ethernet, internet) = (&statistics.ethernet_endpoints, &statistics.internet_endpoints);
    vec![
        pairs::endpoints("ethernet_endpoints", M::EthernetEndpoints, ethernet, limit),
        pairs::endpoints("ip_endpoints", M::IpEndpoints, internet, limit),
    ]
}
