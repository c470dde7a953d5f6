//! `whotalks case`: what a case is made of, and keeping it in order.

mod export;

use whotalks_case::upkeep::{self, Retention};
use whotalks_case::{CaseError, Progress};
use whotalks_record::{Nanoseconds, Timestamp};
use whotalks_render::words::Words;
use whotalks_render::{json, terminal};

use crate::arguments::{Case, CaseAction, Kept, Retain};
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::progress::Bar;
use crate::source;

/// Bytes of a mebibyte.
const MIB: u64 = 1 << 20;

/// Nanoseconds of a day.
const NANOSECONDS_OF_DAY: i64 = 86_400 * 1_000_000_000;

pub(super) fn run(arguments: &Case, face: &Face) -> Result<Outcome, Failure> {
    match &arguments.action {
        CaseAction::Info(kept) => info(kept, face),
        CaseAction::Verify(kept) => verify(kept, face),
        CaseAction::Compact(kept) => compact(kept, face),
        CaseAction::Retain(retain) => take_away(retain, face),
        CaseAction::Rebuild(kept) => rebuild(kept, face),
        CaseAction::Export(export) => export::run(export, face),
    }
}

fn info(kept: &Kept, face: &Face) -> Result<Outcome, Failure> {
    let info = upkeep::info(&kept.folder).map_err(failed(kept))?;
    if kept.json {
        face.write_json(&json::case_info(&info))?;
    } else {
        face.write(&terminal::case_info(
            &kept.folder.display().to_string(),
            &info,
            &face.options,
        ))?;
    }
    Ok(Outcome::Answered)
}

/// A case with faults that writing does not mend cannot be used as it is.
fn verify(kept: &Kept, face: &Face) -> Result<Outcome, Failure> {
    let found = upkeep::verify(&kept.folder, &mut bar(&face.words)).map_err(failed(kept))?;
    if kept.json {
        face.write_json(&json::case_verification(&found))?;
    } else {
        face.write(&terminal::case_verification(&found, &face.options))?;
    }
    let is_usable = found.faults.iter().all(upkeep::Fault::is_mended_by_writing);
    Ok(if is_usable {
        Outcome::Answered
    } else {
        Outcome::Unusable
    })
}

fn compact(kept: &Kept, face: &Face) -> Result<Outcome, Failure> {
    let done = upkeep::compact(&kept.folder, &mut bar(&face.words), source::now()).map_err(failed(kept))?;
    if kept.json {
        face.write_json(&json::case_compaction(&done))?;
    } else {
        face.write(&terminal::case_compaction(&done, &face.options))?;
    }
    Ok(Outcome::Answered)
}

fn take_away(retain: &Retain, face: &Face) -> Result<Outcome, Failure> {
    let (kept, now) = (&retain.kept, source::now());
    let retention = Retention {
        since: retain.days.map(|days| days_before(now, days)),
        most_bytes: retain.most_mebibytes.map(|mebibytes| mebibytes.saturating_mul(MIB)),
    };
    let retired = upkeep::retain(&kept.folder, retention, now).map_err(failed(kept))?;
    if kept.json {
        face.write_json(&json::case_retention(&retired))?;
    } else {
        face.write(&terminal::case_retention(&retired, &face.options))?;
    }
    Ok(Outcome::Answered)
}

fn days_before(now: Timestamp, days: u32) -> Timestamp {
    now + Nanoseconds(i64::from(days).saturating_mul(NANOSECONDS_OF_DAY).saturating_neg())
}

fn rebuild(kept: &Kept, face: &Face) -> Result<Outcome, Failure> {
    let report = upkeep::rebuild(&kept.folder, &mut bar(&face.words), source::now()).map_err(failed(kept))?;
    if kept.json {
        face.write_json(&json::case_rebuilt(&report))?;
    } else {
        face.write(&terminal::case_rebuilt(&report, &face.options))?;
    }
    Ok(Outcome::Answered)
}

fn bar(words: &Words) -> impl Progress + use<'_> {
    Bar::new(words)
}

fn failed(kept: &Kept) -> impl FnOnce(CaseError) -> Failure {
    Failure::case(Some(&kept.folder))
}
