//! Programs of others in Python: packages of PyPI, installed below the target folder and run as programs of their own.

use std::path::{Path, PathBuf};

use xtask::output::say;
use xtask::{process, project};

/// Packages that make up a peer.
pub(crate) struct Packages {
    /// The folder below the target folder.
    pub(crate) folder: &'static str,
    /// What is installed.
    pub(crate) names: &'static [&'static str],
    /// What can be imported once it is there.
    pub(crate) modules: &'static str,
}

impl Packages {
    /// The Python that has the packages; installs them where they are not there yet. None where that cannot be done.
    pub(crate) fn install(&self) -> Option<PathBuf> {
        let folder = project::target().join(self.folder);
        let python = folder.join("bin/python");
        if self.is_there(&python) {
            return Some(python);
        }
        say(&format!("installing {}", self.names.join(", ")));
        process::capture(process::program("python3").args(["-m", "venv"]).arg(&folder)).ok()?;
        let mut pip = process::program(&python);
        pip.args(["-m", "pip", "install", "--quiet"]).args(self.names);
        process::capture(&mut pip).ok()?;
        self.is_there(&python).then_some(python)
    }

    fn is_there(&self, python: &Path) -> bool {
        let import = format!("import {}", self.modules);
        let output = process::capture(process::program(python).args(["-c", &import]));
        output.is_ok_and(|output| output.status.success())
    }
}
