//! `whotalks doctor`: what whotalks can do on this computer.

use std::fs;

use serde_json::{Value, json};
use whotalks_catalogue::Catalogue;
use whotalks_evidence::{Format, Role};
use whotalks_render::messages::Message;
use whotalks_render::{CliMessage, Language, TimeZoneChoice};

use crate::arguments::Doctor;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;

pub(super) fn run(arguments: &Doctor, face: &Face) -> Result<Outcome, Failure> {
    if arguments.json {
        face.write_json(&document(face))?;
    } else {
        face.write(&page(face))?;
    }
    Ok(Outcome::Answered)
}

fn page(face: &Face) -> String {
    let mut lines = vec![
        CliMessage::DoctorVersion {
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
        CliMessage::DoctorCatalogue {
            version: Catalogue::bundled().version().to_owned(),
            endpoints: endpoints(),
        },
        CliMessage::DoctorLocale {
            language: face.options.language.tag().to_owned(),
            zone: zone(face),
        },
        CliMessage::DoctorTerminal {
            width: face.options.width as u64,
        },
        CliMessage::DoctorFormats {
            formats: formats().join(", "),
        },
    ];
    if let Some(bytes) = available_memory_bytes() {
        let available = face.words.size(bytes);
        lines.push(CliMessage::DoctorMemory { available });
    }
    lines.iter().map(|line| text(face, line)).collect()
}

fn text(face: &Face, message: &impl Message) -> String {
    format!("{}\n", face.words.text(message))
}

fn document(face: &Face) -> Value {
    json!({
        "version": whotalks_render::json::VERSION,
        "kind": "doctor",
        "whotalks_version": env!("CARGO_PKG_VERSION"),
        "catalogue_version": Catalogue::bundled().version(),
        "catalogue_endpoints": endpoints(),
        "language": face.options.language.tag(),
        "languages": Language::ALL.map(Language::tag),
        "time_zone": zone(face),
        "terminal_columns": face.options.width,
        "color": face.options.color,
        "available_memory_bytes": available_memory_bytes(),
        "formats": formats(),
    })
}

fn endpoints() -> u64 {
    Catalogue::bundled().endpoints().len() as u64
}

fn zone(face: &Face) -> String {
    match face.options.time_zone {
        TimeZoneChoice::Utc => "utc".to_owned(),
        TimeZoneChoice::System => "system".to_owned(),
        TimeZoneChoice::Fixed(offset) => offset.to_string(),
    }
}

/// The words of every format that is read or unpacked.
fn formats() -> Vec<&'static str> {
    Format::all()
        .filter(|format| format.role() != Role::Name)
        .map(Format::word)
        .collect()
}

/// `MemAvailable` of `/proc/meminfo` (proc(5)); none on systems without it.
fn available_memory_bytes() -> Option<u64> {
    let info = fs::read_to_string("/proc/meminfo").ok()?;
    let line = info.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1_024)
}
