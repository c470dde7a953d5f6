//! What the rules look at: the packages as cargo sees them and the files as git sees them.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use xtask::error::{Error, Result};
use xtask::process;
use xtask::project;

/// The project, read once.
pub(super) struct Workspace {
    /// The packages of the workspace and of the fuzz targets.
    pub(super) packages: Vec<Package>,
    /// Every file that is or would be committed and is still there, sorted.
    pub(super) files: Vec<File>,
}

/// A package, as `cargo metadata` prints it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) license: Option<String>,
    pub(super) dependencies: Vec<Dependency>,
    pub(super) manifest_path: PathBuf,
}

/// A direct dependency of a package.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Dependency {
    pub(super) name: String,
    /// None for an ordinary dependency, else `dev` or `build`.
    pub(super) kind: Option<String>,
    /// The folder of a package of the project; none for one from a registry.
    pub(super) path: Option<PathBuf>,
}

/// A file of the project.
pub(super) struct File {
    /// From the root of the project, with `/`.
    pub(super) path: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// What it says, where it is a Rust source.
    pub(super) syntax: Option<syn::File>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

impl Workspace {
    /// Asks cargo and git, and reads the files.
    pub(super) fn read() -> Result<Self> {
        let mut packages = packages_of("Cargo.toml")?;
        packages.extend(packages_of("fuzz/Cargo.toml")?);
        let files = paths()?.into_iter().map(File::read).collect::<Result<_>>()?;
        Ok(Self { packages, files })
    }

    /// The Rust sources with what they say.
    pub(super) fn sources(&self) -> impl Iterator<Item = (&File, &syn::File)> {
        self.files.iter().filter_map(|file| Some((file, file.syntax.as_ref()?)))
    }

    /// The file with that path.
    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}

impl File {
    fn read(path: String) -> Result<Self> {
        let place = project::root().join(&path);
        let bytes = std::fs::read(&place).map_err(Error::reading(&place))?;
        let mut file = Self {
            path,
            bytes,
            syntax: None,
        };
        if file.has_extension("rs") {
            let parsed = syn::parse_file(&String::from_utf8_lossy(&file.bytes));
            file.syntax = Some(parsed.map_err(|source| Error::Rust { path: place, source })?);
        }
        Ok(file)
    }

    /// Whether its name ends so; `extension` without the dot.
    pub(super) fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|actual| actual == extension)
    }

    /// Whether it is evidence for a test, not something that people of the project wrote to be read.
    pub(super) fn is_test_data(&self) -> bool {
        self.path.starts_with("examples/")
            || self
                .path
                .split('/')
                .any(|part| matches!(part, "testdata" | "snapshots" | "seeds"))
    }

    /// Its text, where it is text.
    pub(super) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes)
            .ok()
            .filter(|text| !text.contains('\0'))
    }
}

fn packages_of(manifest: &str) -> Result<Vec<Package>> {
    let options = [
        "metadata",
        "--format-version",
        "1",
        "--no-deps",
        "--manifest-path",
        manifest,
    ];
    let json = process::read(process::cargo().args(options))?;
    let metadata: Metadata = serde_json::from_slice(&json).map_err(|source| Error::Json {
        what: "cargo metadata",
        source,
    })?;
    Ok(metadata.packages)
}

fn paths() -> Result<Vec<String>> {
    let options = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let list = process::read(process::program("git").args(options))?;
    let text = String::from_utf8_lossy(&list).into_owned();
    let mut paths: Vec<String> = text.split_terminator('\0').map(str::to_owned).collect();
    paths.sort();
    paths.dedup();
    paths.retain(|path| project::root().join(path).is_file());
    Ok(paths)
}
