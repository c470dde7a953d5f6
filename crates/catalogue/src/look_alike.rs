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
    /// The names of the processes as the eye reads them, in the same order.
    pub(crate) skeletons: &'c [String],
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
        let stem = executable_stem(&name)?;
        let as_seen = skeleton(self.homoglyphs, original.get(..stem.len()).unwrap_or(stem));
        self.processes.iter().zip(self.skeletons).find_map(|(of, skeleton)| {
            let how = resemblance(of, stem, as_seen == *skeleton)?;
            Some(LookAlike { of, how })
        })
    }

    fn listed_target(&self, name: &str) -> Option<&'c SystemProcess> {
        let (_, target) = self.listed.iter().find(|(listed, _)| listed == name)?;
        self.processes.iter().find(|process| process.image == *target)
    }
}

fn resemblance(of: &SystemProcess, stem: &str, looks_the_same: bool) -> Option<Resemblance> {
    let target = stem_of(of);
    if target.len() < SHORTEST_GUARDED_NAME || of.guard == Guard::None {
        return None;
    }
    if stem == target || stem.strip_suffix(".exe") == Some(target) {
        return Some(Resemblance::Extension);
    }
    if looks_the_same {
        return Some(Resemblance::Homoglyph);
    }
    (of.guard == Guard::Edit && is_one_edit(stem, target)).then_some(Resemblance::OneEdit)
}

/// The image name of a process without its extension.
pub(crate) fn stem_of(process: &SystemProcess) -> &str {
    process.image.strip_suffix(".exe").unwrap_or(&process.image)
}

/// A name as the eye reads it.
pub(crate) fn skeleton(homoglyphs: &Homoglyphs, name: &str) -> String {
    let mut skeleton = name.to_owned();
    for (from, to) in homoglyphs {
        if skeleton.contains(from.as_str()) {
            skeleton = skeleton.replace(from.as_str(), to);
        }
    }
    skeleton.to_lowercase()
}

/// Longer names are no file names (NTFS allows 255 characters), and comparing them would cost time for nothing.
const LONGEST_FILE_NAME_BYTES: usize = 1020;

/// The stem of a name that Windows would start; other names (of Linux processes, of documents) are none of our business.
fn executable_stem(name: &str) -> Option<&str> {
    let (stem, extension) = name
        .rsplit_once('.')
        .filter(|_| name.len() <= LONGEST_FILE_NAME_BYTES)?;
    EXECUTABLE_EXTENSIONS.contains(&extension).then_some(stem)
}

/// Whether the Damerau-Levenshtein distance is one; lengths are compared first, so a long hostile name costs nothing.
fn is_one_edit(name: &str, target: &str) -> bool {
    name.chars().count().abs_diff(target.chars().count()) <= 1 && strsim::osa_distance(name, target) == 1
}
