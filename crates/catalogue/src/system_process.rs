//! Processes that belong to Windows: where they live, who starts them, what they are for.

use serde::Deserialize;

use crate::error::DataError;
use crate::image_path::FolderPattern;
use crate::table::{Located, list};
use crate::text::Bilingual;

/// A process that belongs to Windows or comes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemProcess {
    /// The image name in lower case; for a kernel process the name that task lists show.
    pub image: String,
    /// Folders it lives in, written with the usual variables (`%SystemRoot%\System32`); empty for kernel processes.
    pub folders: Vec<String>,
    /// Processes that usually start it; empty when anything may.
    pub parents: Vec<String>,
    /// The account it usually runs under.
    pub account: Account,
    /// What it is for.
    pub purpose: Bilingual,
    pub(crate) folder_patterns: Vec<FolderPattern>,
    pub(crate) path_rule: PathRule,
    pub(crate) guard: Guard,
}

/// The account that a system process usually runs under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// The local system account.
    System,
    /// A service account: local system, local service or network service.
    Service,
    /// The user who is signed in.
    User,
    /// Any of them.
    Any,
}

/// Whether a copy outside the known folders is worth telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathRule {
    /// Nothing else brings a program of this name.
    Strict,
    /// Other products ship a program of the same name, or users install it elsewhere.
    Loose,
}

/// Which general rules look for imitations of this name, besides the listed ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    /// One edit away, look-alike characters, another extension.
    Edit,
    /// Look-alike characters only: the name is short or close to names of ordinary programs.
    Homoglyph,
    /// None.
    None,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ProcessRow {
    image: String,
    folders: String,
    parents: String,
    account: String,
    path_rule: String,
    guard: String,
    purpose_en: String,
    purpose_ja: String,
}

impl SystemProcess {
    pub(crate) fn from_row(located: Located<ProcessRow>) -> Result<Self, DataError> {
        let Located { row, at } = located;
        let folders = list(&row.folders);
        let mut folder_patterns = Vec::new();
        for folder in &folders {
            let pattern = FolderPattern::parse(folder);
            folder_patterns
                .push(pattern.ok_or_else(|| DataError::value(at, folder, "a folder below a known variable"))?);
        }
        let account = Account::parse(&row.account)
            .ok_or_else(|| DataError::value(at, &row.account, "system, service, user or any"))?;
        let path_rule =
            PathRule::parse(&row.path_rule).ok_or_else(|| DataError::value(at, &row.path_rule, "strict or loose"))?;
        let guard =
            Guard::parse(&row.guard).ok_or_else(|| DataError::value(at, &row.guard, "edit, homoglyph or none"))?;
        Ok(Self {
            image: row.image,
            folders,
            parents: list(&row.parents),
            account,
            purpose: Bilingual::new(row.purpose_en, row.purpose_ja),
            folder_patterns,
            path_rule,
            guard,
        })
    }
}

impl Account {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "system" => Some(Self::System),
            "service" => Some(Self::Service),
            "user" => Some(Self::User),
            "any" => Some(Self::Any),
            _ => None,
        }
    }
}

impl PathRule {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "strict" => Some(Self::Strict),
            "loose" => Some(Self::Loose),
            _ => None,
        }
    }
}

impl Guard {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "edit" => Some(Self::Edit),
            "homoglyph" => Some(Self::Homoglyph),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}
