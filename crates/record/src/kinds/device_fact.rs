//! What a settings listing says of a host.

use crate::{Span, Text};

/// One setting, name or address of a host, as a tool listed it. Its time and host are those of its [`crate::Snapshot`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceFact {
    /// The line.
    pub span: Span,
    /// The number of the snapshot within its evidence, from 0.
    pub snapshot: u32,
    /// What it is about within the host: an adapter, a route, a registry key, an audit subcategory; none for the host itself.
    pub about: Option<Text>,
    /// Which fact.
    pub kind: DeviceFactKind,
    /// Its value as the tool wrote it, but `true` and `false` where the kind says yes or no.
    pub value: Text,
}

/// Makes the enum and the list of all from one list, so that they cannot differ.
macro_rules! facts {
    ($( $(#[doc = $doc:literal])+ $variant:ident $word:literal; )+) => {
        /// Which fact of a host.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DeviceFactKind {
            $( $(#[doc = $doc])+ $variant, )+
        }

        impl DeviceFactKind {
            /// Every one, in the order of the list.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];

            /// The words of all, in the same order.
            pub const WORDS: &'static [&'static str] = &[$( $word ),+];

            /// The word stored in tables. A word is never given another meaning.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )+
                }
            }

            /// The one with this word; none where this version does not know it.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $( $word => Some(Self::$variant), )+
                    _ => None,
                }
            }
        }
    };
}

facts! {
    /// The computer's name (`systeminfo`, `ipconfig /all`).
    ComputerName "computer-name";
    /// The name of the operating system.
    OperatingSystem "operating-system";
    /// Its version, `10.0.19045`.
    OsVersion "os-version";
    /// Its build, `19045`.
    OsBuild "os-build";
    /// Who made the computer.
    Manufacturer "manufacturer";
    /// The computer's model.
    Model "model";
    /// The architecture as the tool names it, `x64-based PC`.
    Architecture "architecture";
    /// The domain or workgroup.
    Domain "domain";
    /// The time zone, `UTC+09:00` first.
    TimeZone "time-zone";
    /// The primary DNS suffix of the host, or that of an adapter.
    DnsSuffix "dns-suffix";
    /// The description of an adapter.
    AdapterDescription "adapter-description";
    /// The MAC address of an adapter, with dashes.
    MacAddress "mac-address";
    /// An address of an adapter, without zone.
    IpAddress "ip-address";
    /// A default gateway of an adapter.
    DefaultGateway "default-gateway";
    /// The DHCP server of an adapter.
    DhcpServer "dhcp-server";
    /// A DNS server of an adapter.
    DnsServer "dns-server";
    /// A route: about is the destination with its prefix length, the value `gateway metric`, with `on-link` for no gateway.
    Route "route";
    /// A neighbour of the ARP cache: about is the address, the value its MAC address.
    Neighbour "neighbour";
    /// Whether real-time protection of Defender is on.
    RealTimeProtection "real-time-protection";
    /// Whether Defender's antivirus is on.
    Antivirus "antivirus";
    /// The mode of Defender's network protection: `off`, `block` or `audit`, or the number as listed.
    NetworkProtection "network-protection";
    /// A proxy of the system: about is `winhttp` or a registry key.
    Proxy "proxy";
    /// What goes past the proxy.
    ProxyBypass "proxy-bypass";
    /// The address of a proxy auto-configuration script.
    ProxyScript "proxy-script";
    /// Whether the proxy of the user is in use.
    ProxyEnabled "proxy-enabled";
    /// What a subcategory audits: about is its GUID, the value `none`, `success`, `failure` or `success-and-failure`.
    AuditSetting "audit-setting";
    /// The display name of a firewall rule: about is its identifier.
    FirewallRule "firewall-rule";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_is_found_by_its_word() {
        for (kind, word) in DeviceFactKind::ALL.iter().zip(DeviceFactKind::WORDS) {
            assert_eq!(DeviceFactKind::from_word(word), Some(*kind));
        }
        assert_eq!(DeviceFactKind::from_word("no such"), None);
    }
}
