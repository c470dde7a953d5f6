//! Text: what a reader takes, and what is only named.

use whotalks_record::ListingTool;
use whotalks_text::{Certainty, TextKind, decode, describe};
use whotalks_wfp::DumpKind;

use super::json;
use crate::format::Format;

/// The format of bytes without a known magic.
pub(super) fn detect(prefix: &[u8]) -> Format {
    let kind = describe(prefix);
    match kind {
        TextKind::Empty => return Format::Empty,
        TextKind::Binary => return Format::Binary,
        _ => {}
    }
    events(prefix)
        .or_else(|| filters(prefix))
        .or_else(|| listing(prefix, kind))
        .unwrap_or_else(|| named(prefix, kind))
}

fn events(prefix: &[u8]) -> Option<Format> {
    Some(match whotalks_evtx::sniff(prefix)? {
        whotalks_evtx::Kind::Evtx => Format::Evtx,
        whotalks_evtx::Kind::Xml => Format::EventXml,
        whotalks_evtx::Kind::Json => Format::EventJson,
    })
}

/// A dump of the filtering platform. What holds items without their root element is an excerpt, and read all the same.
fn filters(prefix: &[u8]) -> Option<Format> {
    Some(match whotalks_wfp::sniff(prefix)?.kind {
        DumpKind::Filters => Format::WfpFilters,
        DumpKind::State | DumpKind::Capture => Format::WfpState,
        DumpKind::NetworkEvents => Format::WfpNetworkEvents,
    })
}

/// A listing that a reader takes. One or two rows make one only in a text that is nothing else: a page about netstat
/// quotes it, too.
fn listing(prefix: &[u8], kind: TextKind) -> Option<Format> {
    let sniff = whotalks_text::sniff(prefix)?;
    let certain = sniff.certainty == Certainty::Certain || kind == TextKind::PlainText;
    certain.then_some(match sniff.tool {
        ListingTool::WindowsNetstat | ListingTool::WindowsNetstatStatistics | ListingTool::LinuxNetstat => {
            Format::Netstat
        }
        ListingTool::Tasklist => Format::Tasklist,
        ListingTool::Ss => Format::Ss,
        ListingTool::WfpFilters => Format::WfpFilters,
        ListingTool::WfpState => Format::WfpState,
        ListingTool::TraceRundown => Format::Etl,
        ListingTool::Ipconfig => Format::Ipconfig,
        ListingTool::DnsCache | ListingTool::DnsClientCache => Format::DnsCache,
        ListingTool::RoutePrint => Format::RouteTable,
        ListingTool::Arp => Format::Arp,
        ListingTool::Systeminfo => Format::Systeminfo,
        ListingTool::NetTcpConnection => Format::SocketObjects,
        ListingTool::Defender => Format::DefenderSettings,
        ListingTool::FirewallRules => Format::FirewallRules,
        ListingTool::WinHttpProxy => Format::ProxySettings,
        ListingTool::RegistryText => Format::RegistrySettings,
        ListingTool::Auditpol => Format::Auditpol,
    })
}

fn named(prefix: &[u8], kind: TextKind) -> Format {
    match kind {
        TextKind::Empty => Format::Empty,
        TextKind::Binary => Format::Binary,
        TextKind::Lsof => Format::Lsof,
        TextKind::BsdNetstat => Format::BsdNetstat,
        TextKind::FirewallLog => Format::FirewallLog,
        TextKind::IisLog => Format::IisLog,
        TextKind::W3cLog => Format::W3cLog,
        TextKind::ZeekLog => Format::ZeekLog,
        TextKind::SquidLog => Format::SquidLog,
        TextKind::WebLog => Format::WebLog,
        TextKind::LoadBalancerLog => Format::LoadBalancerLog,
        TextKind::Syslog => Format::Syslog,
        TextKind::Ipconfig => Format::Ipconfig,
        TextKind::DnsCache => Format::DnsCache,
        TextKind::RouteTable => Format::RouteTable,
        TextKind::Systeminfo => Format::Systeminfo,
        TextKind::Auditpol => Format::Auditpol,
        TextKind::RegistryExport => Format::RegistryExport,
        TextKind::Xml => Format::Xml,
        TextKind::Html => Format::Html,
        TextKind::JsonLines | TextKind::Json => json::detect(&decode(prefix).text),
        TextKind::Csv => Format::Csv,
        TextKind::Tsv => Format::TabSeparated,
        TextKind::Markdown => Format::Markdown,
        TextKind::PlainText => Format::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "  TCP    192.168.0.5:50000      203.0.113.7:443        ESTABLISHED     4312\r\n";

    #[test]
    fn a_single_row_is_a_listing_only_where_it_stands_alone() {
        assert_eq!(detect(ROW.as_bytes()), Format::Netstat);
        let page = format!("# How to read netstat\n\n```\n{ROW}```\n\nThe last column is the process.\n");
        assert_eq!(detect(page.as_bytes()), Format::Markdown);
        assert_eq!(detect(ROW.repeat(9).as_bytes()), Format::Netstat);
    }

    #[test]
    fn a_listing_is_known_in_every_encoding() {
        let text = format!("アクティブな接続\r\n\r\n{}", ROW.repeat(5));
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cp932 = encoding_rs::SHIFT_JIS.encode(&text).0.into_owned();
        for bytes in [text.into_bytes(), utf16, cp932] {
            assert_eq!(detect(&bytes), Format::Netstat);
        }
    }
}
