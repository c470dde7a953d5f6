//! A feature: what a group of endpoints is for, who usually calls it, and what happens when it is blocked.

use serde::Deserialize;

use crate::error::DataError;
use crate::table::{Located, list};
use crate::text::Bilingual;

/// A feature of an operating system or program that talks to the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Stable id, for example `wu.service`.
    pub id: String,
    /// The area it belongs to, for example "Windows Update".
    pub area: Bilingual,
    /// The company or body that runs the endpoints.
    pub owner: String,
    /// The product that calls them.
    pub product: String,
    /// What the traffic is for.
    pub purpose: Bilingual,
    /// What stops working when the traffic is blocked.
    pub breaks: Bilingual,
    /// Who is expected to cause the traffic.
    pub callers: Callers,
    /// Ids of the ways to turn it off; empty when it has to be left alone or has no switch.
    pub turn_off_ids: Vec<String>,
    /// Id of the [`Source`](crate::Source) that documents it.
    pub source_id: String,
}

/// Who is expected to talk to an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callers {
    /// How much the two lists mean.
    pub rule: CallerRule,
    /// Image names in lower case, for example `svchost.exe`.
    pub processes: Vec<String>,
    /// Service names as Windows writes them, for example `wuauserv`.
    pub services: Vec<String>,
}

/// How much the list of callers means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallerRule {
    /// Any program may call: the code runs inside whatever program needs it, or people visit the site.
    Any,
    /// The listed ones usually call; others may.
    Typical,
    /// Only the listed ones call; another program there is worth a look.
    Exclusive,
}

/// What the catalogue says about one caller of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallerVerdict {
    /// Listed, or anybody may call.
    Expected,
    /// Not listed, but the list does not claim to be complete.
    Unlisted,
    /// Not listed although only the listed ones are known to call.
    Unexpected,
}

impl Callers {
    /// Judges a caller. `image` is an image name or path in any case; `service` is the service inside `svchost.exe`, if known.
    pub fn judge(&self, image: &str, service: Option<&str>) -> CallerVerdict {
        let image = crate::image_path::file_name(image).to_lowercase();
        let listed = self.processes.contains(&image);
        match self.rule {
            CallerRule::Any => CallerVerdict::Expected,
            _ if listed && self.service_fits(service) => CallerVerdict::Expected,
            CallerRule::Exclusive if !listed => CallerVerdict::Unexpected,
            _ => CallerVerdict::Unlisted,
        }
    }

    fn service_fits(&self, service: Option<&str>) -> bool {
        let Some(service) = service else { return true };
        self.services.is_empty() || self.services.iter().any(|known| known.eq_ignore_ascii_case(service))
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct FeatureRow {
    id: String,
    area: String,
    owner: String,
    product: String,
    callers: String,
    processes: String,
    services: String,
    turn_off: String,
    source: String,
    purpose_en: String,
    purpose_ja: String,
    breaks_en: String,
    breaks_ja: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct AreaRow {
    pub(crate) id: String,
    pub(crate) en: String,
    pub(crate) ja: String,
}

impl Feature {
    pub(crate) fn from_row(located: Located<FeatureRow>, areas: &[Located<AreaRow>]) -> Result<Self, DataError> {
        let Located { row, at } = located;
        let rule = CallerRule::parse(&row.callers)
            .ok_or_else(|| DataError::value(at, &row.callers, "any, typical or exclusive"))?;
        let area = areas
            .iter()
            .find(|area| area.row.id == row.area)
            .ok_or_else(|| DataError::reference(at, "area", &row.area))?;
        Ok(Self {
            id: row.id,
            area: Bilingual::new(area.row.en.clone(), area.row.ja.clone()),
            owner: row.owner,
            product: row.product,
            purpose: Bilingual::new(row.purpose_en, row.purpose_ja),
            breaks: Bilingual::new(row.breaks_en, row.breaks_ja),
            callers: Callers {
                rule,
                processes: list(&row.processes),
                services: list(&row.services),
            },
            turn_off_ids: list(&row.turn_off),
            source_id: row.source,
        })
    }
}

impl CallerRule {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "any" => Some(Self::Any),
            "typical" => Some(Self::Typical),
            "exclusive" => Some(Self::Exclusive),
            _ => None,
        }
    }
}
