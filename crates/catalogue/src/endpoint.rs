//! Endpoints: host name patterns, the features behind them, and the lookup by specificity.

use std::collections::HashMap;

use serde::Deserialize;

use crate::error::DataError;
use crate::feature::{CallerVerdict, Feature};
use crate::pattern::{DomainPattern, Kind, suffixes};
use crate::shared_host::SharedHost;
use crate::source::Support;
use crate::table::{Located, list, optional};
use crate::turn_off::TurnOff;

/// One row of the endpoint list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The host names it covers.
    pub pattern: DomainPattern,
    /// When given, only requests whose path starts with it are meant. It can be compared only where the path is visible (HTTP).
    pub path: Option<String>,
    /// Ids of the features that use it, the main one first; never empty.
    pub feature_ids: Vec<String>,
    /// True when anybody may publish here (file hosting, code hosting, tenants): the name then says nothing about the content.
    pub anyone_can_publish: bool,
    /// How well the row is supported.
    pub support: Support,
}

/// A known endpoint, as found for one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointMatch<'c> {
    /// The row that matched.
    pub endpoint: &'c Endpoint,
    /// The main feature behind it.
    pub feature: &'c Feature,
    /// Other features that use the same endpoint. Turning one of them off does not end the traffic of the others.
    pub also: Vec<&'c Feature>,
    /// Ways to turn the main feature off.
    pub turn_offs: Vec<&'c TurnOff>,
    /// The delivery network or cloud under whose shared suffix the name lies, if any.
    pub shared_host: Option<&'c SharedHost>,
}

impl EndpointMatch<'_> {
    /// The pattern that matched, as written in the catalogue.
    pub fn pattern(&self) -> &str {
        self.endpoint.pattern.as_str()
    }

    /// Whether several features use this endpoint.
    pub fn is_shared(&self) -> bool {
        !self.also.is_empty()
    }

    /// Judges a caller against all features that use the endpoint; the most lenient one decides.
    pub fn judge_caller(&self, image: &str, service: Option<&str>) -> CallerVerdict {
        std::iter::once(self.feature)
            .chain(self.also.iter().copied())
            .map(|feature| feature.callers.judge(image, service))
            .min()
            .unwrap_or(CallerVerdict::Expected)
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct EndpointRow {
    pattern: String,
    path: String,
    features: String,
    content: String,
    support: String,
}

impl Endpoint {
    pub(crate) fn from_row(located: Located<EndpointRow>) -> Result<Self, DataError> {
        let Located { row, at } = located;
        let pattern =
            DomainPattern::parse(&row.pattern).map_err(|error| DataError::pattern(at, &row.pattern, error))?;
        let support = Support::parse(&row.support)
            .ok_or_else(|| DataError::value(at, &row.support, "documented or unverified"))?;
        let anyone_can_publish = match row.content.as_str() {
            "own" => false,
            "anyone" => true,
            _ => return Err(DataError::value(at, &row.content, "own or anyone")),
        };
        let feature_ids = list(&row.features);
        if feature_ids.is_empty() {
            return Err(DataError::value(at, "", "a list of feature ids"));
        }
        Ok(Self {
            pattern,
            path: optional(row.path),
            feature_ids,
            anyone_can_publish,
            support,
        })
    }

    /// Whether a request path is meant by this row.
    fn covers_path(&self, path: Option<&str>) -> bool {
        match (&self.path, path) {
            (None, _) => true,
            (Some(prefix), Some(path)) => path.to_ascii_lowercase().starts_with(prefix.as_str()),
            (Some(_), None) => false,
        }
    }

    fn specificity(&self) -> (bool, usize, usize) {
        let (exact, literal) = self.pattern.specificity();
        (exact, literal, self.path.as_ref().map_or(0, String::len))
    }
}

/// Finds rows by name without walking the whole list.
#[derive(Debug, Default)]
pub(crate) struct EndpointIndex {
    /// Rows by exact name, and rows `*.suffix` by suffix.
    by_text: HashMap<String, Vec<usize>>,
    /// Rows with a wildcard inside a label; few, so they are tried one by one.
    globs: Vec<usize>,
}

impl EndpointIndex {
    pub(crate) fn new(endpoints: &[Endpoint]) -> Self {
        let mut index = Self::default();
        for (row, endpoint) in endpoints.iter().enumerate() {
            if endpoint.pattern.kind() == Kind::Glob {
                index.globs.push(row);
            } else {
                index
                    .by_text
                    .entry(endpoint.pattern.suffix().to_owned())
                    .or_default()
                    .push(row);
            }
        }
        index
    }

    /// The most specific documented row for a normalized name. Below a shared suffix only exact names count, because there
    /// anybody can create a name that a wildcard would cover.
    pub(crate) fn find<'c>(
        &self,
        endpoints: &'c [Endpoint],
        name: &str,
        path: Option<&str>,
        exact_only: bool,
    ) -> Option<&'c Endpoint> {
        suffixes(name)
            .filter_map(|suffix| self.by_text.get(suffix))
            .flatten()
            .chain(&self.globs)
            .filter_map(|row| endpoints.get(*row))
            .filter(|endpoint| endpoint.support == Support::Documented)
            .filter(|endpoint| endpoint.pattern.is_exact() || !exact_only)
            .filter(|endpoint| endpoint.pattern.matches(name) && endpoint.covers_path(path))
            .max_by_key(|endpoint| endpoint.specificity())
    }
}
