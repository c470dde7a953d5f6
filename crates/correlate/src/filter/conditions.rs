//! Whether the conditions of a filter match a connection, as far as they can be compared.

use std::net::IpAddr;

use whotalks_record::{ConnectionEvent, FilterCondition};

use crate::process::same_image;

/// How conditions and connection compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// At least one condition was compared and all that were compared match.
    Matches,
    /// A condition contradicts.
    Contradicts,
    /// No condition could be compared.
    NotComparable,
}

/// Compares all conditions of one filter. Several conditions on one field are alternatives, as the platform has it.
pub(crate) fn fit(conditions: &[FilterCondition], event: &ConnectionEvent) -> Fit {
    let mut compared = false;
    for condition in conditions {
        let same_field = conditions.iter().filter(|other| other.field == condition.field);
        let results: Vec<bool> = same_field.filter_map(|other| matches(other, event)).collect();
        if results.is_empty() {
            continue;
        }
        compared = true;
        if !results.contains(&true) {
            return Fit::Contradicts;
        }
    }
    if compared { Fit::Matches } else { Fit::NotComparable }
}

/// Whether one condition matches; none where its field or comparison is not compared here.
fn matches(condition: &FilterCondition, event: &ConnectionEvent) -> Option<bool> {
    let value = &*condition.value;
    let equal = match &*condition.field {
        "FWPM_CONDITION_IP_PROTOCOL" => number_in(value, u64::from(event.protocol?.0))?,
        "FWPM_CONDITION_IP_REMOTE_PORT" => number_in(value, u64::from(event.remote?.port))?,
        "FWPM_CONDITION_IP_LOCAL_PORT" => number_in(value, u64::from(event.local?.port))?,
        "FWPM_CONDITION_IP_REMOTE_ADDRESS" => address_in(value, event.remote?.address)?,
        "FWPM_CONDITION_IP_LOCAL_ADDRESS" => address_in(value, event.local?.address)?,
        "FWPM_CONDITION_ALE_APP_ID" => same_image(value, event.image.as_deref()?),
        _ => return None,
    };
    match &*condition.comparison {
        "FWP_MATCH_EQUAL" | "FWP_MATCH_RANGE" | "FWP_MATCH_EQUAL_CASE_INSENSITIVE" | "FWP_MATCH_PREFIX" => Some(equal),
        "FWP_MATCH_NOT_EQUAL" => Some(!equal),
        _ => None,
    }
}

/// `443` or `1024-65535`.
fn number_in(value: &str, number: u64) -> Option<bool> {
    match value.split_once('-') {
        Some((low, high)) => Some((low.trim().parse().ok()?..=high.trim().parse().ok()?).contains(&number)),
        None => Some(value.trim().parse::<u64>().ok()? == number),
    }
}

/// `192.0.2.1`, `192.0.2.0/24`, `192.0.2.0/255.255.255.0` or `192.0.2.1-192.0.2.9`.
fn address_in(value: &str, address: IpAddr) -> Option<bool> {
    if let Some((low, high)) = value.split_once('-') {
        let (low, high): (IpAddr, IpAddr) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
        return Some(low <= address && address <= high);
    }
    match value.split_once('/') {
        Some((network, mask)) => in_network(network.trim().parse().ok()?, mask.trim(), address),
        None => Some(value.trim().parse::<IpAddr>().ok()? == address),
    }
}

fn in_network(network: IpAddr, mask: &str, address: IpAddr) -> Option<bool> {
    let prefix = match mask.parse::<IpAddr>() {
        Ok(mask) => prefix_length(mask),
        Err(_) => mask.parse().ok()?,
    };
    let ((network, width), (address, other_width)) = (bits(network), bits(address));
    if width != other_width || prefix > width {
        return Some(false);
    }
    let shift = width - prefix;
    let drop = |value: u128| value.checked_shr(shift).unwrap_or(0);
    Some(drop(network) == drop(address))
}

/// The leading ones of a mask.
fn prefix_length(mask: IpAddr) -> u32 {
    match mask {
        IpAddr::V4(mask) => mask.to_bits().leading_ones(),
        IpAddr::V6(mask) => mask.to_bits().leading_ones(),
    }
}

/// An address as a number and its width in bits.
fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(value: &str, address: &str) -> Option<bool> {
        address_in(value, address.parse().unwrap())
    }

    #[test]
    fn addresses_match_by_equality_prefix_mask_and_range() {
        assert_eq!(inside("192.0.2.1", "192.0.2.1"), Some(true));
        assert_eq!(inside("192.0.2.0/24", "192.0.2.200"), Some(true));
        assert_eq!(inside("192.0.2.0/255.255.255.0", "192.0.3.1"), Some(false));
        assert_eq!(inside("192.0.2.1-192.0.2.9", "192.0.2.9"), Some(true));
        assert_eq!(inside("0.0.0.0/0", "203.0.113.9"), Some(true));
        assert_eq!(inside("2001:db8::/32", "192.0.2.1"), Some(false));
    }

    #[test]
    fn nonsense_is_not_compared() {
        assert_eq!(inside("LocalSubnet", "192.0.2.1"), None);
        assert_eq!(inside("192.0.2.0/99", "192.0.2.1"), Some(false));
        assert_eq!(number_in("any", 443), None);
    }
}
