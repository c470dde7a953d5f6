//! Which crate may use which: data flows one way.

use super::Fault;
use super::workspace::{Dependency, Package, Workspace};

/// The level of each crate; a crate uses lower levels only. Crates that stand aside have none.
const LEVELS: [(&str, u8); 30] = [
    ("record", 0),
    ("bytes", 0),
    ("sanitize", 0),
    ("kql-values", 0),
    ("kql-functions", 1),
    ("wire", 1),
    ("pcap", 1),
    ("evtx", 1),
    ("etl", 1),
    ("text", 1),
    ("wfp", 1),
    ("evidence", 2),
    ("policy", 3),
    ("session", 3),
    ("catalogue", 3),
    ("correlate", 4),
    ("fields", 4),
    ("filter", 5),
    ("packets", 6),
    ("tables", 5),
    ("store", 6),
    ("kql-syntax", 6),
    ("kql-plan", 7),
    ("hunting", 7),
    ("report", 8),
    ("queries", 8),
    ("kql-codec", 8),
    ("case", 9),
    ("render", 10),
    ("cli", 11),
];

/// The crate that writes evidence; it shares no code with what reads it, so that each proves the other.
const GENERATOR: &str = "testkit";
/// Crates of the project's own commands, which may use everything.
const ASIDE: [&str; 3] = ["proof", "xtask", "fuzz"];
/// Below this level nothing knows how tables are stored.
const TABLES: u8 = 5;
/// From this level up to the faces, a face may use a crate; below it only through `case`.
const REPORTS: u8 = 8;
const FACES: [&str; 1] = ["cli"];
/// Crates that read or write JSON: the faces, the reader of logs that come as JSON, the tables whose columns hold it, and the logs of
/// Delta Lake tables, which are JSON; and what engines elsewhere are told of the functions in a plan.
const JSON: [&str; 11] = [
    "hunting",
    "store",
    "render",
    "cli",
    "evtx",
    "kql-plan",
    "kql-codec",
    "testkit",
    "proof",
    "xtask",
    "fuzz",
];

/// A crate uses lower levels only; the generator uses none of them; a face goes through `case`.
pub(super) fn lower_levels_only(workspace: &Workspace) -> Vec<Fault> {
    pairs(workspace)
        .filter_map(|(package, dependency)| forbidden_use(package, dependency))
        .collect()
}

fn forbidden_use(package: &Package, dependency: &Dependency) -> Option<Fault> {
    dependency.path.as_ref()?;
    let (user, used) = (short(&package.name), short(&dependency.name));
    if ASIDE.contains(&user) || (used == GENERATOR && dependency.kind.as_deref() == Some("dev")) {
        return None;
    }
    let Some(level) = level(user) else {
        let what = if user == GENERATOR {
            "shares no code with the readers"
        } else {
            "has no level; add it to the list"
        };
        return Some(Fault::new(&package.name, format!("uses {used}, but {what}")));
    };
    let Some(used_level) = self::level(used) else {
        return Some(Fault::new(&package.name, format!("uses {used}, which stands aside")));
    };
    if used_level >= level {
        return Some(Fault::new(
            &package.name,
            format!("level {level} uses {used} of level {used_level}: only lower levels"),
        ));
    }
    let past_case = FACES.contains(&user) && (1..REPORTS).contains(&used_level);
    past_case.then(|| Fault::new(&package.name, format!("a face uses {used}: faces go through case")))
}

/// Nothing below the tables knows how they are stored.
pub(super) fn arrow_only_from_tables_up(workspace: &Workspace) -> Vec<Fault> {
    let stores = |dependency: &Dependency| dependency.name.starts_with("arrow") || dependency.name == "parquet";
    let low = pairs(workspace).filter(|(package, _)| level(short(&package.name)).is_some_and(|level| level < TABLES));
    low.filter(|(_, dependency)| stores(dependency))
        .map(|(package, dependency)| Fault::new(&package.name, format!("below tables, but uses {}", dependency.name)))
        .collect()
}

/// Only faces write JSON, and only the reader of JSON logs reads it.
pub(super) fn json_only_at_the_edges(workspace: &Workspace) -> Vec<Fault> {
    pairs(workspace)
        .filter(|(package, dependency)| {
            dependency.name == "serde_json" && dependency.kind.is_none() && !JSON.contains(&short(&package.name))
        })
        .map(|(package, _)| Fault::new(&package.name, "uses serde_json, but is no face and reads no JSON"))
        .collect()
}

fn pairs(workspace: &Workspace) -> impl Iterator<Item = (&Package, &Dependency)> {
    workspace
        .packages
        .iter()
        .flat_map(|package| package.dependencies.iter().map(move |dependency| (package, dependency)))
}

fn short(name: &str) -> &str {
    name.strip_prefix("whotalks-").unwrap_or(name)
}

fn level(name: &str) -> Option<u8> {
    LEVELS
        .iter()
        .find(|(crate_name, _)| *crate_name == name)
        .map(|(_, level)| *level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(user: &str, used: &str, kind: Option<&str>) -> Option<String> {
        let dependency = Dependency {
            name: used.to_owned(),
            kind: kind.map(str::to_owned),
            path: Some("crates".into()),
        };
        let package = Package {
            name: user.to_owned(),
            license: None,
            dependencies: vec![],
            manifest_path: "".into(),
        };
        forbidden_use(&package, &dependency).map(|fault| fault.what)
    }

    #[test]
    fn a_reader_may_use_the_nouns_but_no_other_reader() {
        assert_eq!(fault("whotalks-pcap", "whotalks-record", None), None);
        assert!(fault("whotalks-pcap", "whotalks-evtx", None).is_some());
        assert!(fault("whotalks-pcap", "whotalks-tables", None).is_some());
    }

    #[test]
    fn the_generator_is_for_tests_and_uses_none_of_the_readers() {
        assert_eq!(fault("whotalks-case", "whotalks-testkit", Some("dev")), None);
        assert!(fault("whotalks-case", "whotalks-testkit", None).is_some());
        assert!(fault("whotalks-testkit", "whotalks-record", None).is_some());
    }

    #[test]
    fn a_face_goes_through_the_case() {
        assert_eq!(fault("whotalks-cli", "whotalks-case", None), None);
        assert!(fault("whotalks-cli", "whotalks-store", None).is_some());
    }

    #[test]
    fn a_new_crate_needs_a_level() {
        assert!(fault("whotalks-novelty", "whotalks-record", None).is_some());
    }
}
