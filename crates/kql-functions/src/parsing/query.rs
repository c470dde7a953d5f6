//! The query of a URL: names and values.

use crate::prelude::*;
use whotalks_kql_values::Bag;

use super::percent::decoded;

/// The parameters of a query as a bag.
pub(super) fn parameters(query: &str) -> Vec<u8> {
    let mut bag = Bag::default();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        bag.set(&decoded(name), &DynamicBuilder::string(&decoded(value)));
    }
    bag.finish()
}
