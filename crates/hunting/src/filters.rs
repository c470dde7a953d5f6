//! `FirewallFilters`: filters of the Windows Filtering Platform.

use whotalks_correlate::HostId;
use whotalks_record::{Filter, FilterCondition, Text, Timestamp};
use whotalks_tables::Word as _;
use whotalks_tables::hunting::FilterRow;

use crate::Devices;
use crate::device_network_events::{reference, whole};
use crate::json::{array, object, text};

/// The row of a filter with its host and its time, as far as they are known.
pub(crate) fn row(filter: &Filter, host: Option<HostId>, time: Option<Timestamp>, devices: &Devices) -> FilterRow {
    let device = devices.of_host(host);
    FilterRow {
        timestamp: time,
        device_id: device.id,
        device_name: device.name,
        change: Some(filter.change.word().into()),
        filter_id: Some(whole(filter.id.0)),
        key: filter.key.clone(),
        name: filter.name.clone(),
        description: filter.description.clone(),
        provider: filter.provider.clone(),
        rule: filter.rule.as_ref().map(|rule| Text::clone(&rule.0)),
        layer: filter.layer.clone(),
        sublayer: filter.sublayer.clone(),
        action: Some(filter.action.word().into()),
        weight: filter.weight.map(|weight| weight.to_string().into()),
        conditions: array(filter.conditions.iter().map(condition)),
        span: Some(reference(filter.span)),
    }
}

fn condition(condition: &FilterCondition) -> serde_json::Value {
    object([
        ("field", text(&condition.field)),
        ("comparison", text(&condition.comparison)),
        ("value", text(&condition.value)),
    ])
}
