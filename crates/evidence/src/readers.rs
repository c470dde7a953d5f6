//! From a format to its reader.

use whotalks_etl::EtlReader;
use whotalks_evtx::Kind;
use whotalks_pcap::{NetMonReader, PcapReader, PcapngReader, SnoopReader};
use whotalks_record::{Reader, Sink, Source};
use whotalks_text::{FirewallLogReader, TextReader};
use whotalks_wfp::WfpReader;

use crate::format::Format;

/// Runs the reader of `format` over `source`; does nothing for a format without one.
pub(crate) fn read_with(format: Format, source: Source<'_>, sink: &mut dyn Sink) {
    if let Some(reader) = reader(format) {
        reader.read(source, sink);
    }
}

fn reader(format: Format) -> Option<&'static dyn Reader> {
    match format {
        Format::Pcap => Some(&PcapReader),
        Format::PcapNg => Some(&PcapngReader),
        Format::NetMon => Some(&NetMonReader),
        Format::Snoop => Some(&SnoopReader),
        Format::Etl => Some(&EtlReader),
        Format::Netstat
        | Format::Tasklist
        | Format::Ss
        | Format::Ipconfig
        | Format::DnsCache
        | Format::RouteTable
        | Format::Arp
        | Format::Systeminfo
        | Format::SocketObjects
        | Format::DefenderSettings
        | Format::FirewallRules
        | Format::ProxySettings
        | Format::RegistrySettings
        | Format::Auditpol => Some(&TextReader),
        Format::FirewallLog => Some(&FirewallLogReader),
        Format::WfpFilters | Format::WfpState | Format::WfpNetworkEvents => Some(&WfpReader),
        _ => event_kind(format).map(Kind::reader),
    }
}

/// The container of events that a format is.
pub(crate) const fn event_kind(format: Format) -> Option<Kind> {
    match format {
        Format::Evtx => Some(Kind::Evtx),
        Format::EventXml => Some(Kind::Xml),
        Format::EventJson => Some(Kind::Json),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Role;

    #[test]
    fn every_format_that_is_read_has_a_reader_and_no_other() {
        for format in Format::all() {
            assert_eq!(
                reader(format).is_some(),
                format.role() == Role::Read,
                "{}",
                format.word()
            );
        }
    }
}
