//! Windows image paths in all the forms that logs use, and folder patterns to compare them with.
//!
//! A path is reduced to the segments below its volume, in lower case: `C:\Windows\System32\svchost.exe`,
//! `\Device\HarddiskVolume3\Windows\System32\svchost.exe`, `\??\C:\…`, `%SystemRoot%\System32\…` and `\SystemRoot\System32\…`
//! all become `windows`, `system32`, `svchost.exe`. Which volume Windows lives on is not known, so any is accepted.

/// What a variable stands for, below the volume. `*` stands for one segment. The second Windows folder is that of Windows 2000,
/// the `documents and settings` ones those of Windows XP and 2003.
const VARIABLES: &[(&str, &[&str])] = &[
    ("systemroot", &["windows", "winnt"]),
    ("windir", &["windows", "winnt"]),
    ("programfiles", &["program files", "program files (x86)"]),
    ("programw6432", &["program files"]),
    ("programfiles(x86)", &["program files (x86)", "program files"]),
    (
        "programdata",
        &["programdata", "documents and settings\\all users\\application data"],
    ),
    ("allusersprofile", &["programdata", "documents and settings\\all users"]),
    (
        "localappdata",
        &[
            "users\\*\\appdata\\local",
            "documents and settings\\*\\local settings\\application data",
        ],
    ),
    ("systemdrive", &[""]),
];

/// The part after the last path separator of either kind.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['\\', '/']).next().unwrap_or(path)
}

/// An image path that could be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ImagePath {
    /// Segments below a local volume, folders first, the file name last.
    Local(Vec<String>),
    /// On another machine.
    Remote(String),
}

impl ImagePath {
    /// `None` for a bare name, a relative path, a path of another operating system, and 8.3 short names, which cannot be
    /// resolved without the file system.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let path = path.trim_matches('"');
        if path.starts_with('/') {
            return None;
        }
        let lower = path.replace('/', "\\").to_lowercase();
        let rest = strip_namespace(&lower);
        if let Some(share) = remote_share(&lower, rest) {
            return Some(Self::Remote(file_name(share).to_owned()));
        }
        let segments = resolve(&below_volume(rest)?)?;
        (!segments.is_empty()).then_some(Self::Local(segments))
    }

    /// The file name in lower case.
    pub(crate) fn file_name(&self) -> &str {
        match self {
            Self::Local(segments) => segments.last().map_or("", String::as_str),
            Self::Remote(name) => name,
        }
    }

    /// The folders, in lower case; `None` for a path on another machine.
    pub(crate) fn folders(&self) -> Option<&[String]> {
        match self {
            Self::Local(segments) => segments.split_last().map(|(_, folders)| folders),
            Self::Remote(_) => None,
        }
    }
}

/// Removes `\\?\`, `\\.\` and `\??\`.
fn strip_namespace(path: &str) -> &str {
    ["\\\\?\\", "\\\\.\\", "\\??\\"]
        .iter()
        .find_map(|prefix| path.strip_prefix(prefix))
        .unwrap_or(path)
}

fn remote_share<'p>(whole: &'p str, rest: &'p str) -> Option<&'p str> {
    let redirectors = ["unc\\", "\\device\\mup\\", "\\device\\lanmanredirector\\"];
    if let Some(share) = redirectors.iter().find_map(|prefix| rest.strip_prefix(prefix)) {
        return Some(share);
    }
    (whole == rest).then(|| whole.strip_prefix("\\\\")).flatten()
}

/// The path below its volume, without leading separator.
fn below_volume(path: &str) -> Option<String> {
    if let Some(rest) = path.strip_prefix("\\systemroot\\") {
        return Some(format!("windows\\{rest}"));
    }
    if let Some(rest) = path.strip_prefix("\\device\\") {
        return rest.split_once('\\').map(|(_, rest)| rest.to_owned());
    }
    if path.starts_with("volume{") {
        return path.split_once('\\').map(|(_, rest)| rest.to_owned());
    }
    if let Some(rest) = path.strip_prefix('%') {
        let (variable, rest) = rest.split_once("%\\")?;
        let folder = expansions(variable)?.first()?;
        return Some(format!("{folder}\\{rest}"));
    }
    if let Some(rest) = path.strip_prefix('\\') {
        // A bare name behind a separator is a cut path more often than a program in the root of a volume.
        return rest.contains('\\').then(|| rest.to_owned());
    }
    let (drive, rest) = path.split_once(":\\")?;
    (drive.len() == 1).then(|| rest.to_owned())
}

fn expansions(variable: &str) -> Option<&'static [&'static str]> {
    VARIABLES
        .iter()
        .find(|(name, _)| *name == variable)
        .map(|(_, folders)| *folders)
}

/// Splits into segments, follows `.` and `..`; `None` when a segment is an 8.3 short name or holds a colon, which no folder may:
/// such a text is two paths run together.
fn resolve(path: &str) -> Option<Vec<String>> {
    let mut segments: Vec<String> = Vec::new();
    for segment in path.split('\\') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            odd if odd.contains(':') || is_short_name(odd) => return None,
            segment => segments.push(segment.to_owned()),
        }
    }
    Some(segments)
}

fn is_short_name(segment: &str) -> bool {
    segment.split_once('~').is_some_and(|(head, tail)| {
        head.len() <= 6 && !head.is_empty() && tail.starts_with(|first: char| first.is_ascii_digit())
    })
}

/// Folders in which a program may live. `*` stands for one segment, a last segment `**` for anything below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FolderPattern {
    alternatives: Vec<Vec<String>>,
}

impl FolderPattern {
    /// Reads `%Variable%\folder\…`; `None` when it does not start with a known variable.
    pub(crate) fn parse(folder: &str) -> Option<Self> {
        let lower = folder.to_lowercase();
        let (variable, rest) = lower.strip_prefix('%')?.split_once('%')?;
        let segments = |root: &str| -> Vec<String> {
            format!("{root}{rest}")
                .split('\\')
                .filter(|segment| !segment.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Some(Self {
            alternatives: expansions(variable)?.iter().map(|root| segments(root)).collect(),
        })
    }

    pub(crate) fn matches(&self, folders: &[String]) -> bool {
        self.alternatives.iter().any(|pattern| segments_match(pattern, folders))
    }
}

fn segments_match(pattern: &[String], folders: &[String]) -> bool {
    match (pattern.split_first(), folders.split_first()) {
        (None, None) => true,
        (Some((first, [])), _) if first == "**" => true,
        (Some((first, pattern)), Some((folder, folders))) => {
            segment_matches(first, folder) && segments_match(pattern, folders)
        }
        _ => false,
    }
}

/// One segment; a `*` at its end stands for the rest of it.
fn segment_matches(pattern: &str, folder: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => folder.starts_with(start),
        None => pattern == folder,
    }
}
