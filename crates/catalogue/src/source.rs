//! Where a fact comes from.

use serde::Deserialize;

/// A publication that the catalogue relies on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Source {
    /// Short id used by the other data files.
    pub id: String,
    /// Who published it.
    pub publisher: String,
    /// Its title, as published.
    pub title: String,
}

/// How well a fact is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// The owner of the endpoint, or the maker of the product, documents it; or software and certificates that they ship carry it.
    Documented,
    /// Reported, but not found with the owner. Kept in the data for later work; never answered.
    Unverified,
}

impl Support {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "documented" => Some(Self::Documented),
            "unverified" => Some(Self::Unverified),
            _ => None,
        }
    }
}
