//! `NetworkCounters`: counters of the network stack.

use whotalks_correlate::ListingAnswer;
use whotalks_record::{Counter, Text};
use whotalks_tables::hunting::CounterRow;

use crate::Devices;
use crate::device_network_events::reference;

/// The row of a counter; `listing` is the one that it stands in, where that is known.
pub(crate) fn row(counter: &Counter, listing: Option<&ListingAnswer<'_>>, devices: &Devices) -> CounterRow {
    let device = devices.of_host(listing.and_then(|listing| listing.host));
    CounterRow {
        timestamp: listing.and_then(|listing| listing.time),
        device_id: device.id,
        device_name: device.name,
        snapshot: i32::try_from(counter.snapshot).ok(),
        section: Some(counter.section.into()),
        name: Some(Text::clone(&counter.name)),
        value: i64::try_from(counter.value).ok(),
        span: Some(reference(counter.span)),
    }
}
