//! What every `Cargo.toml` must say.

use super::Fault;
use super::workspace::{Package, Workspace};

const LICENCE: &str = "MIT OR Apache-2.0";

/// Every package names the project's licence.
pub(super) fn licences(workspace: &Workspace) -> Vec<Fault> {
    let without = workspace
        .packages
        .iter()
        .filter(|package| package.license.as_deref() != Some(LICENCE));
    without
        .map(|package| Fault::new(&package.name, format!("its license is not \"{LICENCE}\"")))
        .collect()
}

/// Unsafe code is forbidden in the workspace, and every package takes the workspace's lints.
pub(super) fn lints(workspace: &Workspace) -> Vec<Fault> {
    let mut faults: Vec<Fault> = workspace.packages.iter().filter_map(lints_of).collect();
    let root = workspace.file("Cargo.toml").and_then(|file| parse(file.text()?));
    let unsafe_code = root
        .as_ref()
        .and_then(|root| at(root, &["workspace", "lints", "rust", "unsafe_code"])?.as_str());
    if unsafe_code != Some("forbid") {
        faults.push(Fault::new(
            "Cargo.toml",
            "workspace.lints.rust.unsafe_code is not \"forbid\"",
        ));
    }
    faults
}

/// The fuzz targets are a workspace of their own, so they forbid unsafe code themselves.
fn lints_of(package: &Package) -> Option<Fault> {
    let manifest = std::fs::read_to_string(&package.manifest_path)
        .ok()
        .and_then(|text| parse(&text))?;
    let inherited = at(&manifest, &["lints", "workspace"]).and_then(toml::Value::as_bool) == Some(true);
    let own = at(&manifest, &["lints", "rust", "unsafe_code"]).and_then(toml::Value::as_str) == Some("forbid");
    (!inherited && !own).then(|| {
        Fault::new(
            &package.name,
            "does not take the workspace's lints (`[lints] workspace = true`)",
        )
    })
}

fn parse(text: &str) -> Option<toml::Value> {
    text.parse::<toml::Table>().ok().map(toml::Value::Table)
}

fn at<'a>(value: &'a toml::Value, path: &[&str]) -> Option<&'a toml::Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nested_key_is_found_and_an_absent_one_is_not() {
        let manifest = parse("[lints.rust]\nunsafe_code = \"forbid\"").unwrap();
        assert_eq!(
            at(&manifest, &["lints", "rust", "unsafe_code"]).and_then(toml::Value::as_str),
            Some("forbid")
        );
        assert_eq!(at(&manifest, &["lints", "workspace"]), None);
    }
}
