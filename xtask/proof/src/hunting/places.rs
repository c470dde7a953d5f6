//! A database of places that knows what the queries look for.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use whotalks_kql_plan::{Place, Places};

use super::witness::Sought;

/// Where addresses are.
#[derive(Debug, Default)]
struct Known(HashMap<IpAddr, Place>);

impl Places for Known {
    fn place(&self, address: IpAddr) -> Option<Place> {
        self.0.get(&address).cloned()
    }
}

/// What the queries look for, as a database of places; what is no part of a place is left out.
pub(super) fn of(sought: &[Sought]) -> Arc<dyn Places> {
    let mut known = Known::default();
    for (address, part, text) in sought.iter().flat_map(|sought| &sought.places) {
        let Ok(address) = address.parse() else {
            continue;
        };
        let place = known.0.entry(address).or_default();
        match part.as_str() {
            "country" => place.country = Some(text.clone()),
            "state" => place.state = Some(text.clone()),
            "city" => place.city = Some(text.clone()),
            "latitude" => place.latitude = text.parse().ok(),
            "longitude" => place.longitude = text.parse().ok(),
            _ => {}
        }
    }
    Arc::new(known)
}
