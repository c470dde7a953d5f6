//! Table `DeviceNetworkInfo`.

use whotalks_record::{Text, Timestamp};

use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// The addresses of each host that the evidence speaks of.
    pub struct DeviceNetworkInfo;
    /// The addresses of one host.
    pub struct NetworkInfoRow {
        /// When it happened, in UTC, on the reference clock of the case.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// A stable identifier of the host, made from its name or its addresses; the same in every case.
        pub device_id as DeviceId: Text [Correlation],
        /// The name of the host as its own evidence writes it; empty where no evidence names it.
        pub device_name as DeviceName: Text [Correlation lookup],
        /// The name of the network adapter.
        pub network_adapter_name as NetworkAdapterName: Text [Evidence],
        /// The MAC address of the network adapter.
        pub mac_address as MacAddress: Text [Evidence],
        /// The type of the network adapter.
        pub network_adapter_type as NetworkAdapterType: Text [Evidence],
        /// The state of the network adapter.
        pub network_adapter_status as NetworkAdapterStatus: Text [Evidence],
        /// The tunnel protocol, where the adapter is a tunnel.
        pub tunnel_type as TunnelType: Text [Evidence],
        /// The networks that the adapter is connected to, as a JSON array.
        pub connected_networks as ConnectedNetworks: Text [Evidence],
        /// The DNS servers, as a JSON array.
        pub dns_addresses as DnsAddresses: Text [Evidence],
        /// The IPv4 address of the DHCP server.
        pub ipv4_dhcp as IPv4Dhcp: Text [Evidence],
        /// The IPv6 address of the DHCP server.
        pub ipv6_dhcp as IPv6Dhcp: Text [Evidence],
        /// The default gateways, as a JSON array.
        pub default_gateways as DefaultGateways: Text [Evidence],
        /// The addresses of the host, as a JSON array of objects with `IPAddress` and `AddressType`.
        pub ip_addresses as IPAddresses: Text [Evidence],
        /// A number that tells rows of one table and case apart.
        pub report_id as ReportId: i64 [Reader],
        /// The vendor of the network adapter.
        pub network_adapter_vendor as NetworkAdapterVendor: Text [Evidence],
        /// Whether the device reports to Defender.
        pub onboarding_status as OnboardingStatus: Text [Evidence],
        /// The DNS suffix of the network adapter.
        pub network_adapter_dns_suffix as NetworkAdapterDnsSuffix: Text [Evidence],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader added],
    }
}
