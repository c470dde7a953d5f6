//! A saved query.

use std::path::PathBuf;

use serde::Deserialize;
use whotalks_kql_values::{KustoType, Value};

/// A query with what it tells and what it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedQuery {
    /// The name under which it is run: that of its file without the ending.
    pub name: String,
    /// What it tells, in a few words.
    pub title: Wording,
    /// What it tells, how, and what to do with it.
    pub description: Wording,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Identifiers of MITRE ATT&CK techniques (`T1071.001`).
    pub attack: Vec<String>,
    /// What it takes, by name.
    pub parameters: Vec<Parameter>,
    /// The whole text of the file; the front matter is a comment in it.
    pub text: String,
    /// The file; none for a bundled one.
    pub path: Option<PathBuf>,
}

/// What a query takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name that stands in the query.
    pub name: String,
    /// The type of its value.
    pub kusto_type: KustoType,
    /// What it is where nothing is given; none where something must be.
    pub default: Option<Value<'static>>,
    /// What it means.
    pub description: Wording,
}

/// A text in English and in Japanese. A text that is given in one language only stands for both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct Wording {
    /// In English.
    pub english: String,
    /// In Japanese.
    pub japanese: String,
}

/// A text as front matter writes it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    One(String),
    Each {
        #[serde(default)]
        en: String,
        #[serde(default)]
        ja: String,
    },
}

impl From<Written> for Wording {
    fn from(written: Written) -> Self {
        let (en, ja) = match written {
            Written::One(text) => (text, String::new()),
            Written::Each { en, ja } => (en, ja),
        };
        Self {
            english: if en.is_empty() { ja.clone() } else { en.clone() },
            japanese: if ja.is_empty() { en } else { ja },
        }
    }
}
