//! Writes a scenario as files: one folder, or one folder per observed host when there are two of them.

pub mod darwin;
pub mod etl;
pub(crate) mod evtx;
mod filters;
pub(crate) mod firewall;
mod netstat;
pub(crate) mod pcapng;
pub mod provider_log;
pub(crate) mod tasklist;
mod text;

use crate::clock::SECOND;
use crate::events::{security_log, sysmon_log};
use crate::scenario::Scenario;
use crate::scenario::model::Host;
use crate::sources::{SourceKind, Sources};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// One file of evidence in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Path below the folder, with `/` between host and file when there are two observed hosts.
    pub path: String,
    /// What kind of evidence it is.
    pub kind: SourceKind,
    /// The content.
    pub bytes: Vec<u8>,
    /// Time of last change by the clock of the host, in nanoseconds since 1970.
    pub modified_ns: i64,
}

/// Every file that the scenario has for these sources, in a fixed order, without touching the disk.
#[must_use]
pub fn files(scenario: &Scenario, sources: &Sources) -> Vec<EvidenceFile> {
    let written = written_sources(scenario, sources);
    let observed: Vec<&Host> = scenario.hosts.iter().filter(|host| host.observed).collect();
    let folders = observed.len() > 1;
    let mut files = Vec::new();
    for host in observed {
        for kind in written.iter() {
            for (name, bytes, true_ns) in contents(scenario, host, kind) {
                let path = if folders {
                    format!("{}/{name}", host.name)
                } else {
                    name.to_owned()
                };
                files.push(EvidenceFile {
                    path,
                    kind,
                    bytes,
                    modified_ns: true_ns + host.skew_ns,
                });
            }
        }
    }
    files
}

/// Writes every file below `dir`, which is created, and sets the files' times.
///
/// # Errors
/// Whatever the file system reports.
pub fn write(scenario: &Scenario, dir: &Path, sources: &Sources) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    for file in files(scenario, sources) {
        let path = dir.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut handle = File::create(&path)?;
        handle.write_all(&file.bytes)?;
        let since_1970 = Duration::from_nanos(u64::try_from(file.modified_ns).unwrap_or(0));
        handle.set_modified(SystemTime::UNIX_EPOCH + since_1970)?;
    }
    Ok(())
}

/// The kinds that are really written: those asked for, less those that the scenario is missing or never had.
#[must_use]
pub fn written_sources(scenario: &Scenario, sources: &Sources) -> Sources {
    let written = sources.without(&scenario.knobs.missing);
    if scenario.knobs.sysmon {
        written
    } else {
        written.without(&[SourceKind::Sysmon])
    }
}

/// The files of a kind: their names, contents, and the true instant at which they were finished.
fn contents(scenario: &Scenario, host: &Host, kind: SourceKind) -> Vec<(&'static str, Vec<u8>, i64)> {
    let exported_ns = scenario.filters_ns + 20 * SECOND;
    if kind == SourceKind::Etl {
        let files = etl::traced(scenario, host).files.into_iter();
        return files.map(|(name, bytes)| (name, bytes, exported_ns)).collect();
    }
    let (bytes, true_ns) = content(scenario, host, kind, exported_ns);
    vec![(kind.file_name(), bytes, true_ns)]
}

/// The content of the one file of a kind and the true instant at which it was finished.
fn content(scenario: &Scenario, host: &Host, kind: SourceKind, exported_ns: i64) -> (Vec<u8>, i64) {
    match kind {
        SourceKind::Etl => (Vec::new(), exported_ns),
        SourceKind::Etlpackets => (etl::packet_trace(scenario, host), exported_ns),
        SourceKind::Pcap => (pcapng::capture_file(scenario, host), scenario.capture.ends_ns),
        SourceKind::Evtx => (evtx::evtx_file(&security_log(scenario, host)), exported_ns),
        SourceKind::Sysmon => (evtx::evtx_file(&sysmon_log(scenario, host)), exported_ns),
        SourceKind::Netstat => (netstat::netstat_file(scenario, host), scenario.snapshot_ns),
        SourceKind::Tasklist => (tasklist::tasklist_file(scenario, host), tasklist::taken_ns(scenario)),
        SourceKind::Filters => (filters::filters_file(host), scenario.filters_ns),
        SourceKind::Firewall => (firewall::firewall_file(host), exported_ns),
        SourceKind::Wfpstate => (filters::state_file(scenario, host), scenario.filters_ns + 2 * SECOND),
    }
}
