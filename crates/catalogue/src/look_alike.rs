//! Names that imitate a system process.

use crate::image_path::file_name;
use crate::system_process::{Guard, SystemProcess};

/// Shorter names are one edit away from too many ordinary programs.
const SHORTEST_GUARDED_NAME: usize = 5;

/// Extensions under which Windows starts a program.
const EXECUTABLE_EXTENSIONS: &[&str] = &["exe", "com", "scr", "pif", "bat", "cmd"];

/// A name that imitates a system process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookAlike<'c> {
    /// The process it imitates.
    pub of: &'c SystemProcess,
    /// How it was recognised.
    pub how: Resemblance,
}

/// How a look-alike resembles the name it imitates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resemblance {
    /// The name is listed: it has been used by malware.
    Listed,
    /// Characters that look the same: `0` for `o`, `1` or `I` for `l`, `rn` for `m`, Cyrillic or Greek letters, invisible ones.
    Homoglyph,
    /// One letter added, left out, changed, or two neighbours swapped.
    OneEdit,
    /// The same name under another executable extension, or with two extensions.
    Extension,
}

/// Characters that look like others, in the order they are replaced.
pub(crate) type Homoglyphs = Vec<(String, String)>;

/// What the general rules compare with.
pub(crate) struct Rules<'c> {
    pub(crate) processes: &'c [SystemProcess],
    pub(crate) listed: &'c [(String, String)],
    pub(crate) legitimate: &'c [String],
    pub(crate) homoglyphs: &'c Homoglyphs,
}

impl<'c> Rules<'c> {
    /// The process that `image` (a name or a path) imitates, if any. A name that is legitimate itself never imitates.
    pub(crate) fn find(&self, image: &str) -> Option<LookAlike<'c>> {
        let original = file_name(image).trim();
        let name = original.to_lowercase();
        let is = |known: &str| known == name;
        if self.processes.iter().any(|process| is(&process.image)) || self.legitimate.iter().any(|known| is(known)) {
            return None;
        }
        if let Some(of) = self.listed_target(&name) {
            return Some(LookAlike {
                of,
                how: Resemblance::Listed,
            });
        }
        let (stem, _) = split_executable(&name)?;
        let original_stem = original.get(..stem.len()).unwrap_or(stem);
        self.processes.iter().find_map(|of| {
            let how = self.resemblance(of, stem, original_stem)?;
            Some(LookAlike { of, how })
        })
    }

    fn listed_target(&self, name: &str) -> Option<&'c SystemProcess> {
        let (_, target) = self.listed.iter().find(|(listed, _)| listed == name)?;
        self.processes.iter().find(|process| process.image == *target)
    }

    fn resemblance(&self, of: &SystemProcess, stem: &str, original: &str) -> Option<Resemblance> {
        let target = of.image.strip_suffix(".exe")?;
        if target.len() < SHORTEST_GUARDED_NAME || of.guard == Guard::None {
            return None;
        }
        if stem == target || stem.strip_suffix(".exe") == Some(target) {
            return Some(Resemblance::Extension);
        }
        if self.skeleton(original) == self.skeleton(target) {
            return Some(Resemblance::Homoglyph);
        }
        (of.guard == Guard::Edit && is_one_edit(stem, target)).then_some(Resemblance::OneEdit)
    }

    /// The name as the eye reads it.
    fn skeleton(&self, name: &str) -> String {
        let mut skeleton = name.to_owned();
        for (from, to) in self.homoglyphs {
            skeleton = skeleton.replace(from.as_str(), to);
        }
        skeleton.to_lowercase()
    }
}

/// Stem and extension of a name that Windows would start; other names (of Linux processes, of documents) are none of our business.
fn split_executable(name: &str) -> Option<(&str, &str)> {
    let (stem, extension) = name.rsplit_once('.')?;
    EXECUTABLE_EXTENSIONS.contains(&extension).then_some((stem, extension))
}

/// Whether the Damerau-Levenshtein distance is one; lengths are compared first, so a long hostile name costs nothing.
fn is_one_edit(name: &str, target: &str) -> bool {
    name.chars().count().abs_diff(target.chars().count()) <= 1 && strsim::osa_distance(name, target) == 1
}
