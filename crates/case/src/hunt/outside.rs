//! What queries may read beside the cases: nothing but what the user named.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use whotalks_kql_plan::Places;

use super::places::{PlaceDatabase, PlacesError};

/// The most bytes of a file that is read into memory for queries; a database of the cities of the world has about 60 MB.
const MOST_BYTES: u64 = 1 << 30;

/// What queries may read beside the cases.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    files: BTreeMap<String, Vec<u8>>,
    places: Option<Arc<dyn Places>>,
}

impl Outside {
    /// Lets `externaldata` have the content of a file for a location, which is the text that queries name.
    ///
    /// # Errors
    ///
    /// What the system says; [`io::ErrorKind::FileTooLarge`] above 1 GiB.
    pub fn allow(&mut self, location: impl Into<String>, file: &Path) -> io::Result<()> {
        self.files.insert(location.into(), read(file)?);
        Ok(())
    }

    /// Lets `geo_info_from_ip_address` ask a database of places in the format of MaxMind.
    ///
    /// # Errors
    ///
    /// [`PlacesError`] where the file cannot be read, is no such database, or holds no places.
    pub fn ask_places(&mut self, file: &Path) -> Result<(), PlacesError> {
        self.places = Some(Arc::new(PlaceDatabase::of(read(file)?)?));
        Ok(())
    }

    pub(super) fn file(&self, location: &str) -> Option<&[u8]> {
        self.files.get(location).map(Vec::as_slice)
    }

    pub(super) fn places(&self) -> Option<Arc<dyn Places>> {
        self.places.clone()
    }
}

/// The bytes of a file, as far as memory is meant for them.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}
