//! `DeviceInfo` and `DeviceNetworkInfo`: the hosts that the evidence speaks of, with what listings of their settings say, and
//! their addresses.

use std::net::IpAddr;

use whotalks_correlate::{CoverageLine, Host, Observed};
use whotalks_record::{DeviceFact, DeviceFactKind as Kind, Span, Text, Timestamp};
use whotalks_tables::hunting::{DeviceInfoRow, NetworkInfoRow};

use crate::Devices;
use crate::address_kind::address_kind;
use crate::device_network_events::reference;
use crate::json::{array, object, some, text, texts, written};
use crate::listed::{Adapter, Listed};

/// The last moment of which any evidence of a host speaks, and the first piece that speaks of it.
fn known_by(host: &Host, coverage: &[CoverageLine]) -> (Option<Timestamp>, Option<Text>) {
    let own = || coverage.iter().filter(|line| line.host == Some(host.id));
    let piece = own().next().map(|line| reference(Span::whole(line.evidence)));
    (own().filter_map(|line| line.last).max(), piece)
}

/// The row of a host.
pub(crate) fn device(host: &Host, coverage: &[CoverageLine], devices: &Devices, listed: &Listed<'_>) -> DeviceInfoRow {
    let device = devices.of_host(Some(host.id));
    let (timestamp, piece) = known_by(host, coverage);
    let value = |kind| {
        listed
            .last(host.id, kind)
            .map(|fact: &DeviceFact| Text::clone(&fact.value))
    };
    let system = value(Kind::OperatingSystem);
    DeviceInfoRow {
        timestamp,
        device_id: device.id,
        device_name: device.name,
        os_platform: system.as_deref().and_then(platform),
        os_version: value(Kind::OsVersion).as_deref().and_then(major_and_minor),
        os_build: value(Kind::OsBuild).and_then(|build| build.parse().ok()),
        os_architecture: value(Kind::Architecture).map(|machine| architecture(&machine)),
        os_distribution: system,
        vendor: value(Kind::Manufacturer),
        model: value(Kind::Model),
        additional_fields: additional(&value),
        span: listed
            .last(host.id, Kind::OperatingSystem)
            .map(|fact| reference(fact.span))
            .or(piece),
        ..DeviceInfoRow::default()
    }
}

/// What Defender has no column for.
fn additional(value: &dyn Fn(Kind) -> Option<Text>) -> Option<Text> {
    let members = [
        ("Domain", some(value(Kind::Domain).as_ref())),
        ("TimeZone", some(value(Kind::TimeZone).as_ref())),
        ("RealTimeProtection", some(value(Kind::RealTimeProtection).as_ref())),
        ("NetworkProtection", some(value(Kind::NetworkProtection).as_ref())),
        ("Proxy", some(value(Kind::Proxy).as_ref())),
        ("ProxyScript", some(value(Kind::ProxyScript).as_ref())),
    ];
    let known = members.iter().any(|(_, value)| value.is_some());
    known.then(|| written(&object(members)))
}

/// `Windows11`, `WindowsServer2022`, as Defender writes the names of the systems.
fn platform(system: &str) -> Option<Text> {
    let name = system.strip_prefix("Microsoft ").unwrap_or(system);
    let mut words = name.split_whitespace();
    let windows = words.next().filter(|word| *word == "Windows")?;
    let words: Vec<&str> = words.take(2).collect();
    let platform = match words.as_slice() {
        ["Server", year] if year.parse::<u16>().is_ok() => format!("{windows}Server{year}"),
        [version, ..] if version.starts_with(|c: char| c.is_ascii_digit()) => format!("{windows}{version}"),
        _ => return None,
    };
    Some(platform.into())
}

/// `10.0` of `10.0.22631`.
fn major_and_minor(version: &str) -> Option<Text> {
    let (major_and_minor, _) = version.rsplit_once('.')?;
    Some(major_and_minor.into())
}

/// The width of the system in the words of Defender; what it has no word for stays as the tool wrote it.
fn architecture(machine: &Text) -> Text {
    match machine
        .split(['-', ' '])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "x64" => "64-bit".into(),
        "x86" => "32-bit".into(),
        _ => Text::clone(machine),
    }
}

/// The rows of a host's adapters, and one of the addresses that no listing gives an adapter.
pub(crate) fn networks(
    host: &Host,
    coverage: &[CoverageLine],
    devices: &Devices,
    (listed, observed): (&Listed<'_>, &Observed),
) -> Vec<NetworkInfoRow> {
    let adapters = listed.adapters(host.id);
    let known: Vec<&Text> = adapters.iter().flat_map(|one| one.values(Kind::IpAddress)).collect();
    let unlisted = |address: &&IpAddr| !known.iter().any(|known| known.parse() == Ok(**address));
    let rest: Vec<IpAddr> = host.addresses.iter().filter(unlisted).copied().collect();
    let mut rows: Vec<NetworkInfoRow> = adapters
        .iter()
        .map(|adapter| of_adapter(host, devices, adapter, observed))
        .collect();
    rows.extend(of_addresses(host, coverage, devices, &rest));
    rows
}

fn of_adapter(host: &Host, devices: &Devices, adapter: &Adapter<'_>, observed: &Observed) -> NetworkInfoRow {
    let device = devices.of_host(Some(host.id));
    let first = |kind| adapter.values(kind).next().cloned();
    let all = |kind| texts(adapter.values(kind)).map(|list| list.0);
    let server = |wanted: fn(&IpAddr) -> bool| {
        let mut servers = adapter.values(Kind::DhcpServer);
        servers
            .find(|server| server.parse().is_ok_and(|address| wanted(&address)))
            .cloned()
    };
    let snapshot = adapter
        .facts
        .first()
        .and_then(|fact| observed.snapshot_of(fact.span, fact.snapshot));
    let addresses = adapter
        .values(Kind::IpAddress)
        .filter_map(|address| address.parse().ok());
    NetworkInfoRow {
        timestamp: snapshot.and_then(|snapshot| snapshot.time),
        device_id: device.id,
        device_name: device.name,
        network_adapter_name: Some(Text::clone(adapter.name)),
        mac_address: first(Kind::MacAddress),
        network_adapter_dns_suffix: first(Kind::DnsSuffix),
        dns_addresses: all(Kind::DnsServer),
        default_gateways: all(Kind::DefaultGateway),
        ipv4_dhcp: server(IpAddr::is_ipv4),
        ipv6_dhcp: server(IpAddr::is_ipv6),
        ip_addresses: address_list(addresses),
        span: adapter.facts.first().map(|fact| reference(fact.span)),
        ..NetworkInfoRow::default()
    }
}

/// Which adapter has which of these is not known; none where there are none.
fn of_addresses(
    host: &Host,
    coverage: &[CoverageLine],
    devices: &Devices,
    addresses: &[IpAddr],
) -> Option<NetworkInfoRow> {
    let device = devices.of_host(Some(host.id));
    let (timestamp, span) = known_by(host, coverage);
    let addresses = address_list(addresses.iter().copied())?;
    Some(NetworkInfoRow {
        timestamp,
        device_id: device.id,
        device_name: device.name,
        ip_addresses: Some(addresses),
        span,
        ..NetworkInfoRow::default()
    })
}

fn address_list(addresses: impl Iterator<Item = IpAddr>) -> Option<Text> {
    let addresses = addresses.map(|address| {
        object([
            ("IPAddress", text(address.to_string())),
            ("AddressType", text(address_kind(address))),
        ])
    });
    array(addresses).map(|list| list.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_named_as_defender_names_them() {
        for (system, expected) in [
            ("Microsoft Windows 11 Pro", Some("Windows11")),
            ("Microsoft Windows 10 Enterprise LTSC", Some("Windows10")),
            ("Microsoft Windows Server 2022 Standard", Some("WindowsServer2022")),
            ("Microsoft Windows 8.1 Pro", Some("Windows8.1")),
            ("Debian GNU/Linux", None),
        ] {
            assert_eq!(platform(system).as_deref(), expected, "{system}");
        }
        assert_eq!(major_and_minor("10.0.22631").as_deref(), Some("10.0"));
        assert_eq!(&*architecture(&"x64-based PC".into()), "64-bit");
        assert_eq!(&*architecture(&"ARM64-based PC".into()), "ARM64-based PC");
    }
}
