//! `whotalks case export`: every table that hunting queries see, one file per table.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use whotalks_case::kql::Limits;
use whotalks_case::tables::hunting::Flavour;
use whotalks_case::{Case, HuntError, upkeep};
use whotalks_render::{hunt, json, terminal};

use super::failed;
use crate::arguments::{Export, ExportFormat, Kept};
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::{memory, source};

/// The part of the machine's memory that the rows of one table may take: one of so many.
const MEMORY_PART: usize = 4;

pub(super) fn run(export: &Export, face: &Face) -> Result<Outcome, Failure> {
    let target = &export.target;
    fs::create_dir_all(target).map_err(cannot_write(target))?;
    let kept = &export.kept;
    let tables = upkeep::files(&kept.folder, source::now()).map_err(failed(kept))?;
    let written = match export.format {
        ExportFormat::Parquet => copies(&tables, target)?,
        ExportFormat::Csv => texts(kept, &tables, target, hunt::Shape::Csv, "csv")?,
        ExportFormat::Jsonl => texts(kept, &tables, target, hunt::Shape::JsonLines, "jsonl")?,
    };
    if kept.json {
        face.write_json(&json::case_export(&written))?;
    } else {
        face.write(&terminal::case_export(&written, &face.options))?;
    }
    Ok(Outcome::Answered)
}

/// Parquet files are copied as they are, and numbered where a table has several.
fn copies(tables: &[(&str, Vec<PathBuf>)], target: &Path) -> Result<Vec<(String, u64)>, Failure> {
    let mut written = Vec::new();
    for (table, files) in tables {
        for (number, file) in files.iter().enumerate() {
            let path = match files.len() {
                1 => target.join(format!("{table}.parquet")),
                _ => target.join(format!("{table}-{number:05}.parquet")),
            };
            let bytes = fs::copy(file, &path).map_err(cannot_write(&path))?;
            written.push((path.display().to_string(), bytes));
        }
    }
    Ok(written)
}

/// Each table as a query gives it.
fn texts(
    kept: &Kept,
    tables: &[(&str, Vec<PathBuf>)],
    target: &Path,
    shape: hunt::Shape,
    ending: &str,
) -> Result<Vec<(String, u64)>, Failure> {
    let mut case = Case::open(&kept.folder).map_err(failed(kept))?;
    let mut written = Vec::new();
    for (table, _) in tables {
        let answer = case.hunt(table, Flavour::Xdr, limits(), source::now());
        let answer = answer.map_err(|error| match error {
            HuntError::Case(error) => failed(kept)(error),
            HuntError::Query(error) => Failure::Query {
                text: (*table).to_owned(),
                source: Box::new(error),
            },
        })?;
        let path = target.join(format!("{table}.{ending}"));
        let text = hunt::rows(&answer, shape, usize::MAX);
        fs::write(&path, &text).map_err(cannot_write(&path))?;
        written.push((path.display().to_string(), text.len() as u64));
    }
    Ok(written)
}

fn limits() -> Limits {
    Limits {
        memory_bytes: memory::of_machine_bytes() / MEMORY_PART,
        threads: available_parallelism().unwrap_or(NonZeroUsize::MIN),
        time: None,
    }
}

fn cannot_write(path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    let path = path.to_owned();
    move |source| Failure::File { path, source }
}
