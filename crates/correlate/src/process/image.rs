//! Image paths: NT device paths, DOS paths and bare file names of one program.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use whotalks_record::Text;

use crate::HostId;

/// The prefix of an NT device path of a disk volume, in lower case as events log it.
const VOLUME_PREFIX: &str = r"\device\harddiskvolume";

/// Which drive letter a host's volumes have, learned from processes that two sources name in both forms.
#[derive(Debug, Default)]
pub(crate) struct Volumes {
    drives: FxHashMap<(HostId, u32), BTreeMap<char, u32>>,
}

impl Volumes {
    /// Learns from one process that was logged both as a device path and as a DOS path.
    pub(crate) fn learn(&mut self, host: HostId, device_path: &str, dos_path: &str) {
        let (Some((volume, device_rest)), Some((drive, dos_rest))) = (split_device(device_path), split_drive(dos_path))
        else {
            return;
        };
        if device_rest.to_lowercase() == dos_rest.to_lowercase() {
            *self.drives.entry((host, volume)).or_default().entry(drive).or_default() += 1;
        }
    }

    /// The DOS form of a device path where the volume's drive is known beyond doubt, else the path as it is.
    pub(crate) fn resolve(&self, host: HostId, path: &Text) -> Text {
        let known = split_device(path).and_then(|(volume, rest)| {
            let drives = self.drives.get(&(host, volume))?;
            let (drive, _) = drives.first_key_value().filter(|_| drives.len() == 1)?;
            Some(format!("{drive}:{rest}").into())
        });
        known.unwrap_or_else(|| Text::clone(path))
    }
}

/// Volume number and the rest of a device path, from its backslash on.
fn split_device(path: &str) -> Option<(u32, &str)> {
    let head = path.get(..VOLUME_PREFIX.len())?;
    let rest = path.get(VOLUME_PREFIX.len()..)?;
    let digits = rest.find('\\')?;
    let (number, rest) = rest.split_at_checked(digits)?;
    if !head.eq_ignore_ascii_case(VOLUME_PREFIX) {
        return None;
    }
    Some((number.parse().ok()?, rest))
}

/// Drive letter and the rest of a DOS path, from its backslash on.
fn split_drive(path: &str) -> Option<(char, &str)> {
    let mut characters = path.chars();
    let drive = characters.next().filter(char::is_ascii_alphabetic)?;
    let rest = characters.as_str().strip_prefix(':')?;
    rest.starts_with('\\').then_some((drive.to_ascii_uppercase(), rest))
}

/// The last component of a Windows or Linux path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['\\', '/']).next().unwrap_or(path)
}

/// Whether two images can be one program: equal file names without regard to case and, where both are paths, equal tails
/// after the volume. `tasklist` cuts names at 25 characters, so a bare name of that length may be a prefix.
pub(crate) fn same_image(one: &str, other: &str) -> bool {
    let (one_name, other_name) = (file_name(one).to_lowercase(), file_name(other).to_lowercase());
    if one_name != other_name {
        return is_cut(one, &one_name, &other_name) || is_cut(other, &other_name, &one_name);
    }
    match (tail(one), tail(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// The shortest length at which `tasklist` may have cut an image name.
const TASKLIST_NAME_WIDTH: usize = 24;

fn is_cut(written: &str, name: &str, full: &str) -> bool {
    written.len() == name.len() && name.len() >= TASKLIST_NAME_WIDTH && full.starts_with(name)
}

/// What follows the volume or drive, in lower case.
fn tail(path: &str) -> Option<String> {
    split_device(path)
        .map(|(_, rest)| rest)
        .or_else(|| split_drive(path).map(|(_, rest)| rest))
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: &str = r"\device\harddiskvolume3\windows\system32\svchost.exe";

    #[test]
    fn a_volume_seen_with_one_drive_is_resolved() {
        let mut volumes = Volumes::default();
        volumes.learn(HostId(0), DEVICE, r"C:\Windows\System32\svchost.exe");
        let path: Text = r"\device\harddiskvolume3\tools\a.exe".into();
        assert_eq!(&*volumes.resolve(HostId(0), &path), r"C:\tools\a.exe");
        assert_eq!(volumes.resolve(HostId(1), &path), path);
    }

    #[test]
    fn a_volume_seen_with_two_drives_stays_a_device() {
        let mut volumes = Volumes::default();
        volumes.learn(HostId(0), r"\device\harddiskvolume3\a.exe", r"C:\a.exe");
        volumes.learn(HostId(0), r"\device\harddiskvolume3\a.exe", r"D:\a.exe");
        let path: Text = DEVICE.into();
        assert_eq!(volumes.resolve(HostId(0), &path), path);
    }

    #[test]
    fn one_program_in_three_forms_is_the_same() {
        assert!(same_image(DEVICE, r"C:\Windows\System32\svchost.exe"));
        assert!(same_image("SVCHOST.EXE", DEVICE));
        assert!(!same_image(DEVICE, r"C:\Temp\svchost.exe"));
        assert!(!same_image("spoolsv.exe", "spollsv.exe"));
    }

    #[test]
    fn a_name_cut_by_tasklist_matches_its_program() {
        assert!(same_image(
            "WindowsAzureGuestAgent.ex",
            r"C:\a\WindowsAzureGuestAgent.exe"
        ));
        assert!(!same_image("svchost.ex", r"C:\a\svchost.exe"));
    }
}
