//! Databases of places in the format of MaxMind (`.mmdb`), such as GeoLite2 City, DB-IP City Lite and those of countries alone.
//!
//! The format: <https://maxmind.github.io/MaxMind-DB/>; the fields: <https://dev.maxmind.com/geoip/docs/databases/city-and-country>.

use std::collections::BTreeMap;
use std::net::IpAddr;

use maxminddb::{MaxMindDbError, Reader};
use serde::Deserialize;
use whotalks_kql_plan::{Place, Places};

/// The language of the names: queries compare with English ones.
const LANGUAGE: &str = "en";
/// Words of which the type of every database with places has one.
const TYPES: [&str; 4] = ["City", "Country", "Enterprise", "Insights"];

/// Why a file cannot say where addresses are.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlacesError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] std::io::Error),
    /// The file is no database in the format of MaxMind, or is damaged.
    #[error("no database in the format of MaxMind: {0}")]
    Format(#[source] MaxMindDbError),
    /// The database holds something else, such as the numbers of networks.
    #[error("a database of the type {kind:?} holds no places")]
    Kind {
        /// The type that the database states.
        kind: String,
    },
}

/// A database of places in memory.
#[derive(Debug)]
pub(super) struct PlaceDatabase {
    reader: Reader<Vec<u8>>,
}

/// What is said of a network, as far as it is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Network<'d> {
    #[serde(borrow)]
    country: Named<'d>,
    #[serde(borrow)]
    subdivisions: Vec<Named<'d>>,
    #[serde(borrow)]
    city: Named<'d>,
    location: Location,
}

/// Something with a name in several languages.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Named<'d> {
    #[serde(borrow)]
    names: BTreeMap<&'d str, &'d str>,
}

/// Degrees.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Location {
    latitude: Option<f64>,
    longitude: Option<f64>,
}

impl PlaceDatabase {
    /// The database in these bytes.
    pub(super) fn of(bytes: Vec<u8>) -> Result<Self, PlacesError> {
        let reader = Reader::from_source(bytes).map_err(PlacesError::Format)?;
        let kind = &reader.metadata().database_type;
        if TYPES.iter().any(|word| kind.contains(word)) {
            return Ok(Self { reader });
        }
        Err(PlacesError::Kind { kind: kind.clone() })
    }
}

impl Named<'_> {
    fn english(&self) -> Option<String> {
        self.names.get(LANGUAGE).map(|name| (*name).to_owned())
    }
}

impl Places for PlaceDatabase {
    /// What the smallest network of the address is said to be; nothing where that part of the file is damaged.
    fn place(&self, address: IpAddr) -> Option<Place> {
        let network: Network<'_> = self.reader.lookup(address).ok()?.decode().ok()??;
        Some(Place {
            country: network.country.english(),
            state: network.subdivisions.first().and_then(Named::english),
            city: network.city.english(),
            latitude: network.location.latitude,
            longitude: network.location.longitude,
        })
    }
}

#[cfg(test)]
mod tests {
    use whotalks_testkit::places::{NetworkPlace, place_database};

    use super::*;

    #[test]
    fn a_database_that_is_cut_or_altered_at_any_byte_gives_an_error_or_a_place() {
        let place = NetworkPlace {
            network: "192.0.2.0".parse().unwrap(),
            prefix_bits: 24,
            country: "Japan",
            state: "Hokkaido",
            city: "Sapporo",
            position: Some((43.06, 141.35)),
        };
        let whole = place_database("City", &[place]);
        let address = "192.0.2.1".parse().unwrap();
        let country = |bytes: &[u8]| {
            let database = PlaceDatabase::of(bytes.to_vec()).ok()?;
            database.place(address)?.country
        };
        assert_eq!(country(&whole).as_deref(), Some("Japan"));
        for place in 0..whole.len() {
            let _ = country(whole.get(..place).unwrap());
            for change in [0xff, 0x80, 0x01, 0x20] {
                let mut altered = whole.clone();
                *altered.get_mut(place).unwrap() ^= change;
                let _ = country(&altered);
            }
        }
    }
}
