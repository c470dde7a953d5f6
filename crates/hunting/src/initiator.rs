//! The columns of the initiating process.

use whotalks_correlate::{Attribution, ProcessIdentity};
use whotalks_record::{Grade, Text, Timestamp};
use whotalks_tables::{UnknownKind, Word as _};

/// `ss` keeps this many bytes of a name and does not say whether it cut one.
const CUT_NAME_BYTES: usize = 15;

/// The initiating process as the tables of Defender tell it: nothing at all where it is only inferred.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Initiator {
    pub(crate) file_name: Option<Text>,
    pub(crate) folder_path: Option<Text>,
    pub(crate) id: Option<i64>,
    pub(crate) command_line: Option<Text>,
    pub(crate) creation_time: Option<Timestamp>,
    pub(crate) parent_file_name: Option<Text>,
    pub(crate) parent_id: Option<i64>,
    pub(crate) account: Account,
    pub(crate) grade: Option<Text>,
    pub(crate) candidate: Option<Text>,
    pub(crate) unknown: Option<Text>,
}

/// An account in its parts.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Account {
    pub(crate) domain: Option<Text>,
    pub(crate) name: Option<Text>,
    pub(crate) sid: Option<Text>,
}

/// Fills the columns that all tables with an initiating process share.
macro_rules! set_initiator {
    ($row:expr, $attribution:expr) => {{
        let told = $crate::initiator::Initiator::of($attribution);
        $row.initiating_process_file_name = told.file_name;
        $row.initiating_process_folder_path = told.folder_path;
        $row.initiating_process_id = told.id;
        $row.initiating_process_command_line = told.command_line;
        $row.initiating_process_creation_time = told.creation_time;
        $row.initiating_process_parent_file_name = told.parent_file_name;
        $row.initiating_process_parent_id = told.parent_id;
        $row.initiating_process_account_domain = told.account.domain;
        $row.initiating_process_account_name = told.account.name;
        $row.initiating_process_account_sid = told.account.sid;
        $row.process_grade = told.grade;
        $row.process_candidate = told.candidate;
        $row.process_unknown = told.unknown;
    }};
}

pub(crate) use set_initiator;

impl Initiator {
    pub(crate) fn of(attribution: &Attribution) -> Self {
        let process = attribution.process.as_ref();
        let mut told = match process {
            Some(process) if attribution.grade >= Grade::Derived => Self::known(process),
            _ => Self {
                candidate: process.and_then(|process| process.image.clone()),
                ..Self::default()
            },
        };
        told.grade = Some(attribution.grade.word().into());
        told.unknown = attribution
            .unknown
            .as_ref()
            .map(|reason| UnknownKind::of(reason).0.word().into());
        told
    }

    fn known(process: &ProcessIdentity) -> Self {
        let image = process.image.as_ref();
        Self {
            file_name: image.and_then(file_name),
            folder_path: image.filter(|image| is_path(image)).cloned(),
            id: process.pid.map(|pid| i64::from(pid.0)),
            command_line: process.command_line.clone(),
            creation_time: process.started,
            parent_file_name: process.parent_image.as_ref().and_then(file_name),
            parent_id: process.parent_pid.map(|pid| i64::from(pid.0)),
            account: process.user.as_ref().map(Account::of).unwrap_or_default(),
            candidate: image.filter(|image| file_name(image).is_none()).cloned(),
            ..Self::default()
        }
    }
}

impl Account {
    /// The parts of `DOMAIN\name`, `name` or a security identifier (MS-DTYP 2.4.2.1).
    pub(crate) fn of(user: &Text) -> Self {
        if user.starts_with("S-1-") {
            return Self {
                sid: Some(Text::clone(user)),
                ..Self::default()
            };
        }
        let (domain, name) = match user.split_once('\\') {
            Some((domain, name)) => (Some(Text::from(domain)), name),
            None => (None, &**user),
        };
        Self {
            domain: domain.filter(|domain| !domain.is_empty()),
            name: (!name.is_empty()).then(|| name.into()),
            sid: None,
        }
    }
}

/// The file name of an image; none where the listing may have cut it.
pub(crate) fn file_name(image: &Text) -> Option<Text> {
    let name = image.rsplit(['\\', '/']).next().unwrap_or(image);
    (!name.is_empty() && !is_maybe_cut(image)).then(|| name.into())
}

/// Whether an image is a path and no bare name.
pub(crate) fn is_path(image: &str) -> bool {
    image.contains(['\\', '/'])
}

/// A name that ends in `…` was cut; a bare one of Linux as long as `ss` keeps may have been.
fn is_maybe_cut(image: &str) -> bool {
    let is_bare = !is_path(image) && !image.to_ascii_lowercase().ends_with(".exe");
    image.ends_with('…') || (is_bare && image.len() >= CUT_NAME_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_come_apart() {
        let of = |user: &str| {
            let account = Account::of(&user.into());
            [account.domain, account.name, account.sid].map(|part| part.as_deref().unwrap_or_default().to_owned())
        };
        assert_eq!(of("CORP\\anna"), ["CORP", "anna", ""]);
        assert_eq!(of("anna"), ["", "anna", ""]);
        assert_eq!(of("\\anna"), ["", "anna", ""]);
        assert_eq!(of("S-1-5-18"), ["", "", "S-1-5-18"]);
    }

    #[test]
    fn a_name_that_may_have_been_cut_is_no_file_name() {
        let name = |image: &str| file_name(&image.into());
        assert_eq!(
            name("C:\\Windows\\System32\\svchost.exe").as_deref(),
            Some("svchost.exe")
        );
        assert_eq!(name("/usr/bin/curl").as_deref(), Some("curl"));
        assert_eq!(name("msedgewebview2.exe").as_deref(), Some("msedgewebview2.exe"));
        assert_eq!(name("System").as_deref(), Some("System"));
        assert_eq!(name("systemd-resolve"), None);
        assert_eq!(name("SearchProtocolHost.…"), None);
        assert_eq!(name("C:\\"), None);
    }

    #[test]
    fn an_inferred_process_is_only_a_candidate() {
        let process = ProcessIdentity {
            pid: Some(whotalks_record::Pid(7)),
            started: None,
            ended: None,
            image: Some("C:\\a.exe".into()),
            command_line: None,
            parent_image: None,
            parent_pid: None,
            user: Some("CORP\\anna".into()),
            service: Default::default(),
            proof: Vec::new(),
        };
        let mut attribution = Attribution {
            grade: Grade::Inferred,
            process: Some(process),
            ..Attribution::default()
        };
        let told = Initiator::of(&attribution);
        assert_eq!(
            (told.id, told.file_name, told.account),
            (None, None, Account::default())
        );
        assert_eq!(told.candidate.as_deref(), Some("C:\\a.exe"));
        attribution.grade = Grade::Derived;
        let told = Initiator::of(&attribution);
        assert_eq!((told.id, told.candidate), (Some(7), None));
        assert_eq!(told.grade.as_deref(), Some("derived"));
    }
}
