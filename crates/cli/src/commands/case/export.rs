//! `whotalks case export`: every table that hunting queries see, one file per table.

use std::fs;
use std::path::Path;

use whotalks_case::hunt::{HuntError, Hunted, Hunter, Outside};
use whotalks_case::tables::hunting::Flavour;
use whotalks_case::upkeep::{self, TableFiles};
use whotalks_case::{Case, CaseError, StoreError};
use whotalks_render::{hunt, json, terminal};

use super::failed;
use crate::arguments::{Export, ExportFormat, Kept};
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::progress::QueryBar;
use crate::{limits, source};

pub(super) fn run(export: &Export, face: &Face) -> Result<Outcome, Failure> {
    let target = &export.target;
    fs::create_dir_all(target).map_err(cannot_write(target))?;
    let kept = &export.kept;
    let tables = upkeep::files(&kept.folder, source::now()).map_err(failed(kept))?;
    let written = match export.format {
        ExportFormat::Parquet => copies(kept, &tables, target)?,
        ExportFormat::Csv => texts(kept, &tables, target, (hunt::Shape::Csv, "csv"), face)?,
        ExportFormat::Jsonl => texts(kept, &tables, target, (hunt::Shape::JsonLines, "jsonl"), face)?,
    };
    if kept.json {
        face.write_json(&json::case_export(&written))?;
    } else {
        face.write(&terminal::case_export(&written, &face.options))?;
    }
    Ok(Outcome::Answered)
}

/// Parquet files are copied as they are, and numbered where a table has several.
fn copies(kept: &Kept, tables: &[TableFiles], target: &Path) -> Result<Vec<(String, u64)>, Failure> {
    let mut written = Vec::new();
    for files in tables {
        for number in 0..files.count() {
            let path = match files.count() {
                1 => target.join(format!("{}.parquet", files.table)),
                _ => target.join(format!("{}-{number:05}.parquet", files.table)),
            };
            let bytes = files.copy(number, &path).map_err(|error| not_copied(error, kept))?;
            written.push((path.display().to_string(), bytes));
        }
    }
    Ok(written)
}

fn not_copied(error: CaseError, kept: &Kept) -> Failure {
    match error {
        CaseError::Store(StoreError::Io { path, source, .. }) => Failure::File { path, source },
        other => failed(kept)(other),
    }
}

/// Each table as a query gives it.
fn texts(
    kept: &Kept,
    tables: &[TableFiles],
    target: &Path,
    (shape, ending): (hunt::Shape, &str),
    face: &Face,
) -> Result<Vec<(String, u64)>, Failure> {
    let case = Case::open(&kept.folder).map_err(failed(kept))?;
    let mut hunter = Hunter::new(
        vec![(String::new(), case)],
        Outside::default(),
        limits::of_query(None, None),
    )
    .map_err(|error| failure(error, "", kept))?;
    let mut written = Vec::new();
    for TableFiles { table, .. } in tables {
        let hunted = Hunted {
            text: table,
            parameters: &[],
            flavour: Flavour::Xdr,
            now: source::now(),
        };
        let answer = hunter.ask(&hunted, &mut QueryBar::new(&face.words));
        let answer = answer.map_err(|error| failure(error, table, kept))?;
        let path = target.join(format!("{table}.{ending}"));
        let text = hunt::rows(&answer, shape, usize::MAX);
        fs::write(&path, &text).map_err(cannot_write(&path))?;
        written.push((path.display().to_string(), text.len() as u64));
    }
    Ok(written)
}

fn failure(error: HuntError, table: &str, kept: &Kept) -> Failure {
    match error {
        HuntError::Case { source, .. } => failed(kept)(source),
        HuntError::Query(error) => Failure::Query {
            text: table.to_owned(),
            source: Box::new(error),
        },
    }
}

fn cannot_write(path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    let path = path.to_owned();
    move |source| Failure::File { path, source }
}
