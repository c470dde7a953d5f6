//! Where things are.

use std::path::{Path, PathBuf};

/// The bundled example, below the root folder.
pub const EXAMPLE: &str = "examples/chief-pc.zip";

/// The root folder of the project.
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// Where everything that is built or made goes.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The folder of real evidence beside the project, which is no part of it and may be absent.
pub fn corpus() -> PathBuf {
    root().join("../shared/corpus")
}
