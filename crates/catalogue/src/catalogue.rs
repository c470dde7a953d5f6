//! The catalogue as a whole: loading, checking references, lookups.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::address::AddressRange;
use crate::bundled;
use crate::endpoint::{Endpoint, EndpointIndex, EndpointMatch};
use crate::error::DataError;
use crate::feature::{AreaRow, Feature};
use crate::image_path::{FolderPattern, ImagePath, file_name};
use crate::look_alike::{Homoglyphs, LookAlike, Rules, skeleton, stem_of};
use crate::pattern::normalize;
use crate::service::Service;
use crate::shared_host::{self, SharedHost};
use crate::source::Source;
use crate::system_process::{PathRule, SystemProcess};
use crate::table::{DataFile, Located, Place, rows};
use crate::turn_off::{Policy, RegistryValue, TurnOff};

/// Everything the project knows about endpoints, features, system processes and services.
#[derive(Debug, Default)]
pub struct Catalogue {
    sources: Vec<Source>,
    features: Vec<Feature>,
    turn_offs: Vec<TurnOff>,
    endpoints: Vec<Endpoint>,
    index: EndpointIndex,
    shared_hosts: Vec<SharedHost>,
    addresses: Vec<AddressRange>,
    processes: Vec<SystemProcess>,
    listed_look_alikes: Vec<(String, String)>,
    legitimate: Vec<String>,
    homoglyphs: Homoglyphs,
    /// The process names as the eye reads them, in the order of `processes`.
    skeletons: Vec<String>,
    copies: Vec<FolderPattern>,
    services: Vec<Service>,
}

/// A system process that runs from a folder where it does not live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongPath<'c> {
    /// The process whose name it bears.
    pub process: &'c SystemProcess,
    /// The folder it was started from, in lower case below its volume; `None` when it was started from another machine.
    pub folder: Option<String>,
}

static BUNDLED: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(&mut Vec::new()));

impl Catalogue {
    /// The catalogue built into the program, read once. A test proves that none of its rows is in error.
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// The date of the data, `YYYY-MM-DD`.
    pub fn version(&self) -> &'static str {
        bundled::VERSION.trim()
    }

    /// What is known about a host name. `path` is the path of the request where it is visible.
    ///
    /// The most specific pattern wins. A suffix shared by many customers never makes an endpoint known; an exact name below it may.
    pub fn endpoint(&self, name: &str, path: Option<&str>) -> Option<EndpointMatch<'_>> {
        let name = normalize(name)?;
        let shared_host = shared_host::find(&self.shared_hosts, &name);
        let endpoint = self.index.find(&self.endpoints, &name, path, shared_host.is_some())?;
        let mut features = endpoint.feature_ids.iter().filter_map(|id| self.feature(id));
        let feature = features.next()?;
        let also = features.collect();
        let turn_offs = feature.turn_off_ids.iter().filter_map(|id| self.turn_off(id)).collect();
        Some(EndpointMatch {
            endpoint,
            feature,
            also,
            turn_offs,
            shared_host,
        })
    }

    /// The delivery network, cloud or hosting service under whose shared suffix a name lies.
    pub fn shared_host(&self, name: &str) -> Option<&SharedHost> {
        shared_host::find(&self.shared_hosts, &normalize(name)?)
    }

    /// The narrowest published range that holds an address.
    pub fn address_range(&self, address: IpAddr) -> Option<&AddressRange> {
        self.addresses
            .iter()
            .filter(|range| range.contains(address))
            .max_by_key(|range| range.prefix)
    }

    /// A feature by its id.
    pub fn feature(&self, id: &str) -> Option<&Feature> {
        self.features.iter().find(|feature| feature.id == id)
    }

    /// A way to turn something off, by its id.
    pub fn turn_off(&self, id: &str) -> Option<&TurnOff> {
        self.turn_offs.iter().find(|turn_off| turn_off.id == id)
    }

    /// A publication by its id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// A system process by image name or path, in any case.
    pub fn system_process(&self, image: &str) -> Option<&SystemProcess> {
        let name = file_name(image).to_lowercase();
        self.processes.iter().find(|process| process.image == name)
    }

    /// The system process that an image name (or path) imitates.
    pub fn look_alike(&self, image: &str) -> Option<LookAlike<'_>> {
        let rules = Rules {
            processes: &self.processes,
            listed: &self.listed_look_alikes,
            legitimate: &self.legitimate,
            homoglyphs: &self.homoglyphs,
            skeletons: &self.skeletons,
        };
        rules.find(image)
    }

    /// Whether an image path bears the name of a system process but lies outside the folders where that process lives.
    /// Says nothing about bare names, relative paths and 8.3 short names, nor about copies that Windows itself keeps.
    pub fn wrong_path(&self, image_path: &str) -> Option<WrongPath<'_>> {
        let path = ImagePath::parse(image_path)?;
        let process = self.system_process(path.file_name())?;
        if process.path_rule == PathRule::Loose || process.folder_patterns.is_empty() {
            return None;
        }
        let Some(folders) = path.folders() else {
            return Some(WrongPath { process, folder: None });
        };
        let lives_there = process
            .folder_patterns
            .iter()
            .chain(&self.copies)
            .any(|pattern| pattern.matches(folders));
        (!lives_there).then(|| WrongPath {
            process,
            folder: Some(folders.join("\\")),
        })
    }

    /// A Windows service by its short name, in any case; instances of per-user services (`CDPUserSvc_1a2b3`) too.
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.is_called(name))
    }

    /// Every endpoint row, unverified ones included, in the order of the data file.
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// Every feature.
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// Every way to turn something off.
    pub fn turn_offs(&self) -> &[TurnOff] {
        &self.turn_offs
    }

    /// Every shared suffix.
    pub fn shared_hosts(&self) -> &[SharedHost] {
        &self.shared_hosts
    }

    /// Every address range.
    pub fn address_ranges(&self) -> &[AddressRange] {
        &self.addresses
    }

    /// Every system process.
    pub fn system_processes(&self) -> &[SystemProcess] {
        &self.processes
    }

    /// Every service.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// Every source.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Names of ordinary programs that resemble system processes and never imitate them.
    pub fn legitimate_names(&self) -> &[String] {
        &self.legitimate
    }
}

#[derive(Debug, Deserialize)]
struct PairRow {
    from: String,
    to: String,
}

#[derive(Debug, Deserialize)]
struct NameRow {
    name: String,
}

/// Keeps what could be read and notes the rest.
fn keep<T>(results: impl Iterator<Item = Result<T, DataError>>, errors: &mut Vec<DataError>) -> Vec<T> {
    results
        .filter_map(|result| result.map_err(|error| errors.push(error)).ok())
        .collect()
}

fn pairs(file: DataFile, errors: &mut Vec<DataError>) -> Vec<(String, String)> {
    rows::<PairRow>(file, errors)
        .into_iter()
        .map(|pair| (pair.row.from, pair.row.to))
        .collect()
}

/// A character written by its code point (`U+200B`), so that the data file shows no invisible ones; anything else stays.
fn spelled(text: String) -> String {
    let code_point = text
        .strip_prefix("U+")
        .and_then(|digits| u32::from_str_radix(digits, 16).ok());
    code_point.and_then(char::from_u32).map_or(text, String::from)
}

impl Catalogue {
    /// Reads the bundled files. Rows in error are left out and reported.
    pub(crate) fn load(errors: &mut Vec<DataError>) -> Self {
        let endpoints = keep(
            rows(bundled::ENDPOINTS, errors).into_iter().map(Endpoint::from_row),
            errors,
        );
        let homoglyphs: Homoglyphs = pairs(bundled::HOMOGLYPHS, errors)
            .into_iter()
            .map(|(from, to)| (spelled(from), to))
            .collect();
        let processes: Vec<SystemProcess> = keep(
            rows(bundled::PROCESSES, errors)
                .into_iter()
                .map(SystemProcess::from_row),
            errors,
        );
        let catalogue = Self {
            sources: rows(bundled::SOURCES, errors)
                .into_iter()
                .map(|source| source.row)
                .collect(),
            features: load_features(errors),
            turn_offs: load_turn_offs(errors),
            index: EndpointIndex::new(&endpoints),
            endpoints,
            shared_hosts: load_shared_hosts(errors),
            addresses: keep(
                rows(bundled::ADDRESSES, errors).into_iter().map(AddressRange::from_row),
                errors,
            ),
            skeletons: processes
                .iter()
                .map(|process| skeleton(&homoglyphs, stem_of(process)))
                .collect(),
            processes,
            listed_look_alikes: pairs(bundled::LOOK_ALIKES, errors),
            legitimate: rows::<NameRow>(bundled::LEGITIMATE, errors)
                .into_iter()
                .map(|name| name.row.name)
                .collect(),
            homoglyphs,
            copies: load_copies(errors),
            services: rows(bundled::SERVICES, errors)
                .into_iter()
                .map(|service| Service::from_row(service.row))
                .collect(),
        };
        catalogue.check_references(errors);
        catalogue
    }

    fn check_references(&self, errors: &mut Vec<DataError>) {
        let mut missing = |file: DataFile, kind: &'static str, id: &str| {
            errors.push(DataError::reference(
                Place {
                    file: file.name,
                    line: 0,
                },
                kind,
                id,
            ));
        };
        for id in self.endpoints.iter().flat_map(|endpoint| &endpoint.feature_ids) {
            if self.feature(id).is_none() {
                missing(bundled::ENDPOINTS, "feature", id);
            }
        }
        for feature in &self.features {
            for id in feature.turn_off_ids.iter().filter(|id| self.turn_off(id).is_none()) {
                missing(bundled::FEATURES, "turn-off", id);
            }
            if self.source(&feature.source_id).is_none() {
                missing(bundled::FEATURES, "source", &feature.source_id);
            }
        }
        for turn_off in self
            .turn_offs
            .iter()
            .filter(|turn_off| self.source(&turn_off.source_id).is_none())
        {
            missing(bundled::TURN_OFFS, "source", &turn_off.source_id);
        }
        for (_, target) in &self.listed_look_alikes {
            if self.system_process(target).is_none() {
                missing(bundled::LOOK_ALIKES, "system process", target);
            }
        }
    }
}

fn load_features(errors: &mut Vec<DataError>) -> Vec<Feature> {
    let areas: Vec<Located<AreaRow>> = rows(bundled::AREAS, errors);
    let features = rows(bundled::FEATURES, errors)
        .into_iter()
        .map(|row| Feature::from_row(row, &areas));
    keep(features, errors)
}

fn load_shared_hosts(errors: &mut Vec<DataError>) -> Vec<SharedHost> {
    let kinds = rows(bundled::SHARED_KINDS, errors);
    let hosts = rows(bundled::SHARED_HOSTS, errors)
        .into_iter()
        .map(|row| SharedHost::from_row(row, &kinds));
    keep(hosts, errors)
}

fn load_copies(errors: &mut Vec<DataError>) -> Vec<FolderPattern> {
    let parse = |folder: Located<NameRow>| {
        FolderPattern::parse(&folder.row.name)
            .ok_or_else(|| DataError::value(folder.at, &folder.row.name, "a folder below a known variable"))
    };
    keep(rows(bundled::COPIES, errors).into_iter().map(parse), errors)
}

fn load_turn_offs(errors: &mut Vec<DataError>) -> Vec<TurnOff> {
    let mut turn_offs: Vec<TurnOff> = rows(bundled::TURN_OFFS, errors)
        .into_iter()
        .map(|row| TurnOff::from_row(row.row))
        .collect();
    let by_id: HashMap<String, usize> = turn_offs
        .iter()
        .enumerate()
        .map(|(row, it)| (it.id.clone(), row))
        .collect();
    let states = rows(bundled::POLICY_STATES, errors);
    for located in rows::<crate::turn_off::PolicyRow>(bundled::POLICIES, errors) {
        let (at, id) = (located.at, located.row.turn_off.clone());
        match by_id.get(&id).and_then(|row| turn_offs.get_mut(*row)) {
            None => errors.push(DataError::reference(at, "turn-off", &id)),
            Some(turn_off) => match Policy::from_row(located, &states) {
                Ok(policy) => turn_off.policies.push(policy),
                Err(error) => errors.push(error),
            },
        }
    }
    for located in rows::<crate::turn_off::RegistryRow>(bundled::REGISTRY, errors) {
        let (at, id) = (located.at, located.row.turn_off.clone());
        match by_id.get(&id).and_then(|row| turn_offs.get_mut(*row)) {
            None => errors.push(DataError::reference(at, "turn-off", &id)),
            Some(turn_off) => match RegistryValue::from_row(located) {
                Ok(value) => turn_off.registry.push(value),
                Err(error) => errors.push(error),
            },
        }
    }
    turn_offs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_files_have_no_row_in_error() {
        let mut errors = Vec::new();
        let catalogue = Catalogue::load(&mut errors);
        let text: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert!(text.is_empty(), "{text:#?}");
        assert!(
            catalogue.endpoints.len() > 300 && catalogue.processes.len() > 80,
            "the files were read at all"
        );
    }
}
