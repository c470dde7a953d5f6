//! Address ranges with one fixed, published meaning.

use std::net::IpAddr;

use serde::Deserialize;

use crate::error::DataError;
use crate::table::Located;
use crate::text::Bilingual;

/// A range of addresses whose owner publishes what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressRange {
    /// The first address.
    pub network: IpAddr,
    /// Prefix length in bits.
    pub prefix: u8,
    /// The company or body that runs it.
    pub owner: String,
    /// The service.
    pub product: String,
    /// What the traffic is for.
    pub purpose: Bilingual,
}

#[derive(Debug, Deserialize)]
pub(crate) struct AddressRow {
    range: String,
    owner: String,
    product: String,
    purpose_en: String,
    purpose_ja: String,
}

impl AddressRange {
    pub(crate) fn from_row(located: Located<AddressRow>) -> Result<Self, DataError> {
        let Located { row, at } = located;
        let (network, prefix) = parse_range(&row.range)
            .ok_or_else(|| DataError::value(at, &row.range, "an address and a prefix length"))?;
        Ok(Self {
            network,
            prefix,
            owner: row.owner,
            product: row.product,
            purpose: Bilingual::new(row.purpose_en, row.purpose_ja),
        })
    }

    /// Whether the address lies in the range. An IPv4 address mapped into IPv6 counts as the IPv4 address.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (network, bits) = as_bits(self.network);
        let (candidate, candidate_bits) = as_bits(address.to_canonical());
        let host_bits = u32::from(bits).saturating_sub(u32::from(self.prefix));
        let cut = |value: u128| value.checked_shr(host_bits).unwrap_or(0);
        bits == candidate_bits && cut(network) == cut(candidate)
    }
}

fn parse_range(text: &str) -> Option<(IpAddr, u8)> {
    let (address, prefix) = text.split_once('/')?;
    let (address, prefix): (IpAddr, u8) = (address.parse().ok()?, prefix.parse().ok()?);
    (prefix <= as_bits(address).1).then_some((address, prefix))
}

fn as_bits(address: IpAddr) -> (u128, u8) {
    match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}
