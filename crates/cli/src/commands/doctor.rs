//! `whotalks doctor`: what whotalks can do on this computer.

use std::fs;

use serde_json::{Value, json};
use whotalks_case::Abilities;
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
    let abilities = Abilities::of_this_build();
    let mut lines = vec![
        CliMessage::DoctorVersion {
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
        CliMessage::DoctorCatalogue {
            version: abilities.catalogue_version.to_owned(),
            endpoints: abilities.catalogue_endpoints as u64,
        },
        CliMessage::DoctorLocale {
            language: face.options.language.tag().to_owned(),
            zone: zone(face),
        },
        CliMessage::DoctorTerminal {
            width: face.options.width as u64,
        },
        CliMessage::DoctorFormats {
            formats: abilities.formats.join(", "),
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
    let abilities = Abilities::of_this_build();
    json!({
        "version": whotalks_render::json::VERSION,
        "kind": "doctor",
        "whotalks_version": env!("CARGO_PKG_VERSION"),
        "catalogue_version": abilities.catalogue_version,
        "catalogue_endpoints": abilities.catalogue_endpoints,
        "language": face.options.language.tag(),
        "languages": Language::ALL.map(Language::tag),
        "time_zone": zone(face),
        "terminal_columns": face.options.width,
        "color": face.options.color,
        "available_memory_bytes": available_memory_bytes(),
        "formats": abilities.formats,
    })
}

fn zone(face: &Face) -> String {
    match face.options.time_zone {
        TimeZoneChoice::Utc => "utc".to_owned(),
        TimeZoneChoice::System => "system".to_owned(),
        TimeZoneChoice::Fixed(offset) => offset.to_string(),
    }
}

/// `MemAvailable` of `/proc/meminfo` (proc(5)); none on systems without it.
fn available_memory_bytes() -> Option<u64> {
    let info = fs::read_to_string("/proc/meminfo").ok()?;
    let line = info.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1_024)
}
