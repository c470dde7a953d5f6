//! `DeviceInfo` and `DeviceNetworkInfo`: the hosts that the evidence speaks of, and their addresses.

use whotalks_correlate::{CoverageLine, Host};
use whotalks_record::{Span, Text, Timestamp};
use whotalks_tables::hunting::{DeviceInfoRow, NetworkInfoRow};

use crate::Devices;
use crate::address_kind::address_kind;
use crate::device_network_events::reference;
use crate::json::{array, object, text};

/// The last moment of which any evidence of a host speaks, and the first piece that speaks of it.
fn known_by(host: &Host, coverage: &[CoverageLine]) -> (Option<Timestamp>, Option<Text>) {
    let own = || coverage.iter().filter(|line| line.host == Some(host.id));
    let piece = own().next().map(|line| reference(Span::whole(line.evidence)));
    (own().filter_map(|line| line.last).max(), piece)
}

/// The row of a host.
pub(crate) fn device(host: &Host, coverage: &[CoverageLine], devices: &Devices) -> DeviceInfoRow {
    let device = devices.of_host(Some(host.id));
    let (timestamp, span) = known_by(host, coverage);
    DeviceInfoRow {
        timestamp,
        device_id: device.id,
        device_name: device.name,
        span,
        ..DeviceInfoRow::default()
    }
}

/// The row of a host's addresses; none where no address is known. Which adapter has which is not known.
pub(crate) fn network(host: &Host, coverage: &[CoverageLine], devices: &Devices) -> Option<NetworkInfoRow> {
    let device = devices.of_host(Some(host.id));
    let (timestamp, span) = known_by(host, coverage);
    let addresses = host.addresses.iter().map(|address| {
        object([
            ("IPAddress", text(address.to_string())),
            ("AddressType", text(address_kind(*address))),
        ])
    });
    let addresses = array(addresses)?;
    Some(NetworkInfoRow {
        timestamp,
        device_id: device.id,
        device_name: device.name,
        ip_addresses: Some(addresses.0),
        span,
        ..NetworkInfoRow::default()
    })
}
