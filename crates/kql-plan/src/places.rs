//! Where addresses are: what `geo_info_from_ip_address` asks, and whoever has a database of places answers.

use std::fmt::Debug;
use std::net::IpAddr;

use whotalks_kql_values::DynamicBuilder;

/// Where an address is, as far as that is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// The country, in English.
    pub country: Option<String>,
    /// The state or the like within it, in English.
    pub state: Option<String>,
    /// The city, in English.
    pub city: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
}

/// Something that knows where addresses are.
pub trait Places: Debug + Send + Sync {
    /// Where an address is; none where that is not known.
    fn place(&self, address: IpAddr) -> Option<Place>;
}

impl Place {
    /// The bag that Kusto makes of it; what is not known is not in it.
    pub(crate) fn bag(&self) -> Vec<u8> {
        let names = [("country", &self.country), ("state", &self.state), ("city", &self.city)];
        let numbers = [("latitude", self.latitude), ("longitude", self.longitude)];
        let names = names.into_iter().filter_map(|(name, text)| {
            let text = text.as_ref()?;
            Some((name, DynamicBuilder::string(text)))
        });
        let numbers = numbers
            .into_iter()
            .filter_map(|(name, number)| Some((name, DynamicBuilder::real(number?))));
        DynamicBuilder::bag(names.chain(numbers))
    }
}
